package bottest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/heedbot/heed/bot"
)

// file sends one file: kind, name, size, and what follows.
func (p *Player) file(ph *phone, words []string) error {
	f, rest, err := fileOf(words)
	if err != nil {
		return err
	}
	in := bot.Input{Kind: bot.InMessage, Files: []bot.File{f}}
	shown := "(" + strings.Join(words[:len(words)-len(rest)], " ") + ")"
	if len(rest) == 2 && rest[0] == "caption" {
		if in.Text, err = p.words(rest[1], ph.speaks(p)); err != nil {
			return err
		}
		shown += " " + legible(in.Text)
	}
	return p.says(ph, in, shown)
}

func fileOf(words []string) (f bot.File, rest []string, err error) {
	f = bot.File{Kind: words[0], Size: 20 << 10}
	ext := map[string]string{"photo": "jpg", "voice": "ogg", "video": "mp4", "audio": "ogg"}[f.Kind]
	rest = words[1:]
	if len(rest) > 0 && strings.Contains(rest[0], ".") {
		name := rest[0]
		rest = rest[1:]
		if f.Kind == "document" {
			f.Name = name
		}
		ext = name[strings.LastIndexByte(name, '.')+1:]
	}
	if len(rest) > 0 {
		if n, e := strconv.ParseInt(rest[0], 10, 64); e == nil {
			f.Size, rest = n, rest[1:]
		}
	}
	bytes := f.Size
	for len(rest) > 0 && rest[0] != "caption" {
		switch {
		case rest[0] == "as" && len(rest) > 1:
			ext, rest = rest[1], rest[2:]
		case rest[0] == "unsized":
			f.Size, rest = -1, rest[1:]
		case rest[0] == "hollow":
			bytes, f.Size, rest = 0, -1, rest[1:]
		case rest[0] == "gone":
			ext, rest = "gone", rest[1:]
		default:
			return f, nil, fmt.Errorf("%q is nothing a file can be", rest[0])
		}
	}
	f.Handle = ext + ":" + strconv.FormatInt(bytes, 10)
	return f, rest, nil
}

// album sends photos that belong together, each as a message of its own.
func (p *Player) album(ph *phone, names []string) error {
	ph.albums++
	caption := ""
	if n := len(names); n > 2 && names[n-2] == "caption" {
		var err error
		if caption, err = p.words(names[n-1], ph.speaks(p)); err != nil {
			return err
		}
		names = names[:n-2]
	}
	for i, name := range names {
		size := "20480"
		if n, s, ok := strings.Cut(name, ":"); ok {
			name, size = n, s
		}
		f, _, err := fileOf([]string{"photo", name, size})
		if err != nil {
			return err
		}
		in := bot.Input{Kind: bot.InMessage, Files: []bot.File{f}, Group: ph.chat + "-" + strconv.Itoa(ph.albums)}
		shown := fmt.Sprintf("(photo %d of an album: %s)", i+1, name)
		if i == 0 && caption != "" {
			in.Text = caption
			shown += " " + caption
		}
		if err := p.says(ph, in, shown); err != nil {
			return err
		}
	}
	return nil
}

// Fetch gives the bytes of a file as the platform would: it implements the
// evidence room's source. The handle says what they are.
func (p *Player) Fetch(_ context.Context, f bot.File) (io.ReadCloser, error) {
	kind, size, ok := strings.Cut(f.Handle, ":")
	n, err := strconv.Atoi(size)
	if !ok || err != nil {
		return nil, bot.Undeliverable(errNoFile)
	}
	if kind == "gone" {
		return nil, bot.Undeliverable(errNoFile)
	}
	head := map[string]string{
		"jpg": "\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01", "png": "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "pdf": "%PDF-1.4\n",
		"exe": "MZ\x90\x00\x03\x00\x00\x00", "ogg": "OggS\x00\x02", "mp4": "\x00\x00\x00\x18ftypmp42", "txt": "These are words.\n",
	}[kind]
	b := append([]byte(head), bytes.Repeat([]byte{' '}, max(n-len(head), 0))...)
	return io.NopCloser(bytes.NewReader(b[:min(n, len(b))])), nil
}

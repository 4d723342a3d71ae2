package sandbox

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	_ "image/gif" // so that the size of a GIF sent as a photo is known
	"image/jpeg"
	_ "image/png" // so that the size of a PNG sent as a photo is known
	"io"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"
)

// Size limits of files (Telegram Bot API 10.1, getFile and Sending files).
const (
	maxDownload = 20 << 20
	maxPhoto    = 10 << 20
	maxFile     = 50 << 20
)

// tgFile is a file Telegram keeps. hollow means that only its size is known.
type tgFile struct {
	id, unique, name, mime, kind string
	size                         int64
	body                         []byte
	hollow                       bool
	width, height                int
}

// tgPath is a file_path from getFile.
type tgPath struct {
	file    *tgFile
	expires time.Time
}

// keep stores a file and gives it its ids. The caller holds mu.
func (t *Telegram) keep(f tgFile) *tgFile {
	t.fileCount++
	if !f.hollow {
		f.size = int64(len(f.body))
	}
	f.id = fmt.Sprintf("AgACAgIAAxkBAAI%08dsb%s", t.fileCount, f.kind)
	f.unique = fmt.Sprintf("AQAD%08d", t.fileCount)
	t.files[f.id] = &f
	return &f
}

// keepPhoto stores a photo in its sizes, smallest first, as Telegram does. A picture that can't be decoded gets
// a grey thumbnail. The caller holds mu.
func (t *Telegram) keepPhoto(body []byte) []*tgFile {
	width, height, thumb := 1280, 960, image.Image(image.NewUniform(color.Gray{Y: 128}))
	if img, _, err := image.Decode(bytes.NewReader(body)); err == nil && img.Bounds().Dx() > 0 && img.Bounds().Dy() > 0 {
		width, height, thumb = img.Bounds().Dx(), img.Bounds().Dy(), img
	}
	var sizes []*tgFile
	if side := max(width, height); side > 90 {
		w, h := max(width*90/side, 1), max(height*90/side, 1)
		small := image.NewRGBA(image.Rect(0, 0, w, h))
		for y := range h {
			for x := range w {
				small.Set(x, y, thumb.At(thumb.Bounds().Min.X+x*width/w, thumb.Bounds().Min.Y+y*height/h))
			}
		}
		var b bytes.Buffer
		if jpeg.Encode(&b, small, &jpeg.Options{Quality: 60}) == nil {
			sizes = append(sizes, t.keep(tgFile{kind: "photo", mime: "image/jpeg", body: b.Bytes(), width: w, height: h}))
		}
	}
	return append(sizes, t.keep(tgFile{kind: "photo", mime: "image/jpeg", body: body, width: width, height: height}))
}

// content is the field that a message with these files has, and its value.
func tgContent(kind string, files []*tgFile) map[string]any {
	if kind == "photo" {
		var sizes []map[string]any
		for _, f := range files {
			sizes = append(sizes, map[string]any{"file_id": f.id, "file_unique_id": f.unique, "file_size": f.size, "width": f.width, "height": f.height})
		}
		return map[string]any{"photo": sizes}
	}
	f := files[len(files)-1]
	m := map[string]any{"file_id": f.id, "file_unique_id": f.unique, "file_size": f.size}
	if f.mime != "" && kind != "sticker" {
		m["mime_type"] = f.mime
	}
	if f.name != "" && kind != "voice" && kind != "sticker" {
		m["file_name"] = f.name
	}
	switch kind {
	case "video":
		m["width"], m["height"], m["duration"] = 1280, 720, 5
	case "voice", "audio":
		m["duration"] = 5
	case "sticker":
		m["width"], m["height"], m["type"], m["is_animated"], m["is_video"] = 512, 512, "regular", false, false
	}
	return map[string]any{kind: m}
}

// File returns the bytes of a file by its file_id. It is false for an unknown file and for one announced with
// a size only.
func (t *Telegram) File(id string) ([]byte, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	f, ok := t.files[id]
	if !ok || f.hollow {
		return nil, false
	}
	return bytes.Clone(f.body), true
}

func (t *Telegram) getFile(c *tgCall) (any, *tgError) {
	t.mu.Lock()
	defer t.mu.Unlock()
	f, ok := t.files[c.text("file_id")]
	if !ok {
		return nil, badRequest("wrong file_id or the file is temporarily unavailable")
	}
	if f.size > maxDownload {
		return nil, badRequest("file is too big")
	}
	folder := map[string]string{"photo": "photos", "video": "videos", "voice": "voice", "audio": "music", "sticker": "stickers"}[f.kind]
	if folder == "" {
		folder = "documents"
	}
	extension := path.Ext(f.name)
	if f.kind == "photo" {
		extension = ".jpg"
	}
	p := folder + "/file_" + strings.TrimPrefix(f.unique, "AQAD") + extension
	t.paths[p] = tgPath{file: f, expires: t.Clock.Now().Add(time.Hour)}
	return map[string]any{"file_id": f.id, "file_unique_id": f.unique, "file_size": f.size, "file_path": p}, nil
}

// serveFile answers /file/bot<token>/<file_path>. A path works for an hour after getFile.
func (t *Telegram) serveFile(w http.ResponseWriter, r *http.Request, rest string) {
	token, p, _ := strings.Cut(rest, "/")
	if err := t.checkToken(token); err != nil {
		writeTGError(w, err)
		return
	}
	t.mu.Lock()
	t.note("file", map[string]string{"path": p})
	fault := t.takeFault("file")
	known, ok := t.paths[p]
	expired := t.Clock.Now().After(known.expires)
	t.mu.Unlock()
	if fault.Delay > 0 && !t.pause(r.Context(), fault.Delay) {
		return
	}
	switch {
	case fault.DropAfterAccept:
		drop(w)
		return
	case fault.refuses():
		fault.write(w)
		return
	case !ok || expired:
		writeTGError(w, &tgError{code: 404, text: "Not Found"})
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Length", strconv.FormatInt(known.file.size, 10))
	if r.Method == http.MethodHead {
		return
	}
	if known.file.hollow {
		_, _ = io.CopyN(w, zeros{}, known.file.size)
		return
	}
	_, _ = w.Write(known.file.body)
}

// zeros stands for the bytes of a file of which only the size is known.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// takeFile resolves an upload, an attach:// name or a file_id into the files of a message. The caller holds mu.
func (t *Telegram) takeFile(c *tgCall, kind, field, value string) ([]*tgFile, *tgError) {
	upload, ok := c.uploads[field]
	if name, attached := strings.CutPrefix(value, "attach://"); attached {
		if upload, ok = c.uploads[name]; !ok {
			return nil, badRequest("there is no " + kind + " in the request")
		}
	}
	if ok {
		return t.takeUpload(kind, upload)
	}
	if strings.Contains(value, "://") {
		return nil, badRequest("failed to get HTTP URL content")
	}
	f, ok := t.files[value]
	if !ok {
		return nil, badRequest("wrong file identifier/HTTP URL specified")
	}
	if f.kind != kind {
		return nil, badRequest("can't use file of type " + capital(f.kind) + " as " + capital(kind))
	}
	return []*tgFile{f}, nil
}

func (t *Telegram) takeUpload(kind string, u tgUpload) ([]*tgFile, *tgError) {
	switch {
	case len(u.body) == 0:
		return nil, badRequest("file must be non-empty")
	case len(u.body) > maxFile:
		return nil, &tgError{code: 413, text: "Request Entity Too Large"}
	case kind == "photo":
		if err := checkPhoto(u.body); err != nil {
			return nil, err
		}
		return t.keepPhoto(u.body), nil
	}
	f := tgFile{kind: kind, name: u.name, body: u.body, mime: mime.TypeByExtension(path.Ext(u.name))}
	if f.mime == "" {
		f.mime = http.DetectContentType(u.body)
	}
	f.mime, _, _ = strings.Cut(f.mime, ";")
	return []*tgFile{t.keep(f)}, nil
}

// checkPhoto applies the limits of Telegram Bot API 10.1, sendPhoto. WebP is let through unmeasured.
func checkPhoto(body []byte) *tgError {
	if len(body) > maxPhoto {
		return badRequest(fmt.Sprintf("file of size %d bytes is too big for a photo; the maximum size is %d bytes", len(body), maxPhoto))
	}
	if len(body) > 12 && string(body[:4]) == "RIFF" && string(body[8:12]) == "WEBP" {
		return nil
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(body))
	if err != nil {
		return badRequest("IMAGE_PROCESS_FAILED")
	}
	long, short := max(config.Width, config.Height), min(config.Width, config.Height)
	if long+short > 10000 || short == 0 || long > 20*short {
		return badRequest("PHOTO_INVALID_DIMENSIONS")
	}
	return nil
}

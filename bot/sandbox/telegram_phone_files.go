package sandbox

import "strconv"

// Photo sends a picture. Telegram makes a smaller copy too; Messages tells of the largest.
func (p *Phone) Photo(caption string, jpeg []byte) Message {
	return p.file(caption, File{Kind: "photo", Body: jpeg})
}

// Document sends a file as it is.
func (p *Phone) Document(name, mime string, body []byte, caption string) Message {
	return p.file(caption, File{Kind: "document", Name: name, MIME: mime, Body: body})
}

// DocumentOfSize sends a file of which only the size exists, such as one too big for getFile. A smaller one is
// downloaded as zeros.
func (p *Phone) DocumentOfSize(name, mime string, size int64) Message {
	return p.file("", File{Kind: "document", Name: name, MIME: mime, Size: size})
}

// Video sends a video.
func (p *Phone) Video(name, mime string, body []byte, caption string) Message {
	return p.file(caption, File{Kind: "video", Name: name, MIME: mime, Body: body})
}

// Voice sends a voice message. Telegram does not pass on its name.
func (p *Phone) Voice(name, mime string, body []byte, caption string) Message {
	return p.file(caption, File{Kind: "voice", Name: name, MIME: mime, Body: body})
}

// Audio sends a piece of music.
func (p *Phone) Audio(name, mime string, body []byte, caption string) Message {
	return p.file(caption, File{Kind: "audio", Name: name, MIME: mime, Body: body})
}

// Album sends files as one album: one message each, with a common media_group_id; the caption is on the first.
// An empty Kind means a photo. The app makes several albums of more than ten files.
func (p *Phone) Album(caption string, files ...File) []Message {
	p.t.mu.Lock()
	defer p.t.mu.Unlock()
	var sent []Message
	group := ""
	for i, f := range files {
		if i%10 == 0 {
			p.t.groupCount++
			group = strconv.FormatInt(13000000000000000+p.t.groupCount, 10)
		}
		e := p.entry(f)
		if e.group = group; i == 0 {
			e.text, _ = trim(clean(caption), nil)
		}
		sent = append(sent, p.send(e))
	}
	return sent
}

func (p *Phone) file(caption string, f File) Message {
	p.t.mu.Lock()
	defer p.t.mu.Unlock()
	e := p.entry(f)
	e.text, _ = trim(clean(caption), nil)
	return p.send(e)
}

// entry stores a file and makes the message that holds it. The caller holds mu.
func (p *Phone) entry(f File) *tgEntry {
	if f.Kind == "" {
		f.Kind = "photo"
	}
	var files []*tgFile
	if f.Kind == "photo" {
		files = p.t.keepPhoto(f.Body)
	} else {
		files = []*tgFile{p.t.keep(tgFile{kind: f.Kind, name: f.Name, mime: f.MIME, body: f.Body, size: f.Size, hollow: f.Body == nil && f.Size > 0})}
	}
	return &tgEntry{media: f.Kind, files: files, content: tgContent(f.Kind, files)}
}

// Sticker sends a sticker that stands for an emoji.
func (p *Phone) Sticker(emoji string) Message {
	p.t.mu.Lock()
	defer p.t.mu.Unlock()
	f := p.t.keep(tgFile{kind: "sticker", mime: "image/webp", body: []byte("sticker " + emoji)})
	content := tgContent("sticker", []*tgFile{f})
	if sticker, ok := content["sticker"].(map[string]any); ok {
		sticker["emoji"] = emoji
	}
	return p.send(&tgEntry{content: content, files: []*tgFile{f}})
}

// Location sends a point on the map, in degrees.
func (p *Phone) Location(lat, lon float64) Message {
	p.t.mu.Lock()
	defer p.t.mu.Unlock()
	return p.send(&tgEntry{content: map[string]any{"location": map[string]any{"latitude": lat, "longitude": lon}}})
}

// Contact sends a phone number with a name. It is the person's own if the name is their first name; then
// user_id is theirs, as after a request_contact button.
func (p *Phone) Contact(phone, name string) Message {
	p.t.mu.Lock()
	defer p.t.mu.Unlock()
	contact := map[string]any{"phone_number": phone, "first_name": name}
	if name == p.ch.user.FirstName {
		contact["user_id"] = p.ch.user.ID
	}
	return p.send(&tgEntry{content: map[string]any{"contact": contact}})
}

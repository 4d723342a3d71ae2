package sandbox

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
)

// slackFile is a file of the workspace. Until it is complete it is only an upload.
type slackFile struct {
	id, name, title, kind, user, alt string
	body                             []byte
	length                           int
	ticket                           string
	uploaded, complete, deleted      bool
	created                          int64
	shares                           []*slackMessage
}

func (s *Slack) newFile(userID, name, title string, body []byte) *slackFile {
	f := &slackFile{id: "F0" + strings.ToUpper(slackRandom(5)), name: name, user: userID, created: s.Clock.Now().Unix()}
	f.title = cmp.Or(title, name)
	f.fill(body)
	f.complete = true
	s.files[f.id] = f
	return f
}

func (f *slackFile) fill(body []byte) {
	f.body, f.length, f.uploaded = slices.Clone(body), len(body), true
	f.kind = cmp.Or(mime.TypeByExtension(path.Ext(f.name)), http.DetectContentType(body))
	f.kind, _, _ = strings.Cut(f.kind, ";")
}

// object is the file as the API gives it.
func (f *slackFile) object(s *Slack) slackJSON {
	if f.deleted {
		return slackJSON{"id": f.id, "mode": "tombstone"}
	}
	link := f.link(s)
	public, private, channels, groups := map[string][]any{}, map[string][]any{}, []string{}, []string{}
	for _, m := range f.shares {
		if m.deleted {
			continue
		}
		ch := s.channels[m.channel]
		share := slackJSON{"ts": m.ts, "channel_name": ch.name, "team_id": s.TeamID, "reply_users": []any{}, "reply_users_count": 0, "reply_count": 0}
		if m.reply() {
			share["thread_ts"] = m.thread
		}
		if ch.kind() == "channel" {
			public[ch.id], channels = append(public[ch.id], share), append(channels, ch.id)
		} else {
			private[ch.id], groups = append(private[ch.id], share), append(groups, ch.id)
		}
	}
	shares := slackJSON{}
	if len(public) > 0 {
		shares["public"] = public
	}
	if len(private) > 0 {
		shares["private"] = private
	}
	return slackJSON{
		"id": f.id, "created": f.created, "timestamp": f.created, "name": f.name, "title": f.title, "mimetype": f.kind,
		"filetype": strings.TrimPrefix(path.Ext(f.name), "."), "user": f.user, "user_team": s.TeamID, "mode": "hosted", "editable": false,
		"is_external": false, "size": len(f.body), "is_public": len(public) > 0, "alt_txt": f.alt, "file_access": "visible",
		"url_private": link, "url_private_download": link, "permalink": fmt.Sprintf("https://%s.slack.com/files/%s/%s/%s", s.TeamDomain, f.user, f.id, url.PathEscape(f.name)),
		"channels": channels, "groups": groups, "ims": []any{}, "shares": shares,
	}
}

func (f *slackFile) link(s *Slack) string {
	return s.BaseURL + "/files/" + f.id + "/download/" + url.PathEscape(f.name)
}

func (f *slackFile) public(s *Slack) SlackFile {
	if f.deleted {
		return SlackFile{ID: f.id, Deleted: true}
	}
	return SlackFile{ID: f.id, Name: f.name, Title: f.title, Mimetype: f.kind, User: f.user, URL: f.link(s), Size: len(f.body)}
}

// File returns a file and its content; false if there is none, or not any more.
func (s *Slack) File(id string) (SlackFile, []byte, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.files[id]
	if f == nil || !f.complete || f.deleted {
		return SlackFile{}, nil, false
	}
	return f.public(s), slices.Clone(f.body), true
}

// share posts a message with files.
func (s *Slack) share(m *slackMessage, files []*slackFile) {
	m.subtype = "file_share"
	m.ts = s.stamp()
	for _, f := range files {
		m.files = append(m.files, f.id)
		f.shares = append(f.shares, m)
	}
	s.add(m)
}

func (s *Slack) filesGetUploadURL(args slackArgs) (slackJSON, error) {
	n, err := strconv.Atoi(args["length"])
	if err != nil || n <= 0 {
		return nil, refuse("invalid_arguments", "must be more than 0 [json-pointer:/length]")
	}
	if n > 1<<30 {
		return nil, refuse("file_upload_size_restricted")
	}
	f := &slackFile{
		id: "F0" + strings.ToUpper(slackRandom(5)), name: args["filename"], title: args["filename"], user: s.BotUserID,
		alt: cmp.Or(args["alt_text"], args["alt_txt"]), length: n, ticket: slackRandom(12), created: s.Clock.Now().Unix(),
	}
	s.files[f.id] = f
	return slackJSON{"file_id": f.id, "upload_url": s.BaseURL + "/upload/" + f.ticket}, nil
}

func (s *Slack) serveUpload(w http.ResponseWriter, r *http.Request, ticket string) {
	call, fault := s.note("upload", slackArgs{})
	if s.faulted(w, call, fault) {
		return
	}
	body, err := readSlackUpload(r)
	status := http.StatusBadRequest
	if err == nil {
		status = s.upload(ticket, body)
	}
	switch {
	case fault != nil && fault.DropAfterAccept:
		dropSlackConn(w)
	case status != http.StatusOK:
		s.failed(call, strconv.Itoa(status))
		http.Error(w, "the upload failed", status)
	default:
		_, _ = fmt.Fprintf(w, "OK - %d", len(body))
	}
}

func (s *Slack) upload(ticket string, body []byte) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.files {
		if f.ticket != ticket || f.uploaded {
			continue
		}
		if len(body) != f.length {
			return http.StatusBadRequest
		}
		f.fill(body)
		return http.StatusOK
	}
	return http.StatusNotFound
}

// readSlackUpload takes the file as the whole body or as the one file of a multipart form.
func readSlackUpload(r *http.Request) ([]byte, error) {
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "multipart/form-data" {
		return io.ReadAll(r.Body)
	}
	reader, err := r.MultipartReader()
	if err != nil {
		return nil, err
	}
	for {
		part, err := reader.NextPart()
		if err != nil {
			return nil, err
		}
		if part.FileName() != "" {
			return io.ReadAll(part)
		}
	}
}

// readSlackMultipart reads the plain fields of a multipart form.
func readSlackMultipart(body []byte, boundary string) (url.Values, error) {
	form, err := multipart.NewReader(bytes.NewReader(body), boundary).ReadForm(slackBodyMax)
	if err != nil {
		return nil, err
	}
	return url.Values(form.Value), nil
}

func (s *Slack) filesCompleteUpload(args slackArgs) (slackJSON, error) {
	var list []struct{ ID, Title string }
	if json.Unmarshal([]byte(args["files"]), &list) != nil || len(list) == 0 {
		return nil, refuse("invalid_arguments", "must provide an array [json-pointer:/files]")
	}
	var files []*slackFile
	for _, one := range list {
		f := s.files[one.ID]
		if f == nil || !f.uploaded || f.complete || f.user != s.BotUserID || slices.Contains(files, f) {
			return nil, refuse("file_not_found")
		}
		files = append(files, f)
	}
	m := &slackMessage{channel: args["channel_id"], thread: args["thread_ts"], user: s.BotUserID, botID: s.BotID, text: args["initial_comment"]}
	if m.channel == "" && (m.thread != "" || m.text != "" || args["blocks"] != "") {
		return nil, refuse("invalid_arguments", "missing required field: channel_id")
	}
	if m.channel != "" {
		ch, err := s.writable(m.channel)
		if err != nil {
			return nil, err
		}
		if err := s.threadOf(ch, m.thread); err != nil {
			return nil, err
		}
		if raw := args["blocks"]; raw != "" && m.text != "" {
			return nil, refuse("invalid_arguments", "initial_comment and blocks exclude each other")
		} else if raw != "" {
			if m.blocks, err = s.readBlocks(raw); err != nil {
				return nil, err
			}
		}
	}
	summary := []any{}
	for i, f := range files {
		f.complete, f.title = true, cmp.Or(list[i].Title, f.name)
		summary = append(summary, slackJSON{"id": f.id, "title": f.title})
	}
	if m.channel != "" {
		s.run(func() {
			if s.pause(s.ShareDelay) {
				s.mu.Lock()
				defer s.mu.Unlock()
				// What was deleted meanwhile is shown nowhere.
				if files = slices.DeleteFunc(files, func(f *slackFile) bool { return f.deleted }); len(files) > 0 {
					s.share(m, files)
				}
			}
		})
	}
	return slackJSON{"files": summary}, nil
}

func (s *Slack) filesInfo(args slackArgs) (slackJSON, error) {
	f, err := s.known(args["file"])
	if err != nil {
		return nil, err
	}
	return slackJSON{"file": f.object(s), "comments": []any{}, "response_metadata": slackJSON{"next_cursor": ""}}, nil
}

// known returns a file that the bot can see: its own, or one shared where it is a member.
func (s *Slack) known(id string) (*slackFile, error) {
	f := s.files[id]
	if f == nil || !f.complete {
		return nil, refuse("file_not_found")
	}
	if f.deleted {
		return nil, refuse("file_deleted")
	}
	sees := func(m *slackMessage) bool {
		return !m.deleted && slices.Contains(s.channels[m.channel].members, s.BotUserID)
	}
	if f.user != s.BotUserID && !slices.ContainsFunc(f.shares, sees) {
		return nil, refuse("file_not_found")
	}
	return f, nil
}

func (s *Slack) filesDelete(args slackArgs) (slackJSON, error) {
	f, err := s.known(args["file"])
	if err != nil {
		return nil, err
	}
	if f.user != s.BotUserID {
		return nil, refuse("cant_delete_file")
	}
	f.deleted, f.body = true, nil
	s.changed()
	return nil, nil
}

// serveFile serves url_private. Without the right to the file the reader is sent to a page to sign
// in, which answers 200 with HTML, as files.slack.com does.
func (s *Slack) serveFile(w http.ResponseWriter, r *http.Request) {
	id, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/files/"), "/")
	call, fault := s.note("download", slackArgs{"file": id})
	if s.faulted(w, call, fault) {
		return
	}
	s.mu.Lock()
	f, err := s.known(id)
	allowed := r.Header.Get("Authorization") == "Bearer "+s.BotToken
	var body []byte
	kind := ""
	if err == nil {
		body, kind = f.body, f.kind
	}
	s.mu.Unlock()
	switch {
	case fault != nil && fault.DropAfterAccept:
		dropSlackConn(w)
	case !allowed:
		s.failed(call, "signin")
		http.Redirect(w, r, "/signin?redir="+url.QueryEscape(r.URL.Path), http.StatusFound)
	case err != nil:
		s.failed(call, err.Error())
		http.NotFound(w, r)
	default:
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		_, _ = w.Write(body)
	}
}

package sandbox_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"github.com/heedbot/heed/bot/sandbox"
)

func TestTelegramFilesFromTheCustomer(t *testing.T) {
	w := newTGWorld(t)
	w.confirmAll()
	ctx, b := context.Background(), w.sdk()
	big := tgPicture(t, 1200, 800)
	album := w.phone.Album("both receipts", sandbox.File{Body: big}, sandbox.File{Body: tgPicture(t, 300, 300)})
	doc := w.phone.Document("bill.pdf", "application/pdf", []byte("%PDF-1.7 bill"), "")
	huge := w.phone.DocumentOfSize("film.mov", "video/quicktime", 21<<20)
	small := w.phone.DocumentOfSize("empty.bin", "application/octet-stream", 1000)
	u := w.updates(0)
	if len(u) != 5 || u[0].Message.Group == "" || u[0].Message.Group != u[1].Message.Group || u[0].Message.Caption != "both receipts" || u[1].Message.Caption != "" {
		t.Fatalf("album: %+v", u)
	}
	sizes := u[0].Message.Photo
	if len(sizes) != 2 || sizes[0].Width >= sizes[1].Width || sizes[1].Width != 1200 || sizes[1].ID != album[0].Files[0].ID {
		t.Errorf("photo sizes: %+v", sizes)
	}
	for id, want := range map[string][]byte{album[0].Files[0].ID: big, doc.Files[0].ID: []byte("%PDF-1.7 bill"), small.Files[0].ID: make([]byte, 1000)} {
		f, err := b.GetFile(ctx, &bot.GetFileParams{FileID: id})
		if err != nil {
			t.Fatal(err)
		}
		if got := tgDownload(t, b.FileDownloadLink(f)); !bytes.Equal(got, want) {
			t.Errorf("%s: %d bytes, want %d", f.FilePath, len(got), len(want))
		}
		w.clock.Advance(2 * time.Hour)
		if resp, err := http.Get(b.FileDownloadLink(f)); err != nil || resp.StatusCode != 404 {
			t.Errorf("an old file_path must not work: %v %v", resp, err)
		} else {
			resp.Body.Close()
		}
	}
	if _, err := b.GetFile(ctx, &bot.GetFileParams{FileID: huge.Files[0].ID}); err == nil || !strings.Contains(err.Error(), "file is too big") {
		t.Errorf("21 MB: %v", err)
	}
	w.refuse(400, "wrong file_id", "getFile", map[string]any{"file_id": "nonsense"})
	if body, ok := w.tg.File(doc.Files[0].ID); !ok || string(body) != "%PDF-1.7 bill" {
		t.Errorf("File: %q %v", body, ok)
	}
	for kind, m := range map[string]sandbox.Message{
		"video": w.phone.Video("v.mp4", "video/mp4", []byte("v"), "look"), "voice": w.phone.Voice("", "audio/ogg", []byte("o"), ""),
		"audio": w.phone.Audio("a.mp3", "audio/mpeg", []byte("a"), ""), "sticker": w.phone.Sticker("😡"),
		"location": w.phone.Location(10.77, 106.7), "contact": w.phone.Contact("+84901234567", "Linh")} {
		if m.Kind != kind {
			t.Errorf("%s: %+v", kind, m)
		}
	}
	var parsed []*models.Update
	if err := json.Unmarshal(w.call("getUpdates", map[string]any{"offset": u[4].ID + 1}).Result, &parsed); err != nil || len(parsed) != 6 {
		t.Fatalf("updates: %v, %d", err, len(parsed))
	}
}

func tgDownload(t *testing.T, url string) []byte {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != 200 {
		t.Fatalf("download: %d %v", resp.StatusCode, err)
	}
	return body
}

func TestTelegramFilesFromTheBot(t *testing.T) {
	w := newTGWorld(t)
	ctx, b := context.Background(), w.sdk()
	pic := tgPicture(t, 400, 300)
	photo, err := b.SendPhoto(ctx, &bot.SendPhotoParams{ChatID: linh.ID, Caption: "a <i>map</i>", ParseMode: models.ParseModeHTML,
		Photo: &models.InputFileUpload{Filename: "map.jpg", Data: bytes.NewReader(pic)}})
	if err != nil {
		t.Fatal(err)
	}
	if got := w.last(); got.Kind != "photo" || got.Text != "a map" || got.Entities[0].Type != "italic" {
		t.Errorf("photo: %+v", got)
	}
	doc, err := b.SendDocument(ctx, &bot.SendDocumentParams{ChatID: linh.ID, Document: &models.InputFileUpload{Filename: "letter.pdf", Data: strings.NewReader("%PDF-1.4")}})
	if err != nil {
		t.Fatal(err)
	}
	if got := w.last().Files[0]; got.Name != "letter.pdf" || got.Size != 8 || got.MIME != "application/pdf" {
		t.Errorf("document: %+v", got)
	}
	if body, _ := w.tg.File(w.last().Files[0].ID); string(body) != "%PDF-1.4" {
		t.Errorf("bytes: %q", body)
	}
	group, err := b.SendMediaGroup(ctx, &bot.SendMediaGroupParams{ChatID: linh.ID, Media: []models.InputMedia{
		&models.InputMediaPhoto{Media: "attach://one.jpg", Caption: "two", MediaAttachment: bytes.NewReader(pic)},
		&models.InputMediaPhoto{Media: photo.Photo[len(photo.Photo)-1].FileID}}})
	if err != nil {
		t.Fatal(err)
	}
	if len(group) != 2 || group[0].MediaGroupID == "" || group[0].MediaGroupID != group[1].MediaGroupID {
		t.Errorf("album: %+v", group)
	}
	if _, err := b.SendDocument(ctx, &bot.SendDocumentParams{ChatID: linh.ID, Document: &models.InputFileString{Data: doc.Document.FileID}}); err != nil {
		t.Errorf("by file_id: %v", err)
	}
	for what, err := range map[string]error{
		"can't use file of type Document as Photo": tgErr(b.SendPhoto(ctx, &bot.SendPhotoParams{ChatID: linh.ID, Photo: &models.InputFileString{Data: doc.Document.FileID}})),
		"wrong file identifier":                    tgErr(b.SendPhoto(ctx, &bot.SendPhotoParams{ChatID: linh.ID, Photo: &models.InputFileString{Data: "x"}})),
		"IMAGE_PROCESS_FAILED":                     tgErr(b.SendPhoto(ctx, &bot.SendPhotoParams{ChatID: linh.ID, Photo: &models.InputFileUpload{Filename: "x", Data: strings.NewReader("no")}})),
		"PHOTO_INVALID_DIMENSIONS":                 tgErr(b.SendPhoto(ctx, &bot.SendPhotoParams{ChatID: linh.ID, Photo: &models.InputFileUpload{Filename: "x", Data: bytes.NewReader(tgPicture(t, 30, 1000))}})),
		"too big for a photo":                      tgErr(b.SendPhoto(ctx, &bot.SendPhotoParams{ChatID: linh.ID, Photo: &models.InputFileUpload{Filename: "x", Data: bytes.NewReader(make([]byte, 10<<20+1))}})),
		"caption is too long":                      tgErr(b.SendPhoto(ctx, &bot.SendPhotoParams{ChatID: linh.ID, Caption: strings.Repeat("a", 1025), Photo: &models.InputFileUpload{Filename: "x", Data: bytes.NewReader(pic)}})),
		"file must be non-empty":                   tgErr(b.SendDocument(ctx, &bot.SendDocumentParams{ChatID: linh.ID, Document: &models.InputFileUpload{Filename: "x", Data: strings.NewReader("")}})),
		"2 to 10 items":                            tgErr(b.SendMediaGroup(ctx, &bot.SendMediaGroupParams{ChatID: linh.ID, Media: []models.InputMedia{&models.InputMediaPhoto{Media: "x"}}})),
		"can't use the media of the specified type in the album": tgErr(b.SendMediaGroup(ctx, &bot.SendMediaGroupParams{ChatID: linh.ID, Media: []models.InputMedia{
			&models.InputMediaPhoto{Media: photo.Photo[0].FileID}, &models.InputMediaDocument{Media: doc.Document.FileID}}})),
	} {
		if err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("want %q, got %v", what, err)
		}
	}
}

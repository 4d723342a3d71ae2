package main

import (
	"encoding/json"
	"strings"
	"testing"
	"text/template"

	"github.com/slack-go/slack"
)

// The shortcut is one that the desk answers (callback_id "log"), within the
// limits of Slack's manifest (Slack docs, App manifest reference: name 24,
// description 150, callback_id 255 characters, 10 shortcuts).
func TestManifestShortcuts(t *testing.T) {
	for _, url := range []string{"", "https://heed.example"} {
		parsed, err := template.New("manifest").Parse(manifest)
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		if err := parsed.Execute(&text, struct{ URL string }{url}); err != nil {
			t.Fatal(err)
		}
		d := json.NewDecoder(strings.NewReader(text.String()))
		d.DisallowUnknownFields()
		var m slack.Manifest
		if err := d.Decode(&m); err != nil {
			t.Fatalf("%v in %s", err, text.String())
		}
		logs := false
		for _, s := range m.Features.Shortcuts {
			logs = logs || s.CallbackID == "log" && s.Type == slack.GlobalShortcut
			for what, limit := range map[string]int{s.Name: 24, s.Description: 150, s.CallbackID: 255} {
				if n := len([]rune(what)); n == 0 || n > limit {
					t.Errorf("%q has %d letters, %d are allowed", what, n, limit)
				}
			}
		}
		if !logs || len(m.Features.Shortcuts) > 10 {
			t.Errorf("shortcuts %+v", m.Features.Shortcuts)
		}
		if !m.Settings.Interactivity.IsEnabled {
			t.Error("a shortcut without interactivity goes nowhere")
		}
	}
}

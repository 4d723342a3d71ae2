package main

import (
	_ "embed"
	"fmt"
	"os"
	"strings"
	"text/template"
)

type manifestCommand struct {
	Slack manifestSlack `cmd:"" help:"The Slack app."`
}

type manifestSlack struct {
	PublicURL string `env:"HEED_PUBLIC_URL" help:"For HTTP instead of Socket Mode: where Slack reaches heed."`
}

//go:embed manifest.json
var manifest string

// Run prints the manifest: for Socket Mode, or for HTTP where an address is
// given.
func (c manifestSlack) Run() error {
	t, err := template.New("manifest").Parse(manifest)
	if err != nil {
		return fmt.Errorf("read the manifest: %w", err)
	}
	return t.Execute(os.Stdout, struct{ URL string }{strings.TrimSuffix(c.PublicURL, "/")})
}

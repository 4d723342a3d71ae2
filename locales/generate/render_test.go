package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// TestKeysAreUpToDate: whoever changes en.toml runs go generate.
func TestKeysAreUpToDate(t *testing.T) {
	src, err := os.ReadFile("../en.toml")
	if err != nil {
		t.Fatal(err)
	}
	want, err := render(src)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../keys.go")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("keys.go is not what en.toml makes: run go generate ./locales")
	}
}

func TestRender(t *testing.T) {
	out, err := render([]byte("[ask]\ntopic_hint = \"Which?\"\n[ask.files]\none = \"{{.N}} file\"\nother = \"{{.N}} files\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`AskTopicHint Key = "ask.topic_hint"`, `AskFiles     Key = "ask.files"`, "\tAskFiles,\n\tAskTopicHint,\n"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}

// TestRenderRefuses what would compile to something else than was meant.
func TestRenderRefuses(t *testing.T) {
	for what, src := range map[string]string{
		"two keys of one name": "[ask]\na_b = \"x\"\n[ask.a]\nb = \"y\"\n",
		"a reserved word":      "[field]\ndescription = \"What happened\"\n",
		"a reserved table":     "[topic.hash]\nx = \"y\"\n",
		"no text":              "[ask]\nn = 3\n",
		"broken TOML":          "[ask\n",
		"the same key twice":   "[ask]\na = \"x\"\na = \"y\"\n",
		"a form but no other":  "[ask.files]\none = \"{{.N}} file\"\n",
	} {
		if _, err := render([]byte(src)); err == nil {
			t.Errorf("%s: taken", what)
		}
	}
}

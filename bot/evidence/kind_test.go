package evidence

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
)

func TestActiveMarkup(t *testing.T) {
	const open = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">`
	for _, s := range []string{
		`<script>alert(1)</script>`, `<SCRIPT/>`, `<g onload="x()"/>`, `<g OnClick = "x()"/>`, `<a href="javascript:x()"/>`,
		`<a xlink:href="java&#x0A;script:x()"/>`, `<a href="&#106;avascript:x()"/>`, `<foreignObject/>`,
		`<set attributeName="href" to="javascript:x()"/>`, `<use href="data:image/svg+xml;base64,AAAA"/>`,
		`<iframe src="x"/>`, `<g`,
	} {
		if !activeMarkup([]byte(open + s + `</svg>`)) {
			t.Errorf("kept: %s", s)
		}
	}
	for _, s := range []string{`<rect width="1"/>`, `<image href="data:image/png;base64,AAAA"/>`, `<text>script: on one line</text>`} {
		if activeMarkup([]byte(open + s + `</svg>`)) {
			t.Errorf("refused: %s", s)
		}
	}
	for _, s := range []string{`<!DOCTYPE svg [<!ENTITY a "b">]><svg/>`, `<?xml-stylesheet href="x.xsl"?><a/>`, `<?xml version="1.0" encoding="utf-16"?><a/>`} {
		if !activeMarkup([]byte(s)) {
			t.Errorf("kept: %s", s)
		}
	}
}

func TestPackedProgram(t *testing.T) {
	pack := func(names ...string) []byte {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		for _, n := range names {
			f, err := w.Create(n)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := f.Write(bytes.Repeat([]byte("x"), 5000)); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	for _, c := range []struct {
		names []string
		want  bool
	}{
		{[]string{"a.txt", "b.txt", "META-INF/MANIFEST.MF"}, true},
		{[]string{"res/a", "classes.dex"}, true},
		{[]string{"photos/1.jpg", "photos/2.jpg"}, false},
		{[]string{"mimetype", "META-INF/manifest.xml"}, false},
	} {
		b := pack(c.names...)
		if got := harmfulEnd(b, b); got != c.want {
			t.Errorf("%v: harmful %v", c.names, got)
		}
	}
}

func TestKeysAreSafeAndDifferent(t *testing.T) {
	seen := map[string]string{}
	long := strings.Repeat("x", 300)
	for _, id := range []string{"c:1/2/3", "c_1/2/3", "c:1/2_3", "c-1/2/3", "../../etc", "a b", "é", "", ".", long, long + "y"} {
		k := Key(id)
		if other, ok := seen[k]; ok {
			t.Errorf("%q and %q have one key", id, other)
		}
		seen[k] = id
		name, ok := strings.CutPrefix(k, "evidence/")
		if !ok || len(name) > 255 || strings.ContainsAny(name, `/\:. `) {
			t.Errorf("key %q", k)
		}
	}
}

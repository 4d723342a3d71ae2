package flows_test

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/BurntSushi/toml"
)

var hole = regexp.MustCompile(`\{\{[^}]*\}\}|\{[a-z.]+\}|\n`)

// spoken are the English words of the program, and those of all its other
// languages as one text.
var spoken = sync.OnceValues(func() (spoken [2][]string, err error) {
	english, others, err := read(os.DirFS("../locales"))
	return [2][]string{english, {others}}, err
})

// sentences are the English ones of the program, and those of a pack where it
// speaks the language: else its English is what its customers read.
func sentences(name, language string) ([]string, error) {
	s, err := spoken()
	if err != nil {
		return nil, err
	}
	english, all := slices.Clone(s[0]), s[1][0]
	pol, err := open(name)
	if err != nil {
		return nil, err
	}
	for lang, texts := range pol.Texts {
		for k, s := range texts {
			if lang == "en" && k != "guidance" && pol.Texts[language] != nil {
				english = append(english, s)
			} else {
				all += "\n" + s
			}
		}
	}
	var out []string
	for _, s := range english {
		for _, part := range hole.Split(s, -1) {
			part = strings.Trim(part, " .,:–“”\"()•")
			// A name may be the same in every language.
			if len(part) > 20 && !strings.Contains(all, part) && !slices.Contains(out, part) {
				out = append(out, part)
			}
		}
	}
	return out, nil
}

// foreignTo keeps what foreign found, by pack and language: many plays share it.
var foreignTo = struct {
	sync.Mutex
	found map[[2]string][]string
}{found: map[[2]string][]string{}}

// foreign are the English sentences that no customer of a language may read.
func foreign(t *testing.T, pack, language string) []string {
	t.Helper()
	foreignTo.Lock()
	defer foreignTo.Unlock()
	ss, ok := foreignTo.found[[2]string{pack, language}]
	if !ok {
		var err error
		if ss, err = sentences(pack, language); err != nil {
			t.Fatal(err)
		}
		foreignTo.found[[2]string{pack, language}] = ss
	}
	if len(ss) < 50 {
		t.Fatalf("only %d English sentences to look for", len(ss))
	}
	return ss
}

// foreignDesk are the English sentences that nobody at a desk of another
// language may read.
var foreignDesk = sync.OnceValues(func() ([]string, error) {
	b, err := os.ReadFile("../locales/en.toml")
	if err != nil {
		return nil, err
	}
	var tree map[string]any
	if err := toml.Unmarshal(b, &tree); err != nil {
		return nil, err
	}
	_, others, err := read(os.DirFS("../locales"))
	var out []string
	for _, s := range leaves(tree["staff"]) {
		for _, part := range hole.Split(s, -1) {
			part = strings.Trim(part, " .,:–“”\"()•")
			if len(part) > 20 && !strings.Contains(others, part) && !slices.Contains(out, part) {
				out = append(out, part)
			}
		}
	}
	return out, err
})

// read gives the English words for customers, and those of all other
// languages as one text.
func read(dir fs.FS) (english []string, others string, err error) {
	files, err := fs.Glob(dir, "*.toml")
	if err != nil {
		return nil, "", err
	}
	for _, name := range files {
		b, err := fs.ReadFile(dir, name)
		if err != nil {
			return nil, "", err
		}
		if name != "en.toml" {
			others += string(b)
			continue
		}
		var tree map[string]any
		if err := toml.Unmarshal(b, &tree); err != nil {
			return nil, "", err
		}
		delete(tree, "staff")
		delete(tree, "language") // asked in every language at once
		english = leaves(tree)
	}
	return english, others, nil
}

func leaves(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case map[string]any:
		var out []string
		for _, x := range v {
			out = append(out, leaves(x)...)
		}
		return out
	}
	return nil
}

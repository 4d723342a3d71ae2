package flows_test

import (
	"fmt"
	"go/scanner"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// exceptions are requirements that no test shows, each with its reason. Where
// only a part of one is left out, the rest must be shown all the same.
var exceptions = []struct{ numbers, part, why string }{
	{"V6", "", "Zalo and Viber as doors"},
	{"A13", "", "periodic reports"},
	{"A4", "the causes of complaints put together", "periodic reports"},
}

// TestEveryRequirementIsShown looks for the number of every requirement in the
// comments of tests and scripts. A comment such as "V12 V13" says that what
// follows shows it.
func TestEveryRequirementIsShown(t *testing.T) {
	numbers, kinds := requirements(t)
	shown := map[string]bool{}
	for _, c := range comments(t) {
		for _, m := range numberForm.FindAllStringSubmatch(c, -1) {
			shown[m[1]] = true
		}
	}
	excused := map[string]bool{}
	for _, e := range exceptions {
		for _, n := range strings.Fields(e.numbers) {
			if kinds[n] != "bot" && kinds[n] != "data" {
				t.Errorf("the exception %s is not a requirement of the program or its packs", n)
			}
			if e.why == "" {
				t.Errorf("the exception %s has no reason", n)
			}
			excused[n] = excused[n] || e.part == ""
		}
	}
	var missing []string
	for _, n := range numbers {
		if kinds[n] != "org" && !shown[n] && !excused[n] {
			missing = append(missing, n)
		}
	}
	if len(missing) > 0 {
		t.Errorf("no comment of a test or a script names these %d requirements: %s", len(missing), strings.Join(missing, " "))
	}
}

// numberForm is a requirement's number. K2p is K2 in the Polish text.
var numberForm = regexp.MustCompile(`\b([AKVR][1-9][0-9]?)p?\b`)

// requirements reads the table of them: their numbers in order, and of which
// kind each is.
func requirements(t *testing.T) (numbers []string, kinds map[string]string) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "requirements.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	kinds = map[string]string{}
	counts := map[string]int{}
	for i, l := range strings.Split(strings.TrimSpace(string(b)), "\n") {
		if strings.HasPrefix(l, "#") {
			continue
		}
		f := strings.Split(l, "\t")
		if len(f) != 3 || f[0] == "" || f[2] == "" || f[1] != "bot" && f[1] != "data" && f[1] != "org" {
			t.Fatalf("requirements.tsv:%d: write a number, bot, data or org, and what it asks", i+1)
		}
		letter := f[0][:1]
		if counts[letter]++; f[0] != letter+strconv.Itoa(counts[letter]) {
			t.Fatalf("requirements.tsv:%d: %s is out of order", i+1, f[0])
		}
		numbers, kinds[f[0]] = append(numbers, f[0]), f[1]
	}
	if got := fmt.Sprint(counts); got != "map[A:34 K:26 R:28 V:25]" {
		t.Fatalf("requirements.tsv holds %s", got)
	}
	return numbers, kinds
}

// comments are those of all scripts that are played, and of all other tests of
// the module.
func comments(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, path := range scripts(t) {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range strings.Split(string(b), "\n") {
			if strings.HasPrefix(l, "#") {
				out = append(out, l)
			}
		}
	}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != ".." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata"):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, "_test.go") || path == filepath.Join("..", "flows", "requirements_test.go"):
			return nil
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var s scanner.Scanner
		files := token.NewFileSet()
		s.Init(files.AddFile(path, files.Base(), len(b)), b, nil, scanner.ScanComments)
		for {
			_, tok, text := s.Scan()
			if tok == token.EOF {
				return nil
			}
			if tok == token.COMMENT {
				out = append(out, text)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

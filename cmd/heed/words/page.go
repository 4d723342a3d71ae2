package words

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/locales"
)

//go:embed page.html
var pageHTML string

//go:embed page.css
var pageCSS string

// policyOf is the Content-Security-Policy of the page: it loads nothing, and
// has the one style that is in it.
func policyOf(css string) string {
	sum := sha256.Sum256([]byte(css))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}

// sheet is what the template shows.
type sheet struct {
	Book
	Name    string // of the language, in its own tongue
	English bool   // the English is the text itself, so nothing stands beside
	Policy  string
	Record  string // the command that records what customers can meet as read
	Style   template.CSS
	Parts   []part
	Texts   int // that customers can meet
	Unread  int // of them
}

// part is one of the page's two.
type part struct {
	ID, Name string
	Folded   bool
	Texts    int
	Unread   int
	Chapters []leaf
}

// leaf is a chapter as the page has it.
type leaf struct {
	Chapter
	ID     string
	Number int
	Unread int
}

// recording is the command that prints the lines that say that a page of a
// language has been read. The policy is as --policy names it; "" leaves it out.
func recording(lang, policy string) string {
	c := "heed words --language " + lang
	if policy != "" {
		if !plainWord.MatchString(policy) {
			policy = "'" + strings.ReplaceAll(policy, "'", `'\''`) + "'"
		}
		c += " --policy " + policy
	}
	return c + " --read"
}

// plainWord is what a shell takes as it stands.
var plainWord = regexp.MustCompile(`^[\w./-]+$`)

// Write writes a book as one HTML page that needs nothing beside it. It names
// the command that records it as read, with the policy as given to --policy; ""
// where none was.
func Write(w io.Writer, b Book, pol *policy.Policy, given string) error {
	page, err := template.New("page").Parse(pageHTML)
	if err != nil {
		return fmt.Errorf("read the page of words: %w", err)
	}
	s := sheet{Book: b, Name: locales.Name(b.Language), English: b.Language == "en", Policy: pol.Called("en") + " (" + pol.Name + ")", Record: recording(b.Language, given), Style: template.CSS(pageCSS)}
	for _, p := range []part{{ID: "c", Name: "What customers read"}, {ID: "s", Name: "What only staff read", Folded: true}} {
		chapters := b.Customers
		if p.Folded {
			chapters = b.Staff
		}
		for i, c := range chapters {
			p.Chapters = append(p.Chapters, leaf{Chapter: c, ID: fmt.Sprintf("%s%d", p.ID, i+1), Number: i + 1, Unread: unread(c.Texts)})
		}
		p.Texts, p.Unread = len(Texts(chapters)), unread(Texts(chapters))
		s.Parts = append(s.Parts, p)
	}
	s.Texts, s.Unread = s.Parts[0].Texts, s.Parts[0].Unread
	if err := page.Execute(w, s); err != nil {
		return fmt.Errorf("write the page of words: %w", err)
	}
	return nil
}

// Handler serves the page of the language that the path's {language} names,
// with the policy as Write takes it.
func Handler(words *locales.Catalog, record locales.Record, pol *policy.Policy, given string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		lang := r.PathValue("language")
		if !slices.Contains(words.Languages(), lang) {
			http.Error(w, "heed does not speak this language; it speaks "+strings.Join(words.Languages(), ", ")+".", http.StatusNotFound)
			return
		}
		var page bytes.Buffer
		if err := Write(&page, Open(words, record, pol, lang), pol, given); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", policyOf(pageCSS))
		_, _ = w.Write(page.Bytes())
	})
}

package words

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"html"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/locales"
)

func catalog(t *testing.T) *locales.Catalog {
	t.Helper()
	c, err := locales.Open(nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func packs(t *testing.T) []*policy.Policy {
	t.Helper()
	var all []*policy.Policy
	for _, n := range policy.Names() {
		p, err := policy.Builtin(n)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}

func pack(t *testing.T, name string) *policy.Policy {
	t.Helper()
	p, err := policy.Builtin(name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// recorded is the record of the program.
func recorded(t *testing.T) locales.Record {
	t.Helper()
	r, err := locales.OpenRecord()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// In every language and with every pack, each text is there once and with
// values in its fields.
func TestBooksAreWhole(t *testing.T) {
	c, r := catalog(t), recorded(t)
	for _, pol := range packs(t) {
		for _, lang := range c.Languages() {
			t.Run(pol.Name+" "+lang, func(t *testing.T) {
				b := Open(c, r, pol, lang)
				once(t, b, pol)
				for _, x := range append(Texts(b.Customers), Texts(b.Staff)...) {
					filled(t, x)
				}
			})
		}
	}
}

// once looks that every text is on the page exactly once: what customers meet
// in the first part, what only staff see in the second, and all that the pack
// says.
func once(t *testing.T, b Book, pol *policy.Policy) {
	t.Helper()
	forStaff := func(key string) bool {
		return strings.HasPrefix(key, "staff.") || strings.HasPrefix(key, "said.") || strings.Contains(key, "/guidance")
	}
	times := map[string]int{}
	for _, x := range Texts(b.Customers) {
		times[x.Key]++
		if forStaff(x.Key) {
			t.Errorf("%s is for staff and stands among customers' texts", x.Key)
		}
	}
	for _, x := range Texts(b.Staff) {
		times[x.Key]++
		if !forStaff(x.Key) {
			t.Errorf("%s is for customers and stands among staff's texts", x.Key)
		}
	}
	want := map[string]bool{pol.Name + "/title": true}
	for _, k := range locales.Keys {
		want[string(k)] = true
	}
	for _, l := range append(slices.Clone(pol.Languages), b.Language) {
		for k := range pol.Texts[l] {
			want[pol.Name+"/"+k] = true
		}
	}
	for k := range want {
		if times[k] != 1 {
			t.Errorf("%s is there %d times", k, times[k])
		}
	}
	for k := range times {
		if !want[k] {
			t.Errorf("nothing has %s", k)
		}
	}
}

// filled looks that a text is there and has a value in every field.
func filled(t *testing.T, x Text) {
	t.Helper()
	if x.Source == "" && !strings.Contains(x.Key, "/") {
		t.Errorf("%s has no text", x.Key)
	}
	for _, f := range x.Forms {
		if s := plain(f.Words); s == "" || f.English == "" || strings.Contains(s+f.English, "{") {
			t.Errorf("%s is %q, in English %q", x.Key, s, f.English)
		}
		for _, w := range f.Words {
			if w.Sample && w.Text == "" {
				t.Errorf("%s has an empty value: %q", x.Key, plain(f.Words))
			}
		}
	}
}

// No key of the chapters is a slip, and each stands in one chapter only.
func TestChaptersNameTexts(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range append(slices.Clone(customers), staff...) {
		for _, k := range strings.Fields(p.keys) {
			head, star := strings.CutSuffix(k, "*")
			switch {
			case seen[k]:
				t.Errorf("%s: %s stands before", p.name, k)
			case !star && !slices.Contains(locales.Keys, locales.Key(k)):
				t.Errorf("%s: there is no %s", p.name, k)
			case star && !slices.ContainsFunc(locales.Keys, func(key locales.Key) bool { return strings.HasPrefix(string(key), head) }):
				t.Errorf("%s: nothing begins with %s", p.name, head)
			}
			seen[k] = true
		}
	}
	// A text that is made tomorrow comes at the end of its section's chapter,
	// one of a new section in a chapter of its own.
	forCustomers, _ := planned(append(slices.Clone(locales.Keys), "survey.new_one", "surprise.one"))
	for _, c := range forCustomers {
		if got := slices.Contains(c.keys, "survey.new_one"); got != (c.name == "Survey") {
			t.Errorf("%s: has the new text of the survey: %v", c.name, got)
		}
	}
	if last := forCustomers[len(forCustomers)-1]; len(last.keys) != 1 || last.keys[0] != "surprise.one" {
		t.Errorf("the last chapter is %s with %v", last.name, last.keys)
	}
}

func find(t *testing.T, b Book, key string) Text {
	t.Helper()
	for _, x := range append(Texts(b.Customers), Texts(b.Staff)...) {
		if x.Key == key {
			return x
		}
	}
	t.Fatalf("there is no %s", key)
	return Text{}
}

// Plural forms stand one below the other, each as the program says it.
func TestPluralForms(t *testing.T) {
	c, r := catalog(t), recorded(t)
	x := find(t, Open(c, r, pack(t, "ask4"), "pl"), "files.taken")
	var got []string
	for _, f := range x.Forms {
		got = append(got, f.Of)
	}
	if want := []string{"one: 1", "few: 2", "many: 5", "other: 1,5"}; !slices.Equal(got, want) {
		t.Errorf("the forms are %q, want %q", got, want)
	}
	for i, n := range []int{1, 2, 5} {
		if got, want := plain(x.Forms[i].Words), c.Count("pl", locales.FilesTaken, n); got != want {
			t.Errorf("%d: %q, the program says %q", n, got, want)
		}
		if got, want := x.Forms[i].English, c.Count("en", locales.FilesTaken, n); got != want {
			t.Errorf("%d: beside it %q, the program says %q", n, got, want)
		}
	}
	x = find(t, Open(c, r, pack(t, "ask4"), "fr"), "files.taken")
	if got, want := plain(x.Forms[1].Words), c.Count("fr", locales.FilesTaken, 1_000_000); x.Forms[1].Of != "many: "+c.Number("fr", 1_000_000) || got != want {
		t.Errorf("%q: %q, the program says %q", x.Forms[1].Of, got, want)
	}
	x = find(t, Open(c, r, pack(t, "ask4"), "lo"), "files.taken")
	if got, want := plain(x.Forms[0].Words), c.Count("lo", locales.FilesTaken, 3); len(x.Forms) != 1 || got != want {
		t.Errorf("%q, the program says %q", got, want)
	}
}

// Dates are shown as they are written, and months as names.
func TestPatternsAreShownAtWork(t *testing.T) {
	b := Open(catalog(t), recorded(t), pack(t, "ask4"), "lo")
	x := find(t, b, "calendar.at")
	shown := plain(x.Forms[0].Words)
	if want := locales.DateTime("lo", moment(pack(t, "ask4"))); !strings.HasPrefix(shown, want+"\n") || !strings.Contains(x.Raw, "{w}") {
		t.Errorf("%q with the pattern %q, want first %q", shown, x.Raw, want)
	}
	if months := plain(find(t, b, "calendar.months").Forms[0].Words); strings.Count(months, " · ") != 11 || strings.Contains(months, "_") {
		t.Errorf("the months are %q", months)
	}
}

// The parts of a conversation come in its order.
func TestOrderOfAConversation(t *testing.T) {
	b := Open(catalog(t), recorded(t), pack(t, "alphatech"), "vi")
	at := map[string]int{}
	for i, x := range Texts(b.Customers) {
		at[x.Key] = i
	}
	order := []string{"language.ask", "greet.hello", "ask.topic", "ask.summary", "ask.evidence", "review.head", "button.submit", "receipt.thanks",
		"promise.line_open", "status.head", "add.done", "ready.acknowledge", "letter.decide", "response.upheld", "dispute.ask", "adr.body",
		"survey.ask", "survey.thanks", "close.told", "inform.ask", "measure.warn_what", "measure.now_block", "flood.begun", "error.empty", "command.start",
		"about_policy.head", "typed.yes", "calendar.at", "alphatech/title", "alphatech/urgent", "alphatech/topic.product", "alphatech/ask.evidence", "alphatech/policy", "alphatech/dispute"}
	for i := 1; i < len(order); i++ {
		if at[order[i-1]] >= at[order[i]] {
			t.Errorf("%s (%d) does not come before %s (%d)", order[i-1], at[order[i-1]], order[i], at[order[i]])
		}
	}
}

// What has been read is not marked, until it changes.
func TestReadTexts(t *testing.T) {
	c, pol := catalog(t), pack(t, "ask4")
	of := func(b Book) (read []string) {
		for _, x := range append(Texts(b.Customers), Texts(b.Staff)...) {
			if x.Read {
				read = append(read, x.Key)
			}
		}
		return read
	}
	u := Of(c, locales.Record{}, []*policy.Policy{pol}, "lo")
	if len(u.Customers) == 0 || len(u.Staff) == 0 {
		t.Fatal("nothing is unread")
	}
	var lines []string
	for _, r := range u.Customers {
		if r.Key == "button.skip" || r.Key == "ask4/topic.staff" {
			lines = append(lines, r.String())
		}
		if r.Key == "button.back" {
			lines = append(lines, "lo\tbutton.back\t"+locales.Digest("what it said before"))
		}
	}
	record, err := locales.ParseRecord("language\tkey\tdigest\n" + strings.Join(lines, "\n") + "\n")
	if err != nil {
		t.Fatal(err)
	}
	if got := of(Open(c, record, pol, "lo")); !slices.Equal(got, []string{"button.skip", "ask4/topic.staff"}) {
		t.Errorf("read are %v", got)
	}
	if got := of(Open(c, record, pol, "vi")); len(got) != 0 {
		t.Errorf("in Vietnamese, read are %v", got)
	}
	after := Of(c, record, []*policy.Policy{pol}, "lo")
	if len(after.Customers) != len(u.Customers)-2 || len(after.Staff) != len(u.Staff) {
		t.Errorf("%d and %d are unread, were %d and %d", len(after.Customers), len(after.Staff), len(u.Customers), len(u.Staff))
	}
	page := written(t, Open(c, record, pol, "lo"), pol)
	for key, marked := range map[string]bool{"button.skip": false, "ask4/topic.staff": false, "button.back": true} {
		m := regexp.MustCompile(`<article class="([^"]*)" data-key="` + regexp.QuoteMeta(key) + `">`).FindStringSubmatch(page)
		if m == nil || strings.Contains(m[1], "unread") != marked {
			t.Errorf("%s is %q, marked should be %v", key, m, marked)
		}
	}
}

// The list of what is unread begins with Lao and has the packs' texts, each
// once.
func TestUnreadList(t *testing.T) {
	c := catalog(t)
	list := List(c, locales.Record{}, packs(t))
	var order []string
	for _, u := range list {
		order = append(order, u.Language)
		seen := map[string]bool{}
		for _, r := range append(slices.Clone(u.Customers), u.Staff...) {
			if seen[r.Key] || r.Language != u.Language {
				t.Errorf("%s is there twice, or is not %s", r, u.Language)
			}
			seen[r.Key] = true
		}
		for _, p := range packs(t) {
			for k := range p.Texts[u.Language] {
				if !seen[p.Name+"/"+k] {
					t.Errorf("%s: %s/%s is not in the list", u.Language, p.Name, k)
				}
			}
		}
	}
	want := []string{"lo", "vi", "zh-Hans", "it", "pl", "fr", "en"}
	for _, lang := range locales.Tags() {
		if !slices.Contains(want, lang) {
			want = append(want, lang)
		}
	}
	if !slices.Equal(order, want) {
		t.Errorf("the order is %v, want %v", order, want)
	}
}

// Each line of the record that is of a pack is of a text that the pack has.
func TestRecordNamesPacksTexts(t *testing.T) {
	there := map[string]bool{}
	for _, p := range packs(t) {
		for lang, texts := range p.Texts {
			for k := range texts {
				there[lang+" "+p.Name+"/"+k] = true
			}
		}
		for lang := range p.Title {
			there[lang+" "+p.Name+"/title"] = true
		}
	}
	for _, r := range recorded(t).Readings() {
		if strings.Contains(r.Key, "/") && !there[r.Language+" "+r.Key] {
			t.Errorf("read.tsv: there is no text %s in %s: take the line out", r.Key, r.Language)
		}
	}
}

func written(t *testing.T, b Book, pol *policy.Policy) string {
	t.Helper()
	var page bytes.Buffer
	if err := Write(&page, b, pol, ""); err != nil {
		t.Fatal(err)
	}
	return page.String()
}

var tag = regexp.MustCompile(`<[^>]*>`)

// The page has every text, loads nothing, and says which language it is in.
func TestPage(t *testing.T) {
	c, r, pol := catalog(t), recorded(t), pack(t, "ask4")
	for _, lang := range c.Languages() {
		b := Open(c, r, pol, lang)
		page := written(t, b, pol)
		if !strings.Contains(page, `<html lang="`+lang+`">`) {
			t.Errorf("%s: the page does not say so", lang)
		}
		if loads := regexp.MustCompile(`(?i)<(script|link|img|iframe)|@import|url\(|src=|style="`).FindString(page); loads != "" {
			t.Errorf("%s: the page has %q", lang, loads)
		}
		said := map[string]string{}
		for _, a := range strings.Split(page, ` data-key="`)[1:] {
			key, rest, _ := strings.Cut(a, `"`)
			own, _, _ := strings.Cut(rest, `<div class="beside"`)
			said[key] = html.UnescapeString(tag.ReplaceAllString(own, ""))
		}
		for _, x := range append(Texts(b.Customers), Texts(b.Staff)...) {
			for _, f := range x.Forms {
				if !strings.Contains(said[x.Key], plain(f.Words)) {
					t.Errorf("%s: %s does not say %q", lang, x.Key, plain(f.Words))
				}
			}
		}
		if want := strings.TrimSpace(pol.Describe(c, lang)); !strings.Contains(html.UnescapeString(page), want) {
			t.Errorf("%s: the policy is not put together anywhere", lang)
		}
	}
}

// The demo serves the page of each language; its browser lets the page's own
// style through and nothing else.
func TestHandler(t *testing.T) {
	mux := http.NewServeMux()
	mux.Handle("GET /words/{language}", Handler(catalog(t), recorded(t), pack(t, "ask4"), "ask4"))
	get := func(path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		return w
	}
	w := get("/words/lo")
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "text/html; charset=utf-8" {
		t.Fatalf("%d %s", w.Code, w.Header())
	}
	style := regexp.MustCompile(`(?s)<style>(.*?)</style>`).FindStringSubmatch(w.Body.String())
	if style == nil {
		t.Fatal("no style")
	}
	sum := sha256.Sum256([]byte(style[1]))
	if csp := w.Header().Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'; style-src 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'") {
		t.Errorf("the page's own style is not let through: %s", csp)
	}
	for _, path := range []string{"/words/tlh", "/words/de", "/words/LO"} {
		if w := get(path); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "zh-Hans") {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
}

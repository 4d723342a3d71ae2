package policy

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"github.com/heedbot/heed/bot/calendar"
)

// Limits of a pack's text. The YAML parser's time grows with the square of its keys and of its nesting.
const (
	mostBytes   = 256 << 10
	mostNesting = 20
	mostItems   = 500  // of one list
	mostKeys    = 2000 // keys and dashes in all
)

// reader gathers what is wrong while values are taken from a document.
type reader struct {
	file  string
	found Problems
}

// value is a piece of the document. Its node is nil if it is not there: then every method gives the zero value and
// reports nothing.
type value struct {
	r         *reader
	path      string
	spec      string // the place in the table of keys: "topics.*.route"
	line, col int
	node      ast.Node
}

func (v value) there() bool { return v.node != nil }

// wrong reports a problem at the value.
func (v value) wrong(hint, format string, args ...any) {
	v.r.found = append(v.r.found, Problem{
		File: v.r.file, Line: v.line, Column: v.col, Path: v.path, Text: fmt.Sprintf(format, args...), Hint: hint,
	})
}

// open reads the document. Its value has no node if the text is no YAML.
func (r *reader) open(text string) value {
	root := value{r: r}
	switch {
	case len(text) > mostBytes:
		root.wrong("", "the pack is longer than %d KiB", mostBytes>>10)
		return root
	case !utf8.ValidString(text):
		root.wrong("save the file as UTF-8", "the text is not UTF-8")
		return root
	}
	tokens := lexer.Tokenize(text)
	if t, why := tooMuch(tokens); t != nil {
		root.line, root.col = t.Position.Line, t.Position.Column
		root.wrong("", "%s", why)
		return root
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		var at yaml.Error
		what := "cannot be read"
		if errors.As(err, &at) {
			what = at.GetMessage()
			if t := at.GetToken(); t != nil && t.Position != nil {
				root.line, root.col = t.Position.Line, t.Position.Column
			}
		}
		root.wrong("check the indentation, colons and quotes there", "not YAML: %s", what)
		return root
	}
	docs := slices.DeleteFunc(file.Docs, func(d *ast.DocumentNode) bool { return d.Body == nil || empty(d.Body) })
	switch len(docs) {
	case 0:
		root.wrong("", "the pack is empty")
		return root
	case 1:
		return r.at("", docs[0].Body)
	}
	second := r.at("", docs[1].Body)
	second.wrong("one file holds one pack", "a second document begins here")
	return r.at("", docs[0].Body)
}

func empty(n ast.Node) bool {
	_, comment := n.(*ast.CommentGroupNode)
	return comment
}

// tooMuch finds the token at which there are too many keys, or brackets or marks on one line go too deep.
func tooMuch(tokens token.Tokens) (*token.Token, string) {
	keys, depth, marks, line := 0, 0, 0, 0
	for _, t := range tokens {
		switch t.Type {
		case token.MappingStartType, token.SequenceStartType:
			depth++
		case token.MappingEndType, token.SequenceEndType:
			depth--
		case token.SequenceEntryType, token.MappingKeyType, token.MappingValueType, token.AnchorType, token.TagType:
			keys++
			if t.Position.Line != line {
				marks, line = 0, t.Position.Line
			}
			// Inside brackets a line may hold any number of pairs.
			if depth == 0 {
				marks++
			}
		}
		switch {
		case keys > mostKeys:
			return t, fmt.Sprintf("the pack has more than %d keys", mostKeys)
		case depth > mostNesting || marks > mostNesting || t.Position.IndentLevel > 2*mostNesting:
			return t, fmt.Sprintf("nested more than %d deep", mostNesting)
		}
	}
	return nil, ""
}

// at gives the value of a node.
func (r *reader) at(path string, n ast.Node) value {
	v := value{r: r, path: path, node: n}
	if m, ok := n.(*ast.MappingNode); ok && !m.IsFlowStyle && len(m.Values) > 0 {
		n = m.Values[0].Key // a block has no token of its own
	}
	if t := n.GetToken(); t != nil && t.Position != nil {
		v.line, v.col = t.Position.Line, t.Position.Column
	}
	switch v.node.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode:
		v.wrong("write the value out", "anchors, aliases and tags are not used in packs")
		v.node = nil
	case *ast.NullNode:
		v.wrong("leave the key out, or write a value", "is empty")
		v.node = nil
	}
	return v
}

// called names what a node is, for a person.
func called(n ast.Node) string {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return "a table of keys"
	case *ast.SequenceNode:
		return "a list"
	case *ast.BoolNode:
		return "true or false"
	case *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		return "a number"
	}
	return "text"
}

// text gives words.
func (v value) text() string {
	if !v.there() {
		return ""
	}
	var s string
	switch n := v.node.(type) {
	case *ast.StringNode:
		s = n.Value
	case *ast.LiteralNode:
		s = n.Value.Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		v.wrong(fmt.Sprintf("put it in quotes: %q", n.GetToken().Value), "must be text, not %s", called(n))
		return ""
	default:
		v.wrong("", "must be text, not %s", called(n))
		return ""
	}
	if strings.ContainsFunc(s, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' }) {
		v.wrong("", "has control characters")
		return ""
	}
	return strings.TrimSpace(s)
}

// texts gives a list of words; one that comes twice is reported.
func (v value) texts(each func(value) string) []string {
	var list []string
	for _, item := range v.list() {
		s := each(item)
		if s == "" {
			continue
		}
		if slices.Contains(list, s) {
			item.wrong("", "%s is listed twice", quoted(s))
			continue
		}
		list = append(list, s)
	}
	return list
}

// one gives a word that must be one of those in the table of keys.
func (v value) one() string {
	s, known := v.text(), v.words()
	if s == "" || slices.Contains(known, s) {
		return s
	}
	v.wrong(meant(s, known), "unknown value %s", quoted(s))
	return ""
}

// words are those that may be written there.
func (v value) words() []string {
	k, _ := keyAt(v.spec)
	return k.of
}

var (
	idForm       = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)
	packForm     = regexp.MustCompile(`^[a-z][a-z0-9-]{0,39}$`)
	languageForm = regexp.MustCompile(`^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$`)
	everyForm    = regexp.MustCompile(`^[1-9][0-9]?(mo|y)$`)
)

// id gives an identifier.
func id(v value) string {
	return v.form(idForm, "small letters, digits and _, beginning with a letter")
}

func (v value) form(form *regexp.Regexp, hint string) string {
	s := v.text()
	if s == "" || form.MatchString(s) {
		return s
	}
	v.wrong(hint, "%s is not of the right form", quoted(s))
	return ""
}

func (v value) flag() bool {
	if !v.there() {
		return false
	}
	n, ok := v.node.(*ast.BoolNode)
	if !ok {
		v.wrong("", "must be true or false, not %s", called(v.node))
		return false
	}
	return n.Value
}

func (v value) count(least, most int) int {
	if !v.there() {
		return 0
	}
	n, ok := v.node.(*ast.IntegerNode)
	if !ok {
		v.wrong("", "must be a whole number, not %s", called(v.node))
		return 0
	}
	i, err := strconv.Atoi(n.GetToken().Value)
	if err != nil || i < least || i > most {
		v.wrong("", "must lie between %d and %d", least, most)
		return 0
	}
	return i
}

// rule reads a duration.
func (v value) rule() (calendar.Rule, string) {
	if !v.there() {
		return calendar.Rule{}, ""
	}
	var s string
	if n, ok := v.node.(*ast.IntegerNode); ok {
		s = n.GetToken().Value // the calendar says that the unit is missing
	} else if s = v.text(); s == "" {
		return calendar.Rule{}, ""
	}
	r, err := calendar.ParseRule(s)
	if err != nil {
		v.failed(err)
		return calendar.Rule{}, ""
	}
	return r, s
}

// failed reports an error of another package, of which the part after a semicolon is advice.
func (v value) failed(err error) {
	what, hint, _ := strings.Cut(err.Error(), "; ")
	v.wrong(hint, "%s", what)
}

// date reads "2026-04-08".
func (v value) date() string {
	s := v.text()
	if s == "" {
		return ""
	}
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		v.wrong("write it as 2026-04-08", "%s is not a date", quoted(s))
		return ""
	}
	return s
}

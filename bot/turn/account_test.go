package turn

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
)

func TestAccountHoldsNoWords(t *testing.T) {
	const words = "my neighbour Olga Petrova"
	_, num := strconv.Atoi(words)
	var n int
	js := json.Unmarshal([]byte(`"`+words+`"`), &n)
	syntax := json.Unmarshal([]byte(words), &n)
	for _, c := range []struct {
		err  error
		want string
	}{
		{errors.New("no such question"), "no such question"},
		{fmt.Errorf("answer a question: %w", errors.New("no such question")), "answer a question: no such question"},
		{fmt.Errorf("read the date: %w", num), "read the date: invalid syntax"},
		{fmt.Errorf("a: %w", fmt.Errorf("b: %w", js)), "a: b: *json.UnmarshalTypeError"},
		{fmt.Errorf("decode: %w", syntax), "decode: *json.SyntaxError"},
		{errors.Join(errors.New("first"), fmt.Errorf("second: %w", num)), "first; second: invalid syntax"},
		{fmt.Errorf("both %w and %w", errors.New("one"), num), "one; invalid syntax"},
		{fmt.Errorf("read (%w) failed", num), "invalid syntax"},
		{quoting{words}, "turn.quoting"},
	} {
		got := account(c.err)
		if got != c.want {
			t.Errorf("account(%T) = %q, want %q", c.err, got, c.want)
		}
		if strings.Contains(got, "Olga") {
			t.Errorf("the account repeats a customer's words: %q", got)
		}
	}
	if got := account(errors.New(strings.Repeat("é", 400))); len(got) > accountMax+3 {
		t.Errorf("an account of %d bytes is kept", len(got))
	}
}

type quoting struct{ words string }

func (q quoting) Error() string { return "cannot read " + q.words }

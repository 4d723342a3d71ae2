package locales

import (
	"bufio"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strings"
)

//go:embed read.tsv
var readings string

// Reading says that a native speaker has read a text as it stood.
type Reading struct {
	Language string
	Key      string // of one of the program's texts, or a pack's name, a slash, and the key of one of its texts
	Digest   string // Digest of the text that was read
}

// String is the reading as a line of read.tsv, without its end.
func (r Reading) String() string { return r.Language + "\t" + r.Key + "\t" + r.Digest }

// Digest tells one text from another: the first twelve hex digits of its
// SHA-256.
func Digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])[:12]
}

// Record is what native speakers have read. A text that has changed since is
// unread again. It does not change once opened.
type Record struct {
	readings []Reading
	known    map[Reading]bool
}

// OpenRecord reads the embedded read.tsv. An error names a line that is none
// of a language of ours, a key and a digest, or that is there twice.
func OpenRecord() (Record, error) { return ParseRecord(readings) }

// readingHead names the columns.
const readingHead = "language\tkey\tdigest"

var readingForm = regexp.MustCompile(`^([A-Za-z-]+)\t([a-z0-9_.-]+(?:/[a-z0-9_.]+)?)\t([0-9a-f]{12})$`)

// ParseRecord is OpenRecord for a record that is not the embedded one.
func ParseRecord(tsv string) (Record, error) {
	r := Record{known: map[Reading]bool{}}
	body, headed := strings.CutPrefix(tsv, readingHead+"\n")
	if !headed {
		return Record{}, errors.New("read what has been proofread: line 1 is not the head")
	}
	lines := bufio.NewScanner(strings.NewReader(body))
	for n := 2; lines.Scan(); n++ {
		line := lines.Text()
		m := readingForm.FindStringSubmatch(line)
		if m == nil {
			return Record{}, fmt.Errorf("read what has been proofread: line %d is not a language, a key and a digest with tabs between", n)
		}
		got := Reading{Language: m[1], Key: m[2], Digest: m[3]}
		switch {
		case !Known(got.Language):
			return Record{}, fmt.Errorf("read what has been proofread: line %d: no language of ours is called %q", n, got.Language)
		case r.known[got]:
			return Record{}, fmt.Errorf("read what has been proofread: line %d is there before", n)
		}
		r.readings, r.known[got] = append(r.readings, got), true
	}
	if err := lines.Err(); err != nil {
		return Record{}, fmt.Errorf("read what has been proofread: %w", err)
	}
	return r, nil
}

// Has tells whether the text has been read as it stands now.
func (r Record) Has(lang, key, text string) bool {
	return r.known[Reading{lang, key, Digest(text)}]
}

// Readings lists the lines of the record, those of texts that have changed
// since among them.
func (r Record) Readings() []Reading { return append([]Reading(nil), r.readings...) }

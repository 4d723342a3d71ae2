package bot

import "strings"

// letters has no two that are easily mistaken for one another when read or
// heard (no 0 O, 1 I L, 2 Z, 5 S, 8 B, U V). There are 23, a prime, so one
// check letter finds every single wrong letter and every swap of neighbours.
const letters = "34679ACDEFGHJKMNPQRTWXY"

// NewRef makes a reference of eight letters of chance (36 bits) and one that
// checks them: "KXM-4FQ-7TA".
func NewRef(c *Chance) Ref {
	s := draw(c, 8)
	return group(s + string(check(s)))
}

func draw(c *Chance, n int) string {
	var b []byte
	for len(b) < n {
		for _, x := range c.Bytes() {
			// 253 = 11 x 23: dropping the rest keeps every letter as likely.
			if x < 253 && len(b) < n {
				b = append(b, letters[int(x)%len(letters)])
			}
		}
	}
	return string(b)
}

func group(s string) Ref { return Ref(s[:3] + "-" + s[3:6] + "-" + s[6:]) }

func check(s string) byte {
	sum := 0
	for i := range len(s) {
		sum += (i + 2) * strings.IndexByte(letters, s[i])
	}
	return letters[sum%len(letters)]
}

// ParseRef reads a reference as a person types it: any case, with or without
// dashes and spaces. It is false for anything that is not one.
func ParseRef(s string) (Ref, bool) {
	b, ok := plainLetters(s)
	if !ok || len(b) != 9 || check(b[:8]) != b[8] {
		return "", false
	}
	return group(b), true
}

// plainLetters takes away how a person spaced and dashed it; false where a
// letter is none of ours.
func plainLetters(s string) (string, bool) {
	var b []byte
	for _, r := range strings.ToUpper(s) {
		switch {
		case r == '-' || r == ' ' || r == '–' || r == '.':
		case r < 128 && strings.IndexByte(letters, byte(r)) >= 0:
			b = append(b, byte(r))
		default:
			return "", false
		}
	}
	return string(b), true
}

// NewCode makes a code by which a customer links a messenger to a complaint
// that came without one: eleven letters of chance (49 bits) and one that
// checks them: "KXM4-FQ7T-AWCD".
func NewCode(c *Chance) string {
	s := draw(c, codeLetters-1)
	return groupCode(s + string(check(s)))
}

const codeLetters = 12

func groupCode(s string) string { return s[:4] + "-" + s[4:8] + "-" + s[8:] }

// ParseCode reads a code as a person types it: any case, with or without
// dashes and spaces. It is false for anything that is not one.
func ParseCode(s string) (string, bool) {
	b, ok := plainLetters(s)
	if !ok || len(b) != codeLetters || check(b[:codeLetters-1]) != b[codeLetters-1] {
		return "", false
	}
	return groupCode(b), true
}

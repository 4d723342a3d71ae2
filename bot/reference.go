package bot

import "strings"

// letters has no two that are easily mistaken for one another when read or
// heard (no 0 O, 1 I L, 2 Z, 5 S, 8 B, U V). There are 23, a prime, so one
// check letter finds every single wrong letter and every swap of neighbours.
const letters = "34679ACDEFGHJKMNPQRTWXY"

// NewRef makes a reference of eight letters of chance (36 bits) and one that
// checks them: "KXM-4FQ-7TA".
func NewRef(c *Chance) Ref {
	var b []byte
	for len(b) < 8 {
		for _, x := range c.Bytes() {
			// 253 = 11 x 23: dropping the rest keeps every letter as likely.
			if x < 253 && len(b) < 8 {
				b = append(b, letters[int(x)%len(letters)])
			}
		}
	}
	s := string(b)
	return group(s + string(check(s)))
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
	if len(b) != 9 || check(string(b[:8])) != b[8] {
		return "", false
	}
	return group(string(b)), true
}

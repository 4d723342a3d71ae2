package locales

import "golang.org/x/text/language"

// Match finds the best of our languages for a tag as a platform gives it. It
// is sure only where the person would surely read it: Traditional readers get
// no Simplified text unasked, a neighbouring language is not the same one, and
// an empty or broken tag matches nothing.
func Match(tag string, ours []string) (lang string, sure bool) {
	t, err := language.Parse(tag)
	if err != nil || tag == "" || len(ours) == 0 {
		return "", false
	}
	tags := make([]language.Tag, len(ours))
	for i, l := range ours {
		tags[i] = language.Make(l)
	}
	_, i, conf := language.NewMatcher(tags).Match(t)
	return ours[i], conf >= language.High && sameLanguage(t, tags[i])
}

// Akin tells whether a tag as a platform gives it is of the same language as
// one of ours, in whatever script or country.
func Akin(tag, ours string) bool {
	t, err := language.Parse(tag)
	return err == nil && sameLanguage(t, language.Make(ours))
}

// sameLanguage tells whether two tags are of one language. Confidence alone
// does not: the matcher is highly confident that Bretons read French.
func sameLanguage(a, b language.Tag) bool {
	x, told := base(a)
	y, _ := base(b)
	return told && x == y
}

// base is the tag's language with its aliases resolved (cmn is zh); false
// where the tag names none and it would be a guess from script or region.
func base(t language.Tag) (language.Base, bool) {
	if c, err := language.All.Canonicalize(t); err == nil {
		t = c
	}
	b, conf := t.Base()
	return b, conf == language.Exact
}

package locales

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestTypedWords(t *testing.T) {
	c, _ := told(t)
	for key, words := range map[Key][]string{
		ButtonBack:        {"back", "Back", "BACK!", "retour", "Retour.", "wstecz", "„Wstecz”", " wstecz\n"},
		ButtonSkip:        {"skip", "ＳＫＩＰ", "passer", "Passer\u202f!", "«\u00a0Passer\u00a0»", "« passer »", "pomiń", "pomin", "POMIŃ", norm.NFD.String("pomiń")},
		ButtonCancelYes:   {"yes, throw it away", "Oui, tout effacer", "tak, usuń", "tak, usun", "TAK, USUŃ"},
		ButtonWithdrawYes: {"yes, withdraw it", "oui, la retirer", "tak, wycofuję", "tak, wycofuje"},
		ButtonNo:          {"no", "non", "nie", "Nie."},
		ButtonAccept:      {"J’accepte cette réponse", "j'accepte cette reponse", "J\u2018ACCEPTE  cette\u00a0réponse", "przyjmuję tę odpowiedź", "przyjmuje te odpowiedz"},
		ButtonComplain:    {"złóż skargę", "zloz skarge", norm.NFD.String("Złóż skargę"), "deposer une plainte"},
		ButtonPrivacy:     {"prywatnosc", "confidentialite", "privacy"},
		// What people type in the place of a label, with and without marks, in
		// whatever way their keyboard makes a sign.
		ButtonYes:    {"yes", "OK", "oui", "d’accord", "tak", "sì", "SI", "vâng", "VANG", "có", "đồng ý", "dong y", "是的", "好。", "ແມ່ນ", "ແມນ", "ຕົກລົງ"},
		ButtonCancel: {"cancel", "stop", "annuler", "arrêter", "anuluj", "przerwij", "annulla", "hủy", "huỷ", "huy", norm.NFD.String("hủy"), "取消", "ຍົກເລີກ"},
		ButtonDone:   {"done", "Done…", "terminé", "termine", "TERMINÉ", norm.NFD.String("Terminé"), "gotowe", "Gotowe。", "do\u200bne", "that's all", "c’est tout", "to wszystko", "koniec", "è tutto", "e tutto", "xong rồi", "好了", "ສຳເລັດ", "ສ\u0ecd\u0eb2ເລັດ", "ສໍາເລັດ"},
	} {
		for _, w := range words {
			if !slices.ContainsFunc(c.Languages(), func(lang string) bool { return c.Typed(lang, w, key) }) {
				t.Errorf("%q is not %s", w, key)
			}
		}
	}
	for _, w := range []string{"", " ", "?", "ski", "skipping", "skip it", "I want my money back", "retournez", "yes but no", "\u200f"} {
		if c.Typed("en", w, ButtonBack, ButtonSkip, ButtonDone, ButtonNo, ButtonCancel) {
			t.Errorf("%q is taken for a button", w)
		}
	}
}

// TestShortWordsAreTheReadersOwn: what is a yes or a no in one language is an
// everyday word in another, the more so without its marks.
func TestShortWordsAreTheReadersOwn(t *testing.T) {
	c, _ := told(t)
	for _, x := range []struct {
		reads, word string
		key         Key
		want        bool
	}{
		{"pl", "co?", ButtonYes, false}, {"vi", "co", ButtonYes, true}, {"vi", "Có", ButtonYes, true},
		{"pl", "da", ButtonYes, false}, {"pl", "no", ButtonNo, false}, {"it", "No", ButtonNo, true}, {"en", "no", ButtonNo, true},
		{"en", "o", ButtonYes, false}, {"fr", "o", ButtonYes, true}, {"it", "t", ButtonYes, false}, {"pl", "t", ButtonYes, true},
		{"pl", "oui", ButtonYes, true}, {"en", "tak", ButtonYes, true}, {"fr", "是", ButtonYes, true}, {"zh-Hans", "OK", ButtonYes, true}, {"lo", "ok", ButtonYes, true},
	} {
		if got := c.Typed(x.reads, x.word, x.key); got != x.want {
			t.Errorf("%q by someone who reads %s: %s %v", x.word, x.reads, x.key, got)
		}
	}
}

// TestEveryLabelCanBeTyped in each language: small and great, without marks,
// composed or not.
func TestEveryLabelCanBeTyped(t *testing.T) {
	c, _ := told(t)
	for _, lang := range c.Languages() {
		for _, k := range labels(c) {
			label := c.Text(lang, k)
			for _, w := range []string{label, strings.ToUpper(label), strings.ToLower(label), norm.NFD.String(label), " " + label + " !"} {
				if !c.Typed(lang, w, k) {
					t.Errorf("%s: %q is not %s", lang, w, k)
				}
			}
		}
	}
}

// TestNoLabelMeansTwoThings: the words of all languages are understood in each,
// so one label must not be another button's elsewhere.
func TestNoLabelMeansTwoThings(t *testing.T) {
	c, _ := told(t)
	whose := map[string]Key{}
	for _, lang := range c.Languages() {
		for _, k := range labels(c) {
			f := Fold(c.Text(lang, k))
			if was, ok := whose[f]; ok && was != k {
				t.Errorf("%q is %s and, in %s, %s", f, was, lang, k)
			}
			whose[f] = k
		}
	}
}

// labels are the buttons without fields.
func labels(c *Catalog) []Key {
	var ks []Key
	for _, k := range Keys {
		if strings.HasPrefix(string(k), "button.") && k != ButtonChange && k != ButtonWithdraw {
			ks = append(ks, k)
		}
	}
	return ks
}

func TestFold(t *testing.T) {
	for s, want := range map[string]string{
		"１２３": "123", "໑໒໓": "123", "ＫＸＭ－４ＦＱ": "kxm-4fq", "Đồng ý": "dong y", "đồng ý": "dong y",
		norm.NFD.String("hủy"): "huy", "hủy": "huy", "huỷ": "huy", "ŁÓDŹ": "lodz", "łódź": "lodz",
		"«\u00a0Terminé\u00a0»": "termine", "...": "", "\u200e1.\u200e": "1", "Où ça\u202f?": "ou ca", "跳过。": "跳过", "ＯＫ！": "ok",
		"İstanbul": "istanbul", "two\u00a0 words": "two words", "👍": "👍", "👍\ufe0f": "👍",
	} {
		if got := Fold(s); got != want {
			t.Errorf("%q: %q, not %q", s, got, want)
		}
	}
}

func TestClean(t *testing.T) {
	for s, want := range map[string]string{
		"": "", " \t\n": "", "\u00a0\u202f\u3000": "", "\x00": "", "\x00\x00 ": "", "a\x00b": "ab", "\u200f": "", "\u200f\u200e\u202b\u2066": "",
		"\u200b\ufeff": "", "\u200d": "", "\u3164": "", "\u2800": "", "\u115f": "", "\uffa0": "", "\ufe0f": "", "\u0301": "", "\xff\xfe": "",
		"👍": "👍", "👨\u200d👩\u200d👧": "👨\u200d👩\u200d👧", "❤\ufe0f": "❤\ufe0f", "🇵🇱": "🇵🇱", "?": "?", "–": "–", "1": "1",
		" Dzień dobry \n": "Dzień dobry", norm.NFD.String("Dzień dobry"): "Dzień dobry", "two\n\nlines": "two\n\nlines",
		"\u200fשלום": "\u200fשלום", "ສະບາຍດີ": "ສະບາຍດີ", "您好": "您好", "bad \xff byte": "bad  byte",
	} {
		if got := Clean(s); got != want {
			t.Errorf("%q: %q, not %q", s, got, want)
		}
	}
}

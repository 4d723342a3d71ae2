package main

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// What people are called comes out of every way to write it.
func TestNicknames(t *testing.T) {
	all := map[string][]string{"U0123456789": {"Ania", "Anka"}, "W0987654321": {"Big Oli"}}
	for text, want := range map[string]map[string][]string{
		"U0123456789=Ania, Anka; W0987654321=Big Oli":                    all,
		" U0123456789 = Ania ,Anka,Ania, ;; \tW0987654321= Big \t Oli ;": all,
		"W0987654321=Big Oli\r\nU0123456789=Ania,Anka\r\n":               all,
		"U0123456789=小明, chị Lan":                                        {"U0123456789": {"小明", "chị Lan"}},
		" ; \n ":                                                         nil,
		"":                                                               nil,
	} {
		got, err := parseNicknames(text)
		if err != nil || !maps.EqualFunc(got, want, slices.Equal) {
			t.Errorf("%q gives %v, %v", text, got, err)
		}
	}
}

// An error says which entry is wrong and how to write it, and repeats nothing
// of what was set; one wrong entry does not hide the next.
func TestNicknameErrors(t *testing.T) {
	for text, want := range map[string]string{
		"U0123456789":                            `entry 1 has no "="`,
		"U0123456789=Zofka; Zofka":               `entry 2 has no "="`,
		";; Zofka=U0123456789":                   "entry 1 does not begin with the id of a person",
		"S0123456789=Zofka":                      "entry 1 does not begin with the id of a person",
		"U0123456789=Zofka;U0123456789=Zofinka":  "entry 2 names a person once more",
		"U0123456789= , ,":                       "entry 1 gives no name",
		"U0123456789=Zofka U0987654321=Zofinka":  `entry 1 has "=" twice`,
		"U0123456789=Zofka;=Zofka;U0987654321= ": "entry 3 gives no name",
	} {
		got, err := parseNicknames(text)
		if err == nil || got != nil || !strings.Contains(err.Error(), "HEED_STAFF_NAMES: "+want) {
			t.Errorf("%q gives %v, %v", text, got, err)
			continue
		}
		if strings.Contains(err.Error(), "Zof") || strings.Contains(err.Error(), "U0987654321") {
			t.Errorf("%q: the error repeats what was set: %v", text, err)
		}
	}
	if _, err := parseNicknames("Zofka; U0123456789="); err == nil || !strings.Contains(err.Error(), "entry 1 ") || !strings.Contains(err.Error(), "entry 2 ") {
		t.Errorf("two wrong entries: %v", err)
	}
}

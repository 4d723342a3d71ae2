package main

import (
	"slices"
	"testing"
)

// Telegram takes a menu once for each code of two letters, and no other code.
func TestMenus(t *testing.T) {
	want := []menu{{"en", "en"}, {"zh", "zh-Hans"}, {"lo", "lo"}, {"pt", "pt-BR"}}
	if got := menus([]string{"en", "zh-Hans", "fil", "lo", "zh-Hant", "ceb-PH", "pt-BR", "pt"}); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

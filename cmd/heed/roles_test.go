package main

import (
	"maps"
	"slices"
	"testing"

	"github.com/heedbot/heed/bot/schedule"
	"github.com/heedbot/heed/storage"
)

// Who holds the policy's roles comes to those who decide, from every way to
// write it.
func TestSettingsRoles(t *testing.T) {
	want := map[string][]string{"ceo": {"U0123456789"}, "customer_care": {"S0123456789", "C0123456789"}}
	for _, text := range []string{
		"ceo=U0123456789; customer_care=S0123456789 C0123456789",
		" ceo = U0123456789 ;; customer_care=S0123456789, C0123456789;",
		"customer_care=S0123456789,C0123456789\nceo=U0123456789\n",
	} {
		store, err := storage.Open(t.Context(), t.TempDir()+"/heed.db", storage.Options{})
		if err != nil {
			t.Fatal(err)
		}
		h, err := house(t.Context(), Settings{Policy: "alphatech", SlackRoles: text}, store, logger("error"))
		if err != nil {
			t.Fatal(err)
		}
		if !maps.EqualFunc(h.Roles, want, slices.Equal) {
			t.Errorf("%q gives %v", text, h.Roles)
		}
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	}
	d, err := newDemo(t.Context(), &schedule.MovableClock{}, t.TempDir(), "alphatech", logger("error"))
	if err != nil {
		t.Fatal(err)
	}
	defer d.close()
	if d.system.house.Roles != nil {
		t.Errorf("nobody was named and these hold roles: %v", d.system.house.Roles)
	}
}

package main

import (
	"maps"
	"net"
	"slices"
	"strings"
	"testing"

	"github.com/heedbot/heed/storage"
)

// Who holds the policy's roles comes to those who decide, from every way to
// write it.
func TestSettingsRoles(t *testing.T) {
	all := map[string][]string{"ceo": {"U0123456789"}, "customer_care": {"S0123456789", "C0123456789"}}
	for text, want := range map[string]map[string][]string{
		"ceo=U0123456789; customer_care=S0123456789 C0123456789":        all,
		" ceo = U0123456789 ;; customer_care=S0123456789, C0123456789;": all,
		"customer_care=S0123456789,C0123456789\nceo=U0123456789\n":      all,
		" ; ": nil,
		"":    nil,
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
}

// policyRoles: who holds which role is seen before going live, and a role
// that nobody holds does not keep heed from running.
func policyRoles(t *testing.T, bin string) {
	s := newShell(t, bin)
	for name, c := range map[string]struct {
		set, file string
		code      int
		want      string
	}{
		"nobody named":  {"", "", 0, "✓ roles of ask4: nobody is named in HEED_SLACK_ROLES, so managers stand in for support, complaints_manager"},
		"all named":     {"support=" + deskChannel + " U0ANN, S0TEAM ; complaints_manager=U0MIA", "", 0, "✓ roles of ask4\n"},
		"one left over": {"support=U0ANN", "", 2, "✗ roles of ask4\n  nobody holds complaints_manager"},
		"in the file":   {"", "slack_roles: {support: [U0ANN, S0TEAM], complaints_manager: U0MIA}\n", 0, "✓ roles of ask4\n"},
		"before the file": {"support=U0ANN", "slack_roles:\n  support: [U0ANN]\n  complaints_manager: [U0MIA]\n", 2,
			"✗ roles of ask4\n  nobody holds complaints_manager"},
	} {
		s.env["HEED_SLACK_ROLES"] = c.set
		if c.set == "" {
			delete(s.env, "HEED_SLACK_ROLES")
		}
		s.write("heed.yaml", c.file)
		if code, stdout, stderr := s.run("check", "--offline"); code != c.code || !strings.Contains(stdout, c.want) {
			t.Errorf("%s: code %d: %s%s", name, code, stdout, stderr)
		}
	}
	// serve would run on, but for an address that is taken.
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	s.env["HEED_LISTEN"] = l.Addr().String()
	for set, want := range map[string]string{"support=U0ANN": "roles=[complaints_manager]", "": "roles=\"[support complaints_manager]\""} {
		s.env["HEED_SLACK_ROLES"] = set
		if _, _, stderr := s.run("serve"); !strings.Contains(stderr, "level=WARN") || !strings.Contains(stderr, want) || !strings.Contains(stderr, "HEED_LISTEN") {
			t.Errorf("serve with %q: %s", set, stderr)
		}
	}
}

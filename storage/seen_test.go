package storage

import (
	"go/ast"
	"go/parser"
	"go/token"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/storage/db"
)

const clause = "AND NOT EXISTS (SELECT 1 FROM walls w WHERE w.complaint = c.ref AND w.staff IN (@viewer, @rank))"

// Each query of the gate carries the one clause, once, as a condition of its
// own: nothing outside brackets is joined to it by OR.
func TestEveryQueryOfTheGateLooksAtTheWalls(t *testing.T) {
	b, err := os.ReadFile("queries/seen.sql")
	must(t, err)
	parts := strings.Split(string(b), "-- name: ")[1:]
	if len(parts) < 15 {
		t.Fatalf("%d queries", len(parts))
	}
	brackets := regexp.MustCompile(`\([^()]*\)`)
	for _, q := range parts {
		name, sql, _ := strings.Cut(q, "\n")
		if strings.Count(sql, clause) != 1 || strings.Count(sql, "complaints c") != 1 || strings.Count(sql, "SELECT") != strings.Count(sql, "(SELECT")+strings.Count(sql, "(\n        SELECT")+1 {
			t.Errorf("%s does not carry the clause", name)
		}
		flat := sql
		for brackets.MatchString(flat) {
			flat = brackets.ReplaceAllString(flat, "")
		}
		if regexp.MustCompile(`\b(OR|UNION)\b`).MatchString(flat) {
			t.Errorf("%s has a way around the clause", name)
		}
	}
}

// The gate reads by its own queries only.
func TestTheGateReadsByItsOwnQueries(t *testing.T) {
	b, err := os.ReadFile("queries/seen.sql")
	must(t, err)
	own := map[string]bool{}
	for _, m := range regexp.MustCompile(`-- name: (\w+) :`).FindAllStringSubmatch(string(b), -1) {
		own[m[1]] = true
	}
	queries := reflect.TypeFor[*db.Queries]()
	files, err := filepath.Glob("seen*.go")
	must(t, err)
	used := map[string]bool{}
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), f, nil, 0)
		must(t, err)
		ast.Inspect(tree, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if _, ok := queries.MethodByName(sel.Sel.Name); ok {
				used[sel.Sel.Name] = true
				if !own[sel.Sel.Name] {
					t.Errorf("%s reads by %s", f, sel.Sel.Name)
				}
			}
			return true
		})
	}
	for name := range own {
		if !used[name] {
			t.Errorf("%s is not used by the gate", name)
		}
	}
	// Each read is run too, and what it says is looked at.
	heard := &listener{}
	s := openAt(t, filepath.Join(t.TempDir(), "heed.db"), Options{Trace: heard.hear})
	keepWorld(t, s, randomWorld(rand.New(rand.NewPCG(1, 1))), func(*bot.Complaint) bool { return true })
	for name, read := range reads {
		heard.drain()
		read(bg, s.As(bot.Sight{Staff: "U9", Rank: bot.RankSenior}), "R0")
		for _, sql := range heard.drain() {
			m := regexp.MustCompile(`^-- name: (\w+) :`).FindStringSubmatch(sql)
			if m == nil || !own[m[1]] {
				t.Errorf("%s asks %s", name, sql)
			}
		}
	}
}

package policy

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml/ast"
)

// pair is one key of a table, with its value; name holds the key's place.
type pair struct {
	key  string
	name value
	value
}

// pairs gives the keys of a table in order; a key written twice is reported and its first value holds.
func (v value) pairs() []pair {
	if !v.there() {
		return nil
	}
	var nodes []*ast.MappingValueNode
	switch n := v.node.(type) {
	case *ast.MappingNode:
		nodes = n.Values
	case *ast.MappingValueNode:
		nodes = []*ast.MappingValueNode{n}
	default:
		v.wrong("", "must be a table of keys, not %s", called(v.node))
		return nil
	}
	var list []pair
	seen := map[string]int{}
	for _, n := range nodes {
		key, ok := keyText(n.Key)
		path := key
		if len(key) > 60 || strings.ContainsFunc(key, unicode.IsControl) {
			path = quoted(key)
		}
		if v.path != "" {
			path = v.path + "." + path
		}
		name := value{r: v.r, path: path, node: n.Key}
		if t := n.Key.GetToken(); t != nil && t.Position != nil {
			name.line, name.col = t.Position.Line, t.Position.Column
		}
		if !ok {
			name.wrong("", "a key must be plain text")
			continue
		}
		if line, twice := seen[key]; twice {
			name.wrong(fmt.Sprintf("the first is on line %d", line), "is written twice")
			continue
		}
		seen[key] = name.line
		p := pair{key: key, name: name, value: v.r.at(path, n.Value)}
		p.spec = join(v.spec, "*")
		if p.line == 0 {
			p.line, p.col = name.line, name.col
		}
		list = append(list, p)
	}
	return list
}

func join(spec, key string) string {
	if spec == "" {
		return key
	}
	return spec + "." + key
}

func keyText(n ast.MapKeyNode) (string, bool) {
	switch k := n.(type) {
	case *ast.StringNode:
		return k.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.NullNode:
		return n.GetToken().Value, true
	}
	return "", false
}

// fields is a table whose keys are known beforehand.
type fields struct {
	value
	of map[string]value
}

// fields reads a table, and reports keys it should not have.
func (v value) fields() fields {
	f, known := fields{value: v, of: map[string]value{}}, under(v.spec)
	for _, p := range v.pairs() {
		if !slices.Contains(known, p.key) {
			p.name.wrong(meant(p.key, known), "unknown key")
			continue
		}
		p.spec = join(v.spec, p.key)
		f.of[p.key] = p.value
	}
	return f
}

func (f fields) get(key string) value {
	if v, ok := f.of[key]; ok {
		return v
	}
	return value{r: f.r}
}

// need is get for a key that must be there. The problem stands at the table.
func (f fields) need(key string) value {
	if v, ok := f.of[key]; ok {
		return v
	}
	if isTable(f.value) {
		f.wrong("", "the key %q is missing", key)
	}
	return value{r: f.r}
}

// list gives the items of a list.
func (v value) list() []value {
	if !v.there() {
		return nil
	}
	n, ok := v.node.(*ast.SequenceNode)
	if !ok {
		v.wrong("write it as [a, b] or one - item a line", "must be a list, not %s", called(v.node))
		return nil
	}
	if len(n.Values) > mostItems {
		v.wrong("", "has more than %d items", mostItems)
		return nil
	}
	var items []value
	for i, item := range n.Values {
		one := v.r.at(v.path+"["+strconv.Itoa(i)+"]", item)
		one.spec = v.spec + "[]"
		items = append(items, one)
	}
	return items
}

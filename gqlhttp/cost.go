package gqlhttp

import (
	"encoding/json"
	"reflect"
	"slices"
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"
)

// ceiling is where estimates stop growing: a sum of two is an int, a product an int64.
const ceiling = 1 << 30

// scalarsPerObject is how many ids or short texts of a list weigh as much as one object.
const scalarsPerObject = 20

// estimator counts the objects a query may return at most, if lists are as
// long as their bounds:
//
//   - an object is 1, a list of objects its bound times one of them;
//   - a connection is 1 and its page size times one item. An edge and its node
//     are one item, and so are edges and nodes of the same connection;
//   - an object that an argument nodeBudget bounds is 1 and the greater one of
//     nodeBudget and relationBudget times one of each item of its lists, since it is
//     worked out as a whole, whatever is shown of it; an object of lists below it
//     is such a list;
//   - a text with an argument format is written as often as it is asked for: 1, and on
//     a connection or an object with a nodeBudget one more for each of their items;
//   - a list of scalars is one for every scalarsPerObject it may hold;
//   - what lies below an object is multiplied with it; fields that are asked
//     for twice count twice, as do alternatives on different types.
//
// A connection is an object with pageInfo and a list edges or nodes. The page
// size is the argument first or last (or limit, for plain lists), a variable
// or a default of the schema as well; else, for a list at the root, the length
// of its required list argument; else what bound says.
//
// Each selection is counted once, also where fragments are spread many times.
type estimator struct {
	schema  *ast.Schema
	vars    map[string]any
	bound   func(parentType, field string) int
	types   *connections
	spreads map[*ast.FragmentDefinition]tally
	visited int
}

// tally is what a selection set adds to the object it is asked of.
type tally struct {
	objects int  // below one such object
	perItem int  // below one item, if the object is a connection
	items   bool // whether items are asked for at all
}

func (t tally) plus(u tally) tally {
	return tally{
		objects: add(t.objects, u.objects),
		perItem: add(t.perItem, u.perItem),
		items:   t.items || u.items,
	}
}

// estimate returns the number for one operation, at most ceiling.
func (e *estimator) estimate(op *ast.OperationDefinition) int {
	e.spreads = map[*ast.FragmentDefinition]tally{}
	return e.selections(op.SelectionSet).objects
}

func (e *estimator) selections(set ast.SelectionSet) tally {
	var sum tally
	for _, selection := range set {
		e.visited++
		switch s := selection.(type) {
		case *ast.Field:
			if e.included(s.Directives) {
				sum = sum.plus(e.field(s))
			}
		case *ast.InlineFragment:
			if e.included(s.Directives) {
				sum = sum.plus(e.selections(s.SelectionSet))
			}
		case *ast.FragmentSpread:
			if e.included(s.Directives) {
				sum = sum.plus(e.spread(s.Definition))
			}
		}
	}
	return sum
}

func (e *estimator) spread(f *ast.FragmentDefinition) tally {
	if f == nil {
		return tally{}
	}
	sum, ok := e.spreads[f]
	if !ok {
		e.spreads[f] = tally{} // a cycle, which validation refuses, ends here
		sum = e.selections(f.SelectionSet)
		e.spreads[f] = sum
	}
	return sum
}

func (e *estimator) field(f *ast.Field) tally {
	if f.Definition == nil || f.ObjectDefinition == nil {
		return tally{}
	}
	if len(f.SelectionSet) == 0 {
		switch written := f.Definition.Arguments.ForName("format") != nil; {
		case written && e.types.whole[f.ObjectDefinition.Name]:
			return tally{perItem: 1, items: true}
		case written:
			return tally{objects: 1}
		case isList(f.Definition) && !e.types.columns[f.ObjectDefinition.Name]:
			return tally{objects: e.size(f) / scalarsPerObject}
		}
		return tally{}
	}
	below := e.selections(f.SelectionSet)
	if itself, ok := e.types.items[f.ObjectDefinition.Name+"."+f.Name]; ok {
		return tally{perItem: add(itself, below.objects), items: true}
	}
	if f.Name == "node" && e.types.edges[f.ObjectDefinition.Name] {
		return tally{objects: below.objects}
	}
	one := add(1, below.objects)
	if below.items || isBudgeted(f.Definition) {
		one = add(one, mul(e.size(f), add(1, below.perItem)))
	}
	for t := f.Definition.Type; t.Elem != nil; t = t.Elem {
		one = mul(one, e.size(f))
	}
	return tally{objects: one}
}

// size is how many items a list or connection is expected to have.
func (e *estimator) size(f *ast.Field) int {
	size, stated := 0, false
	for _, name := range []string{"first", "last", "limit", nodeBudget, "relationBudget"} {
		if n, ok := number(e.argument(f, name)); ok {
			size, stated = max(size, n), true
		}
	}
	if stated {
		return size
	}
	if f.ObjectDefinition == e.schema.Query {
		for _, arg := range f.Definition.Arguments {
			if arg.Type.NonNull && arg.Type.Elem != nil {
				size, stated = max(size, length(e.argument(f, arg.Name))), true
			}
		}
	}
	if stated {
		return size
	}
	if n, ok := e.types.introspection[f.ObjectDefinition.Name+"."+f.Name]; ok {
		return n
	}
	return max(0, e.bound(f.ObjectDefinition.Name, f.Name))
}

// argument returns the value of an argument, or nil: where it is null, not
// given and without default, or not to be read.
func (e *estimator) argument(f *ast.Field, name string) any {
	def := f.Definition.Arguments.ForName(name)
	if def == nil {
		return nil
	}
	given := def.DefaultValue
	if arg := f.Arguments.ForName(name); arg != nil {
		given = arg.Value
		if given.Kind == ast.Variable {
			if value, ok := e.vars[given.Raw]; ok {
				return value
			}
			given = def.DefaultValue
		}
	}
	value, err := given.Value(e.vars)
	if err != nil {
		return nil
	}
	return value
}

// included reports whether @skip and @include leave a selection in.
func (e *estimator) included(directives ast.DirectiveList) bool {
	for _, d := range directives {
		if d.Name != "skip" && d.Name != "include" {
			continue
		}
		arg := d.Arguments.ForName("if")
		if arg == nil {
			continue
		}
		value, err := arg.Value.Value(e.vars)
		if on, ok := value.(bool); err == nil && ok && on == (d.Name == "skip") {
			return false
		}
	}
	return true
}

// connections knows which types page through others.
type connections struct {
	whole         map[string]bool // types of connections and of objects with a nodeBudget
	columns       map[string]bool // types of objects of lists below those, which count as one list together
	items         map[string]int  // "Type.field" of lists as long as their parent is great: 1 if an item is an object of its own, 0 for edges and nodes
	edges         map[string]bool // types of edges
	introspection map[string]int  // "Type.field" of introspection lists: their mean length
}

func newConnections(schema *ast.Schema) *connections {
	c := &connections{whole: map[string]bool{}, columns: map[string]bool{}, items: map[string]int{}, edges: map[string]bool{}, introspection: introspectionSizes(schema)}
	for name, def := range schema.Types {
		for _, field := range def.Fields {
			if isBudgeted(field) {
				c.addBudgeted(schema, schema.Types[field.Type.Name()])
			}
		}
		if def.Kind != ast.Object && def.Kind != ast.Interface || def.Fields.ForName("pageInfo") == nil {
			continue
		}
		for _, list := range []string{"edges", "nodes"} {
			field := def.Fields.ForName(list)
			if field == nil || field.Type.Elem == nil {
				continue
			}
			c.whole[name] = true
			c.items[name+"."+list] = 0
			if list == "edges" {
				c.edges[field.Type.Name()] = true
			}
		}
	}
	return c
}

const nodeBudget = "nodeBudget"

// isBudgeted reports whether a field answers an object of bounded size.
func isBudgeted(field *ast.FieldDefinition) bool { return field.Arguments.ForName(nodeBudget) != nil }

// addBudgeted makes the lists of a type, and the objects of lists, its items.
func (c *connections) addBudgeted(schema *ast.Schema, def *ast.Definition) {
	c.whole[def.Name] = true
	for _, field := range def.Fields {
		below := schema.Types[field.Type.Name()]
		ofLists := !isList(field) && slices.ContainsFunc(below.Fields, isList)
		if ofLists {
			c.columns[below.Name] = true
		}
		if ofLists || isList(field) {
			c.items[def.Name+"."+field.Name] = 1
		}
	}
}

func isList(field *ast.FieldDefinition) bool { return field.Type.Elem != nil }

// introspectionSizes are the lengths the schema itself gives: exact at the
// root, means below it, so that the whole schema is estimated about right.
func introspectionSizes(schema *ast.Schema) map[string]int {
	var fields, inputs, args, values, interfaces, possible int
	for name, def := range schema.Types {
		if def.Kind == ast.InputObject {
			inputs += len(def.Fields)
		} else {
			fields += len(def.Fields)
		}
		for _, f := range def.Fields {
			args += len(f.Arguments)
		}
		values += len(def.EnumValues)
		interfaces += len(def.Interfaces)
		possible += len(schema.PossibleTypes[name])
	}
	types := len(schema.Types)
	mean := func(sum, of int) int { return (sum + of - 1) / max(of, 1) }
	return map[string]int{
		"__Schema.types": types, "__Schema.directives": len(schema.Directives),
		"__Type.fields": mean(fields, types), "__Type.inputFields": mean(inputs, types),
		"__Type.enumValues": mean(values, types), "__Type.interfaces": mean(interfaces, types),
		"__Type.possibleTypes": mean(possible, types),
		"__Field.args":         mean(args, fields), "__Directive.args": 1,
	}
}

// number reads a coerced Int, held to 0 and ceiling.
func number(value any) (int, bool) {
	var n int64
	switch v := value.(type) {
	case int64:
		n = v
	case int:
		n = int64(v)
	case float64:
		n = int64(min(max(v, 0), ceiling))
	case json.Number:
		return number(string(v))
	case string: // gqlparser lets digits pass as Int
		var err error
		if n, err = strconv.ParseInt(v, 10, 64); err != nil {
			return 0, false
		}
	default:
		return 0, false
	}
	return int(min(max(n, 0), ceiling)), true
}

// length is that of a list; a single value stands for a list of one.
func length(value any) int {
	if value == nil {
		return 0
	}
	if v := reflect.ValueOf(value); v.Kind() == reflect.Slice {
		return v.Len()
	}
	return 1
}

func add(a, b int) int { return min(a+b, ceiling) }

func mul(a, b int) int { return int(min(int64(a)*int64(b), ceiling)) }

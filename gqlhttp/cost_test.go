package gqlhttp

import (
	"encoding/json"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"
	"pgregory.net/rapid"
)

const costSDL = `
type PageInfo { hasNextPage: Boolean! }
type Tag { name: String! }
interface Node { id: ID! }
type Paper implements Node {
  id: ID! title(locale: String): String! tags: [Tag!]! venue: Venue aliases: [String!]! ids: [ID!]! export(format: String): String!
  authors(first: Int! = 20): AuthorConnection!
  citedBy(first: Int! = 20): PaperConnection!
}
type Author implements Node { id: ID! papers(first: Int! = 20): PaperConnection! }
type Venue implements Node { id: ID! }
type PaperEdge { cursor: String! node: Paper! shared: [Tag!]! }
type PaperConnection { edges: [PaperEdge!]! nodes: [Paper!]! pageInfo: PageInfo! totalCount: Int! export(format: String): String! }
type AuthorEdge { cursor: String! node: Author! }
type AuthorConnection { edges: [AuthorEdge!]! nodes: [Author!]! pageInfo: PageInfo! }
type Graph { nodes: [Paper!]! }
type Drawing { dots: [Paper!]! lines: [Tag!]! title: Tag dense: String columns: Columns! export(format: String): String! }
type Columns { ids: [ID!]! labels: [String!]! }
type Query {
  hello: String
  node(id: ID!): Node
  nodes(ids: [ID!]!): [Node]!
  papers(first: Int, last: Int): PaperConnection!
  suggest(limit: Int! = 10): [Paper!]!
  graph(seeds: [ID!]!): Graph!
  draw(nodeBudget: Int! = 50, relationBudget: Int! = 100): Drawing!
  matrix: [[Tag!]!]!
  ranked: PaperConnection!
}
`

// bounds are those a project states of its own lists.
func bounds(parentType, field string) int {
	switch parentType + "." + field {
	case "Graph.nodes":
		return 1000
	case "Paper.tags":
		return 5
	case "Paper.ids":
		return 1000
	case "Query.matrix":
		return 3
	}
	return 20
}

func newEstimator(tb testing.TB, variables map[string]any, doc *ast.QueryDocument) *estimator {
	tb.Helper()
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: costSDL})
	if errs := validator.ValidateWithRules(schema, doc, rules.NewDefaultRules()); errs != nil {
		tb.Fatal(errs)
	}
	vars, err := validator.VariableValues(schema, doc.Operations[0], variables)
	if err != nil {
		tb.Fatal(err)
	}
	return &estimator{schema: schema, vars: vars, bound: bounds, types: newConnections(schema)}
}

func mustParse(tb testing.TB, query string) *ast.QueryDocument {
	tb.Helper()
	doc, err := parser.ParseQuery(&ast.Source{Input: query})
	if err != nil {
		tb.Fatal(err)
	}
	return doc
}

func TestEstimate(t *testing.T) {
	tests := map[string]struct {
		query     string
		variables string
		want      int
	}{
		"scalars are free":   {"{hello a: hello __typename}", "", 0},
		"one object":         {"{node(id: 1) {id}}", "", 1},
		"nested objects":     {"{node(id: 1) {... on Paper {venue {id}}}}", "", 2},
		"a count only":       {"{papers(first: 100) {totalCount}}", "", 1},
		"page info":          {"{papers(first: 100) {pageInfo {hasNextPage}}}", "", 1 + 1},
		"nodes":              {"{papers(first: 100) {nodes {id}}}", "", 1 + 100},
		"edges":              {"{papers(first: 100) {edges {cursor}}}", "", 1 + 100},
		"edge and its node":  {"{papers(first: 100) {edges {node {id}}}}", "", 1 + 100},
		"edges beside nodes": {"{papers(first: 100) {edges {cursor} nodes {id} pageInfo {hasNextPage}}}", "", 1 + 100 + 1},
		"a page written out": {"{papers(first: 100) {export}}", "", 1 + 100*(1+1)},
		"twice, and nodes":   {"{papers(first: 100) {export b: export(format: \"b\") nodes {id}}}", "", 1 + 100*(1+1+1)},
		"their children add": {"{papers(first: 100) {edges {node {venue {id}}} nodes {venue {id}}}}", "", 1 + 100*(1+1+1)},
		"on the edge":        {"{papers(first: 10) {edges {shared {name} node {id}}}}", "", 1 + 10*(1+20)},
		"two levels":         {"{papers(first: 100) {nodes {authors(first: 50) {nodes {id}}}}}", "", 1 + 100*(1+1+50)},
		"three levels": {
			"{papers(first: 100) {nodes {citedBy(first: 100) {nodes {authors {nodes {id}}}}}}}", "",
			1 + 100*(1+1+100*(1+1+20)),
		},
		"last":               {"{papers(last: 7) {nodes {id}}}", "", 1 + 7},
		"first and last":     {"{papers(first: 3, last: 7) {nodes {id}}}", "", 1 + 7},
		"no page size":       {"{papers {nodes {id}}}", "", 1 + 20},
		"null page size":     {"{papers(first: null) {nodes {id}}}", "", 1 + 20},
		"negative page size": {"{papers(first: -5) {nodes {id}}}", "", 1},
		"schema default":     {"{node(id: 1) {... on Paper {citedBy {nodes {id}}}}}", "", 1 + 1 + 20},
		"no argument at all": {"{ranked {nodes {id}}}", "", 1 + 20},
		"variable":           {"query($n: Int) {papers(first: $n) {nodes {id}}}", `{"n":30}`, 1 + 30},
		"variable, digits":   {"query($n: Int) {papers(first: $n) {nodes {id}}}", `{"n":"30"}`, 1 + 30},
		"variable, null":     {"query($n: Int) {papers(first: $n) {nodes {id}}}", `{"n":null}`, 1 + 20},
		"variable, absent":   {"query($n: Int) {papers(first: $n) {nodes {id}}}", "", 1 + 20},
		"variable, default":  {"query($n: Int = 40) {papers(first: $n) {nodes {id}}}", "", 1 + 40},
		"variable, huge":     {"query($n: Int) {papers(first: $n) {nodes {id}}}", `{"n":9223372036854775807}`, ceiling},
		"schema default behind an absent variable": {
			"query($n: Int! = 9) {node(id: 1) {... on Paper {citedBy(first: $n) {nodes {id}}}}}", "", 1 + 1 + 9,
		},
		"plain list by bound":  {"{node(id: 1) {... on Paper {tags {name}}}}", "", 1 + 5},
		"plain list by limit":  {"{suggest(limit: 3) {tags {name}}}", "", 3 * (1 + 5)},
		"plain list, default":  {"{suggest {id}}", "", 10},
		"list of lists":        {"{matrix {name}}", "", 3 * 3},
		"by list of ids":       {"{nodes(ids: [1, 2, 3]) {id}}", "", 3},
		"by one id":            {"{nodes(ids: 1) {id}}", "", 1},
		"by ids in a variable": {"query($ids: [ID!]!) {nodes(ids: $ids) {id}}", `{"ids":["a","b","c","d"]}`, 4},
		"by one in a variable": {"query($ids: [ID!]!) {nodes(ids: $ids) {id}}", `{"ids":"a"}`, 1},
		"nodes of no page":     {"{graph(seeds: [1]) {nodes {id}}}", "", 1 + 1000},
		"budgets by default":   {"{draw {dots {id} lines {name}}}", "", 1 + 100*(1+1+1)},
		"budgets":              {"query($n: Int!) {draw(nodeBudget: $n, relationBudget: 3) {dots {venue {id}}}}", `{"n":7}`, 1 + 7*(1+1+1)},
		"budget and no list":   {"{draw(nodeBudget: 500) {dense title {name}}}", "", 1 + 1 + 500},
		"budget and columns":   {"{draw(nodeBudget: 500) {columns {ids labels} b: columns {ids}}}", "", 1 + 500*(1+1+1)},
		"budget written out":   {"{draw(nodeBudget: 500) {export b: export(format: \"b\")}}", "", 1 + 500*(1+1+1)},
		"lists of scalars":     {"{papers(first: 100) {nodes {aliases ids b: ids}}}", "", 1 + 100*(1+1+50+50)},
		"papers written out":   {"{papers(first: 100) {nodes {title a: title(locale: \"en\") export b: export}}}", "", 1 + 100*(1+1+1)},
		"fragments": {
			"{papers(first: 10) {...A ...B}} fragment A on PaperConnection {edges {node {...P}}} " +
				"fragment B on PaperConnection {nodes {...P}} fragment P on Paper {tags {name}}", "",
			1 + 10*(1+5+5),
		},
		"skipped":      {"query($yes: Boolean!) {papers(first: 9) @skip(if: $yes) {nodes {id}} node(id: 1) @skip(if: false) {id}}", `{"yes":true}`, 1},
		"not included": {"{... @include(if: false) {suggest {id}} ...F @include(if: true)} fragment F on Query {node(id: 1) {id}}", "", 1},
		"alternatives": {"{node(id: 1) {... on Paper {venue {id}} ... on Author {papers {totalCount}}}}", "", 1 + 1 + 1},
		"saturated":    {"{papers(first: 2000000000) {nodes {citedBy(first: 2000000000) {nodes {id}}}}}", "", ceiling},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var variables map[string]any
			if test.variables != "" {
				dec := json.NewDecoder(strings.NewReader(test.variables))
				dec.UseNumber()
				if err := dec.Decode(&variables); err != nil {
					t.Fatal(err)
				}
			}
			doc := mustParse(t, test.query)
			got := newEstimator(t, variables, doc).estimate(doc.Operations[0])
			if got != test.want {
				t.Errorf("estimate %d, want %d", got, test.want)
			}
		})
	}
}

// introspectionQuery is what graphql-js 16 asks, with ofType nested as deep.
var introspectionQuery = `
query IntrospectionQuery {
  __schema {
    queryType { name } mutationType { name } subscriptionType { name }
    types { ...FullType }
    directives { name description locations args { ...InputValue } }
  }
}
fragment FullType on __Type {
  kind name description
  fields(includeDeprecated: true) { name args { ...InputValue } type { ...TypeRef } isDeprecated }
  inputFields { ...InputValue } interfaces { ...TypeRef }
  enumValues(includeDeprecated: true) { name } possibleTypes { ...TypeRef }
}
fragment InputValue on __InputValue { name type { ...TypeRef } defaultValue }
fragment TypeRef on __Type { kind name ` +
	strings.Repeat("ofType {kind name ", 9) + strings.Repeat("}", 9) + ` }`

// TestEstimateOfIntrospection: the lengths come from the schema, so the query
// every tool begins with is neither free nor refused.
func TestEstimateOfIntrospection(t *testing.T) {
	doc := mustParse(t, introspectionQuery)
	e := newEstimator(t, nil, doc)
	fields := 0
	for _, def := range e.schema.Types {
		fields += len(def.Fields)
	}
	low := len(e.schema.Types) + fields
	if got := e.estimate(doc.Operations[0]); got < low || got > 30*low {
		t.Errorf("estimate %d for %d types with %d fields", got, len(e.schema.Types), fields)
	}
}

// TestEstimateIsLinear spreads each fragment twice in the one before: 2^n
// paths, and every selection is looked at once.
func TestEstimateIsLinear(t *testing.T) {
	const levels = 60
	var b strings.Builder
	b.WriteString("{suggest {...F0}}")
	for i := range levels {
		fmt.Fprintf(&b, " fragment F%d on Paper {a: citedBy(first: 1) {nodes {...F%d}} b: citedBy(first: 1) {nodes {...F%d}}}", i, i+1, i+1)
	}
	fmt.Fprintf(&b, " fragment F%d on Paper {id}", levels)
	doc := mustParse(t, b.String())
	e := newEstimator(t, nil, doc)
	if got := e.estimate(doc.Operations[0]); got != ceiling {
		t.Errorf("estimate %d, want %d", got, ceiling)
	}
	if want := 2 + 6*levels + 1; e.visited != want {
		t.Errorf("looked at %d selections, want %d", e.visited, want)
	}
	if s := measure(doc); s.visited != e.visited || s.depth != 1+2*levels+1 || s.aliases != 2*levels {
		t.Errorf("shape %+v", s)
	}
}

// TestFragmentCycles: validation refuses them, but nothing here may hang first.
func TestFragmentCycles(t *testing.T) {
	doc := mustParse(t, "{...A} fragment A on Query {hello ...B} fragment B on Query {...A ...B}")
	if s := measure(doc); s.depth != 1 {
		t.Errorf("depth %d, want 1", s.depth)
	}
	for _, f := range doc.Fragments {
		for _, selection := range f.SelectionSet {
			if spread, ok := selection.(*ast.FragmentSpread); ok {
				spread.Definition = doc.Fragments.ForName(spread.Name)
			}
		}
	}
	e := estimator{}
	if got := e.estimate(&ast.OperationDefinition{SelectionSet: doc.Fragments[0].SelectionSet}); got != 0 {
		t.Errorf("estimate %d, want 0", got)
	}
}

// naive is the rule once more, plainly: every path is followed, numbers do not
// end. It reads only literal page sizes.
func naive(schema *ast.Schema, parent *ast.Definition, set ast.SelectionSet) (objects, perItem *big.Int, items bool) {
	objects, perItem = new(big.Int), new(big.Int)
	include := func(o, p *big.Int, i bool) {
		objects.Add(objects, o)
		perItem.Add(perItem, p)
		items = items || i
	}
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.FragmentSpread:
			include(naive(schema, schema.Types[s.Definition.TypeCondition], s.Definition.SelectionSet))
		case *ast.InlineFragment:
			include(naive(schema, schema.Types[s.TypeCondition], s.SelectionSet))
		case *ast.Field:
			if s.Name == "export" {
				include(new(big.Int), big.NewInt(1), true)
			}
			if len(s.SelectionSet) == 0 {
				continue
			}
			typ := parent.Fields.ForName(s.Name).Type
			below, each, paged := naive(schema, schema.Types[typ.Name()], s.SelectionSet)
			switch {
			case strings.HasSuffix(parent.Name, "Connection") && s.Name != "pageInfo":
				include(new(big.Int), below, true)
				continue
			case strings.HasSuffix(parent.Name, "Edge") && s.Name == "node":
				include(below, new(big.Int), false)
				continue
			}
			one := new(big.Int).Add(below, big.NewInt(1))
			if paged {
				size := int64(20)
				if arg := s.Arguments.ForName("first"); arg != nil {
					_, _ = fmt.Sscan(arg.Value.Raw, &size)
				}
				each.Add(each, big.NewInt(1))
				one.Add(one, each.Mul(each, big.NewInt(size)))
			}
			if typ.Elem != nil {
				one.Mul(one, big.NewInt(int64(bounds(parent.Name, s.Name))))
			}
			include(one, new(big.Int), false)
		}
	}
	return objects, perItem, items
}

// randomQuery draws an acyclic document: fragment i spreads only later ones.
func randomQuery(t *rapid.T) string {
	fragments := rapid.IntRange(0, 4).Draw(t, "fragments")
	conditions := make([]string, fragments)
	for i := range conditions {
		conditions[i] = rapid.SampledFrom([]string{"Paper", "PaperConnection", "PaperEdge"}).Draw(t, "on")
	}
	alias := 0
	var set func(parent string, from, depth int) string
	field := func(name, child string, from, depth int) string {
		alias++ // or fields with different arguments would conflict
		if name == "export" {
			return fmt.Sprintf(" a%d: export", alias)
		}
		if name == "citedBy" && rapid.Bool().Draw(t, "argument") {
			name = fmt.Sprintf("citedBy(first: %d)", rapid.IntRange(0, 3000).Draw(t, "first"))
		}
		return fmt.Sprintf(" a%d: %s {%s}", alias, name, set(child, from, depth-1))
	}
	children := map[string]map[string]string{
		"Paper":           {"citedBy": "PaperConnection", "tags": "Tag", "venue": "Venue"},
		"PaperConnection": {"edges": "PaperEdge", "nodes": "Paper", "pageInfo": "PageInfo"},
		"PaperEdge":       {"node": "Paper", "shared": "Tag"},
	}
	names := map[string][]string{
		"Paper": {"citedBy", "tags", "venue"}, "PaperConnection": {"edges", "nodes", "pageInfo", "export"}, "PaperEdge": {"node", "shared"},
	}
	set = func(parent string, from, depth int) string {
		out := "__typename"
		if depth == 0 || names[parent] == nil {
			return out
		}
		for range rapid.IntRange(0, 3).Draw(t, "selections") {
			switch rapid.IntRange(0, 3).Draw(t, "kind") {
			case 0:
				out += fmt.Sprintf(" ... on %s {%s}", parent, set(parent, from, depth-1))
			case 1:
				for i := from; i < fragments; i++ {
					if conditions[i] == parent {
						out += fmt.Sprintf(" ...F%d", i)
					}
				}
			default:
				name := rapid.SampledFrom(names[parent]).Draw(t, "field")
				out += field(name, children[parent][name], from, depth)
			}
		}
		return out
	}
	query := "{ranked {" + set("PaperConnection", 0, 5) + "}}"
	for i, on := range conditions {
		query += fmt.Sprintf(" fragment F%d on %s {%s}", i, on, set(on, i+1, 4))
	}
	return query
}

func TestEstimateEqualsNaiveCount(t *testing.T) {
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: costSDL})
	withUnused := rules.NewDefaultRules()
	withUnused.RemoveRule(rules.NoUnusedFragmentsRule.Name)
	rapid.Check(t, func(t *rapid.T) {
		query := randomQuery(t)
		doc, err := parser.ParseQuery(&ast.Source{Input: query})
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		if errs := validator.ValidateWithRules(schema, doc, withUnused); errs != nil {
			t.Fatalf("%s: %v", query, errs)
		}
		e := estimator{schema: schema, bound: bounds, types: newConnections(schema)}
		got := e.estimate(doc.Operations[0])
		want, _, _ := naive(schema, schema.Query, doc.Operations[0].SelectionSet)
		if want.Cmp(big.NewInt(ceiling)) > 0 {
			want = big.NewInt(ceiling)
		}
		if want.Cmp(big.NewInt(int64(got))) != 0 {
			t.Fatalf("%s: estimate %d, want %s", query, got, want)
		}
	})
}

// FuzzEstimate: whatever passes validation is estimated, without a panic and
// with no selection looked at twice.
func FuzzEstimate(f *testing.F) {
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: costSDL})
	f.Add("{papers(first: 1) {edges {node {id}}}}", `{}`)
	f.Add("query($n: Int, $ids: [ID!]!) {nodes(ids: $ids) {id} papers(first: $n) {nodes {id}}}", `{"n":"7","ids":[1]}`)
	f.Add("{...A} fragment A on Query {ranked {nodes {...P}}} fragment P on Paper {tags {name} venue {id}}", `{}`)
	f.Add(introspectionQuery, `null`)
	f.Fuzz(func(t *testing.T, query, variables string) {
		doc, err := gate{config: Config{Introspection: true}.withDefaults()}.examine(query)
		if err != nil || len(doc.Operations) == 0 {
			return
		}
		if validator.ValidateWithRules(schema, doc, rules.NewDefaultRules()) != nil {
			return
		}
		var params wireParams
		if decodeJSON([]byte(`{"variables":`+variables+`}`), &params) != nil {
			return
		}
		op := doc.Operations[0]
		vars, varErr := validator.VariableValues(schema, op, params.Variables)
		if varErr != nil || checkInputs(schema, op, vars, 15) != nil {
			return
		}
		e := estimator{schema: schema, vars: vars, bound: bounds, types: newConnections(schema)}
		objects := e.estimate(op)
		if objects < 0 || objects > ceiling {
			t.Errorf("estimate %d", objects)
		}
		if shape := measure(doc); e.visited > shape.visited {
			t.Errorf("looked at %d of %d selections", e.visited, shape.visited)
		}
	})
}

package graph_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/papergraph/papergraph/store/storetest"
)

// TestArgumentsLookedAhead gives random filters and orders to a field twice, as literals and as variables: both must mean the same, and what was looked
// ahead must be what the resolvers ask, so that there is one call of the store for both and for all parents.
func TestArgumentsLookedAhead(t *testing.T) {
	s := holding(t, stores["reference"], manyPapers())
	ids := []string{"topic/top"}
	for i := range 10 {
		ids = append(ids, fmt.Sprintf("topic/t%d", i))
	}
	rapid.Check(t, func(r *rapid.T) {
		filter, orders := drawFilter(r, manyPools, 0), drawOrders(r)
		variables, err := json.Marshal(map[string]any{"ids": ids, "f": filter, "o": orders})
		if err != nil {
			r.Fatal(err)
		}
		query := `query($ids: [ID!]!, $f: PaperFilter, $o: [PaperOrder!]) { nodes(ids: $ids) { ... on Topic {
			a: papers(first: 3, filter: ` + literal(filter) + `, orderBy: ` + literal(orders) + `) { nodes { id venue { id } } }
			b: papers(first: 3, filter: $f, orderBy: $o) { nodes { id venue { id } } }
		} } }`
		counted := storetest.Count(s)
		text := ask(t, newHandler(counted), query, variables)
		var answer struct {
			Data   struct{ Nodes []struct{ A, B any } }
			Errors []any
		}
		if err := json.Unmarshal([]byte(text), &answer); err != nil || len(answer.Errors) > 0 {
			r.Fatalf("%s %s: %s", query, variables, text)
		}
		for _, node := range answer.Data.Nodes {
			if diff := cmp.Diff(node.A, node.B); diff != "" {
				r.Fatalf("%s %s (-literal +variable):\n%s", query, variables, diff)
			}
		}
		if calls := counted.Calls(); calls["List"] != 1 || calls["Relations"] > 1 {
			r.Fatalf("%s %s: calls of the store: %v", query, variables, calls)
		}
	})
}

// enum is the name of an enum value: bare in a literal, a string in JSON.
type enum string

// literal writes a value in GraphQL's own form.
func literal(value any) string {
	switch v := value.(type) {
	case map[string]any:
		var fields []string
		for _, name := range slices.Sorted(maps.Keys(v)) {
			fields = append(fields, name+": "+literal(v[name]))
		}
		return "{" + strings.Join(fields, ", ") + "}"
	case []any:
		var items []string
		for _, item := range v {
			items = append(items, literal(item))
		}
		return "[" + strings.Join(items, ", ") + "]"
	case enum:
		return string(v)
	}
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// pool is a field of a filter with ids for it.
type pool struct {
	field string
	ids   []string
}

// manyPools are ids of manyPapers.
var manyPools = []pool{
	{"topics", []string{"topic/t1", "topic/t4", "topic/top", "topic/none"}},
	{"authors", []string{"author/a1", "author/a5"}},
	{"venues", []string{"venue/series", "venue/edition"}},
	{"systems", []string{"system/s1", "system/s2"}},
	{"organizations", []string{"organization/org"}},
	{"workloads", []string{"workload/w"}},
	{"collections", []string{"collection/none"}},
}

// drawFilter draws a filter that is valid at a depth. What may be left out may be null too, and one value may stand for a list of it.
func drawFilter(r *rapid.T, pools []pool, depth int) map[string]any {
	filter := make(map[string]any)
	add := func(name string, draw func() any) {
		switch rapid.IntRange(0, 9).Draw(r, name) {
		case 0:
			filter[name] = nil
		case 1, 2:
			filter[name] = draw()
		}
	}
	flag := func() any { return rapid.Bool().Draw(r, "flag") }
	add("text", func() any { return rapid.SampledFrom([]string{"p1*", "-p2", `"t1" s1`, "top"}).Draw(r, "text") })
	add("year", func() any { return drawRange(r, 2018) })
	add("citedByCount", func() any { return drawRange(r, 0) })
	for _, term := range pools {
		add(term.field, func() any { return drawMatch(r, term.ids) })
	}
	add("hasArtifact", flag)
	add("hasResult", flag)
	if depth == 0 {
		add("isStub", func() any { return false })
	}
	if depth < 3 {
		part := func() any { return drawFilter(r, pools, depth+1) }
		add("and", func() any { return drawList(r, 0, part) })
		add("or", func() any { return drawList(r, 1, part) })
		add("not", part)
	}
	return filter
}

func drawRange(r *rapid.T, least int) any {
	from := least + rapid.IntRange(0, 3).Draw(r, "from")
	to := from + rapid.IntRange(0, 3).Draw(r, "to")
	return rapid.SampledFrom([]any{
		map[string]any{"gte": from}, map[string]any{"lte": to}, map[string]any{"gte": from, "lte": to}, map[string]any{"gte": nil, "lte": to},
	}).Draw(r, "range")
}

func drawMatch(r *rapid.T, ids []string) any {
	one := func() any { return rapid.SampledFrom(ids).Draw(r, "id") }
	match := map[string]any{rapid.SampledFrom([]string{"anyOf", "allOf", "noneOf"}).Draw(r, "list"): drawList(r, 1, one)}
	switch rapid.IntRange(0, 5).Draw(r, "more") {
	case 0:
		match["includeNarrower"] = rapid.Bool().Draw(r, "narrower")
	case 1:
		match["noneOf"] = drawList(r, 1, one)
	case 2:
		match["allOf"] = drawList(r, 1, one)
	}
	return match
}

// drawList draws a list, or one item that stands for it.
func drawList(r *rapid.T, least int, item func() any) any {
	n := rapid.IntRange(least-1, 2).Draw(r, "items")
	if n == least-1 {
		return item()
	}
	list := []any{}
	for range n {
		list = append(list, item())
	}
	return list
}

func drawOrders(r *rapid.T) any {
	fields := rapid.Permutation([]enum{"YEAR", "TITLE", "CITED_BY_COUNT", "ADDED_AT"}).Draw(r, "fields")
	return drawList(r, 0, func() any {
		order := map[string]any{"field": fields[0]}
		fields = fields[1:]
		if rapid.Bool().Draw(r, "directed") {
			order["direction"] = rapid.SampledFrom([]enum{"ASC", "DESC"}).Draw(r, "direction")
		}
		return order
	})
}

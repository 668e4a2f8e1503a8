package projection_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/storetest"
)

// Lists of thousands take ways that small ones do not: through the order of the whole kind, in leaps, through the rows of hubs.
func TestLargeGraph(t *testing.T) {
	corpus := storetest.Corpus{Seed: 7, Papers: 3_000}
	m := mirrors(nil)(t).(*mirror)
	for batch := range corpus.Batches(1 << 30) {
		if _, err := m.Apply(t.Context(), batch); err != nil {
			t.Fatal(err)
		}
	}
	hub, large := storetest.HubTopic, storetest.LargeTopic
	number := func(n int) *int { return &n }
	terms := func(d store.Dimension, ids ...literature.ID) []store.TermMatch {
		return []store.TermMatch{{Dimension: d, AnyOf: ids}}
	}
	by := func(by store.OrderBy, descending bool) store.Order {
		return store.Order{By: by, Descending: descending}
	}
	papersOf := []store.KindDirection{{Kind: literature.About, Direction: store.Incoming}}

	for name, filter := range map[string]*store.Filter{
		"none":               nil,
		"hub":                {Terms: terms(store.ByTopic, hub)},
		"hub or large":       {Terms: terms(store.ByTopic, hub, large)},
		"hub and large":      {Terms: []store.TermMatch{{Dimension: store.ByTopic, AllOf: []literature.ID{hub, large}}}},
		"hub and an author":  {And: []store.Filter{{Terms: terms(store.ByTopic, hub)}, {Terms: terms(store.ByAuthor, "author/a-1")}}},
		"first years, cited": {Years: store.Range{To: number(1999)}, CitedBy: store.Range{From: number(3)}},
		"late hub":           {Terms: terms(store.ByTopic, hub), Years: store.Range{From: number(2020)}},
		"organizations":      {Terms: terms(store.ByOrganization, "organization/o-1", "organization/o-2")},
	} {
		for _, orders := range [][]store.Order{
			nil,
			{by(store.OrderByTitle, false)},
			{by(store.OrderByYear, true), by(store.OrderByCitedBy, true)},
			{by(store.OrderByAdded, false), by(store.OrderByTitle, true)},
		} {
			q := store.ListQuery{Kind: literature.KindPaper, Filter: filter, Order: orders}
			t.Run(fmt.Sprint(name, orders), func(t *testing.T) { compareLists(t, m, q) })
		}
	}
	t.Run("parent", func(t *testing.T) {
		compareLists(t, m, store.ListQuery{Kind: literature.KindPaper, Parents: []literature.ID{hub, large}, Via: papersOf})
	})
	t.Run("relations", func(t *testing.T) {
		for _, orders := range [][]store.Order{nil, {by(store.OrderByYear, true)}} {
			q := store.RelationQuery{Sources: []literature.ID{hub}, Direction: store.Both, Order: orders, Page: store.Page{Limit: 50, Backward: orders == nil}}
			for range 2 {
				page := same(t, m, q, store.Reader.Relations)[hub]
				q.Page.From = &page.Items[25].Position
			}
		}
	})
	t.Run("facets", func(t *testing.T) {
		same(t, m, store.FacetQuery{Parents: []literature.ID{hub}, Via: papersOf, Groupings: []store.Grouping{
			{Dimensions: []store.Dimension{store.ByAuthor}, Limit: 20, Samples: 2},
			{Dimensions: []store.Dimension{store.ByTopic, store.ByYear}, Limit: 20, Samples: 2},
			{Dimensions: []store.Dimension{store.ByAuthor, store.ByVenue, store.ByTopic}, Limit: 20, Samples: 1}, // too many for an array
		}}, store.Reader.Facets)
	})
	t.Run("paths", func(t *testing.T) {
		near := []literature.RelationKind{literature.About, literature.PublishedIn}
		for _, q := range []store.PathQuery{
			{From: hub, To: large, Kinds: near, MaxHops: 4, Limit: 100},
			{From: corpus.Paper(5), To: corpus.Paper(2_990), Kinds: near, MaxHops: 3, Limit: 100},
			{From: corpus.Paper(11), To: corpus.Paper(2_000), Kinds: near, MaxHops: 4, Limit: 100},
			{From: corpus.Paper(12), To: corpus.Paper(2_001), MaxHops: 2, Limit: 5},
			{From: "author/a-1", To: hub, MaxHops: 2, Limit: 100},
		} {
			got, err := m.Paths(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			want, err := m.Store.Paths(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			if g, w := lengths(got), lengths(want); got.Exhausted != want.Exhausted || !slices.Equal(g, w) {
				t.Errorf("%+v: lengths %v, exhausted %t: want %v, %t", q, g, got.Exhausted, w, want.Exhausted)
			}
		}
	})
	t.Run("walk", func(t *testing.T) {
		start := corpus.Paper(2_700)
		walk := store.Walk{
			Key: start, Starts: []store.Start{{ID: start, Weight: 1}, {ID: corpus.Paper(2_690), Weight: 2}}, Page: store.Page{Limit: 30}, Via: 3, MinVia: 2, WithTotal: true,
			Hops: []store.Hop{
				{Kinds: []literature.RelationKind{literature.About}, Direction: store.Outgoing, Weigh: store.WeighIDF},
				{Kinds: []literature.RelationKind{literature.About}, Direction: store.Incoming},
			},
		}
		same(t, m, store.WalkQuery{Walks: []store.Walk{walk}}, store.Reader.Walk)
	})
}

func lengths(a store.PathAnswer) []int {
	var lengths []int
	for _, p := range a.Paths {
		lengths = append(lengths, len(p.Relations))
	}
	return lengths
}

// compareLists asks for the first and the last page, and pages beside an item in the middle of each.
func compareLists(t *testing.T, m *mirror, q store.ListQuery) {
	t.Helper()
	for _, page := range []store.Page{{Limit: 20}, {Limit: 20, Backward: true}} {
		q.Page, q.WithTotal = page, false
		for range 2 {
			for id, answer := range same(t, m, q, store.Reader.List) {
				if id == "" && len(answer.Items) > 10 {
					q.Page.From = &answer.Items[10].Position
				}
			}
			q.WithTotal = true
		}
	}
}

// same asks the projection and the reference, and returns what both answer.
func same[Q, A any](t *testing.T, m *mirror, q Q, how func(store.Reader, context.Context, Q) (A, error)) A {
	t.Helper()
	got, err := how(m, t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	want, err := how(m.Store, t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%+v (-want +got):\n%s", q, diff)
	}
	return got
}

package neo4j_test

import (
	"strings"
	"testing"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/neo4j/neo4jtest"
	"github.com/papergraph/papergraph/store/storetest"
)

// Where a logarithm may be rounded either way, the server says so and is told the weights. 1000 ln(1 + 17149/7917) is 1152.50000000003.
func TestWalkNearMiddle(t *testing.T) {
	const tagged, papers = 17149, 7917
	s := opened(t)
	if _, err := s.Apply(t.Context(), storetest.Fixture()); err != nil {
		t.Fatal(err)
	}
	told := 0
	s.Observe(func(text string, _ map[string]any) { told += strings.Count(text, "collect(DISTINCT t.papers)") })
	for want, n := range []int64{tagged - 1, tagged} {
		_, _, err := neo4jtest.Run(t, "MATCH (meta:Papergraph {id: 'meta'}) SET meta.tagged = $n WITH 1 AS one MATCH (t:Topic) SET t.papers = $papers", map[string]any{"n": n, "papers": papers})
		if err != nil {
			t.Fatal(err)
		}
		answer, err := s.Walk(t.Context(), store.WalkQuery{Walks: []store.Walk{{
			Key: "walk", Starts: []store.Start{{ID: "paper/alpha", Weight: 1}}, Page: store.Page{Limit: 1},
			Hops: []store.Hop{{Kinds: []literature.RelationKind{literature.About}, Direction: store.Outgoing, Weigh: store.WeighIDF}},
		}}})
		if err != nil || answer["walk"].Items[0].Score != store.IDF(int(n), papers) {
			t.Errorf("%d papers: %+v, error %v, want the score %d", n, answer, err, store.IDF(int(n), papers))
		}
		if told != want {
			t.Errorf("%d papers: told the weights %d times, want %d", n, told, want)
		}
	}
}

// TestWalkStatements: walks take one statement whatever their shapes, and what blends of them name takes one more.
func TestWalkStatements(t *testing.T) {
	s := opened(t)
	if _, err := s.Apply(t.Context(), storetest.Fixture()); err != nil {
		t.Fatal(err)
	}
	hop := func(kind literature.RelationKind, direction store.Direction) store.Hop {
		return store.Hop{Kinds: []literature.RelationKind{kind}, Direction: direction}
	}
	var walks []store.Walk
	for key, hops := range map[literature.ID][]store.Hop{
		"topics":   {hop(literature.About, store.Outgoing), hop(literature.About, store.Incoming)},
		"coupling": {hop(literature.Cites, store.Outgoing), hop(literature.Cites, store.Incoming)},
		"known":    nil,
	} {
		walks = append(walks, store.Walk{Key: key, Starts: []store.Start{{ID: "paper/beta", Weight: 1}}, Hops: hops, Bare: true, Page: store.Page{Limit: 10}})
	}
	named := walks[0]
	named.Key, named.Hops, named.Bare, named.Via = "named", []store.Hop{hop(literature.Cites, store.Both)}, false, 1
	walks = append(walks, named)
	statements := 0
	s.Observe(func(string, map[string]any) { statements++ })
	for _, test := range []struct {
		name  string
		limit int
		want  int
	}{{"walks alone", -1, 1}, {"a blend without answers", 0, 1}, {"a blend", 10, 2}} {
		q := store.WalkQuery{Walks: walks}
		if test.limit >= 0 {
			q.Blends = []store.Blend{{Key: "blend", Parts: []store.Part{{Walk: "topics", Weight: 1}, {Walk: "coupling", Weight: 2}}, Page: store.Page{Limit: test.limit}}}
		}
		statements = 0
		if _, err := s.Walk(t.Context(), q); err != nil {
			t.Fatal(err)
		}
		if statements != test.want {
			t.Errorf("%s: %d statements, want %d", test.name, statements, test.want)
		}
	}
}

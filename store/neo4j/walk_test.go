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

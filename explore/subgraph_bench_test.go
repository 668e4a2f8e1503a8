package explore_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/storetest"
)

// BenchmarkSubgraph grows subgraphs of PAPERGRAPH_BENCH_PAPERS papers (200,000 where that is not set) on the embedded store: 200 nodes around one paper as objects, without and with all that is worked out
// of the whole, and 10,000 nodes around a hundred papers as columns. Answers over 1,000 papers are compared with those of the reference before.
func BenchmarkSubgraph(b *testing.B) {
	few := storetest.Corpus{Seed: 1, Papers: 1000}
	reference, small := storetest.NewReference(), embedded(b)
	storetest.Fill(b, few, reference, small)
	corpus := storetest.BenchCorpus(b)
	s := filled(b, corpus)
	whole := explore.Parts{Entities: true, Relations: true, Ranks: true, Communities: true, Position: true}
	for _, bench := range []struct {
		name                          string
		seeds, hops, nodes, relations int
		parts                         explore.Parts
	}{
		{"200", 1, 2, 200, 1000, explore.Parts{Entities: true, Relations: true}},
		{"200/whole", 1, 2, 200, 1000, whole},
		{"1000/whole", 1, 3, 1000, 3000, whole},
		{"10000", 100, 2, 10_000, 30_000, explore.Parts{}},
		{"10000/labels", 100, 2, 10_000, 30_000, explore.Parts{Entities: true}},
		{"10000/whole", 100, 2, 10_000, 30_000, explore.Parts{Entities: true, Ranks: true, Communities: true, Position: true}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			ask := func(s store.Store, corpus storetest.Corpus, i int) (*explore.Subgraph, error) {
				q := explore.SubgraphQuery{Hops: bench.hops, NodeBudget: bench.nodes, RelationBudget: bench.relations, Parts: bench.parts}
				for k := range bench.seeds {
					q.Seeds = append(q.Seeds, corpus.Paper((7919*(i*bench.seeds+k)+corpus.Papers/2)%corpus.Papers))
				}
				return explore.Grow(b.Context(), s, q)
			}
			want, err := ask(reference, few, 0)
			if err != nil {
				b.Fatal(err)
			}
			got, err := ask(small, few, 0)
			if err != nil {
				b.Fatal(err)
			}
			if diff := cmp.Diff(want, got, unexportedToo); diff != "" {
				b.Fatalf("another answer than the reference's (-want +got):\n%s", diff)
			}
			nodes, relations := 0, 0
			storetest.Measure(b, func(i int) error {
				g, err := ask(s, corpus, i)
				if err != nil {
					return err
				}
				if nodes, relations = len(g.Nodes), len(g.Relations); nodes < bench.nodes*9/10 { // two hops from some papers meet a few less
					return fmt.Errorf("%d nodes", nodes)
				}
				return nil
			})
			b.ReportMetric(float64(nodes), "nodes")
			b.ReportMetric(float64(relations), "relations")
		})
	}
}

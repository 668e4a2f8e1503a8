package explore_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/sqlite"
	"github.com/papergraph/papergraph/store/storetest"
)

// BenchmarkRelatedPapers ranks what is related to one paper and to ten, of PAPERGRAPH_BENCH_PAPERS papers (200,000 where that is not set), on the embedded store; why adds what the
// signals went through, and coupling is, to compare with, a single walk from the same seeds: the 20 that share most references with them. The whole answer over 1,000 papers is
// compared with that of the reference before.
func BenchmarkRelatedPapers(b *testing.B) {
	open := func() store.Store {
		s, err := sqlite.Open(b.Context(), ":memory:", sqlite.Options{})
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() {
			if err := s.Close(); err != nil {
				b.Error(err)
			}
		})
		return s
	}
	few := storetest.Corpus{Seed: 1, Papers: 1000}
	reference, small := storetest.NewReference(), open()
	storetest.Fill(b, few, reference, small)
	for _, seeds := range []int{1, 10} {
		want, _ := relatedTo(b, reference, few, seeds, 0)
		got, _ := relatedTo(b, small, few, seeds, 0)
		if diff := cmp.Diff(want, got); diff != "" {
			b.Fatalf("other answers than the reference's (-want +got):\n%s", diff)
		}
	}
	corpus := storetest.BenchCorpus(b)
	s := open()
	storetest.Fill(b, corpus, s)
	for _, seeds := range []int{1, 10} {
		b.Run(fmt.Sprint("coupling/", seeds), func(b *testing.B) {
			storetest.Measure(b, func(i int) error {
				cites := []literature.RelationKind{literature.Cites}
				walk := store.Walk{Key: "coupling", Page: store.Page{Limit: 20}, Hops: []store.Hop{
					{Kinds: cites, Direction: store.Outgoing}, {Kinds: cites, Direction: store.Incoming, Weigh: store.WeighSalton},
				}}
				for _, id := range seedsOf(corpus, seeds, i) {
					walk.Starts = append(walk.Starts, store.Start{ID: id, Weight: 1})
				}
				_, err := s.Walk(b.Context(), store.WalkQuery{Walks: []store.Walk{walk}})
				return err
			})
		})
		b.Run(fmt.Sprint("seeds/", seeds), func(b *testing.B) {
			storetest.Measure(b, func(i int) error {
				if page, _ := relatedTo(b, s, corpus, seeds, i); len(page.Items) != 20 {
					return fmt.Errorf("%d papers", len(page.Items))
				}
				return nil
			})
		})
		b.Run(fmt.Sprint("why/", seeds), func(b *testing.B) {
			storetest.Measure(b, func(i int) error {
				page, q := relatedTo(b, s, corpus, seeds, i)
				_, err := explore.Grounds(b.Context(), s, []explore.RelatedQuery{q}, []explore.RelatedPage{page})
				return err
			})
		})
	}
}

// seedsOf are the i-th seeds.
func seedsOf(corpus storetest.Corpus, seeds, i int) []literature.ID {
	ids := make([]literature.ID, seeds)
	for k := range ids {
		ids[k] = corpus.Paper((7919*(i*seeds+k) + 17) % corpus.Papers)
	}
	return ids
}

// relatedTo asks for the i-th seeds; the time to fetch them counts.
func relatedTo(b *testing.B, s store.Store, corpus storetest.Corpus, seeds, i int) (explore.RelatedPage, explore.RelatedQuery) {
	ids := seedsOf(corpus, seeds, i)
	records, err := s.Records(b.Context(), ids)
	if err != nil {
		b.Fatal(err)
	}
	q := explore.RelatedQuery{Weights: explore.Discover.Weights(), Page: store.Page{Limit: 20}}
	if seeds > 1 {
		q.Weights = explore.Screen.Weights()
	}
	for _, id := range ids {
		q.Seeds = append(q.Seeds, records[id].(*literature.Paper))
	}
	pages, err := explore.RelatedPapers(b.Context(), s, []explore.RelatedQuery{q})
	if err != nil {
		b.Fatal(err)
	}
	return pages[0], q
}

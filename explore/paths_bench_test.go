package explore_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/storetest"
)

// BenchmarkPaths asks, with the API's defaults, what joins two papers far apart in a literature, other ones each time. Over 200 papers the answers are compared with those of the
// reference before, as far as they do not depend on which of more than store.MaxPaths paths of one length are weighed.
func BenchmarkPaths(b *testing.B) {
	between := func(corpus storetest.Corpus, i int) store.PathQuery {
		return store.PathQuery{From: corpus.Paper((7919*i + 17) % corpus.Papers), To: corpus.Paper((104_729*i + 42) % corpus.Papers), MaxHops: 4, Limit: 5}
	}
	few := storetest.Corpus{Seed: 1, Papers: 200}
	reference, small := storetest.NewReference(), embedded(b)
	storetest.Fill(b, few, reference, small)
	for i := range 5 {
		q := between(few, i)
		q.MaxHops = 2
		want, all, err := explore.Paths(b.Context(), reference, q)
		if err != nil {
			b.Fatal(err)
		}
		got, found, err := explore.Paths(b.Context(), small, q)
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); err != nil || diff != "" || all.Exhausted != found.Exhausted {
			b.Fatalf("error %v, exhausted %v; other paths than the reference's (-want +got):\n%s", err, found.Exhausted, diff)
		}
	}
	corpus := storetest.BenchCorpus(b)
	s := embedded(b)
	storetest.Fill(b, corpus, s)
	b.ResetTimer()
	storetest.Measure(b, func(i int) error {
		_, _, err := explore.Paths(b.Context(), s, between(corpus, i))
		return err
	})
}

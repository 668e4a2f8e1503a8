package explore_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/literature"
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
	s := filled(b, corpus)
	b.ResetTimer()
	storetest.Measure(b, func(i int) error {
		_, _, err := explore.Paths(b.Context(), s, between(corpus, i))
		return err
	})
}

// BenchmarkExplain tells, with the API's defaults, what joins two papers far apart, other ones each time; the time to fetch them counts. Over 200 papers the answers are compared with those of the
// reference before.
func BenchmarkExplain(b *testing.B) {
	explain := func(s store.Store, corpus storetest.Corpus, i, hops int) (*explore.Explanation, error) {
		from, to := corpus.Paper((7919*i+17)%corpus.Papers), corpus.Paper((104_729*i+42)%corpus.Papers)
		records, err := s.Records(b.Context(), []literature.ID{from, to})
		if err != nil {
			return nil, err
		}
		return explore.Explain(b.Context(), s, explore.ExplainQuery{
			From: records[from].(literature.Entity), To: records[to].(literature.Entity), MaxHops: hops, WithSignals: true, WithPaths: true,
		})
	}
	few := storetest.Corpus{Seed: 1, Papers: 200}
	reference, small := storetest.NewReference(), embedded(b)
	storetest.Fill(b, few, reference, small)
	for i := range 5 {
		want, err := explain(reference, few, i, 2)
		if err != nil {
			b.Fatal(err)
		}
		got, err := explain(small, few, i, 2)
		if err != nil {
			b.Fatal(err)
		}
		got.Visited = nil
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			b.Fatalf("another explanation than the reference's (-want +got):\n%s", diff)
		}
	}
	corpus := storetest.BenchCorpus(b)
	s := filled(b, corpus)
	b.ResetTimer()
	storetest.Measure(b, func(i int) error {
		e, err := explain(s, corpus, i, 3)
		if err == nil && e.Summary(nil) == "" {
			err = fmt.Errorf("%s and %s: nothing is said", e.From.RecordID(), e.To.RecordID())
		}
		return err
	})
}

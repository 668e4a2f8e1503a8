package storetest

import (
	"testing"

	"github.com/papergraph/papergraph/store"
)

// The reference must give the answers that the benchmarks want, so that a store that fails them is wrong and not the benchmark.
func TestBenchmarkAnswers(t *testing.T) {
	corpus := Corpus{Seed: 1, Papers: 1000}
	known, s := newFacts(corpus), NewReference()
	for batch := range corpus.Batches(store.MaxScanBatch) {
		known.note(batch)
		if _, err := s.Apply(t.Context(), batch); err != nil {
			t.Fatal(err)
		}
	}
	for _, q := range questions(known) {
		t.Run(q.name, func(t *testing.T) {
			if err := q.check(t.Context(), s); err != nil {
				t.Error(err)
			}
			if _, err := q.ask(t.Context(), s, 1); err != nil {
				t.Error(err)
			}
		})
	}
}

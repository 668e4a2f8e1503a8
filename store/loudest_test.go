package store_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// The loudest are those that come first when all are sorted, and nothing is lost behind them.
func TestLoudest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		starts := make([]store.Start, rapid.IntRange(0, 60).Draw(t, "how many"))
		for i := range starts {
			starts[i] = store.Start{ID: literature.ID(fmt.Sprintf("paper/p%02d", i)), Weight: rapid.Int64Range(0, 5).Draw(t, "score")}
		}
		starts = rapid.Permutation(starts).Draw(t, "order")
		order := func(a, b store.Start) int {
			return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.ID, b.ID))
		}
		sorted := slices.SortedFunc(slices.Values(starts), order)
		many := rapid.IntRange(0, 70).Draw(t, "wanted")
		got := store.Loudest(starts, many, func(s store.Start) int64 { return s.Weight }, func(s store.Start) literature.ID { return s.ID })
		slices.SortFunc(got, order)
		if diff := gocmp.Diff(sorted[:min(many, len(sorted))], got); diff != "" {
			t.Errorf("the %d loudest (-want +got):\n%s", many, diff)
		}
		slices.SortFunc(starts, order)
		if diff := gocmp.Diff(sorted, starts); diff != "" {
			t.Errorf("what is left (-want +got):\n%s", diff)
		}
	})
}

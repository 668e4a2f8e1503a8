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

// No order of scores makes the choice take the square of their number.
func TestLoudestInAnyOrder(t *testing.T) {
	const n = 20_000
	for name, score := range map[string]func(i int) int{
		"ascending":      func(i int) int { return i },
		"descending":     func(i int) int { return n - i },
		"equal":          func(int) int { return 1 },
		"down, then up":  func(i int) int { return max(i, n-1-i) },
		"up, then down":  func(i int) int { return min(i, n-1-i) },
		"one and others": func(i int) int { return i % 2 * i },
	} {
		starts := make([]store.Start, n)
		for i := range starts {
			starts[i] = store.Start{ID: literature.ID(fmt.Sprintf("paper/p%05d", i)), Weight: int64(score(i))}
		}
		looks := 0
		store.Loudest(starts, 1000, func(s store.Start) int64 { looks++; return s.Weight }, func(s store.Start) literature.ID { looks++; return s.ID })
		if looks > 200*n { // a sort takes some 60
			t.Errorf("%s: %d looks at %d scores", name, looks, n)
		}
	}
}

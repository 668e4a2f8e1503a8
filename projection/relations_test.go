package projection

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Of a list, no more are cited less than leastOfFirst tells than may be left out, whichever one more is.
func TestLeastOfFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cited := rapid.SliceOfN(rapid.Uint32Range(0, rapid.SampledFrom([]uint32{3, 2000}).Draw(t, "most")), 0, 300).Draw(t, "cited")
		limit := rapid.IntRange(0, 310).Draw(t, "limit")
		g := New(func(s string) string { return s })
		g.citedBy.grow(uint32(len(cited)) + 1)
		var list []uint32
		for i, n := range cited {
			g.citedBy.set(uint32(i), n)
			list = append(list, uint32(i))
		}
		least := g.leastOfFirst(limit, list)
		slices.SortFunc(cited, func(a, b uint32) int { return int(b) - int(a) })
		switch {
		case len(cited) <= limit:
			if least != 0 {
				t.Fatalf("%d of %d that all are among the first", least, len(cited))
			}
		case least > cited[limit]:
			t.Fatalf("%d, but the first %d and one more have %v", least, limit, cited[:limit+1])
		case least < min(cited[limit], 1023):
			t.Fatalf("%d lets more through than need be: %v", least, cited[:limit+1])
		}
	})
}

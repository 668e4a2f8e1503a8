package projection

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/papergraph/papergraph/store"
)

// values orders items by a value of each, then by number. The primary sees a part of the value only.
type values []int64

func (v values) primary(i uint32) int64 { return v[i] / 4 }
func (v values) compare(a, b uint32) int {
	return cmp.Or(cmp.Compare(v[a], v[b]), cmp.Compare(a, b))
}

func (v values) against(i uint32, p *store.Position) int {
	return cmp.Or(cmp.Compare(v[i], p.Keys[0].Int), cmp.Compare(i, uint32(p.Keys[1].Int)))
}

// A selection picks what sorting everything and cutting a page out of it gives.
func TestSelectionIsSortAndCut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := values(rapid.SliceOfN(rapid.Int64Range(0, 40), 0, 700).Draw(t, "values"))
		page := store.Page{Limit: rapid.IntRange(0, 30).Draw(t, "limit"), Backward: rapid.Bool().Draw(t, "backward")}
		if rapid.Bool().Draw(t, "from") {
			page.From = &store.Position{Keys: []store.SortValue{
				{Int: rapid.Int64Range(-1, 41).Draw(t, "value")}, {Int: rapid.Int64Range(0, 700).Draw(t, "number")},
			}}
		}
		s := newSelection(v, page)
		offered := 0
		for l := leapThrough(len(v)); l.next(); {
			for i := l.start; i < l.end; i++ {
				s.add(uint32(i))
				offered++
			}
		}
		if offered != len(v) {
			t.Fatalf("%d of %d items came", offered, len(v))
		}

		sorted := make([]uint32, len(v))
		for i := range sorted {
			sorted[i] = uint32(i)
		}
		slices.SortFunc(sorted, v.compare)
		begin, end := 0, len(sorted)
		if page.From != nil {
			behind := slices.IndexFunc(sorted, func(i uint32) bool { return v.against(i, page.From) > 0 })
			at := slices.IndexFunc(sorted, func(i uint32) bool { return v.against(i, page.From) >= 0 })
			if behind < 0 {
				behind = len(sorted)
			}
			if at < 0 {
				at = len(sorted)
			}
			if page.Backward {
				end = at
			} else {
				begin = behind
			}
		}
		if page.Backward {
			begin = max(begin, end-page.Limit)
		} else {
			end = min(end, begin+page.Limit)
		}
		if got := s.items(); !slices.Equal(got, sorted[begin:end]) {
			t.Fatalf("items %v, want %v", got, sorted[begin:end])
		}
		want := store.PageInfo{HasPrevious: begin > 0, HasNext: end < len(sorted), Total: len(sorted)}
		if got := s.info(true); got != want {
			t.Fatalf("info %+v, want %+v", got, want)
		}
	})
}

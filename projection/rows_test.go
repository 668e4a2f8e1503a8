package projection

import (
	"cmp"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

type entry struct{ row, to, label uint32 }

func entries(r *rows, size uint32) []entry {
	var all []entry
	for n := range size {
		to, labels := r.labelled(n)
		for i := range to {
			e := entry{row: n, to: to[i]}
			if labels != nil {
				e.label = labels[i]
			}
			all = append(all, e)
		}
	}
	return all
}

// Edited rows hold what a map with the same edits holds, and the rows they come from stay as they were.
func TestRowsAreAMap(t *testing.T) {
	for name, multi := range map[string]bool{"single": false, "multi": true} {
		t.Run(name, func(t *testing.T) { rapid.Check(t, func(t *rapid.T) { checkRows(t, multi) }) })
	}
}

func checkRows(t *rapid.T, multi bool) {
	const size = 3 * rowsPage
	number := rapid.Uint32Range(0, size-1)
	key := func(e edit) entry {
		if multi {
			return entry{e.row, e.to, e.label}
		}
		return entry{e.row, e.to, 0}
	}
	want := make(map[entry]uint32)
	var r rows
	for range rapid.IntRange(1, 5).Draw(t, "batches") {
		var edits []edit
		seen := make(map[entry]bool)
		for range rapid.IntRange(0, 40).Draw(t, "edits") {
			e := edit{
				row: number.Draw(t, "row") / 8 * 8, to: number.Draw(t, "to") / 16, label: rapid.Uint32Range(0, 2).Draw(t, "label"),
				remove: rapid.Bool().Draw(t, "remove"),
			}
			if seen[key(e)] {
				continue
			}
			seen[key(e)] = true
			edits = append(edits, e)
			if delete(want, key(e)); !e.remove {
				want[key(e)] = e.label
			}
		}
		before := entries(&r, size)
		next := r.edited(edits, multi)
		if diff := gocmp.Diff(before, entries(&r, size), gocmp.AllowUnexported(entry{})); diff != "" {
			t.Fatalf("the old rows changed (-before +after):\n%s", diff)
		}
		r = next
		var sorted []entry
		for k, label := range want {
			sorted = append(sorted, entry{k.row, k.to, label})
		}
		slices.SortFunc(sorted, func(a, b entry) int {
			return cmp.Or(cmp.Compare(a.row, b.row), cmp.Compare(a.to, b.to), cmp.Compare(a.label, b.label))
		})
		if diff := gocmp.Diff(sorted, entries(&r, size), gocmp.AllowUnexported(entry{})); diff != "" {
			t.Fatalf("rows (-want +got):\n%s", diff)
		}
		if r.count != len(want) {
			t.Fatalf("count %d, want %d", r.count, len(want))
		}
		for _, e := range sorted {
			if !r.has(e.row, e.to) {
				t.Fatalf("row %d has %d not", e.row, e.to)
			}
		}
	}
}

func TestTransposedTwiceIsTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const size = 20
		degrees, to := make([]uint32, size), []uint32{}
		for n := range degrees {
			row := rapid.SliceOfNDistinct(rapid.Uint32Range(0, size-1), 0, 5, rapid.ID).Draw(t, "row")
			slices.Sort(row)
			degrees[n] = uint32(len(row))
			to = append(to, row...)
		}
		inDegrees, from, _ := transposed(degrees, to, nil)
		againDegrees, again, _ := transposed(inDegrees, from, nil)
		if !slices.Equal(degrees, againDegrees) || !slices.Equal(to, again) {
			t.Fatalf("%v %v became %v %v", degrees, to, againDegrees, again)
		}
		r := newRows(degrees, to, nil)
		for n := range uint32(size) {
			if r.degree(n) != int(degrees[n]) {
				t.Fatalf("row %d: degree %d, want %d", n, r.degree(n), degrees[n])
			}
		}
	})
}

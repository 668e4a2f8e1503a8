package neo4j

import (
	"slices"
	"testing"

	"github.com/papergraph/papergraph/store"
)

// TestTogether: no statement holds more shapes than it may, and what one filter applies to is parted only where it would not fit.
func TestTogether(t *testing.T) {
	for _, test := range []struct{ filters, want []int }{
		{nil, nil},
		{[]int{9}, []int{9}},
		{[]int{9, 8}, []int{17}},
		{[]int{9, 9, 9}, []int{18, 9}},
		{[]int{shapesAtOnce, 1}, []int{shapesAtOnce, 1}},
		{[]int{3, shapesAtOnce + 2}, []int{3, shapesAtOnce, 2}},
		{[]int{2*shapesAtOnce + 1}, []int{shapesAtOnce, shapesAtOnce, 1}},
	} {
		var shapes [][]store.Walk
		for _, n := range test.filters {
			filter := &store.Filter{}
			for range n {
				shapes = append(shapes, []store.Walk{{Filter: filter}})
			}
		}
		var got []int
		for _, statement := range together(shapes) {
			got = append(got, len(statement))
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%v: statements of %v shapes, want %v", test.filters, got, test.want)
		}
	}
}

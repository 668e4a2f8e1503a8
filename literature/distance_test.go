package literature_test

import (
	"testing"

	"github.com/papergraph/papergraph/literature"
)

func TestEditDistance(t *testing.T) {
	for _, test := range []struct {
		a, b        string
		limit, want int
	}{
		{"", "", 3, 0},
		{"", "abc", 9, 3},
		{"storage", "storge", 3, 1},
		{"storage", "sotrage", 3, 1},
		{"storage", "storate", 3, 1},
		{"verification", "verifcaton", 3, 2},
		{"kitten", "sitting", 9, 3},
		{"kitten", "sitting", 2, 2},
		{"a", "abcdef", 3, 3},
		{"é", "e", 3, 1},
	} {
		for _, pair := range [][2]string{{test.a, test.b}, {test.b, test.a}} {
			if got := literature.EditDistance([]rune(pair[0]), []rune(pair[1]), test.limit); got != test.want {
				t.Errorf("%q to %q, up to %d: %d, want %d", pair[0], pair[1], test.limit, got, test.want)
			}
		}
	}
}

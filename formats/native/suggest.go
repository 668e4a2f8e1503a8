package native

import (
	"slices"
	"strings"

	"github.com/papergraph/papergraph/literature"
)

// didYouMean is a hint for a message: ` (did you mean "topics"?)`, or "" where no candidate is near.
func didYouMean(word string, candidates []string) string {
	if best := nearest(word, candidates); best != "" {
		return ` (did you mean "` + best + `"?)`
	}
	return ""
}

// hint is didYouMean, or the list of the candidates where none is near.
func hint(word string, candidates []string) string {
	if near := didYouMean(word, candidates); near != "" {
		return near
	}
	return ": known are " + strings.Join(slices.Sorted(slices.Values(candidates)), ", ")
}

// nearest is the candidate most like the word, or "" where none is near. One letter in three may be wrong.
func nearest(word string, candidates []string) string {
	best, distance := "", 1+len(word)/3
	for _, c := range slices.Sorted(slices.Values(candidates)) {
		if d := literature.EditDistance([]byte(fold(word)), []byte(fold(c)), distance); d < distance {
			best, distance = c, d
		}
	}
	return best
}

// fold lets the ways to join words count as the same.
func fold(word string) string {
	return strings.NewReplacer("_", "", "-", "", " ", "").Replace(strings.ToLower(word))
}

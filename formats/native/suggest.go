package native

import (
	"slices"
	"strings"
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
		if d := editDistance(fold(word), fold(c), distance); d < distance {
			best, distance = c, d
		}
	}
	return best
}

// fold lets the ways to join words count as the same.
func fold(word string) string {
	return strings.NewReplacer("_", "", "-", "", " ", "").Replace(strings.ToLower(word))
}

// editDistance is the number of letters to insert, remove, replace or swap with their neighbour, or limit where there are that many or more.
func editDistance(a, b string, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	before, last := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return min(last[len(b)], limit)
}

package store

import (
	"math/bits"
	"slices"

	"github.com/papergraph/papergraph/literature"
)

// Loudest moves to the front of a list, in no order, the so many with the greatest scores, of equal ones those with the smaller ids, and returns them.
func Loudest[T any](all []T, many int, score func(T) int64, id func(T) literature.ID) []T {
	if many <= 0 || many >= len(all) {
		return all[:min(max(many, 0), len(all))]
	}
	least := score(nth(all, many-1, func(a, b T) bool { return score(a) > score(b) }))
	above := 0 // how many are greater than the least; none of them is behind the so many
	for i := range many {
		if score(all[i]) > least {
			all[above], all[i] = all[i], all[above]
			above++
		}
	}
	equal := many
	for i := many; i < len(all); i++ {
		if score(all[i]) == least {
			all[equal], all[i] = all[i], all[equal]
			equal++
		}
	}
	if equal > many {
		nth(all[above:equal], many-above-1, func(a, b T) bool { return id(a) < id(b) })
	}
	return all[:many]
}

// nth is what stands at a place if all are in order, and moves what comes before it to the front of it. Where halving makes no way, it sorts what is left. Sources: Hoare, Find (Algorithm 65),
// 1961; Musser, Introspective sorting and selection algorithms, 1997.
func nth[T any](all []T, place int, before func(a, b T) bool) T {
	low, high := 0, len(all)-1
	for rounds := 2 * bits.Len(uint(len(all))); low < high; rounds-- {
		if rounds == 0 {
			slices.SortFunc(all[low:high+1], func(a, b T) int {
				switch {
				case before(a, b):
					return -1
				case before(b, a):
					return 1
				}
				return 0
			})
			break
		}
		pivot := all[low+(high-low)/2]
		i, j := low, high
		for i <= j {
			for before(all[i], pivot) {
				i++
			}
			for before(pivot, all[j]) {
				j--
			}
			if i <= j {
				all[i], all[j] = all[j], all[i]
				i++
				j--
			}
		}
		switch {
		case place <= j:
			high = j
		case place >= i:
			low = i
		default:
			return all[place]
		}
	}
	return all[place]
}

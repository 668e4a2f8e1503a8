package sqlite

import "slices"

// extent is how many tokens the own texts of an entity have: all of them, and its labels alone, which it lends to papers.
type extent struct{ all, labels uint32 }

// extents are the extents of all entities by number.
type extents = paged[extent]

const pageSize = 1 << 10

// paged is one value for each number, in pages. Copies share pages, so that each state of the graph can have its own.
type paged[T any] struct{ pages []*[pageSize]T }

func (x paged[T]) at(n uint32) (value T) {
	if page := int(n / pageSize); page < len(x.pages) && x.pages[page] != nil {
		value = x.pages[page][n%pageSize]
	}
	return value
}

// bound is more than every number that has a value.
func (x paged[T]) bound() uint32 { return uint32(len(x.pages)) * pageSize }

// with is a copy with some values changed.
func (x paged[T]) with(changes map[uint32]T) paged[T] {
	if len(changes) == 0 {
		return x
	}
	next := paged[T]{slices.Clone(x.pages)}
	fresh := make(map[uint32]bool)
	for n, value := range changes {
		page := n / pageSize
		for int(page) >= len(next.pages) {
			next.pages = append(next.pages, nil)
		}
		if !fresh[page] {
			clone := new([pageSize]T)
			if old := next.pages[page]; old != nil {
				*clone = *old
			}
			next.pages[page], fresh[page] = clone, true
		}
		next.pages[page][n%pageSize] = value
	}
	return next
}

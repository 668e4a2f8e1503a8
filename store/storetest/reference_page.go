package storetest

import (
	"cmp"
	"slices"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// placed is an item of a list with its place in it.
type placed[T any] struct {
	item     T
	position store.Position
}

// comparing is the order of a list.
type comparing func(a, b store.Position) int

// page sorts a whole list and cuts out the part that is asked for.
func page[T any](list []placed[T], compare comparing, wanted store.Page, withTotal bool) ([]placed[T], store.PageInfo) {
	slices.SortFunc(list, func(a, b placed[T]) int { return compare(a.position, b.position) })
	info := store.PageInfo{Total: -1}
	if withTotal {
		info.Total = len(list)
	}
	begin, end := 0, len(list) // the part on the right side of the position
	if from := wanted.From; from != nil {
		for i, p := range list {
			if c := compare(p.position, *from); wanted.Backward && c >= 0 {
				end = min(end, i)
			} else if !wanted.Backward && c <= 0 {
				begin = i + 1
			}
		}
	}
	if wanted.Backward {
		begin = max(begin, end-wanted.Limit)
	} else {
		end = min(end, begin+wanted.Limit)
	}
	info.HasPrevious, info.HasNext = begin > 0, end < len(list)
	return list[begin:end], info
}

// byKeys compares key by key, each in its direction, then by id. Missing keys come last in either direction.
func byKeys(descending []bool, idDescending bool) comparing {
	return func(a, b store.Position) int {
		for i, down := range descending {
			if c := compareValues(a.Keys[i], b.Keys[i], down); c != 0 {
				return c
			}
		}
		return directed(cmp.Compare(a.ID, b.ID), idDescending)
	}
}

func compareValues(a, b store.SortValue, descending bool) int {
	switch {
	case a.Missing && b.Missing:
		return 0
	case a.Missing:
		return 1
	case b.Missing:
		return -1
	}
	return directed(cmp.Or(cmp.Compare(a.Int, b.Int), cmp.Compare(a.Text, b.Text)), descending)
}

func directed(c int, descending bool) int {
	if descending {
		return -c
	}
	return c
}

func number(n int64) store.SortValue { return store.SortValue{Int: n} }

func position(id literature.ID, keys ...store.SortValue) store.Position {
	return store.Position{Keys: keys, ID: id}
}

package gqlhttp

import (
	"cmp"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// sorted puts errors in the order of the query, then of the answer: fields are resolved side by side, and the same request should
// read the same twice.
func sorted(errs gqlerror.List) gqlerror.List {
	errs = slices.Clone(errs)
	slices.SortStableFunc(errs, func(a, b *gqlerror.Error) int {
		return cmp.Or(comparePlaces(a.Locations, b.Locations), comparePaths(a.Path, b.Path))
	})
	return errs
}

func comparePlaces(a, b []gqlerror.Location) int {
	return slices.CompareFunc(a, b, func(a, b gqlerror.Location) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
}

// comparePaths compares names as texts and places in lists as numbers; a place comes before a name.
func comparePaths(a, b ast.Path) int {
	return slices.CompareFunc(a, b, func(a, b ast.PathElement) int {
		place, isPlace := a.(ast.PathIndex)
		other, otherIsPlace := b.(ast.PathIndex)
		switch {
		case isPlace && otherIsPlace:
			return cmp.Compare(place, other)
		case isPlace:
			return -1
		case otherIsPlace:
			return 1
		}
		name, _ := a.(ast.PathName)
		otherName, _ := b.(ast.PathName)
		return cmp.Compare(name, otherName)
	})
}

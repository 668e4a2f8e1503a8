package analysis

import (
	"slices"
	"strings"
)

// Matches tells whether every positive term occurs in some field and no negated one in any. A phrase or
// prefix lies within one value of one field. The empty query matches nothing.
func (q Query) Matches(fields ...Field) bool {
	if q.Empty() {
		return false
	}
	for _, term := range q.Terms {
		if slices.ContainsFunc(fields, term.occursIn) == term.Negated {
			return false
		}
	}
	return true
}

func (t Term) occursIn(f Field) bool {
	if t.Kind == Word {
		return slices.Contains(f.Stems, t.Tokens[0])
	}
	for i := range f.Surfaces {
		if t.matchesAt(f.Surfaces[i:]) {
			return true
		}
	}
	return false
}

// matchesAt compares the beginning of surfaces with the tokens of a phrase or prefix.
func (t Term) matchesAt(surfaces []string) bool {
	n := len(t.Tokens)
	if len(surfaces) < n {
		return false
	}
	last := n - 1
	if !slices.Equal(surfaces[:last], t.Tokens[:last]) {
		return false
	}
	if t.Kind == Prefix {
		return strings.HasPrefix(surfaces[last], t.Tokens[last])
	}
	return surfaces[last] == t.Tokens[last]
}

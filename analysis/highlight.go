package analysis

import "slices"

// Range is a part of a text by byte offsets, the end not included.
type Range struct{ Start, End int }

// Highlight answers which parts of text the positive terms of q name, in ascending order, none overlapping
// or touching another. It says nothing about whether the whole query matches.
func Highlight(text string, q Query) []Range {
	tokens := Tokens(text)
	surfaces := make([]string, len(tokens))
	for i, token := range tokens {
		surfaces[i] = token.Surface
	}
	var found []Range
	for i, token := range tokens {
		for _, term := range q.Terms {
			switch {
			case term.Negated:
			case term.Kind == Word:
				if token.Stem == term.Tokens[0] {
					found = append(found, Range{token.Start, token.End})
				}
			case term.matchesAt(surfaces[i:]):
				found = append(found, Range{token.Start, tokens[i+len(term.Tokens)-1].End})
			}
		}
	}
	return merge(found)
}

func merge(ranges []Range) []Range {
	slices.SortFunc(ranges, func(a, b Range) int { return a.Start - b.Start })
	var merged []Range
	for _, r := range ranges {
		if n := len(merged); n > 0 && r.Start <= merged[n-1].End {
			merged[n-1].End = max(merged[n-1].End, r.End)
		} else {
			merged = append(merged, r)
		}
	}
	return merged
}

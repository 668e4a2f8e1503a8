// Package explore answers questions that take several steps over a store: it knows how to ask, and no store knows it.
package explore

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

const (
	// maxCorrected is how many words of a text are looked up; each that occurs nowhere costs a second question.
	maxCorrected = 6
	// maxNames is how many names are compared with a misspelt word, most cited first.
	maxNames = 500
	// minLetters is the length below which a word is left alone: too much is near it.
	minLetters = 3
)

// Spelling corrects the words of a search that occur nowhere among kinds (none: all): each becomes the nearest word of a name that begins with the
// same letters, at most one edit away, from six letters on two (Damerau's: a letter more, less, changed, or two swapped). "" where nothing is near, or the corrected text would find nothing.
func Spelling(ctx context.Context, reader store.Reader, text string, kinds []literature.EntityKind) (string, error) {
	var corrected strings.Builder
	copied, looked, changed := 0, 0, false
	for _, token := range analysis.Tokens(text) {
		if looked == maxCorrected || utf8.RuneCountInString(token.Surface) < minLetters || !isWord(token.Surface) || token.Start < copied || excluded(text, token.Start) {
			continue
		}
		looked++
		if found, err := occurs(ctx, reader, token.Surface, kinds); err != nil {
			return "", err
		} else if found {
			continue
		}
		near, err := nearest(ctx, reader, token.Surface, kinds)
		if err != nil {
			return "", err
		}
		if near != "" {
			corrected.WriteString(text[copied:token.Start] + near)
			copied, changed = token.End, true
		}
	}
	if !changed {
		return "", nil
	}
	corrected.WriteString(text[copied:])
	if found, err := occurs(ctx, reader, corrected.String(), kinds); err != nil || !found {
		return "", err
	}
	return corrected.String(), nil
}

// excluded tells that a word stands behind a hyphen of the query language.
func excluded(text string, start int) bool {
	before := text[:start]
	return strings.HasSuffix(before, "-") && (len(before) == 1 || before[len(before)-2] == ' ')
}

// isWord tells that a token is made of letters that can be mistyped one by one.
func isWord(surface string) bool {
	for _, r := range surface {
		if (r < 'a' || r > 'z') && (r < 0xc0 || r > 0x24f) {
			return false
		}
	}
	return true
}

// occurs tells whether a search finds anything.
func occurs(ctx context.Context, reader store.Reader, text string, kinds []literature.EntityKind) (bool, error) {
	query, err := store.ParseQuery(text)
	if err != nil || !query.HasPositive() {
		return true, err
	}
	hits, err := reader.Search(ctx, store.TextQuery{Query: query, Kinds: kinds, Page: store.Page{Limit: 1}})
	return len(hits.Items) > 0, err
}

// nearest looks among the names that hold a word with the same beginning, in order of the search, for the first with the least distance.
func nearest(ctx context.Context, reader store.Reader, word string, kinds []literature.EntityKind) (string, error) {
	letters := []rune(word)
	limit := 1
	if len(letters) >= 6 {
		limit = 2
	}
	query, err := store.ParseQuery(string(letters[:2]) + "*")
	if err != nil || !query.HasPositive() {
		return "", err
	}
	hits, err := reader.Search(ctx, store.TextQuery{Query: query, Kinds: kinds, NamesOnly: true, Page: store.Page{Limit: maxNames}})
	if err != nil {
		return "", err
	}
	best := ""
	for _, hit := range hits.Items {
		for _, name := range store.NameTexts(hit.Entity) {
			for _, token := range analysis.Tokens(name) {
				if d := literature.EditDistance(letters, []rune(token.Surface), limit+1); d <= limit {
					best, limit = token.Surface, d-1
				}
			}
		}
	}
	return best, nil
}

package explore

import (
	"html"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

const (
	maxHighlights = 3
	// aroundMatch is how many bytes of a long text are kept on either side of its first match.
	aroundMatch = 80
)

// Highlights are at most three texts of an entity that hold words of the query, names before other texts and the asked language (nil: English) first. They are HTML:
// everything is escaped, and each match stands between <mark> and </mark>. Long texts are cut around their first match.
func Highlights(e literature.Entity, q store.Query, locale *literature.Locale) []string {
	texts := [][]literature.LocalizedText{e.Common().Labels, nil, e.Common().Summaries}
	for _, alias := range e.Common().Aliases {
		texts[1] = append(texts[1], literature.LocalizedText{Value: alias})
	}
	if paper, ok := e.(*literature.Paper); ok {
		texts = append(texts, paper.Abstracts)
	}
	asked := literature.English
	if locale != nil {
		asked = *locale
	}
	marked := []string{}
	for _, group := range texts {
		first := literature.Localize(group, asked)
		for pass := range 2 {
			for _, text := range group {
				if (text.Value == first) != (pass == 0) || len(marked) == maxHighlights {
					continue
				}
				if found := analysis.Highlight(text.Value, q.Query); len(found) > 0 {
					if text := mark(text.Value, found); !slices.Contains(marked, text) { // a name may be the same in two languages
						marked = append(marked, text)
					}
				}
			}
		}
	}
	return marked
}

// mark cuts a text around its first match and marks the matches in it, as HTML.
func mark(text string, found []analysis.Range) string {
	start, end := max(0, found[0].Start-aroundMatch), min(len(text), found[0].End+aroundMatch)
	if start > 0 { // not in the middle of a word, or of a character where words have no spaces
		if space := strings.IndexByte(text[start:found[0].Start], ' '); space >= 0 {
			start += space + 1
		}
		for !utf8.RuneStart(text[start]) {
			start++
		}
	}
	if end < len(text) {
		if space := strings.LastIndexByte(text[found[0].End:end], ' '); space > 0 {
			end = found[0].End + space
		}
		for !utf8.RuneStart(text[end]) {
			end--
		}
	}
	var b strings.Builder
	if start > 0 {
		b.WriteString("…")
	}
	at := start
	for _, r := range found {
		if r.End > end {
			break
		}
		b.WriteString(html.EscapeString(text[at:r.Start]))
		b.WriteString("<mark>" + html.EscapeString(text[r.Start:r.End]) + "</mark>")
		at = r.End
	}
	b.WriteString(html.EscapeString(text[at:end]))
	if end < len(text) {
		b.WriteString("…")
	}
	return b.String()
}

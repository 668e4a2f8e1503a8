package neo4j

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/papergraph/papergraph/store"
)

// trim makes a page of what a statement found on the right side of the position: one item more than asked, if there is one, in the order of reading, which is
// backward where the page is. beside counts the items on the other side; total is null where nobody asked for it.
func trim(items []any, page store.Page, beside int64, total any) ([]any, store.PageInfo) {
	more := len(items) > page.Limit
	if more {
		items = items[:page.Limit]
	}
	info := store.PageInfo{HasPrevious: beside > 0, HasNext: more, Total: -1}
	if page.Backward {
		slices.Reverse(items)
		info.HasPrevious, info.HasNext = info.HasNext, info.HasPrevious
	}
	if total != nil {
		info.Total = int(asInt(total))
	}
	return items, info
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// listing is a list of which a page is wanted. rows is a text that makes a row for each item: item, a list of what is answered, the keys and the id.
type listing struct {
	rows      string
	lookup    string // what is to be looked up for each item of the page
	answer    string // what becomes of it
	sorting   string
	beyond    string
	page      store.Page
	withTotal bool
}

// cut turns a listing into a text that answers [items, how many lie on the other side of the position, total] AS page. Only where the rest of the list matters
// is the whole of it kept; else the page is picked from the rows as they come.
func (st *statement) cut(l listing) string {
	pick := fmt.Sprintf("ORDER BY %s LIMIT %s %s RETURN", l.sorting, st.bind(int64(l.page.Limit+1)), l.lookup)
	if l.page.From == nil && !l.withTotal {
		return fmt.Sprintf("%s\nWITH item %s [collect(%s), 0, null] AS page", l.rows, pick, l.answer)
	}
	beside, total := "0", "null"
	if l.page.From != nil {
		beside = fmt.Sprintf("size([item IN found WHERE NOT (%s)])", l.beyond)
	}
	if l.withTotal {
		total = "size(found)"
	}
	return fmt.Sprintf("%s\nWITH collect(item) AS found\nCALL (*) { UNWIND found AS item WITH item WHERE %s %s collect(%s) AS items }\nRETURN [items, %s, %s] AS page",
		l.rows, l.beyond, pick, l.answer, beside, total)
}

// inItem writes an element of an item, counted from the first key on.
func inItem(payload int) func(int) string {
	return func(i int) string { return fmt.Sprintf("item[%d]", payload+i) }
}

// pageOf reads a page as cut makes it.
func pageOf(value any, page store.Page) ([]any, store.PageInfo) {
	p := asList(value)
	return trim(asList(p[0]), page, asInt(p[1]), p[2])
}

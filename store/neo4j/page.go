package neo4j

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/papergraph/papergraph/literature"
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
	lookup    string // what is to be looked up for each item of the page, if not all of it is an expression
	answer    string // what becomes of an item of the page
	sorting   string
	beyond    string
	page      store.Page
	withTotal bool
}

// cut turns a listing into a text that answers [items, how many lie on the other side of the position, total]. Only where the rest of the list matters
// is the whole of it kept; else the page is picked from the rows as they come.
func (st *statement) cut(l listing) string {
	limit := st.bind(int64(l.page.Limit + 1))
	if l.page.From == nil && !l.withTotal {
		return fmt.Sprintf("%s\nWITH item ORDER BY %s LIMIT %s %s RETURN [collect(%s), 0, null]", l.rows, l.sorting, limit, l.lookup, l.answer)
	}
	ahead, beside, total := "found", "0", "null"
	if l.page.From != nil {
		ahead, beside = fmt.Sprintf("[item IN found WHERE %s]", l.beyond), "size(found) - size(ahead)"
	}
	if l.withTotal {
		total = "size(found)"
	}
	items := fmt.Sprintf("[item IN ahead[..%s] | %s]", limit, l.answer)
	lookup := ""
	if l.lookup != "" {
		items, lookup = "items", fmt.Sprintf("CALL (ahead) { UNWIND ahead[..%s] AS item %s RETURN collect(%s) AS items }\n", limit, l.lookup, l.answer)
	}
	return fmt.Sprintf("%s\nWITH item ORDER BY %s WITH collect(item) AS found WITH found, %s AS ahead\n%sRETURN [%s, %s, %s]",
		l.rows, l.sorting, ahead, lookup, items, beside, total)
}

// eachParent runs a text for every parent that exists; the text answers page.
const eachParent = `UNWIND %s AS asked OPTIONAL MATCH (old:Redirect {id: asked}) MATCH (parent:Entity {id: coalesce(old.to, asked)})
CALL (*) {
%s AS page
}
RETURN collect([asked, page]) AS rows`

// answer makes a text that answers one value the body: for each parent, or once where there are none.
func (st *statement) answer(parents []literature.ID, text string) {
	if len(parents) == 0 {
		st.body = text + " AS rows"
		return
	}
	st.body = fmt.Sprintf(eachParent, st.bind(idsOf(parents)), text)
}

// answers are the values that answer asked for, by the parent, or under the empty id.
func answers(parents []literature.ID, rows []any) map[literature.ID][]any {
	if len(parents) == 0 {
		return map[literature.ID][]any{"": rows}
	}
	found := make(map[literature.ID][]any, len(rows))
	for _, row := range rows {
		found[asID(asList(row)[0])] = asList(asList(row)[1])
	}
	return found
}

// inItem writes an element of an item, counted from the first key on.
func inItem(payload int) func(int) string {
	return func(i int) string { return fmt.Sprintf("item[%d]", payload+i) }
}

// pageOf reads a page as cut makes it.
func pageOf(answer []any, page store.Page) ([]any, store.PageInfo) {
	return trim(asList(answer[0]), page, asInt(answer[1]), answer[2])
}

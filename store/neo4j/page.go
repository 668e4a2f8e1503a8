package neo4j

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// trim makes a page of what a statement found on the right side of the position: one item more than asked, if there is one, in the order of reading, which is
// backward where the page is. beside counts the items on the other side.
func trim(items []any, page store.Page, beside int64) ([]any, store.PageInfo) {
	more := len(items) > page.Limit
	if more {
		items = items[:page.Limit]
	}
	info := store.PageInfo{HasPrevious: beside > 0, HasNext: more, Total: -1}
	if page.Backward {
		slices.Reverse(items)
		info.HasPrevious, info.HasNext = info.HasNext, info.HasPrevious
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
	lookup    string   // what is to be looked up for each item of the page, if not all of it is an expression
	answer    string   // what becomes of an item of the page
	columns   []string // instead: several lists, which take less to send
	order     []column
	from      string // a list of what the page's position has in the columns, empty where there is none
	page      store.Page
	withTotal bool
}

// column is one key of an order as an expression over an item, never null.
type column struct {
	expression string
	descending bool
}

// sorting writes an ORDER BY.
func sorting(order []column, backward bool) string {
	parts := make([]string, len(order))
	for i, c := range order {
		parts[i] = c.expression
		if c.descending != backward {
			parts[i] += " DESC"
		}
	}
	return strings.Join(parts, ", ")
}

// each writes what is answered of all items.
func (l listing) each(list string) string {
	if l.columns == nil {
		return fmt.Sprintf(list, l.answer)
	}
	lists := make([]string, len(l.columns))
	for i, column := range l.columns {
		lists[i] = fmt.Sprintf(list, column)
	}
	return "[" + strings.Join(lists, ", ") + "]"
}

// cut turns a listing into a text that answers [items, how many lie on the other side of the position, the number of all]. Only where the rest of the list matters
// is the whole of it kept, in one text for both directions, with a position or without; else the page is picked from the rows as they come.
func (st *statement) cut(l listing) string {
	limit := st.bind(int64(l.page.Limit + 1))
	if l.page.From == nil && !l.withTotal {
		return fmt.Sprintf("%s\nWITH item ORDER BY %s LIMIT %s %s RETURN [%s, 0, 0]", l.rows, sorting(l.order, l.page.Backward), limit, l.lookup, l.each("collect(%s)"))
	}
	backward := st.bind(l.page.Backward)
	// Behind the position in the list's order; read backward, at the position too, so that the opposite is what lies before it.
	last := len(l.order) - 1
	behind := ""
	for i := last; i >= 0; i-- {
		c, operator := l.order[i], ">"
		if c.descending {
			operator = "<"
		}
		key := fmt.Sprintf("%s[%d]", l.from, i)
		rest := behind
		if i == last {
			rest = backward
		}
		behind = fmt.Sprintf("(%[1]s %[2]s %[3]s OR %[1]s = %[3]s AND %[4]s)", c.expression, operator, key, rest)
	}
	text := fmt.Sprintf("%s\nWITH item ORDER BY %s WITH collect(item) AS found WITH found, [item IN found WHERE size(%[3]s) = 0 OR %[4]s <> %[5]s] AS ahead\n",
		l.rows, sorting(l.order, false), l.from, behind, backward)
	text += fmt.Sprintf("WITH size(found) AS total, size(found) - size(ahead) AS beside, (CASE WHEN %s THEN reverse(ahead) ELSE ahead END)[..%s] AS shown\n", backward, limit)
	items := l.each("[item IN shown | %s]")
	if l.lookup != "" {
		text += fmt.Sprintf("CALL (shown) { UNWIND shown AS item %s RETURN %s AS items }\n", l.lookup, l.each("collect(%s)"))
		items = "items"
	}
	return text + fmt.Sprintf("RETURN [%s, beside, total]", items)
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

// pageOf reads a page as cut makes it, which may hold a total unasked.
func pageOf(answer []any, page store.Page, withTotal bool) ([]any, store.PageInfo) {
	items, info := trim(asList(answer[0]), page, asInt(answer[1]))
	if withTotal {
		info.Total = int(asInt(answer[2]))
	}
	return items, info
}

// rowsOf makes a list of rows of columns.
func rowsOf(columns []any) []any {
	rows := make([]any, len(asList(columns[0])))
	for i := range rows {
		row := make([]any, len(columns))
		for c := range columns {
			row[c] = asList(columns[c])[i]
		}
		rows[i] = row
	}
	return rows
}

// indexed is a list of all nodes n of a label that an index holds in the list's order, the id last.
type indexed struct {
	label      string
	properties []string
	keys       []sortKey // of the properties but the id
	filter     string
	item       string // what is answered of a node: its keys and id come last
	count      string // a subquery that gives the total, if that is wanted
	page       store.Page
}

// along picks a page while it walks along the index from the page's position, so that it reads little more than it answers. It answers as cut does.
func (st *statement) along(l indexed) string {
	p := place{keys: l.keys, descending: directions(l.keys), page: l.page, at: func(i int) string { return "n." + l.properties[i] }}
	match := fmt.Sprintf("MATCH (n:%[1]s) USING INDEX n:%[1]s(%[2]s) WHERE", l.label, strings.Join(l.properties, ", "))
	known := ""
	for _, property := range l.properties[1:] {
		known += fmt.Sprintf(" AND n.%s IS NOT NULL", property)
	}
	first := p.at(0)
	here, beside, total := first+" IS NOT NULL", "0", "null"
	text := ""
	if l.page.From != nil {
		value := st.bind(p.values()[0])
		toward, away := ">", "<"
		if p.descending[0] != l.page.Backward {
			toward, away = away, toward
		}
		// A range and what it holds too much: the planner makes a union over all nodes of a condition on both keys.
		rest := st.beyond(p.behindFirst())
		here = fmt.Sprintf("%[1]s %[2]s= %[3]s AND NOT (%[1]s = %[3]s AND NOT (%[4]s))", first, toward, value, rest)
		back := p
		back.page.Backward = !back.page.Backward
		text = fmt.Sprintf("CALL (*) { %[1]s %[2]s %[3]s= %[4]s AND NOT (%[2]s = %[4]s AND (%[5]s))%[6]s AND %[7]s WITH n ORDER BY %[8]s LIMIT 1 RETURN count(*) AS beside }\n",
			match, first, away, value, rest, known, l.filter, back.sorting())
		beside = "beside"
	}
	text += fmt.Sprintf("CALL (*) { %s %s%s AND %s WITH n ORDER BY %s LIMIT %s RETURN collect(%s) AS items }\n",
		match, here, known, l.filter, p.sorting(), st.bind(int64(l.page.Limit+1)), l.item)
	if l.count != "" {
		text += l.count
		total = "total"
	}
	return text + fmt.Sprintf("RETURN [items, %s, %s]", beside, total)
}

package neo4j

import (
	"fmt"
	"math"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/store"
)

// sortKey is one key of an order: an expression that is never null, so that a comparison of it is true or false.
type sortKey struct {
	expression string
	descending bool
	isText     bool
	missing    int64 // the number that stands for a missing value, at the far end
}

const (
	farUp   = math.MaxInt64
	farDown = math.MinInt64
)

// sortKeys are the keys of an order of nodes; relations may lead to nodes of any kind.
func (st *statement) sortKeys(orders []store.Order, f *store.Filter, node string) []sortKey {
	keys := make([]sortKey, len(orders))
	for i, order := range orders {
		key := sortKey{descending: order.Descending, missing: farUp}
		if key.descending {
			key.missing = farDown
		}
		switch order.By {
		case store.OrderByTitle:
			key.expression, key.isText = node+".sortKey", true
		case store.OrderByCitedBy:
			key.expression = "coalesce(" + node + ".citedBy, 0)"
		case store.OrderByYear:
			key.expression = fmt.Sprintf("coalesce(%s.year, %d)", node, key.missing)
		case store.OrderByAdded:
			key.expression = fmt.Sprintf("coalesce(%s.addedAt, %d)", node, key.missing)
		case store.OrderByRelevance:
			query, _ := f.RelevanceQuery()
			key.expression, key.descending = st.tier(query, node), false
		}
		keys[i] = key
	}
	return keys
}

// tier says how well a node that matches a query does so.
func (st *statement) tier(q store.Query, node string) string {
	var wanted analysis.Query
	for _, term := range q.Terms {
		if !term.Negated {
			wanted.Terms = append(wanted.Terms, term)
		}
	}
	second := fmt.Sprintf("WHEN %s THEN 2", all(st.matches(wanted, node, true)))
	if key := analysis.NameKey(q.Text); key != "" {
		hash := " " + keyHash(string(store.ByName), key) + " "
		return fmt.Sprintf("CASE WHEN %s.keys CONTAINS %s THEN 1 %s ELSE 3 END", node, st.bind(hash), second)
	}
	return fmt.Sprintf("CASE %s ELSE 3 END", second)
}

// directions tells which keys run descending; the last is the id, which breaks ties in the direction of the last key.
func directions(keys []sortKey) []bool {
	var descending []bool
	for _, key := range keys {
		descending = append(descending, key.descending)
	}
	return append(descending, descending[len(descending)-1])
}

// values are the sort keys of a position as a statement compares them, then its id.
func (p place) values() []any {
	var list []any
	for i, key := range p.keys {
		from := p.page.From.Keys[i]
		switch {
		case key.isText:
			list = append(list, from.Text)
		case from.Missing:
			list = append(list, key.missing)
		default:
			list = append(list, from.Int)
		}
	}
	return append(list, string(p.page.From.ID))
}

// place says how items stand in a list. at writes the i-th key of an item; the id comes last.
type place struct {
	keys       []sortKey
	descending []bool // of the keys and the id
	page       store.Page
	at         func(i int) string
}

// behindFirst is the place among items that share the first key.
func (p place) behindFirst() place {
	from, at := *p.page.From, p.at
	from.Keys = from.Keys[1:]
	p.keys, p.descending, p.page.From = p.keys[1:], p.descending[1:], &from
	p.at = func(i int) string { return at(i + 1) }
	return p
}

// beyond is the condition that an item lies strictly on the side of the page's position to which the page reads; always where it has none.
func (st *statement) beyond(p place) string {
	if p.page.From == nil {
		return always
	}
	condition := ""
	values := p.values()
	for i := len(values) - 1; i >= 0; i-- {
		name := st.bind(values[i])
		operator := ">"
		if p.descending[i] != p.page.Backward {
			operator = "<"
		}
		next := fmt.Sprintf("%s %s %s", p.at(i), operator, name)
		if condition != "" {
			next += fmt.Sprintf(" OR %s = %s AND (%s)", p.at(i), name, condition)
		}
		condition = next
	}
	return condition
}

// columns are the keys and the id as columns of an order.
func (p place) columns() []column {
	order := make([]column, len(p.descending))
	for i, down := range p.descending {
		order[i] = column{p.at(i), down}
	}
	return order
}

// sorting is the ORDER BY of the page.
func (p place) sorting() string { return sorting(p.columns(), p.page.Backward) }

// from is the list of values of the page's position.
func (st *statement) from(p place) string {
	if p.page.From == nil {
		return st.bind([]any{})
	}
	return st.bind(p.values())
}

// position reads the keys and the id that end an item.
func position(item []any, keys []sortKey) store.Position {
	first := len(item) - len(keys) - 1
	p := store.Position{ID: asID(item[len(item)-1]), Keys: make([]store.SortValue, len(keys))}
	for i, key := range keys {
		value := item[first+i]
		switch {
		case key.isText:
			p.Keys[i].Text = asText(value)
		case asInt(value) == key.missing:
			p.Keys[i].Missing = true
		default:
			p.Keys[i].Int = asInt(value)
		}
	}
	return p
}

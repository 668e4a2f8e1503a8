package neo4j

import (
	"context"
	"fmt"
	"strings"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// List implements store.Reader.
func (s *Store) List(ctx context.Context, q store.ListQuery) (map[literature.ID]store.EntityPage, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	st := newStatement()
	label := labels[q.Kind]
	keys := st.sortKeys(q.Orders(), q.Filter, "n")
	p := place{keys: keys, descending: directions(keys), page: q.Page, at: inItem(1)}
	var from source
	if len(q.Parents) > 0 {
		from = source{match: joinedTo(q.Via, q.Narrower), label: label, rest: q.Filter}
	} else {
		from = st.sourceOf(label, q.Filter)
	}
	var body string
	if property := orderedBy(q.Kind, q.Orders()); from.whole && property != "" {
		body = st.walkIndex(label, property, from.rest, q)
	} else {
		item := make([]string, len(keys))
		for i, key := range keys {
			item[i] = key.expression
		}
		body = st.cut(listing{
			rows:   fmt.Sprintf("%s WITH [n, %s, n.id] AS item", st.rows(from, q.WithStubs), strings.Join(item, ", ")),
			answer: "[item[0].record] + item[1..]", order: p.columns(), from: st.from(p), page: q.Page, withTotal: q.WithTotal,
		})
	}
	st.answer(q.Parents, body)
	rows, err := s.read(ctx, "list", st)
	if err != nil {
		return nil, err
	}
	answer := make(map[literature.ID]store.EntityPage, len(rows))
	for parent, page := range answers(q.Parents, rows) {
		items, info := pageOf(page, q.Page, q.WithTotal)
		found := store.EntityPage{PageInfo: info}
		for _, item := range items {
			e, err := decodeAs[literature.Entity](asList(item)[0])
			if err != nil {
				return nil, err
			}
			found.Items = append(found.Items, store.EntityItem{Entity: e, Position: position(asList(item), keys)})
		}
		answer[parent] = found
	}
	return answer, nil
}

// joinedTo makes rows, which a WHERE may follow, of the nodes n, each once, that are joined to the parent or to what it stands for.
func joinedTo(via []store.KindDirection, narrower bool) string {
	lookup, above := "", "parent"
	if narrower {
		lookup, above = "MATCH (parent)<-[:BROADER*0..]-(above:Entity) WITH DISTINCT above ", "above"
	}
	var branches []string
	for _, v := range via {
		var kinds []literature.RelationKind
		if v.Kind != "" {
			kinds = []literature.RelationKind{v.Kind}
		}
		branches = append(branches, "MATCH "+pattern(above, "", kinds, v.Direction, "n"))
		if v.Direction != store.Outgoing && (v.Kind == "" || v.Kind == literature.AuthoredBy) {
			branches = append(branches, "MATCH ("+above+")<-[:WRITTEN_AT]-(n)")
		}
	}
	if len(branches) == 1 {
		return lookup + branches[0] + " WITH DISTINCT n"
	}
	return fmt.Sprintf("%sCALL (%s) { %s RETURN n } WITH DISTINCT n", lookup, above, strings.Join(branches, " RETURN n UNION "))
}

// pattern is one step along relations from a node to another. In BOTH a relation from a node to itself is followed once.
func pattern(from, relation string, kinds []literature.RelationKind, direction store.Direction, to string) string {
	step := "-[" + relation + ":" + types(kinds) + "]-"
	switch direction {
	case store.Outgoing:
		step += ">"
	case store.Incoming:
		step = "<" + step
	}
	return "(" + from + ")" + step + "(" + to + ")"
}

// orderedBy is the property whose index holds the nodes of a kind in an order, or "" where none does.
func orderedBy(kind literature.EntityKind, orders []store.Order) string {
	if len(orders) != 1 {
		return ""
	}
	isPaper := kind == literature.KindPaper
	switch by := orders[0]; {
	case by.By == store.OrderByTitle:
		return "sortKey"
	case by.By == store.OrderByCitedBy && isPaper:
		return "citedBy"
	case by.By == store.OrderByAdded && isPaper:
		return "addedAt"
	case by.By == store.OrderByYear && by.Descending && isPaper:
		return "yearOrZero" // ascending, those without a year would have to come last
	}
	return ""
}

// walkIndex picks a page of all nodes of a label that pass a filter while it walks along the index of a property.
func (st *statement) walkIndex(label, property string, f *store.Filter, q store.ListQuery) string {
	key := sortKey{descending: q.Orders()[0].Descending, isText: property == "sortKey", missing: farUp}
	item := fmt.Sprintf("[n.record, n.%s, n.id]", property)
	if property == "yearOrZero" {
		key.missing = 0
		item = fmt.Sprintf("[n.record, CASE WHEN n.yearOrZero = 0 THEN %d ELSE n.yearOrZero END, n.id]", farDown)
	}
	filter := st.passes(f, "n", q.WithStubs)
	count := ""
	if q.WithTotal {
		count = countWhole(label, filter)
	}
	return st.along(indexed{
		label: label, properties: []string{property, "id"}, keys: []sortKey{key}, filter: filter, item: item, count: count, page: q.Page,
	})
}

// countWhole counts the nodes of a label that pass a filter: from the server's own counts where it is about stubs alone.
func countWhole(label, filter string) string {
	switch {
	case filter == always:
		return fmt.Sprintf("CALL () { MATCH (n:%s) RETURN count(n) AS total }\n", label)
	case filter == "NOT n:Stub" && label == labels[literature.KindPaper]:
		return "CALL () { MATCH (n:Paper) RETURN count(n) AS every } CALL () { MATCH (n:Stub) RETURN count(n) AS stubs } WITH *, every - stubs AS total\n"
	case filter == "NOT n:Stub":
		return fmt.Sprintf("CALL () { MATCH (n:%s) RETURN count(n) AS total }\n", label)
	default:
		return fmt.Sprintf("CALL (*) { MATCH (n:%s) WHERE %s RETURN count(n) AS total }\n", label, filter)
	}
}

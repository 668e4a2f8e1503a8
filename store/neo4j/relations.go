package neo4j

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Relations implements store.Reader.
func (s *Store) Relations(ctx context.Context, q store.RelationQuery) (map[literature.ID]store.RelationPage, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	answer := make(map[literature.ID]store.RelationPage)
	if len(q.Sources) == 0 {
		return answer, s.ready(ctx)
	}
	st := newStatement()
	conditions := []string{st.passes(q.Filter, "o", true)}
	if q.Targets != nil {
		conditions = append(conditions, "o IN "+st.nodes(q.Targets, false))
	}
	// The keys stand behind the relationship, whether it leaves the parent, and its other end.
	outgoing := "startNode(r) = parent"
	if q.Direction == store.Incoming {
		outgoing = "false"
	}
	item, sorting, beyond := st.relationOrder(q)
	st.body = fmt.Sprintf(eachParent, st.bind(idsOf(q.Sources)), st.cut(listing{
		rows: fmt.Sprintf("MATCH %s WHERE %s WITH r, o, %s AS out\nWITH [r, out, o, %s] AS item",
			pattern("parent", "r", q.Kinds, q.Direction, "o"), all(conditions), outgoing, item),
		answer: "[item[0].record, item[1], item[2].record] + item[3..]", sorting: sorting, beyond: beyond, page: q.Page, withTotal: q.WithTotal,
	}))
	rows, err := s.read(ctx, "relations", st)
	if err != nil {
		return nil, err
	}
	keys := st.sortKeys(q.Order, q.Filter, "o")
	for _, row := range rows {
		items, info := pageOf(asList(row)[1], q.Page)
		page := store.RelationPage{PageInfo: info}
		for _, item := range items {
			related, err := relationItem(asList(item), keys)
			if err != nil {
				return nil, err
			}
			page.Items = append(page.Items, related)
		}
		answer[asID(asList(row)[0])] = page
	}
	return answer, nil
}

// relationItem reads [relation, outgoing, other end, keys, id].
func relationItem(row []any, keys []sortKey) (store.RelationItem, error) {
	r, err := decodeAs[*literature.Relation](row[0])
	if err != nil {
		return store.RelationItem{}, err
	}
	other, err := decodeAs[literature.Entity](row[2])
	if err != nil {
		return store.RelationItem{}, err
	}
	item := store.RelationItem{Relation: r, Outgoing: asBool(row[1]), Other: other}
	last := other.RecordID()
	place := []store.SortValue{{Int: int64(r.Kind.Rank())}, {Int: 1}}
	if item.Outgoing {
		place[1].Int = 0
	}
	if len(keys) > 0 {
		end := 3 + len(keys)
		item.Position = position(append(slices.Clone(row[3:end]), string(last)), keys)
		item.Position.Keys = append(item.Position.Keys, place...)
		return item, nil
	}
	key, _ := store.RelationKey(r, item.Outgoing, int(asInt(row[5])))
	item.Position = store.Position{Keys: append(place, store.SortValue{Int: key}), ID: last}
	return item, nil
}

// relationOrder writes the keys that end an item, the order and the condition of the page's side. An item begins with three other elements.
func (st *statement) relationOrder(q store.RelationQuery) (item, sorting, beyond string) {
	rank := kindCase(q.Kinds, func(k literature.RelationKind) string { return fmt.Sprint(k.Rank()) })
	if len(q.Order) == 0 {
		return st.defaultOrder(q, rank)
	}
	keys := st.sortKeys(q.Order, q.Filter, "o")
	byID := keys[len(keys)-1].descending
	expressions := make([]string, len(keys))
	for i, key := range keys {
		expressions[i] = key.expression
	}
	item = strings.Join(expressions, ", ") + ", " + rank + ", CASE WHEN out THEN 0 ELSE 1 END, o.id"
	keys = append(keys, sortKey{}, sortKey{})
	p := place{keys: keys, page: q.Page, at: inItem(3)}
	for _, key := range keys {
		p.descending = append(p.descending, key.descending)
	}
	p.descending = append(p.descending, byID)
	return item, p.sorting(), st.beyond(p)
}

// defaultOrder sorts by kind and direction, then by the kind's own key and the id, which run in the direction of the kind. So that one ORDER BY does for all of them,
// a descending key is negated, and the id stands in one of two columns.
func (st *statement) defaultOrder(q store.RelationQuery, rank string) (item, sorting, beyond string) {
	descending := func(kind literature.RelationKind, outgoing bool) bool {
		_, down := store.RelationKey(&literature.Relation{Kind: kind}, outgoing, 0)
		return down
	}
	own := func(outgoing bool) string {
		return kindCase(q.Kinds, func(kind literature.RelationKind) string {
			switch {
			case outgoing && kind == literature.AuthoredBy:
				return "r.position"
			case outgoing && kind == literature.About:
				return "-r.weight"
			case descending(kind, outgoing):
				return "-coalesce(o.citedBy, 0)"
			default:
				return "0"
			}
		})
	}
	down := func(outgoing bool) string {
		return kindCase(q.Kinds, func(kind literature.RelationKind) string { return fmt.Sprint(descending(kind, outgoing)) })
	}
	bySide := func(of func(bool) string) string {
		switch outgoing, incoming := of(true), of(false); {
		case outgoing == incoming || q.Direction == store.Outgoing:
			return outgoing
		case q.Direction == store.Incoming:
			return incoming
		default:
			return "CASE WHEN out THEN " + outgoing + " ELSE " + incoming + " END"
		}
	}
	// The fifth element of an item is citedBy, of which a position is made.
	place := rank + " * 2 + CASE WHEN out THEN 0 ELSE 1 END"
	item = fmt.Sprintf("%s, %s, coalesce(o.citedBy, 0), %s, o.id", place, bySide(own), bySide(down))
	up, backward := "", " DESC"
	if q.Page.Backward {
		up, backward = " DESC", ""
	}
	sorting = fmt.Sprintf("item[3]%[1]s, item[4]%[1]s, CASE WHEN item[6] THEN '' ELSE item[7] END%[1]s, CASE WHEN item[6] THEN item[7] ELSE '' END%[2]s", up, backward)
	if q.Page.From == nil {
		return item, sorting, always
	}
	from := q.Page.From
	kind := literature.RelationKind("")
	if n := from.Keys[0].Int; n >= 0 && n < int64(len(literature.RelationKinds())) {
		kind = literature.RelationKinds()[n]
	}
	key, id := from.Keys[2].Int, ">"
	if descending(kind, from.Keys[1].Int == 0) {
		key, id = -key, "<"
	}
	side := ">"
	if q.Page.Backward {
		side = "<"
		id = map[string]string{"<": ">", ">": "<"}[id]
	}
	return item, sorting, fmt.Sprintf("item[3] %[1]s %[2]s OR item[3] = %[2]s AND (item[4] %[1]s %[3]s OR item[4] = %[3]s AND item[7] %[4]s %[5]s)",
		side, st.bind(from.Keys[0].Int*2+from.Keys[1].Int), st.bind(key), id, st.bind(string(from.ID)))
}

// kindCase is an expression that depends on the kind of a relationship r, among the kinds asked for.
func kindCase(kinds []literature.RelationKind, of func(literature.RelationKind) string) string {
	byValue := make(map[string][]string)
	for _, kind := range literature.RelationKinds() {
		if len(kinds) == 0 || slices.Contains(kinds, kind) {
			value := of(kind)
			byValue[value] = append(byValue[value], "'"+string(kind)+"'")
		}
	}
	values := sortedKeys(byValue)
	if len(values) == 1 {
		return values[0]
	}
	text := "CASE"
	for _, value := range values[1:] {
		text += fmt.Sprintf(" WHEN type(r) IN [%s] THEN %s", strings.Join(byValue[value], ", "), value)
	}
	return text + " ELSE " + values[0] + " END"
}

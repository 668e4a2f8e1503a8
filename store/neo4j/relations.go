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
	items, order, from := st.relationOrder(q)
	shown := "[item[0].record, item[1], item[2].record]"
	if q.Bare {
		shown = "[[type(item[0]), startNode(item[0]).id, endNode(item[0]).id, item[0].weight, item[0].position], item[1], item[2].id]"
	}
	st.answer(q.Sources, st.cut(listing{
		rows: fmt.Sprintf("MATCH %s WHERE %s WITH r, o, %s AS out\n%s",
			pattern("parent", "r", q.Kinds, q.Direction, "o"), all(conditions), outgoing, items),
		answer: shown + " + item[3..]", order: order, from: from, page: q.Page, withTotal: q.WithTotal,
	}))
	rows, err := s.read(ctx, "relations", st)
	if err != nil {
		return nil, err
	}
	keys := st.sortKeys(q.Order, q.Filter, "o")
	for source, page := range answers(q.Sources, rows) {
		items, info := pageOf(page, q.Page, q.WithTotal)
		found := store.RelationPage{PageInfo: info}
		for _, item := range items {
			related, err := relationItem(asList(item), keys, q.Bare)
			if err != nil {
				return nil, err
			}
			found.Items = append(found.Items, related)
		}
		answer[source] = found
	}
	return answer, nil
}

// relationItem reads [relation, outgoing, other end, keys, id]. Both are records, or in a bare answer what is joined and an id.
func relationItem(row []any, keys []sortKey, bare bool) (store.RelationItem, error) {
	var r *literature.Relation
	var other literature.Entity
	last := asText(row[2])
	if bare {
		of := asList(row[0])
		r = &literature.Relation{
			Kind: literature.RelationKind(asText(of[0])), Source: asID(of[1]), Target: asID(of[2]), Weight: int(asInt(of[3])), Position: int(asInt(of[4])),
		}
	} else {
		var err error
		if r, err = decodeAs[*literature.Relation](row[0]); err != nil {
			return store.RelationItem{}, err
		}
		if other, err = decodeAs[literature.Entity](row[2]); err != nil {
			return store.RelationItem{}, err
		}
		last = string(other.RecordID())
	}
	item := store.RelationItem{Relation: r, Outgoing: asBool(row[1]), Other: other}
	place := []store.SortValue{{Int: int64(r.Kind.Rank())}, {Int: 1}}
	if item.Outgoing {
		place[1].Int = 0
	}
	if len(keys) > 0 {
		end := 3 + len(keys)
		item.Position = position(append(slices.Clone(row[3:end]), last), keys)
		item.Position.Keys = append(item.Position.Keys, place...)
	} else {
		key, _ := store.RelationKey(r, item.Outgoing, int(asInt(row[5])))
		item.Position = store.Position{Keys: append(place, store.SortValue{Int: key}), ID: literature.ID(last)}
	}
	if bare {
		item.Relation = store.Stripped(r)
	}
	return item, nil
}

// relationOrder writes how relationships r with their other end o become items, whose keys stand behind three other elements, their order, and what the page's position has in it.
func (st *statement) relationOrder(q store.RelationQuery) (items string, order []column, from string) {
	if len(q.Order) == 0 {
		return st.defaultOrder(q)
	}
	keys := st.sortKeys(q.Order, q.Filter, "o")
	byID := keys[len(keys)-1].descending
	expressions := make([]string, len(keys))
	for i, key := range keys {
		expressions[i] = key.expression
	}
	rank := st.byKind(func(kind literature.RelationKind) any { return int64(kind.Rank()) })
	items = relationItems(rank, strings.Join(expressions, ", ")+", kind, CASE WHEN out THEN 0 ELSE 1 END")
	keys = append(keys, sortKey{}, sortKey{})
	p := place{keys: keys, page: q.Page, at: inItem(3)}
	for _, key := range keys {
		p.descending = append(p.descending, key.descending)
	}
	p.descending = append(p.descending, byID)
	return items, p.columns(), st.from(p)
}

// relationItems makes items of relationships r, of which kind tells what depends on their kind.
func relationItems(kind, keys string) string {
	return fmt.Sprintf("WITH r, o, out, %s AS kind WITH [r, out, o, %s, o.id] AS item", kind, keys)
}

// byKind looks up what depends on the kind of a relationship r.
func (st *statement) byKind(of func(literature.RelationKind) any) string {
	values := make(map[string]any)
	for _, kind := range literature.RelationKinds() {
		values[string(kind)] = of(kind)
	}
	return st.bind(values) + "[type(r)]"
}

// runsDown tells whether relations of a kind, seen from one end, come by their key descending, and their ids too.
func runsDown(kind literature.RelationKind, outgoing bool) bool {
	_, down := store.RelationKey(&literature.Relation{Kind: kind}, outgoing, 0)
	return down
}

// defaultOrder sorts by kind and direction, then by the kind's own key and the id, which run in the direction of the kind. So that one ORDER BY does for all of them,
// a descending key is negated, and the id stands in one of two columns.
func (st *statement) defaultOrder(q store.RelationQuery) (items string, order []column, from string) {
	// What depends on the kind: its place, by what to multiply citedBy, and whether it runs down.
	seen := func(outgoing bool) string {
		return st.byKind(func(kind literature.RelationKind) any {
			factor, place := 0, 2*kind.Rank()
			if store.OtherMayBePaper(kind, outgoing) {
				factor = -1
			}
			if !outgoing {
				place++
			}
			return []any{place, factor, runsDown(kind, outgoing)}
		})
	}
	// Only AUTHORED_BY has a position, and only ABOUT a weight.
	const cited = "kind[1] * coalesce(o.citedBy, 0)"
	const own = "coalesce(r.position, -r.weight, " + cited + ")"
	switch q.Direction {
	case store.Outgoing:
		items = relationItems(seen(true), "kind[0], "+own+", coalesce(o.citedBy, 0), kind[2]")
	case store.Incoming:
		items = relationItems(seen(false), "kind[0], "+cited+", coalesce(o.citedBy, 0), kind[2]")
	case store.Both:
		kind := "CASE WHEN out THEN " + seen(true) + " ELSE " + seen(false) + " END"
		items = relationItems(kind, "kind[0], CASE WHEN out THEN "+own+" ELSE "+cited+" END, coalesce(o.citedBy, 0), kind[2]")
	}
	// The sixth element of an item is citedBy, of which a position is made.
	order = []column{
		{"item[3]", false},
		{"item[4]", false},
		{"CASE WHEN item[6] THEN '' ELSE item[7] END", false},
		{"CASE WHEN item[6] THEN item[7] ELSE '' END", true},
	}
	if q.Page.From == nil {
		return items, order, st.bind([]any{})
	}
	at := q.Page.From
	kind := literature.RelationKind("")
	if n := at.Keys[0].Int; n >= 0 && n < int64(len(literature.RelationKinds())) {
		kind = literature.RelationKinds()[n]
	}
	key, up, down := at.Keys[2].Int, string(at.ID), ""
	if runsDown(kind, at.Keys[1].Int == 0) {
		key, up, down = -key, down, up
	}
	return items, order, st.bind([]any{at.Keys[0].Int*2 + at.Keys[1].Int, key, up, down})
}

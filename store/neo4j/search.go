package neo4j

import (
	"context"
	"fmt"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Search implements store.Reader.
func (s *Store) Search(ctx context.Context, q store.TextQuery) (store.HitPage, error) {
	if err := q.Check(); err != nil {
		return store.HitPage{}, err
	}
	st := newStatement()
	rows := st.found(q.Query.Query, q.NamesOnly)
	condition := st.passes(q.Filter, "n", false)
	if len(q.Kinds) > 0 {
		condition = hasLabel(q.Kinds, "n") + " AND " + condition
	}
	keys := []sortKey{{expression: st.tier(q.Query, "n"), missing: farUp}, {expression: "coalesce(n.citedBy, 0)", descending: true, missing: farDown}}
	p := place{keys: keys, descending: []bool{false, true, false}, page: q.Page, at: inItem(1)}
	st.answer(nil, st.cut(listing{
		rows:   fmt.Sprintf("%s WITH n WHERE %s WITH [n, %s, %s, n.id] AS item", rows, condition, keys[0].expression, keys[1].expression),
		answer: "[item[0].record] + item[1..]", sorting: p.sorting(), beyond: st.beyond(p), page: q.Page, withTotal: q.WithTotal,
	}))
	found, err := s.read(ctx, "search", st)
	if err != nil {
		return store.HitPage{}, err
	}
	items, info := pageOf(found, q.Page)
	answer := store.HitPage{PageInfo: info}
	for _, item := range items {
		e, err := decodeAs[literature.Entity](asList(item)[0])
		if err != nil {
			return store.HitPage{}, err
		}
		answer.Items = append(answer.Items, store.Hit{Entity: e, Tier: int(asInt(asList(item)[1])), Position: position(asList(item), keys)})
	}
	return answer, nil
}

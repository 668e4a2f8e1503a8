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
	from := source{match: st.found(q.Query.Query, q.NamesOnly), rest: q.Filter}
	if len(q.Kinds) > 0 {
		from.label = oneOf(q.Kinds)
	}
	keys := []sortKey{{expression: st.tier(q.Query, "n"), missing: farUp}, {expression: "coalesce(n.citedBy, 0)", descending: true, missing: farDown}}
	p := place{keys: keys, descending: []bool{false, true, false}, page: q.Page, at: inItem(1)}
	st.answer(nil, st.cut(listing{
		rows:   fmt.Sprintf("%s WITH [n, %s, %s, n.id] AS item", st.rows(from, false), keys[0].expression, keys[1].expression),
		answer: "[item[0].record] + item[1..]", order: p.columns(), from: st.from(p), page: q.Page, withTotal: q.WithTotal,
	}))
	found, err := s.read(ctx, "search", st)
	if err != nil {
		return store.HitPage{}, err
	}
	items, info := pageOf(found, q.Page, q.WithTotal)
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

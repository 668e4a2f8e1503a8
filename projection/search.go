package projection

import (
	"context"

	"github.com/papergraph/papergraph/store"
)

// Search answers store.Reader.Search.
func (v View) Search(ctx context.Context, query store.TextQuery) (store.HitPage, error) {
	if err := query.Check(); err != nil {
		return store.HitPage{}, err
	}
	q, err := v.ask(ctx)
	if err != nil {
		return store.HitPage{}, err
	}
	found, err := q.match(query.Query, query.NamesOnly)
	if err != nil {
		return store.HitPage{}, err
	}
	filter, err := q.compile(query.Filter)
	if err != nil {
		return store.HitPage{}, err
	}
	if len(query.Kinds) > 0 {
		filter = filter.and(q.columns(&store.Filter{Kinds: query.Kinds}))
	}
	r := &ranking{g: q.g, keys: []sortKey{{by: byTier}, {byCitedBy, true}}, tiers: q.tiers(found)}
	s := newSelection(r, query.Page)
	if err := q.each(scopeOf(noEntity, stubs(query.Filter, false)), q.members(found.Numbers).and(filter), s.add); err != nil {
		return store.HitPage{}, err
	}
	items := s.items()
	q.want(items...)
	if err := q.fetch(); err != nil {
		return store.HitPage{}, err
	}
	page := store.HitPage{Items: make([]store.Hit, len(items)), PageInfo: s.info(query.WithTotal)}
	for i, n := range items {
		page.Items[i] = store.Hit{Entity: q.entity(n), Tier: int(r.tiers[n]), Position: r.position(n)}
	}
	return page, nil
}

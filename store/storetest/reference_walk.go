package storetest

import (
	"cmp"
	"context"
	"slices"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Walk implements store.Reader.
func (r *reference) Walk(ctx context.Context, q store.WalkQuery) (map[literature.ID]store.ReachedPage, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	s, err := r.state(ctx)
	if err != nil {
		return nil, err
	}
	answer := make(map[literature.ID]store.ReachedPage)
	for _, walk := range q.Walks {
		answer[walk.Key] = s.walk(walk)
	}
	for _, blend := range q.Blends {
		page := blend.Of(answer)
		for i := range page.Items {
			page.Items[i].Entity = s.entity(page.Items[i].Position.ID)
		}
		answer[blend.Key] = page
	}
	for key := range q.Blended() {
		delete(answer, key)
	}
	return answer, nil
}

// arrival is what came to one entity: how much in all, and how much by way of each entity on the last but one place.
type arrival struct {
	score int64
	via   map[literature.ID]int64
}

func (s *state) walk(w store.Walk) store.ReachedPage {
	starts := make(map[literature.ID]bool)
	together := make(map[literature.ID]int64)
	reached := make(map[literature.ID]*arrival)
	for _, start := range w.Starts {
		if e := s.entity(start.ID); e != nil {
			starts[e.RecordID()] = true
			for id, count := range s.follow(w, e.RecordID(), map[literature.ID]int64{e.RecordID(): start.Weight}, 0, w.Apart(), reached) {
				together[id] = store.AddCounts(together[id], count)
			}
		}
	}
	for id, count := range s.follow(w, "", together, w.Apart(), len(w.Hops), reached) {
		if reached[id] == nil { // there are no hops
			reached[id] = &arrival{via: map[literature.ID]int64{id: count}}
		}
		reached[id].score = count
	}
	targets, excluded := s.set(w.Targets), s.set(w.Exclude)
	var list []placed[store.Reached]
	for id, arrived := range reached {
		e := s.entity(id)
		if starts[id] && len(w.Hops) > 0 || excluded[id] || w.Targets != nil && !targets[id] || len(arrived.via) < w.MinVia || !s.passes(w.Filter, e, w.WithStubs) {
			continue
		}
		item := store.Reached{Score: arrived.score, Position: position(id, number(arrived.score))}
		if !w.Bare {
			item.Entity, item.ViaCount = e, len(arrived.via)
		}
		via := sortedKeys(arrived.via)
		slices.SortStableFunc(via, func(a, b literature.ID) int { return -cmp.Compare(arrived.via[a], arrived.via[b]) })
		for _, id := range via[:min(w.Via, len(via))] {
			item.Via = append(item.Via, s.entity(id))
		}
		list = append(list, placed[store.Reached]{item, item.Position})
	}
	items, info := page(list, byKeys([]bool{true}, false), w.Page, w.WithTotal)
	answer := store.ReachedPage{PageInfo: info}
	for _, p := range items {
		answer.Items = append(answer.Items, p.item)
	}
	return answer
}

// follow walks some of the hops, from one start or, where that is empty, from all together. It returns what arrives, and adds to reached what the last hop carries.
func (s *state) follow(w store.Walk, start literature.ID, counts map[literature.ID]int64, from, to int, reached map[literature.ID]*arrival) map[literature.ID]int64 {
	for i := from; i < to; i++ {
		hop := w.Hops[i]
		next := make(map[literature.ID]int64)
		for id, count := range counts {
			for _, edge := range s.edges(id, hop.Kinds, hop.Direction) {
				if w.Onward && edge.other == start {
					continue
				}
				next[edge.other] = store.AddCounts(next[edge.other], count)
				if i < len(w.Hops)-1 {
					continue
				}
				if reached[edge.other] == nil {
					reached[edge.other] = &arrival{via: make(map[literature.ID]int64)}
				}
				via := reached[edge.other].via
				via[id] = store.AddCounts(via[id], count)
			}
		}
		for id := range next {
			next[id] = s.weigh(hop, w.Hops[0], start, id, next[id])
		}
		counts = next
	}
	return counts
}

func (s *state) weigh(hop, first store.Hop, start, id literature.ID, count int64) int64 {
	switch hop.Weigh {
	case store.WeighIDF, store.WeighRarity:
		return store.MultiplyCount(count, s.rarity(hop, id))
	case store.WeighJaccard:
		return store.Jaccard(count, s.gives(first, start), s.gives(first, id))
	case store.WeighRootCitedBy:
		return store.PerRootCitedBy(count, s.citedBy[id])
	case store.WeighSalton:
		d := func(id literature.ID) int64 { return int64(len(s.edges(id, first.Kinds, first.Direction))) }
		return store.Salton(count, d(start), d(id))
	}
	return count
}

// rarity is what a hop makes of 1 at an entity.
func (s *state) rarity(hop store.Hop, id literature.ID) int64 {
	switch hop.Weigh {
	case store.WeighIDF:
		return store.IDF(s.tagged, s.topicFrequency(id))
	case store.WeighRarity:
		return store.IDF(s.papers, len(s.edges(id, hop.Kinds, hop.Direction.Reversed())))
	}
	return 1
}

// gives is what an entity gives to the first hop, if it starts from there with 1.
func (s *state) gives(first store.Hop, id literature.ID) (sum int64) {
	for _, edge := range s.edges(id, first.Kinds, first.Direction) {
		sum += s.rarity(first, edge.other)
	}
	return sum
}

// Paths implements store.Reader: for each length it tries every way that visits no entity twice, and weighs the first store.MaxPaths.
func (r *reference) Paths(ctx context.Context, q store.PathQuery) (store.PathAnswer, error) {
	if err := q.Check(); err != nil {
		return store.PathAnswer{}, err
	}
	s, err := r.state(ctx)
	if err != nil {
		return store.PathAnswer{}, err
	}
	answer := store.PathAnswer{Exhausted: true}
	from, to := s.entity(q.From), s.entity(q.To)
	if from == nil || to == nil {
		return answer, nil
	}
	for length := 0; length <= q.MaxHops && answer.Exhausted; length++ {
		search := pathSearch{s: s, ctx: ctx, q: q, to: to.RecordID(), length: length}
		if err := search.extend(store.Path{Entities: []literature.Entity{from}}); err != nil {
			return store.PathAnswer{}, err
		}
		slices.SortFunc(search.found, comparePaths)
		left := q.Limit - len(answer.Paths)
		answer.Exhausted = len(search.found) <= left && !search.more
		answer.Paths = append(answer.Paths, search.found[:min(left, len(search.found))]...)
	}
	return answer, nil
}

// comparePaths orders paths of one length.
func comparePaths(a, b store.Path) int {
	return cmp.Or(cmp.Compare(a.Loss, b.Loss), slices.CompareFunc(a.Relations, b.Relations, func(a, b *literature.Relation) int { return cmp.Compare(a.ID, b.ID) }))
}

// pathSearch looks for the paths of one length.
type pathSearch struct {
	s      *state
	ctx    context.Context
	q      store.PathQuery
	to     literature.ID
	length int
	found  []store.Path
	more   bool // than may be weighed
}

func (p *pathSearch) extend(path store.Path) error {
	if err := p.ctx.Err(); err != nil {
		return err
	}
	last := path.Entities[len(path.Entities)-1].RecordID()
	switch arrived := last == p.to; {
	case p.more:
		return nil
	case arrived && len(path.Relations) == p.length:
		if p.more = len(p.found) == store.MaxPaths; !p.more {
			for _, e := range path.Entities[1:max(1, p.length)] {
				path.Loss += store.PathLoss(len(p.s.edges(e.RecordID(), nil, store.Both)))
			}
			p.found = append(p.found, path)
		}
		return nil
	case arrived || len(path.Relations) == p.length:
		return nil
	}
	for _, edge := range p.s.edges(last, p.q.Kinds, store.Both) {
		other := p.s.entity(edge.other)
		if slices.Contains(path.Entities, other) {
			continue
		}
		err := p.extend(store.Path{
			Entities:  append(slices.Clone(path.Entities), other),
			Relations: append(slices.Clone(path.Relations), edge.relation),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

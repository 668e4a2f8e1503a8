package explore

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Bounds of the growth of a subgraph.
const (
	// maxFrontier is how many entities one hop sets out from: those of the highest score.
	maxFrontier = 1000
	// maxSeedFan and maxFan are how many relations of a seed and of another entity are followed.
	maxSeedFan, maxFan = store.MaxPage, 200
	// deadEnd counts instead of the share of relations that lead on where none does.
	deadEnd = 0.1
)

// SubgraphQuery asks for the surroundings of some entities.
type SubgraphQuery struct {
	// Seeds are in the answer in any case; there are at least one and at most NodeBudget.
	Seeds []literature.ID
	// Hops is how far from a seed an entity may be, 1 to store.MaxHops.
	Hops int
	// Kinds restricts the relations, which are followed either way; none: all kinds.
	Kinds []literature.RelationKind
	// NodeBudget and RelationBudget bound the answer; at most MaxSubgraphNodes and MaxSubgraphRelations.
	NodeBudget, RelationBudget int
	Parts                      Parts
}

// Grow finds what surrounds the seeds, best first: an entity's score is the greatest product, over the ways of at most q.Hops relations that lead to it from a seed, of weight × rarity of the entity
// arrived at. So what joins several things comes before what hangs on one, and a strong way of two steps before a hub next door. More budget only adds nodes behind the others. It takes two calls
// a hop and at most two more.
func Grow(ctx context.Context, reader store.Reader, q SubgraphQuery) (*Subgraph, error) {
	g := growth{query: q, places: make(map[literature.ID]int)}
	for hop := range q.Hops {
		if err := g.hop(ctx, reader, hop == 0); err != nil {
			return nil, err
		}
	}
	best := g.best(q.NodeBudget)
	s := &Subgraph{Met: len(g.met), AllMet: !g.narrowed && len(g.cut()) == 0, Nodes: make([]*SubgraphNode, len(best))}
	ids, places := make([]literature.ID, len(best)), make(map[literature.ID]int, len(best))
	for i, place := range best {
		m := g.met[place]
		s.Nodes[i] = &SubgraphNode{ID: m.id, Degree: m.degree, Distance: q.Hops, score: m.score}
		ids[i], places[m.id] = m.id, i
	}
	if left := s.Met - len(s.Nodes); left > 0 {
		s.Cut = append(s.Cut, fmt.Sprintf("%d of %d entities met", left, s.Met))
	}
	s.Cut = append(s.Cut, g.cut()...)
	pages, err := reader.Relations(ctx, store.RelationQuery{
		Sources: ids, Targets: ids, Direction: store.Outgoing, Kinds: q.Kinds, Page: store.Page{Limit: store.MaxPage}, Bare: true,
	})
	if err != nil {
		return nil, err
	}
	for i, id := range ids {
		relations := make([]SubgraphRelation, len(pages[id].Items))
		for k, item := range pages[id].Items {
			relations[k] = SubgraphRelation{i, places[item.Position.ID], item.Relation, weight(item.Relation)}
			s.Relations = append(s.Relations, &relations[k])
		}
		if pages[id].HasNext {
			s.Cut = append(s.Cut, fmt.Sprintf("relations of %s beyond the first %d to other nodes", id, store.MaxPage))
		}
	}
	s.measure(len(g.seeds))
	s.keep(q.RelationBudget)
	if err := s.fetch(ctx, reader, q.Parts); err != nil {
		return nil, err
	}
	return s, s.complete(ctx, q.Parts)
}

// growth is what is known of the graph while it is explored.
type growth struct {
	query SubgraphQuery
	// met are all entities met so far, the seeds first, and places their places by id.
	met    []met
	places map[literature.ID]int
	seeds  []literature.ID
	// clipped counts the entities with more relations than were followed, weighed those that were met but not weighed, and idle those from which no way was followed for their number.
	clipped, weighed, idle int
	// narrowed tells that the budget kept a hop from setting out from everything met before it.
	narrowed bool
}

// scored is one entity and the greatest product so far that leads to it.
type scored struct {
	id    literature.ID
	score float64
}

// met is one entity that was taken in, and where it leads once it was looked at.
type met struct {
	scored
	degree int
	rarity float64 // of degree
	looked bool
	// ways lead to other places; -1 is one that was not taken in.
	ways []step
}

// rarity says how much an entity tells by how many relations it has: little if it is a hub, and little if no other relation joins it. It is twice the share of the relations that lead on, 1 - 1 ÷ degree, or
// deadEnd, ÷ (1 + log10(1 + degree)); greatest for a degree of 6, and always less than 1, so that scores only fall.
func rarity(degree int) float64 {
	return max(deadEnd, 2-2/float64(degree)) / (1 + math.Log10(1+float64(degree)))
}

// hop follows the relations of the best entities met so far that were not looked at yet, and brings all scores up to date.
func (g *growth) hop(ctx context.Context, reader store.Reader, first bool) error {
	frontier, fan := g.query.Seeds, maxSeedFan
	if !first {
		frontier, fan = g.frontier(), maxFan
	}
	pages, err := reader.Relations(ctx, store.RelationQuery{
		Sources: frontier, Direction: store.Both, Kinds: g.query.Kinds, Page: store.Page{Limit: fan}, WithTotal: true, Bare: true,
	})
	if err != nil {
		return err
	}
	if first {
		if frontier, err = g.plant(pages); err != nil {
			return err
		}
	}
	var fresh freshlyMet
	for _, id := range frontier {
		from := &g.met[g.places[id]]
		from.looked = true
		if pages[id].HasNext {
			g.clipped++
		}
		from.ways = make([]step, len(pages[id].Items))
		for i, item := range pages[id].Items {
			weight := weight(item.Relation)
			place, known := g.places[item.Position.ID]
			if !known {
				place = fresh.place(item.Position.ID, from.score*weight)
			}
			from.ways[i] = step{place, weight}
		}
	}
	places, err := g.weigh(ctx, reader, fresh.met)
	if err != nil {
		return err
	}
	for _, id := range frontier {
		ways := g.met[g.places[id]].ways
		for i := range ways {
			if ways[i].to < 0 {
				ways[i].to = places[-ways[i].to-1]
			}
		}
	}
	g.pass()
	return ctx.Err()
}

// freshlyMet are entities that one hop meets for the first time, with how much each can score at most. Until they are weighed, their places are -1, -2, and so on.
type freshlyMet struct {
	met    []scored
	places map[literature.ID]int
}

func (f *freshlyMet) place(id literature.ID, score float64) int {
	place, known := f.places[id]
	if !known {
		if f.places == nil {
			f.places = make(map[literature.ID]int)
		}
		f.met = append(f.met, scored{id: id})
		place = -len(f.met)
		f.places[id] = place
	}
	m := &f.met[-place-1]
	m.score = max(m.score, score)
	return place
}

// plant makes the seeds what has been met, under the ids that they have now, and renames their pages accordingly.
func (g *growth) plant(pages map[literature.ID]store.RelationPage) ([]literature.ID, error) {
	for _, id := range g.query.Seeds {
		page, ok := pages[id]
		if !ok {
			return nil, fmt.Errorf("%w: %s names nothing: look it up with search", store.ErrInvalid, id)
		}
		if len(page.Items) > 0 {
			item := page.Items[0]
			if id = item.Relation.Target; item.Outgoing {
				id = item.Relation.Source
			}
			pages[id] = page
		}
		if _, twice := g.places[id]; !twice {
			g.places[id] = len(g.met)
			g.met = append(g.met, met{scored: scored{id, 1}, degree: page.Total})
			g.seeds = append(g.seeds, id)
		}
	}
	return g.seeds, nil
}

// frontier are the best entities met, as many as the budget lets in, that were not looked at yet. Nothing behind them can be among the best: scores only fall on the way.
func (g *growth) frontier() []literature.ID {
	var ids []literature.ID
	best := g.best(g.query.NodeBudget)
	g.narrowed = g.narrowed || len(best) < len(g.met)
	g.idle = max(0, len(best)-maxFrontier)
	for _, place := range best[:min(maxFrontier, len(best))] {
		if m := g.met[place]; !m.looked {
			ids = append(ids, m.id)
		}
	}
	return ids
}

// weigh takes in what a hop has met, and tells the new places; those that can score most, if they are more than one call may ask about, and -1 for the others.
func (g *growth) weigh(ctx context.Context, reader store.Reader, fresh []scored) ([]int, error) {
	order, places := make([]int, len(fresh)), make([]int, len(fresh))
	for i := range fresh {
		order[i], places[i] = i, -1
	}
	if len(order) > store.MaxKeys {
		slices.SortFunc(order, func(a, b int) int { return compareMet(&fresh[a], &fresh[b]) })
		g.weighed += len(order) - store.MaxKeys
		order = order[:store.MaxKeys]
	}
	ids := make([]literature.ID, len(order))
	for i, k := range order {
		ids[i] = fresh[k].id
	}
	degrees, err := degrees(ctx, reader, ids, g.query.Kinds)
	if err != nil {
		return nil, err
	}
	g.met = slices.Grow(g.met, len(ids))
	for i, k := range order {
		id, degree := ids[i], degrees(ids[i])
		places[k], g.places[id] = len(g.met), len(g.met)
		g.met = append(g.met, met{scored: scored{id: id}, degree: degree, rarity: rarity(degree)})
	}
	return places, nil
}

func compareMet(a, b *scored) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.id, b.id))
}

// degrees counts relations of some kinds, of all kinds where there are none; what is gone has none.
func degrees(ctx context.Context, reader store.Reader, ids []literature.ID, kinds []literature.RelationKind) (func(literature.ID) int, error) {
	of := []store.KindDirection{{Direction: store.Both}}
	if len(kinds) > 0 {
		of = of[:0]
		for _, kind := range slices.Compact(slices.Sorted(slices.Values(kinds))) {
			of = append(of, store.KindDirection{Kind: kind, Direction: store.Both})
		}
	}
	counts, err := reader.Degrees(ctx, ids, of)
	if err != nil {
		return nil, err
	}
	return func(id literature.ID) int {
		sum := 0
		for _, n := range counts[id] {
			sum += n
		}
		return sum
	}, nil
}

// pass takes every way one relation further.
func (g *growth) pass() {
	before := make([]float64, len(g.met))
	for i := range g.met {
		before[i] = g.met[i].score
	}
	for i := range g.met {
		for _, way := range g.met[i].ways {
			if way.to >= 0 {
				to := &g.met[way.to]
				to.score = max(to.score, before[i]*way.weight*to.rarity)
			}
		}
	}
}

// best are the places of the best entities met, seeds first.
func (g *growth) best(n int) []int {
	places := make([]int, len(g.met))
	for i := range places {
		places[i] = i
	}
	rest := places[len(g.seeds):]
	slices.SortFunc(rest, func(a, b int) int { return compareMet(&g.met[a].scored, &g.met[b].scored) })
	return places[:min(n, len(places))]
}

// cut says what growth has not looked at.
func (g *growth) cut() []string {
	var cut []string
	if g.clipped > 0 {
		cut = append(cut, fmt.Sprintf("relations of %s beyond the first %d of a seed and %d of others", count(g.clipped, "entity", "entities"), maxSeedFan, maxFan))
	}
	if g.weighed > 0 {
		cut = append(cut, fmt.Sprintf("%s more than can be weighed in one hop", count(g.weighed, "entity", "entities")))
	}
	if g.idle > 0 {
		cut = append(cut, fmt.Sprintf("what lies behind %s beyond the best %d of a hop", count(g.idle, "entity", "entities"), maxFrontier))
	}
	return cut
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

package projection

import (
	"cmp"
	"context"
	"slices"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Walk answers store.Reader.Walk.
func (v View) Walk(ctx context.Context, query store.WalkQuery) (map[literature.ID]store.ReachedPage, error) {
	if err := query.Check(); err != nil {
		return nil, err
	}
	q, err := v.ask(ctx)
	if err != nil {
		return nil, err
	}
	q.testsOnly = true
	type answer struct {
		key   literature.ID
		bare  bool
		page  store.ReachedPage
		items []arrival
	}
	answers := make([]answer, 0, len(query.Walks))
	for _, walk := range query.Walks {
		a := answer{key: walk.Key, bare: walk.Bare}
		if a.items, a.page.PageInfo, err = q.walk(walk); err != nil {
			return nil, err
		}
		for _, it := range a.items {
			if !walk.Bare {
				q.want(it.entity)
				q.want(it.via...)
			}
		}
		answers = append(answers, a)
	}
	if err := q.fetch(); err != nil {
		return nil, err
	}
	pages := make(map[literature.ID]store.ReachedPage, len(answers))
	for _, a := range answers {
		a.page.Items = make([]store.Reached, len(a.items))
		keys := make([]store.SortValue, len(a.items))
		for i, it := range a.items {
			keys[i].Int = it.score
			item := store.Reached{
				Score: it.score, ViaCount: it.viaCount,
				Position: store.Position{Keys: keys[i : i+1 : i+1], ID: q.g.ids.at(it.entity)},
			}
			if !a.bare {
				item.Entity = q.entity(it.entity)
			}
			for _, via := range it.via {
				item.Via = append(item.Via, q.entity(via))
			}
			a.page.Items[i] = item
		}
		pages[a.key] = a.page
	}
	return pages, nil
}

// arrival is one entity reached, and by way of whom.
type arrival struct {
	entity   uint32
	score    int64
	viaCount int
	via      []uint32
}

// walk answers one walk.
func (q *question) walk(w store.Walk) ([]arrival, store.PageInfo, error) {
	wanted, err := q.compile(w.Filter)
	if err != nil {
		return nil, store.PageInfo{}, err
	}
	if w.Targets != nil {
		wanted = wanted.and(q.columns(&store.Filter{IDs: w.Targets}))
	}
	barred := q.layer()
	defer q.free(barred)
	t := trip{question: q, hops: make([]hop, len(w.Hops)), onward: w.Onward, perStart: w.Onward}
	for i, h := range w.Hops {
		t.hops[i] = hop{spokes: q.g.spokes(kindsOf(h.Kinds...), h.Direction), weigh: h.Weigh}
		if h.Weigh == store.WeighRarity {
			t.hops[i].back = q.g.spokes(kindsOf(h.Kinds...), h.Direction.Reversed())
		}
		t.perStart = t.perStart || h.Weigh >= store.WeighJaccard // these depend on the start, or round
	}
	for _, start := range w.Starts {
		if n := q.g.find(start.ID); n != 0 {
			barred.add(n, 0)
			t.starts = append(t.starts, starting{n, start.Weight})
		}
	}
	for _, id := range w.Exclude {
		if n := q.g.find(id); n != 0 {
			barred.add(n, 0)
		}
	}
	last, end, err := t.run()
	if err != nil {
		return nil, store.PageInfo{}, err
	}
	defer q.free(last, end)

	final := w.Hops[len(w.Hops)-1]
	back := wayBack{question: q, spokes: q.g.spokes(kindsOf(final.Kinds...), final.Direction.Reversed()), last: last}
	scope := scopeOf(noEntity, stubs(w.Filter, w.WithStubs))
	s := newSelection(scoreOrder{q.g, end.amounts}, w.Page)
	if err := q.step(len(end.nodes)); err != nil {
		return nil, store.PageInfo{}, err
	}
	for l := leapThrough(len(end.nodes)); l.next(); {
		for _, n := range end.nodes[l.start:l.end] {
			if !scope.holds(q.g.shapes.at(n)) || barred.in[n] || !wanted.holds(n) {
				continue
			}
			if w.MinVia > 1 {
				if enough, err := back.atLeast(n, w.MinVia); err != nil {
					return nil, store.PageInfo{}, err
				} else if !enough {
					continue
				}
			}
			s.add(n)
		}
	}
	items := s.items()
	arrivals := make([]arrival, len(items))
	for i, n := range items {
		arrivals[i] = arrival{entity: n, score: end.amounts[n]}
		if w.Bare {
			continue
		}
		if arrivals[i].viaCount, arrivals[i].via, err = back.best(n, w.Via); err != nil {
			return nil, store.PageInfo{}, err
		}
	}
	return arrivals, s.info(w.WithTotal), nil
}

// scoreOrder is by score, greatest first, then by id.
type scoreOrder struct {
	g      *Graph
	scores []int64
}

func (o scoreOrder) primary(n uint32) int64 { return ^o.scores[n] }

func (o scoreOrder) compare(a, b uint32) int {
	return cmp.Or(cmp.Compare(o.scores[b], o.scores[a]), cmp.Compare(o.g.ids.at(a), o.g.ids.at(b)))
}

func (o scoreOrder) against(n uint32, p *store.Position) int {
	return cmp.Or(cmp.Compare(p.Keys[0].Int, o.scores[n]), cmp.Compare(o.g.ids.at(n), p.ID))
}

type starting struct {
	entity uint32
	weight int64
}

type hop struct {
	spokes *spokes
	weigh  store.HopRule
	// back leads the other way; made for WeighRarity only.
	back *spokes
}

// trip is the arithmetic of a walk.
type trip struct {
	*question
	starts []starting
	hops   []hop
	onward bool
	// perStart is true where a rule depends on the start; other rules are linear, so that all starts may set out together.
	perStart bool
}

// run follows all hops. It returns the amounts on the last but one place and at the end, summed over the starts; the caller frees both.
func (t *trip) run() (last, end *layer, err error) {
	if !t.perStart {
		return t.follow(t.starts)
	}
	last, end = t.layer(), t.layer()
	for i := range t.starts {
		l, e, err := t.follow(t.starts[i : i+1])
		if err != nil {
			t.free(last, end)
			return nil, nil, err
		}
		for _, n := range l.nodes {
			last.add(n, l.amounts[n])
		}
		for _, n := range e.nodes {
			end.add(n, e.amounts[n])
		}
		t.free(l, e)
	}
	return last, end, nil
}

// follow sets out from some starts together.
func (t *trip) follow(starts []starting) (last, end *layer, err error) {
	last, end = t.layer(), t.layer()
	for _, s := range starts {
		end.add(s.entity, s.weight)
	}
	for _, h := range t.hops {
		last.clear()
		last, end = end, last
		for _, n := range last.nodes {
			amount := last.amounts[n]
			for _, way := range h.spokes.from(t.g, n) {
				row := way.rows.of(n)
				if err := t.step(len(row) + 1); err != nil {
					t.free(last, end)
					return nil, nil, err
				}
				for _, to := range row {
					if (to != n || !way.skipSelf) && (!t.onward || to != starts[0].entity) {
						end.add(to, amount)
					}
				}
			}
		}
		if err := t.weigh(h, starts, end); err != nil {
			t.free(last, end)
			return nil, nil, err
		}
	}
	return last, end, nil
}

// weigh applies a hop's rule to what arrived.
func (t *trip) weigh(h hop, starts []starting, end *layer) error {
	switch h.weigh {
	case store.WeighIDF, store.WeighRarity:
		for _, n := range end.nodes {
			end.amounts[n] = store.MultiplyCount(end.amounts[n], t.rarity(h, n))
		}
	case store.WeighJaccard:
		from, err := t.holds(starts[0].entity)
		if err != nil {
			return err
		}
		for _, n := range end.nodes {
			to, err := t.holds(n)
			if err != nil {
				return err
			}
			end.amounts[n] = store.Jaccard(end.amounts[n], from, to)
		}
	case store.WeighRootCitedBy:
		for _, n := range end.nodes {
			end.amounts[n] = store.PerRootCitedBy(end.amounts[n], int(t.g.citedBy.at(n)))
		}
	case store.WeighSalton:
		first := t.hops[0].spokes
		out := int64(first.degree(t.g, starts[0].entity))
		for _, n := range end.nodes {
			end.amounts[n] = store.Salton(end.amounts[n], out, int64(first.degree(t.g, n)))
		}
	}
	return nil
}

// rarity is what a hop makes of 1 at an entity.
func (t *trip) rarity(h hop, n uint32) int64 {
	switch h.weigh {
	case store.WeighIDF:
		return store.IDF(t.g.counts.tagged, int(t.g.tagged.at(n)))
	case store.WeighRarity:
		return store.IDF(t.g.counts.entities[paper], h.back.degree(t.g, n))
	default:
		return 1
	}
}

// holds is what an entity gives to the first hop, if it starts from there with 1.
func (t *trip) holds(n uint32) (sum int64, err error) {
	first := t.hops[0]
	for _, way := range first.spokes.from(t.g, n) {
		row := way.rows.of(n)
		if err := t.step(len(row) + 1); err != nil {
			return 0, err
		}
		for _, to := range row {
			if to != n || !way.skipSelf {
				sum = store.AddCounts(sum, t.rarity(first, to))
			}
		}
	}
	return sum, nil
}

// wayBack leads from the end of a walk to the last but one place.
type wayBack struct {
	*question
	spokes *spokes
	last   *layer
	buffer []uint32
}

// carriers lists the entities that carried something to n, once for each relation, in number order. The list is good until the next one.
func (w *wayBack) carriers(n uint32) ([]uint32, error) {
	w.buffer = w.buffer[:0]
	rows := 0
	for _, way := range w.spokes.from(w.g, n) {
		row := way.rows.of(n)
		if err := w.step(len(row) + 1); err != nil {
			return nil, err
		}
		rows += min(len(row), 1)
		for _, from := range row {
			if w.last.in[from] && (from != n || !way.skipSelf) {
				w.buffer = append(w.buffer, from)
			}
		}
	}
	if rows > 1 { // a single row is sorted
		slices.Sort(w.buffer)
	}
	return w.buffer, nil
}

// atLeast tells whether several distinct entities carried something to n.
func (w *wayBack) atLeast(n uint32, several int) (bool, error) {
	carriers, err := w.carriers(n)
	return len(slices.Compact(carriers)) >= several, err
}

// best counts the entities that carried something to n, and names those that carried most.
func (w *wayBack) best(n uint32, limit int) (count int, via []uint32, err error) {
	type carried struct {
		from   uint32
		amount int64
	}
	carriers, err := w.carriers(n)
	if err != nil {
		return 0, nil, err
	}
	if limit == 0 {
		return len(slices.Compact(carriers)), nil, nil
	}
	var all []carried
	for _, from := range carriers {
		if len(all) == 0 || all[len(all)-1].from != from {
			all = append(all, carried{from: from})
		}
		last := &all[len(all)-1]
		last.amount = store.AddCounts(last.amount, w.last.amounts[from])
	}
	slices.SortFunc(all, func(a, b carried) int {
		return cmp.Or(cmp.Compare(b.amount, a.amount), cmp.Compare(w.g.ids.at(a.from), w.g.ids.at(b.from)))
	})
	for _, c := range all[:min(limit, len(all))] {
		via = append(via, c.from)
	}
	return len(all), via, nil
}

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
	part := query.Blended()
	for _, walk := range query.Walks {
		if part[walk.Key] {
			continue
		}
		a := answer{key: walk.Key, bare: walk.Bare}
		if a.items, a.page.PageInfo, err = q.walk(walk); err != nil {
			return nil, err
		}
		answers = append(answers, a)
	}
	kitchen := q.kitchen(query)
	for _, b := range query.Blends {
		made, err := kitchen.blend(b)
		if err != nil {
			return nil, err
		}
		page := store.ReachedPage{Items: make([]store.Reached, len(made.items)), Highest: made.highest, Cut: made.cut, PageInfo: made.info}
		for i, scores := range made.scores {
			page.Items[i].Scores = scores
		}
		answers = append(answers, answer{key: b.Key, page: page, items: made.items})
	}
	for _, a := range answers {
		if !a.bare {
			for _, it := range a.items {
				q.want(it.entity)
				q.want(it.via...)
			}
		}
	}
	if err := q.fetch(); err != nil {
		return nil, err
	}
	pages := make(map[literature.ID]store.ReachedPage, len(answers))
	for _, a := range answers {
		if a.page.Items == nil {
			a.page.Items = make([]store.Reached, len(a.items))
		}
		keys := make([]store.SortValue, len(a.items))
		for i, it := range a.items {
			keys[i].Int = it.score
			item := &a.page.Items[i]
			item.Score, item.ViaCount = it.score, it.viaCount
			item.Position = store.Position{Keys: keys[i : i+1 : i+1], ID: q.g.ids.at(it.entity)}
			if !a.bare {
				item.Entity = q.entity(it.entity)
			}
			for _, via := range it.via {
				item.Via = append(item.Via, q.entity(via))
			}
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

// outcome is a walk and, once it has run, where it ended: the amounts on the last but one place and at the end, and what may be an answer.
type outcome struct {
	trip
	wantLast          bool
	last, end, barred *layer
	scope             scope
	wanted            condition
}

func (o *outcome) may(n uint32) bool {
	return o.scope.holds(o.g.shapes.at(n)) && !o.barred.in[n] && o.wanted.holds(n)
}

func (o *outcome) free() { o.question.free(o.last, o.end, o.barred) }

// prepare makes a walk ready to run, which it may do beside others; the caller frees it once it has run.
func (q *question) prepare(w store.Walk) (*outcome, error) {
	o := &outcome{scope: scopeOf(noEntity, stubs(w.Filter, w.WithStubs)), wantLast: !w.Bare || w.MinVia > 1}
	var err error
	if o.wanted, err = q.compile(w.Filter); err != nil {
		return nil, err
	}
	if w.Targets != nil && len(w.Hops) == 0 {
		o.wanted = o.wanted.and(q.columns(&store.Filter{IDs: w.Targets}))
	}
	own := &question{ctx: q.ctx, g: q.g, source: q.source, testsOnly: q.testsOnly}
	t := trip{question: own, hops: make([]hop, len(w.Hops)), onward: w.Onward, apart: w.Apart()}
	for i, h := range w.Hops {
		if h.Weigh == store.WeighJaccard {
			t.given = q.g.memo.of(q.g, w.Hops[0])
		}
		t.hops[i] = hop{spokes: q.g.spokes(kindsOf(h.Kinds...), h.Direction), weigh: h.Weigh}
		if h.Weigh == store.WeighRarity {
			t.hops[i].back = q.g.spokes(kindsOf(h.Kinds...), h.Direction.Reversed())
		}
	}
	if w.Targets != nil && len(w.Hops) > 0 {
		t.back = q.g.spokes(kindsOf(w.Hops[len(w.Hops)-1].Kinds...), w.Hops[len(w.Hops)-1].Direction.Reversed())
		t.targets = make([]uint32, 0, len(w.Targets))
		for _, id := range w.Targets {
			if n := q.g.find(id); n != 0 {
				t.targets = append(t.targets, n)
			}
		}
		slices.Sort(t.targets)
		t.targets = slices.Compact(t.targets)
	}
	o.barred = q.layer()
	for _, start := range w.Starts {
		if n := q.g.find(start.ID); n != 0 {
			t.starts = append(t.starts, starting{n, start.Weight})
			if len(w.Hops) > 0 {
				o.barred.add(n, 0)
			}
		}
	}
	for _, id := range w.Exclude {
		if n := q.g.find(id); n != 0 {
			o.barred.add(n, 0)
		}
	}
	o.trip = t
	return o, nil
}

// follow runs the walk; where it fails, there is nothing to free.
func (o *outcome) follow() (err error) {
	if o.last, o.end, err = o.run(o.wantLast); err == nil {
		if err = o.step(len(o.end.nodes)); err == nil {
			return nil
		}
		o.question.free(o.last, o.end)
	}
	o.question.free(o.barred)
	return err
}

// walk answers one walk.
func (q *question) walk(w store.Walk) ([]arrival, store.PageInfo, error) {
	o, err := q.prepare(w)
	if err != nil {
		return nil, store.PageInfo{}, err
	}
	if err := o.follow(); err != nil {
		return nil, store.PageInfo{}, err
	}
	defer o.free()
	back := wayBack{question: q, last: o.last}
	if len(w.Hops) > 0 {
		final := w.Hops[len(w.Hops)-1]
		back.spokes = q.g.spokes(kindsOf(final.Kinds...), final.Direction.Reversed())
	}
	s := newSelection(scoreOrder{q.g, o.end.amounts}, w.Page)
	for l := leapThrough(len(o.end.nodes)); l.next(); {
		for _, n := range o.end.nodes[l.start:l.end] {
			if !o.may(n) {
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
		arrivals[i] = arrival{entity: n, score: o.end.amounts[n]}
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
	before := func(a, b carried) int {
		return cmp.Or(cmp.Compare(b.amount, a.amount), cmp.Compare(w.g.ids.at(a.from), w.g.ids.at(b.from)))
	}
	var most []carried // so far
	for len(carriers) > 0 {
		c := carried{from: carriers[0]}
		for len(carriers) > 0 && carriers[0] == c.from {
			c.amount = store.AddCounts(c.amount, w.last.amounts[c.from])
			carriers = carriers[1:]
		}
		count++
		if len(most) < limit || before(c, most[limit-1]) < 0 {
			at, _ := slices.BinarySearchFunc(most, c, before)
			most = slices.Insert(most, at, c)
			most = most[:min(limit, len(most))]
		}
	}
	for _, c := range most {
		via = append(via, c.from)
	}
	return count, via, nil
}

package projection

import (
	"cmp"
	"errors"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// scored is an entity and its score.
type scored struct {
	entity uint32
	score  int64
}

// part is what one walk brings into a blend, in no order; cut tells that there was more.
type part struct {
	reached []scored
	cut     bool
}

// blended is the page of a blend.
type blended struct {
	items   []arrival
	scores  [][]int64 // of each item, by part
	highest []int64
	cut     bool
	info    store.PageInfo
}

// kitchen makes blends of walks. It follows each walk when a blend first needs it and forgets it after the last that does.
type kitchen struct {
	*question
	walks map[literature.ID]store.Walk
	uses  map[literature.ID]int
	parts map[literature.ID]part
}

func (q *question) kitchen(query store.WalkQuery) *kitchen {
	k := &kitchen{question: q, walks: make(map[literature.ID]store.Walk), uses: make(map[literature.ID]int), parts: make(map[literature.ID]part)}
	for _, w := range query.Walks {
		k.walks[w.Key] = w
	}
	for _, b := range query.Blends {
		for _, p := range b.Parts {
			k.uses[p.Walk]++
		}
		for _, key := range b.Beside() {
			k.uses[key]++
		}
	}
	return k
}

// follow runs the walks of a blend that no blend before needed, side by side: the longest first, so that the others have the processors that it does not need.
func (k *kitchen) follow(b store.Blend) error {
	var keys []literature.ID
	need := func(key literature.ID) {
		if _, done := k.parts[key]; !done && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	for _, p := range b.Parts {
		need(p.Walk)
	}
	for _, key := range b.Beside() {
		need(key)
	}
	slices.SortStableFunc(keys, func(a, b literature.ID) int { return len(k.walks[b].Hops) - len(k.walks[a].Hops) })
	walks := make([]*outcome, len(keys))
	for i, key := range keys {
		var err error
		if walks[i], err = k.prepare(k.walks[key]); err != nil {
			return err
		}
	}
	parts, errs := make([]part, len(keys)), make([]error, len(keys))
	// A walk that another passes through is answered on its way, and only for itself where something came back to its start.
	passed, done := make([]bool, len(keys)), make([]bool, len(keys))
	for i := range keys {
		for j := range i { // longer ones come first
			if !passed[i] && walks[j].pass == nil && goesOn(k.walks[keys[i]], k.walks[keys[j]]) {
				passed[i] = true
				walks[j].pass = func(end *layer) {
					parts[i], done[i] = walks[i].pick(end, k.walks[keys[i]].Page.Limit), true
					k.free(walks[i].barred)
				}
			}
		}
	}
	var next atomic.Int64
	var workers sync.WaitGroup
	var panicked atomic.Pointer[any]
	for range min(runtime.GOMAXPROCS(0), len(keys)) {
		workers.Go(func() {
			defer func() {
				if reason := recover(); reason != nil {
					panicked.Store(&reason)
				}
			}()
			for i := int(next.Add(1)) - 1; i < len(keys); i = int(next.Add(1)) - 1 {
				if !passed[i] {
					parts[i], errs[i] = walks[i].loudest(k.walks[keys[i]].Page.Limit)
				}
			}
		})
	}
	workers.Wait()
	if reason := panicked.Load(); reason != nil {
		panic(*reason) // where the caller can recover: here it would end the process, not the query
	}
	for i, key := range keys {
		if passed[i] && !done[i] {
			parts[i], errs[i] = walks[i].loudest(k.walks[key].Page.Limit)
		}
	}
	for i, key := range keys {
		k.parts[key] = parts[i]
	}
	return errors.Join(errs...)
}

// part is what a walk brings into a blend that was followed.
func (k *kitchen) part(key literature.ID) part {
	p := k.parts[key]
	if k.uses[key]--; k.uses[key] == 0 {
		delete(k.parts, key)
	}
	return p
}

// loudest follows a walk and lists what is on its first page.
func (o *outcome) loudest(limit int) (part, error) {
	if err := o.follow(); err != nil {
		return part{}, err
	}
	defer o.free()
	return o.pick(o.end, limit), nil
}

// pick lists what may be an answer of what was reached.
func (o *outcome) pick(end *layer, limit int) part {
	p := part{reached: make([]scored, 0, len(end.nodes))}
	for _, n := range end.nodes {
		if o.may(n) {
			p.reached = append(p.reached, scored{n, end.amounts[n]})
		}
	}
	if p.cut = len(p.reached) > limit; p.cut {
		p.reached = slices.Clone(store.Loudest(p.reached, limit, func(s scored) int64 { return s.score }, func(s scored) literature.ID { return o.g.ids.at(s.entity) }))
	}
	return p
}

// goesOn tells whether a longer walk passes through the end of a shorter one, before its starts go on together.
func goesOn(short, long store.Walk) bool {
	n := len(short.Hops)
	same := func(a, b store.Hop) bool {
		return a.Direction == b.Direction && a.Weigh == b.Weigh && slices.Equal(a.Kinds, b.Kinds)
	}
	return n > 0 && n < len(long.Hops) && short.Targets == nil && short.Apart() == n && long.Apart() == n && (long.Onward || !short.Onward) &&
		slices.Equal(short.Starts, long.Starts) && slices.EqualFunc(short.Hops, long.Hops[:n], same)
}

// blend makes one blend.
func (k *kitchen) blend(b store.Blend) (*blended, error) {
	out, places := k.layer(), k.layer() // places are those in entities, from 1
	defer k.free(out, places)
	if err := k.follow(b); err != nil {
		return nil, err
	}
	answer := &blended{highest: make([]int64, len(b.Parts))}
	gather := func(key literature.ID, into *layer) {
		p := k.part(key)
		answer.cut = answer.cut || p.cut
		for _, s := range p.reached {
			into.add(s.entity, 0)
		}
	}
	for _, key := range b.Without {
		gather(key, out)
	}
	var in *layer // nil: everything
	if b.Within != "" {
		in = k.layer()
		defer k.free(in)
		gather(b.Within, in)
	}
	parts := make([][]scored, len(b.Parts))
	var entities []uint32
	for i := range b.Parts {
		p := k.part(b.Parts[i].Walk)
		answer.cut = answer.cut || p.cut
		for _, s := range p.reached {
			if s.score == 0 || out.in[s.entity] || in != nil && !in.in[s.entity] {
				continue
			}
			answer.highest[i] = max(answer.highest[i], s.score)
			if places.amounts[s.entity] == 0 {
				entities = append(entities, s.entity)
				places.add(s.entity, int64(len(entities)))
			}
		}
		parts[i] = p.reached
	}
	total := b.Total(answer.highest)
	sums := make([]float64, len(entities))
	for i, reached := range parts {
		if err := k.step(len(reached)); err != nil {
			return nil, err
		}
		for _, s := range reached {
			if at := places.amounts[s.entity]; at > 0 {
				sums[at-1] += b.Parts[i].Share(s.score, answer.highest[i], total)
			}
		}
	}
	order := blendOrder{k.g, entities, make([]int64, len(sums))}
	for i, sum := range sums {
		order.scores[i] = store.WholeScore(sum)
	}
	s := newSelection(order, b.Page)
	for l := leapThrough(len(entities)); l.next(); {
		for i := l.start; i < l.end; i++ {
			s.add(uint32(i))
		}
	}
	answer.info = s.info(true)
	for _, n := range entities {
		places.amounts[n] = 0
	}
	for _, i := range s.items() {
		answer.items = append(answer.items, arrival{entity: entities[i], score: order.scores[i]})
		answer.scores = append(answer.scores, make([]int64, len(parts)))
		places.amounts[entities[i]] = int64(len(answer.items))
	}
	for i, reached := range parts {
		for _, s := range reached {
			if at := places.amounts[s.entity]; at > 0 {
				answer.scores[at-1][i] = s.score
			}
		}
	}
	return answer, nil
}

// blendOrder is by score, greatest first, then by id, over the places of entities.
type blendOrder struct {
	g        *Graph
	entities []uint32
	scores   []int64
}

func (o blendOrder) primary(i uint32) int64 { return ^o.scores[i] }

func (o blendOrder) id(i uint32) literature.ID { return o.g.ids.at(o.entities[i]) }

func (o blendOrder) compare(a, b uint32) int {
	return cmp.Or(cmp.Compare(o.scores[b], o.scores[a]), cmp.Compare(o.id(a), o.id(b)))
}

func (o blendOrder) against(i uint32, p *store.Position) int {
	return cmp.Or(cmp.Compare(p.Keys[0].Int, o.scores[i]), cmp.Compare(o.id(i), p.ID))
}

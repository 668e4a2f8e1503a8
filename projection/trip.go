package projection

import (
	"slices"
	"sync/atomic"

	"github.com/papergraph/papergraph/store"
)

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
	// apart is how many of the hops each start walks for itself.
	apart int
	// pass, if not nil, gets what the starts have sent to each entity when they go on together, unless something came back to its start before, which onward has taken out.
	pass     func(end *layer)
	returned bool
	// targets, if not nil, are all that may be reached in the end: the last hop is not taken, but looked back at from each of them, by way of back.
	targets []uint32
	back    *spokes
	// rarities keeps what rarity worked out for the first hop's ends.
	rarities *layer
	// given is the memo of the first hop; it may be nil.
	given []atomic.Int64
}

// run follows all hops. It returns the amounts on the last but one place and at the end, summed over the starts; the caller frees both. Where the starts walk apart to the end, the
// last but one place is only told if it is wanted.
func (t *trip) run(wantLast bool) (last, end *layer, err error) {
	t.rarities = t.layer()
	defer t.free(t.rarities)
	if t.apart == 0 || len(t.starts) == 1 && t.pass == nil {
		return t.hop(t.starts, t.layer(), 0, len(t.hops))
	}
	last, end = t.layer(), t.layer()
	for i := range t.starts {
		l, e, err := t.hop(t.starts[i:i+1], t.layer(), 0, t.apart)
		if err != nil {
			t.free(last, end)
			return nil, nil, err
		}
		if wantLast && t.apart == len(t.hops) {
			last.addAll(l)
		}
		end.addAll(e)
		t.free(l, e)
	}
	if t.apart == len(t.hops) {
		return last, end, nil
	}
	t.free(last)
	if t.pass != nil && !t.returned {
		t.pass(end)
	}
	return t.hop(nil, end, t.apart, len(t.hops))
}

// hop sets out from some starts together, or, where there are none, from what is in end, along some of the hops. It takes end over.
func (t *trip) hop(starts []starting, end *layer, first, behind int) (last, reached *layer, err error) {
	last = t.layer()
	for _, s := range starts {
		end.add(s.entity, s.weight)
	}
	for i := first; i < behind; i++ {
		h := t.hops[i]
		last.clear()
		last, end = end, last
		if i == len(t.hops)-1 && t.targets != nil {
			err = t.lookBack(last, end)
		} else {
			err = t.goOn(h, last, end)
		}
		if err != nil {
			t.free(last, end)
			return nil, nil, err
		}
		if t.onward && len(starts) == 1 {
			t.returned = t.returned || i < t.apart-1 && end.in[starts[0].entity]
			end.remove(starts[0].entity)
		}
		if err := t.weigh(h, starts, end); err != nil {
			t.free(last, end)
			return nil, nil, err
		}
	}
	return last, end, nil
}

// goOn carries the amounts of one place to the next.
func (t *trip) goOn(h hop, last, end *layer) error {
	last.sort()
	for _, n := range last.nodes {
		amount := last.amounts[n]
		for _, way := range h.spokes.from(t.g, n) {
			row := way.rows.of(n)
			if err := t.step(len(row) + 1); err != nil {
				return err
			}
			if way.skipSelf {
				if self, ok := slices.BinarySearch(row, n); ok {
					end.addRow(row[:self], amount)
					row = row[self+1:]
				}
			}
			end.addRow(row, amount)
		}
	}
	return nil
}

// lookBack fetches for each target what the last hop carries there.
func (t *trip) lookBack(last, end *layer) error {
	for _, n := range t.targets {
		for _, way := range t.back.from(t.g, n) {
			row := way.rows.of(n)
			if err := t.step(len(row) + 1); err != nil {
				return err
			}
			for _, from := range row {
				if last.in[from] && (from != n || !way.skipSelf) {
					end.add(n, last.amounts[from])
				}
			}
		}
	}
	return nil
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
	if t.given != nil {
		if sum := t.given[n].Load(); sum != 0 {
			return ^sum, nil
		}
		defer func() {
			if err == nil {
				t.given[n].Store(^sum)
			}
		}()
	}
	first, known := t.hops[0], t.rarities
	for _, way := range first.spokes.from(t.g, n) {
		row := way.rows.of(n)
		if err := t.step(len(row) + 1); err != nil {
			return 0, err
		}
		for _, to := range row {
			if to == n && way.skipSelf {
				continue
			}
			if !known.in[to] {
				known.add(to, t.rarity(first, to))
			}
			sum = store.AddCounts(sum, known.amounts[to])
		}
	}
	return sum, nil
}

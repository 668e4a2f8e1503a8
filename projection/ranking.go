package projection

import (
	"cmp"
	"encoding/binary"
	"math"
	"strings"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// property is something that entities are sorted by.
type property uint8

const (
	byID property = iota
	byTitle
	byCitedBy
	byYear
	byAdded
	properties // how many are properties of the entity itself
	byTier     = properties
)

var propertyOf = map[store.OrderBy]property{
	store.OrderByTitle: byTitle, store.OrderByCitedBy: byCitedBy, store.OrderByYear: byYear, store.OrderByAdded: byAdded, store.OrderByRelevance: byTier,
}

// sortKey is a property and the direction in which it runs.
type sortKey struct {
	by         property
	descending bool
}

// ranking is a total order of entities: by keys, then by id.
type ranking struct {
	g            *Graph
	keys         []sortKey
	idDescending bool
	tiers        []uint8 // by number, where a key is byTier
}

// newRanking reads an order of the contract. tiers are needed for an order by relevance only.
func newRanking(g *Graph, orders []store.Order, tiers []uint8) *ranking {
	r := &ranking{g: g, tiers: tiers}
	for _, o := range orders {
		key := sortKey{propertyOf[o.By], o.Descending && o.By != store.OrderByRelevance}
		r.keys = append(r.keys, key)
		r.idDescending = key.descending
	}
	return r
}

// value is a numeric property of an entity; ok is false where it is missing.
func (r *ranking) value(n uint32, by property) (v int64, ok bool) {
	switch by {
	case byCitedBy:
		return int64(r.g.citedBy.at(n)), true
	case byYear:
		v := r.g.years.at(n)
		return int64(v), v != noYear
	case byAdded:
		v := r.g.added.at(n)
		return v, v != noTime
	default:
		return int64(r.tiers[n]), true
	}
}

// known tells whether an entity has a property at all.
func (r *ranking) known(n uint32, by property) bool {
	if by == byID || by == byTitle {
		return true
	}
	_, ok := r.value(n, by)
	return ok
}

// primary is a number that puts entities in the order of the first key as far as it can: where a's is less than b's, a comes first.
func (r *ranking) primary(n uint32) int64 {
	key := r.keys[0]
	var v int64
	switch key.by {
	case byTitle:
		v = prefix(r.g.titles.at(n))
	case byID:
		v = prefix(r.g.ids.at(n).Slug())
	default:
		var ok bool
		if v, ok = r.value(n, key.by); !ok {
			return math.MaxInt64
		}
	}
	if key.descending {
		return ^v
	}
	return v
}

// prefix is the beginning of a text as a number that sorts like it.
func prefix(s string) int64 {
	var head [8]byte
	copy(head[:], s)
	return int64(binary.BigEndian.Uint64(head[:]) ^ 1<<63)
}

// compare orders two entities.
func (r *ranking) compare(a, b uint32) int {
	if c := r.compareKeys(a, b); c != 0 {
		return c
	}
	return directed(cmp.Compare(r.g.ids.at(a), r.g.ids.at(b)), r.idDescending)
}

// compareKeys orders two entities by the keys alone.
func (r *ranking) compareKeys(a, b uint32) int {
	for _, key := range r.keys {
		if key.by == byID {
			break
		}
		var c int
		if key.by == byTitle {
			c = strings.Compare(r.g.titles.at(a), r.g.titles.at(b))
		} else {
			va, oka := r.value(a, key.by)
			vb, okb := r.value(b, key.by)
			if oka != okb {
				return missingLast(oka)
			}
			c = cmp.Compare(va, vb)
		}
		if c != 0 {
			return directed(c, key.descending)
		}
	}
	return 0
}

// against compares an entity with a position.
func (r *ranking) against(n uint32, p *store.Position) int {
	if c := r.againstKeys(n, p.Keys); c != 0 {
		return c
	}
	return directed(cmp.Compare(r.g.ids.at(n), p.ID), r.idDescending)
}

func (r *ranking) againstKeys(n uint32, keys []store.SortValue) int {
	for i, key := range r.keys {
		var c int
		if key.by == byTitle {
			c = strings.Compare(r.g.titles.at(n), keys[i].Text)
		} else {
			v, ok := r.value(n, key.by)
			if ok == keys[i].Missing {
				return missingLast(ok)
			}
			c = cmp.Compare(v, keys[i].Int)
			if !ok {
				c = 0
			}
		}
		if c != 0 {
			return directed(c, key.descending)
		}
	}
	return 0
}

func directed(c int, descending bool) int {
	if descending {
		return -c
	}
	return c
}

func missingLast(known bool) int {
	if known {
		return -1
	}
	return 1
}

// sortValues are an entity's keys as positions carry them.
func (r *ranking) sortValues(n uint32) []store.SortValue {
	values := make([]store.SortValue, len(r.keys))
	for i, key := range r.keys {
		if key.by == byTitle {
			values[i].Text = r.g.titles.at(n)
		} else if v, ok := r.value(n, key.by); ok {
			values[i].Int = v
		} else {
			values[i].Missing = true
		}
	}
	return values
}

func (r *ranking) position(n uint32) store.Position {
	return store.Position{Keys: r.sortValues(n), ID: r.g.ids.at(n)}
}

// resultRanking orders results: paper id, place in the source, id.
type resultRanking struct{ g *Graph }

func (r resultRanking) primary(n uint32) int64 {
	return prefix(r.g.ids.at(r.g.results.facts.at(n).ends[resultPaper]).Slug())
}

func (r resultRanking) compare(a, b uint32) int {
	g, fa, fb := r.g, r.g.results.facts.at(a), r.g.results.facts.at(b)
	return cmp.Or(
		cmp.Compare(g.ids.at(fa.ends[resultPaper]), g.ids.at(fb.ends[resultPaper])),
		cmp.Compare(fa.order, fb.order),
		cmp.Compare(g.results.ids.at(a), g.results.ids.at(b)))
}

func (r resultRanking) against(n uint32, p *store.Position) int {
	f := r.g.results.facts.at(n)
	return cmp.Or(
		cmp.Compare(r.g.ids.at(f.ends[resultPaper]), literature.ID(p.Keys[0].Text)),
		cmp.Compare(int64(f.order), p.Keys[1].Int),
		cmp.Compare(r.g.results.ids.at(n), p.ID))
}

func (r resultRanking) position(n uint32) store.Position {
	f := r.g.results.facts.at(n)
	return store.Position{
		Keys: []store.SortValue{{Text: string(r.g.ids.at(f.ends[resultPaper]))}, {Int: int64(f.order)}},
		ID:   r.g.results.ids.at(n),
	}
}

package storetest

import (
	"fmt"
	"strings"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

func (d dice) id() literature.ID {
	if d.chance(5) {
		return pick(d, []literature.ID{"", "paper/none", "relation/0123456789abcdef", "result/r1", "nonsense"})
	}
	return pick(d, universe)
}

func (d dice) idOf(kind literature.EntityKind) literature.ID {
	if d.chance(5) {
		return d.id()
	}
	return pick(d, ofKind(universe, kind))
}

func (d dice) ids(n int) []literature.ID { return some(d, n, d.id) }

func (d dice) page() store.Page {
	return store.Page{Limit: pick(d, []int{store.MaxPage, 3, 1, 2, 0}), Backward: d.chance(30)}
}

func (d dice) direction() store.Direction {
	return pick(d, []store.Direction{store.Outgoing, store.Incoming, store.Both})
}

func (d dice) kinds(n int) []literature.RelationKind {
	if d.chance(40) {
		return nil
	}
	return some(d, n, func() literature.RelationKind {
		return pick(d, append(literature.RelationKinds(), literature.Cites, literature.Cites, literature.Cites, literature.About, literature.About))
	})
}

func (d dice) via() []store.KindDirection {
	return append(some(d, 1, d.oneVia), d.oneVia())
}

func (d dice) oneVia() store.KindDirection {
	return store.KindDirection{Kind: pick(d, append(literature.RelationKinds(), "")), Direction: d.direction()}
}

func (d dice) text() string {
	text := d.words(2)
	switch d.upTo(9) {
	case 1:
		text = `"` + text + `"`
	case 2:
		text += "*"
	case 3:
		text = strings.ToLower(text) + " -" + d.words(1)
	case 4:
		text = string([]rune(text)[:1+d.upTo(2)%len([]rune(text))])
	case 5:
		text = pick(d, hostile)
	}
	return text
}

func (d dice) query() store.Query {
	query, err := store.ParseQuery(d.text())
	if err != nil {
		return store.Query{}
	}
	return query
}

func (d dice) bounds(from, to int) store.Range {
	var r store.Range
	if d.chance(50) {
		r.From = ptr(from + d.upTo(to-from))
	}
	if d.chance(50) {
		r.To = ptr(from + d.upTo(to-from))
	}
	return r
}

// filter draws a filter that may decide about stubs if it is at the top.
func (d dice) filter(depth int, top bool) store.Filter {
	var f store.Filter
	for range 1 + d.upTo(1) {
		switch d.upTo(12) {
		case 0:
			f.Years = d.bounds(2019, 2023)
		case 1:
			f.CitedBy = d.bounds(0, 4)
		case 2, 3, 4:
			f.Terms = append(f.Terms, d.term())
		case 5:
			f.HasArtifact = ptr(d.chance(50))
		case 6:
			f.HasResult = ptr(d.chance(50))
		case 7:
			f.IDs = append([]literature.ID{}, d.ids(6)...)
		case 8:
			f.Text = d.query()
		case 9:
			f.Kinds = append(some(d, 1, d.kind), literature.KindPaper)
		}
	}
	if top && d.chance(30) {
		f.Stub = ptr(d.chance(50))
	}
	if depth < store.MaxFilterDepth && d.chance(30) {
		inner := func() store.Filter { return d.filter(depth+1, false) }
		switch d.upTo(2) {
		case 0:
			f.And = some(d, 2, inner)
		case 1:
			f.Or = some(d, 3, inner)
		case 2:
			f.Not = ptr(inner())
		}
	}
	return f
}

func (d dice) maybeFilter() *store.Filter {
	if d.chance(50) {
		return nil
	}
	return ptr(d.filter(0, true))
}

func (d dice) kind() literature.EntityKind { return pick(d, literature.EntityKinds()) }

var termDimensions = []store.Dimension{store.ByTopic, store.ByVenue, store.ByAuthor, store.BySystem, store.ByOrganization, store.ByCollection, store.ByWorkload}

func (d dice) term() store.TermMatch {
	term := store.TermMatch{Dimension: pick(d, termDimensions), Narrower: d.chance(50)}
	value := func() literature.ID { return d.idOf(dimensions[term.Dimension].of) }
	switch d.upTo(2) {
	case 0:
		term.AnyOf = append(some(d, 2, value), value())
	case 1:
		term.AllOf = append(some(d, 1, value), value())
	case 2:
		term.NoneOf = append(some(d, 1, value), value())
	}
	return term
}

// order draws an order that the filter allows.
func (d dice) order(f *store.Filter) []store.Order {
	by := []store.OrderBy{store.OrderByCitedBy, store.OrderByYear, store.OrderByTitle, store.OrderByAdded}
	if _, ok := f.RelevanceQuery(); ok {
		by = append(by, store.OrderByRelevance)
	}
	var orders []store.Order
	used := make(map[store.OrderBy]bool)
	for range d.upTo(2) {
		order := store.Order{By: pick(d, by), Descending: d.chance(50)}
		if !used[order.By] {
			orders = append(orders, order)
		}
		used[order.By] = true
	}
	return orders
}

func (d dice) listQuery() store.ListQuery {
	q := store.ListQuery{Kind: literature.KindPaper, Filter: d.maybeFilter(), WithTotal: d.chance(50), WithStubs: d.chance(30), Narrower: d.chance(30)}
	if d.chance(40) {
		q.Kind = d.kind()
	}
	if d.chance(60) {
		q.Parents, q.Via = d.ids(3), d.via()
	}
	q.Order = d.order(q.Filter)
	return q
}

func (d dice) facetQuery() store.FacetQuery {
	q := store.FacetQuery{Filter: d.maybeFilter(), Narrower: d.chance(30)}
	if d.chance(50) {
		q.Parents, q.Via = d.ids(3), d.via()
	}
	q.Groupings = append(some(d, 1, d.grouping), d.grouping())
	return q
}

func (d dice) grouping() store.Grouping {
	g := store.Grouping{Limit: pick(d, []int{store.MaxPage, 1, 2}), Samples: d.upTo(3)}
	every := append([]store.Dimension{store.ByYear, store.BySeries, store.ByHasArtifact, store.ByHasResult}, termDimensions...)
	used := make(map[store.Dimension]bool)
	for range 1 + d.upTo(2) {
		if dimension := pick(d, every); !used[dimension] {
			g.Dimensions = append(g.Dimensions, dimension)
			used[dimension] = true
		}
	}
	if d.chance(20) {
		g.Filter = ptr(d.filter(0, true))
	}
	return g
}

func (d dice) relationQuery() store.RelationQuery {
	q := store.RelationQuery{Sources: d.ids(4), Direction: d.direction(), Kinds: d.kinds(3), WithTotal: d.chance(50), Bare: d.chance(30)}
	if d.chance(30) {
		q.Targets = append([]literature.ID{}, d.ids(8)...)
	}
	if d.chance(40) {
		q.Filter = ptr(d.filter(0, true))
	}
	if d.chance(40) {
		q.Order = d.order(q.Filter)
	}
	return q
}

func (d dice) resultQuery() store.ResultQuery {
	q := store.ResultQuery{WithTotal: d.chance(50)}
	if d.chance(60) {
		q.Parents = d.ids(4)
	}
	f := &q.Filter
	switch d.upTo(7) {
	case 1:
		f.Terms = []store.TermMatch{{Dimension: store.BySystem, AnyOf: append(d.ids(1), d.idOf(literature.KindSystem))}}
	case 2:
		f.Terms = []store.TermMatch{{Dimension: store.ByWorkload, NoneOf: append(d.ids(1), d.idOf(literature.KindWorkload))}}
	case 3:
		f.Terms = []store.TermMatch{d.term(), {Dimension: store.ByTopic, AnyOf: append(d.ids(1), d.idOf(literature.KindTopic)), Narrower: d.chance(50)}}
	case 4:
		f.Metrics = []string{pick(d, []string{"latency", "throughput", "none"})}
	case 5:
		f.Kinds = []literature.ResultKind{pick(d, []literature.ResultKind{literature.Measurement, literature.Motivation})}
	case 6:
		f.MinImprovement = ptr(float64(1 + d.upTo(2)))
	}
	return q
}

func (d dice) textQuery() store.TextQuery {
	return store.TextQuery{Query: d.query(), Kinds: some(d, 2, d.kind), Filter: d.maybeFilter(), WithTotal: d.chance(50), NamesOnly: d.chance(30)}
}

func (d dice) postingQuery() store.PostingQuery {
	q := store.PostingQuery{Limit: d.upTo(5), Rarest: max(0, d.upTo(4)-1), Beyond: d.upTo(2)}
	for range d.upTo(2) {
		list := make(store.Tokens)
		for _, token := range analysis.Tokens(d.words(6)) {
			list[token.Stem] = 1 + d.upTo(2)
		}
		q.Tokens = append(q.Tokens, list)
	}
	return q
}

func (d dice) walk(key literature.ID) store.Walk {
	w := store.Walk{Key: key, Filter: d.maybeFilter(), WithTotal: d.chance(50), Via: d.upTo(3), MinVia: max(0, d.upTo(8)-6)}
	w.Starts = some(d, 4, func() store.Start { return store.Start{ID: d.id(), Weight: int64(1 + d.upTo(2))} })
	for range 1 + d.upTo(2) {
		w.Hops = append(w.Hops, store.Hop{Kinds: d.kinds(2), Direction: d.direction(), Weigh: pick(d, []store.HopRule{store.WeighOne, store.WeighIDF, store.WeighRarity, store.WeighRootCitedBy, store.WeighSalton})})
	}
	switch d.upTo(10) { // the walks that papergraph lives on come more often
	case 1, 2:
		w.Hops = sharedTopics
	case 3, 4:
		w.Hops = coupling
	case 5:
		w.Hops = reach
	case 6, 7:
		for i := range w.Starts {
			w.Starts[i].Weight = 1
		}
		w.Hops = []store.Hop{{Kinds: d.kinds(2), Direction: d.direction(), Weigh: store.HopRule(d.upTo(2))}, {Kinds: d.kinds(2), Direction: d.direction(), Weigh: store.WeighJaccard}}
		if d.chance(60) {
			w.Hops = alikeTopics
		}
	}
	w.Onward, w.WithStubs = d.chance(20), d.chance(30)
	if w.Bare = d.chance(30); w.Bare {
		w.Via, w.MinVia = 0, 0
	}
	if d.chance(15) {
		w.Targets = append([]literature.ID{}, d.ids(8)...)
	}
	w.Exclude = d.ids(2)
	return w
}

// blends asks for several walks, some of which are put together.
func (d dice) blends() store.WalkQuery {
	var q store.WalkQuery
	var keys []literature.ID
	for i := range 2 + d.upTo(3) {
		w := d.walk(literature.ID(fmt.Sprint("walk", i)))
		if w.Page.Limit = d.upTo(6); d.chance(80) {
			w.Page.Limit, w.Bare, w.Via, w.MinVia = 2+d.upTo(20), true, 0, 0
			keys = append(keys, w.Key)
			switch d.upTo(6) {
			case 0:
				w.Hops = nil
			case 1, 2: // related work takes one way twice
				w.Hops, w.Onward = coupling, false
			case 3, 4:
				w.Hops, w.Onward = reach, d.chance(80)
			}
			if i > 0 && d.chance(60) {
				w.Starts = q.Walks[0].Starts
			}
		}
		q.Walks = append(q.Walks, w)
	}
	for i := range d.upTo(2) {
		b := store.Blend{Key: literature.ID(fmt.Sprint("blend", i)), Page: store.Page{Limit: d.upTo(8), Backward: d.chance(20)}}
		for _, key := range keys {
			switch d.upTo(6) {
			case 0:
				b.Without = append(b.Without, key)
			case 4:
				b.Within = key
			case 1, 2, 3:
				b.Parts = append(b.Parts, store.Part{Walk: key, Weight: float64(1+d.upTo(8)) / 2})
			}
		}
		if d.chance(20) {
			b.Page.From = &store.Position{Keys: []store.SortValue{{Int: int64(d.upTo(10)) * 1e8}}, ID: d.id()}
		}
		q.Blends = append(q.Blends, b)
	}
	return q
}

func (d dice) pathQuery() store.PathQuery {
	return store.PathQuery{From: d.id(), To: d.id(), Kinds: d.kinds(4), MaxHops: 1 + d.upTo(3), Limit: pick(d, []int{100, 1, 2, 5})}
}

func (d dice) key() store.Key {
	key := store.Key{Scheme: store.ByName, Value: d.words(2)}
	switch d.upTo(3) {
	case 1:
		key = store.Key{Kind: literature.KindPaper, Scheme: store.BySlug, Value: d.id().Slug()}
	case 2:
		key = store.Key{Scheme: store.KeyScheme(literature.DOI), Value: pick(d, []string{"10.1000/0", "10.1000/1", "10.1000/2", "10.1000/9"})}
	}
	if d.chance(30) {
		key.Kind = d.kind()
	}
	return key
}

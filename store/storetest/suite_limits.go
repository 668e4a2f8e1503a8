package storetest

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// ask is one well-formed question for each method of the contract, by the method's name.
var ask = map[string]func(context.Context, store.Store) error{
	"Records": func(ctx context.Context, s store.Store) error {
		_, err := s.Records(ctx, []literature.ID{"paper/alpha"})
		return err
	},
	"Resolve": func(ctx context.Context, s store.Store) error {
		_, err := s.Resolve(ctx, []store.Key{{Scheme: store.ByName, Value: "alpha"}})
		return err
	},
	"List": func(ctx context.Context, s store.Store) error {
		_, err := s.List(ctx, store.ListQuery{Kind: literature.KindPaper, Page: all})
		return err
	},
	"Facets": func(ctx context.Context, s store.Store) error {
		_, err := s.Facets(ctx, store.FacetQuery{Groupings: []store.Grouping{{Dimensions: []store.Dimension{store.ByYear}, Limit: 5}}})
		return err
	},
	"Relations": func(ctx context.Context, s store.Store) error {
		_, err := s.Relations(ctx, store.RelationQuery{Sources: []literature.ID{"paper/alpha"}, Direction: store.Both, Page: all})
		return err
	},
	"Degrees": func(ctx context.Context, s store.Store) error {
		_, err := s.Degrees(ctx, []literature.ID{"paper/alpha"}, []store.KindDirection{{Direction: store.Both}})
		return err
	},
	"Results": func(ctx context.Context, s store.Store) error {
		_, err := s.Results(ctx, store.ResultQuery{Page: all})
		return err
	},
	"Search": func(ctx context.Context, s store.Store) error {
		query, err := store.ParseQuery("storage")
		if err == nil {
			_, err = s.Search(ctx, store.TextQuery{Query: query, Page: all})
		}
		return err
	},
	"Postings": func(ctx context.Context, s store.Store) error {
		_, err := s.Postings(ctx, store.PostingQuery{Tokens: []store.Tokens{{"storag": 1}}, Limit: 5})
		return err
	},
	"Walk": func(ctx context.Context, s store.Store) error {
		_, err := s.Walk(ctx, store.WalkQuery{Walks: []store.Walk{{Key: "paper/alpha", Starts: from("paper/alpha"), Hops: sharedTopics, Page: all}}})
		return err
	},
	"Paths": func(ctx context.Context, s store.Store) error {
		_, err := s.Paths(ctx, store.PathQuery{From: "paper/alpha", To: "paper/lost", MaxHops: 2, Limit: 1})
		return err
	},
	"Scan": func(ctx context.Context, s store.Store) error {
		_, err := s.Scan(ctx, store.ScanQuery{}, func(store.Change, []literature.Record) error { return nil })
		return err
	},
	"History": func(ctx context.Context, s store.Store) error {
		_, err := s.History(ctx, store.HistoryQuery{IDs: []literature.ID{"paper/alpha"}, Page: all})
		return err
	},
	"Stats": func(ctx context.Context, s store.Store) error {
		_, err := s.Stats(ctx)
		return err
	},
	"Apply": func(ctx context.Context, s store.Store) error {
		_, err := s.Apply(ctx, store.Batch{Author: "storetest", Upsert: []literature.Record{paper("late", "Late", "")}})
		return err
	},
}

var limitScenarios = []scenario{
	{"Context", func(p probe) {
		cancelled, cancel := context.WithCancel(p.ctx())
		cancel()
		late, cancel := context.WithDeadline(p.ctx(), time.Unix(0, 0))
		defer cancel()
		for method, ask := range ask {
			if err := ask(cancelled, p.s); !errors.Is(err, context.Canceled) {
				p.t.Errorf("%s, cancelled: %v", method, err)
			}
			if err := ask(late, p.s); !errors.Is(err, context.DeadlineExceeded) {
				p.t.Errorf("%s, past its deadline: %v", method, err)
			}
		}
		p.equal("late, which was not written", len(p.records("paper/late")), 0)
	}},
	{"ErrInvalid", func(p probe) {
		ctx := p.ctx()
		many := make([]literature.ID, store.MaxKeys+1)
		outgoing := store.KindDirection{Kind: literature.Cites, Direction: store.Outgoing}
		records := func(ids []literature.ID) error { _, err := p.s.Records(ctx, ids); return err }
		list := func(q store.ListQuery) error { _, err := p.s.List(ctx, q); return err }
		facets := func(g store.Grouping) error {
			_, err := p.s.Facets(ctx, store.FacetQuery{Groupings: []store.Grouping{g}})
			return err
		}
		relations := func(q store.RelationQuery) error { _, err := p.s.Relations(ctx, q); return err }
		walk := func(w store.Walk) error { _, err := p.s.Walk(ctx, store.WalkQuery{Walks: []store.Walk{w}}); return err }
		blend := func(b store.Blend) error {
			_, err := p.s.Walk(ctx, store.WalkQuery{Walks: []store.Walk{{Key: "bare", Hops: coupling, Bare: true}, {Key: "full", Hops: coupling}}, Blends: []store.Blend{b}})
			return err
		}
		paths := func(q store.PathQuery) error { _, err := p.s.Paths(ctx, q); return err }
		search := func(q store.TextQuery) error { _, err := p.s.Search(ctx, q); return err }
		results := func(q store.ResultQuery) error { _, err := p.s.Results(ctx, q); return err }
		history := func(q store.HistoryQuery) error { _, err := p.s.History(ctx, q); return err }
		postings := func(q store.PostingQuery) error { _, err := p.s.Postings(ctx, q); return err }
		degrees := func(ids []literature.ID, of ...store.KindDirection) error {
			_, err := p.s.Degrees(ctx, ids, of)
			return err
		}
		resolve := func(keys []store.Key) error { _, err := p.s.Resolve(ctx, keys); return err }
		storage := p.query("storage")
		for name, err := range map[string]error{
			"too many ids":                     records(many),
			"too many keys":                    resolve(make([]store.Key, store.MaxKeys+1)),
			"no kind":                          list(store.ListQuery{}),
			"a page too long":                  list(store.ListQuery{Kind: literature.KindPaper, Page: store.Page{Limit: store.MaxPage + 1}}),
			"a page too short":                 list(store.ListQuery{Kind: literature.KindPaper, Page: store.Page{Limit: -1}}),
			"a position of another order":      list(store.ListQuery{Kind: literature.KindPaper, Page: store.Page{From: &store.Position{}}}),
			"parents without via":              list(store.ListQuery{Kind: literature.KindPaper, Parents: many[:1]}),
			"too many parents":                 list(store.ListQuery{Kind: literature.KindPaper, Parents: many, Via: []store.KindDirection{outgoing}}),
			"an unknown order":                 list(store.ListQuery{Kind: literature.KindPaper, Order: []store.Order{{By: "SIZE"}}}),
			"relevance to nothing":             list(store.ListQuery{Kind: literature.KindPaper, Order: []store.Order{{By: store.OrderByRelevance}}}),
			"a filter with stubs below Or":     list(store.ListQuery{Kind: literature.KindPaper, Filter: &store.Filter{Or: []store.Filter{{Stub: ptr(true)}}}}),
			"any of nothing":                   list(store.ListQuery{Kind: literature.KindPaper, Filter: &store.Filter{Terms: []store.TermMatch{{Dimension: store.ByTopic, AnyOf: []literature.ID{}}}}}),
			"no dimensions":                    facets(store.Grouping{Limit: 1}),
			"no buckets":                       facets(store.Grouping{Dimensions: []store.Dimension{store.ByYear}}),
			"too many samples":                 facets(store.Grouping{Dimensions: []store.Dimension{store.ByYear}, Limit: 1, Samples: 11}),
			"no direction":                     relations(store.RelationQuery{Sources: many[:1]}),
			"an unknown kind of relation":      relations(store.RelationQuery{Sources: many[:1], Direction: store.Both, Kinds: []literature.RelationKind{"LIKES"}}),
			"a relation's position, too short": relations(store.RelationQuery{Sources: many[:1], Direction: store.Both, Page: store.Page{From: &store.Position{}}}),
			"too many to count":                degrees(many, outgoing),
			"degrees without direction":        degrees(nil, store.KindDirection{}),
			"results page":                     results(store.ResultQuery{Page: store.Page{Limit: -1}}),
			"a query of nothing":               search(store.TextQuery{}),
			"a query of nots":                  search(store.TextQuery{Query: p.query("-storage")}),
			"search page":                      search(store.TextQuery{Query: storage, Page: store.Page{Limit: -1}}),
			"too many tokens":                  postings(store.PostingQuery{Tokens: slices.Repeat([]store.Tokens{{"storag": 1}}, store.MaxKeys+1)}),
			"a token that no text holds":       postings(store.PostingQuery{Tokens: []store.Tokens{{"storag": 0}}}),
			"fewer than none of the tokens":    postings(store.PostingQuery{Rarest: -1}),
			"a walk of no hops":                walk(store.Walk{}),
			"a walk too long":                  walk(store.Walk{Hops: make([]store.Hop, store.MaxHops+1)}),
			"a start without weight":           walk(store.Walk{Hops: sharedTopics, Starts: []store.Start{{ID: "paper/alpha"}}}),
			"a blend of no walk":               blend(store.Blend{Parts: []store.Part{{Walk: "nothing", Weight: 1}}}),
			"a blend without weight":           blend(store.Blend{Parts: []store.Part{{Walk: "bare"}}}),
			"a blend of what is not bare":      blend(store.Blend{Without: []literature.ID{"full"}}),
			"a blend under a walk's key":       blend(store.Blend{Key: "bare"}),
			"too many on the way":              walk(store.Walk{Hops: sharedTopics, Via: store.MaxVia + 1}),
			"a path of no hops":                paths(store.PathQuery{Limit: 1}),
			"a path too long":                  paths(store.PathQuery{Limit: 1, MaxHops: store.MaxHops + 1}),
			"no paths":                         paths(store.PathQuery{MaxHops: 1}),
			"history page":                     history(store.HistoryQuery{Page: store.Page{Limit: store.MaxPage + 1}}),
			"a position that is no version":    history(store.HistoryQuery{Page: store.Page{From: &store.Position{Keys: []store.SortValue{{Text: "1"}}}}}),
			"histories of too many":            history(store.HistoryQuery{IDs: many}),
			"kinds in the history of an id":    history(store.HistoryQuery{IDs: many[:1], Kinds: []literature.EntityKind{literature.KindPaper}}),
			"changes of an unknown kind":       history(store.HistoryQuery{Kinds: []literature.EntityKind{"COLOUR"}}),
			"changes since the future":         history(store.HistoryQuery{Since: 1000}),
			"history since the future":         history(store.HistoryQuery{IDs: many[:1], Since: 1000}),
		} {
			if !errors.Is(err, store.ErrInvalid) {
				p.t.Errorf("%s: error %v, want one that wraps %q", name, err, store.ErrInvalid)
			}
		}
		if err := records(many[1:]); err != nil {
			p.t.Errorf("as many ids as are allowed: %v", err)
		}
	}},
}

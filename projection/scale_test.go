package projection_test

import (
	"bytes"
	"context"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/projection"
	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/storetest"
)

// The benchmarks stand on a corpus of 200,000 papers and 2 million citations, and check what they are told before they take the time.

var corpus = storetest.Corpus{Seed: 1, Papers: 200_000}

// loaded is the corpus in a graph, fed batch by batch as an owner does it.
var loaded = sync.OnceValues(func() (*projection.Graph, error) {
	g := projection.New(analysis.SortKey)
	for batch := range corpus.Batches(10_000) {
		var err error
		if g, err = g.Apply(projection.Change{Version: g.Version() + 1, Upserted: batch.Upsert}); err != nil {
			return nil, err
		}
	}
	return g, nil
})

// blanks lends records that hold nothing but their id, so that benchmarks time the projection alone.
type blanks struct{ found projection.Matches }

func (blanks) Records(_ context.Context, ids []literature.ID) (map[literature.ID]literature.Record, error) {
	records := make(map[literature.ID]literature.Record, len(ids))
	for _, id := range ids {
		records[id] = literature.Blank(id)
	}
	return records, nil
}

// Match gives what was found once.
func (b blanks) Match(context.Context, store.Query, bool) (projection.Matches, error) {
	return b.found, nil
}

// everyFifth matches a fifth of the papers.
func everyFifth(g *projection.Graph) blanks {
	var b blanks
	for i := 0; i < corpus.Papers; i += 5 {
		b.found.Numbers = append(b.found.Numbers, g.Number(corpus.Paper(i)))
		b.found.Tiers = append(b.found.Tiers, uint8(1+i%3))
	}
	return b
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		var applying time.Duration
		g := projection.New(analysis.SortKey)
		for batch := range corpus.Batches(10_000) {
			start := time.Now()
			var err error
			if g, err = g.Apply(projection.Change{Upserted: batch.Upsert}); err != nil {
				b.Fatal(err)
			}
			applying += time.Since(start)
		}
		b.ReportMetric(applying.Seconds(), "apply-s/op")
	}
}

func BenchmarkPack(b *testing.B) {
	g := load(b)
	var packed bytes.Buffer
	b.Run("Encode", func(b *testing.B) {
		for b.Loop() {
			packed.Reset()
			if err := g.Encode(&packed); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(packed.Len())/1e6, "MB")
	})
	b.Run("Decode", func(b *testing.B) {
		for b.Loop() {
			if _, err := projection.Decode(bytes.NewReader(packed.Bytes()), analysis.SortKey); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Memory", func(b *testing.B) {
		for b.Loop() {
			before := heap()
			g, _ := projection.Decode(bytes.NewReader(packed.Bytes()), analysis.SortKey)
			b.ReportMetric(float64(heap()-before)/1e6, "MB")
			start := time.Now()
			g.Prepare()
			b.ReportMetric(time.Since(start).Seconds(), "prepare-s")
			b.ReportMetric(float64(heap()-before)/1e6, "prepared-MB")
			runtime.KeepAlive(g)
		}
	})
}

func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkApply adds one paper that cites 20, and asks for the first page of all papers.
func BenchmarkApply(b *testing.B) {
	g := load(b)
	p := &literature.Paper{Base: literature.Base{ID: "paper/new", Labels: []literature.LocalizedText{{Value: "New", Locale: "en"}}}, PublishedOn: "2024"}
	change := projection.Change{Upserted: []literature.Record{p}}
	for i := range 20 {
		change.Upserted = append(change.Upserted, &literature.Relation{Kind: literature.Cites, Source: p.ID, Target: corpus.Paper(i * 9_000)})
	}
	change.Upserted = append(change.Upserted, &literature.Relation{Kind: literature.About, Source: p.ID, Target: storetest.HubTopic, Weight: 1})
	list := store.ListQuery{Kind: literature.KindPaper, Page: store.Page{Limit: 20}}
	g.Prepare()
	b.Run("Apply", func(b *testing.B) {
		for b.Loop() {
			if _, err := g.Apply(change); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Apply, then list", func(b *testing.B) {
		for b.Loop() {
			next, err := g.Apply(change)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := (projection.View{Graph: next, Source: blanks{}}).List(b.Context(), list); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkQuestions(b *testing.B) {
	g := load(b)
	v := projection.View{Graph: g, Source: everyFifth(g)}
	ctx := b.Context()
	page := store.Page{Limit: 20}
	hub := []literature.ID{storetest.HubTopic}
	inHub := []store.TermMatch{{Dimension: store.ByTopic, AnyOf: hub}}
	papersOf := []store.KindDirection{{Kind: literature.About, Direction: store.Incoming}}
	since2020 := 2020
	middle, hubPaper := corpus.Paper(100_001), corpus.Paper(150_000)
	coupled := corpus.Paper(100_003)
	shared := []store.Hop{
		{Kinds: []literature.RelationKind{literature.About}, Direction: store.Outgoing, Weigh: store.WeighIDF},
		{Kinds: []literature.RelationKind{literature.About}, Direction: store.Incoming},
	}
	coupling := []store.Hop{
		{Kinds: []literature.RelationKind{literature.Cites}, Direction: store.Outgoing},
		{Kinds: []literature.RelationKind{literature.Cites}, Direction: store.Incoming, Weigh: store.WeighSalton},
	}
	list := func(q store.ListQuery) func() (int, error) {
		return func() (int, error) {
			q.Kind = literature.KindPaper
			if q.Page.Limit == 0 {
				q.Page = page
			}
			pages, err := v.List(ctx, q)
			n := 0
			for _, p := range pages {
				n += len(p.Items)
			}
			return n, err
		}
	}
	relations := func(q store.RelationQuery) func() (int, error) {
		return func() (int, error) {
			q.Page = page
			pages, err := v.Relations(ctx, q)
			return len(pages[q.Sources[0]].Items), err
		}
	}
	facets := func(q store.FacetQuery) func() (int, error) {
		return func() (int, error) {
			counts, err := v.Facets(ctx, q)
			n := 0
			for _, c := range counts {
				for _, c := range c {
					n += len(c.Buckets)
				}
			}
			return n, err
		}
	}
	walk := func(w store.Walk) func() (int, error) {
		return func() (int, error) {
			w.Page = page
			pages, err := v.Walk(ctx, store.WalkQuery{Walks: []store.Walk{w}})
			return len(pages[w.Key].Items), err
		}
	}
	groupings := []store.Grouping{
		{Dimensions: []store.Dimension{store.ByTopic}, Limit: 20},
		{Dimensions: []store.Dimension{store.ByYear}, Limit: 100},
		{Dimensions: []store.Dimension{store.ByVenue}, Limit: 20},
	}
	crossed := []store.Grouping{{Dimensions: []store.Dimension{store.ByTopic, store.ByYear}, Limit: 100}}
	query, err := store.ParseQuery("word")
	if err != nil {
		b.Fatal(err)
	}
	path := func(from, to literature.ID, limit int) func() (int, error) {
		return func() (int, error) {
			answer, err := v.Paths(ctx, store.PathQuery{From: from, To: to, MaxHops: 6, Limit: limit})
			return len(answer.Paths), err
		}
	}
	cites := []literature.RelationKind{literature.Cites}
	citePath := func(from, to literature.ID, limit int) func() (int, error) {
		return func() (int, error) {
			answer, err := v.Paths(ctx, store.PathQuery{From: from, To: to, Kinds: cites, MaxHops: 6, Limit: limit})
			return len(answer.Paths), err
		}
	}
	g.Prepare()
	for _, question := range []struct {
		name string
		want int
		ask  func() (int, error)
	}{
		{"relations of a paper", 20, relations(store.RelationQuery{Sources: []literature.ID{hubPaper}, Direction: store.Both})},
		{"relations of the hub", 20, relations(store.RelationQuery{Sources: hub, Direction: store.Incoming, Kinds: []literature.RelationKind{literature.About}})},
		{"relations of the hub by year", 20, relations(store.RelationQuery{Sources: hub, Direction: store.Incoming, Order: []store.Order{{By: store.OrderByYear, Descending: true}}})},
		{"all papers", 20, list(store.ListQuery{})},
		{"all papers by title", 20, list(store.ListQuery{Order: []store.Order{{By: store.OrderByTitle}}})},
		{"papers of the hub", 20, list(store.ListQuery{Parents: hub, Via: papersOf})},
		{"papers of the hub, total", 20, list(store.ListQuery{Parents: hub, Via: papersOf, WithTotal: true})},
		{"papers of the hub since 2020 by title", 20, list(store.ListQuery{Filter: &store.Filter{Terms: inHub, Years: store.Range{From: &since2020}}, Order: []store.Order{{By: store.OrderByTitle}}})},
		{"papers of the hub since 2020 by title, total", 20, list(store.ListQuery{Filter: &store.Filter{Terms: inHub, Years: store.Range{From: &since2020}}, Order: []store.Order{{By: store.OrderByTitle}}, WithTotal: true})},
		{"papers of the hub by year, citedBy, total", 20, list(store.ListQuery{Filter: &store.Filter{Terms: inHub}, Order: []store.Order{{By: store.OrderByYear, Descending: true}, {By: store.OrderByCitedBy, Descending: true}}, WithTotal: true})},
		{"papers of the hub and an author", -1, list(store.ListQuery{Parents: hub, Via: papersOf, WithTotal: true, Filter: &store.Filter{Terms: []store.TermMatch{{Dimension: store.ByAuthor, AnyOf: []literature.ID{"author/a-3"}}}}})},
		{"papers with text, total", 20, list(store.ListQuery{Filter: &store.Filter{Text: query}, WithTotal: true})},
		{"search, total", 20, func() (int, error) {
			found, err := v.Search(ctx, store.TextQuery{Query: query, Page: page, WithTotal: true})
			return len(found.Items), err
		}},
		{"facets over 1,000", 20 + 35 + 20, facets(store.FacetQuery{Parents: []literature.ID{storetest.SmallTopic}, Via: papersOf, Groupings: groupings})},
		{"facets over 20,000", 20 + 35 + 20, facets(store.FacetQuery{Parents: []literature.ID{storetest.LargeTopic}, Via: papersOf, Groupings: groupings})},
		{"crossed facet over 20,000", 100, facets(store.FacetQuery{Parents: []literature.ID{storetest.LargeTopic}, Via: papersOf, Groupings: crossed})},
		{"facets over all", 20 + 35 + 20, facets(store.FacetQuery{Groupings: groupings})},
		{"shared topics through the hub", 20, walk(store.Walk{Key: hubPaper, Starts: []store.Start{{ID: hubPaper, Weight: 1}}, Hops: shared, Via: 5})},
		{"shared topics, at least 2", 20, walk(store.Walk{Key: hubPaper, Starts: []store.Start{{ID: hubPaper, Weight: 1}}, Hops: shared, Via: 5, MinVia: 2})},
		{"coupling", 20, walk(store.Walk{Key: coupled, Starts: []store.Start{{ID: coupled, Weight: 1}}, Hops: coupling, Via: 5})},
		{"path", 1, path(middle, hubPaper, 1)},
		{"paths, 10", 10, path(middle, hubPaper, 10)},
		{"paths of authors, 10", 10, path("author/a-90000", "author/a-91111", 10)},
		{"paths by citations", 1, citePath(corpus.Paper(70_001), corpus.Paper(199_999), 1)},
		{"paths by citations, 10", 10, citePath(corpus.Paper(70_001), corpus.Paper(199_999), 10)},
		{"paths by citations, 100", 100, citePath(corpus.Paper(70_001), corpus.Paper(199_999), 100)},
	} {
		b.Run(question.name, func(b *testing.B) {
			if n, err := question.ask(); err != nil || n != question.want && question.want >= 0 {
				b.Fatalf("%d items, error %v: want %d", n, err, question.want)
			}
			for b.Loop() {
				_, _ = question.ask()
			}
		})
	}
}

func load(b *testing.B) *projection.Graph {
	g, err := loaded()
	if err != nil {
		b.Fatal(err)
	}
	if stats := g.Stats(); stats.Entities[literature.KindPaper] != corpus.Papers {
		b.Fatalf("the corpus has %d papers: want %d", stats.Entities[literature.KindPaper], corpus.Papers)
	}
	return g
}

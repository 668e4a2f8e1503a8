package explore_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/storetest"
)

var whole = cmp.Options{cmp.Exporter(func(reflect.Type) bool { return true }), cmpopts.EquateEmpty()}

// smallGraph is what a test knows of a graph of papers and topics.
type smallGraph struct {
	stub  map[literature.ID]bool // of all papers
	topic map[literature.ID]bool
	joins map[literature.ID]*literature.Relation
	// answers tells which paper answers for a redirected one.
	answers map[literature.ID]literature.ID
}

// named resolves ids.
func (g *smallGraph) named(ids []literature.ID) []literature.ID {
	var named []literature.ID
	for _, id := range ids {
		if to, ok := g.answers[id]; ok {
			id = to
		}
		named = append(named, id)
	}
	return named
}

func (g *smallGraph) papers() []literature.ID {
	var ids []literature.ID
	for id := range g.stub {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// change draws one change that a store takes, and makes it.
func (g *smallGraph) change(t *rapid.T) store.Batch {
	b := store.Batch{Author: "test"}
	paper := func() literature.ID {
		return literature.ID(fmt.Sprintf("paper/p%d", rapid.IntRange(0, 7).Draw(t, "paper")))
	}
	forget := func(id literature.ID) {
		delete(g.stub, id)
		for relation, r := range g.joins {
			if r.Source == id || r.Target == id {
				delete(g.joins, relation)
			}
		}
	}
	for range rapid.IntRange(1, 4).Draw(t, "papers") {
		id := paper()
		delete(g.answers, id)
		g.stub[id] = rapid.IntRange(0, 3).Draw(t, "stub") == 0
		b.Upsert = slices.DeleteFunc(b.Upsert, func(r literature.Record) bool { return r.RecordID() == id })
		b.Upsert = append(b.Upsert, &literature.Paper{Base: namedBase(literature.KindPaper, id.Slug()), Type: literature.Article, IsStub: g.stub[id]})
	}
	if topic := literature.ID(fmt.Sprintf("topic/t%d", rapid.IntRange(0, 2).Draw(t, "topic"))); !g.topic[topic] {
		g.topic[topic] = true
		b.Upsert = append(b.Upsert, &literature.Topic{Base: namedBase(literature.KindTopic, topic.Slug())})
	}
	papers := g.papers()
	for range rapid.IntRange(0, 12).Draw(t, "relations") {
		r := joined(literature.Cites, rapid.SampledFrom(papers).Draw(t, "from"), rapid.SampledFrom(papers).Draw(t, "to"))
		if rapid.IntRange(0, 3).Draw(t, "about") == 0 {
			r = joined(literature.About, r.Source, literature.ID("topic/"+rapid.SampledFrom([]string{"t0", "t1", "t2"}).Draw(t, "of")))
			r.Weight = literature.FullWeight
		}
		if g.joins[r.ID] == nil && (r.Kind == literature.Cites || g.topic[r.Target]) {
			g.joins[r.ID] = r
			b.Upsert = append(b.Upsert, r)
		}
	}
	switch id := paper(); rapid.IntRange(0, 5).Draw(t, "removal") {
	case 0: // only relations that stood there before can go in the same batch as others come
		for relation, r := range g.joins {
			if r.Source == id && !slices.ContainsFunc(b.Upsert, func(u literature.Record) bool { return u.RecordID() == relation }) {
				b.Remove = append(b.Remove, relation)
				delete(g.joins, relation)
			}
		}
	case 1, 2:
		if !slices.ContainsFunc(b.Upsert, func(u literature.Record) bool {
			r, ok := u.(*literature.Relation)
			return u.RecordID() == id || ok && (r.Source == id || r.Target == id)
		}) {
			if to := rapid.SampledFrom(papers).Draw(t, "instead"); to != id && rapid.Bool().Draw(t, "redirect") {
				b.Redirect = map[literature.ID]literature.ID{id: to}
				for old, answering := range g.answers {
					if answering == id {
						g.answers[old] = to
					}
				}
				g.answers[id] = to
			} else {
				b.Remove = append(b.Remove, id)
			}
			forget(id)
		}
	}
	return b
}

// pageRank is the definition over all pairs of papers, iterated for long.
func (g *smallGraph) pageRank() map[literature.ID]float64 {
	papers := g.papers()
	n := float64(len(papers))
	rank := make(map[literature.ID]float64)
	for _, id := range papers {
		rank[id] = 1 / n
	}
	cites := func(from, to literature.ID) bool {
		return g.joins[literature.NewRelationID(literature.Cites, from, to)] != nil
	}
	for range 400 {
		next := make(map[literature.ID]float64)
		for _, from := range papers {
			var to []literature.ID
			for _, other := range papers {
				if cites(from, other) {
					to = append(to, other)
				}
			}
			next[from] += 0.15 / n
			if len(to) == 0 {
				to = papers
			}
			for _, other := range to {
				next[other] += 0.85 * rank[from] / float64(len(to))
			}
		}
		rank = next
	}
	return rank
}

// walk is the definition of the personalized walk, from one seed.
func (g *smallGraph) walk(seed literature.ID, steps int) map[literature.ID]float64 {
	at := map[literature.ID]float64{seed: 1}
	for range steps {
		next := make(map[literature.ID]float64)
		for here, chance := range at {
			ways := make(map[string][]literature.ID)
			for _, r := range g.joins {
				if r.Source == here {
					ways["to "+string(r.Kind)] = append(ways["to "+string(r.Kind)], r.Target)
				}
				if r.Target == here {
					ways["from "+string(r.Kind)] = append(ways["from "+string(r.Kind)], r.Source)
				}
			}
			if len(ways) == 0 {
				next[seed] += chance
				continue
			}
			next[seed] += 0.15 * chance
			for _, to := range ways {
				for _, other := range to {
					next[other] += 0.85 * chance / float64(len(ways)) / float64(len(to))
				}
			}
		}
		at = next
	}
	return at
}

// TestArrays makes random changes to both stores: the arrays catch up to what reading anew gives, the same on both, and rankings and walks on them are what their definitions say.
func TestArrays(t *testing.T) {
	storetest.Checks(t, 30)
	rapid.Check(t, func(rt *rapid.T) {
		g := &smallGraph{stub: map[literature.ID]bool{}, topic: map[literature.ID]bool{}, joins: map[literature.ID]*literature.Relation{}, answers: map[literature.ID]literature.ID{}}
		reference, sqlite := storetest.NewReference(), embedded(t)
		caught, err := explore.ReadArrays(t.Context(), sqlite)
		if err != nil {
			rt.Fatal(err)
		}
		for range rapid.IntRange(1, 4).Draw(rt, "rounds") {
			for range rapid.IntRange(1, 3).Draw(rt, "changes") {
				batch := g.change(rt)
				for _, s := range []store.Store{reference, sqlite} {
					if _, err := s.Apply(t.Context(), batch); err != nil {
						rt.Fatal(err)
					}
				}
			}
			anew, err := explore.ReadArrays(t.Context(), reference)
			if err != nil {
				rt.Fatal(err)
			}
			if caught, err = caught.CatchUp(t.Context(), sqlite); err != nil {
				rt.Fatal(err)
			}
			if diff := cmp.Diff(anew, caught, whole); diff != "" {
				rt.Fatalf("(-read anew from the reference +caught up with sqlite):\n%s", diff)
			}
			g.check(t.Context(), rt, sqlite, caught)
		}
	})
}

func (g *smallGraph) check(ctx context.Context, t *rapid.T, s store.Store, a *explore.Arrays) {
	ranks, cited := g.pageRank(), make(map[literature.ID]float64)
	for _, r := range g.joins {
		if r.Kind == literature.Cites {
			cited[r.Target]++
		}
	}
	stubs := rapid.Bool().Draw(t, "stubs")
	ids := rapid.SliceOfDistinct(rapid.SampledFrom([]literature.ID{"paper/p1", "paper/p2", "paper/p3", "paper/p4", "paper/p5"}), rapid.ID[literature.ID]).Draw(t, "ids")
	for _, filter := range []*store.Filter{nil, {Stub: &stubs}, {IDs: append([]literature.ID{}, ids...)}} {
		for by, values := range map[explore.Centrality]map[literature.ID]float64{explore.ByPageRank: ranks, explore.ByInDegree: cited} {
			want := make(map[literature.ID]float64)
			for _, id := range g.papers() {
				if g.stub[id] == (filter != nil && filter.Stub != nil && stubs) && (filter == nil || filter.IDs == nil || slices.Contains(g.named(ids), id)) {
					want[id] = values[id]
				}
			}
			q := explore.RankedQuery{By: by, Filter: filter, WithTotal: true, Page: store.Page{Limit: rapid.IntRange(1, 3).Draw(t, "page")}}
			got := make(map[literature.ID]float64)
			last := explore.Ranked{Value: math.Inf(1)}
			for {
				page, err := explore.RankedPapers(ctx, s, a, q)
				if err != nil {
					t.Fatal(err)
				}
				if page.Total != len(want) || page.Version != a.Version || page.HasPrevious != (q.Page.From != nil) || page.HasNext && len(page.Items) != q.Page.Limit {
					t.Fatalf("page info %+v of %d items, want %d in all", page.PageInfo, len(page.Items), len(want))
				}
				for _, item := range page.Items {
					if item.Value > last.Value || item.Value == last.Value && item.Paper.ID <= last.Paper.ID {
						t.Fatalf("%s (%g) behind %s (%g)", item.Paper.ID, item.Value, last.Paper.ID, last.Value)
					}
					got[item.Paper.ID], last = item.Value, item
				}
				if !page.HasNext {
					break
				}
				q.Page.From = &last.Position
			}
			if diff := cmp.Diff(want, got, cmpopts.EquateApprox(0, 1e-8)); diff != "" {
				t.Fatalf("%s (-want +got):\n%s", by, diff)
			}
		}
	}
	seed := rapid.SampledFrom(g.papers()).Draw(t, "seed")
	for _, filter := range []*store.Filter{nil, {IDs: append([]literature.ID{}, ids...)}} {
		q := explore.RelatedQuery{
			Seeds: []*literature.Paper{{Base: literature.Base{ID: seed}}}, Weights: map[explore.Signal]float64{explore.PersonalizedPageRank: 1}, Arrays: a,
			Filter: filter, WithStubs: stubs, Page: store.Page{Limit: 100},
		}
		pages, err := explore.RelatedPapers(ctx, s, []explore.RelatedQuery{q})
		if err != nil {
			t.Fatal(err)
		}
		want, got := make(map[literature.ID]float64), make(map[literature.ID]float64)
		for id, chance := range g.walk(seed, 4) {
			if stub, isPaper := g.stub[id]; isPaper && (stubs || !stub) && id != seed && (filter == nil || slices.Contains(g.named(ids), id)) {
				want[id] = chance
			}
		}
		for _, item := range pages[0].Items {
			got[item.ID] = item.Signals[0].Raw
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateApprox(0, 1e-11)); diff != "" {
			t.Fatalf("the walk from %s (-want +got):\n%s", seed, diff)
		}
	}
}

// written is a store that takes a batch while it is scanned as a whole: after the entities were told and before the relations are, as a store may that reads one batch at a time.
type written struct {
	store.Store
	batch store.Batch
}

func (w written) Scan(ctx context.Context, q store.ScanQuery, fn func(store.Change, []literature.Record) error) (store.Version, error) {
	if q.Since > 0 {
		return w.Store.Scan(ctx, q, fn)
	}
	only := func(entities bool) func(store.Change, []literature.Record) error {
		return func(change store.Change, records []literature.Record) error {
			return fn(change, slices.DeleteFunc(records, func(r literature.Record) bool {
				_, ok := r.(literature.Entity)
				return ok != entities
			}))
		}
	}
	version, err := w.Store.Scan(ctx, q, only(true))
	if err != nil {
		return 0, err
	}
	if _, err := w.Apply(ctx, w.batch); err != nil {
		return 0, err
	}
	_, err = w.Store.Scan(ctx, q, only(false))
	return version, err
}

// TestArraysReadWhileWritten: what comes and goes while a graph is read is there and gone once its arrays have caught up.
func TestArraysReadWhileWritten(t *testing.T) {
	a, b, c := literature.ID("paper/a"), literature.ID("paper/b"), literature.ID("paper/c")
	s := madeOf(t, map[literature.RelationKind][][2]literature.ID{literature.Cites: {{a, b}, {b, a}}})
	arrays, err := explore.ReadArrays(t.Context(), written{s, store.Batch{Author: "test", Remove: []literature.ID{b}, Upsert: []literature.Record{
		&literature.Paper{Base: namedBase(literature.KindPaper, "c"), Type: literature.Article}, joined(literature.Cites, a, c), joined(literature.Cites, c, a),
	}}})
	if err != nil {
		t.Fatal(err)
	}
	if arrays, err = arrays.CatchUp(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	anew, err := explore.ReadArrays(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(anew, arrays, whole); diff != "" || len(arrays.IDs()) != 2 {
		t.Errorf("%d entities (-read anew +caught up):\n%s", len(arrays.IDs()), diff)
	}
}

// TestRankedPapersFillTheirPages: whomever the filter lets pass, pages are full, in few calls.
func TestRankedPapersFillTheirPages(t *testing.T) {
	s := embedded(t)
	readCorpus(t, storetest.Corpus{Seed: 7, Papers: 3000}, s)
	a, err := explore.ReadArrays(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	ranking := func(filter *store.Filter, limit int) (ids []literature.ID, calls int) {
		t.Helper()
		q := explore.RankedQuery{By: explore.ByPageRank, Filter: filter, Page: store.Page{Limit: limit}}
		counted := storetest.Count(s)
		for {
			page, err := explore.RankedPapers(t.Context(), counted, a, q)
			if err != nil {
				t.Fatal(err)
			}
			if page.HasNext && len(page.Items) != limit {
				t.Fatalf("a page of %d before others", len(page.Items))
			}
			for _, item := range page.Items {
				ids = append(ids, item.Paper.ID)
				q.Page.From = &item.Position
			}
			if !page.HasNext {
				return ids, counted.Total()
			}
		}
	}
	all, calls := ranking(nil, store.MaxPage)
	if len(all) != 3000 || calls > 6 {
		t.Fatalf("%d papers in %d calls", len(all), calls)
	}
	for name, test := range map[string]struct {
		want  []literature.ID
		limit int
		calls int // of the store: 1,000 papers and then all others are asked about, and of those that pass 1,000 are told at a time
	}{
		"the last five":          {all[2995:], 20, 2},
		"the first and the last": {append(slices.Clone(all[:10]), all[2990:]...), 20, 2},
		"all but the first":      {all[1000:], 1000, 3 + 1 + 2},
		"nobody":                 {nil, 20, 2},
	} {
		got, calls := ranking(&store.Filter{IDs: append([]literature.ID{}, test.want...)}, test.limit)
		if diff := cmp.Diff(test.want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if calls > test.calls {
			t.Errorf("%s: %d calls, want at most %d", name, calls, test.calls)
		}
	}
}

// TestPersonalizedSettles: four steps put most of the papers first that thirty do, even where papers are joined at random.
func TestPersonalizedSettles(t *testing.T) {
	corpus := storetest.Corpus{Seed: 11, Papers: 2000}
	s := embedded(t)
	l := readCorpus(t, corpus, s)
	a, err := explore.ReadArrays(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	first := func(seed literature.ID, steps int) []literature.ID {
		chances, err := a.Personalized(t.Context(), []literature.ID{seed}, steps)
		if err != nil {
			t.Fatal(err)
		}
		var order []int
		for n, id := range a.IDs() {
			if id.EntityKind() == literature.KindPaper && id != seed && chances[n] > 0 {
				order = append(order, n)
			}
		}
		slices.SortFunc(order, func(n, m int) int { return int(math.Copysign(1, chances[m]-chances[n])) })
		var ids []literature.ID
		for _, n := range order[:20] {
			ids = append(ids, a.IDs()[n])
		}
		return ids
	}
	same, asked := 0, 0
	for i := 0; i < len(l.papers); i += 40 {
		long := first(l.papers[i], 30)
		for _, id := range first(l.papers[i], 4) {
			if asked++; slices.Contains(long, id) {
				same++
			}
		}
	}
	if share := float64(same) / float64(asked); share < 0.8 {
		t.Errorf("%.3f of the first 20 are the same", share)
	}
}

// scanning counts scans, and holds each until it is let go, or fails it.
type scanning struct {
	store.Store
	scans atomic.Int32
	begun chan struct{}
	letGo chan error
}

func (s *scanning) Scan(ctx context.Context, q store.ScanQuery, fn func(store.Change, []literature.Record) error) (store.Version, error) {
	s.scans.Add(1)
	s.begun <- struct{}{}
	select {
	case err := <-s.letGo:
		if err != nil {
			return 0, err
		}
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	return s.Store.Scan(ctx, q, fn)
}

func TestArrayCache(t *testing.T) {
	broken := errors.New("broken")
	s := &scanning{Store: storetest.NewReference(), begun: make(chan struct{}), letGo: make(chan error)}
	apply := func(slug string) {
		t.Helper()
		if _, err := s.Apply(t.Context(), store.Batch{Author: "test", Upsert: []literature.Record{&literature.Paper{Base: namedBase(literature.KindPaper, slug), Type: literature.Article}}}); err != nil {
			t.Fatal(err)
		}
	}
	apply("a")
	cache := explore.NewArrayCache(s)
	ask := func(ctx context.Context, n int) func(want store.Version, failure error) {
		var wait sync.WaitGroup
		versions, errs := make([]store.Version, n), make([]error, n)
		for i := range n {
			wait.Go(func() {
				a, err := cache.Arrays(ctx)
				if errs[i] = err; err == nil {
					versions[i] = a.Version
				}
			})
		}
		return func(want store.Version, failure error) {
			t.Helper()
			wait.Wait()
			for i := range n {
				if versions[i] != want || !errors.Is(errs[i], failure) {
					t.Errorf("version %d and %v, want %d and %v", versions[i], errs[i], want, failure)
				}
			}
		}
	}
	// A failure reaches who waits, and is not kept.
	answered := ask(t.Context(), 1)
	<-s.begun
	s.letGo <- broken
	answered(0, broken)
	// Who leaves does not end the reading, which others wait for or come to.
	leaving, leave := context.WithCancel(t.Context())
	left := ask(leaving, 1)
	<-s.begun
	leave()
	left(0, context.Canceled)
	answered = ask(t.Context(), 10)
	s.letGo <- nil
	answered(1, nil)
	ask(t.Context(), 10)(1, nil)
	if n := s.scans.Load(); n != 2 {
		t.Errorf("%d scans, want 2", n)
	}
	// A change is caught up with once, for all who ask after it.
	apply("b")
	answered = ask(t.Context(), 10)
	<-s.begun
	s.letGo <- nil
	answered(2, nil)
	if n := s.scans.Load(); n != 3 {
		t.Errorf("%d scans, want 3", n)
	}
	// Close ends what is being read.
	apply("c")
	answered = ask(t.Context(), 1)
	<-s.begun
	cache.Close()
	answered(0, context.Canceled)
}

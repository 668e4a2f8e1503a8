package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Run is the contract as a test. open gives an empty store and closes it after the test it was given; a store that is closed already
// must bear that. There is no way to leave a part out: a store that does not keep all of it is no store.
func Run(t *testing.T, open func(t *testing.T) store.Store) {
	t.Run("Read", func(t *testing.T) {
		s := open(t)
		p := probe{t, s}
		p.apply(Fixture())
		for _, test := range reading {
			t.Run(test.name, func(t *testing.T) { test.run(probe{t, s}) })
		}
	})
	for _, test := range writing {
		t.Run("Write/"+test.name, func(t *testing.T) { test.run(probe{t, open(t)}) })
	}
}

type scenario struct {
	name string
	run  func(p probe)
}

// reading are the scenarios that only read the fixture; they share one store. writing each get an empty one.
var (
	reading = slices.Concat(recordScenarios, listScenarios, filterScenarios, facetScenarios, relationScenarios, resultScenarios,
		searchScenarios, walkScenarios, pathScenarios, limitScenarios)
	writing = slices.Concat(emptyScenarios, applyScenarios, redirectScenarios, logScenarios, vanishScenarios, concurrentScenarios, crowdScenarios)
)

// probe asks a store and fails its test where the answer is an error.
type probe struct {
	t tester
	s store.Store
}

// tester is what a probe needs of *testing.T, *testing.B and *rapid.T.
type tester interface {
	Context() context.Context
	Helper()
	Log(args ...any)
	Error(args ...any)
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

func (p probe) ctx() context.Context { return p.t.Context() }

func (p probe) apply(b store.Batch) store.Version {
	p.t.Helper()
	if b.Author == "" {
		b.Author = "storetest"
	}
	version, err := p.s.Apply(p.ctx(), b)
	p.ok("Apply", err)
	return version
}

// upsert writes records and nothing else.
func (p probe) upsert(records ...literature.Record) store.Version {
	p.t.Helper()
	return p.apply(store.Batch{Upsert: records})
}

func (p probe) refuse(want error, b store.Batch) {
	p.t.Helper()
	if b.Author == "" {
		b.Author = "storetest"
	}
	version, err := p.s.Apply(p.ctx(), b)
	p.fails(want, err)
	if version != 0 {
		p.t.Errorf("a refused batch gives version %d, want 0", version)
	}
}

func (p probe) ok(what string, err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatalf("%s: %v", what, err)
	}
}

func (p probe) fails(want, err error) {
	p.t.Helper()
	if !errors.Is(err, want) {
		p.t.Errorf("error %v, want one that wraps %q", err, want)
	}
}

func (p probe) equal(what string, got, want any) {
	p.t.Helper()
	if diff := cmp.Diff(want, got, sameAnswer...); diff != "" {
		p.t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// sameAnswer lets an absent list and an empty one be the same, and means be computed in any order.
var sameAnswer = []cmp.Option{cmpopts.EquateEmpty(), cmpopts.EquateApprox(1e-9, 0)}

func (p probe) records(ids ...literature.ID) map[literature.ID]literature.Record {
	p.t.Helper()
	answer, err := p.s.Records(p.ctx(), ids)
	p.ok("Records", err)
	return answer
}

func (p probe) list(q store.ListQuery) map[literature.ID]store.EntityPage {
	p.t.Helper()
	answer, err := p.s.List(p.ctx(), q)
	p.ok("List", err)
	return answer
}

func (p probe) relations(q store.RelationQuery) map[literature.ID]store.RelationPage {
	p.t.Helper()
	answer, err := p.s.Relations(p.ctx(), q)
	p.ok("Relations", err)
	return answer
}

func (p probe) search(q store.TextQuery) store.HitPage {
	p.t.Helper()
	answer, err := p.s.Search(p.ctx(), q)
	p.ok("Search", err)
	return answer
}

func (p probe) walk(w store.Walk) store.ReachedPage {
	p.t.Helper()
	answer, err := p.s.Walk(p.ctx(), store.WalkQuery{Walks: []store.Walk{w}})
	p.ok("Walk", err)
	page, ok := answer[w.Key]
	if !ok {
		p.t.Errorf("Walk %q has no page", w.Key)
	}
	return page
}

func (p probe) stats() store.Stats {
	p.t.Helper()
	answer, err := p.s.Stats(p.ctx())
	p.ok("Stats", err)
	return answer
}

func (p probe) history(id literature.ID) store.ChangePage {
	p.t.Helper()
	answer, err := p.s.History(p.ctx(), store.HistoryQuery{IDs: []literature.ID{id}, Page: all})
	p.ok("History", err)
	page, ok := answer[id]
	if !ok {
		p.t.Errorf("History of %s has no page", id)
	}
	return page
}

// changes tells the versions of a page of all changes, the total, and what lies beside it.
func (p probe) changes(q store.HistoryQuery) string {
	p.t.Helper()
	answer, err := p.s.History(p.ctx(), q)
	p.ok("History", err)
	p.equal("how many lists", len(answer), 1)
	page := answer[""]
	var words []string
	for _, item := range page.Items {
		words = append(words, fmt.Sprint(item.Change.Version))
	}
	text := fmt.Sprint(strings.Join(words, " "), " ", page.Total)
	if page.HasPrevious {
		text += " previous"
	}
	if page.HasNext {
		text += " next"
	}
	return text
}

func (p probe) query(text string) store.Query {
	p.t.Helper()
	query, err := store.ParseQuery(text)
	p.ok("ParseQuery", err)
	return query
}

// all is a page that holds every list of the fixture.
var all = store.Page{Limit: store.MaxPage}

// slugs writes the items of a list as their ids, papers by slug alone, parted by spaces.
func slugs[T any](items []T, id func(T) literature.ID) string {
	var words []string
	for _, item := range items {
		words = append(words, strings.TrimPrefix(string(id(item)), "paper/"))
	}
	return strings.Join(words, " ")
}

func entitySlugs(page store.EntityPage) string {
	return slugs(page.Items, func(i store.EntityItem) literature.ID { return i.Entity.RecordID() })
}

func relationSlugs(page store.RelationPage) string {
	return slugs(page.Items, func(i store.RelationItem) literature.ID { return i.Other.RecordID() })
}

func resultSlugs(page store.ResultPage) string {
	return slugs(page.Items, func(i store.ResultItem) literature.ID { return literature.ID(i.Result.ID.Slug()) })
}

func hitSlugs(page store.HitPage) string {
	return slugs(page.Items, func(h store.Hit) literature.ID { return h.Entity.RecordID() })
}

func ptr[T any](v T) *T { return &v }

package storetest

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Long tells whether tests may take minutes: whether PAPERGRAPH_LONG is 1.
func Long() bool { return os.Getenv("PAPERGRAPH_LONG") == "1" }

// Checks sets how many random inputs the properties of a test meet in the short form; in the long form they are twenty times as many.
func Checks(t testing.TB, n int) {
	if Long() {
		n *= 20
	}
	setChecks(t, n)
}

// setChecks sets the flag of rapid, which is the only way, until the test is over.
func setChecks(t testing.TB, n int) {
	checks := flag.Lookup("rapid.checks")
	before := checks.Value.String()
	t.Cleanup(func() { _ = checks.Value.Set(before) })
	if err := checks.Value.Set(strconv.Itoa(n)); err != nil {
		t.Fatal(err)
	}
}

// Compare makes random graphs, in a store and in the reference, and asks both the same random questions on every method; the answers must be equal,
// positions included. Of more than store.MaxPaths paths it compares the lengths and checks that each is one. graphs is how many graphs there are in the short form;
// the long form has twenty times as many, and one with batches of 10,000 records. open is that of Run.
func Compare(t *testing.T, open func(t *testing.T) store.Store, graphs int) {
	Checks(t, graphs)
	t.Run("Graphs", func(t *testing.T) {
		rapid.Check(t, func(rt *rapid.T) {
			s := open(t)
			defer func() {
				if err := s.Close(); err != nil {
					rt.Errorf("Close: %v", err)
				}
			}()
			c := comparison{dice: dice{rt}, t: rt, got: s, want: NewReference()}
			c.apply(25, 40)
			for range c.upTo(4) {
				c.ask(3)
				c.apply(6, 12)
			}
			c.ask(15)
		})
	})
	if Long() {
		t.Run("Batches of 10,000", func(t *testing.T) {
			setChecks(t, 2)
			rapid.Check(t, func(rt *rapid.T) { compareMany(rt, open(t)) })
		})
	}
}

// comparison is one random graph in both stores.
type comparison struct {
	dice
	t         *rapid.T
	got, want store.Store
}

func (c comparison) apply(entities, relations int) {
	b := c.batch(c.want.(*reference).now, entities, relations)
	c.same("Apply", b, func(ctx context.Context, s store.Store) (any, error) { return s.Apply(ctx, b) })
}

// same asks both stores one question and compares the answers.
func (c comparison) same(method string, question any, ask func(context.Context, store.Store) (any, error)) any {
	ctx := c.t.Context()
	want, wantErr := ask(ctx, c.want)
	got, err := ask(ctx, c.got)
	if !errors.Is(err, class(wantErr)) {
		c.t.Fatalf("%s %s\nerror %v, want %v", method, text(question), err, wantErr)
	}
	if diff := cmp.Diff(want, got, sameAnswer...); diff != "" && err == nil {
		c.t.Fatalf("%s %s (-want +got):\n%s", method, text(question), diff)
	}
	return want
}

// class is the sentinel that an error wraps, or the error itself.
func class(err error) error {
	for _, sentinel := range []error{store.ErrInvalid, store.ErrConflict, store.ErrNotFound, store.ErrUnavailable, store.ErrCorrupt} {
		if errors.Is(err, sentinel) {
			return sentinel
		}
	}
	return err
}

// text prints a question so that one can read it in a failed test.
func text(question any) string {
	var b strings.Builder
	_, _ = b.WriteString(cmp.Diff(nil, question))
	return strings.ReplaceAll(b.String(), "+ \t", "")
}

// paged asks for a page, and then for one that begins at a position of the first, or right beside it.
func (c comparison) paged(method string, question any, ask func(context.Context, store.Store, store.Page) (any, []store.Position, error)) {
	page := c.page()
	for range 2 {
		var positions []store.Position
		c.same(method, []any{question, page}, func(ctx context.Context, s store.Store) (any, error) {
			answer, found, err := ask(ctx, s, page)
			positions = found
			return answer, err
		})
		if len(positions) == 0 {
			return
		}
		from := pick(c.dice, positions)
		if c.chance(20) && from.ID != "" {
			from.ID = c.id()
		}
		page = c.page()
		page.From = &from
	}
}

// ask asks so many questions on each method.
func (c comparison) ask(times int) {
	for range times {
		c.askForRecords()
		c.askForLists()
		c.askAround()
	}
	c.askForChanges()
}

func (c comparison) askForRecords() {
	ids := c.ids(10)
	c.same("Records", ids, func(ctx context.Context, s store.Store) (any, error) { return s.Records(ctx, ids) })
	keys := some(c.dice, 4, c.key)
	c.same("Resolve", keys, func(ctx context.Context, s store.Store) (any, error) { return s.Resolve(ctx, keys) })
	of := some(c.dice, 4, c.oneVia)
	c.same("Degrees", []any{ids, of}, func(ctx context.Context, s store.Store) (any, error) { return s.Degrees(ctx, ids, of) })
	postings := c.postingQuery()
	c.same("Postings", postings, func(ctx context.Context, s store.Store) (any, error) { return s.Postings(ctx, postings) })
	facets := c.facetQuery()
	c.same("Facets", facets, func(ctx context.Context, s store.Store) (any, error) { return s.Facets(ctx, facets) })
}

func (c comparison) askForLists() {
	list := c.listQuery()
	c.paged("List", list, func(ctx context.Context, s store.Store, page store.Page) (any, []store.Position, error) {
		list.Page = page
		answer, err := s.List(ctx, list)
		var found []store.Position
		for _, parent := range sortedKeys(answer) {
			for _, item := range answer[parent].Items {
				found = append(found, item.Position)
			}
		}
		return answer, found, err
	})
	relations := c.relationQuery()
	c.paged("Relations", relations, func(ctx context.Context, s store.Store, page store.Page) (any, []store.Position, error) {
		relations.Page = page
		answer, err := s.Relations(ctx, relations)
		var found []store.Position
		for _, source := range sortedKeys(answer) {
			for _, item := range answer[source].Items {
				found = append(found, item.Position)
			}
		}
		return answer, found, err
	})
	results := c.resultQuery()
	c.paged("Results", results, func(ctx context.Context, s store.Store, page store.Page) (any, []store.Position, error) {
		results.Page = page
		answer, err := s.Results(ctx, results)
		var found []store.Position
		for _, parent := range sortedKeys(answer) {
			for _, item := range answer[parent].Items {
				found = append(found, item.Position)
			}
		}
		return answer, found, err
	})
	search := c.textQuery()
	c.paged("Search", search, func(ctx context.Context, s store.Store, page store.Page) (any, []store.Position, error) {
		search.Page = page
		answer, err := s.Search(ctx, search)
		var found []store.Position
		for _, hit := range answer.Items {
			found = append(found, hit.Position)
		}
		return answer, found, err
	})
}

func (c comparison) askAround() {
	walks := store.WalkQuery{}
	for i := range 1 + c.upTo(1) {
		walks.Walks = append(walks.Walks, c.walk(literature.ID(fmt.Sprint("walk", i))))
	}
	blends := c.blends()
	c.same("Walk", blends, func(ctx context.Context, s store.Store) (any, error) { return s.Walk(ctx, blends) })
	c.paged("Walk", walks, func(ctx context.Context, s store.Store, page store.Page) (any, []store.Position, error) {
		for i := range walks.Walks {
			walks.Walks[i].Page = page
		}
		answer, err := s.Walk(ctx, walks)
		var found []store.Position
		for _, key := range sortedKeys(answer) {
			for _, item := range answer[key].Items {
				found = append(found, item.Position)
			}
		}
		return answer, found, err
	})
	paths := c.pathQuery()
	few := paths
	few.Limit = store.MaxPaths
	every, err := c.want.Paths(context.Background(), few)
	if err != nil {
		c.t.Fatal(err)
	}
	c.same("Paths", paths, func(ctx context.Context, s store.Store) (any, error) {
		answer, err := s.Paths(ctx, paths)
		checkPaths(probe{c.t, s}, paths, answer)
		if answer.Visited = nil; every.Exhausted {
			return answer, err
		}
		return []any{lengths(answer), answer.Exhausted}, err
	})
}

func (c comparison) askForChanges() {
	stats := c.same("Stats", nil, func(ctx context.Context, s store.Store) (any, error) {
		stats, err := s.Stats(ctx)
		withoutZeros(stats.Entities)
		withoutZeros(stats.Relations)
		return stats, err
	})
	since := store.Version(c.upTo(int(stats.(store.Stats).Version) + 1))
	history := store.HistoryQuery{WithTotal: c.chance(50)}
	if c.chance(50) {
		history.IDs = c.ids(3)
	} else if c.chance(50) {
		history.Kinds = []literature.EntityKind{literature.KindPaper, literature.KindSystem}[:1+c.upTo(1)]
	}
	if c.chance(50) {
		history.Since = since
	}
	c.paged("History", history, func(ctx context.Context, s store.Store, page store.Page) (any, []store.Position, error) {
		q := history
		q.Page = page
		answer, err := s.History(ctx, q)
		var found []store.Position
		for _, id := range sortedKeys(answer) {
			for _, item := range answer[id].Items {
				found = append(found, item.Position)
			}
		}
		return answer, found, err
	})
	scan := store.ScanQuery{Since: since, Bare: c.chance(50)}
	c.same("Scan", scan, func(ctx context.Context, s store.Store) (any, error) {
		var calls []any // of changes: how a whole graph is cut into batches is up to the store
		redirected := make(map[literature.ID]literature.ID)
		var records []literature.Record
		version, err := s.Scan(ctx, scan, func(change store.Change, batch []literature.Record) error {
			if scan.Since > 0 {
				calls = append(calls, change, batch)
				return nil
			}
			maps.Copy(redirected, change.Redirected)
			records = append(records, batch...)
			return nil
		})
		return []any{calls, records, redirected, version}, err
	})
}

// compareMany writes 10,000 records at once, changes most of them, removes a part, and asks now and then.
func compareMany(t *rapid.T, s store.Store) {
	defer func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	}()
	c := comparison{dice: dice{t}, t: t, got: s, want: NewReference()}
	write := func(b store.Batch) {
		b.Author, b.At = "many", Fixture().At
		c.same("Apply", len(b.Upsert)+len(b.Remove), func(ctx context.Context, s store.Store) (any, error) { return s.Apply(ctx, b) })
	}
	id := func(i int) literature.ID { return literature.ID(fmt.Sprintf("paper/m%d", i)) }
	var b store.Batch
	for i := range 5000 {
		b.Upsert = append(b.Upsert, paper(id(i).Slug(), c.words(2), pick(c.dice, dates)), relation(literature.Cites, id(i), id(c.upTo(4999))))
	}
	c.apply(25, 40)
	write(b)
	c.ask(1)
	b = store.Batch{}
	for i := range 5000 {
		b.Upsert = append(b.Upsert, paper(id(i).Slug(), c.words(1), pick(c.dice, dates)))
	}
	write(b)
	b = store.Batch{}
	for i := 0; i < 5000; i += 2 {
		b.Remove = append(b.Remove, id(i))
	}
	write(b)
	c.ask(2)
}

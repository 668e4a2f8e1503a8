package graph_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// pagedList is a list that pages walk: the field with its arguments but those of the page, and what encloses it.
type pagedList struct{ before, field, arguments, after string }

func (l pagedList) String() string { return l.before + l.field + "(" + l.arguments + ")" + l.after }

// pagedLists are lists of the papers of a pagingGraph, sorted in many ways. Only those of papers go backward.
func pagedLists() []pagedList {
	orders := []string{
		"", `orderBy: {field: CITED_BY_COUNT, direction: ASC}`,
		`orderBy: {field: YEAR}`, `orderBy: {field: YEAR, direction: ASC}`,
		`orderBy: {field: TITLE}`, `orderBy: [{field: YEAR}, {field: TITLE, direction: ASC}]`,
		`orderBy: [{field: ADDED_AT, direction: ASC}, {field: YEAR}]`,
		`filter: {text: "paper"}, orderBy: {field: RELEVANCE}`,
		`filter: {text: "even", year: {gte: 2001}}, orderBy: [{field: RELEVANCE}, {field: CITED_BY_COUNT, direction: ASC}]`,
	}
	var all []pagedList
	for _, order := range orders {
		all = append(all,
			pagedList{"", "papers", order, ""},
			pagedList{`topic(by: {id: "topic/top"}) { `, "papers", order, " }"})
	}
	return append(all,
		pagedList{`paper(by: {id: "paper/hub"}) { `, "citedBy", "", " }"},
		pagedList{`paper(by: {id: "paper/hub"}) { `, "citedBy", `orderBy: [{field: YEAR}, {field: TITLE}]`, " }"},
		pagedList{`paper(by: {id: "paper/hub"}) { `, "sharingTopics", "", " }"},
		pagedList{"", "search", `query: "paper", kinds: [PAPER]`, ""})
}

func (l pagedList) goesBackward() bool { return l.field == "papers" }

// page is one page of a list, as a client sees it.
type page struct {
	ids, cursors                 []string
	hasNextPage, hasPreviousPage bool
}

func (l pagedList) page(t *testing.T, handler http.Handler, backward bool, size int, cursor string) page {
	t.Helper()
	sizeName, cursorName := "first", "after"
	if backward {
		sizeName, cursorName = "last", "before"
	}
	query := fmt.Sprintf("query($n: Int!, $c: String) { %s%s(%s %s: $n, %s: $c) { edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }%s }",
		l.before, l.field, l.arguments, sizeName, cursorName, l.after)
	variables := map[string]any{"n": size}
	if cursor != "" {
		variables["c"] = cursor
	}
	given, err := json.Marshal(variables)
	if err != nil {
		t.Fatal(err)
	}
	type connection struct {
		Edges []struct {
			Cursor string
			Node   struct{ ID string }
		}
		PageInfo struct {
			HasNextPage, HasPreviousPage bool
			StartCursor, EndCursor       string
		}
	}
	var answer struct {
		Data   map[string]json.RawMessage
		Errors []any
	}
	text := ask(t, handler, query, given)
	if err := json.Unmarshal([]byte(text), &answer); err != nil || len(answer.Errors) > 0 {
		t.Fatalf("%s: %s", query, text)
	}
	data := answer.Data
	if l.before != "" {
		for _, enclosing := range answer.Data {
			data = nil
			if err := json.Unmarshal(enclosing, &data); err != nil {
				t.Fatal(err)
			}
		}
	}
	var c connection
	if err := json.Unmarshal(data[l.field], &c); err != nil {
		t.Fatal(err)
	}
	p := page{hasNextPage: c.PageInfo.HasNextPage, hasPreviousPage: c.PageInfo.HasPreviousPage}
	for _, edge := range c.Edges {
		p.ids, p.cursors = append(p.ids, edge.Node.ID), append(p.cursors, edge.Cursor)
	}
	if n := len(p.cursors); n > 0 && (p.cursors[0] != c.PageInfo.StartCursor || p.cursors[n-1] != c.PageInfo.EndCursor) {
		t.Errorf("%s: the cursors of the page are not those of its first and last edge", l)
	}
	return p
}

// walk reads the whole list, in pages of the sizes that next gives; now and then it goes on from the middle of a page.
func (l pagedList) walk(t *testing.T, handler http.Handler, backward bool, next func() int, fromTheMiddle func() bool) []string {
	t.Helper()
	var all []string
	cursor := ""
	for range 10_000 {
		p := l.page(t, handler, backward, next(), cursor)
		more := p.hasNextPage
		if backward {
			more = p.hasPreviousPage
			slices.Reverse(p.ids)
			slices.Reverse(p.cursors)
		}
		if n := len(p.ids); n > 1 && fromTheMiddle() {
			p.ids, p.cursors, more = p.ids[:n/2], p.cursors[:n/2], true
		}
		all = append(all, p.ids...)
		if !more {
			if backward {
				slices.Reverse(all)
			}
			return all
		}
		if len(p.ids) == 0 {
			t.Fatalf("%s: an empty page says that more follows", l)
		}
		cursor = p.cursors[len(p.cursors)-1]
	}
	t.Fatalf("%s: no end", l)
	return nil
}

// TestPagesJoin puts lists together from pages of one size, forward and backward: they are the whole list, and each page says what lies beside it.
func TestPagesJoin(t *testing.T) {
	never := func() bool { return false }
	for name, open := range stores {
		t.Run(name, func(t *testing.T) {
			handler := newHandler(holding(t, open, pagingGraph()))
			for _, l := range pagedLists() {
				whole := l.page(t, handler, false, 100, "")
				if len(whole.ids) < 20 || whole.hasNextPage || whole.hasPreviousPage {
					t.Fatalf("%s: %d items, next %v, previous %v", l, len(whole.ids), whole.hasNextPage, whole.hasPreviousPage)
				}
				for _, size := range []int{2, 9} {
					next := func() int { return size }
					if diff := cmp.Diff(whole.ids, l.walk(t, handler, false, next, never)); diff != "" {
						t.Errorf("%s in pages of %d (-whole +joined):\n%s", l, size, diff)
					}
					if !l.goesBackward() {
						continue
					}
					if diff := cmp.Diff(whole.ids, l.walk(t, handler, true, next, never)); diff != "" {
						t.Errorf("%s backward in pages of %d (-whole +joined):\n%s", l, size, diff)
					}
				}
				second := l.page(t, handler, false, 3, whole.cursors[1])
				if !slices.Equal(second.ids, whole.ids[2:5]) || !second.hasNextPage || !second.hasPreviousPage {
					t.Errorf("%s: the page behind the second item is %+v", l, second)
				}
				if l.goesBackward() {
					first := l.page(t, handler, true, 3, whole.cursors[1])
					if !slices.Equal(first.ids, whole.ids[:1]) || !first.hasNextPage || first.hasPreviousPage {
						t.Errorf("%s: the page before the second item is %+v", l, first)
					}
				}
			}
		})
	}
}

// TestPagesUnderWrites walks lists while another writer adds, changes and removes papers: what is there throughout and keeps its keys comes exactly once,
// in its place.
func TestPagesUnderWrites(t *testing.T) {
	// What is shared among others changes every score.
	lists := slices.DeleteFunc(pagedLists(), func(l pagedList) bool { return l.field == "sharingTopics" })
	for name, open := range stores {
		t.Run(name, func(t *testing.T) {
			s := holding(t, open, pagingGraph())
			handler := newHandler(s)
			steady := func(ids []string) []string {
				return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id == "paper/hub" || strings.HasPrefix(id, "paper/m") })
			}
			want := make(map[pagedList][]string)
			for _, l := range lists {
				want[l] = steady(l.page(t, handler, false, 100, "").ids)
			}
			seed := rand.Uint64()
			written := make(chan error, 1)
			asked := make(chan struct{}, 1)
			go func() { written <- disturb(s, rand.New(rand.NewPCG(seed, 1)), asked) }()
			disturbed := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				select {
				case asked <- struct{}{}:
				default: // still writing
				}
				handler.ServeHTTP(w, r)
			})
			r := rand.New(rand.NewPCG(seed, 2))
			for _, l := range lists {
				for _, backward := range []bool{false, true} {
					if backward && !l.goesBackward() {
						continue
					}
					got := l.walk(t, disturbed, backward, func() int { return 1 + r.IntN(9) }, func() bool { return r.IntN(4) == 0 })
					if diff := cmp.Diff(want[l], steady(got)); diff != "" {
						t.Errorf("%s, backward %v, seed %d (-quiet +under writes):\n%s", l, backward, seed, diff)
					}
				}
			}
			close(asked)
			if err := <-written; err != nil {
				t.Error(err)
			}
		})
	}
}

// disturb writes and removes some of the papers m0 to m19, in any state, whenever a page is asked for. They cite the hub alone, so that no other paper's citedBy changes.
func disturb(s store.Store, r *rand.Rand, asked <-chan struct{}) error {
	for range asked {
		batch := store.Batch{Author: "test"}
		for _, i := range r.Perm(20)[:1+r.IntN(4)] {
			slug := fmt.Sprintf("m%d", i)
			if r.IntN(3) == 0 {
				batch.Remove = append(batch.Remove, literature.NewID(literature.KindPaper, slug))
			} else {
				batch.Upsert = append(batch.Upsert, pagedPaper(slug, r.IntN(30), r.IntN(4))...)
			}
		}
		if _, err := s.Apply(context.Background(), batch); err != nil {
			return err
		}
	}
	return nil
}

// pagingGraph holds a hub, 60 papers that cite it, some of them each other, and are about one of two topics, and some of those that disturb writes.
func pagingGraph() []literature.Record {
	base := func(id literature.ID) literature.Base {
		return literature.Base{ID: id, Labels: []literature.LocalizedText{{Value: id.Slug(), Locale: literature.English}}}
	}
	records := []literature.Record{
		&literature.Topic{Base: base("topic/top")}, &literature.Topic{Base: base("topic/sub")},
		pagedRelation(literature.Broader, "topic/sub", "topic/top"),
		&literature.Paper{Base: base("paper/hub"), Type: literature.Article},
		pagedRelation(literature.About, "paper/hub", "topic/top"), pagedRelation(literature.About, "paper/hub", "topic/sub"),
	}
	for i := range 60 {
		id := fmt.Sprintf("s%d", i)
		records = append(records, pagedPaper(id, i/2, i%4)...)
		if i%5 > 0 {
			records = append(records, pagedRelation(literature.Cites, literature.NewID(literature.KindPaper, id), literature.ID(fmt.Sprintf("paper/s%d", i%5))))
		}
	}
	for i := range 10 {
		records = append(records, pagedPaper(fmt.Sprintf("m%d", i), i, i%4)...)
	}
	return records
}

// pagedPaper is a paper with its relations: of the nth year, or without one, and of one of four forms that differ in title, topic and the time they were added.
func pagedPaper(slug string, n, form int) []literature.Record {
	id := literature.NewID(literature.KindPaper, slug)
	title := []string{"Paper", "Even paper " + slug, "An odd thing", "Zebra, " + slug}[form]
	p := &literature.Paper{
		Base: literature.Base{
			ID: id, Labels: []literature.LocalizedText{{Value: title, Locale: literature.English}},
			Summaries: []literature.LocalizedText{{Value: "This paper is even.", Locale: literature.English}},
		},
		Type: literature.Article, AddedAt: time.Date(2026, 1, 1+form, 0, 0, 0, 0, time.UTC),
	}
	if n%10 > 0 {
		p.PublishedOn = fmt.Sprint(2000 + n)
	}
	topic := literature.ID("topic/top")
	if form%2 == 1 {
		topic = "topic/sub"
	}
	return []literature.Record{p, pagedRelation(literature.About, id, topic), pagedRelation(literature.Cites, id, "paper/hub")}
}

func pagedRelation(kind literature.RelationKind, source, target literature.ID) *literature.Relation {
	r := &literature.Relation{
		ID: literature.NewRelationID(kind, source, target), Kind: kind, Source: source, Target: target,
		Assertions: []literature.Assertion{{Origin: literature.Curated, Certainty: literature.CertaintyHigh, Source: "test"}},
	}
	if kind == literature.About {
		r.Weight = literature.FullWeight
	}
	return r
}

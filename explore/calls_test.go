package explore_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/storetest"
)

// TestMoreThanOneCallTakes: questions about more walks or papers than a store takes in one call are answered in several.
func TestMoreThanOneCallTakes(t *testing.T) {
	a, b := literature.ID("paper/a"), literature.ID("paper/b")
	s := madeOf(t, map[literature.RelationKind][][2]literature.ID{literature.Cites: {{a, b}}})
	records, err := s.Records(t.Context(), []literature.ID{a, b})
	if err != nil {
		t.Fatal(err)
	}
	queries := make([]explore.RelatedQuery, 1500)
	for i := range queries {
		queries[i] = explore.RelatedQuery{Seeds: []*literature.Paper{records[a].(*literature.Paper)}, Weights: explore.Discover.Weights(), Page: store.Page{Limit: 10}}
	}
	pages, err := explore.RelatedPapers(t.Context(), s, queries)
	if err != nil {
		t.Fatal(err)
	}
	for i := range pages {
		if len(pages[i].Items) != 1 || pages[i].Items[0].ID != b {
			t.Fatalf("query %d finds %v", i, pages[i].Items)
		}
		for range 9 { // the same paper ten times, more than there are keys in one call
			pages[i].Items = append(pages[i].Items, pages[i].Items[0])
		}
	}
	grounds, err := explore.Grounds(t.Context(), s, queries, pages)
	if err != nil {
		t.Fatal(err)
	}
	for i, of := range grounds {
		if len(of) != 10 || of[9].Grounds[explore.DirectCitation].Count != 1 || !of[9].Known[explore.DirectCitation] {
			t.Fatalf("query %d: %+v", i, of)
		}
	}

	page := []*literature.Paper{records[a].(*literature.Paper), records[b].(*literature.Paper)}
	for i := range store.MaxKeys {
		page = append(page, &literature.Paper{Base: namedBase(literature.KindPaper, fmt.Sprint("gone-", i))})
	}
	graphs, err := explore.PageGraphs(t.Context(), s, [][]*literature.Paper{page}, explore.PageQuery{NodeBudget: 10, RelationBudget: 10})
	if err != nil {
		t.Fatal(err)
	}
	if len(graphs[0].Nodes) != 10 || len(graphs[0].Relations) != 1 {
		t.Errorf("%d nodes and %d relations", len(graphs[0].Nodes), len(graphs[0].Relations))
	}
}

// worded is a store of which more papers share words than a signal brings in.
type worded struct{ store.Store }

// Postings gives each word asked for to 4,000 papers, and the first one to paper/b too, which is so long that the word says least of it.
func (w worded) Postings(_ context.Context, q store.PostingQuery) (store.PostingAnswer, error) {
	answer := store.PostingAnswer{Documents: 100_000, MeanLength: 10, Tokens: make(map[string]store.TokenPostings)}
	for i, word := range slices.Sorted(maps.Keys(q.Tokens[0])) {
		var of store.TokenPostings
		for n := range 4000 {
			of.Postings = append(of.Postings, store.Posting{ID: literature.NewID(literature.KindPaper, fmt.Sprintf("w%d-%d", i, n)), Count: 1, Length: 10})
		}
		if i == 0 {
			of.Postings = append(of.Postings, store.Posting{ID: "paper/b", Count: 1, Length: 1000})
		}
		of.DocumentFrequency = len(of.Postings)
		answer.Tokens[word] = of
	}
	return answer, nil
}

// TestMoreThanASignalBringsIn: where TEXT speaks for more papers than it brings in, the page says so, and a pair is measured all the same.
func TestMoreThanASignalBringsIn(t *testing.T) {
	a := &literature.Paper{Base: namedBase(literature.KindPaper, "a"), Type: literature.Article}
	b := &literature.Paper{Base: namedBase(literature.KindPaper, "b"), Type: literature.Article}
	a.Labels = inEnglish("one two three")
	s := storetest.NewReference()
	if _, err := s.Apply(t.Context(), store.Batch{Author: "test", Upsert: []literature.Record{a, b}}); err != nil {
		t.Fatal(err)
	}
	for words, truncated := range map[string]bool{"one two": false, "one two three": true} {
		a.Labels = inEnglish(words)
		pages, err := explore.RelatedPapers(t.Context(), worded{s}, []explore.RelatedQuery{{
			Seeds: []*literature.Paper{a}, Weights: map[explore.Signal]float64{explore.Text: 1}, Page: store.Page{Limit: 10},
		}})
		if err != nil {
			t.Fatal(err)
		}
		if pages[0].Truncated != truncated {
			t.Errorf("%q: truncated %t", words, !truncated)
		}
		e, err := explore.Explain(t.Context(), worded{s}, explore.ExplainQuery{From: a, To: b, MaxHops: 1, WithSignals: true})
		if err != nil {
			t.Fatal(err)
		}
		if len(e.Related.Signals) != 1 || e.Related.Signals[0].Raw <= 0 {
			t.Errorf("%q: %+v", words, e.Related.Signals)
		}
	}
}

package explore_test

import (
	"fmt"
	"testing"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
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

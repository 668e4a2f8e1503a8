package storetest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// CompareWords asks two stores what depends on the analysis of texts; the answers must be equal.
func CompareWords(t *testing.T, want, got store.Store) {
	t.Helper()
	compare := func(what string, ask func(store.Store) (any, error)) {
		t.Helper()
		wanted, err := ask(want)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := ask(got)
		if diff := cmp.Diff(wanted, answer, sameAnswer...); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got):\n%s", what, err, diff)
		}
	}
	page := store.Page{Limit: 100}
	var keys []store.Key
	_, err := want.Scan(t.Context(), store.ScanQuery{}, func(_ store.Change, records []literature.Record) error {
		for _, record := range records {
			if e, ok := record.(literature.Entity); ok {
				for _, name := range store.NameTexts(e) {
					keys = append(keys, store.Key{Scheme: store.ByName, Value: name})
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	compare("resolve", func(s store.Store) (any, error) { return s.Resolve(t.Context(), keys) })
	for _, word := range []string{"storage", "stored", "kernels", "persistence"} {
		query, err := store.ParseQuery(word)
		if err != nil {
			t.Fatal(err)
		}
		compare("search "+word, func(s store.Store) (any, error) {
			return s.Search(t.Context(), store.TextQuery{Query: query, Page: page})
		})
	}
	compare("postings", func(s store.Store) (any, error) {
		return s.Postings(t.Context(), store.PostingQuery{Tokens: []store.Tokens{{"storag": 1, "fast": 1}}, Limit: 100})
	})
	compare("by title", func(s store.Store) (any, error) {
		return s.List(t.Context(), store.ListQuery{Kind: literature.KindPaper, Order: []store.Order{{By: store.OrderByTitle}}, Page: page})
	})
}

package graph_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/papergraph/papergraph/corpus"
	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/formats/native"
	"github.com/papergraph/papergraph/gqlhttp"
	"github.com/papergraph/papergraph/graph"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/loaders"
	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/neo4j/neo4jtest"
	"github.com/papergraph/papergraph/store/sqlite"
	"github.com/papergraph/papergraph/store/storetest"
)

// stores are all stores that the API must answer the same on.
var stores = map[string]func(t *testing.T) store.Store{
	"reference": func(*testing.T) store.Store { return storetest.NewReference() },
	"neo4j":     func(t *testing.T) store.Store { return neo4jtest.Open(t) },
	"sqlite": func(t *testing.T) store.Store {
		s, err := sqlite.Open(t.Context(), ":memory:", sqlite.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return s
	},
}

// holding opens a store for the length of the test and applies the records as one batch.
func holding(t *testing.T, open func(t *testing.T) store.Store, records []literature.Record) store.Store {
	t.Helper()
	s := open(t)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	if _, err := s.Apply(t.Context(), store.Batch{Author: "test", At: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Upsert: records}); err != nil {
		t.Fatal(err)
	}
	return s
}

func readingList(t *testing.T) []literature.Record {
	t.Helper()
	records, problems, err := native.Read(corpus.Name, bytes.NewReader(corpus.YAML))
	if err != nil || len(problems) > 0 {
		t.Fatalf("reading the bundled list: %v %v", err, problems)
	}
	return records
}

// newHandler serves a store the way the server does.
func newHandler(s store.Reader) http.Handler {
	arrays := explore.NewArrayCache(s)
	schema := graph.NewSchema(&graph.Resolver{Store: s, Arrays: arrays, StoreKind: "test", Version: "test", PublicURL: "https://papergraph.example"})
	// Random queries are new texts to Neo4j, which compiles each for a while, so that the usual deadline could pass on a busy machine.
	api := gqlhttp.New(schema, gqlhttp.Config{Introspection: true, Deadline: time.Minute, Present: graph.Present, AroundFields: graph.LookAhead, ListBound: graph.ListBound})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		api.ServeHTTP(w, r.WithContext(loaders.With(r.Context(), loaders.New(s, arrays))))
	})
}

// ask posts a query and returns the body of the answer, indented.
func ask(t *testing.T, handler http.Handler, query string, variables json.RawMessage) string {
	t.Helper()
	if len(variables) == 0 {
		variables = json.RawMessage("null")
	}
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	request := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", bytes.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, request)
	var indented bytes.Buffer
	if err := json.Indent(&indented, recorder.Body.Bytes(), "", "  "); err != nil {
		t.Fatalf("status %d, no JSON: %s", recorder.Code, recorder.Body)
	}
	return indented.String()
}

package neo4j

import (
	"context"
	"os"
	"testing"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/storetest"
)

// Tests that need a server use the one that NEO4J_URI names, with NEO4J_USERNAME, NEO4J_PASSWORD and NEO4J_DATABASE, and empty its database again and again. Packages that
// do so must not run at the same time: go test -p 1.

// options are those of the server under test. Without one the test is skipped, or fails where CI is set.
func options(t testing.TB) Options {
	t.Helper()
	uri := os.Getenv("NEO4J_URI")
	if uri == "" {
		message := "no Neo4j: start one with `make neo4j` and set NEO4J_URI as it says"
		if os.Getenv("CI") != "" {
			t.Fatal(message)
		}
		t.Skip(message)
	}
	return Options{URI: uri, Username: os.Getenv("NEO4J_USERNAME"), Password: os.Getenv("NEO4J_PASSWORD"), Database: os.Getenv("NEO4J_DATABASE")}
}

// open opens the store under test on an emptied database.
func open(t *testing.T) store.Store {
	t.Helper()
	s, err := Open(context.Background(), options(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	empty(t, s)
	return s
}

// empty removes all nodes but in batches, so that no transaction grows with the graph, and makes the two that every graph has.
func empty(t testing.TB, s *Store) {
	t.Helper()
	ctx := context.Background()
	session := s.driver.NewSession(ctx, neo4j.SessionConfig{DatabaseName: s.database, BookmarkManager: s.bookmarks})
	defer func() { _ = session.Close(ctx) }()
	for _, text := range []string{
		"MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 10000 ROWS",
		"MATCH (n) CALL (n) { DELETE n } IN TRANSACTIONS OF 10000 ROWS",
	} {
		result, err := session.Run(ctx, text, nil)
		if err == nil {
			_, err = result.Consume(ctx)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := s.makeSchema(ctx); err != nil {
		t.Fatal(err)
	}
}

func TestContract(t *testing.T) {
	storetest.Run(t, open)
}

func TestRandomGraphs(t *testing.T) {
	storetest.Compare(t, open, 10)
}

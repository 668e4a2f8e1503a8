// Package neo4jtest opens the Neo4j that tests use: the one that NEO4J_URI names, with NEO4J_USERNAME, NEO4J_PASSWORD and NEO4J_DATABASE. Tests empty its database
// again and again, so packages that use it must not run at the same time: go test -p 1.
package neo4jtest

import (
	"context"
	"os"
	"testing"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/papergraph/papergraph/store/neo4j"
)

// Options are those of the server under test. Without one the test is skipped, or fails where CI is set.
func Options(t testing.TB) neo4j.Options {
	t.Helper()
	uri := os.Getenv("NEO4J_URI")
	if uri == "" {
		const message = "no Neo4j: start one with `make neo4j` and set NEO4J_URI as it says"
		if os.Getenv("CI") != "" {
			t.Fatal(message)
		}
		t.Skip(message)
	}
	return neo4j.Options{URI: uri, Username: os.Getenv("NEO4J_USERNAME"), Password: os.Getenv("NEO4J_PASSWORD"), Database: os.Getenv("NEO4J_DATABASE")}
}

// Run runs one statement in the database under test, besides any store.
func Run(t testing.TB, text string, params map[string]any) ([]*driver.Record, driver.ResultSummary, error) {
	t.Helper()
	o, ctx := Options(t), context.Background()
	d, err := driver.NewDriverWithContext(o.URI, driver.BasicAuth(o.Username, o.Password, ""))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close(ctx) }()
	session := d.NewSession(ctx, driver.SessionConfig{DatabaseName: o.Database})
	defer func() { _ = session.Close(ctx) }()
	result, err := session.Run(ctx, text, params)
	if err != nil {
		return nil, nil, err
	}
	records, err := result.Collect(ctx)
	if err != nil {
		return nil, nil, err
	}
	summary, err := result.Consume(ctx)
	return records, summary, err
}

// Empty removes everything from the database under test, in batches, so that no transaction grows with the graph.
func Empty(t testing.TB) {
	t.Helper()
	for _, text := range []string{
		"MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 10000 ROWS",
		"MATCH (n) CALL (n) { DELETE n } IN TRANSACTIONS OF 10000 ROWS",
	} {
		if _, _, err := Run(t, text, nil); err != nil {
			t.Fatal(err)
		}
	}
}

// Open opens the store under test on an emptied database; the caller closes it.
func Open(t testing.TB) *neo4j.Store {
	t.Helper()
	Empty(t)
	s, err := neo4j.Open(context.Background(), Options(t))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

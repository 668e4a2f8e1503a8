package neo4j_test

import (
	"context"
	"fmt"
	"testing"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/neo4j"
	"github.com/papergraph/papergraph/store/neo4j/neo4jtest"
	"github.com/papergraph/papergraph/store/storetest"
)

// BenchmarkStore asks the questions of every store, and then, on the same data, what one round trip costs at least: one node by its id, with the bare driver.
func BenchmarkStore(b *testing.B) {
	options, emptied := neo4jtest.Options(b), false
	storetest.Bench(b, func(string) (store.Store, error) {
		if !emptied {
			neo4jtest.Empty(b)
			emptied = true
		}
		return neo4j.Open(context.Background(), options)
	})
	b.Run("floor", func(b *testing.B) {
		ctx := b.Context()
		d, err := driver.NewDriverWithContext(options.URI, driver.BasicAuth(options.Username, options.Password, ""))
		if err != nil {
			b.Fatal(err)
		}
		defer func() { _ = d.Close(ctx) }()
		session := d.NewSession(ctx, driver.SessionConfig{DatabaseName: options.Database, AccessMode: driver.AccessModeRead})
		defer func() { _ = session.Close(ctx) }()
		storetest.Measure(b, func(int) error {
			result, err := session.Run(ctx, "MATCH (n:Entity {id: $id}) RETURN n.id", map[string]any{"id": "paper/p-000017"})
			if err != nil {
				return err
			}
			record, err := result.Single(ctx)
			if err == nil && record.Values[0] != "paper/p-000017" {
				err = fmt.Errorf("another paper: %v", record.Values)
			}
			return err
		})
	})
}

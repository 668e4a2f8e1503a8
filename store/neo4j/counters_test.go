package neo4j_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/neo4j"
	"github.com/papergraph/papergraph/store/neo4j/neo4jtest"
)

// wrongCounts lists where what is stored beside the relations, so as not to be counted again, is not what they say.
const wrongCounts = `MATCH (meta:Papergraph {id: 'meta'})
CALL () { MATCH (p:Paper) WHERE p.citedBy <> COUNT { (p)<-[:CITES]-() } OR p.citedBy IS NULL RETURN collect(p.id + ' has a wrong citedBy') AS cited }
CALL () { MATCH (t:Topic) WHERE t.papers <> COUNT { (t)<-[:ABOUT]-(p:Paper) WHERE NOT p:Stub } OR t.papers IS NULL RETURN collect(t.id + ' has a wrong number of papers') AS topics }
CALL (meta) { MATCH (p:Paper) WHERE NOT p:Stub AND EXISTS { (p)-[:ABOUT]->() } WITH meta, count(p) AS n WHERE n <> meta.tagged RETURN collect('papers with a topic are ' + n) AS tagged }
CALL (meta) { MATCH (p:Paper) WHERE NOT p:Stub WITH meta, sum(p.length) AS n WHERE n <> meta.tokens RETURN collect('tokens are ' + n) AS tokens }
CALL () { MATCH (p:Paper)
  WITH p, COLLECT { MATCH (p)-[:WRITTEN_AT]->(o) RETURN o.id ORDER BY o.id } AS derived, COLLECT { MATCH (p)-[r:AUTHORED_BY]->() UNWIND r.organizations AS id RETURN DISTINCT id ORDER BY id } AS named
  WHERE derived <> named RETURN collect(p.id + ' is written at others than it says') AS organizations }
CALL () { MATCH (n) WHERE size([label IN labels(n) WHERE label IN ['Entity', 'Result', 'Change', 'Image', 'Redirect', 'Papergraph']]) <> 1 RETURN collect(labels(n)) AS nodes }
RETURN cited + topics + tagged + tokens + organizations + nodes AS wrong`

// counting is a store whose counters are checked after each batch.
type counting struct {
	*neo4j.Store
	t *testing.T
}

func (c counting) Apply(ctx context.Context, b store.Batch) (store.Version, error) {
	version, err := c.Store.Apply(ctx, b)
	if err != nil {
		return version, err
	}
	records, _, err := neo4jtest.Run(c.t, wrongCounts, nil)
	if err != nil {
		return version, err
	}
	if wrong := records[0].Values[0].([]any); len(wrong) > 0 {
		return version, fmt.Errorf("the counters are wrong: %v", wrong)
	}
	return version, nil
}

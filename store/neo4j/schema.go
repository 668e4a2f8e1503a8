package neo4j

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// schemaVersion is the number of the layout that doc.go describes.
const schemaVersion = 1

// textIndex is the full-text index over entities: their names and search texts as surfaces and stems, and the hashes of their keys.
const textIndex = "papergraph_text"

// schema is every constraint and index by its name.
var schema = func() map[string]string {
	made := map[string]string{
		"papergraph_id":  "CREATE CONSTRAINT papergraph_id IF NOT EXISTS FOR (n:Papergraph) REQUIRE n.id IS UNIQUE",
		"entity_id":      "CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE",
		"result_id":      "CREATE CONSTRAINT result_id IF NOT EXISTS FOR (n:Result) REQUIRE n.id IS UNIQUE",
		"redirect_id":    "CREATE CONSTRAINT redirect_id IF NOT EXISTS FOR (n:Redirect) REQUIRE n.id IS UNIQUE",
		"change_version": "CREATE CONSTRAINT change_version IF NOT EXISTS FOR (n:Change) REQUIRE n.version IS UNIQUE",
		"redirect_to":    "CREATE INDEX redirect_to IF NOT EXISTS FOR (n:Redirect) ON (n.to)",
		"image_id":       "CREATE INDEX image_id IF NOT EXISTS FOR (n:Image) ON (n.id)",
		"image_of":       "CREATE INDEX image_of IF NOT EXISTS FOR (n:Image) ON (n.of)",
		"result_place":   "CREATE INDEX result_place IF NOT EXISTS FOR (n:Result) ON (n.paper, n.order, n.id)",
		"paper_citedBy":  "CREATE INDEX paper_citedBy IF NOT EXISTS FOR (n:Paper) ON (n.citedBy, n.id)",
		"paper_year":     "CREATE INDEX paper_year IF NOT EXISTS FOR (n:Paper) ON (n.yearOrZero, n.id)",
		"paper_addedAt":  "CREATE INDEX paper_addedAt IF NOT EXISTS FOR (n:Paper) ON (n.addedAt, n.id)",
		textIndex: "CREATE FULLTEXT INDEX " + textIndex + " IF NOT EXISTS FOR (n:Entity) ON EACH [n.nameStems, n.nameSurfaces, n.textStems, n.textSurfaces, n.keys] " +
			"OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace', `fulltext.eventually_consistent`: false}}",
	}
	for _, label := range labels {
		name := strings.ToLower(label) + "_sortKey"
		made[name] = fmt.Sprintf("CREATE INDEX %s IF NOT EXISTS FOR (n:%s) ON (n.sortKey, n.id)", name, label)
	}
	for _, kind := range literature.RelationKinds() {
		name := "relation_" + string(kind)
		made[name] = fmt.Sprintf("CREATE INDEX %s IF NOT EXISTS FOR ()-[r:%s]-() ON (r.id)", name, kind)
	}
	return made
}()

const (
	// Each count comes from the counts that the server keeps, whatever the size of the graph. Every node of ours has one of the labels.
	countOwn = `CALL () { MATCH (n) RETURN count(n) AS every }
CALL () { MATCH (n:Entity) RETURN count(n) AS entities }
CALL () { MATCH (n:Result) RETURN count(n) AS results }
CALL () { MATCH (n:Change) RETURN count(n) AS changes }
CALL () { MATCH (n:Image) RETURN count(n) AS images }
CALL () { MATCH (n:Redirect) RETURN count(n) AS redirects }
CALL () { MATCH (n:Papergraph) RETURN count(n) AS own }
RETURN [every, entities + results + changes + images + redirects + own, own] AS rows`

	listSchema = `SHOW INDEXES YIELD name RETURN collect(name) AS rows`

	awaitSchema = `CALL db.awaitIndexes(300)`

	makeMeta = `MERGE (meta:Papergraph {id: 'meta'}) ON CREATE SET meta.version = 0, meta.tagged = 0, meta.tokens = 0, meta.schema = $given.schema, meta.analysis = $given.analysis
MERGE (gate:Papergraph {id: 'gate'}) ON CREATE SET gate.begun = 0, gate.done = 0
RETURN [meta.schema, coalesce(meta.analysis, 1)] AS rows`
)

// checkOwner refuses a database with nodes that are not ours.
func (s *Store) checkOwner(ctx context.Context) error {
	counts, _, err := s.once(ctx, neo4j.AccessModeRead, func(tx neo4j.ManagedTransaction) (any, bool, error) { return s.run(ctx, tx, countOwn, nil) })
	if err != nil {
		return translate(ctx, "open", err)
	}
	list := asList(counts)
	every, ours, own := asInt(list[0]), asInt(list[1]), asInt(list[2])
	if every != ours || every > 0 && own == 0 {
		return fmt.Errorf("%w: neo4j: the database %q holds nodes that are not papergraph's: name an empty one", store.ErrInvalid, s.database)
	}
	return nil
}

// makeSchema makes the constraints and indexes that are missing, waits for them, and makes the two nodes that every graph has. It tells which version of the analysis
// the graph has.
func (s *Store) makeSchema(ctx context.Context) (analysed int64, err error) {
	names, _, err := s.once(ctx, neo4j.AccessModeRead, func(tx neo4j.ManagedTransaction) (any, bool, error) { return s.run(ctx, tx, listSchema, nil) })
	if err != nil {
		return 0, translate(ctx, "open", err)
	}
	missing := make(map[string]string)
	maps.Copy(missing, schema)
	for _, name := range asList(names) {
		delete(missing, asText(name))
	}
	if len(missing) > 0 {
		_, _, err = s.once(ctx, neo4j.AccessModeWrite, func(tx neo4j.ManagedTransaction) (any, bool, error) {
			for _, text := range missing {
				if _, _, err := s.run(ctx, tx, text, nil); err != nil {
					return nil, false, err
				}
			}
			return nil, true, nil
		})
		if err == nil {
			_, _, err = s.once(ctx, neo4j.AccessModeRead, func(tx neo4j.ManagedTransaction) (any, bool, error) { return s.run(ctx, tx, awaitSchema, nil) })
		}
		if err != nil {
			return 0, translate(ctx, "open: make constraints and indexes", err)
		}
	}
	meta, _, err := s.once(ctx, neo4j.AccessModeWrite, func(tx neo4j.ManagedTransaction) (any, bool, error) {
		return s.run(ctx, tx, makeMeta, map[string]any{"schema": int64(schemaVersion), "analysis": int64(analysis.Version)})
	})
	if err != nil {
		return 0, translate(ctx, "open", err)
	}
	if version := asInt(asList(meta)[0]); version != schemaVersion {
		return 0, fmt.Errorf("%w: neo4j: the graph has layout %d, and this papergraph knows %d", store.ErrUnavailable, version, schemaVersion)
	}
	return asInt(asList(meta)[1]), nil
}

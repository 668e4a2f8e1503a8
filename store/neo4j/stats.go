package neo4j

import (
	"context"
	"fmt"
	"strings"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// statsBody counts every kind; the server keeps these counts, so that none of it grows with the graph.
var statsBody = func() string {
	var calls, entities, relations []string
	for i, kind := range literature.EntityKinds() {
		calls = append(calls, fmt.Sprintf("CALL () { MATCH (n:%s) RETURN count(n) AS e%d }", labels[kind], i))
		entities = append(entities, fmt.Sprintf("e%d", i))
	}
	for i, kind := range literature.RelationKinds() {
		calls = append(calls, fmt.Sprintf("CALL () { MATCH ()-[r:%s]->() RETURN count(r) AS r%d }", kind, i))
		relations = append(relations, fmt.Sprintf("r%d", i))
	}
	return `MATCH (meta:Papergraph {id: 'meta'}) WITH meta.version AS version, meta.tagged AS tagged
CALL () { MATCH (n:Stub) RETURN count(n) AS stubs }
CALL () { MATCH (n:Result) RETURN count(n) AS results }
` + strings.Join(calls, "\n") + `
RETURN [version, tagged, stubs, results, [` + strings.Join(entities, ", ") + `], [` + strings.Join(relations, ", ") + `]] AS rows`
}()

// Stats implements store.Reader.
func (s *Store) Stats(ctx context.Context) (store.Stats, error) {
	st := newStatement()
	st.body = statsBody
	rows, err := s.read(ctx, "stats", st)
	if err != nil {
		return store.Stats{}, err
	}
	stats := store.Stats{
		Version:      store.Version(asInt(rows[0])),
		TaggedPapers: int(asInt(rows[1])),
		Stubs:        int(asInt(rows[2])),
		Results:      int(asInt(rows[3])),
		Entities:     make(map[literature.EntityKind]int),
		Relations:    make(map[literature.RelationKind]int),
	}
	for i, kind := range literature.EntityKinds() {
		stats.Entities[kind] = int(asInt(asList(rows[4])[i]))
	}
	stats.Entities[literature.KindPaper] -= stats.Stubs
	for i, kind := range literature.RelationKinds() {
		stats.Relations[kind] = int(asInt(asList(rows[5])[i]))
	}
	return stats, nil
}

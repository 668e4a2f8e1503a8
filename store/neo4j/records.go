package neo4j

import (
	"context"
	"fmt"
	"strings"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

const (
	recordsOfEntities = `UNWIND %s AS asked OPTIONAL MATCH (old:Redirect {id: asked}) MATCH (n:Entity {id: coalesce(old.to, asked)}) RETURN collect([asked, n.record]) AS entities`
	recordsOfResults  = `UNWIND %s AS asked MATCH (n:Result {id: asked}) RETURN collect([asked, n.record]) AS results`
	// An id does not tell the kind of a relation, so that each index is looked into.
	recordsOfRelations = `UNWIND %s AS asked CALL (asked) {
%s
} RETURN collect([asked, r.record]) AS relations`
)

// anyRelation finds the relationship whose id is asked.
var anyRelation = func() string {
	var branches []string
	for _, kind := range literature.RelationKinds() {
		branches = append(branches, fmt.Sprintf("MATCH ()-[r:%s {id: asked}]->() RETURN r", kind))
	}
	return strings.Join(branches, " UNION ALL\n")
}()

// byForm parts ids by what they may name; those that can name nothing are left out.
func byForm(ids []literature.ID) (entities, relations, results []literature.ID) {
	for _, id := range ids {
		switch {
		case id.IsRelation():
			relations = append(relations, id)
		case id.IsResult():
			results = append(results, id)
		case id.EntityKind() != "":
			entities = append(entities, id)
		}
	}
	return entities, relations, results
}

// Records implements store.Reader.
func (s *Store) Records(ctx context.Context, ids []literature.ID) (map[literature.ID]literature.Record, error) {
	if err := store.CheckKeys(len(ids)); err != nil {
		return nil, err
	}
	answer := make(map[literature.ID]literature.Record)
	entities, relations, results := byForm(ids)
	st := newStatement()
	var blocks, names []string
	if len(entities) > 0 {
		blocks, names = append(blocks, fmt.Sprintf(recordsOfEntities, st.bind(idsOf(entities)))), append(names, "entities")
	}
	if len(relations) > 0 {
		blocks, names = append(blocks, fmt.Sprintf(recordsOfRelations, st.bind(idsOf(relations)), anyRelation)), append(names, "relations")
	}
	if len(results) > 0 {
		blocks, names = append(blocks, fmt.Sprintf(recordsOfResults, st.bind(idsOf(results)))), append(names, "results")
	}
	if len(blocks) == 0 {
		return answer, s.ready(ctx)
	}
	st.body = "CALL () { " + strings.Join(blocks, " }\nCALL () { ") + " }\nRETURN " + strings.Join(names, " + ") + " AS rows"
	rows, err := s.read(ctx, "records", st)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		pair := asList(row)
		record, err := decode(pair[1])
		if err != nil {
			return nil, err
		}
		answer[asID(pair[0])] = record
	}
	return answer, nil
}

package neo4j

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/papergraph/papergraph/literature"
)

const (
	removeRelations = `UNWIND $given.list AS id MATCH ()-[r:%s {id: id}]->() DELETE r`
	removeNodes     = `UNWIND $given.list AS id MATCH (n:%s {id: id}) DETACH DELETE n`

	createEntities = `UNWIND $given.list AS row CREATE (n:Entity:%s) SET n = row`
	updateEntities = `UNWIND $given.list AS row MATCH (n:Entity {id: row.id}) SET n += row`
	markStubs      = `UNWIND $given.list AS id MATCH (n:Entity {id: id}) SET n:Stub`
	unmarkStubs    = `UNWIND $given.list AS id MATCH (n:Entity {id: id}) REMOVE n:Stub`

	createRelations = `UNWIND $given.list AS row MATCH (a:Entity {id: row[0]}) UNWIND row[1] AS leaving MATCH (b:Entity {id: leaving[0]})
CREATE (a)-[r:%s]->(b) SET r = leaving[1]`
	updateRelations = `UNWIND $given.list AS row MATCH ()-[r:%s {id: row.id}]->() SET r = row`

	createResults = `UNWIND $given.list AS row CREATE (n:Result) SET n = row`
	updateResults = `UNWIND $given.list AS row MATCH (n:Result {id: row.id}) SET n = row WITH n MATCH (n)-[r:REPORTS|MEASURES|UNDER]-() DELETE r`
	joinPapers    = `UNWIND $given.list AS row MATCH (n:Result {id: row[0]}) MATCH (e:Entity {id: row[1]}) CREATE (e)-[:REPORTS]->(n)`
	joinSystems   = `UNWIND $given.list AS row MATCH (n:Result {id: row[0]}) MATCH (e:Entity {id: row[1]}) CREATE (n)-[:MEASURES]->(e)`
	joinWorkloads = `UNWIND $given.list AS row MATCH (n:Result {id: row[0]}) MATCH (e:Entity {id: row[1]}) CREATE (n)-[:UNDER]->(e)`

	writtenAt         = `UNWIND $given.list AS row MATCH (p:Entity {id: row[0]}) UNWIND row[1] AS id MATCH (o:Entity {id: id}) CREATE (p)-[:WRITTEN_AT]->(o)`
	joinOrganizations = `UNWIND $given.list AS id MATCH (p:Entity {id: id})
CALL (p) { OPTIONAL MATCH (p)-[r:AUTHORED_BY]->() UNWIND r.organizations AS o RETURN collect(DISTINCT o) AS wanted }
CALL (p, wanted) { MATCH (p)-[w:WRITTEN_AT]->(o) WHERE NOT o.id IN wanted DELETE w }
CALL (p, wanted) { UNWIND wanted AS id MATCH (o:Entity {id: id}) MERGE (p)-[:WRITTEN_AT]->(o) }`
)

// removeRecords removes relations before the entities that they join.
func (w *writer) removeRecords() error {
	relations := make(map[literature.RelationKind][]any)
	var entities, results []any
	for _, id := range w.change.Removed {
		switch r := w.before[id].record.(type) {
		case *literature.Relation:
			relations[r.Kind] = append(relations[r.Kind], string(id))
		case *literature.Result:
			results = append(results, string(id))
		default:
			entities = append(entities, string(id))
		}
	}
	for _, kind := range literature.RelationKinds() {
		if err := w.each(fmt.Sprintf(removeRelations, kind), relations[kind]); err != nil {
			return err
		}
	}
	if err := w.each(fmt.Sprintf(removeNodes, "Result"), results); err != nil {
		return err
	}
	return w.each(fmt.Sprintf(removeNodes, "Entity"), entities)
}

func (w *writer) writeEntities() error {
	created := make(map[string][]any) // by labels
	var updated, marked, unmarked []any
	quoted := w.quotedByNew()
	for _, id := range sortedKeys(w.after) {
		e, ok := w.after[id].(literature.Entity)
		if !ok {
			continue
		}
		text, err := encode(e)
		if err != nil {
			return err
		}
		row := entityProperties(e, text, w.version)
		label := labels[e.Kind()]
		paper, isPaper := e.(*literature.Paper)
		if old, existed := w.before[id]; existed {
			updated = append(updated, row)
			if isPaper && paper.IsStub != old.record.(*literature.Paper).IsStub {
				if paper.IsStub {
					marked = append(marked, string(id))
				} else {
					unmarked = append(unmarked, string(id))
				}
			}
			continue
		}
		switch {
		case isPaper:
			stems, surfaces, length := paperText(paper, quoted[id])
			row["citedBy"], row["textStems"], row["textSurfaces"], row["length"] = int64(0), stems, surfaces, length
			if paper.IsStub {
				label += ":Stub"
			} else {
				w.tokens += length
			}
		case e.Kind() == literature.KindTopic:
			row["papers"] = int64(0)
		}
		created[label] = append(created[label], row)
	}
	for _, label := range sortedKeys(created) {
		if err := w.each(fmt.Sprintf(createEntities, label), created[label]); err != nil {
			return err
		}
	}
	if err := w.each(updateEntities, updated); err != nil {
		return err
	}
	if err := w.each(markStubs, marked); err != nil {
		return err
	}
	return w.each(unmarkStubs, unmarked)
}

func (w *writer) writeRelations() error {
	created, updated := make(map[literature.RelationKind]map[literature.ID][]any), make(map[literature.RelationKind][]any)
	for _, id := range sortedKeys(w.after) {
		r, ok := w.after[id].(*literature.Relation)
		if !ok {
			continue
		}
		text, err := encode(r)
		if err != nil {
			return err
		}
		properties := relationProperties(r, text, w.version)
		if _, existed := w.before[id]; existed {
			updated[r.Kind] = append(updated[r.Kind], properties)
			continue
		}
		if created[r.Kind] == nil {
			created[r.Kind] = make(map[literature.ID][]any)
		}
		created[r.Kind][r.Source] = append(created[r.Kind][r.Source], []any{string(r.Target), properties})
	}
	for _, kind := range literature.RelationKinds() {
		if err := w.each(fmt.Sprintf(createRelations, kind), bySource(created[kind])); err != nil {
			return err
		}
		if err := w.each(fmt.Sprintf(updateRelations, kind), updated[kind]); err != nil {
			return err
		}
	}
	return nil
}

// bySource makes rows of an entity and what leaves it.
func bySource(leaving map[literature.ID][]any) []any {
	var rows []any
	for _, id := range sortedKeys(leaving) {
		rows = append(rows, []any{string(id), leaving[id]})
	}
	return rows
}

func (w *writer) writeResults() error {
	var created, updated, papers, systems, workloads []any
	for _, id := range sortedKeys(w.after) {
		r, ok := w.after[id].(*literature.Result)
		if !ok {
			continue
		}
		text, err := encode(r)
		if err != nil {
			return err
		}
		row := resultProperties(r, text, w.version)
		if _, existed := w.before[id]; existed {
			updated = append(updated, row)
		} else {
			created = append(created, row)
		}
		papers = append(papers, []any{string(id), string(r.Paper)})
		if r.System != "" {
			systems = append(systems, []any{string(id), string(r.System)})
		}
		if r.Workload != "" {
			workloads = append(workloads, []any{string(id), string(r.Workload)})
		}
	}
	for _, step := range []struct {
		text string
		list []any
	}{{createResults, created}, {updateResults, updated}, {joinPapers, papers}, {joinSystems, systems}, {joinWorkloads, workloads}} {
		if err := w.each(step.text, step.list); err != nil {
			return err
		}
	}
	return nil
}

// joinOrganizations brings WRITTEN_AT to what the AUTHORED_BY of papers say. All of those of a new paper are in the batch.
func (w *writer) joinOrganizations() error {
	papers, created := make(map[literature.ID]bool), make(map[literature.ID][]any)
	for _, id := range sortedKeys(w.after) {
		old, _ := w.before[id].record.(*literature.Relation)
		now, _ := w.after[id].(*literature.Relation)
		before, after := organizations(old), organizations(now)
		if slices.Equal(before, after) {
			continue
		}
		paper := cmp.Or(now, old).Source
		if !w.creates(paper) {
			papers[paper] = true
			continue
		}
		for _, id := range after {
			if !slices.Contains(created[paper], any(string(id))) {
				created[paper] = append(created[paper], string(id))
			}
		}
	}
	if err := w.each(writtenAt, bySource(created)); err != nil {
		return err
	}
	var list []any
	for _, id := range sortedKeys(papers) {
		if w.exists(id) {
			list = append(list, string(id))
		}
	}
	return w.each(joinOrganizations, list)
}

func organizations(r *literature.Relation) []literature.ID {
	if r == nil {
		return nil
	}
	return r.Organizations
}

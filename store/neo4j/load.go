package neo4j

import (
	"fmt"
	"slices"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

const (
	loadEntities = `UNWIND $given.list AS id OPTIONAL MATCH (n:Entity {id: id}) OPTIONAL MATCH (old:Redirect {id: id})
WITH id, n, old WHERE n IS NOT NULL OR old IS NOT NULL
RETURN collect([id, n.record, n.changed, n.length, old.to]) AS rows`
	loadEnds      = `UNWIND $given.list AS id MATCH (n:Entity {id: id}) RETURN collect([id, n.labels]) AS rows`
	loadResults   = `UNWIND $given.list AS id MATCH (n:Result {id: id}) RETURN collect([id, n.record, n.changed]) AS rows`
	loadRelations = `UNWIND $given.list AS id MATCH ()-[r:%s {id: id}]->() RETURN collect([id, r.record, r.changed]) AS rows`
	loadUnknown   = `UNWIND $given.list AS asked CALL (asked) {
%s
} RETURN collect([asked, r.record, r.changed]) AS rows`
	// What goes or changes with an entity.
	loadNaming = `UNWIND $given.list AS gone MATCH (n:Entity {id: gone}) CALL (n) {
MATCH (n)-[r:%s]-() RETURN r.id AS id, r.record AS record, r.changed AS changed
UNION MATCH (n)<-[:WRITTEN_AT]-(:Paper)-[r:AUTHORED_BY]->() WHERE n.id IN r.organizations RETURN r.id AS id, r.record AS record, r.changed AS changed
UNION MATCH (n)-[:REPORTS|MEASURES|UNDER]-(r:Result) RETURN r.id AS id, r.record AS record, r.changed AS changed
} WITH DISTINCT id, record, changed RETURN collect([id, record, changed]) AS rows`
	loadRedirectsTo = `UNWIND $given.list AS id MATCH (old:Redirect {to: id}) RETURN collect([old.id, old.to]) AS rows`
)

// upserted sorts the records to be written by what they are.
func (w *writer) upserted() (entities []literature.Entity, relations []*literature.Relation, results []*literature.Result) {
	for _, record := range w.batch.Upsert {
		switch r := record.(type) {
		case *literature.Relation:
			relations = append(relations, r)
		case *literature.Result:
			results = append(results, r)
		case literature.Entity:
			entities = append(entities, r)
		}
	}
	return entities, relations, results
}

// other lists the ids that the batch speaks of without writing a record under them.
func (w *writer) other() (entities, relations, results []literature.ID) {
	ids := slices.Clone(w.batch.Remove)
	for old := range w.batch.Redirect {
		ids = append(ids, old)
	}
	for id := range w.batch.Expect {
		ids = append(ids, id)
	}
	return byForm(ids)
}

// loadEntities reads the entities that the batch writes, removes or expects, and the labels of the others that it names.
func (w *writer) loadEntities() error {
	w.before, w.ends, w.redirects = make(map[literature.ID]stored), make(map[literature.ID][]any), make(map[literature.ID]literature.ID)
	ids, _, _ := w.other()
	var named []literature.ID
	for _, record := range w.batch.Upsert {
		if e, ok := record.(literature.Entity); ok {
			ids = append(ids, e.RecordID())
		}
		named = append(named, store.References(record)...)
	}
	for _, target := range w.batch.Redirect {
		ids = append(ids, target)
	}
	if err := w.load(loadEntities, ids); err != nil {
		return err
	}
	asked := make(map[literature.ID]bool, len(ids))
	for _, id := range ids {
		asked[id] = true
	}
	return w.loadEnds(slices.DeleteFunc(named, func(id literature.ID) bool { return asked[id] }))
}

// loadEnds looks which entities exist, and by which labels.
func (w *writer) loadEnds(ids []literature.ID) error {
	if len(ids) == 0 {
		return nil
	}
	rows, err := w.ask(loadEnds, map[string]any{"list": idsOf(ids)})
	for _, row := range rows {
		w.ends[asID(asList(row)[0])] = asList(asList(row)[1])
	}
	return err
}

// loadRelations reads the relations that the batch writes, removes or expects. One between entities of which one is new cannot be there.
func (w *writer) loadRelations() error {
	_, relations, _ := w.upserted()
	byKind := make(map[literature.RelationKind][]literature.ID)
	for _, r := range relations {
		if w.exists(r.Source) && w.exists(r.Target) { // nothing is written yet
			byKind[r.Kind] = append(byKind[r.Kind], r.ID)
		}
	}
	for _, kind := range literature.RelationKinds() {
		if err := w.load(fmt.Sprintf(loadRelations, kind), byKind[kind]); err != nil {
			return err
		}
	}
	_, ids, _ := w.other()
	return w.load(fmt.Sprintf(loadUnknown, anyRelation), ids)
}

func (w *writer) loadResults() error {
	_, _, results := w.upserted()
	_, _, ids := w.other()
	for _, r := range results {
		ids = append(ids, r.ID)
	}
	return w.load(loadResults, ids)
}

// loadRedirects reads the redirects to ids that are redirected themselves now. Those of the ids that the batch speaks of came with the entities.
func (w *writer) loadRedirects() error {
	if len(w.batch.Redirect) == 0 {
		return nil
	}
	rows, err := w.ask(loadRedirectsTo, map[string]any{"list": idsOf(sortedKeys(w.batch.Redirect))})
	for _, row := range rows {
		w.redirects[asID(asList(row)[0])] = asID(asList(row)[1])
	}
	return err
}

// loadNaming reads what goes or changes with entities that go.
func (w *writer) loadNaming(gone []literature.ID) ([]literature.ID, error) {
	rows, err := w.ask(fmt.Sprintf(loadNaming, relationTypes), map[string]any{"list": idsOf(gone)})
	if err != nil {
		return nil, err
	}
	var ids []literature.ID
	for _, row := range rows {
		ids = append(ids, asID(asList(row)[0]))
	}
	return ids, w.keep(rows)
}

func (w *writer) load(text string, ids []literature.ID) error {
	if len(ids) == 0 {
		return nil
	}
	rows, err := w.ask(text, map[string]any{"list": idsOf(ids)})
	if err != nil {
		return err
	}
	return w.keep(rows)
}

// keep remembers rows of id, record, changed, and of entities the number of tokens and what the id is redirected to.
func (w *writer) keep(rows []any) error {
	for _, row := range rows {
		r := asList(row)
		id := asID(r[0])
		if len(r) > 4 && r[4] != nil {
			w.redirects[id] = asID(r[4])
		}
		if _, known := w.before[id]; known || r[1] == nil {
			continue
		}
		record, err := decode(r[1])
		if err != nil {
			return err
		}
		old := stored{record: record, text: asText(r[1]), changed: store.Version(asInt(r[2]))}
		if len(r) > 3 {
			old.length = asInt(r[3])
		}
		w.before[id] = old
	}
	return nil
}

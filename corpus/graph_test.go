package corpus_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/papergraph/papergraph/corpus"
	"github.com/papergraph/papergraph/formats/native"
	"github.com/papergraph/papergraph/literature"
)

// graph is the reading list, found by id and by the relations that leave an entity.
type graph struct {
	records  []literature.Record
	byID     map[literature.ID]literature.Record
	outgoing map[literature.ID][]*literature.Relation
	results  map[literature.ID][]*literature.Result
}

func load(t *testing.T) graph {
	t.Helper()
	records, problems, err := native.Read(corpus.Name, bytes.NewReader(corpus.YAML))
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range problems {
		t.Error(problem)
	}
	g := graph{
		records: records, byID: make(map[literature.ID]literature.Record),
		outgoing: make(map[literature.ID][]*literature.Relation), results: make(map[literature.ID][]*literature.Result),
	}
	for _, record := range records {
		g.byID[record.RecordID()] = record
		switch record := record.(type) {
		case *literature.Relation:
			g.outgoing[record.Source] = append(g.outgoing[record.Source], record)
		case *literature.Result:
			g.results[record.Paper] = append(g.results[record.Paper], record)
		}
	}
	return g
}

// papers are the sixteen of the list, without the stubs, in the order of the file.
func (g graph) papers() []*literature.Paper {
	var all []*literature.Paper
	for _, record := range g.records {
		if p, ok := record.(*literature.Paper); ok && !p.IsStub {
			all = append(all, p)
		}
	}
	return all
}

func (g graph) entity(t *testing.T, id literature.ID) literature.Entity {
	t.Helper()
	e, ok := g.byID[id].(literature.Entity)
	if !ok {
		t.Fatalf("the list has no %s", id)
	}
	return e
}

func (g graph) paper(t *testing.T, slug string) *literature.Paper {
	t.Helper()
	return g.entity(t, literature.NewID(literature.KindPaper, slug)).(*literature.Paper)
}

// targets are the slugs of what relations of the kind lead to, in the order of the file.
func (g graph) targets(source literature.ID, kind literature.RelationKind) []string {
	var all []string
	for _, r := range g.outgoing[source] {
		if r.Kind == kind {
			all = append(all, r.Target.Slug())
		}
	}
	return all
}

// sources are the slugs of the papers, stubs apart, from which relations of the kind lead to the target, in alphabetical order.
func (g graph) sources(target literature.ID, kind literature.RelationKind) []string {
	var all []string
	for _, p := range g.papers() {
		if slices.Contains(g.targets(p.ID, kind), target.Slug()) {
			all = append(all, p.Slug())
		}
	}
	slices.Sort(all)
	return all
}

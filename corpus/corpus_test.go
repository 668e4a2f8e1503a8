package corpus_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/papergraph/papergraph/corpus"
	"github.com/papergraph/papergraph/formats/native"
	"github.com/papergraph/papergraph/literature"
)

// graph is the reading list, found by id and by the relations that leave an entity.
type graph struct {
	records  []literature.Record
	byID     map[literature.ID]literature.Record
	outgoing map[literature.ID][]*literature.Relation
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
	g := graph{records: records, byID: make(map[literature.ID]literature.Record), outgoing: make(map[literature.ID][]*literature.Relation)}
	for _, record := range records {
		g.byID[record.RecordID()] = record
		if r, ok := record.(*literature.Relation); ok {
			g.outgoing[r.Source] = append(g.outgoing[r.Source], r)
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

func (g graph) paper(t *testing.T, slug string) *literature.Paper {
	t.Helper()
	p, ok := g.byID[literature.NewID(literature.KindPaper, slug)].(*literature.Paper)
	if !ok {
		t.Fatalf("the list has no paper %s", slug)
	}
	return p
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

func TestCounts(t *testing.T) {
	g := load(t)
	got := make(map[string]int)
	for _, record := range g.records {
		switch record := record.(type) {
		case *literature.Paper:
			if record.IsStub {
				got["stubs"]++
			} else {
				got["papers"]++
			}
		case *literature.Author:
			got["authors"]++
		case *literature.Topic:
			got["topics"]++
		case *literature.Result:
			got["results"]++
		}
	}
	want := map[string]int{"papers": 16, "stubs": 14, "authors": 102, "topics": 45, "results": 37}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

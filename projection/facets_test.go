package projection_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/projection"
	"github.com/papergraph/papergraph/store"
)

var asserted = []literature.Assertion{{Origin: literature.Curated, Certainty: literature.CertaintyHigh, Source: "test"}}

// crowd is one paper with as many authors, topics and workloads as told, so that it has the product of them in combinations.
func crowd(t *testing.T, authors, topics, workloads int) *mirror {
	t.Helper()
	p := entity("paper/p", "P").(*literature.Paper)
	p.Type = literature.Article
	batch := store.Batch{Author: "test", Upsert: []literature.Record{p}}
	for _, end := range []struct {
		kind literature.RelationKind
		of   string
		n    int
	}{{literature.AuthoredBy, "author", authors}, {literature.About, "topic", topics}, {literature.EvaluatedOn, "workload", workloads}} {
		for i := range end.n {
			id := literature.ID(fmt.Sprintf("%s/%d", end.of, i))
			r := &literature.Relation{Kind: end.kind, Source: "paper/p", Target: id, Assertions: asserted}
			r.ID = literature.NewRelationID(r.Kind, r.Source, r.Target)
			if end.kind == literature.AuthoredBy {
				r.Position = i + 1
			}
			if end.kind == literature.About {
				r.Weight = literature.FullWeight
			}
			batch.Upsert = append(batch.Upsert, entity(id, string(id)), r)
		}
	}
	m := mirrors(nil)(t).(*mirror)
	if _, err := m.Apply(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	return m
}

var crossed = store.FacetQuery{Groupings: []store.Grouping{
	{Dimensions: []store.Dimension{store.ByAuthor, store.ByTopic, store.ByWorkload}, Limit: 2, Samples: 1},
}}

// A paper may have a million combinations of values; that it may have no more is in the suite.
func TestFacetCombinations(t *testing.T) {
	answer, err := crowd(t, 100, 100, 100).Facets(t.Context(), crossed)
	if err != nil || answer[""][0].Other != store.MaxCombinations-2 {
		t.Errorf("%+v, error %v", answer, err)
	}
}

// A context that ends while combinations are counted ends the count.
func TestFacetsStop(t *testing.T) {
	m := crowd(t, 60, 60, 60)
	v := projection.View{Graph: m.now.Load().graph, Source: blanks{}}
	stops(t, 3, func(ctx context.Context) error {
		_, err := v.Facets(ctx, crossed)
		return err
	})
}

package explore_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/storetest"
)

// madeOf holds entities named by their ids and relations between them.
func madeOf(t *testing.T, relations map[literature.RelationKind][][2]literature.ID) store.Store {
	s := storetest.NewReference()
	batch := store.Batch{Author: "test", At: time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)}
	known := map[literature.ID]bool{}
	said := []literature.Assertion{{Origin: literature.Curated, Certainty: literature.CertaintyHigh, Source: "test"}}
	for kind, pairs := range relations {
		for _, pair := range pairs {
			for _, id := range pair {
				base := literature.Base{ID: id, Labels: []literature.LocalizedText{{Value: id.Slug(), Locale: literature.English}}}
				if known[id] {
					continue
				}
				known[id] = true
				if id.EntityKind() == literature.KindTopic {
					batch.Upsert = append(batch.Upsert, &literature.Topic{Base: base})
				} else {
					batch.Upsert = append(batch.Upsert, &literature.Paper{Base: base, Type: literature.Article})
				}
			}
			r := &literature.Relation{ID: literature.NewRelationID(kind, pair[0], pair[1]), Kind: kind, Source: pair[0], Target: pair[1], Assertions: said}
			if kind == literature.About {
				r.Weight = literature.FullWeight
			}
			batch.Upsert = append(batch.Upsert, r)
		}
	}
	if _, err := s.Apply(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestTwoGroups draws two groups of papers that cite each other all around, about a topic of their own and one of all, with one citation in between: they are two communities, each with the name of its
// own topic, and lie apart.
func TestTwoGroups(t *testing.T) {
	relations := map[literature.RelationKind][][2]literature.ID{}
	paper := func(group string, i int) literature.ID { return literature.ID(fmt.Sprintf("paper/%s-%d", group, i)) }
	for _, group := range []string{"a", "b"} {
		for i := range 6 {
			for j := range i {
				relations[literature.Cites] = append(relations[literature.Cites], [2]literature.ID{paper(group, i), paper(group, j)})
			}
			relations[literature.About] = append(relations[literature.About], [2]literature.ID{paper(group, i), literature.ID("topic/" + group)}, [2]literature.ID{paper(group, i), "topic/all"})
		}
	}
	relations[literature.Cites] = append(relations[literature.Cites], [2]literature.ID{"paper/a-5", "paper/b-0"})
	g, err := explore.Grow(t.Context(), madeOf(t, relations), explore.SubgraphQuery{
		Seeds: []literature.ID{"paper/a-5"}, Hops: 3, NodeBudget: 100, RelationBudget: 100, Parts: explore.Parts{Entities: true, Communities: true, Position: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	var named []literature.ID
	for _, c := range g.Communities {
		named = append(named, c.NamedAfter.RecordID())
	}
	slices.Sort(named)
	if diff := cmp.Diff([]literature.ID{"topic/a", "topic/b"}, named); diff != "" {
		t.Fatalf("communities (-want +got):\n%s", diff)
	}
	var within, across []float64
	for i, a := range g.Nodes {
		for _, b := range g.Nodes[:i] {
			if a.Kind() != literature.KindPaper || b.Kind() != literature.KindPaper {
				continue
			}
			distance := math.Hypot(a.X-b.X, a.Y-b.Y)
			if a.ID.Slug()[0] == b.ID.Slug()[0] {
				within = append(within, distance)
				if a.Community != b.Community {
					t.Errorf("%s and %s are apart", a.ID, b.ID)
				}
			} else {
				across = append(across, distance)
			}
		}
	}
	if slices.Max(within) >= slices.Min(across) {
		t.Errorf("within a group up to %.2f apart, between groups down to %.2f", slices.Max(within), slices.Min(across))
	}
}

// TestStar draws a topic with 300 papers: none lies on another, and all fit.
func TestStar(t *testing.T) {
	relations := map[literature.RelationKind][][2]literature.ID{}
	for i := range 300 {
		relations[literature.About] = append(relations[literature.About], [2]literature.ID{literature.ID(fmt.Sprintf("paper/p%d", i)), "topic/hub"})
	}
	g, err := explore.Grow(t.Context(), madeOf(t, relations), explore.SubgraphQuery{
		Seeds: []literature.ID{"topic/hub"}, Hops: 1, NodeBudget: 301, RelationBudget: 300, Parts: explore.Parts{Position: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(g.Nodes) != 301 || len(g.Relations) != 300 || g.Note() != "" {
		t.Fatalf("%d nodes, %d relations, %q", len(g.Nodes), len(g.Relations), g.Note())
	}
	closest := math.Inf(1)
	for i, a := range g.Nodes {
		if math.Abs(a.X) > 1 || math.Abs(a.Y) > 1 || math.IsNaN(a.X+a.Y) {
			t.Fatalf("%s lies at %g, %g", a.ID, a.X, a.Y)
		}
		for _, b := range g.Nodes[:i] {
			closest = min(closest, math.Hypot(a.X-b.X, a.Y-b.Y))
		}
	}
	if closest < 0.005 {
		t.Errorf("two nodes are %g apart", closest)
	}
}

// TestBudgetOfRelations: where relations have to go, each node keeps one, as long as there are enough.
func TestBudgetOfRelations(t *testing.T) {
	relations := map[literature.RelationKind][][2]literature.ID{}
	for i := range 12 {
		for j := range i {
			relations[literature.Cites] = append(relations[literature.Cites], [2]literature.ID{literature.ID(fmt.Sprintf("paper/p%d", i)), literature.ID(fmt.Sprintf("paper/p%d", j))})
		}
	}
	s := madeOf(t, relations)
	for budget := range 67 {
		g, err := explore.Grow(t.Context(), s, explore.SubgraphQuery{Seeds: []literature.ID{"paper/p3"}, Hops: 1, NodeBudget: 12, RelationBudget: budget})
		if err != nil {
			t.Fatal(err)
		}
		joined := map[int]bool{0: true}
		for _, r := range g.Relations {
			if joined[r.Source] || joined[r.Target] {
				joined[r.Source], joined[r.Target] = true, true
			}
		}
		if len(g.Relations) != min(budget, 66) || len(joined) != min(budget+1, 12) {
			t.Errorf("with a budget of %d, %d relations join %d nodes", budget, len(g.Relations), len(joined))
		}
		if cut := g.Note() != ""; cut != (budget < 66) {
			t.Errorf("with a budget of %d: %q", budget, g.Note())
		}
	}
}

// TestSeeds: seeds that were renamed, stand twice or have no relations are in the answer, once each, under the ids that they have now; the seeds' order is kept.
func TestSeeds(t *testing.T) {
	s := madeOf(t, map[literature.RelationKind][][2]literature.ID{
		literature.Cites: {{"paper/old", "paper/new"}, {"paper/new", "paper/other"}},
		literature.About: {{"paper/alone", "topic/t"}, {"paper/lone", "topic/t"}},
	})
	if _, err := s.Apply(t.Context(), store.Batch{Author: "test", At: time.Date(2025, 1, 2, 0, 0, 0, 0, time.UTC), Redirect: map[literature.ID]literature.ID{"paper/old": "paper/new", "paper/lone": "paper/alone"}}); err != nil {
		t.Fatal(err)
	}
	for _, entities := range []bool{true, false} {
		g, err := explore.Grow(t.Context(), s, explore.SubgraphQuery{
			Seeds: []literature.ID{"paper/other", "paper/old", "paper/lone", "paper/new", "paper/alone"}, Hops: 1, NodeBudget: 9, RelationBudget: 9,
			Kinds: []literature.RelationKind{literature.Cites}, Parts: explore.Parts{Entities: entities, Ranks: true, Communities: true, Position: true},
		})
		if err != nil {
			t.Fatal(err)
		}
		var ids []literature.ID
		for _, node := range g.Nodes {
			ids = append(ids, node.ID)
		}
		if diff := cmp.Diff([]literature.ID{"paper/other", "paper/new", "paper/alone"}, ids); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if len(g.Communities) != 2 || g.Met != 3 || !g.AllMet {
			t.Errorf("%d communities of %d entities met (all: %t)", len(g.Communities), g.Met, g.AllMet)
		}
	}
	if _, err := explore.Grow(t.Context(), s, explore.SubgraphQuery{Seeds: []literature.ID{"paper/nobody"}, Hops: 1, NodeBudget: 9}); !errors.Is(err, store.ErrInvalid) {
		t.Errorf("a seed that names nothing: %v", err)
	}
}

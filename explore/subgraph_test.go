package explore_test

import (
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/sqlite"
	"github.com/papergraph/papergraph/store/storetest"
)

var (
	everything     = explore.Parts{Entities: true, Relations: true, Degrees: true, Ranks: true, Communities: true, Position: true}
	unexportedToo  = cmp.AllowUnexported(explore.SubgraphNode{}, explore.SubgraphRelation{})
	subgraphSeeds  = []literature.ID{"paper/p-000150", "paper/p-000017", "topic/t-0", "topic/t-9", "author/a-3", "venue/s-3-2011", "organization/o-1"}
	subgraphCorpus = storetest.Corpus{Seed: 11, Papers: 200}
)

// TestGrow: for any question, the answer keeps its budgets and holds every seed; its relations are all those that join two of its nodes; distances are those of a search over them; more budget only adds
// nodes behind; both stores answer the same, and twice the same.
func TestGrow(t *testing.T) {
	reference := storetest.NewReference()
	embedded, err := sqlite.Open(t.Context(), ":memory:", sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := embedded.Close(); err != nil {
			t.Error(err)
		}
	})
	relations := fillAll(t, reference, embedded)
	rapid.Check(t, func(t *rapid.T) {
		q := explore.SubgraphQuery{
			Seeds: rapid.SliceOfNDistinct(rapid.SampledFrom(subgraphSeeds), 1, 3, rapid.ID).Draw(t, "seeds"),
			Hops:  rapid.IntRange(1, 3).Draw(t, "hops"), NodeBudget: rapid.IntRange(3, 60).Draw(t, "nodes"), RelationBudget: rapid.SampledFrom([]int{0, 5, 40, 10_000}).Draw(t, "relations"),
			Kinds: rapid.SampledFrom([][]literature.RelationKind{nil, {literature.Cites}, {literature.About, literature.AuthoredBy}}).Draw(t, "kinds"),
			Parts: everything,
		}
		counted := storetest.Count(embedded)
		got := grow(t, counted, q)
		if calls := counted.Total(); calls > 2*q.Hops+2 {
			t.Fatalf("%d calls for %d hops", calls, q.Hops)
		}
		if diff := cmp.Diff(grow(t, reference, q), got, unexportedToo); diff != "" {
			t.Fatalf("the stores differ:\n%s", diff)
		}
		checkSubgraph(t, q, got, relations)
		more := q
		more.NodeBudget += rapid.IntRange(1, 30).Draw(t, "more")
		ids := nodeIDs(got)
		if longer := nodeIDs(grow(t, embedded, more)); !slices.Equal(longer[:min(len(ids), len(longer))], ids) {
			t.Fatalf("with more budget other nodes:\n%s\n%s", ids, longer)
		}
	})
}

// fillAll loads the corpus into stores and tells its relations.
func fillAll(t *testing.T, stores ...store.Store) (relations []*literature.Relation) {
	for batch := range subgraphCorpus.Batches(5000) {
		for _, s := range stores {
			if _, err := s.Apply(t.Context(), batch); err != nil {
				t.Fatal(err)
			}
		}
		for _, record := range batch.Upsert {
			if r, ok := record.(*literature.Relation); ok {
				relations = append(relations, r)
			}
		}
	}
	return relations
}

func grow(t *rapid.T, s store.Reader, q explore.SubgraphQuery) *explore.Subgraph {
	g, err := explore.Grow(t.Context(), s, q)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func nodeIDs(g *explore.Subgraph) []literature.ID {
	ids := make([]literature.ID, len(g.Nodes))
	for i, node := range g.Nodes {
		ids[i] = node.ID
	}
	return ids
}

func checkSubgraph(t *rapid.T, q explore.SubgraphQuery, g *explore.Subgraph, relations []*literature.Relation) {
	ids := nodeIDs(g)
	if len(ids) > q.NodeBudget || len(g.Relations) > q.RelationBudget || !slices.Equal(ids[:len(q.Seeds)], q.Seeds) {
		t.Fatalf("%d nodes and %d relations, from %s", len(ids), len(g.Relations), ids)
	}
	places := make(map[literature.ID]int)
	for i, id := range ids {
		places[id] = i
	}
	if len(places) != len(ids) {
		t.Fatalf("a node twice: %s", ids)
	}
	wanted := func(r *literature.Relation) bool { return q.Kinds == nil || slices.Contains(q.Kinds, r.Kind) }
	var induced []literature.ID
	degrees := make([]int, len(ids))
	distances := slices.Repeat([]int{q.Hops + 1}, len(ids))
	for i := range q.Seeds {
		distances[i] = 0
	}
	for range q.Hops {
		for _, r := range relations {
			source, ok := places[r.Source]
			target, also := places[r.Target]
			if ok && also && wanted(r) {
				distances[source] = min(distances[source], distances[target]+1)
				distances[target] = min(distances[target], distances[source]+1)
			}
		}
	}
	for _, r := range relations {
		source, ok := places[r.Source]
		target, also := places[r.Target]
		if !wanted(r) {
			continue
		}
		if ok && also {
			induced = append(induced, r.ID)
		}
		if ok {
			degrees[source]++
		}
		if also && r.Source != r.Target {
			degrees[target]++
		}
	}
	var shown []literature.ID
	for _, r := range g.Relations {
		if r.Relation.Source != ids[r.Source] || r.Relation.Target != ids[r.Target] || r.Relation.Assertion() == nil {
			t.Fatalf("%s does not join %s and %s", r.Relation.ID, ids[r.Source], ids[r.Target])
		}
		shown = append(shown, r.Relation.ID)
	}
	slices.Sort(shown)
	slices.Sort(induced)
	if len(induced) <= q.RelationBudget && !slices.Equal(shown, induced) {
		t.Fatalf("other relations than those between the nodes: %s, want %s", shown, induced)
	}
	total, sizes := 0.0, make([]int, len(g.Communities))
	for i, node := range g.Nodes {
		if node.Degree != degrees[i] || node.Distance != distances[i] || node.Entity.RecordID() != node.ID {
			t.Fatalf("%s: degree %d and distance %d, want %d and %d", node.ID, node.Degree, node.Distance, degrees[i], distances[i])
		}
		if !(math.Abs(node.X) <= 1 && math.Abs(node.Y) <= 1) {
			t.Fatalf("%s lies at %g, %g", node.ID, node.X, node.Y)
		}
		total += node.Rank
		sizes[node.Community]++
	}
	if math.Abs(total-1) > 1e-6 {
		t.Fatalf("ranks add up to %g", total)
	}
	for i, c := range g.Communities {
		if c.Size != sizes[i] || c.NamedAfter == nil || i > 0 && c.Size > g.Communities[i-1].Size {
			t.Fatalf("community %d: %+v, %d nodes", i, c, sizes[i])
		}
	}
	if reach := reachOf(q, relations); g.AllMet && g.Met != reach || g.Met > reach {
		t.Fatalf("met %d (all: %t) of %d within %d hops", g.Met, g.AllMet, reach, q.Hops)
	}
	if complete := g.Met == len(ids) && len(induced) == len(shown); complete != (g.Note() == "") {
		t.Fatalf("%d of %d nodes and %d of %d relations: %q", len(ids), g.Met, len(shown), len(induced), g.Note())
	}
}

// reachOf counts the entities within reach of the seeds.
func reachOf(q explore.SubgraphQuery, relations []*literature.Relation) int {
	reached := map[literature.ID]bool{}
	for _, id := range q.Seeds {
		reached[id] = true
	}
	for range q.Hops {
		before := maps.Clone(reached)
		for _, r := range relations {
			if q.Kinds == nil || slices.Contains(q.Kinds, r.Kind) {
				if before[r.Source] {
					reached[r.Target] = true
				}
				if before[r.Target] {
					reached[r.Source] = true
				}
			}
		}
	}
	return len(reached)
}

// TestGrowFarther: what one call of the store cannot give is fetched in several.
func TestGrowFarther(t *testing.T) {
	s := embedded(t)
	readCorpus(t, storetest.Corpus{Seed: 7, Papers: 3000}, s)
	g, err := explore.Grow(t.Context(), s, explore.SubgraphQuery{
		Seeds: []literature.ID{"topic/t-0"}, Hops: 3, NodeBudget: 3000, RelationBudget: 9000, Parts: explore.Parts{Entities: true, Relations: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(g.Nodes) != 3000 || len(g.Relations) != 9000 || g.Nodes[2999].Entity == nil || g.Relations[8999].Relation.Assertion() == nil {
		t.Fatalf("%d nodes and %d relations", len(g.Nodes), len(g.Relations))
	}
}

// TestPageGraphs: the graph of any page holds its papers, what at least two of them lead to, and the relations from the papers to those; all pages together take two calls.
func TestPageGraphs(t *testing.T) {
	reference := storetest.NewReference()
	relations := fillAll(t, reference)
	rapid.Check(t, func(t *rapid.T) {
		q := explore.PageQuery{
			Kinds:      rapid.SampledFrom([][]literature.RelationKind{nil, {literature.About}, {literature.Cites, literature.AuthoredBy}}).Draw(t, "kinds"),
			NodeBudget: rapid.IntRange(1, 40).Draw(t, "nodes"), RelationBudget: 3000, Parts: explore.Parts{Degrees: true, Ranks: true, Communities: true, Position: true},
		}
		numbers := rapid.SliceOfN(rapid.SliceOfNDistinct(rapid.IntRange(0, subgraphCorpus.Papers-1), 0, 12, rapid.ID), 1, 3).Draw(t, "pages")
		pages := make([][]*literature.Paper, len(numbers))
		for i, page := range numbers {
			for _, n := range page {
				pages[i] = append(pages[i], &literature.Paper{Base: literature.Base{ID: subgraphCorpus.Paper(n)}})
			}
		}
		counted := storetest.Count(reference)
		graphs, err := explore.PageGraphs(t.Context(), counted, pages, q)
		if err != nil {
			t.Fatal(err)
		}
		if counted.Total() > 2 {
			t.Fatalf("%d calls", counted.Total())
		}
		for i, g := range graphs {
			checkPageGraph(t, q, pages[i], g, relations)
		}
	})
}

func checkPageGraph(t *rapid.T, q explore.PageQuery, page []*literature.Paper, g *explore.Subgraph, relations []*literature.Relation) {
	papers, leading := map[literature.ID]bool{}, map[literature.ID]map[literature.ID]bool{}
	for _, paper := range page {
		papers[paper.ID] = true
	}
	var leaving []*literature.Relation
	degrees := map[literature.ID]int{}
	for _, r := range relations {
		if q.Kinds != nil && !slices.Contains(q.Kinds, r.Kind) {
			continue
		}
		degrees[r.Source]++
		if r.Source != r.Target {
			degrees[r.Target]++
		}
		if papers[r.Source] {
			leaving = append(leaving, r)
			if leading[r.Target] == nil {
				leading[r.Target] = map[literature.ID]bool{}
			}
			leading[r.Target][r.Source] = true
		}
	}
	met := len(page)
	for id, from := range leading {
		if !papers[id] && len(from) > 1 {
			met++
		}
	}
	shown := map[literature.ID]bool{}
	for i, node := range g.Nodes {
		shown[node.ID] = true
		if i < len(page) && node.ID != page[i].ID || i >= len(page) && len(leading[node.ID]) < 2 || node.Degree != degrees[node.ID] {
			t.Fatalf("node %d is %s with a degree of %d, want %d", i, node.ID, node.Degree, degrees[node.ID])
		}
	}
	if g.Met != met || len(g.Nodes) != min(met, q.NodeBudget) || (g.Note() == "") != (met <= q.NodeBudget) {
		t.Fatalf("%d of %d nodes, want %d of %d: %q", len(g.Nodes), g.Met, min(met, q.NodeBudget), met, g.Note())
	}
	want := 0
	for _, r := range leaving {
		if shown[r.Source] && shown[r.Target] {
			want++
		}
	}
	if len(g.Relations) != want {
		t.Fatalf("%d relations, want %d", len(g.Relations), want)
	}
}

package explore

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Bounds of a subgraph.
const (
	MaxSubgraphNodes     = store.MaxKeys
	MaxSubgraphRelations = 30_000
)

// Parts says what is wanted of a subgraph beside ids, kinds and distances, since all of these cost time.
type Parts struct {
	// Entities and Relations are the records; without Relations, relations are as store.Stripped says. Communities have names if Entities are wanted, too.
	Entities, Relations                   bool
	Degrees, Ranks, Communities, Position bool
}

// Subgraph is a part of the graph, ready to draw.
type Subgraph struct {
	// Nodes stand in the order in which they were taken in: the seeds, then by score descending and id.
	Nodes []*SubgraphNode
	// Relations join nodes; one stands as soon as both its ends do.
	Relations []*SubgraphRelation
	// Communities are there if asked for, the largest first.
	Communities []*Community
	// Met counts the entities from which the nodes were chosen; AllMet tells that these are all within reach.
	Met    int
	AllMet bool
	// Cut says what was left out, in plain words; empty where nothing was.
	Cut []string
}

// SubgraphNode is one entity of a subgraph.
type SubgraphNode struct {
	ID     literature.ID
	Entity literature.Entity
	// Degree counts its relations of the kinds asked for in the whole graph.
	Degree int
	// Distance is how many relations of the subgraph, before any was cut, lead to it from the nearest seed.
	Distance int
	// Rank is its PageRank within the subgraph, to nine places; all ranks add up to 1.
	Rank float64
	// Community is the place of its community among Communities.
	Community int
	// X and Y lie from -1 to 1.
	X, Y float64

	score float64
}

// Kind is the kind of entity.
func (n *SubgraphNode) Kind() literature.EntityKind { return n.ID.EntityKind() }

// SubgraphRelation is one relation of a subgraph, with the places of its ends among the nodes.
type SubgraphRelation struct {
	Source, Target int
	Relation       *literature.Relation

	weight float64 // that of the relation, at hand
}

// ID is that of the relation.
func (r *SubgraphRelation) ID() literature.ID {
	return literature.NewRelationID(r.Relation.Kind, r.Relation.Source, r.Relation.Target)
}

// Weight is that of the relation from 0 to 1, and 1 in kinds without one.
func (r *SubgraphRelation) Weight() float64 { return r.weight }

// weight is that of a relation from 0 to 1, and 1 in kinds without one.
func weight(r *literature.Relation) float64 {
	if r.Kind != literature.About {
		return 1
	}
	return float64(r.Weight) / literature.FullWeight
}

// Note says what was cut; empty where nothing was.
func (s *Subgraph) Note() string {
	if len(s.Cut) == 0 {
		return ""
	}
	return "Left out: " + strings.Join(s.Cut, "; ") + "."
}

// measure fills in distances: breadth first from the seeds, which are the first nodes, along relations either way.
func (s *Subgraph) measure(seeds int) {
	links := s.links()
	seen := make([]bool, len(s.Nodes))
	var queue []int
	for i := range seeds {
		seen[i], s.Nodes[i].Distance = true, 0
		queue = append(queue, i)
	}
	for len(queue) > 0 {
		i := queue[0]
		queue = queue[1:]
		for _, link := range links[i] {
			if !seen[link.to] {
				seen[link.to], s.Nodes[link.to].Distance = true, s.Nodes[i].Distance+1
				queue = append(queue, link.to)
			}
		}
	}
}

// step leads to the node at a place.
type step struct {
	to     int
	weight float64
}

// links are the relations of each node as seen from it; one to itself is there once.
func (s *Subgraph) links() [][]step {
	sizes := make([]int, len(s.Nodes))
	for _, r := range s.Relations {
		sizes[r.Source]++
		if r.Source != r.Target {
			sizes[r.Target]++
		}
	}
	all, links := make([]step, 2*len(s.Relations)), make([][]step, len(s.Nodes))
	for i, size := range sizes {
		links[i], all = all[:0:size], all[size:]
	}
	for _, r := range s.Relations {
		links[r.Source] = append(links[r.Source], step{r.Target, r.weight})
		if r.Source != r.Target {
			links[r.Target] = append(links[r.Target], step{r.Source, r.weight})
		}
	}
	return links
}

// order sorts relations by the end that came in later, then by how strongly they join it: the score of the other end × weight.
func (s *Subgraph) order() {
	starts := make([]int, len(s.Nodes)+1) // of the relations of each node to those before it
	for _, r := range s.Relations {
		starts[r.later()+1]++
	}
	for i := range s.Nodes {
		starts[i+1] += starts[i]
	}
	sorted, ends := make([]*SubgraphRelation, len(s.Relations)), slices.Clone(starts)
	for _, r := range s.Relations {
		sorted[ends[r.later()]] = r
		ends[r.later()]++
	}
	for i := range s.Nodes {
		slices.SortFunc(sorted[starts[i]:ends[i]], s.compare)
	}
	s.Relations = sorted
}

// compare puts relations with one later end in order.
func (s *Subgraph) compare(a, b *SubgraphRelation) int {
	strength := func(r *SubgraphRelation) float64 { return r.weight * s.Nodes[min(r.Source, r.Target)].score }
	if c := cmp.Compare(strength(b), strength(a)); c != 0 {
		return c
	}
	return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Target, b.Target), cmp.Compare(a.Relation.Kind.Rank(), b.Relation.Kind.Rank()))
}

// later is the place of the end that came in later.
func (r *SubgraphRelation) later() int { return max(r.Source, r.Target) }

// keep cuts relations down to a budget: the strongest one of each node to those before it stays first of all, so that the graph hangs together.
func (s *Subgraph) keep(budget int) {
	s.order()
	if len(s.Relations) <= budget {
		return
	}
	s.Cut = append(s.Cut, count(len(s.Relations)-budget, "relation", "relations"))
	kept, last := make([]bool, len(s.Relations)), -1
	for i, r := range s.Relations {
		if r.Source != r.Target && r.later() != last && budget > 0 {
			kept[i], last = true, r.later()
			budget--
		}
	}
	var relations []*SubgraphRelation
	for i, r := range s.Relations {
		if !kept[i] && budget > 0 {
			kept[i] = true
			budget--
		}
		if kept[i] {
			relations = append(relations, r)
		}
	}
	s.Relations = relations
}

// fetch gets the records wanted, in one call up to store.MaxKeys, and in any case those of seeds without relations, which alone tell the ids that these have now. What was removed since is left out.
func (s *Subgraph) fetch(ctx context.Context, reader store.Reader, parts Parts) error {
	wanted := func(node *SubgraphNode) bool { return parts.Entities || node.Degree == 0 }
	var ids []literature.ID
	for _, node := range s.Nodes {
		if wanted(node) {
			ids = append(ids, node.ID)
		}
	}
	if parts.Relations {
		for _, r := range s.Relations {
			ids = append(ids, r.ID())
		}
	}
	records, err := recordsOf(ctx, reader, ids)
	if err != nil {
		return err
	}
	if parts.Relations {
		s.Relations = slices.DeleteFunc(s.Relations, func(r *SubgraphRelation) bool {
			record, ok := records[r.ID()].(*literature.Relation)
			r.Relation = record
			return !ok
		})
	}
	places, nodes, placed := make([]int, len(s.Nodes)), make([]*SubgraphNode, 0, len(s.Nodes)), make(map[literature.ID]bool, len(s.Nodes))
	for i, node := range s.Nodes {
		places[i] = -1
		if wanted(node) {
			entity, ok := records[node.ID].(literature.Entity)
			if !ok {
				continue
			}
			node.ID, node.Entity = entity.RecordID(), entity
		}
		if !placed[node.ID] {
			placed[node.ID], places[i] = true, len(nodes)
			nodes = append(nodes, node)
		}
	}
	s.Met -= len(s.Nodes) - len(nodes)
	s.Nodes = nodes
	s.Relations = slices.DeleteFunc(s.Relations, func(r *SubgraphRelation) bool {
		r.Source, r.Target = places[r.Source], places[r.Target]
		return r.Source < 0 || r.Target < 0
	})
	return nil
}

// complete works out what is wanted of the whole graph.
func (s *Subgraph) complete(ctx context.Context, parts Parts) error {
	if parts.Ranks {
		s.rank()
	}
	if parts.Communities {
		if err := s.divide(ctx); err != nil {
			return err
		}
		s.name()
	}
	if parts.Position {
		return s.place(ctx)
	}
	return nil
}

// rank works out PageRank: how often somebody is at a node who follows relations from source to target at random, and begins anew anywhere in 15 of 100 steps and where nothing leads on.
// Source: Brin and Page, The anatomy of a large-scale hypertextual web search engine, 1998.
func (s *Subgraph) rank() {
	n := len(s.Nodes)
	out := make([]float64, n)
	for _, r := range s.Relations {
		out[r.Source] += r.weight
	}
	ranks, next := make([]float64, n), make([]float64, n)
	for i := range ranks {
		ranks[i] = 1 / float64(n)
	}
	for range maxIterations {
		lost := 0.0
		clear(next)
		for i, rank := range ranks {
			if out[i] == 0 {
				lost += rank
			}
		}
		for _, r := range s.Relations {
			next[r.Target] += float64(ranks[r.Source] * r.weight / out[r.Source])
		}
		moved := 0.0
		for i := range next {
			next[i] = float64(damping*(next[i]+lost/float64(n))) + (1-damping)/float64(n)
			moved += math.Abs(next[i] - ranks[i])
		}
		if ranks, next = next, ranks; moved < settled {
			break
		}
	}
	for i, node := range s.Nodes {
		node.Rank = math.Round(ranks[i]*1e9) / 1e9
	}
}

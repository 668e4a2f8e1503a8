package api

import (
	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/formats/graphfile"
	"github.com/papergraph/papergraph/literature"
)

// SubgraphNode is one entity of a subgraph.
type SubgraphNode = explore.SubgraphNode

// SubgraphCommunity is a group of nodes.
type SubgraphCommunity = explore.Community

// Subgraph is a part of the graph, ready to draw.
type Subgraph struct{ *explore.Subgraph }

// Relations are those that join two nodes.
func (s *Subgraph) Relations() []*literature.Relation {
	relations := make([]*literature.Relation, len(s.Subgraph.Relations))
	for i, r := range s.Subgraph.Relations {
		relations[i] = r.Relation
	}
	return relations
}

// Columns are the same graph as parallel lists.
func (s *Subgraph) Columns() *SubgraphColumns { return &SubgraphColumns{s.Subgraph} }

// Coverage says whether budgets cut something, and what.
func (s *Subgraph) Coverage() *Coverage {
	c := &Coverage{State: literature.CoverageComplete, Known: len(s.Nodes), Truncated: len(s.Cut) > 0, Note: s.Note()}
	if c.Truncated {
		c.State = literature.CoveragePartial
	}
	if s.AllMet {
		c.Expected = &s.Met
	}
	return c
}

// Export writes the graph in a format, with labels in the asked locale.
func (s *Subgraph) Export(format graphfile.Format, locale *literature.Locale) (string, error) {
	g := graphfile.Graph{Nodes: make([]graphfile.Node, len(s.Nodes)), Edges: make([]graphfile.Edge, len(s.Subgraph.Relations))}
	for i, n := range s.Nodes {
		g.Nodes[i] = graphfile.Node{
			ID: n.ID, Kind: n.Kind(), Label: n.Entity.Label(locale), Degree: n.Degree, Rank: n.Rank, Community: n.Community, X: n.X, Y: n.Y,
		}
		if year := yearOf(n.Entity); year != nil {
			g.Nodes[i].Year = *year
		}
	}
	for i, r := range s.Subgraph.Relations {
		g.Edges[i] = graphfile.Edge{ID: r.ID(), Kind: r.Relation.Kind, Source: r.Source, Target: r.Target, Weight: r.Weight()}
	}
	for _, c := range s.Communities {
		g.Communities = append(g.Communities, c.NamedAfter.Label(locale))
	}
	return graphfile.Write(format, g)
}

func yearOf(e literature.Entity) *int {
	switch e := e.(type) {
	case *literature.Paper:
		return e.Year()
	case *literature.Venue:
		return e.Year
	}
	return nil
}

// SubgraphColumns is a subgraph as parallel lists.
type SubgraphColumns struct{ of *explore.Subgraph }

func column[R, V any](rows []R, value func(R) V) []V {
	values := make([]V, len(rows))
	for i, row := range rows {
		values[i] = value(row)
	}
	return values
}

// The columns of nodes.

// Ids are those of the nodes.
func (c *SubgraphColumns) Ids() []literature.ID {
	return column(c.of.Nodes, func(n *SubgraphNode) literature.ID { return n.ID })
}

// Kinds are those of the nodes.
func (c *SubgraphColumns) Kinds() []literature.EntityKind {
	return column(c.of.Nodes, (*SubgraphNode).Kind)
}

// Labels are those of the nodes in the asked locale.
func (c *SubgraphColumns) Labels(locale *literature.Locale) []string {
	return column(c.of.Nodes, func(n *SubgraphNode) string { return n.Entity.Label(locale) })
}

// Years are those of papers and editions, nil for everything else.
func (c *SubgraphColumns) Years() []*int {
	return column(c.of.Nodes, func(n *SubgraphNode) *int { return yearOf(n.Entity) })
}

// Degrees count the nodes' relations in the whole graph.
func (c *SubgraphColumns) Degrees() []int {
	return column(c.of.Nodes, func(n *SubgraphNode) int { return n.Degree })
}

// Distances lead from the nearest seed.
func (c *SubgraphColumns) Distances() []int {
	return column(c.of.Nodes, func(n *SubgraphNode) int { return n.Distance })
}

// Ranks are those of the nodes.
func (c *SubgraphColumns) Ranks() []float64 {
	return column(c.of.Nodes, func(n *SubgraphNode) float64 { return n.Rank })
}

// Communities are the numbers of the nodes' communities.
func (c *SubgraphColumns) Communities() []int {
	return column(c.of.Nodes, func(n *SubgraphNode) int { return n.Community })
}

// Xs are places from left to right.
func (c *SubgraphColumns) Xs() []float64 {
	return column(c.of.Nodes, func(n *SubgraphNode) float64 { return n.X })
}

// Ys are places from bottom to top.
func (c *SubgraphColumns) Ys() []float64 {
	return column(c.of.Nodes, func(n *SubgraphNode) float64 { return n.Y })
}

// The columns of relations.

// Sources are places among the nodes.
func (c *SubgraphColumns) Sources() []int {
	return column(c.of.Relations, func(r *explore.SubgraphRelation) int { return r.Source })
}

// Targets are places among the nodes.
func (c *SubgraphColumns) Targets() []int {
	return column(c.of.Relations, func(r *explore.SubgraphRelation) int { return r.Target })
}

// RelationIds are those of the relations.
func (c *SubgraphColumns) RelationIds() []literature.ID {
	return column(c.of.Relations, (*explore.SubgraphRelation).ID)
}

// RelationKinds are those of the relations.
func (c *SubgraphColumns) RelationKinds() []literature.RelationKind {
	return column(c.of.Relations, func(r *explore.SubgraphRelation) literature.RelationKind { return r.Relation.Kind })
}

// Weights are those of the relations, 1 where a kind has none.
func (c *SubgraphColumns) Weights() []float64 {
	return column(c.of.Relations, (*explore.SubgraphRelation).Weight)
}

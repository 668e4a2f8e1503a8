package graph

import (
	"context"
	"errors"

	"github.com/99designs/gqlgen/graphql"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/graph/api"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/loaders"
	"github.com/papergraph/papergraph/store"
)

// How much of a subgraph is told as objects.
const (
	maxNodeObjects     = 1000
	maxRelationObjects = 3000
)

// surroundings answers what surrounds some entities.
func surroundings(ctx context.Context, reader store.Reader, q explore.SubgraphQuery) (*api.Subgraph, error) {
	if err := checkSubgraph(q); err != nil {
		return nil, err
	}
	f := fieldOf(ctx)
	q.Parts = f.parts()
	switch {
	case q.NodeBudget > maxNodeObjects && f.selects("nodes"):
		return nil, badInput("nodeBudget is %d: ask for at most %d nodes as objects, and for more by columns", q.NodeBudget, maxNodeObjects)
	case q.RelationBudget > maxRelationObjects && f.selects("relations"):
		return nil, badInput("relationBudget is %d: ask for at most %d relations as objects, and for more by columns", q.RelationBudget, maxRelationObjects)
	}
	g, err := explore.Grow(ctx, reader, q)
	if errors.Is(err, store.ErrInvalid) {
		return nil, badInput("seeds: %v", api.Said(err))
	}
	if err != nil {
		return nil, err
	}
	return known(ctx, g), nil
}

func checkSubgraph(q explore.SubgraphQuery) error {
	switch {
	case len(q.Seeds) < 1 || len(q.Seeds) > MaxFirst:
		return badInput("seeds has %d ids: name 1 to %d", len(q.Seeds), MaxFirst)
	case q.Hops < 1 || q.Hops > store.MaxHops:
		return badInput("hops is %d: ask for 1 to %d", q.Hops, store.MaxHops)
	case q.NodeBudget < len(q.Seeds) || q.NodeBudget > explore.MaxSubgraphNodes:
		return badInput("nodeBudget is %d: ask for %d, the number of seeds, to %d nodes", q.NodeBudget, len(q.Seeds), explore.MaxSubgraphNodes)
	case q.RelationBudget < 0 || q.RelationBudget > explore.MaxSubgraphRelations:
		return badInput("relationBudget is %d: ask for 0 to %d", q.RelationBudget, explore.MaxSubgraphRelations)
	}
	for i, id := range q.Seeds {
		if parsed, err := literature.ParseID(string(id)); err != nil {
			return badInput("seeds[%d]: %v", i, err)
		} else if parsed.EntityKind() == "" {
			return badInput("seeds[%d]: %q is no entity: name a paper, an author, a topic, …", i, id)
		}
	}
	return arguments{Kinds: q.Kinds}.check()
}

// parts tells what a field of type Subgraph has to work out for what is selected below it.
func (f field) parts() explore.Parts {
	var p explore.Parts
	for _, c := range f.below() {
		switch c.Name {
		case "relations":
			p.Relations = true
		case "communities":
			p.Communities, p.Entities = true, true
		case "export":
			p.Entities, p.Degrees, p.Ranks, p.Communities, p.Position = true, true, true, true, true
		}
		for _, c := range graphql.CollectFields(f.operation, c.Selections, nil) {
			switch c.Name {
			case "entity", "labels", "years", "source", "target":
				p.Entities = true
			case "degree", "degrees":
				p.Degrees = true
			case "rank", "ranks":
				p.Ranks = true
			case "community", "communities":
				p.Communities = true
			case "x", "y", "xs", "ys":
				p.Position = true
			}
		}
	}
	return p
}

// known makes the entities of a subgraph known to the loaders.
func known(ctx context.Context, g *explore.Subgraph) *api.Subgraph {
	records := loaders.From(ctx).Records
	for _, node := range g.Nodes {
		if node.Entity != nil {
			records.Know(node.Entity)
		}
	}
	return &api.Subgraph{Subgraph: g}
}

// graphQuestion asks for the graph of the pages of a connection.
func (f field) graphQuestion(list store.ListQuery, kinds []literature.RelationKind, nodeBudget int) (loaders.PageGraph, error) {
	q := loaders.PageGraph{List: list, Query: explore.PageQuery{Kinds: kinds, NodeBudget: nodeBudget, RelationBudget: maxRelationObjects, Parts: f.parts()}}
	if nodeBudget < 1 || nodeBudget > maxNodeObjects {
		return q, badInput("nodeBudget is %d: ask for 1 to %d nodes", nodeBudget, maxNodeObjects)
	}
	return q, arguments{Kinds: kinds}.check()
}

// pageGraph answers the graph of a page of papers.
func pageGraph(ctx context.Context, c *api.PaperConnection, kinds []literature.RelationKind, nodeBudget int) (*api.Subgraph, error) {
	q, err := fieldOf(ctx).graphQuestion(c.Query, kinds, nodeBudget)
	if err != nil {
		return nil, err
	}
	g, err := loaders.From(ctx).Graphs.Load(ctx, c.Parent, q)
	if err != nil || g == nil {
		return &api.Subgraph{Subgraph: new(explore.Subgraph)}, err
	}
	return &api.Subgraph{Subgraph: g}, nil
}

// graphs looks at the graphs of connections of papers, which are those of the parents.
func (a ahead) graphs(f field, parents []literature.ID, list store.ListQuery) {
	for _, c := range f.below() {
		if c.Name != "graph" {
			continue
		}
		graph := field{"PaperConnection", a.operation, c}
		arguments, ok := argumentsOf(graph)
		if !ok {
			continue
		}
		q, err := graph.graphQuestion(list, arguments.Kinds, arguments.NodeBudget)
		if err != nil {
			continue
		}
		found, _ := a.loaders.Graphs.Prime(a.ctx, parents, q)
		a.subgraphs(graph, found)
	}
}

// subgraphs looks below the entities and relations of subgraphs.
func (a ahead) subgraphs(f field, graphs []*explore.Subgraph) {
	var entities, relations, names []literature.Record
	for _, g := range graphs {
		if g == nil {
			continue
		}
		for _, node := range g.Nodes {
			entities = append(entities, node.Entity)
		}
		for _, r := range g.Relations {
			relations = append(relations, r.Relation)
		}
		for _, c := range g.Communities {
			names = append(names, c.NamedAfter)
		}
	}
	for _, c := range f.below() {
		switch c.Name {
		case "nodes":
			a.fields(c.Selections, map[string][]literature.Record{"entity": entities})
		case "communities":
			a.fields(c.Selections, map[string][]literature.Record{"namedAfter": names})
		case "relations":
			a.records(relations, c.Selections)
		}
	}
}

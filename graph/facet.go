package graph

import (
	"context"

	"github.com/papergraph/papergraph/graph/api"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/loaders"
	"github.com/papergraph/papergraph/store"
)

// facets counts the list of a connection by single properties.
func facets(ctx context.Context, c *api.PaperConnection, a arguments) ([]*api.Facet, error) {
	counts, err := counted(ctx, c, a)
	if err != nil {
		return nil, err
	}
	return api.Facets(a.By, counts), nil
}

// groups counts the list of a connection by several properties at once.
func groups(ctx context.Context, c *api.PaperConnection, a arguments) ([]*api.PaperGroup, error) {
	counts, err := counted(ctx, c, a)
	if err != nil || len(counts) == 0 {
		return []*api.PaperGroup{}, err
	}
	return api.Groups(a.Dimensions, counts[0]), nil
}

func firstPapers(g *api.PaperGroup, n int) ([]*literature.Paper, error) {
	if n < 1 || n > maxSamples {
		return nil, badInput("first is %d: ask for 1 to %d papers of a group", n, maxSamples)
	}
	return g.First(n), nil
}

func counted(ctx context.Context, c *api.PaperConnection, a arguments) ([]store.FacetCounts, error) {
	q, err := fieldOf(ctx).countQuestion(c.Query, a)
	if err != nil {
		return nil, err
	}
	return loaders.From(ctx).Facets.Load(ctx, c.Parent, q)
}

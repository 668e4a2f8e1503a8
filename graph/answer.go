package graph

import (
	"context"
	"errors"
	"fmt"

	"github.com/papergraph/papergraph/graph/api"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/loaders"
	"github.com/papergraph/papergraph/store"
)

// The functions of this file are the one call that a resolver makes: they ask the question of the field being resolved and give the answer its shape.

func joined[N literature.Entity, E any](ctx context.Context, id literature.ID, a arguments, edge func(api.Edge[N], *literature.Relation) E) (*api.Connection[N, E], error) {
	q, scope, err := fieldOf(ctx).relationQuestion(a)
	if err != nil {
		return nil, err
	}
	page, err := loaders.From(ctx).Relations.Load(ctx, id, q)
	if err != nil {
		return nil, err
	}
	return api.Joined(scope, page, edge), nil
}

func citations(ctx context.Context, of *literature.Paper, a arguments) (*api.CitationConnection, error) {
	page, err := joined(ctx, of.ID, a, api.Citation)
	if err != nil {
		return nil, err
	}
	return &api.CitationConnection{Connection: page, Of: of, Incoming: fieldOf(ctx).Name == "citedBy"}, nil
}

func relations(ctx context.Context, id literature.ID, a arguments) (*api.RelationConnection, error) {
	q, scope, err := fieldOf(ctx).relationQuestion(a)
	if err != nil {
		return nil, err
	}
	page, err := loaders.From(ctx).Relations.Load(ctx, id, q)
	if err != nil {
		return nil, err
	}
	return api.Relations(scope, page), nil
}

// neighbours answers a plain list of the entities at the other end of relations.
func neighbours[N literature.Entity](ctx context.Context, id literature.ID) ([]N, error) {
	page, err := joined(ctx, id, arguments{}, api.Plain[N])
	if err != nil {
		return nil, err
	}
	return page.Nodes, nil
}

// neighbour is the first of neighbours, or nil.
func neighbour[N literature.Entity](ctx context.Context, id literature.ID) (N, error) {
	var none N
	all, err := neighbours[N](ctx, id)
	if err != nil || len(all) == 0 {
		return none, err
	}
	return all[0], nil
}

func degree(ctx context.Context, id literature.ID, a arguments) (int, error) {
	q, err := degreeQuestion(a)
	if err != nil {
		return 0, err
	}
	return loaders.From(ctx).Degrees.Load(ctx, id, q)
}

// listed answers a list of entities joined to a parent.
func listed[N literature.Entity](ctx context.Context, parent literature.ID, a arguments) (*api.Connection[N, *api.Edge[N]], error) {
	q, scope, err := fieldOf(ctx).listQuestion(a)
	if err != nil {
		return nil, err
	}
	page, err := loaders.From(ctx).Lists.Load(ctx, parent, q)
	if err != nil {
		return nil, err
	}
	return api.Entities[N](scope, page), nil
}

// everything answers a list of all entities of a kind.
func everything[N literature.Entity](ctx context.Context, a arguments) (*api.Connection[N, *api.Edge[N]], error) {
	return listed[N](ctx, "", a)
}

// papers answers a list of papers, all of them where there is no parent.
func papers(ctx context.Context, parent literature.ID, a arguments) (*api.PaperConnection, error) {
	page, err := listed[*literature.Paper](ctx, parent, a)
	if err != nil {
		return nil, err
	}
	q, _, err := fieldOf(ctx).listQuestion(a)
	return &api.PaperConnection{Connection: page, Parent: parent, Query: q}, err
}

// reportedResults answers a list of results, all of them where there is no parent.
func reportedResults(ctx context.Context, parent literature.ID, a arguments) (*api.ResultConnection, error) {
	q, scope, err := fieldOf(ctx).resultQuestion(a)
	if err != nil {
		return nil, err
	}
	page, err := loaders.From(ctx).Results.Load(ctx, parent, q)
	if err != nil {
		return nil, err
	}
	return api.Results(scope, page), nil
}

func sharedTopics(ctx context.Context, id literature.ID, a arguments) (*api.SharedTopicConnection, error) {
	return walked(ctx, id, a, api.SharedTopics)
}

func coauthors(ctx context.Context, id literature.ID, a arguments) (*api.CoauthorConnection, error) {
	return walked(ctx, id, a, api.Coauthors)
}

func walked[C any](ctx context.Context, id literature.ID, a arguments, shape func(api.Scope, store.ReachedPage) C) (C, error) {
	var none C
	q, scope, err := fieldOf(ctx).walkQuestion(a)
	if err != nil {
		return none, err
	}
	page, err := loaders.From(ctx).Walks.Load(ctx, id, q)
	if err != nil {
		return none, err
	}
	return shape(scope, page), nil
}

// record loads what an id names, as the type that the schema promises; an empty id is nil.
func record[R literature.Record](ctx context.Context, id literature.ID) (R, error) {
	var none R
	if id == "" {
		return none, nil
	}
	loaded, err := loaders.From(ctx).Records.Load(ctx, id)
	if err != nil {
		return none, err
	}
	typed, ok := loaded.(R)
	if !ok {
		return none, fmt.Errorf("%s is a %T", id, loaded)
	}
	return typed, nil
}

// records loads what several ids name, leaving out those that name nothing.
func records[R literature.Record](ctx context.Context, ids []literature.ID) ([]R, error) {
	typed := make([]R, 0, len(ids))
	for _, id := range ids {
		switch r, err := record[R](ctx, id); {
		case errors.Is(err, store.ErrNotFound):
		case err != nil:
			return nil, err
		default:
			typed = append(typed, r)
		}
	}
	return typed, nil
}

// citationCoverage says how much of a list of citations is known. What cites a paper is never known in full.
func citationCoverage(ctx context.Context, c *api.CitationConnection) (*api.Coverage, error) {
	name := "references"
	if c.Incoming {
		name = "citedBy"
	}
	known, err := loaders.From(ctx).Degrees.Load(ctx, c.Of.ID, coverageQuestion(name))
	if err != nil {
		return nil, err
	}
	if c.Incoming {
		return &api.Coverage{State: literature.CoveragePartial, Known: known, Note: "Only citations from papers of this graph are known."}, nil
	}
	return api.NewCoverage(c.Of.References, known), nil
}

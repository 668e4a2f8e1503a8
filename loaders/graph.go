package loaders

import (
	"context"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// PageGraph asks for the graph of a page of papers: that which the list gives for each parent.
type PageGraph struct {
	List  store.ListQuery
	Query explore.PageQuery
}

func graphs(reader store.Reader, records *Records, lists *Group[store.ListQuery, store.EntityPage]) fetch[PageGraph, *explore.Subgraph] {
	return func(ctx context.Context, parents []literature.ID, q PageGraph) (map[literature.ID]*explore.Subgraph, error) {
		pages, err := lists.Prime(ctx, parents, q.List)
		if err != nil {
			return nil, err
		}
		papers := make([][]*literature.Paper, len(pages))
		for i, page := range pages {
			for _, item := range page.Items {
				if paper, ok := item.Entity.(*literature.Paper); ok {
					papers[i] = append(papers[i], paper)
				}
			}
		}
		drawn, err := explore.PageGraphs(ctx, reader, papers, q.Query)
		if err != nil {
			return nil, err
		}
		answers := make(map[literature.ID]*explore.Subgraph, len(parents))
		for i, id := range parents {
			answers[id] = drawn[i]
			for _, node := range drawn[i].Nodes {
				records.know(node.Entity)
			}
		}
		return answers, nil
	}
}

package explore

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// PageQuery asks for the graph that a page of papers makes.
type PageQuery struct {
	// Kinds restricts the relations; none: all kinds.
	Kinds []literature.RelationKind
	// NodeBudget and RelationBudget bound each graph; at most MaxSubgraphNodes and MaxSubgraphRelations.
	NodeBudget, RelationBudget int
	Parts                      Parts
}

// PageGraphs draws pages of papers: the papers, and the entities to which relations lead from at least two of them, those with the greatest sum of weights first, then by id; and the relations that leave
// the papers and join nodes. It takes one call for any number of pages with up to store.MaxKeys papers, and one more where degrees are wanted.
func PageGraphs(ctx context.Context, reader store.Reader, papers [][]*literature.Paper, q PageQuery) ([]*Subgraph, error) {
	var sources []literature.ID
	for _, page := range papers {
		for _, paper := range page {
			sources = append(sources, paper.ID)
		}
	}
	slices.Sort(sources)
	pages, err := inCalls(slices.Compact(sources), func(some []literature.ID) (map[literature.ID]store.RelationPage, error) {
		return reader.Relations(ctx, store.RelationQuery{Sources: some, Direction: store.Outgoing, Kinds: q.Kinds, Page: store.Page{Limit: store.MaxPage}})
	})
	if err != nil {
		return nil, err
	}
	graphs := make([]*Subgraph, len(papers))
	for i, page := range papers {
		graphs[i] = q.draw(page, pages)
	}
	if q.Parts.Degrees {
		if err := countDegrees(ctx, reader, graphs, q.Kinds); err != nil {
			return nil, err
		}
	}
	for _, graph := range graphs {
		if err := graph.complete(ctx, q.Parts); err != nil {
			return nil, err
		}
	}
	return graphs, nil
}

// countDegrees fills in the degrees of all nodes.
func countDegrees(ctx context.Context, reader store.Reader, graphs []*Subgraph, kinds []literature.RelationKind) error {
	nodes := make(map[literature.ID][]*SubgraphNode)
	for _, graph := range graphs {
		for _, node := range graph.Nodes {
			nodes[node.ID] = append(nodes[node.ID], node)
		}
	}
	for ids := range slices.Chunk(slices.Sorted(maps.Keys(nodes)), store.MaxKeys) {
		degrees, err := degrees(ctx, reader, ids, kinds)
		if err != nil {
			return err
		}
		for _, id := range ids {
			for _, node := range nodes[id] {
				node.Degree = degrees(id)
			}
		}
	}
	return nil
}

// draw makes the graph of one page from the relations that leave its papers.
func (q *PageQuery) draw(papers []*literature.Paper, pages map[literature.ID]store.RelationPage) *Subgraph {
	own := make(map[literature.ID]bool)
	for _, paper := range papers {
		own[paper.ID] = true
	}
	type shared struct {
		entity literature.Entity
		weight float64
		papers int
		last   literature.ID // of the papers
	}
	others := make(map[literature.ID]*shared)
	s := &Subgraph{AllMet: true}
	for _, paper := range papers {
		s.AllMet = s.AllMet && !pages[paper.ID].HasNext
		for _, item := range pages[paper.ID].Items {
			id := item.Other.RecordID()
			if own[id] {
				continue
			}
			if others[id] == nil {
				others[id] = &shared{entity: item.Other}
			}
			other := others[id]
			other.weight += weight(item.Relation)
			if other.last != paper.ID {
				other.papers++
				other.last = paper.ID
			}
		}
	}
	var joining []*shared
	for _, other := range others {
		if other.papers > 1 {
			joining = append(joining, other)
		}
	}
	slices.SortFunc(joining, func(a, b *shared) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.entity.RecordID(), b.entity.RecordID()))
	})
	s.Met = len(papers) + len(joining)
	places := make(map[literature.ID]int)
	add := func(e literature.Entity, distance int) {
		if len(s.Nodes) < q.NodeBudget {
			places[e.RecordID()] = len(s.Nodes)
			s.Nodes = append(s.Nodes, &SubgraphNode{ID: e.RecordID(), Entity: e, Distance: distance, score: 1})
		}
	}
	for _, paper := range papers {
		add(paper, 0)
	}
	for _, other := range joining {
		add(other.entity, 1)
	}
	if left := s.Met - len(s.Nodes); left > 0 {
		s.Cut = append(s.Cut, fmt.Sprintf("%d of %d entities", left, s.Met))
	}
	if !s.AllMet {
		s.Cut = append(s.Cut, fmt.Sprintf("relations of papers beyond the first %d", store.MaxPage))
	}
	for i, node := range s.Nodes {
		if node.Distance > 0 {
			break
		}
		for _, item := range pages[node.ID].Items {
			if to, ok := places[item.Other.RecordID()]; ok {
				s.Relations = append(s.Relations, &SubgraphRelation{i, to, item.Relation, weight(item.Relation)})
			}
		}
	}
	s.keep(q.RelationBudget)
	return s
}

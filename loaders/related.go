package loaders

import (
	"context"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/literature"
)

// Related asks what is related to a paper, or what a collection lacks; the query has no Seeds, and Grounds tells whether it is asked why, too.
type Related struct {
	Query   explore.RelatedQuery
	Grounds bool
}

// RelatedGroup loads related papers.
type RelatedGroup = Group[Related, RelatedAnswer]

// RelatedAnswer is one page of papers related to the seeds; Grounds has as many items, with nothing but the papers where nobody asked why. Truncated tells that not all seeds or not all
// candidates were looked at.
type RelatedAnswer struct {
	Seeds     []*literature.Paper
	Page      explore.RelatedPage
	Grounds   []explore.Grounded
	Truncated bool
}

func (l *Loaders) related(ctx context.Context, ids []literature.ID, q Related) (map[literature.ID]RelatedAnswer, error) {
	seeds, err := l.Records.Prime(ctx, ids)
	if err != nil {
		return nil, err
	}
	var papers []literature.ID
	var queries []explore.RelatedQuery
	for i, seed := range seeds {
		if paper, ok := seed.(*literature.Paper); ok {
			query := q.Query
			query.Seeds = []*literature.Paper{paper}
			papers, queries = append(papers, ids[i]), append(queries, query)
		}
	}
	found, err := l.RelatedPapers(ctx, queries, q.Grounds)
	if err != nil {
		return nil, err
	}
	answers := make(map[literature.ID]RelatedAnswer, len(papers))
	for i, id := range papers {
		answers[id] = found[i]
	}
	return answers, nil
}

// missing asks what is related to the papers of collections.
func (l *Loaders) missing(ctx context.Context, ids []literature.ID, q Related) (map[literature.ID]RelatedAnswer, error) {
	members, err := explore.MembersOf(ctx, l.reader, ids)
	if err != nil {
		return nil, err
	}
	var every []literature.ID
	for _, id := range ids {
		every = append(every, members[id].Papers...)
	}
	papers, err := l.Records.Prime(ctx, every)
	if err != nil {
		return nil, err
	}
	queries := make([]explore.RelatedQuery, len(ids))
	for i, id := range ids {
		queries[i] = q.Query
		n := len(members[id].Papers)
		for _, record := range papers[:n] {
			if paper, ok := record.(*literature.Paper); ok {
				queries[i].Seeds = append(queries[i].Seeds, paper)
			}
		}
		papers = papers[n:]
	}
	found, err := l.RelatedPapers(ctx, queries, q.Grounds)
	if err != nil {
		return nil, err
	}
	answers := make(map[literature.ID]RelatedAnswer, len(ids))
	for i, id := range ids {
		found[i].Truncated = found[i].Truncated || members[id].Truncated
		answers[id] = found[i]
	}
	return answers, nil
}

// RelatedPapers answers several queries with the papers they find; the records it meets are known to the loaders from then on.
func (l *Loaders) RelatedPapers(ctx context.Context, queries []explore.RelatedQuery, grounds bool) ([]RelatedAnswer, error) {
	if err := l.lendArrays(ctx, queries); err != nil {
		return nil, err
	}
	pages, err := explore.RelatedPapers(ctx, l.reader, queries)
	if err != nil {
		return nil, err
	}
	all := justPapers(pages)
	if grounds {
		if all, err = explore.Grounds(ctx, l.reader, queries, pages); err != nil {
			return nil, err
		}
	}
	answers := make([]RelatedAnswer, len(pages))
	for i, page := range pages {
		answers[i] = RelatedAnswer{Seeds: queries[i].Seeds, Page: page, Grounds: all[i], Truncated: page.Truncated}
		for _, g := range all[i] {
			l.Records.KnowGrounds(g)
		}
	}
	return answers, nil
}

// lendArrays gives the graph as arrays to the queries that need it.
func (l *Loaders) lendArrays(ctx context.Context, queries []explore.RelatedQuery) error {
	var arrays *explore.Arrays
	for i := range queries {
		if l.arrays == nil || queries[i].Weights[explore.PersonalizedPageRank] <= 0 {
			continue
		}
		if arrays == nil {
			var err error
			if arrays, err = l.arrays.Arrays(ctx); err != nil {
				return err
			}
		}
		queries[i].Arrays = arrays
	}
	return nil
}

// justPapers are the papers of pages, without what their signals went through.
func justPapers(pages []explore.RelatedPage) [][]explore.Grounded {
	all := make([][]explore.Grounded, len(pages))
	for i, page := range pages {
		for _, item := range page.Items {
			all[i] = append(all[i], explore.Grounded{Paper: item.Paper})
		}
	}
	return all
}

// KnowGrounds keeps what the signals of a paper went through.
func (r *Records) KnowGrounds(g explore.Grounded) {
	if g.Paper != nil {
		r.know(g.Paper)
	}
	for _, ground := range g.Grounds {
		for _, via := range ground.Via {
			r.know(via)
		}
		for _, relation := range ground.Relations {
			r.know(relation)
		}
	}
}

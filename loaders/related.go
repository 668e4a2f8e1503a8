package loaders

import (
	"context"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Related asks what is related to a paper; the query has no Seeds, and Grounds tells whether it is asked why, too.
type Related struct {
	Query   explore.RelatedQuery
	Grounds bool
}

// RelatedAnswer is one page of related papers; Grounds has as many items, with nothing but the papers where nobody asked why.
type RelatedAnswer struct {
	Page    explore.RelatedPage
	Grounds []explore.Grounded
}

func related(reader store.Reader, records *Records) fetch[Related, RelatedAnswer] {
	return func(ctx context.Context, ids []literature.ID, q Related) (map[literature.ID]RelatedAnswer, error) {
		seeds, err := records.Prime(ctx, ids)
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
		found, err := RelatedPapers(ctx, reader, records, queries, q.Grounds)
		if err != nil {
			return nil, err
		}
		answers := make(map[literature.ID]RelatedAnswer, len(papers))
		for i, id := range papers {
			answers[id] = found[i]
		}
		return answers, nil
	}
}

// RelatedPapers answers several queries with the papers they find; the records it meets are known to the loaders from then on.
func RelatedPapers(ctx context.Context, reader store.Reader, records *Records, queries []explore.RelatedQuery, grounds bool) ([]RelatedAnswer, error) {
	pages, err := explore.RelatedPapers(ctx, reader, queries)
	if err != nil {
		return nil, err
	}
	answers := make([]RelatedAnswer, len(pages))
	if grounds {
		all, err := explore.Grounds(ctx, reader, queries, pages)
		if err != nil {
			return nil, err
		}
		for i := range pages {
			answers[i] = RelatedAnswer{pages[i], all[i]}
			for _, g := range all[i] {
				knowGround(records, g)
			}
		}
		return answers, nil
	}
	var ids []literature.ID
	for _, page := range pages {
		for _, item := range page.Items {
			ids = append(ids, item.ID)
		}
	}
	found, err := reader.Records(ctx, ids)
	if err != nil {
		return nil, err
	}
	for i, page := range pages {
		answers[i].Page = page
		for _, item := range page.Items {
			paper, _ := found[item.ID].(*literature.Paper)
			answers[i].Grounds = append(answers[i].Grounds, explore.Grounded{Paper: paper})
			knowGround(records, answers[i].Grounds[len(answers[i].Grounds)-1])
		}
	}
	return answers, nil
}

func knowGround(records *Records, g explore.Grounded) {
	if g.Paper != nil {
		records.know(g.Paper)
	}
	for _, ground := range g.Grounds {
		for _, via := range ground.Via {
			records.know(via)
		}
		for _, relation := range ground.Relations {
			records.know(relation)
		}
	}
}

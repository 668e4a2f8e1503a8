package explore

import (
	"context"
	"slices"
	"sort"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Centrality is a measure of a paper's place in the whole graph of citations.
type Centrality string

// Centralities.
const (
	// ByPageRank is PageRank, see Arrays.PageRank.
	ByPageRank Centrality = "PAGERANK"
	// ByInDegree is the number of citations from papers of the graph, stubs and the paper itself included.
	ByInDegree Centrality = "IN_DEGREE"
)

// RankedQuery asks for papers by a centrality. Stubs are left out unless the filter asks for them; they count in the ranks of others.
type RankedQuery struct {
	By     Centrality
	Filter *store.Filter
	// Page goes forward only. Positions hold the score as a whole number: citations, or the rank times RankScale.
	Page      store.Page
	WithTotal bool
}

// Ranked is one paper and its value.
type Ranked struct {
	Paper *literature.Paper
	// Value is the number of citations, or the rank rounded to 1 / RankScale.
	Value    float64
	Position store.Position
}

// RankedPage is one page of papers, highest value first, then by id, by the arrays of Version.
type RankedPage struct {
	Items   []Ranked
	Version store.Version
	// Papers counts the papers of the whole graph that are no stubs, Citing those of them of which some reference is recorded.
	Papers, Citing int
	store.PageInfo
}

// RankedPapers cuts a page out of the ranking. Papers that pass the filter are looked up in the store, in the order of the ranking: as many as the page has where there is no filter, else 1,000 and then 10,000 at a time until the
// page is full. So a page costs one call, and with a filter that few of the first papers pass some more, at most one for 10,000 papers of the graph and one for 1,000 that pass.
func RankedPapers(ctx context.Context, reader store.Reader, a *Arrays, q RankedQuery) (RankedPage, error) {
	page := RankedPage{Version: a.Version, Papers: a.papers, Citing: a.citing, PageInfo: store.PageInfo{HasPrevious: q.Page.From != nil, Total: -1}}
	if q.WithTotal {
		lists, err := reader.List(ctx, store.ListQuery{Kind: literature.KindPaper, Filter: q.Filter, WithTotal: true})
		if err != nil {
			return page, err
		}
		page.Total = lists[""].Total
	}
	ranking := a.ranks[q.By]
	at, size := ranking.behind(a, q.Page.From), store.MaxPage
	if q.Filter == nil {
		size = q.Page.Limit + 1
	}
	for at < len(ranking.papers) && len(page.Items) <= q.Page.Limit {
		var some []Ranked
		var ids []literature.ID
		for ; at < len(ranking.papers) && len(ids) < size; at++ {
			if n := ranking.papers[at]; a.shapes[n].wanted(q.Filter, false) {
				value := float64(ranking.scores[at])
				if q.By == ByPageRank {
					value /= RankScale
				}
				some = append(some, Ranked{Value: value, Position: store.Position{Keys: []store.SortValue{{Int: ranking.scores[at]}}, ID: a.ids[n]}})
				ids = append(ids, a.ids[n])
			}
		}
		passing, err := papersAmong(ctx, reader, ids, q.Filter)
		if err != nil {
			return page, err
		}
		for _, item := range some {
			if item.Paper = passing[item.Position.ID]; item.Paper != nil {
				page.Items = append(page.Items, item)
			}
		}
		size = store.MaxKeys
	}
	if page.HasNext = len(page.Items) > q.Page.Limit; page.HasNext {
		page.Items = page.Items[:q.Page.Limit]
	}
	return page, nil
}

// behind is the first place behind a position.
func (r *ranking) behind(a *Arrays, from *store.Position) int {
	if from == nil {
		return 0
	}
	score, id := from.Keys[0].Int, from.ID
	return sort.Search(len(r.papers), func(i int) bool {
		return r.scores[i] < score || r.scores[i] == score && a.ids[r.papers[i]] > id
	})
}

// papersAmong finds the papers among ids that pass a filter, stubs left out where it does not decide. Up to store.MaxPage ids take one call.
func papersAmong(ctx context.Context, reader store.Reader, ids []literature.ID, filter *store.Filter) (map[literature.ID]*literature.Paper, error) {
	papers := make(map[literature.ID]*literature.Paper)
	if len(ids) == 0 {
		return papers, nil
	}
	q := store.ListQuery{Kind: literature.KindPaper, Filter: within(filter, ids), Page: store.Page{Limit: store.MaxPage}}
	for {
		lists, err := reader.List(ctx, q)
		if err != nil {
			return nil, err
		}
		list := lists[""]
		for _, item := range list.Items {
			if paper, ok := item.Entity.(*literature.Paper); ok {
				papers[paper.ID] = paper
			}
		}
		if !list.HasNext || len(list.Items) == 0 {
			return papers, nil
		}
		q.Page.From = &list.Items[len(list.Items)-1].Position
	}
}

// within is a filter that lets only some of ids pass, none of which was redirected; those that the filter names itself may be.
func within(filter *store.Filter, ids []literature.ID) *store.Filter {
	var limited store.Filter
	if filter != nil {
		limited = *filter
	}
	if limited.IDs == nil {
		limited.IDs = ids
	} else {
		limited.And = append(slices.Clone(limited.And), store.Filter{IDs: ids})
	}
	return &limited
}

package explore

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

const (
	// damping is the part of a paper's rank that goes on to what it cites, and of the personalized walk that goes on rather than start anew.
	damping = 0.85
	// settled ends the iterations: so little rank moved in the last one, of 1 in all. maxIterations ends them in any case; by then less than 0.85^200, 10^-14, is left to move.
	settled       = 1e-10
	maxIterations = 200
	// steps of the personalized walk; more hardly change its order (TestPersonalizedSettles).
	steps = 4
	// RankScale is what ranks are multiplied by to be whole numbers, so that equal ones tie: 10^12.
	RankScale = 1e12
)

// PageRank is the rank of every entity in the graph of citations between papers, stubs included: the chance to be at a paper for a reader who follows a random reference of the paper read, and
// with 0.15, or where none is recorded, goes on with any paper. The sum is 1; what is no paper has 0.
//
// Source: Brin and Page, The anatomy of a large-scale hypertextual web search engine, 1998, with the dangling rank spread evenly.
func (a *Arrays) PageRank(ctx context.Context) ([]float64, error) {
	n := len(a.ids)
	rank, next, gives := make([]float64, n), make([]float64, n), make([]float64, n)
	citing, cites := make([][]uint32, n), make([]float64, n)
	papers := 0.0
	for i, s := range a.shapes {
		if s != noPaper {
			papers++
			citing[i], cites[i] = a.along(uint32(i), literature.Cites, 1), float64(len(a.along(uint32(i), literature.Cites, 0)))
		}
	}
	for i, s := range a.shapes {
		if s != noPaper {
			rank[i] = 1 / papers
		}
	}
	for range maxIterations {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		dangling := 0.0
		for i, r := range rank {
			if cites[i] > 0 {
				gives[i] = r / cites[i]
			} else {
				dangling += r
			}
		}
		moved, base := 0.0, (1-damping+damping*dangling)/papers
		for i, s := range a.shapes {
			if s == noPaper {
				continue
			}
			sum := 0.0
			for _, from := range citing[i] {
				sum += gives[from]
			}
			next[i] = base + damping*sum
			moved += math.Abs(next[i] - rank[i])
		}
		if rank, next = next, rank; moved < settled {
			break
		}
	}
	return rank, nil
}

// Personalized is the chance to be at each entity after so many steps of a walk over the whole graph that sets out from the seeds: each step starts anew at a seed with 0.15, else follows a kind of relation in a
// direction, any that the entity has being as likely, and of its relations any. So three topics say as much as fifty references. Without relations it starts anew.
//
// Source: Haveliwala, Topic-sensitive PageRank, 2002; Jeh and Widom, Scaling personalized web search, 2003.
func (a *Arrays) Personalized(ctx context.Context, seeds []literature.ID, steps int) ([]float64, error) {
	at, next := make([]float64, len(a.ids)), make([]float64, len(a.ids))
	var starts []uint32
	for _, seed := range seeds {
		if n, ok := a.number(seed); ok {
			starts = append(starts, n)
		}
	}
	for _, n := range starts {
		at[n] += 1 / float64(len(starts))
	}
	for range steps {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		clear(next)
		again := 0.0
		for n, here := range at {
			if here == 0 {
				continue
			}
			first, last := a.groups[n], a.groups[n+1]
			if first == last {
				again += here
				continue
			}
			again += (1 - damping) * here
			each := damping * here / float64(last-first)
			for g := first; g < last; g++ {
				to := a.neighbours[a.starts[g]:a.starts[g+1]]
				share := each / float64(len(to))
				for _, m := range to {
					next[m] += share
				}
			}
		}
		for _, n := range starts {
			next[n] += again / float64(len(starts))
		}
		at, next = next, at
	}
	return at, nil
}

// near are the papers near the seeds in the whole graph, as far as arrays tell what may be an answer; none where there are no arrays.
func (q *RelatedQuery) near(ctx context.Context) ([]store.Start, error) {
	a := q.Arrays
	if a == nil {
		return nil, nil
	}
	var seeds []literature.ID
	for _, start := range q.starts() {
		seeds = append(seeds, start.ID)
	}
	chances, err := a.Personalized(ctx, seeds, steps)
	if err != nil {
		return nil, err
	}
	for _, id := range slices.Concat(seeds, q.Exclude) {
		if n, ok := a.number(id); ok {
			chances[n] = 0
		}
	}
	var near []store.Start
	for n, chance := range chances {
		if score := int64(math.Round(chance * RankScale)); score > 0 && a.shapes[n].wanted(q.Filter, q.WithStubs) {
			near = append(near, store.Start{ID: a.ids[n], Weight: score})
		}
	}
	return near, nil
}

// wanted tells whether a filter may let something of this shape pass.
func (s shape) wanted(f *store.Filter, withStubs bool) bool {
	if decides := f.Stubs(); decides != nil {
		return s == stubPaper && *decides || s == fullPaper && !*decides
	}
	return s == fullPaper || s == stubPaper && withStubs
}

// ranking is the order of all papers by a centrality.
type ranking struct {
	papers []uint32 // highest score first, then by id
	scores []int64  // of papers, in their order; in RankScale for PageRank
}

// rank puts the papers in order.
func (a *Arrays) rank(ctx context.Context) error {
	ranks, err := a.PageRank(ctx)
	if err != nil {
		return err
	}
	scores := map[Centrality][]int64{ByPageRank: make([]int64, len(a.ids)), ByInDegree: make([]int64, len(a.ids))}
	for n, s := range a.shapes {
		if s == fullPaper {
			a.papers++
			a.citing += min(1, len(a.along(uint32(n), literature.Cites, 0)))
		}
		scores[ByPageRank][n] = int64(math.Round(ranks[n] * RankScale))
		scores[ByInDegree][n] = int64(len(a.along(uint32(n), literature.Cites, 1)))
	}
	a.ranks = make(map[Centrality]*ranking)
	for by, of := range scores {
		r := new(ranking)
		for n, s := range a.shapes {
			if s != noPaper {
				r.papers = append(r.papers, uint32(n))
			}
		}
		slices.SortFunc(r.papers, func(n, m uint32) int { return cmp.Or(cmp.Compare(of[m], of[n]), cmp.Compare(n, m)) })
		for _, n := range r.papers {
			r.scores = append(r.scores, of[n])
		}
		a.ranks[by] = r
	}
	return nil
}

package explore

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// explainedPaths is how many paths an explanation tells at most.
const explainedPaths = 5

// ExplainQuery asks what joins two different entities.
type ExplainQuery struct {
	From, To literature.Entity
	// MaxHops bounds the length of paths, 1 to store.MaxHops.
	MaxHops int
	// WithSignals and WithPaths say which half of the answer is wanted; a summary needs both.
	WithSignals, WithPaths bool
}

// Explanation is what joins two entities.
type Explanation struct {
	ExplainQuery
	// Related is To, as it is related to From; nil unless both are papers and signals are asked for. Grounded is what the signals went through.
	Related  *Related
	Grounded Grounded
	// Paths are the most telling ones, at most 5, in the order of store.Reader.Paths; Exhausted and Visited are those of store.PathAnswer.
	Paths     []Path
	Exhausted bool
	Visited   *int
}

// Explain tells what joins two entities. Paths take one call, and the signals of two papers those of RelatedPapers and Grounds without one: a walk, postings, records and degrees.
func Explain(ctx context.Context, reader store.Reader, q ExplainQuery) (*Explanation, error) {
	e := &Explanation{ExplainQuery: q}
	from, ok := q.From.(*literature.Paper)
	to, both := q.To.(*literature.Paper)
	if q.WithSignals && ok && both {
		var err error
		if e.Related, e.Grounded, err = relatedness(ctx, reader, from, to); err != nil {
			return nil, err
		}
	}
	if q.WithPaths {
		paths, answer, err := Paths(ctx, reader, store.PathQuery{From: q.From.RecordID(), To: q.To.RecordID(), MaxHops: q.MaxHops, Limit: explainedPaths})
		if err != nil {
			return nil, err
		}
		e.Paths, e.Exhausted, e.Visited = paths, answer.Exhausted, answer.Visited
	}
	return e, nil
}

// relatedness measures one paper as RelatedPapers would with the profile DISCOVER, whether or not it is a candidate.
func relatedness(ctx context.Context, reader store.Reader, from, to *literature.Paper) (*Related, Grounded, error) {
	q := RelatedQuery{Seeds: []*literature.Paper{from}, Weights: Discover.Weights()}
	texts, err := textsOf(ctx, reader, []RelatedQuery{q})
	if err != nil {
		return nil, Grounded{}, err
	}
	const all, one = 0, 1 // the keys of walks
	m, err := q.measure(ctx, all, q.eligible(), texts[0])
	if err != nil {
		return nil, Grounded{}, err
	}
	for _, walk := range q.ways(one, []literature.ID{to.ID}, 1) {
		m.walks = append(m.walks, walk)
	}
	reached, err := reader.Walk(ctx, store.WalkQuery{Walks: m.walks, Blends: []store.Blend{m.blend}})
	if err != nil {
		return nil, Grounded{}, err
	}
	page := reached[m.blend.Key]
	measured := store.Reached{Entity: to, Scores: make([]int64, len(m.blend.Parts)), Position: store.Position{ID: to.ID}}
	way := make(map[Signal]store.Reached)
	for p, signal := range q.signals() {
		for _, item := range reached[signal.key(one)].Items {
			measured.Scores[p], way[signal] = item.Score, item
		}
		if i := slices.IndexFunc(texts[0], func(s store.Start) bool { return s.ID == to.ID }); signal == Text && i >= 0 {
			measured.Scores[p] = texts[0][i].Weight
		}
		page.Highest[p] = max(page.Highest[p], measured.Scores[p])
	}
	page.Items = []store.Reached{measured}
	grounds, err := groundsOf(ctx, reader, q.Seeds, way)
	if err != nil {
		return nil, Grounded{}, err
	}
	known, err := knownOf(ctx, reader, []*literature.Paper{to})
	related := q.page(m.blend, page).Items[0]
	related.Position.Keys = []store.SortValue{{Int: store.WholeScore(related.Score)}}
	return &related, Grounded{to, grounds, known[to.ID]}, err
}

// groundsOf looks up what signals went through to one paper, in one call.
func groundsOf(ctx context.Context, reader store.Reader, seeds []*literature.Paper, way map[Signal]store.Reached) (map[Signal]Ground, error) {
	var ids []literature.ID
	for signal, item := range way {
		ids = append(ids, joining(seeds, walked[signal].hops, item)...)
	}
	records, err := recordsOf(ctx, reader, ids)
	if err != nil {
		return nil, err
	}
	grounds := make(map[Signal]Ground, len(way))
	for signal, item := range way {
		grounds[signal] = groundOf(records, seeds, walked[signal].hops, item)
	}
	return grounds, nil
}

// Summary says in one sentence what joins the two, in English or, where a Chinese locale is asked for, Traditional Chinese: the signals that contribute most, and the most telling path or that there is none.
func (e *Explanation) Summary(locale *literature.Locale) string {
	words := languageOf(locale)
	from, to := shortName(e.From, locale), shortName(e.To, locale)
	var reasons []string
	if e.Related != nil {
		reasons = words.reasons(*e.Related, e.Grounded, locale)
	}
	within := fmt.Sprintf(words.hops[min(1, e.MaxHops-1)], e.MaxHops)
	switch {
	case len(reasons) == 0 && len(e.Paths) == 0:
		return fmt.Sprintf(words.apart, within, from, to) + words.stop
	case len(reasons) == 0:
		return e.Paths[0].Sentence(locale)
	case len(e.Paths) == 0:
		reasons = append(reasons, fmt.Sprintf(words.noWay, within))
	default:
		reasons = append(reasons, fmt.Sprintf(words.bestWay, e.Paths[0].told(locale)))
	}
	return fmt.Sprintf(words.seenFrom, from, to, strings.Join(reasons, words.semicolon)) + words.stop
}

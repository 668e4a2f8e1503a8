package explore

import (
	"context"
	"fmt"
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

// relatedness measures one paper as RelatedPapers would with the profile DISCOVER, whether or not it is a candidate. Of the candidates it takes, for each signal, the one with the
// greatest value alone: no other bears on the answer.
func relatedness(ctx context.Context, reader store.Reader, from, to *literature.Paper) (*Related, Grounded, error) {
	q := RelatedQuery{Seeds: []*literature.Paper{from}, Weights: Discover.Weights(), Page: store.Page{Limit: len(Signals()) + 1}}
	candidates := q.eligible()
	q.Filter = candidates
	wanted := candidates
	if to.IsStub {
		stubs := *candidates
		stubs.Stub = &to.IsStub
		wanted = &stubs
	}
	const greatest, measured = 0, 1 // the keys of walks
	walks := store.WalkQuery{}
	for _, signal := range Signals() {
		if walk, ok := q.walk(greatest, signal); ok {
			walk.Filter, walk.Bare, walk.Page.Limit = candidates, true, 1
			walks.Walks = append(walks.Walks, walk)
		}
		if walk, ok := q.walk(measured, signal); ok {
			walk.Filter, walk.Targets, walk.Via, walk.Page.Limit = wanted, []literature.ID{to.ID}, store.MaxVia, 1
			walks.Walks = append(walks.Walks, walk)
		}
	}
	reached, err := reader.Walk(ctx, walks)
	if err != nil {
		return nil, Grounded{}, err
	}
	raw := make(map[Signal]measures)
	way := make(map[Signal]store.Reached)
	for signal, walk := range walked {
		raw[signal] = make(measures)
		for _, key := range []int{greatest, measured} {
			for _, item := range reached[signal.key(key)].Items {
				raw[signal][item.Position.ID] = float64(item.Score) / walk.scale
			}
		}
		for _, item := range reached[signal.key(measured)].Items {
			way[signal] = item
		}
	}
	if err := addText(ctx, reader, []RelatedQuery{q}, []map[Signal]measures{raw}, candidates); err != nil {
		return nil, Grounded{}, err
	}
	raw[Text] = raw[Text].greatestAnd(to.ID)
	related := Related{ID: to.ID}
	for _, item := range q.rank(raw).Items {
		if item.ID == to.ID {
			related = item
			break
		}
		if related.Signals == nil {
			for _, s := range item.Signals {
				related.Signals = append(related.Signals, SignalValue{Signal: s.Signal, Weight: s.Weight})
			}
		}
	}
	grounds, err := groundsOf(ctx, reader, q.Seeds, way)
	if err != nil {
		return nil, Grounded{}, err
	}
	known, err := knownOf(ctx, reader, []literature.ID{to.ID})
	return &related, Grounded{to, grounds, known[to.ID]}, err
}

// greatestAnd keeps the greatest measure and that of one paper.
func (m measures) greatestAnd(id literature.ID) measures {
	var most literature.ID
	for other, value := range m {
		if most == "" || value > m[most] {
			most = other
		}
	}
	kept := make(measures)
	for _, of := range []literature.ID{most, id} {
		if value, ok := m[of]; ok {
			kept[of] = value
		}
	}
	return kept
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

package graph

import (
	"context"
	"fmt"

	"github.com/99designs/gqlgen/graphql"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/graph/api"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/loaders"
	"github.com/papergraph/papergraph/store"
)

// relatedQuery asks what is related to seeds, which it does not hold yet, as it holds no page.
func (a arguments) relatedQuery(profile explore.Profile) (q explore.RelatedQuery, err error) {
	if q.Weights, err = api.Weights(profile, a.Signals); err != nil {
		return q, badInput("%v", err)
	}
	q.ExcludeCited, q.NotLaterThanSeed = a.ExcludeCited, a.NotLaterThanSeed
	q.OnlyCitations, q.WithStubs = profile == explore.Lacking, profile == explore.Lacking
	q.Filter, _, err = a.wanted(nil)
	return q, err
}

// relatedFields tells which loader answers fields of related papers, and by which profile.
var relatedFields = map[string]struct {
	loader  func(*loaders.Loaders) *loaders.RelatedGroup
	profile func(arguments) explore.Profile
}{
	"Paper.related": {
		func(l *loaders.Loaders) *loaders.RelatedGroup { return l.Related },
		func(a arguments) explore.Profile { return a.profile(1) },
	},
	"Collection.missing": {
		func(l *loaders.Loaders) *loaders.RelatedGroup { return l.Missing },
		func(arguments) explore.Profile { return explore.Lacking },
	},
}

// relatedQuestion asks what is related to one paper or to those of one collection.
func (f field) relatedQuestion(a arguments) (q loaders.Related, scope api.Scope, err error) {
	if q.Query, err = a.relatedQuery(relatedFields[f.coordinate()].profile(a)); err != nil {
		return q, scope, err
	}
	scope = api.NewScope(f.coordinate(), q)
	q.Query.Page, err = a.page(scope, scored)
	q.Grounds = f.asksWhy()
	return q, scope, err
}

// scored tells whether a page of a list by score alone can be asked for.
func scored(p store.Page) error { return p.Holds(false) }

// asksWhy tells whether signals or reasons are selected on the edges.
func (f field) asksWhy() bool {
	for _, edges := range f.below() {
		if edges.Name != "edges" {
			continue
		}
		for _, e := range graphql.CollectFields(f.operation, edges.Selections, nil) {
			if e.Name == "signals" || e.Name == "reason" {
				return true
			}
		}
	}
	return false
}

func (a arguments) profile(seeds int) explore.Profile {
	switch {
	case a.Profile != nil:
		return *a.Profile
	case seeds > 1:
		return explore.Screen
	default:
		return explore.Discover
	}
}

// related answers what is related to one paper or to those of one collection.
func related(ctx context.Context, id literature.ID, a arguments) (*api.RelatedPaperConnection, error) {
	f := fieldOf(ctx)
	q, scope, err := f.relatedQuestion(a)
	if err != nil {
		return nil, err
	}
	of := relatedFields[f.coordinate()]
	answer, err := of.loader(loaders.From(ctx)).Load(ctx, id, q)
	if err != nil {
		return nil, err
	}
	return api.RelatedPapers(scope, of.profile(a), answer.Seeds, answer.Page, answer.Grounds, answer.Truncated), nil
}

// relatedToAll answers what is related to several papers together.
func relatedToAll(ctx context.Context, reader store.Reader, seeds, exclude []*api.PaperRef, a arguments) (*api.RelatedPaperConnection, error) {
	if len(seeds) < 1 || len(seeds) > MaxFirst {
		return nil, badInput("seeds has %d papers: name 1 to %d", len(seeds), MaxFirst)
	}
	if len(exclude) > MaxFirst {
		return nil, badInput("exclude has %d papers: name at most %d", len(exclude), MaxFirst)
	}
	papers, err := refer(ctx, reader, "seeds", seeds)
	if err != nil {
		return nil, err
	}
	barred, err := refer(ctx, reader, "exclude", exclude)
	if err != nil {
		return nil, err
	}
	for i, paper := range papers {
		if paper == nil {
			return nil, badInput("seeds[%d] names no paper: look it up with search or paper", i)
		}
	}
	papers = explore.Distinct(papers)
	q, err := a.relatedQuery(a.profile(len(papers)))
	if err != nil {
		return nil, err
	}
	for _, paper := range barred {
		if paper != nil {
			q.Exclude = append(q.Exclude, paper.ID)
		}
	}
	f := fieldOf(ctx)
	scope := api.NewScope(f.coordinate(), struct {
		Seeds []literature.ID
		Asked explore.RelatedQuery
	}{idsOf(papers), q})
	if q.Page, err = a.page(scope, scored); err != nil {
		return nil, err
	}
	q.Seeds = papers
	answers, err := loaders.From(ctx).RelatedPapers(ctx, []explore.RelatedQuery{q}, f.asksWhy())
	if err != nil {
		return nil, err
	}
	return api.RelatedPapers(scope, a.profile(len(papers)), papers, answers[0].Page, answers[0].Grounds, answers[0].Truncated), nil
}

func idsOf[R literature.Record](records []R) []literature.ID {
	ids := make([]literature.ID, len(records))
	for i, record := range records {
		ids[i] = record.RecordID()
	}
	return ids
}

// refer finds papers by references, in at most two calls; nil where one names nothing.
func refer(ctx context.Context, reader store.Reader, argument string, refs []*api.PaperRef) ([]*literature.Paper, error) {
	ids, keys := make([]literature.ID, len(refs)), make([]store.Key, len(refs))
	var asked []store.Key
	for i, ref := range refs {
		var err error
		if ids[i], keys[i], err = ref.Key(); err != nil {
			return nil, badInput("%s[%d]: %v", argument, i, err)
		}
		if ids[i] == "" {
			asked = append(asked, keys[i])
		}
	}
	resolved, err := reader.Resolve(ctx, asked)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", argument, err)
	}
	var known []literature.ID
	for i := range ids {
		if ids[i] == "" {
			ids[i] = resolved[keys[i]]
		}
		if ids[i] != "" {
			known = append(known, ids[i])
		}
	}
	if _, err := loaders.From(ctx).Records.Prime(ctx, known); err != nil {
		return nil, err
	}
	papers := make([]*literature.Paper, len(refs))
	for i, id := range ids {
		if papers[i], err = orNull(record[*literature.Paper](ctx, id)); err != nil {
			return nil, err
		}
	}
	return papers, nil
}

// signals looks below what the signals of related papers went through.
func (a ahead) signals(f graphql.CollectedField, items []item) {
	var via, relations []literature.Record
	for _, i := range items {
		for _, ground := range i.grounds {
			via = append(via, recordsOf(ground.Via)...)
			relations = append(relations, recordsOf(ground.Relations)...)
		}
	}
	a.fields(f.Selections, map[string][]literature.Record{"via": via, "relations": relations})
}

func relatedItems(edges []*api.RelatedPaperEdge) []item {
	items := make([]item, len(edges))
	for i, edge := range edges {
		items[i] = item{node: edge.Node, grounds: edge.Grounded.Grounds}
	}
	return items
}

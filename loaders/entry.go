package loaders

import (
	"context"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Entry asks what a bibliography tells of a paper; the answer lacks the Paper, which whoever asks has.
type Entry struct{}

// entries loads what bibliographies tell of papers besides the papers themselves, with the first store.MaxPage authors of each: in one call each for authorships, venues,
// their series, and affiliations.
func (l *Loaders) entries(ctx context.Context, ids []literature.ID, _ Entry) (map[literature.ID]literature.Entry, error) {
	leaving := func(kind literature.RelationKind, limit int) store.RelationQuery {
		return store.RelationQuery{Kinds: []literature.RelationKind{kind}, Direction: store.Outgoing, Page: store.Page{Limit: limit}}
	}
	authors, err := l.Relations.Prime(ctx, ids, leaving(literature.AuthoredBy, store.MaxPage))
	if err != nil {
		return nil, err
	}
	venues, err := l.Relations.Prime(ctx, ids, leaving(literature.PublishedIn, 1))
	if err != nil {
		return nil, err
	}
	all := make([]literature.Entry, len(ids))
	var editions, organizations []literature.ID
	for i := range all {
		e := &all[i]
		e.MoreAuthors = authors[i].HasNext
		for _, item := range authors[i].Items {
			e.Authors = append(e.Authors, item.Other.(*literature.Author))
			e.Relations = append(e.Relations, item.Relation)
			organizations = append(organizations, item.Relation.Organizations...)
		}
		for _, item := range venues[i].Items {
			e.Venue = item.Other.(*literature.Venue)
			e.Relations = append(e.Relations, item.Relation)
			editions = append(editions, e.Venue.ID)
		}
	}
	series, err := byID(editions, func() ([]store.RelationPage, error) {
		return l.Relations.Prime(ctx, editions, leaving(literature.Broader, 1))
	})
	if err != nil {
		return nil, err
	}
	named, err := byID(organizations, func() ([]literature.Record, error) { return l.Records.Prime(ctx, organizations) })
	if err != nil {
		return nil, err
	}
	answers := make(map[literature.ID]literature.Entry, len(ids))
	for i := range all {
		complete(&all[i], series, named)
		answers[ids[i]] = all[i]
	}
	return answers, nil
}

// complete adds what was asked for by the venues and affiliations.
func complete(e *literature.Entry, series map[literature.ID]store.RelationPage, organizations map[literature.ID]literature.Record) {
	known := make(map[literature.ID]bool)
	for _, r := range e.Relations {
		for _, id := range r.Organizations {
			if o, ok := organizations[id].(*literature.Organization); ok && !known[id] {
				known[id] = true
				e.Organizations = append(e.Organizations, o)
			}
		}
	}
	if e.Venue == nil {
		return
	}
	for _, item := range series[e.Venue.ID].Items {
		e.Series = item.Other.(*literature.Venue)
		e.Relations = append(e.Relations, item.Relation)
	}
}

// byID keys answers by the ids they were asked for; without ids it asks nothing.
func byID[A any](ids []literature.ID, ask func() ([]A, error)) (map[literature.ID]A, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	answers, err := ask()
	if err != nil {
		return nil, err
	}
	keyed := make(map[literature.ID]A, len(ids))
	for i, id := range ids {
		keyed[id] = answers[i]
	}
	return keyed, nil
}

package storetest

import (
	"slices"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// passes tells whether an entity passes a filter; withStubs is the rule where the filter does not decide about stubs.
func (s *state) passes(f *store.Filter, e literature.Entity, withStubs bool) bool {
	if f.Stubs() == nil && !withStubs && isStub(e) {
		return false
	}
	return f == nil || s.holds(*f, e)
}

func (s *state) holds(f store.Filter, e literature.Entity) bool {
	for _, part := range f.And {
		if !s.holds(part, e) {
			return false
		}
	}
	if len(f.Or) > 0 && !slices.ContainsFunc(f.Or, func(part store.Filter) bool { return s.holds(part, e) }) {
		return false
	}
	if f.Not != nil && s.holds(*f.Not, e) {
		return false
	}
	if f.Stub != nil && isStub(e) != *f.Stub {
		return false
	}
	if f.Kinds != nil && !slices.Contains(f.Kinds, e.Kind()) {
		return false
	}
	if f.IDs != nil && !s.set(f.IDs)[e.RecordID()] {
		return false
	}
	if !f.Text.Empty() && !f.Text.Matches(s.names(e), s.text(e)) {
		return false
	}
	return s.holdsForPaper(f, e)
}

// holdsForPaper tries the conditions that only papers can meet.
func (s *state) holdsForPaper(f store.Filter, e literature.Entity) bool {
	unbounded := store.Range{}
	if f.Years == unbounded && f.CitedBy == unbounded && len(f.Terms) == 0 && f.HasArtifact == nil && f.HasResult == nil {
		return true
	}
	paper, ok := e.(*literature.Paper)
	if !ok {
		return false
	}
	if year := paper.Year(); f.Years != unbounded && (year == nil || !within(f.Years, *year)) {
		return false
	}
	if !within(f.CitedBy, s.citedBy[paper.ID]) {
		return false
	}
	for _, term := range f.Terms {
		if !s.matches(term, paper) {
			return false
		}
	}
	if f.HasArtifact != nil && s.hasArtifact(paper.ID) != *f.HasArtifact {
		return false
	}
	return f.HasResult == nil || s.hasResult(paper.ID) == *f.HasResult
}

func within(r store.Range, n int) bool {
	return (r.From == nil || n >= *r.From) && (r.To == nil || n <= *r.To)
}

func (s *state) matches(term store.TermMatch, paper *literature.Paper) bool {
	return s.compare(term, s.values(term.Dimension, paper.ID))
}

func (s *state) compare(term store.TermMatch, values []literature.ID) bool {
	has := func(id literature.ID) bool {
		e := s.entity(id)
		if e == nil {
			return false
		}
		wanted := map[literature.ID]bool{e.RecordID(): true}
		if term.Narrower {
			wanted = s.below(e.RecordID())
		}
		return slices.ContainsFunc(values, func(value literature.ID) bool { return wanted[value] })
	}
	if term.AnyOf != nil && !slices.ContainsFunc(term.AnyOf, has) {
		return false
	}
	for _, id := range term.AllOf {
		if !has(id) {
			return false
		}
	}
	return !slices.ContainsFunc(term.NoneOf, has)
}

// dimensions are the relations behind the dimensions whose values are entities.
var dimensions = map[store.Dimension]struct {
	kinds []literature.RelationKind
	of    literature.EntityKind
}{
	store.ByVenue:        {[]literature.RelationKind{literature.PublishedIn}, literature.KindVenue},
	store.BySeries:       {[]literature.RelationKind{literature.PublishedIn}, literature.KindVenue},
	store.ByTopic:        {[]literature.RelationKind{literature.About}, literature.KindTopic},
	store.ByAuthor:       {[]literature.RelationKind{literature.AuthoredBy}, literature.KindAuthor},
	store.BySystem:       {[]literature.RelationKind{literature.Introduces, literature.Uses, literature.Extends, literature.ComparesWith}, literature.KindSystem},
	store.ByOrganization: {[]literature.RelationKind{literature.AuthoredBy}, literature.KindOrganization},
	store.ByCollection:   {[]literature.RelationKind{literature.InCollection}, literature.KindCollection},
	store.ByWorkload:     {[]literature.RelationKind{literature.EvaluatedOn}, literature.KindWorkload},
}

// series lists what a venue is BROADER to, or the venue itself where that is nothing.
func (s *state) series(venue literature.ID) []literature.ID {
	var above []literature.ID
	for _, relation := range s.out[venue] {
		if relation.Kind == literature.Broader {
			above = append(above, relation.Target)
		}
	}
	if len(above) == 0 {
		return []literature.ID{venue}
	}
	return above
}

// values lists the entities that a paper is joined to in a dimension, each once, in id order.
func (s *state) values(dimension store.Dimension, paper literature.ID) []literature.ID {
	d := dimensions[dimension]
	var ids []literature.ID
	for _, relation := range s.out[paper] {
		if !slices.Contains(d.kinds, relation.Kind) {
			continue
		}
		if dimension == store.ByOrganization {
			ids = append(ids, relation.Organizations...)
		} else if dimension == store.BySeries {
			ids = append(ids, s.series(relation.Target)...)
		} else if relation.Target.EntityKind() == d.of {
			ids = append(ids, relation.Target)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func (s *state) hasArtifact(paper literature.ID) bool {
	return slices.ContainsFunc(s.out[paper], func(r *literature.Relation) bool { return r.Kind == literature.HasArtifact })
}

func (s *state) hasResult(paper literature.ID) bool {
	return slices.ContainsFunc(s.results, func(r *literature.Result) bool { return r.Paper == paper })
}

// names and text are the two fields in which an entity is searched.
func (s *state) names(e literature.Entity) analysis.Field {
	return analysis.NewField(store.NameTexts(e)...)
}

func (s *state) text(e literature.Entity) analysis.Field {
	var joined []literature.Entity
	for _, kind := range store.Searched() {
		for _, edge := range s.edges(e.RecordID(), []literature.RelationKind{kind}, store.Outgoing) {
			joined = append(joined, s.entity(edge.other))
		}
	}
	return analysis.NewField(store.SearchText(e, joined)...)
}

// tier says how well an entity that matches a query does so.
func (s *state) tier(q store.Query, e literature.Entity) int {
	key := analysis.NameKey(q.Text)
	if slices.ContainsFunc(store.NameTexts(e), func(name string) bool { return key != "" && analysis.NameKey(name) == key }) {
		return 1
	}
	wanted := analysis.Query{Terms: slices.DeleteFunc(slices.Clone(q.Terms), func(t analysis.Term) bool { return t.Negated })}
	if wanted.Matches(s.names(e)) {
		return 2
	}
	return 3
}

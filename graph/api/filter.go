package api

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

const (
	// MaxTerms is the greatest number of ids or metrics in one list of a filter.
	MaxTerms = 100
	// MaxParts is the greatest number of filters inside a filter, at all depths together: each text among them is a search of its own.
	MaxParts = 100
)

// IntRange bounds a number, both ends inclusive.
type IntRange struct{ Gte, Lte *int }

// TermMatch compares what a paper is joined to with lists of ids.
type TermMatch struct {
	AnyOf, AllOf, NoneOf []literature.ID
	// IncludeNarrower is true where it is nil.
	IncludeNarrower *bool
}

// PaperFilter says which papers are wanted; all fields given must hold.
type PaperFilter struct {
	And, Or                                                                 []*PaperFilter
	Not                                                                     *PaperFilter
	Text                                                                    *string
	Year, CitedByCount                                                      *IntRange
	Topics, Authors, Venues, Systems, Organizations, Workloads, Collections *TermMatch
	HasArtifact, HasResult, IsStub                                          *bool
}

// PaperOrder sorts a list of papers by one property.
type PaperOrder struct {
	Field     store.OrderBy
	Direction OrderDirection
}

// OrderDirection says which way a list is sorted.
type OrderDirection string

// Directions of an order; none given is Descending.
const (
	Ascending  OrderDirection = "ASC"
	Descending OrderDirection = "DESC"
)

// ResultFilter says which results are wanted; all fields given must hold.
type ResultFilter struct {
	Systems, Workloads, Topics *TermMatch
	Metrics                    []string
	Kinds                      []literature.ResultKind
	MinImprovement             *float64
}

// Store translates the filter, nil for nil. Errors speak to the caller and name the field.
func (f *PaperFilter) Store() (*store.Filter, error) {
	if f == nil {
		return nil, nil
	}
	if n := f.parts(); n > MaxParts {
		return nil, fmt.Errorf("filter has %d parts in and, or and not, nested ones counted: at most %d are allowed", n, MaxParts)
	}
	filter, err := f.translate("filter", 0)
	if err != nil {
		return nil, err
	}
	return filter, Said(filter.Check())
}

// parts counts the filters inside the filter.
func (f *PaperFilter) parts() int {
	n := len(f.And) + len(f.Or)
	for _, part := range slices.Concat(f.And, f.Or) {
		n += part.parts()
	}
	if f.Not != nil {
		n += 1 + f.Not.parts()
	}
	return n
}

func (f *PaperFilter) translate(path string, depth int) (*store.Filter, error) {
	if depth > store.MaxFilterDepth {
		return nil, fmt.Errorf("%s nests deeper than %d: write it flatter", path, store.MaxFilterDepth)
	}
	if f.IsStub != nil && depth > 0 {
		return nil, fmt.Errorf("%s.isStub: whether stubs are wanted is said once, at the top of the filter: write it there", path)
	}
	out := &store.Filter{HasArtifact: f.HasArtifact, HasResult: f.HasResult, Stub: f.IsStub}
	var err error
	if out.Years, err = f.Year.translate(path + ".year"); err != nil {
		return nil, err
	}
	if out.CitedBy, err = f.CitedByCount.translate(path + ".citedByCount"); err != nil {
		return nil, err
	}
	if f.Text != nil {
		if out.Text, err = store.ParseQuery(*f.Text); err != nil {
			return nil, fmt.Errorf("%s.text: %w", path, Said(err))
		}
		if out.Text.Empty() {
			return nil, fmt.Errorf("%s.text holds no word to look for: leave it out to look for none", path)
		}
	}
	if out.Terms, err = translateTerms(path, []term{
		{"topics", f.Topics, store.ByTopic, literature.KindTopic},
		{"authors", f.Authors, store.ByAuthor, literature.KindAuthor},
		{"venues", f.Venues, store.ByVenue, literature.KindVenue},
		{"systems", f.Systems, store.BySystem, literature.KindSystem},
		{"organizations", f.Organizations, store.ByOrganization, literature.KindOrganization},
		{"workloads", f.Workloads, store.ByWorkload, literature.KindWorkload},
		{"collections", f.Collections, store.ByCollection, literature.KindCollection},
	}); err != nil {
		return nil, err
	}
	if f.Or != nil && len(f.Or) == 0 {
		return nil, fmt.Errorf("%s.or is empty: name at least one alternative, or leave it out", path)
	}
	if out.And, err = translateAll(f.And, path+".and", depth); err != nil {
		return nil, err
	}
	if out.Or, err = translateAll(f.Or, path+".or", depth); err != nil {
		return nil, err
	}
	if f.Not != nil {
		out.Not, err = f.Not.translate(path+".not", depth+1)
	}
	return out, err
}

func translateAll(filters []*PaperFilter, path string, depth int) ([]store.Filter, error) {
	var all []store.Filter
	for i, f := range filters {
		filter, err := f.translate(fmt.Sprintf("%s[%d]", path, i), depth+1)
		if err != nil {
			return nil, err
		}
		all = append(all, *filter)
	}
	return all, nil
}

func (r *IntRange) translate(path string) (store.Range, error) {
	switch {
	case r == nil:
		return store.Range{}, nil
	case r.Gte == nil && r.Lte == nil:
		return store.Range{}, fmt.Errorf("%s has no bound: give gte, lte or both", path)
	case r.Gte != nil && r.Lte != nil && *r.Gte > *r.Lte:
		return store.Range{}, fmt.Errorf("%s goes from %d to %d: the least value comes first", path, *r.Gte, *r.Lte)
	}
	return store.Range{From: r.Gte, To: r.Lte}, nil
}

// term is one field of a filter that compares terms; match is nil where it was left out.
type term struct {
	field string
	match *TermMatch
	by    store.Dimension
	kind  literature.EntityKind
}

// translateTerms translates the fields that were given; path is that of the filter.
func translateTerms(path string, terms []term) ([]store.TermMatch, error) {
	var all []store.TermMatch
	for _, t := range terms {
		if t.match == nil {
			continue
		}
		match, err := t.match.translate(path+"."+t.field, t.by, t.kind)
		if err != nil {
			return nil, err
		}
		all = append(all, match)
	}
	return all, nil
}

func (m *TermMatch) translate(path string, by store.Dimension, kind literature.EntityKind) (store.TermMatch, error) {
	if m.AnyOf == nil && len(m.AllOf)+len(m.NoneOf) == 0 {
		return store.TermMatch{}, fmt.Errorf("%s names nothing: give ids in anyOf, allOf or noneOf", path)
	}
	if m.AnyOf != nil && len(m.AnyOf) == 0 {
		return store.TermMatch{}, fmt.Errorf("%s.anyOf is empty: name at least one id, or leave it out", path)
	}
	for _, list := range []struct {
		name string
		ids  []literature.ID
	}{{"anyOf", m.AnyOf}, {"allOf", m.AllOf}, {"noneOf", m.NoneOf}} {
		if err := checkTerms(path+"."+list.name, list.ids, kind); err != nil {
			return store.TermMatch{}, err
		}
	}
	return store.TermMatch{
		Dimension: by, AnyOf: m.AnyOf, AllOf: m.AllOf, NoneOf: m.NoneOf,
		Narrower: m.IncludeNarrower == nil || *m.IncludeNarrower,
	}, nil
}

func checkTerms(path string, ids []literature.ID, kind literature.EntityKind) error {
	if len(ids) > MaxTerms {
		return fmt.Errorf("%s has %d ids: at most %d are allowed", path, len(ids), MaxTerms)
	}
	for i, id := range ids {
		switch parsed, err := literature.ParseID(string(id)); {
		case err != nil:
			return fmt.Errorf("%s[%d]: %w", path, i, err)
		case parsed.EntityKind() != kind:
			return fmt.Errorf("%s[%d]: %.200q is no %s: write %s/slug", path, i, id, kind.Prefix(), kind.Prefix())
		}
	}
	return nil
}

// Orders translates an order of papers; filter is that of the list.
func Orders(orders []*PaperOrder, filter *store.Filter) ([]store.Order, error) {
	var all []store.Order
	for _, o := range orders {
		all = append(all, store.Order{By: o.Field, Descending: o.Direction != Ascending})
	}
	q := store.ListQuery{Kind: literature.KindPaper, Order: all, Filter: filter}
	if err := Said(q.Check()); err != nil {
		return nil, fmt.Errorf("orderBy: %w", err)
	}
	return all, nil
}

// Store translates the filter, the zero filter for nil. Errors speak to the caller and name the field.
func (f *ResultFilter) Store() (store.ResultFilter, error) {
	if f == nil {
		return store.ResultFilter{}, nil
	}
	out := store.ResultFilter{Metrics: f.Metrics, Kinds: f.Kinds, MinImprovement: f.MinImprovement}
	if len(f.Metrics) > MaxTerms {
		return out, fmt.Errorf("filter.metrics has %d names: at most %d are allowed", len(f.Metrics), MaxTerms)
	}
	for _, list := range []struct {
		field string
		empty bool
	}{{"metrics", f.Metrics != nil && len(f.Metrics) == 0}, {"kinds", f.Kinds != nil && len(f.Kinds) == 0}} {
		if list.empty {
			return out, fmt.Errorf("filter.%s is empty: name at least one, or leave it out", list.field)
		}
	}
	var err error
	out.Terms, err = translateTerms("filter", []term{
		{"systems", f.Systems, store.BySystem, literature.KindSystem},
		{"workloads", f.Workloads, store.ByWorkload, literature.KindWorkload},
		{"topics", f.Topics, store.ByTopic, literature.KindTopic},
	})
	return out, err
}

// Said is what an error about an invalid query says, without the sentinel and what stands before it.
func Said(err error) error {
	if !errors.Is(err, store.ErrInvalid) {
		return err
	}
	_, said, _ := strings.Cut(err.Error(), store.ErrInvalid.Error()+": ")
	return errors.New(said)
}

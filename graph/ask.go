package graph

import (
	"context"
	"reflect"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/go-viper/mapstructure/v2"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/graph/api"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/loaders"
	"github.com/papergraph/papergraph/store"
)

// arguments are all arguments that fields with a question take, by their names in the schema.
type arguments struct {
	First, Last     *int
	After, Before   *string
	Filter          *api.PaperFilter
	ResultFilter    *api.ResultFilter // the argument filter of fields of results
	OrderBy         []*api.PaperOrder
	Kinds           []literature.RelationKind
	Roles           []literature.RelationKind
	Direction       store.Direction
	MinShared       int
	IncludeNarrower bool
	By, Dimensions  []store.Dimension
	Limit           int
	NodeBudget      int
	Profile         *explore.Profile
	Signals         []*api.SignalWeight
	ExcludeCited    bool
	// NotLaterThanSeed leaves out papers of later years.
	NotLaterThanSeed bool
}

// argumentsOf reads the arguments of a field that is looked ahead, as generously as gqlgen does: one value may stand for a list. ok is false where
// the resolver will report what is wrong with them.
func argumentsOf(f field) (a arguments, ok bool) {
	given := f.ArgumentMap(f.operation.Variables)
	if filter := given["filter"]; filter != nil && resultFields[f.coordinate()] {
		given["resultFilter"] = filter
		delete(given, "filter")
	}
	decoder, err := mapstructure.NewDecoder(&mapstructure.DecoderConfig{Result: &a, WeaklyTypedInput: true, DecodeHook: oneForList})
	return a, err == nil && decoder.Decode(given) == nil
}

// oneForList makes a list of one input object that stands for it, which mapstructure does unless the object is empty.
func oneForList(from, to reflect.Value) (any, error) {
	if from.Kind() == reflect.Map && to.Kind() == reflect.Slice {
		return []any{from.Interface()}, nil
	}
	return from.Interface(), nil
}

// field is one selected field: the type it is selected on, and what is selected below it.
type field struct {
	object    string
	operation *graphql.OperationContext
	graphql.CollectedField
}

// fieldOf is the field that is being resolved.
func fieldOf(ctx context.Context) field {
	fc := graphql.GetFieldContext(ctx)
	return field{fc.Object, graphql.GetOperationContext(ctx), fc.Field}
}

// coordinate is the name under which the tables below know the field: that of the type, or Entity for what all entities have.
func (f field) coordinate() string {
	switch f.Name {
	case "relations", "degree":
		return "Entity." + f.Name
	}
	return f.object + "." + f.Name
}

func (f field) below() []graphql.CollectedField {
	return graphql.CollectFields(f.operation, f.Selections, nil)
}

func (f field) selects(name string) bool {
	return slices.ContainsFunc(f.below(), func(c graphql.CollectedField) bool { return c.Name == name })
}

// relationFields tells which relations the fields walk. A question that limits its page itself belongs to a plain list.
var relationFields = map[string]func(arguments) store.RelationQuery{
	"Entity.relations": func(a arguments) store.RelationQuery {
		return store.RelationQuery{Kinds: a.Kinds, Direction: a.Direction}
	},
	"Paper.authors":       along(store.Outgoing, literature.AuthoredBy),
	"Paper.topics":        along(store.Outgoing, literature.About),
	"Paper.artifacts":     along(store.Outgoing, literature.HasArtifact),
	"Paper.references":    along(store.Outgoing, literature.Cites),
	"Paper.citedBy":       along(store.Incoming, literature.Cites),
	"Paper.venue":         atMost(1, along(store.Outgoing, literature.PublishedIn)),
	"Paper.versions":      atMost(20, along(store.Both, literature.VersionOf)),
	"Venue.series":        atMost(1, along(store.Outgoing, literature.Broader)),
	"Topic.broader":       atMost(20, along(store.Outgoing, literature.Broader)),
	"System.introducedBy": atMost(20, along(store.Incoming, literature.Introduces)),
	"Paper.systems": func(a arguments) store.RelationQuery {
		return store.RelationQuery{
			Kinds: a.roles(), Direction: store.Outgoing,
			Filter: &store.Filter{Kinds: []literature.EntityKind{literature.KindSystem}},
		}
	},
}

// listFields tells which entities the fields list.
var listFields = map[string]func(arguments) store.ListQuery{
	"Author.papers":       papersAlong(literature.AuthoredBy),
	"Organization.papers": papersAlong(literature.AuthoredBy),
	"Artifact.papers":     papersAlong(literature.HasArtifact),
	"Workload.papers":     papersAlong(literature.EvaluatedOn),
	"Collection.papers":   papersAlong(literature.InCollection),
	"Topic.papers":        papersAlong(literature.About),
	"Venue.papers":        papersAlong(literature.PublishedIn),
	"System.papers":       func(a arguments) store.ListQuery { return papersAlong(a.roles()...)(a) },
	"Topic.narrower":      func(arguments) store.ListQuery { return below(literature.KindTopic) },
	"Venue.editions":      func(arguments) store.ListQuery { return below(literature.KindVenue) },
	"Query.papers":        all(literature.KindPaper),
	"Query.authors":       all(literature.KindAuthor),
	"Query.organizations": all(literature.KindOrganization),
	"Query.venues":        all(literature.KindVenue),
	"Query.topics":        all(literature.KindTopic),
	"Query.systems":       all(literature.KindSystem),
	"Query.artifacts":     all(literature.KindArtifact),
	"Query.workloads":     all(literature.KindWorkload),
	"Query.collections":   all(literature.KindCollection),
}

// walkFields tells which ways the fields walk.
var walkFields = map[string]func(arguments) store.Walk{
	"Paper.sharingTopics": func(a arguments) store.Walk {
		return store.Walk{
			Hops: []store.Hop{
				{Kinds: []literature.RelationKind{literature.About}, Direction: store.Outgoing, Weigh: store.WeighIDF},
				{Kinds: []literature.RelationKind{literature.About}, Direction: store.Incoming},
			},
			Filter: &store.Filter{Kinds: []literature.EntityKind{literature.KindPaper}},
			MinVia: a.MinShared,
			Via:    store.MaxVia,
		}
	},
	"Author.coauthors": func(arguments) store.Walk {
		papers := []literature.RelationKind{literature.AuthoredBy}
		return store.Walk{Hops: []store.Hop{{Kinds: papers, Direction: store.Incoming}, {Kinds: papers, Direction: store.Outgoing}}}
	},
}

// resultFields are the fields that list reported results.
var resultFields = map[string]bool{"Paper.results": true, "System.results": true, "Workload.results": true, "Query.results": true}

// leafFields are the fields without a selection that ask the store.
var leafFields = map[string]bool{"Entity.degree": true, "Paper.citation": true, "Paper.export": true}

// systemRoles are the kinds of relation from a paper to a system, in the order of the roles.
var systemRoles = []literature.RelationKind{literature.Introduces, literature.Uses, literature.Extends, literature.ComparesWith}

func (a arguments) roles() []literature.RelationKind {
	if len(a.Roles) == 0 {
		return systemRoles
	}
	return a.Roles
}

func along(direction store.Direction, kinds ...literature.RelationKind) func(arguments) store.RelationQuery {
	return func(arguments) store.RelationQuery { return store.RelationQuery{Kinds: kinds, Direction: direction} }
}

func atMost(n int, question func(arguments) store.RelationQuery) func(arguments) store.RelationQuery {
	return func(a arguments) store.RelationQuery {
		q := question(a)
		q.Page.Limit = n
		return q
	}
}

func papersAlong(kinds ...literature.RelationKind) func(arguments) store.ListQuery {
	return func(a arguments) store.ListQuery {
		q := store.ListQuery{Kind: literature.KindPaper, Narrower: a.IncludeNarrower}
		for _, kind := range kinds {
			q.Via = append(q.Via, store.KindDirection{Kind: kind, Direction: store.Incoming})
		}
		return q
	}
}

func below(kind literature.EntityKind) store.ListQuery {
	return store.ListQuery{Kind: kind, Via: []store.KindDirection{{Kind: literature.Broader, Direction: store.Incoming}}}
}

func all(kind literature.EntityKind) func(arguments) store.ListQuery {
	return func(arguments) store.ListQuery { return store.ListQuery{Kind: kind} }
}

// MaxFirst is the greatest size of a page; defaultFirst is its size where nobody says.
const (
	MaxFirst     = 100
	defaultFirst = 20
)

// check refuses lists that pick nothing, and roles that are none.
func (a arguments) check() error {
	if a.Kinds != nil && len(a.Kinds) == 0 {
		return badInput("kinds is empty: name at least one kind, or leave it out for all")
	}
	if a.Roles != nil && len(a.Roles) == 0 {
		return badInput("roles is empty: name at least one role, or leave it out for all")
	}
	for _, role := range a.Roles {
		if !slices.Contains(systemRoles, role) {
			return badInput("%s is no role of a paper towards a system: name some of INTRODUCES, USES, EXTENDS and COMPARES_WITH", role)
		}
	}
	return nil
}

// page checks the size of the page and reads its cursor; fits tells whether a place has the sort keys of the list.
func (a arguments) page(scope api.Scope, fits func(store.Page) error) (store.Page, error) {
	page := store.Page{Limit: defaultFirst}
	size, cursor, sizeName, cursorName := a.First, a.After, "first", "after"
	if a.Last != nil || a.Before != nil {
		if a.First != nil || a.After != nil {
			return page, badInput("both directions at once: ask for the first items after a cursor (first, after), or for the last before one (last, before)")
		}
		size, cursor, sizeName, cursorName, page.Backward = a.Last, a.Before, "last", "before", true
	}
	if size != nil {
		page.Limit = *size
	}
	if page.Limit < 1 || page.Limit > MaxFirst {
		return store.Page{}, badInput("%s is %d: ask for 1 to %d items, and for more with %s", sizeName, page.Limit, MaxFirst, cursorName)
	}
	if cursor != nil {
		from, err := api.ParseCursor(scope, *cursor)
		if err != nil {
			return store.Page{}, badInput("%s: %v", cursorName, err)
		}
		page.From = from
		if fits(page) != nil {
			return store.Page{}, badInput("%s: %v", cursorName, api.ErrMalformedCursor)
		}
	}
	return page, nil
}

// wanted translates the filter and order of papers; own is what the field itself asks for.
func (a arguments) wanted(own *store.Filter) (*store.Filter, []store.Order, error) {
	filter, err := a.Filter.Store()
	if err != nil {
		return nil, nil, badInput("%v", err)
	}
	orders, err := api.Orders(a.OrderBy, filter)
	if err != nil {
		return nil, nil, badInput("%v", err)
	}
	if filter == nil {
		return own, orders, nil
	}
	if own != nil {
		filter.Kinds = own.Kinds
	}
	return filter, orders, nil
}

// The questions of a field: the same for one parent and for all parents of a level, so that what was looked ahead is found.

func (f field) relationQuestion(a arguments) (q store.RelationQuery, scope api.Scope, err error) {
	if err := a.check(); err != nil {
		return q, scope, err
	}
	q = relationFields[f.coordinate()](a)
	if q.Filter, q.Order, err = a.wanted(q.Filter); err != nil {
		return q, scope, err
	}
	scope = api.NewScope(f.coordinate(), q)
	if q.Page.Limit == 0 {
		q.Page, err = a.page(scope, func(p store.Page) error { q.Page = p; return q.Check() })
		q.WithTotal = f.selects("totalCount")
	}
	return q, scope, err
}

func (f field) listQuestion(a arguments) (q store.ListQuery, scope api.Scope, err error) {
	if err := a.check(); err != nil {
		return q, scope, err
	}
	q = listFields[f.coordinate()](a)
	if q.Filter, q.Order, err = a.wanted(nil); err != nil {
		return q, scope, err
	}
	scope = api.NewScope(f.coordinate(), q)
	q.Page, err = a.page(scope, func(p store.Page) error { q.Page = p; return q.Check() })
	q.WithTotal = f.selects("totalCount")
	return q, scope, err
}

func (f field) walkQuestion(a arguments) (q store.Walk, scope api.Scope, err error) {
	q = walkFields[f.coordinate()](a)
	if f.Definition.Arguments.ForName("minShared") != nil && a.MinShared < 1 {
		return q, scope, badInput("minShared is %d: ask for at least 1 shared topic", a.MinShared)
	}
	if q.Filter, _, err = a.wanted(q.Filter); err != nil {
		return q, scope, err
	}
	scope = api.NewScope(f.coordinate(), q)
	q.Page, err = a.page(scope, func(p store.Page) error { q.Page = p; return store.WalkQuery{Walks: []store.Walk{q}}.Check() })
	q.WithTotal = f.selects("totalCount")
	return q, scope, err
}

func (f field) resultQuestion(a arguments) (q store.ResultQuery, scope api.Scope, err error) {
	if q.Filter, err = a.ResultFilter.Store(); err != nil {
		return q, scope, badInput("%v", err)
	}
	scope = api.NewScope(f.coordinate(), q)
	q.Page, err = a.page(scope, func(p store.Page) error { q.Page = p; return q.Check() })
	q.WithTotal = f.selects("totalCount")
	return q, scope, err
}

// countQuestion asks what a field below a connection of papers counts over that connection's list.
func (f field) countQuestion(list store.ListQuery, a arguments) (store.FacetQuery, error) {
	if f.Name == "facets" {
		if a.Limit < 1 || a.Limit > MaxFirst {
			return store.FacetQuery{}, badInput("limit is %d: ask for 1 to %d buckets", a.Limit, MaxFirst)
		}
		if len(a.By) == 0 {
			return store.FacetQuery{}, badInput("by is empty: name at least one dimension")
		}
		if err := eachOnce("by", a.By); err != nil {
			return store.FacetQuery{}, err
		}
		return api.FacetQuery(list, a.By, a.Limit), nil
	}
	if a.Limit < 1 || a.Limit > store.MaxPage {
		return store.FacetQuery{}, badInput("limit is %d: ask for 1 to %d groups", a.Limit, store.MaxPage)
	}
	if len(a.Dimensions) < 1 || len(a.Dimensions) > 3 {
		return store.FacetQuery{}, badInput("dimensions names %d: name one to three", len(a.Dimensions))
	}
	if err := eachOnce("dimensions", a.Dimensions); err != nil {
		return store.FacetQuery{}, err
	}
	return api.GroupQuery(list, a.Dimensions, a.Limit, f.samples()), nil
}

// samples is how many papers of a group are asked for below the field, at most.
func (f field) samples() int {
	most := 0
	for _, c := range f.below() {
		if c.Name == "papers" {
			most = max(most, field{"PaperGroup", f.operation, c}.sampled())
		}
	}
	return most
}

// sampled is how many papers the field papers of a group asks for, held to what it may.
func (f field) sampled() int {
	a, _ := argumentsOf(f)
	if a.First == nil {
		return 0
	}
	return min(max(*a.First, 0), maxSamples)
}

func eachOnce(argument string, dimensions []store.Dimension) error {
	for i, d := range dimensions {
		if slices.Contains(dimensions[:i], d) {
			return badInput("%s names %s twice: name each dimension once", argument, d)
		}
	}
	return nil
}

// maxSamples is how many papers a group names at most.
const maxSamples = 10

func degreeQuestion(a arguments) (loaders.Degree, error) {
	kinds := slices.Clone(a.Kinds)
	slices.Sort(kinds)
	return loaders.Degree{Kinds: slices.Compact(kinds), Direction: a.Direction}, a.check()
}

func coverageQuestion(fieldName string) loaders.Degree {
	direction := store.Outgoing
	if fieldName == "citedBy" {
		direction = store.Incoming
	}
	return loaders.Degree{Kinds: []literature.RelationKind{literature.Cites}, Direction: direction}
}

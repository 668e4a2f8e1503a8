package projection

import (
	"slices"
	"sort"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// compile turns a filter into a condition; what it says about stubs is left to the caller, see stubs.
func (q *question) compile(f *store.Filter) (condition, error) {
	if f == nil {
		return condition{}, nil
	}
	c := q.columns(f)
	if !f.Text.Empty() {
		found, err := q.match(f.Text, false)
		if err != nil {
			return condition{}, err
		}
		c = c.and(q.members(found.Numbers))
	}
	for _, term := range f.Terms {
		c = c.and(q.term(term))
	}
	for i := range f.And {
		part, err := q.compile(&f.And[i])
		if err != nil {
			return condition{}, err
		}
		c = c.and(part)
	}
	if len(f.Or) > 0 {
		parts := make([]condition, len(f.Or))
		for i := range f.Or {
			var err error
			if parts[i], err = q.compile(&f.Or[i]); err != nil {
				return condition{}, err
			}
		}
		c = c.and(or(parts))
	}
	if f.Not != nil {
		part, err := q.compile(f.Not)
		if err != nil {
			return condition{}, err
		}
		c = c.and(part.not())
	}
	return c, nil
}

// stubs is what to do about stubs where a filter says nothing: nil includes them.
func stubs(f *store.Filter, include bool) *bool {
	if told := f.Stubs(); told != nil || include {
		return told
	}
	return new(bool)
}

// columns compiles the conditions on an entity's own properties.
func (q *question) columns(f *store.Filter) condition {
	g := q.g
	var c condition
	if f.IDs != nil {
		var numbers []uint32
		for _, id := range f.IDs {
			if n := g.find(id); n != 0 {
				numbers = append(numbers, n)
			}
		}
		slices.Sort(numbers)
		c = c.and(q.members(slices.Compact(numbers)))
	}
	if want := f.Stub; want != nil { // of several, all must hold
		c = c.and(tested(func(n uint32) bool { return g.shapes.at(n).stub() == *want }))
	}
	if f.Kinds != nil {
		var kinds [entityKinds]bool
		for _, kind := range f.Kinds {
			kinds[shapeOf(kind)] = true
		}
		c = c.and(tested(func(n uint32) bool { return kinds[g.shapes.at(n).kind()] }))
	}
	if f.Years != (store.Range{}) {
		c = c.and(q.within(byYear, f.Years))
	}
	if f.CitedBy != (store.Range{}) {
		c = c.and(q.within(byCitedBy, f.CitedBy))
	}
	if want := f.HasArtifact; want != nil {
		c = c.and(q.ofPapers(func(n uint32) bool { return g.relations[hasArtifact].out.degree(n) > 0 == *want }))
	}
	if want := f.HasResult; want != nil {
		c = c.and(q.ofPapers(func(n uint32) bool { return g.results.of[resultPaper].degree(n) > 0 == *want }))
	}
	return c
}

// ofPapers holds for papers that pass a test.
func (q *question) ofPapers(test func(n uint32) bool) condition {
	return tested(func(n uint32) bool { return q.g.shapes.at(n).kind() == paper && test(n) })
}

// members holds for the listed entities, each of which is listed once.
func (q *question) members(numbers []uint32) condition {
	if len(numbers) <= 8 {
		return listed(func(n uint32) bool { return slices.Contains(numbers, n) }, numbers)
	}
	var set bits // made when first needed: often the list is gone through instead
	return listed(func(n uint32) bool {
		if set == nil {
			set = newBits(max(q.g.size, slices.Max(numbers)+1))
			for _, n := range numbers {
				set.add(n)
			}
		}
		return set.has(n)
	}, numbers)
}

// within holds for papers that have a property between two bounds. They stand side by side in the order by it.
func (q *question) within(by property, bounds store.Range) condition {
	g := q.g
	r := &ranking{g: g}
	inside := func(n uint32) bool {
		v, ok := r.value(n, by)
		return ok && (bounds.From == nil || v >= int64(*bounds.From)) && (bounds.To == nil || v <= int64(*bounds.To))
	}
	holds := func(n uint32) bool { return g.shapes.at(n).kind() == paper && inside(n) }
	if q.testsOnly {
		return tested(holds)
	}
	s := g.order(paper, by)
	known := s.numbers[:s.known]
	first, last := 0, len(known)
	if bounds.From != nil {
		first = sort.Search(len(known), func(i int) bool { v, _ := r.value(known[i], by); return v >= int64(*bounds.From) })
	}
	if bounds.To != nil {
		last = max(first, sort.Search(len(known), func(i int) bool { v, _ := r.value(known[i], by); return v > int64(*bounds.To) }))
	}
	return listed(holds, known[first:last])
}

// term compiles a comparison of what papers are joined to with ids.
func (q *question) term(t store.TermMatch) condition {
	c := q.ofPapers(func(uint32) bool { return true })
	d := dimensionOf[t.Dimension]
	if t.AnyOf != nil {
		c = c.and(q.joinedTo(d, q.group(d, t.Narrower, t.AnyOf...)))
	}
	for _, id := range t.AllOf {
		c = c.and(q.joinedTo(d, q.group(d, t.Narrower, id)))
	}
	if len(t.NoneOf) > 0 {
		c = c.and(q.joinedTo(d, q.group(d, t.Narrower, t.NoneOf...)).not())
	}
	return c
}

// group is the entities of a dimension that ids stand for.
func (q *question) group(d dimension, narrower bool, ids ...literature.ID) []uint32 {
	var numbers []uint32
	for _, id := range ids {
		n := q.g.find(id)
		switch {
		case n == 0 || q.g.shapes.at(n).kind() != d.kind:
		case narrower:
			numbers = append(numbers, q.g.below(n)...)
		default:
			numbers = append(numbers, n)
		}
	}
	slices.Sort(numbers)
	return slices.Compact(numbers)
}

// below is an entity and everything that BROADER leads from to it.
func (g *Graph) below(n uint32) []uint32 {
	found, seen := []uint32{n}, newBits(g.size)
	seen.add(n)
	for i := 0; i < len(found); i++ {
		for _, narrower := range g.relations[broader].in.of(found[i]) {
			if !seen.has(narrower) {
				seen.add(narrower)
				found = append(found, narrower)
			}
		}
	}
	return found
}

// joinedTo holds for papers joined to one of the group.
func (q *question) joinedTo(d dimension, group []uint32) condition {
	g := q.g
	within := q.members(group)
	has := within.tests[0]
	rows := make([][]uint32, 0, len(group))
	for _, kind := range d.relations {
		r := g.relationRows(kind)
		for _, n := range group {
			if row := r.in.of(n); len(row) > 0 {
				rows = append(rows, row)
			}
		}
	}
	c := listed(func(n uint32) bool {
		for _, kind := range d.relations {
			if slices.ContainsFunc(g.relationRows(kind).out.of(n), has) {
				return true
			}
		}
		return false
	}, rows...)
	c.repeats = d.kind == organization
	return c
}

// named stands, beside the kinds of relation, for the organizations that AUTHORED_BY name.
const named = relationKinds

func (g *Graph) relationRows(kind int) *relation {
	if kind == named {
		return &g.affiliations
	}
	return &g.relations[kind]
}

// dimension is how papers are joined to the entities of a store.Dimension.
type dimension struct {
	kind      shape
	relations []int
}

var dimensionOf = map[store.Dimension]dimension{
	store.ByTopic:        {topic, []int{about}},
	store.ByAuthor:       {author, []int{authoredBy}},
	store.ByVenue:        {venue, []int{publishedIn}},
	store.BySeries:       {venue, []int{publishedIn}}, // and what is broader, see reader
	store.BySystem:       {system, []int{introduces, uses, extends, comparesWith}},
	store.ByOrganization: {organization, []int{named}},
	store.ByCollection:   {collection, []int{inCollection}},
	store.ByWorkload:     {workload, []int{evaluatedOn}},
}

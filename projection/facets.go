package projection

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Facets answers store.Reader.Facets.
func (v View) Facets(ctx context.Context, query store.FacetQuery) (map[literature.ID][]store.FacetCounts, error) {
	if err := query.Check(); err != nil {
		return nil, err
	}
	q, err := v.ask(ctx)
	if err != nil {
		return nil, err
	}
	// Groupings without a filter of their own count the same papers, which are gathered once.
	filters := []*store.Filter{query.Filter}
	uses := make([]int, len(query.Groupings))
	for i, g := range query.Groupings {
		if g.Filter != nil {
			uses[i] = len(filters)
			filters = append(filters, g.Filter)
		}
	}
	conditions := make([]condition, len(filters))
	for i, f := range filters {
		if conditions[i], err = q.compile(f); err != nil {
			return nil, err
		}
	}
	tallies := make(map[literature.ID][]*tally)
	err = q.eachParent(query.Parents, query.Via, query.Narrower, func(id literature.ID, parent condition) error {
		papers := make([][]uint32, len(filters))
		tallies[id] = []*tally{}
		for i, g := range query.Groupings {
			use := uses[i]
			if papers[use] == nil {
				err := q.each(scopeOf(paper, stubs(filters[use], false)), conditions[use].and(parent), func(n uint32) {
					papers[use] = append(papers[use], n)
				})
				if err != nil {
					return err
				}
			}
			t, err := q.tally(g, papers[use])
			if err != nil {
				return err
			}
			tallies[id] = append(tallies[id], t)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := q.fetch(); err != nil {
		return nil, err
	}
	answer := make(map[literature.ID][]store.FacetCounts, len(tallies))
	for id, groupings := range tallies {
		answer[id] = make([]store.FacetCounts, len(groupings))
		for i, t := range groupings {
			answer[id][i] = t.counts()
		}
	}
	return answer, nil
}

// tally is one grouping counted.
type tally struct {
	*question
	dimensions     []store.Dimension
	axes           []axis // in step with dimensions
	buckets        []bucket
	other, missing int
}

// bucket is one combination of values. Values are numbers of entities, years, or 0 and 1 for false and true; in that form they sort as their keys do, but for entities.
type bucket struct {
	cell    int // its place in the table
	values  [3]uint32
	count   int
	samples []uint32
}

// tally counts papers and keeps the largest buckets with their samples.
func (q *question) tally(g store.Grouping, papers []uint32) (*tally, error) {
	t := &tally{question: q, dimensions: g.Dimensions}
	for _, d := range g.Dimensions {
		a, err := t.axis(d, papers)
		if err != nil {
			return nil, err
		}
		t.axes = append(t.axes, a)
	}
	counted, err := t.count(papers)
	if err != nil {
		return nil, err
	}
	s := newSelection(&bucketOrder{t, counted}, store.Page{Limit: g.Limit})
	for i := range counted {
		s.add(uint32(i))
		t.other += counted[i].count
		if err := t.step(1); err != nil {
			return nil, err
		}
	}
	for _, i := range s.items() {
		t.buckets = append(t.buckets, counted[i])
		t.other -= counted[i].count
		for d, dimension := range g.Dimensions {
			if _, ok := dimensionOf[dimension]; ok {
				q.want(counted[i].values[d])
			}
		}
	}
	if g.Samples > 0 {
		if err := t.sample(papers, g.Samples); err != nil {
			return nil, err
		}
	}
	t.axes = nil
	return t, nil
}

// axis is one dimension of a grouping: the values that occur, and, for each of the papers counted, the places of its values among them.
type axis struct {
	values []uint32
	places []uint32
	from   []int // the places of the i-th paper are places[from[i]:from[i+1]]
}

func (t *tally) axis(d store.Dimension, papers []uint32) (axis, error) {
	a := axis{from: make([]int, 1, len(papers)+1), places: make([]uint32, 0, len(papers))}
	read, places := t.reader(d), t.layer()
	defer t.free(places)
	var values []uint32
	for _, n := range papers {
		values = read(n, values[:0])
		for _, value := range values {
			if !places.in[value] {
				places.add(value, int64(len(places.nodes)))
			}
			a.places = append(a.places, uint32(places.amounts[value]))
		}
		a.from = append(a.from, len(a.places))
		if err := t.step(len(values) + 1); err != nil {
			return axis{}, err
		}
	}
	a.values = slices.Clone(places.nodes)
	return a, nil
}

// count fills the cells of the table that the axes span, and lists those that are not empty: counted in an array where all cells may be filled, else in a map.
func (t *tally) count(papers []uint32) (buckets []bucket, err error) {
	cells := 1
	for _, a := range t.axes {
		cells *= max(1, len(a.values)) // three axes of all entities fit into 64 bits
	}
	add := func(cell, count int) error {
		b := bucket{cell: cell, count: count}
		for d := len(t.axes) - 1; d >= 0; d-- {
			values := t.axes[d].values
			b.values[d] = values[cell%len(values)]
			cell /= len(values)
		}
		buckets = append(buckets, b)
		return t.step(1)
	}
	if cells <= store.MaxCombinations {
		counts := make([]int, cells)
		t.missing, err = t.eachCell(papers, func(_ uint32, cell int) error {
			counts[cell]++
			return nil
		})
		for cell, count := range counts {
			if count > 0 && err == nil {
				err = add(cell, count)
			}
		}
		return buckets, err
	}
	counts := make(map[int]int)
	t.missing, err = t.eachCell(papers, func(_ uint32, cell int) error {
		counts[cell]++
		return store.CheckCombinations(len(counts))
	})
	for cell, count := range counts {
		if err == nil {
			err = add(cell, count)
		}
	}
	return buckets, err
}

// sample picks the papers that the kept buckets name.
func (t *tally) sample(papers []uint32, samples int) error {
	order := &ranking{g: t.g, keys: []sortKey{{byCitedBy, true}}, idDescending: true}
	picks := make(map[int]*selection, len(t.buckets))
	for _, b := range t.buckets {
		picks[b.cell] = newSelection(order, store.Page{Limit: samples})
	}
	_, err := t.eachCell(papers, func(n uint32, cell int) error {
		if s, ok := picks[cell]; ok {
			s.add(n)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for i := range t.buckets {
		t.buckets[i].samples = picks[t.buckets[i].cell].items()
		t.want(t.buckets[i].samples...)
	}
	return nil
}

// eachCell calls visit for every paper and every combination of its values, and counts the papers that have none.
func (t *tally) eachCell(papers []uint32, visit func(n uint32, cell int) error) (missing int, err error) {
	last := len(t.axes) - 1
	var cross func(i, d, cell int) (bool, error)
	cross = func(i, d, cell int) (bool, error) {
		a := &t.axes[d]
		places := a.places[a.from[i]:a.from[i+1]]
		if err := t.step(len(places) + 1); err != nil {
			return false, err
		}
		cell *= len(a.values)
		for _, place := range places {
			if d == last {
				if err := visit(papers[i], cell+int(place)); err != nil {
					return false, err
				}
			} else if has, err := cross(i, d+1, cell+int(place)); !has {
				return false, err
			}
		}
		return len(places) > 0, nil
	}
	for i := range papers {
		has, err := cross(i, 0, 0)
		if err != nil {
			return 0, err
		}
		if !has {
			missing++
		}
	}
	return missing, nil
}

// reader gives a function that appends to an empty list the values, each once, that a paper has in a dimension.
func (q *question) reader(d store.Dimension) func(n uint32, into []uint32) []uint32 {
	g := q.g
	yes := func(is bool, into []uint32) []uint32 {
		if is {
			return append(into, 1)
		}
		return append(into, 0)
	}
	switch d {
	case store.ByYear:
		return func(n uint32, into []uint32) []uint32 {
			if year := g.years.at(n); year != noYear {
				into = append(into, uint32(year))
			}
			return into
		}
	case store.ByHasArtifact:
		return func(n uint32, into []uint32) []uint32 { return yes(g.relations[hasArtifact].out.degree(n) > 0, into) }
	case store.ByHasResult:
		return func(n uint32, into []uint32) []uint32 { return yes(g.results.of[resultPaper].degree(n) > 0, into) }
	case store.BySeries:
		return func(n uint32, into []uint32) []uint32 {
			for _, v := range g.relations[publishedIn].out.of(n) {
				if above := g.relations[broader].out.of(v); len(above) > 0 {
					into = append(into, above...)
				} else {
					into = append(into, v)
				}
			}
			slices.Sort(into)
			return slices.Compact(into)
		}
	}
	dimension := dimensionOf[d]
	if d != store.BySystem && d != store.ByOrganization {
		r := &g.relationRows(dimension.relations[0]).out
		return func(n uint32, into []uint32) []uint32 { return append(into, r.of(n)...) }
	}
	return func(n uint32, into []uint32) []uint32 {
		for _, kind := range dimension.relations {
			for _, value := range g.relationRows(kind).out.of(n) {
				if g.shapes.at(value).kind() == dimension.kind {
					into = append(into, value)
				}
			}
		}
		slices.Sort(into)
		return slices.Compact(into)
	}
}

// bucketOrder is by count, largest first, then by keys.
type bucketOrder struct {
	t       *tally
	buckets []bucket
}

func (o *bucketOrder) primary(i uint32) int64 { return -int64(o.buckets[i].count) }

func (o *bucketOrder) compare(i, j uint32) int {
	a, b := &o.buckets[i], &o.buckets[j]
	c := cmp.Compare(b.count, a.count)
	for d, dimension := range o.t.dimensions {
		if c != 0 {
			break
		}
		if _, ok := dimensionOf[dimension]; ok {
			c = cmp.Compare(o.t.g.ids.at(a.values[d]), o.t.g.ids.at(b.values[d]))
		} else {
			c = cmp.Compare(a.values[d], b.values[d])
		}
	}
	return c
}

// against is never asked: buckets are not paged.
func (o *bucketOrder) against(uint32, *store.Position) int { return 0 }

// counts is the tally as the contract states it.
func (t *tally) counts() store.FacetCounts {
	counts := store.FacetCounts{Other: t.other, Missing: t.missing, Buckets: make([]store.Bucket, len(t.buckets))}
	for i, b := range t.buckets {
		counts.Buckets[i] = store.Bucket{Count: b.count, Keys: make([]store.BucketKey, len(t.dimensions))}
		for d, dimension := range t.dimensions {
			counts.Buckets[i].Keys[d] = t.key(dimension, b.values[d])
		}
		for _, n := range b.samples {
			counts.Buckets[i].Samples = append(counts.Buckets[i].Samples, t.paper(n))
		}
	}
	return counts
}

func (t *tally) key(d store.Dimension, value uint32) store.BucketKey {
	switch d {
	case store.ByYear:
		return store.BucketKey{Key: fmt.Sprintf("%04d", value)}
	case store.ByHasArtifact, store.ByHasResult:
		return store.BucketKey{Key: fmt.Sprint(value == 1)}
	default:
		return store.BucketKey{Key: string(t.g.ids.at(value)), Entity: t.entity(value)}
	}
}

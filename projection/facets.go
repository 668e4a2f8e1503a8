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
	buckets        []bucket
	other, missing int
}

// bucket is one combination of values. Values are numbers of entities, years, or 0 and 1 for false and true; in that form they sort as their keys do, but for entities.
type bucket struct {
	values  [3]uint32
	count   int
	samples []uint32
}

// tally counts papers and keeps the largest buckets with their samples.
func (q *question) tally(g store.Grouping, papers []uint32) (*tally, error) {
	t := &tally{question: q, dimensions: g.Dimensions}
	counted, err := t.count(papers)
	if err != nil {
		return nil, err
	}
	s := newSelection(&bucketOrder{t, counted}, store.Page{Limit: g.Limit})
	for i := range counted {
		s.add(uint32(i))
		t.other += counted[i].count
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
		err = t.sample(papers, g.Samples)
	}
	return t, err
}

// count fills a bucket for every combination that occurs. A single dimension is counted in a dense array.
func (t *tally) count(papers []uint32) ([]bucket, error) {
	var buckets []bucket
	if len(t.dimensions) == 1 {
		sums := t.layer()
		defer t.free(sums)
		err := t.combinations(papers, func(_ uint32, values [3]uint32) { sums.add(values[0], 1) })
		buckets = make([]bucket, len(sums.nodes))
		for i, value := range sums.nodes {
			buckets[i] = bucket{values: [3]uint32{value}, count: int(sums.amounts[value])}
		}
		return buckets, err
	}
	places := make(map[[3]uint32]int)
	err := t.combinations(papers, func(_ uint32, values [3]uint32) {
		place, ok := places[values]
		if !ok {
			place = len(buckets)
			places[values] = place
			buckets = append(buckets, bucket{values: values})
		}
		buckets[place].count++
	})
	return buckets, err
}

// sample picks the papers that the kept buckets name.
func (t *tally) sample(papers []uint32, samples int) error {
	order := &ranking{g: t.g, keys: []sortKey{{byCitedBy, true}}, idDescending: true}
	picks := make(map[[3]uint32]*selection, len(t.buckets))
	for _, b := range t.buckets {
		picks[b.values] = newSelection(order, store.Page{Limit: samples})
	}
	t.missing = 0 // counted anew
	err := t.combinations(papers, func(n uint32, values [3]uint32) {
		if s, ok := picks[values]; ok {
			s.add(n)
		}
	})
	for i := range t.buckets {
		t.buckets[i].samples = picks[t.buckets[i].values].items()
		t.want(t.buckets[i].samples...)
	}
	return err
}

// combinations calls visit for every paper and every combination of its values, and counts the papers that have none.
func (t *tally) combinations(papers []uint32, visit func(n uint32, values [3]uint32)) error {
	var read [3]func(n uint32, into []uint32) []uint32
	for i, d := range t.dimensions {
		read[i] = t.reader(d)
	}
	var values [3][]uint32
	var combination [3]uint32
	var cross func(n uint32, d int)
	cross = func(n uint32, d int) {
		if d == len(t.dimensions) {
			visit(n, combination)
			return
		}
		for _, combination[d] = range values[d] {
			cross(n, d+1)
		}
	}
papers:
	for _, n := range papers {
		if err := t.step(4); err != nil {
			return err
		}
		for i := range t.dimensions {
			if values[i] = read[i](n, values[i][:0]); len(values[i]) == 0 {
				t.missing++
				continue papers
			}
		}
		cross(n, 0)
	}
	return nil
}

// reader gives a function that appends the values, each once, that a paper has in a dimension.
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
	}
	dimension := dimensionOf[d]
	if d != store.BySystem && d != store.ByOrganization {
		r := &g.relationRows(dimension.relations[0]).out
		return func(n uint32, into []uint32) []uint32 { return append(into, r.of(n)...) }
	}
	return func(n uint32, into []uint32) []uint32 {
		for _, kind := range dimension.relations {
			for _, value := range g.relationRows(kind).out.of(n) {
				if g.shapes.at(value).kind() == dimension.kind && !slices.Contains(into, value) {
					into = append(into, value)
				}
			}
		}
		return into
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

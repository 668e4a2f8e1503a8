package projection

import (
	"fmt"
	"math"
	"unique"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// The entities that a result names, each with rows from entity to results.
const (
	resultPaper = iota
	resultSystem
	resultWorkload
	resultEnds
)

// results are the reported results, numbered from 1 apart from the entities.
type results struct {
	numbers *index
	size    uint32
	count   int
	ids     column[literature.ID]
	facts   column[fact]
	of      [resultEnds]rows
}

// grow makes room for results with numbers below size.
func (r *results) grow(size uint32) {
	r.ids.grow(size)
	r.facts.grow(size)
}

// fact is what is kept of a result; without a paper it is none.
type fact struct {
	ends        [resultEnds]uint32
	kind        unique.Handle[string]
	metric      unique.Handle[string]
	improvement float64 // NaN where unknown
	order       int
}

func (g *Graph) result(id literature.ID) uint32 {
	r := &g.results
	n := r.numbers.find(id, &r.ids, r.size)
	if r.facts.at(n).ends[resultPaper] == 0 {
		return 0
	}
	return n
}

func (a *application) upsertResult(record *literature.Result) error {
	r := &a.next.results
	f := fact{
		kind: unique.Make(string(record.Kind)), metric: unique.Make(record.Metric),
		improvement: math.NaN(), order: record.Order,
	}
	if times := record.TimesBetter(); times != nil {
		f.improvement = *times
	}
	for end, id := range [resultEnds]literature.ID{record.Paper, record.System, record.Workload} {
		if id == "" && end != resultPaper {
			continue
		}
		if f.ends[end] = a.next.live(id); f.ends[end] == 0 {
			return fmt.Errorf("%w: %s names %q, which does not exist", store.ErrInvalid, record.ID, id)
		}
	}
	n := r.numbers.find(record.ID, &r.ids, r.size)
	if n == 0 {
		n = r.size
		r.size++
		r.grow(r.size)
		r.ids.set(n, record.ID)
		r.numbers.add(n, &r.ids, r.size)
	}
	a.setFact(n, f)
	return nil
}

func (a *application) removeResult(id literature.ID) {
	if n := a.next.result(id); n != 0 {
		a.setFact(n, fact{})
	}
}

func (a *application) setFact(n uint32, f fact) {
	r := &a.next.results
	before := r.facts.at(n)
	for end := range f.ends {
		if was, is := before.ends[end], f.ends[end]; was != is {
			if was != 0 {
				a.results[end] = append(a.results[end], edit{row: was, to: n, remove: true})
			}
			if is != 0 {
				a.results[end] = append(a.results[end], edit{row: is, to: n})
			}
		}
	}
	r.count += min(int(f.ends[resultPaper]), 1) - min(int(before.ends[resultPaper]), 1)
	r.facts.set(n, f)
	a.touchedResults = append(a.touchedResults, n)
}

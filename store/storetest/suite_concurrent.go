package storetest

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

var concurrentScenarios = []scenario{
	{"Close", func(p probe) {
		p.apply(Fixture())
		p.ok("Close", p.s.Close())
		for method, ask := range ask {
			if err := ask(p.ctx(), p.s); !errors.Is(err, store.ErrUnavailable) {
				p.t.Errorf("%s after Close: error %v, want one that wraps %q", method, err, store.ErrUnavailable)
			}
		}
	}},
	{"Concurrent/writers, and readers that see whole batches", func(p probe) {
		const writers, batches, cells = 8, 12, 5
		ids := make([]literature.ID, cells)
		for i := range ids {
			ids[i] = literature.ID(fmt.Sprintf("paper/cell-%d", i))
		}
		// fill writes all cells with one title, and a paper of the writer's own that the first cell cites.
		fill := func(writer, n int) store.Batch {
			own := paper(fmt.Sprintf("w%d-%d", writer, n), "Own", "")
			b := store.Batch{Author: fmt.Sprint(writer), Reason: fmt.Sprint(n), Upsert: []literature.Record{own}}
			for _, id := range ids {
				b.Upsert = append(b.Upsert, paper(id.Slug(), fmt.Sprintf("Filled by %d for the time %d", writer, n), ""))
			}
			b.Upsert = append(b.Upsert, relation(literature.Cites, ids[0], own.ID))
			return b
		}
		p.apply(fill(0, 0))

		var writing, readers sync.WaitGroup
		var done atomic.Bool
		versions := make([][]store.Version, writers)
		for w := range writers {
			writing.Go(func() {
				for n := range batches {
					version, err := p.s.Apply(p.ctx(), fill(w, n+1))
					if err != nil {
						p.t.Errorf("Apply: %v", err)
						return
					}
					versions[w] = append(versions[w], version)
				}
			})
		}
		for range 3 {
			readers.Go(func() {
				for seen := 0; !done.Load(); {
					seen = p.wholeBatches(ids, seen)
				}
			})
		}
		writing.Wait()
		done.Store(true)
		readers.Wait()

		var all []store.Version
		for w := range writers {
			if !slices.IsSorted(versions[w]) {
				p.t.Errorf("writer %d got the versions %v", w, versions[w])
			}
			all = append(all, versions[w]...)
		}
		slices.Sort(all)
		if unique := len(slices.Compact(slices.Clone(all))); unique != writers*batches || all[len(all)-1] != store.Version(writers*batches+1) {
			p.t.Errorf("%d batches gave %d versions, the last is %d", writers*batches, unique, all[len(all)-1])
		}
		calls, _ := scan(p, 1)
		for i, call := range calls {
			var writer, n int
			fmt.Sscan(call.change.Author+" "+call.change.Reason, &writer, &n) //nolint:errcheck // what cannot be read is 0, which fails below
			if call.change.Version != store.Version(i+2) || n == 0 || versions[writer][n-1] != call.change.Version {
				p.t.Errorf("entry %d of the change log is version %d of writer %d, batch %d", i, call.change.Version, writer, n)
			}
		}
		last := calls[len(calls)-1].change
		want := fmt.Sprintf("Filled by %s for the time %s", last.Author, last.Reason)
		p.equal("what the last batch wrote", p.records(ids[0])[ids[0]].(literature.Entity).Label(nil), want)
	}},
}

// wholeBatches reads what every batch writes as a whole in two ways, and fails where it sees a part. It returns the size of a list that never
// shrinks, which must not be smaller than before.
func (p probe) wholeBatches(ids []literature.ID, before int) int {
	titles := make(map[string]bool)
	records, err := p.s.Records(p.ctx(), ids)
	if err != nil {
		p.t.Errorf("Records: %v", err)
		return before
	}
	for _, record := range records {
		titles[record.(literature.Entity).Label(nil)] = true
	}
	if len(titles) != 1 || len(records) != len(ids) {
		p.t.Errorf("a reader sees %d records with %d titles at once", len(records), len(titles))
	}
	pages, err := p.s.List(p.ctx(), store.ListQuery{Kind: literature.KindPaper, Page: store.Page{Limit: 3}, WithTotal: true})
	if err != nil {
		p.t.Errorf("List: %v", err)
		return before
	}
	degrees, err := p.s.Degrees(p.ctx(), ids[:1], []store.KindDirection{{Kind: literature.Cites, Direction: store.Outgoing}})
	if err != nil {
		p.t.Errorf("Degrees: %v", err)
		return before
	}
	listed, cited := pages[""].Total-len(ids), degrees[ids[0]][0]
	if listed < before || cited < listed {
		p.t.Errorf("a reader counts %d papers, and then %d cited of them, after %d before", listed, cited, before)
	}
	return listed
}

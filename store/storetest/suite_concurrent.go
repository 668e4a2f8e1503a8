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
					p.wholeAnswers(ids)
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

// wholeAnswers asks for the same in four more ways: by words, by name, from the change log and as a whole.
func (p probe) wholeAnswers(ids []literature.ID) {
	hits, err := p.s.Search(p.ctx(), store.TextQuery{Query: p.query(`"filled by"`), NamesOnly: true, Page: all, WithTotal: true})
	if err != nil || hits.Total != len(ids) || len(hits.Items) != len(ids) {
		p.t.Errorf("a reader finds %d of %d papers by their words, in all %d, error %v", len(hits.Items), len(ids), hits.Total, err)
		return
	}
	titles := make(map[string]bool)
	for _, hit := range hits.Items {
		titles[hit.Entity.Label(nil)] = true
	}
	if len(titles) != 1 {
		p.t.Errorf("a reader finds %d titles at once", len(titles))
	}
	// All hold the title, of which the first is the preferred one, or none holds it any more.
	key := store.Key{Scheme: store.ByName, Value: hits.Items[0].Entity.Label(nil)}
	found, err := p.s.Resolve(p.ctx(), []store.Key{key})
	if id, ok := found[key]; err != nil || ok && id != ids[0] {
		p.t.Errorf("a reader resolves %q to %s, error %v", key.Value, id, err)
	}
	history, err := p.s.History(p.ctx(), store.HistoryQuery{IDs: ids[:1], Page: store.Page{Limit: 1}})
	if err != nil || len(history[ids[0]].Items) != 1 {
		p.t.Errorf("History: %v, error %v", history, err)
		return
	}
	change := history[ids[0]].Items[0].Change
	for _, id := range ids {
		if !slices.Contains(slices.Concat(change.Created, change.Updated), id) {
			p.t.Errorf("change %d, as a reader sees it, leaves out %s", change.Version, id)
		}
	}
	own := 0 // each version adds one; what is scanned may be newer than when the scan began
	clear(titles)
	version, err := p.s.Scan(p.ctx(), store.ScanQuery{}, func(_ store.Change, records []literature.Record) error {
		for _, record := range records {
			if e, ok := record.(literature.Entity); ok && slices.Contains(ids, e.RecordID()) {
				titles[e.Label(nil)] = true
			} else if ok {
				own++
			}
		}
		return nil
	})
	if err != nil || len(titles) != 1 || store.Version(own) < version || version < change.Version {
		p.t.Errorf("a reader scans %d titles and %d batches in version %d, after version %d, error %v", len(titles), own, version, change.Version, err)
	}
}

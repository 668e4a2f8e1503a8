package storetest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// scanned is one call of Scan's function.
type scanned struct {
	change  store.Change
	records []literature.ID
}

func scan(p probe, since store.Version) (calls []scanned, version store.Version) {
	p.t.Helper()
	version, err := p.s.Scan(p.ctx(), store.ScanQuery{Since: since}, func(change store.Change, records []literature.Record) error {
		call := scanned{change: change}
		for _, record := range records {
			call.records = append(call.records, record.RecordID())
		}
		calls = append(calls, call)
		return nil
	})
	p.ok("Scan", err)
	return calls, version
}

var logScenarios = []scenario{
	{"Scan/everything", func(p probe) {
		p.apply(Fixture())
		calls, version := scan(p, 0)
		p.equal("version", version, store.Version(1))
		var ids []literature.ID
		redirected := make(map[literature.ID]literature.ID)
		for _, call := range calls {
			ids = append(ids, call.records...)
			for old, target := range call.change.Redirected {
				redirected[old] = target
				p.equal("the target of a redirect was told already", slices.Contains(ids, target), true)
			}
			call.change.Redirected = nil
			p.equal("change", call.change, store.Change{})
		}
		p.equal("redirects", redirected, map[literature.ID]literature.ID{"paper/ancient": "paper/alpha"})
		want := make(map[literature.ID]bool)
		rank := func(id literature.ID) string { return fmt.Sprint(one(id.IsRelation())+2*one(id.IsResult()), id) }
		for _, record := range Fixture().Upsert {
			want[record.RecordID()] = true
		}
		p.equal("how many", len(ids), len(want))
		for i, id := range ids {
			if !want[id] || i > 0 && rank(ids[i-1]) >= rank(id) {
				p.t.Errorf("%s is out of place", id)
			}
		}
	}},
	{"Scan/in batches", func(p probe) {
		var records []literature.Record
		for i := range store.MaxScanBatch + 2 {
			records = append(records, named(literature.KindAuthor, fmt.Sprintf("a-%d", i), "Somebody"))
		}
		p.upsert(records...)
		calls, _ := scan(p, 0)
		n := 0
		for _, call := range calls {
			n += len(call.records)
			if len(call.records) > store.MaxScanBatch {
				p.t.Errorf("a batch of %d", len(call.records))
			}
		}
		p.equal("records", n, len(records))
	}},
	{"Scan/changes", func(p probe) {
		at := time.Date(2024, 5, 6, 7, 8, 9, 10, time.UTC)
		p.upsert(twoPapers()...)
		p.apply(store.Batch{Author: "ann", Job: "paper/job", Reason: "to try", At: at, Upsert: []literature.Record{paper("c", "C", ""), paper("a", "A", "")}, Remove: []literature.ID{"topic/t"}})
		p.apply(store.Batch{Redirect: map[literature.ID]literature.ID{"paper/a": "paper/c"}})
		calls, version := scan(p, 1)
		p.equal("version", version, store.Version(3))
		p.equal("calls", len(calls), 2)
		about := literature.NewRelationID(literature.About, "paper/b", "topic/t")
		p.equal("the second change", calls[0].change, store.Change{
			Version: 2, At: at.Truncate(time.Second), Author: "ann", Job: "paper/job", Reason: "to try",
			Created: []literature.ID{"paper/c"}, Updated: []literature.ID{"paper/a"}, Removed: []literature.ID{about, "topic/t"},
		})
		p.equal("what is left of it", calls[0].records, []literature.ID{"paper/c"})
		p.equal("the third change redirects", calls[1].change.Redirected, map[literature.ID]literature.ID{"paper/a": "paper/c"})
		removed := []literature.ID{"paper/a", literature.NewRelationID(literature.AuthoredBy, "paper/a", "author/ann"), cites, "result/r"}
		slices.Sort(removed)
		p.equal("the third change removes", calls[1].change.Removed, removed)
		calls, version = scan(p, 3)
		p.equal("since the present", []any{len(calls), version}, []any{0, store.Version(3)})
		_, err := p.s.Scan(p.ctx(), store.ScanQuery{Since: 4}, func(store.Change, []literature.Record) error { return nil })
		p.fails(store.ErrInvalid, err)
	}},
	{"Scan/bare, everything", func(p probe) {
		p.apply(Fixture())
		var records []literature.Record
		redirected := make(map[literature.ID]literature.ID)
		version, err := p.s.Scan(p.ctx(), store.ScanQuery{Bare: true}, func(change store.Change, batch []literature.Record) error {
			records = append(records, batch...)
			maps.Copy(redirected, change.Redirected)
			change.Redirected = nil
			p.equal("change", change, store.Change{})
			return nil
		})
		p.ok("Scan", err)
		p.equal("version", version, store.Version(1))
		p.equal("redirects", redirected, map[literature.ID]literature.ID{"paper/ancient": "paper/alpha"})
		var want []literature.Record
		_, err = p.s.Scan(p.ctx(), store.ScanQuery{}, func(_ store.Change, batch []literature.Record) error {
			want = append(want, batch...)
			return nil
		})
		p.ok("Scan", err)
		p.equal("records", records, inBareOrder(bare(want)))
		stubs, weights := 0, 0
		for _, record := range records {
			switch r := record.(type) {
			case *literature.Paper:
				stubs += one(r.IsStub)
			case *literature.Relation:
				weights += one(r.Weight > 0)
			}
		}
		p.equal("stubs and weights are told", stubs > 0 && weights > 0, true)
	}},
	{"Scan/bare, changes", func(p probe) {
		stub := paper("d", "D", "")
		stub.IsStub = true
		p.upsert(twoPapers()...)
		p.upsert(paper("a", "A", ""), stub, relation(literature.About, "paper/a", "topic/t"), result("r", "paper/b", "system/x", "", 1, 2))
		p.apply(store.Batch{Remove: []literature.ID{"paper/d"}})
		p.upsert(stub, relation(literature.Cites, "paper/a", "paper/d"))
		p.apply(store.Batch{Remove: []literature.ID{literature.NewRelationID(literature.Cites, "paper/a", "paper/d")}})
		for since := store.Version(1); since <= 5; since++ {
			told := func(bareOnes bool) (changes []store.Change, records [][]literature.Record) {
				version, err := p.s.Scan(p.ctx(), store.ScanQuery{Since: since, Bare: bareOnes}, func(change store.Change, batch []literature.Record) error {
					if !bareOnes {
						batch = bare(batch)
					}
					changes, records = append(changes, change), append(records, batch)
					return nil
				})
				p.ok("Scan", err)
				p.equal("version", version, store.Version(5))
				return changes, records
			}
			wantChanges, wantRecords := told(false)
			changes, records := told(true)
			p.equal(fmt.Sprint("changes since ", since), changes, wantChanges)
			p.equal(fmt.Sprint("records since ", since), records, wantRecords)
			if since == 1 {
				about := &literature.Relation{Kind: literature.About, Source: "paper/a", Target: "topic/t", Weight: literature.FullWeight}
				p.equal("the second change, as it is now", records[0], bare([]literature.Record{paper("a", "", ""), stub, about}))
			}
		}
	}},
	{"Scan/an error ends it", func(p probe) {
		p.apply(Fixture())
		p.upsert(paper("alpha", "Alpha", ""))
		p.upsert(paper("beta", "Beta", ""))
		stop := errors.New("stop")
		for since := range store.Version(2) {
			for _, bare := range []bool{false, true} {
				calls := 0
				_, err := p.s.Scan(p.ctx(), store.ScanQuery{Since: since, Bare: bare}, func(store.Change, []literature.Record) error { calls++; return stop })
				if err != stop || calls != 1 { //nolint:errorlint // the contract promises the very error
					p.t.Errorf("since %d, bare %v: error %v after %d calls", since, bare, err, calls)
				}
			}
		}
	}},
	{"Scan/to catch up", func(p probe) {
		p.upsert(twoPapers()...)
		copied := probe{p.t, NewReference()}
		var records []literature.Record
		version, err := p.s.Scan(p.ctx(), store.ScanQuery{}, func(_ store.Change, batch []literature.Record) error {
			records = append(records, batch...)
			return nil
		})
		p.ok("Scan", err)
		copied.upsert(records...)
		p.upsert(paper("a", "A", ""), paper("c", "C", ""))
		p.apply(store.Batch{Remove: []literature.ID{"paper/b"}})
		_, err = p.s.Scan(p.ctx(), store.ScanQuery{Since: version}, func(change store.Change, records []literature.Record) error {
			copied.apply(store.Batch{Upsert: records, Remove: change.Removed})
			return nil
		})
		p.ok("Scan", err)
		got, _ := scan(copied, 0)
		want, _ := scan(p, 0)
		p.equal("the copy", got[0].records, want[0].records)
	}},
	{"History", func(p probe) {
		p.upsert(twoPapers()...)
		old := p.records("paper/a")["paper/a"]
		p.upsert(paper("a", "A, revised", ""))
		p.upsert(relation(literature.Cites, "paper/b", "paper/a"))
		p.upsert(result("r", "paper/b", "system/x", "workload/w", 1, 3))
		p.apply(store.Batch{Remove: []literature.ID{"paper/a"}})
		versions := func(id literature.ID) string {
			var text string
			for _, item := range p.history(id).Items {
				text += fmt.Sprint(item.Change.Version, ":", len(item.Before), " ")
			}
			return text
		}
		p.equal("a: removed with cites and the authorship, its result taken over by b, revised, created", versions("paper/a"), "5:3 4:1 2:1 1:0 ")
		p.equal("b: what b cites went with a; it took the result over, cited a, was created", versions("paper/b"), "5:1 4:1 3:0 1:0 ")
		p.equal("the result", versions("result/r"), "4:1 1:0 ")
		p.equal("its system", versions("system/x"), "4:1 1:0 ")
		p.equal("a relation", versions(cites), "5:1 1:0 ")
		p.equal("nobody", versions("paper/nobody"), "")
		p.equal("a before it was revised", p.history("paper/a").Items[2].Before, []literature.Record{old})
		p.equal("position", p.history("paper/a").Items[2].Position, position("", number(2)))
		p.equal("author", p.history("paper/a").Items[0].Change.Author, "storetest")
		p.pages(func(page store.Page) (positions []store.Position, info store.PageInfo) {
			answer, err := p.s.History(p.ctx(), store.HistoryQuery{IDs: []literature.ID{"paper/a"}, Page: page})
			p.ok("History", err)
			p.equal("Total", answer["paper/a"].Total, -1)
			for _, item := range answer["paper/a"].Items {
				positions = append(positions, item.Position)
			}
			return positions, answer["paper/a"].PageInfo
		})
	}},
	{"History/of several", func(p probe) {
		p.upsert(twoPapers()...)
		p.upsert(paper("a", "A, revised", ""))
		p.upsert(relation(literature.Cites, "paper/b", "paper/a"))
		p.upsert(result("r", "paper/b", "system/x", "workload/w", 1, 3))
		p.apply(store.Batch{Remove: []literature.ID{"paper/a"}})
		ids := []literature.ID{"paper/a", "paper/b", "result/r", cites, "paper/nobody", "paper/a"}
		for _, q := range []store.HistoryQuery{
			{IDs: ids, Page: all, WithTotal: true},
			{IDs: ids, Page: store.Page{Limit: 1}, WithTotal: true},
			{IDs: ids, Since: 1, Page: store.Page{Limit: 1, Backward: true}},
			{IDs: ids, Since: 3, Page: all, WithTotal: true},
			{IDs: ids, Page: store.Page{Limit: 2, From: &store.Position{Keys: []store.SortValue{number(4)}}}},
		} {
			together, err := p.s.History(p.ctx(), q)
			p.ok("History", err)
			p.equal("how many pages", len(together), 5)
			for _, id := range ids {
				one := q
				one.IDs = []literature.ID{id}
				alone, err := p.s.History(p.ctx(), one)
				p.ok("History", err)
				p.equal(fmt.Sprintf("%s together and alone, %+v", id, q.Page), together[id], alone[id])
			}
		}
		answer, err := p.s.History(p.ctx(), store.HistoryQuery{IDs: ids, Since: 1, Page: store.Page{Limit: 1}, WithTotal: true})
		p.ok("History", err)
		var lines []string
		for _, id := range []literature.ID{"paper/a", "paper/b", "result/r", "paper/nobody"} {
			line := fmt.Sprint(id, " ", answer[id].Total, answer[id].HasPrevious, answer[id].HasNext)
			for _, item := range answer[id].Items {
				line += fmt.Sprint(" ", item.Change.Version)
			}
			lines = append(lines, line)
		}
		p.equal("since the first", lines, []string{"paper/a 3 false true 5", "paper/b 3 false true 5", "result/r 1 false false 4", "paper/nobody 0 false false"})
	}},
	{"History/of everything", func(p probe) {
		p.equal("of an empty store", p.changes(store.HistoryQuery{Page: all, WithTotal: true}), " 0")
		p.upsert(paper("a", "A", ""), paper("b", "B", ""), named(literature.KindSystem, "x", "X"))
		p.upsert(paper("a", "A, revised", ""))
		p.upsert(named(literature.KindTopic, "t", "T"))
		p.upsert(relation(literature.About, "paper/a", "topic/t"))
		p.apply(store.Batch{Remove: []literature.ID{"topic/t"}})
		p.apply(store.Batch{Redirect: map[literature.ID]literature.ID{"paper/b": "paper/a"}})
		papers, topics := []literature.EntityKind{literature.KindPaper}, []literature.EntityKind{literature.KindTopic, literature.KindAuthor}
		for name, test := range map[string]struct {
			query store.HistoryQuery
			want  string
		}{
			"all":                         {store.HistoryQuery{Page: all, WithTotal: true}, "6 5 4 3 2 1 6"},
			"a page":                      {store.HistoryQuery{Page: store.Page{Limit: 2}}, "6 5 -1 next"},
			"the oldest":                  {store.HistoryQuery{Page: store.Page{Limit: 2, Backward: true}, WithTotal: true}, "2 1 6 previous"},
			"behind one":                  {store.HistoryQuery{Page: store.Page{Limit: 2, From: &store.Position{Keys: []store.SortValue{number(4)}}}}, "3 2 -1 previous next"},
			"before one":                  {store.HistoryQuery{Page: store.Page{Limit: 2, Backward: true, From: &store.Position{Keys: []store.SortValue{number(4)}}}}, "6 5 -1 next"},
			"behind one that is no more":  {store.HistoryQuery{Kinds: papers, Page: store.Page{Limit: 2, From: &store.Position{Keys: []store.SortValue{number(4)}}}}, "2 1 -1 previous"},
			"since":                       {store.HistoryQuery{Since: 4, Page: all, WithTotal: true}, "6 5 2"},
			"since, the oldest":           {store.HistoryQuery{Since: 2, Page: store.Page{Limit: 1, Backward: true}, WithTotal: true}, "3 4 previous"},
			"since the present":           {store.HistoryQuery{Since: 6, Page: all, WithTotal: true}, " 0"},
			"of papers":                   {store.HistoryQuery{Kinds: papers, Page: all, WithTotal: true}, "6 2 1 3"},
			"of topics, a relation apart": {store.HistoryQuery{Kinds: topics, Page: all, WithTotal: true}, "5 3 2"},
			"of topics, since":            {store.HistoryQuery{Kinds: topics, Since: 3, Page: store.Page{Limit: 1}, WithTotal: true}, "5 1"},
			"nothing":                     {store.HistoryQuery{Page: store.Page{Limit: 0}}, " -1 next"},
		} {
			p.equal(name, p.changes(test.query), test.want)
		}
		answer, err := p.s.History(p.ctx(), store.HistoryQuery{Page: store.Page{Limit: 1}})
		p.ok("History", err)
		item := answer[""].Items[0]
		p.equal("the change", []any{item.Change.Author, item.Change.Removed, item.Change.Redirected, item.Before, item.Position},
			[]any{"storetest", []literature.ID{"paper/b"}, map[literature.ID]literature.ID{"paper/b": "paper/a"}, []literature.Record(nil), position("", number(6))})
	}},
	{"History/of a redirected id, whose record came back", func(p probe) {
		p.upsert(paper("b", "B", ""), named(literature.KindSystem, "a", "A"), named(literature.KindSystem, "b", "B"))
		p.upsert(result("r", "paper/b", "system/b", "", 1, 2))
		p.upsert(result("r", "paper/b", "system/a", "", 1, 2))
		p.apply(store.Batch{Upsert: []literature.Record{result("r", "paper/b", "system/b", "", 1, 3)}, Redirect: map[literature.ID]literature.ID{"system/a": "system/b"}})
		var versions []store.Version
		for _, item := range p.history("system/a").Items {
			versions = append(versions, item.Change.Version)
		}
		p.equal("of both, the result's way from one to the other and back included", versions, []store.Version{4, 3, 2, 1})
	}},
	{"History/of a redirected id", func(p probe) {
		p.upsert(paper("a", "A", ""), paper("b", "B", ""))
		p.upsert(paper("a", "A, revised", ""))
		p.apply(store.Batch{Redirect: map[literature.ID]literature.ID{"paper/a": "paper/b"}})
		p.upsert(paper("b", "B, revised", ""))
		var versions []store.Version
		for _, item := range p.history("paper/a").Items {
			versions = append(versions, item.Change.Version)
		}
		p.equal("its own and that of the entity that answers", versions, []store.Version{4, 3, 2, 1})
		p.equal("of the target", len(p.history("paper/b").Items), 2)
		p.equal("the record that was merged away", p.history("paper/a").Items[1].Before[0].(literature.Entity).Label(nil), "A, revised")
	}},
}

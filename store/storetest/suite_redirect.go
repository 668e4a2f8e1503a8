package storetest

import (
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

var redirectScenarios = []scenario{
	{"Redirect/merge", func(p probe) {
		p.upsert(twoPapers()...)
		moved := authored("paper/b", "author/ann", 1, "organization/acme")
		p.apply(store.Batch{Upsert: []literature.Record{moved}, Redirect: map[literature.ID]literature.ID{"paper/a": "paper/b"}})
		got := p.records("paper/a", "paper/b", cites, "result/r")
		p.equal("records", len(got), 2)
		p.equal("a answers as b", got["paper/a"], got["paper/b"])
		p.equal("the relations of a", relationSlugs(p.relations(store.RelationQuery{Sources: []literature.ID{"paper/a"}, Direction: store.Outgoing, Page: all})["paper/a"]), "author/ann topic/t")
		found, err := p.s.Resolve(p.ctx(), []store.Key{{Kind: literature.KindPaper, Scheme: store.BySlug, Value: "a"}, {Scheme: store.ByName, Value: "Paper a"}})
		p.ok("Resolve", err)
		p.equal("keys", found, map[store.Key]literature.ID{{Kind: literature.KindPaper, Scheme: store.BySlug, Value: "a"}: "paper/b"})
		change := p.history("paper/b").Items[0].Change
		p.equal("redirected", change.Redirected, map[literature.ID]literature.ID{"paper/a": "paper/b"})
		p.equal("the same again", p.apply(store.Batch{Redirect: map[literature.ID]literature.ID{"paper/a": "paper/b"}}), store.Version(2))
		p.refuse(store.ErrInvalid, store.Batch{Upsert: []literature.Record{relation(literature.Cites, "paper/b", "paper/a")}})
	}},
	{"Redirect/chains follow at once", func(p probe) {
		p.upsert(paper("a", "A", ""), paper("b", "B", ""), paper("c", "C", ""), paper("d", "D", ""))
		answers := func(id, want literature.ID) {
			p.t.Helper()
			record := p.records(id)[id]
			if record == nil {
				p.t.Errorf("%s names nothing, want %s", id, want)
			} else if record.RecordID() != want {
				p.t.Errorf("%s answers as %s, want %s", id, record.RecordID(), want)
			}
		}
		p.apply(store.Batch{Redirect: map[literature.ID]literature.ID{"paper/a": "paper/b"}})
		p.apply(store.Batch{Redirect: map[literature.ID]literature.ID{"paper/b": "paper/c"}})
		answers("paper/a", "paper/c")
		answers("paper/b", "paper/c")
		p.equal("redirected", p.history("paper/b").Items[0].Change.Redirected, map[literature.ID]literature.ID{"paper/a": "paper/c", "paper/b": "paper/c"})
		p.apply(store.Batch{Redirect: map[literature.ID]literature.ID{"paper/older": "paper/a"}})
		answers("paper/older", "paper/c")
		p.apply(store.Batch{Redirect: map[literature.ID]literature.ID{"paper/oldest": "paper/c", "paper/c": "paper/d"}})
		answers("paper/oldest", "paper/d")
		answers("paper/a", "paper/d")

		p.upsert(paper("b", "B again", ""))
		answers("paper/b", "paper/b")
		answers("paper/a", "paper/d")
		p.apply(store.Batch{Remove: []literature.ID{"paper/a"}})
		answers("paper/a", "paper/d")
		p.apply(store.Batch{Remove: []literature.ID{"paper/d"}})
		p.equal("while the target is gone", len(p.records("paper/a", "paper/c", "paper/d")), 0)
		p.refuse(store.ErrInvalid, store.Batch{Redirect: map[literature.ID]literature.ID{"paper/new": "paper/a"}})
		p.upsert(paper("d", "D again", ""))
		answers("paper/a", "paper/d")
	}},
	{"Redirect/expectations look at the id itself", func(p probe) {
		p.upsert(twoPapers()...)
		p.apply(store.Batch{Redirect: map[literature.ID]literature.ID{"paper/a": "paper/b"}})
		p.refuse(store.ErrConflict, store.Batch{Remove: []literature.ID{"paper/b"}, Expect: map[literature.ID]store.Version{"paper/a": 2}})
		p.equal("expected not to exist", p.apply(store.Batch{Upsert: []literature.Record{paper("a", "A", "")}, Expect: map[literature.ID]store.Version{"paper/a": 0}}), store.Version(3))
	}},
}

// vanishScenarios continue a list from an item that is gone by then.
var vanishScenarios = []scenario{
	{"Pages/behind an item that was removed", func(p probe) {
		p.apply(Fixture())
		q := store.ListQuery{Kind: literature.KindPaper, Page: store.Page{Limit: 3}}
		first := p.list(q)[""]
		p.equal("the first page", entitySlugs(first), "alpha beta twin-2")
		q.Page = store.Page{Limit: 2, From: &first.Items[2].Position}
		p.apply(store.Batch{Remove: []literature.ID{"paper/twin-2"}})
		next := p.list(q)[""]
		p.equal("the next page", entitySlugs(next), "twin-1 gamma")
		p.equal("beside it", next.PageInfo, store.PageInfo{HasPrevious: true, HasNext: true, Total: -1})
		q.Page.Backward = true
		p.equal("the page before", entitySlugs(p.list(q)[""]), "alpha beta")
		p.upsert(relation(literature.Cites, "paper/gamma", "paper/delta"), relation(literature.Cites, "paper/twin-1", "paper/delta"))
		p.equal("the page before, with an item that has moved there", entitySlugs(p.list(q)[""]), "delta beta")
	}},
}

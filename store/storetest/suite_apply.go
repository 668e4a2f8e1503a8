package storetest

import (
	"fmt"
	"strings"
	"time"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// twoPapers are a and b; a cites b, and ann of acme wrote a.
func twoPapers() []literature.Record {
	return []literature.Record{
		paper("a", "Paper a", "2020"), paper("b", "Paper b", "2021"), relation(literature.Cites, "paper/a", "paper/b"),
		named(literature.KindAuthor, "ann", "Ann"), named(literature.KindOrganization, "acme", "Acme"),
		authored("paper/a", "author/ann", 1, "organization/acme"),
		named(literature.KindSystem, "x", "X"), named(literature.KindWorkload, "w", "W"), result("r", "paper/a", "system/x", "workload/w", 1, 2),
		topic("t", "Topic"), about("paper/b", "topic/t", 1000),
	}
}

var cites = literature.NewRelationID(literature.Cites, "paper/a", "paper/b")

var applyScenarios = []scenario{
	{"Apply/versions and no change", func(p probe) {
		p.equal("first", p.upsert(twoPapers()...), store.Version(1))
		p.equal("the same again", p.upsert(twoPapers()...), store.Version(1))
		p.equal("nothing", p.upsert(), store.Version(1))
		p.equal("removing nothing", p.apply(store.Batch{Remove: []literature.ID{"paper/none", "paper/none"}}), store.Version(1))
		p.equal("a change", p.upsert(paper("a", "Paper a, revised", "2020")), store.Version(2))
		p.equal("version", p.stats().Version, store.Version(2))
		p.equal("changes of a", len(p.history("paper/a").Items), 2)
		p.equal("title", p.records("paper/a")["paper/a"].(literature.Entity).Label(nil), "Paper a, revised")
	}},
	{"Apply/an upsert replaces as a whole", func(p probe) {
		old := paper("a", "Paper a", "2020")
		old.Aliases, old.Abstracts = []string{"PA"}, english("About something.")
		p.upsert(old)
		p.upsert(paper("a", "Paper a", ""))
		got := p.records("paper/a")["paper/a"].(*literature.Paper)
		if got.PublishedOn != "" || len(got.Aliases)+len(got.Abstracts) > 0 {
			p.t.Errorf("something is left of the old record: %+v", got)
		}
		found, err := p.s.Resolve(p.ctx(), []store.Key{{Scheme: store.ByName, Value: "PA"}})
		p.ok("Resolve", err)
		p.equal("the old alias", len(found), 0)
		p.equal("the old abstract", len(p.search(store.TextQuery{Query: p.query("something"), Page: all}).Items), 0)
	}},
	{"Apply/texts are normalised", func(p probe) {
		wild := paper("a", "Ｗｉｄｅ ﬁle ①", "2020")
		wild.Aliases = []string{"e\u0301tude"}
		p.upsert(wild)
		got := p.records("paper/a")["paper/a"].(*literature.Paper)
		p.equal("title and alias", []string{got.Label(nil), got.Aliases[0]}, []string{"Wide file 1", "étude"})
		p.equal("what the caller holds", wild.Labels[0].Value, "Ｗｉｄｅ ﬁle ①")
		p.equal("the same, normalised before", p.upsert(got), store.Version(1))
	}},
	{"Apply/AddedAt", func(p probe) {
		first, second := time.Date(2024, 1, 2, 3, 4, 5, 600, time.FixedZone("", 3600)), time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
		added := func() time.Time { return p.records("paper/a")["paper/a"].(*literature.Paper).AddedAt }
		p.apply(store.Batch{At: first, Upsert: []literature.Record{paper("a", "A", "")}})
		p.equal("set", added(), time.Date(2024, 1, 2, 2, 4, 5, 0, time.UTC))
		p.apply(store.Batch{At: second, Upsert: []literature.Record{paper("a", "A, revised", "")}})
		p.equal("kept", added(), time.Date(2024, 1, 2, 2, 4, 5, 0, time.UTC))
		dated := paper("a", "A", "")
		dated.AddedAt = second
		p.apply(store.Batch{Upsert: []literature.Record{dated}})
		p.equal("given", added(), second)
		p.equal("when it was changed", p.history("paper/a").Items[1].Change.At, second)
		if age := time.Since(p.history("paper/a").Items[0].Change.At); age < 0 || age > time.Hour {
			p.t.Errorf("a change without a time is %v old", age)
		}
	}},
	{"Apply/refused batches change nothing", func(p probe) {
		p.upsert(twoPapers()...)
		fresh := paper("c", "Paper c", "")
		for name, b := range map[string]store.Batch{
			"an ill-formed record":               {Upsert: []literature.Record{fresh, &literature.Paper{Base: literature.Base{ID: "paper/bad"}}}},
			"a title that grows":                 {Upsert: []literature.Record{fresh, paper("long", strings.Repeat("ﷺ", 600), "")}},
			"a nil record":                       {Upsert: []literature.Record{fresh, nil}},
			"one id twice":                       {Upsert: []literature.Record{fresh, paper("c", "Paper c", "2020")}},
			"written and removed":                {Upsert: []literature.Record{fresh}, Remove: []literature.ID{"paper/c"}},
			"a relation to nobody":               {Upsert: []literature.Record{fresh, relation(literature.Cites, "paper/c", "paper/nobody")}},
			"a relation from nobody":             {Upsert: []literature.Record{fresh, relation(literature.Cites, "paper/nobody", "paper/c")}},
			"a relation to one that goes":        {Upsert: []literature.Record{fresh, relation(literature.Cites, "paper/c", "paper/b")}, Remove: []literature.ID{"paper/b"}},
			"an unknown organization":            {Upsert: []literature.Record{fresh, authored("paper/c", "author/ann", 1, "organization/none")}},
			"an organization that goes":          {Upsert: []literature.Record{fresh, authored("paper/c", "author/ann", 1, "organization/acme")}, Remove: []literature.ID{"organization/acme"}},
			"a result of nobody":                 {Upsert: []literature.Record{fresh, result("s", "paper/nobody", "", "", 1, 2)}},
			"a result of an unknown system":      {Upsert: []literature.Record{fresh, result("s", "paper/c", "system/none", "", 1, 2)}},
			"a redirect to nobody":               {Upsert: []literature.Record{fresh}, Redirect: map[literature.ID]literature.ID{"paper/b": "paper/nobody"}},
			"a redirect to one that goes":        {Upsert: []literature.Record{fresh}, Remove: []literature.ID{"paper/b"}, Redirect: map[literature.ID]literature.ID{"paper/a": "paper/b"}},
			"redirects in a circle":              {Upsert: []literature.Record{fresh}, Redirect: map[literature.ID]literature.ID{"paper/a": "paper/b", "paper/b": "paper/a"}},
			"a redirect to another kind":         {Upsert: []literature.Record{fresh}, Redirect: map[literature.ID]literature.ID{"paper/a": "topic/t"}},
			"a redirect of a record that stands": {Upsert: []literature.Record{fresh}, Redirect: map[literature.ID]literature.ID{"paper/c": "paper/a"}},
		} {
			p.t.Log(name)
			p.refuse(store.ErrInvalid, b)
		}
		version, err := p.s.Apply(p.ctx(), store.Batch{Upsert: []literature.Record{fresh}})
		p.fails(store.ErrInvalid, err)
		p.equal("a batch without an author", version, store.Version(0))
		p.equal("c", len(p.records("paper/c", "paper/bad")), 0)
		p.equal("version", p.stats().Version, store.Version(1))
		p.equal("a and b", len(p.records("paper/a", "paper/b", "organization/acme", cites)), 4)
	}},
	{"Apply/expectations", func(p probe) {
		p.upsert(twoPapers()...)
		p.upsert(paper("a", "Paper a, revised", ""))
		p.upsert(relation(literature.Cites, "paper/a", "paper/a"))
		expect := func(id literature.ID, version store.Version) store.Batch {
			return store.Batch{Upsert: []literature.Record{paper("c", "Paper c", "")}, Expect: map[literature.ID]store.Version{id: version}}
		}
		p.refuse(store.ErrConflict, expect("paper/a", 0))
		p.refuse(store.ErrConflict, expect("paper/a", 1))
		p.refuse(store.ErrConflict, expect("paper/none", 3))
		p.refuse(store.ErrConflict, expect(cites, 0))
		p.equal("c", len(p.records("paper/c")), 0)
		p.equal("a relation is no change of its ends", p.apply(expect("paper/a", 2)), store.Version(4))
		p.equal("changed long ago", p.apply(store.Batch{Upsert: []literature.Record{paper("d", "D", "")}, Expect: map[literature.ID]store.Version{"paper/b": 1, cites: 4, "paper/none": 0}}), store.Version(5))
		p.apply(store.Batch{Remove: []literature.ID{"paper/b"}})
		p.refuse(store.ErrConflict, expect("paper/b", 6))
		p.equal("gone, as expected", p.apply(store.Batch{Upsert: []literature.Record{paper("b", "B", "")}, Expect: map[literature.ID]store.Version{"paper/b": 0}}), store.Version(7))
	}},
	{"Apply/Remove takes along", func(p probe) {
		records := twoPapers()
		p.upsert(records...)
		authorship := records[5].RecordID()
		p.apply(store.Batch{Remove: []literature.ID{"organization/acme", "system/x", "workload/w"}})
		got := p.records(authorship, "result/r")
		p.equal("the organizations of an authorship", len(got[authorship].(*literature.Relation).Organizations), 0)
		p.equal("the result", names(got["result/r"].(*literature.Result), "system/x") || names(got["result/r"].(*literature.Result), "workload/w"), false)
		change := p.history("paper/a").Items[0].Change
		p.equal("updated by consequence", change.Updated, []literature.ID{authorship, "result/r"})
		p.equal("removed", change.Removed, []literature.ID{"organization/acme", "system/x", "workload/w"})

		p.apply(store.Batch{Remove: []literature.ID{"paper/a"}})
		p.equal("what goes with a", len(p.records("paper/a", cites, authorship, "result/r")), 0)
		p.equal("what stays", len(p.records("paper/b", "author/ann")), 2)
		degrees, err := p.s.Degrees(p.ctx(), []literature.ID{"paper/b"}, []store.KindDirection{{Kind: literature.Cites, Direction: store.Both}})
		p.ok("Degrees", err)
		p.equal("b's citations", degrees["paper/b"], []int{0})
		p.equal("b's citedBy", len(p.list(store.ListQuery{Kind: literature.KindPaper, Page: all, Filter: &store.Filter{CitedBy: store.Range{To: ptr(0)}}})[""].Items), 1)
		p.equal("a relation alone", p.apply(store.Batch{Remove: []literature.ID{literature.NewRelationID(literature.About, "paper/b", "topic/t")}}), store.Version(4))
		p.equal("tagged papers", p.stats().TaggedPapers, 0)
	}},
	{"Apply/removed and written anew", func(p probe) {
		p.upsert(twoPapers()...)
		moved := result("r", "paper/b", "system/x", "", 1, 2)
		p.apply(store.Batch{Remove: []literature.ID{"paper/a"}, Upsert: []literature.Record{moved}})
		p.equal("the result", p.records("result/r")["result/r"], moved)
		change := p.history("result/r").Items[0].Change
		p.equal("updated", change.Updated, []literature.ID{"result/r"})
	}},
	{"Apply/counts follow", func(p probe) {
		p.upsert(twoPapers()...)
		p.upsert(paper("c", "C", ""), relation(literature.Cites, "paper/c", "paper/a"), relation(literature.Cites, "paper/c", "paper/b"), about("paper/c", "topic/t", 1))
		order := store.ListQuery{Kind: literature.KindPaper, Page: all}
		p.equal("most cited first", entitySlugs(p.list(order)[""]), "b a c")
		p.equal("shared topics", scores(p.walk(store.Walk{Key: "paper/b", Starts: from("paper/b"), Hops: sharedTopics, Page: all})), "c:693:1")
		stub := paper("c", "C", "")
		stub.IsStub = true
		p.upsert(stub)
		p.equal("as a stub", entitySlugs(p.list(order)[""]), "b a")
		p.equal("idf without the stub", scores(p.walk(store.Walk{Key: "paper/c", Starts: from("paper/c"), Hops: sharedTopics, Page: all})), "b:693:1")
		p.equal("tagged papers", p.stats().TaggedPapers, 1)
		p.apply(store.Batch{Remove: []literature.ID{cites}})
		p.equal("one citation less", entitySlugs(p.list(order)[""]), "b a")
	}},
	{"Apply/search text follows", func(p probe) {
		p.upsert(twoPapers()...)
		found := func(text string) string { return hitSlugs(p.search(store.TextQuery{Query: p.query(text), Page: all})) }
		p.equal("by the topic's name", found("topic"), "topic/t b")
		p.upsert(topic("t", "Subject"))
		p.equal("by the topic's new name", found("subject"), "topic/t b")
		p.equal("by its old name", found("topic"), "")
		p.upsert(about("paper/a", "topic/t", 5))
		p.equal("by a new topic", found("subject"), "topic/t b a")
		p.apply(store.Batch{Remove: []literature.ID{"topic/t"}})
		p.equal("by a topic that is gone", found("subject"), "")
		p.equal("by its author", found("ann"), "author/ann a")
	}},
	{"Apply/a batch of many", func(p probe) {
		var records []literature.Record
		for i := range 2500 {
			id := literature.ID(fmt.Sprintf("paper/p-%d", i))
			records = append(records, paper(id.Slug(), fmt.Sprintf("Paper number %d", i), ""), relation(literature.Cites, id, literature.ID(fmt.Sprintf("paper/p-%d", i/7))))
		}
		p.upsert(records...)
		p.equal("papers", p.stats().Entities[literature.KindPaper], 2500)
		page := p.relations(store.RelationQuery{Sources: []literature.ID{"paper/p-0"}, Direction: store.Incoming, Page: all})["paper/p-0"]
		p.equal("citations of the first", relationSlugs(page), "p-6 p-5 p-4 p-3 p-2 p-1 p-0")
	}},
}

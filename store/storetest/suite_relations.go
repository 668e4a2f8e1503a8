package storetest

import (
	"fmt"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

var relationScenarios = []scenario{
	{"Relations/default order", func(p probe) {
		for _, test := range []struct {
			source    literature.ID
			direction store.Direction
			kinds     []literature.RelationKind
			want      string
		}{
			{"paper/alpha", store.Outgoing, []literature.RelationKind{literature.Cites}, "alpha lost"},
			{"paper/alpha", store.Incoming, []literature.RelationKind{literature.Cites}, "alpha beta gamma"},
			{"paper/alpha", store.Both, []literature.RelationKind{literature.Cites}, "alpha lost beta gamma"},
			{"paper/ancient", store.Both, []literature.RelationKind{literature.Cites}, "alpha lost beta gamma"},
			{"paper/beta", store.Outgoing, []literature.RelationKind{literature.Cites, literature.Extends}, "alpha lost alpha"},
			{"paper/beta", store.Incoming, []literature.RelationKind{literature.Cites}, "gamma delta"},
			{"paper/alpha", store.Outgoing, []literature.RelationKind{literature.AuthoredBy}, "author/ann author/bob"},
			{"paper/beta", store.Outgoing, []literature.RelationKind{literature.AuthoredBy}, "author/bob author/ann"},
			{"paper/alpha", store.Outgoing, []literature.RelationKind{literature.About}, "topic/storage topic/networking"},
			{"topic/storage", store.Incoming, []literature.RelationKind{literature.About}, "alpha lost beta twin-1"},
			{"topic/networking", store.Incoming, []literature.RelationKind{literature.About}, "alpha system/xdp delta"},
			{"topic/kv", store.Both, nil, "beta gamma topic/storage topic/lsm"},
			{"venue/osdi", store.Both, nil, "venue/osdi-20 venue/osdi-21"},
			{"paper/delta", store.Both, nil, "beta topic/networking alpha system/kiwi"},
			{"organization/uni", store.Both, nil, "author/wang"},
			{"system/kiwi", store.Outgoing, nil, ""},
			{"collection/reading", store.Incoming, nil, "alpha lost beta"},
		} {
			q := store.RelationQuery{Sources: []literature.ID{test.source}, Direction: test.direction, Kinds: test.kinds, Page: all, WithTotal: true}
			page, ok := p.relations(q)[test.source]
			what := fmt.Sprintf("%s %s %v", test.source, test.direction, test.kinds)
			p.equal(what, relationSlugs(page), test.want)
			p.equal(what+": has a page", ok, true)
			p.equal(what+": Total", page.Total, len(page.Items))
			relationPages(p, q)
		}
	}},
	{"Relations/items", func(p probe) {
		q := store.RelationQuery{Sources: []literature.ID{"paper/alpha"}, Direction: store.Both, Kinds: []literature.RelationKind{literature.Cites}, Page: all}
		items := p.relations(q)["paper/alpha"].Items
		p.equal("to itself", items[0].Outgoing, true)
		p.equal("its relation", items[0].Relation, relation(literature.Cites, "paper/alpha", "paper/alpha"))
		p.equal("its position", items[0].Position, position("paper/alpha", number(0), number(0), number(3)))
		p.equal("from beta", items[2].Outgoing, false)
		p.equal("its position", items[2].Position, position("paper/beta", number(0), number(1), number(2)))
		q.Direction = store.Incoming
		p.equal("to itself, incoming alone", p.relations(q)["paper/alpha"].Items[0].Outgoing, false)
		q.Kinds = []literature.RelationKind{literature.About}
		q.Direction = store.Outgoing
		p.equal("by weight", p.relations(q)["paper/alpha"].Items[1].Position, position("topic/networking", number(4), number(0), number(500)))
	}},
	{"Relations/bare", func(p probe) {
		q := store.RelationQuery{Sources: []literature.ID{"topic/networking", "paper/alpha"}, Direction: store.Both, Page: all, Bare: true}
		full := q
		full.Bare = false
		whole := p.relations(full)
		for id, page := range p.relations(q) {
			p.equal("number of relations of "+string(id), len(page.Items), len(whole[id].Items))
			for i, item := range page.Items {
				want := whole[id].Items[i]
				want.Relation, want.Other = store.Stripped(want.Relation), nil
				p.equal(fmt.Sprintf("relation %d of %s", i, id), item, want)
			}
		}
		p.equal("weight of an incoming ABOUT", p.relations(q)["topic/networking"].Items[0].Relation.Weight, 500)
	}},
	{"Relations/many sources", func(p probe) {
		q := store.RelationQuery{
			Sources:   []literature.ID{"paper/alpha", "paper/ancient", "paper/twin-1", "paper/nobody", "paper/alpha", ""},
			Direction: store.Outgoing, Kinds: []literature.RelationKind{literature.Cites}, Page: store.Page{Limit: 1},
		}
		pages := p.relations(q)
		p.equal("number of pages", len(pages), 3)
		p.equal("alpha", relationSlugs(pages["paper/alpha"]), "alpha")
		p.equal("beside alpha's", pages["paper/alpha"].PageInfo, store.PageInfo{HasNext: true, Total: -1})
		p.equal("the old id", pages["paper/ancient"], pages["paper/alpha"])
		p.equal("twin-1", pages["paper/twin-1"], store.RelationPage{PageInfo: store.PageInfo{Total: -1}})
	}},
	{"Relations/targets", func(p probe) {
		q := store.RelationQuery{Sources: []literature.ID{"paper/gamma"}, Direction: store.Both, Page: all}
		for _, test := range []struct {
			targets []literature.ID
			want    string
		}{
			{nil, "alpha beta author/wang venue/osdi-21 topic/kv system/kiwi lost"},
			{[]literature.ID{"paper/lost", "paper/ancient", "topic/kv", "paper/unknown"}, "alpha topic/kv lost"},
			{[]literature.ID{}, ""},
			{[]literature.ID{"paper/unknown"}, ""},
		} {
			q.Targets = test.targets
			p.equal(fmt.Sprint(test.targets), relationSlugs(p.relations(q)["paper/gamma"]), test.want)
		}
	}},
	{"Relations/filter and order", func(p probe) {
		cites := []literature.RelationKind{literature.Cites}
		q := store.RelationQuery{Sources: []literature.ID{"paper/alpha"}, Direction: store.Both, Kinds: cites, Page: all, WithTotal: true}
		q.Filter = &store.Filter{Stub: ptr(false)}
		p.equal("no stubs", relationSlugs(p.relations(q)["paper/alpha"]), "alpha beta gamma")
		q.Filter = &store.Filter{Stub: ptr(true)}
		p.equal("stubs only", relationSlugs(p.relations(q)["paper/alpha"]), "lost")
		q.Filter = &store.Filter{Years: store.Range{From: ptr(2021)}}
		p.equal("recent", relationSlugs(p.relations(q)["paper/alpha"]), "beta gamma")
		p.equal("recent: Total", p.relations(q)["paper/alpha"].Total, 2)
		q.Filter = nil
		for _, test := range []struct {
			order []store.Order
			want  string
		}{
			{[]store.Order{{By: store.OrderByYear}}, "lost alpha beta gamma"},
			{[]store.Order{{By: store.OrderByYear, Descending: true}}, "gamma beta alpha lost"},
			{[]store.Order{{By: store.OrderByTitle}}, "alpha beta lost gamma"},
			{[]store.Order{{By: store.OrderByCitedBy}}, "gamma lost beta alpha"},
			{[]store.Order{{By: store.OrderByCitedBy, Descending: true}}, "alpha lost beta gamma"},
			{[]store.Order{{By: store.OrderByAdded}, {By: store.OrderByCitedBy}}, "alpha beta gamma lost"},
		} {
			q.Order = test.order
			p.equal(fmt.Sprint(test.order), relationSlugs(p.relations(q)["paper/alpha"]), test.want)
			relationPages(p, q)
		}
	}},
	{"Relations/two to one end, sorted by that end", func(p probe) {
		q := store.RelationQuery{Sources: []literature.ID{"paper/beta"}, Direction: store.Outgoing, Page: all, Order: []store.Order{{By: store.OrderByCitedBy, Descending: true}}}
		items := p.relations(q)["paper/beta"].Items
		p.equal("CITES before EXTENDS", []literature.RelationKind{items[0].Relation.Kind, items[1].Relation.Kind}, []literature.RelationKind{literature.Cites, literature.Extends})
		p.equal("position", items[1].Position, position("paper/alpha", number(3), number(8), number(0)))
		relationPages(p, q)
	}},
}

var resultScenarios = []scenario{
	{"Results", func(p probe) {
		ids := func(ids ...literature.ID) []literature.ID { return ids }
		for _, test := range []struct {
			name    string
			parents []literature.ID
			filter  store.ResultFilter
			want    string
		}{
			{"all", nil, store.ResultFilter{}, "a-1 a-2 b-1"},
			{"of a paper", ids("paper/alpha"), store.ResultFilter{}, "a-1 a-2"},
			{"of an old id", ids("paper/ancient"), store.ResultFilter{}, "a-1 a-2"},
			{"of a system", ids("system/xdp"), store.ResultFilter{}, "a-1 a-2"},
			{"of a workload", ids("workload/ycsb"), store.ResultFilter{}, "a-1 b-1"},
			{"of a topic", ids("topic/storage"), store.ResultFilter{}, ""},
			{"with a system", nil, resultTerms(store.TermMatch{Dimension: store.BySystem, AnyOf: ids("system/kiwi", "system/xdp", "system/unknown")}), "a-1 a-2"},
			{"with an unknown system", nil, resultTerms(store.TermMatch{Dimension: store.BySystem, AnyOf: ids("system/unknown")}), ""},
			{"with a workload", nil, resultTerms(store.TermMatch{Dimension: store.ByWorkload, AnyOf: ids("workload/ycsb")}), "a-1 b-1"},
			{"without a workload", nil, resultTerms(store.TermMatch{Dimension: store.ByWorkload, NoneOf: ids("workload/ycsb")}), "a-2"},
			{"of a system and not of another", nil, resultTerms(store.TermMatch{Dimension: store.BySystem, AllOf: ids("system/xdp"), NoneOf: ids("system/kiwi")}), "a-1 a-2"},
			{"on a topic", nil, resultTerms(store.TermMatch{Dimension: store.ByTopic, AnyOf: ids("topic/kv")}), "b-1"},
			{"on a topic and below", nil, resultTerms(store.TermMatch{Dimension: store.ByTopic, AnyOf: ids("topic/storage"), Narrower: true}), "a-1 a-2 b-1"},
			{"a metric", nil, store.ResultFilter{Metrics: []string{"latency", "bandwidth"}}, "a-2"},
			{"a kind", nil, store.ResultFilter{Kinds: []literature.ResultKind{literature.Measurement}}, "a-1 b-1"},
			{"an improvement", nil, store.ResultFilter{MinImprovement: ptr(1.2)}, "a-1 b-1"},
			{"a greater one", nil, store.ResultFilter{MinImprovement: ptr(1.3)}, "a-1"},
			{"two conditions", ids("workload/ycsb"), store.ResultFilter{MinImprovement: ptr(1.0), Terms: []store.TermMatch{{Dimension: store.ByTopic, AnyOf: ids("topic/networking")}}}, "a-1"},
		} {
			q := store.ResultQuery{Parents: test.parents, Filter: test.filter, WithTotal: true}
			read := func(page store.Page) store.ResultPage {
				q.Page = page
				answer, err := p.s.Results(p.ctx(), q)
				p.ok("Results", err)
				return answer[parentOf(q.Parents)]
			}
			p.equal(test.name, resultSlugs(read(all)), test.want)
			p.equal(test.name+": Total", read(all).Total, len(read(all).Items))
			p.pages(func(page store.Page) (positions []store.Position, info store.PageInfo) {
				answer := read(page)
				for _, item := range answer.Items {
					positions = append(positions, item.Position)
				}
				return positions, answer.PageInfo
			})
		}
	}},
	{"Results/what they name", func(p probe) {
		answer, err := p.s.Results(p.ctx(), store.ResultQuery{Parents: []literature.ID{"paper/alpha", "paper/nobody", "paper/beta"}, Page: all})
		p.ok("Results", err)
		p.equal("number of parents", len(answer), 2)
		items := answer["paper/alpha"].Items
		p.equal("paper, system, workload", []literature.ID{items[0].Paper.ID, items[0].System.ID, items[0].Workload.ID}, []literature.ID{"paper/alpha", "system/xdp", "workload/ycsb"})
		p.equal("position", items[0].Position, position("result/a-1", store.SortValue{Text: "paper/alpha"}, number(1)))
		if items[1].Workload != nil || answer["paper/beta"].Items[0].System != nil {
			p.t.Error("a result carries a workload or a system that it does not name")
		}
		p.equal("Total unasked", answer["paper/alpha"].Total, -1)
	}},
	{"Results/an improvement that is implied", func(p probe) {
		p.upsert(implied("c-1", "paper/gamma", "", "", 1, 50), implied("c-2", "paper/gamma", "", "", 2, 10))
		answer, err := p.s.Results(p.ctx(), store.ResultQuery{Filter: store.ResultFilter{MinImprovement: ptr(1.3)}, Page: all})
		p.ok("Results", err)
		p.equal("at least 1.3", resultSlugs(answer[""]), "a-1 c-1")
		p.apply(store.Batch{Remove: []literature.ID{"result/c-1", "result/c-2"}})
	}},
}

func resultTerms(terms ...store.TermMatch) store.ResultFilter {
	return store.ResultFilter{Terms: terms}
}

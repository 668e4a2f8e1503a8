package storetest

import (
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

var filterScenarios = []scenario{
	{"Filter", func(p probe) {
		terms := func(matches ...store.TermMatch) store.Filter { return store.Filter{Terms: matches} }
		anyOf := func(dimension store.Dimension, ids ...literature.ID) store.TermMatch {
			return store.TermMatch{Dimension: dimension, AnyOf: ids}
		}
		text := func(s string) store.Filter { return store.Filter{Text: p.query(s)} }
		storage := anyOf(store.ByTopic, "topic/storage")
		years := func(from, to *int) store.Filter { return store.Filter{Years: store.Range{From: from, To: to}} }
		for _, test := range []struct {
			name   string
			filter store.Filter
			want   string // alpha beta twin-2 twin-1 gamma delta are all
		}{
			{"nothing", store.Filter{}, "alpha beta twin-2 twin-1 gamma delta"},
			{"from 2021", years(ptr(2021), nil), "beta twin-2 twin-1 gamma"},
			{"to 2020", years(nil, ptr(2020)), "alpha"},
			{"2021 alone", years(ptr(2021), ptr(2021)), "beta gamma"},
			{"an empty range", years(ptr(2022), ptr(2021)), ""},
			{"cited at most twice", store.Filter{CitedBy: store.Range{To: ptr(2)}}, "beta twin-2 twin-1 gamma delta"},
			{"cited at least thrice", store.Filter{CitedBy: store.Range{From: ptr(3)}}, "alpha"},
			{"a topic", terms(storage), "alpha beta twin-1"},
			{"a topic and those below", terms(store.TermMatch{Dimension: store.ByTopic, AnyOf: storage.AnyOf, Narrower: true}), "alpha beta twin-2 twin-1 gamma"},
			{"any of two topics", terms(anyOf(store.ByTopic, "topic/lsm", "topic/networking")), "alpha twin-2 delta"},
			{"all of two topics", terms(store.TermMatch{Dimension: store.ByTopic, AllOf: []literature.ID{"topic/storage", "topic/kv"}}), "beta"},
			{"all of two topics, below", terms(store.TermMatch{Dimension: store.ByTopic, AllOf: []literature.ID{"topic/storage", "topic/kv"}, Narrower: true}), "beta twin-2 gamma"},
			{"none of a topic", terms(store.TermMatch{Dimension: store.ByTopic, NoneOf: storage.AnyOf}), "twin-2 gamma delta"},
			{"none of a topic, below", terms(store.TermMatch{Dimension: store.ByTopic, NoneOf: storage.AnyOf, Narrower: true}), "delta"},
			{"two terms", terms(storage, anyOf(store.ByAuthor, "author/bob")), "alpha beta"},
			{"any of an unknown id", terms(anyOf(store.ByTopic, "topic/unknown")), ""},
			{"any of an unknown id and a known one", terms(anyOf(store.ByTopic, "topic/unknown", "topic/lsm")), "twin-2"},
			{"all of an unknown id and a known one", terms(store.TermMatch{Dimension: store.ByTopic, AllOf: []literature.ID{"topic/unknown", "topic/lsm"}}), ""},
			{"none of an unknown id", terms(store.TermMatch{Dimension: store.ByTopic, NoneOf: []literature.ID{"topic/unknown"}}), "alpha beta twin-2 twin-1 gamma delta"},
			{"an author", terms(anyOf(store.ByAuthor, "author/wang")), "gamma"},
			{"a series is no edition", terms(anyOf(store.ByVenue, "venue/osdi")), ""},
			{"a series with its editions", terms(store.TermMatch{Dimension: store.ByVenue, AnyOf: []literature.ID{"venue/osdi"}, Narrower: true}), "alpha beta gamma"},
			{"a system, whatever the role", terms(anyOf(store.BySystem, "system/kiwi")), "gamma delta"},
			{"a paper extended is no system", terms(anyOf(store.BySystem, "paper/alpha")), ""},
			{"an organization", terms(anyOf(store.ByOrganization, "organization/uni")), "alpha beta gamma"},
			{"a collection", terms(anyOf(store.ByCollection, "collection/reading")), "alpha beta"},
			{"a workload", terms(anyOf(store.ByWorkload, "workload/ycsb")), "alpha beta"},
			{"with an artifact", store.Filter{HasArtifact: ptr(true)}, "alpha"},
			{"without an artifact", store.Filter{HasArtifact: ptr(false)}, "beta twin-2 twin-1 gamma delta"},
			{"with a result", store.Filter{HasResult: ptr(true)}, "alpha beta"},
			{"ids", store.Filter{IDs: []literature.ID{"paper/gamma", "paper/ancient", "paper/lost", "paper/unknown"}}, "alpha gamma"},
			{"no ids", store.Filter{IDs: []literature.ID{}}, ""},
			{"kinds", store.Filter{Kinds: []literature.EntityKind{literature.KindPaper}}, "alpha beta twin-2 twin-1 gamma delta"},
			{"no kind", store.Filter{Kinds: []literature.EntityKind{}}, ""},
			{"not of no kind", store.Filter{Not: &store.Filter{Kinds: []literature.EntityKind{}}}, "alpha beta twin-2 twin-1 gamma delta"},
			{"not of everything", store.Filter{Not: &store.Filter{}}, ""},
			{"not of one that is everything", store.Filter{Not: &store.Filter{Or: []store.Filter{{}, {Years: store.Range{From: ptr(2021)}}}}}, ""},
			{"other kinds", store.Filter{Kinds: []literature.EntityKind{literature.KindTopic}}, ""},
			{"text", text("storage"), "alpha beta twin-1 delta"},
			{"text that excludes", text("-storage"), "twin-2 gamma"},
			{"text and not text", text("storage -kernel"), "alpha twin-1 delta"},
			{"and", store.Filter{And: []store.Filter{terms(storage), years(ptr(2021), nil)}}, "beta twin-1"},
			{"or", store.Filter{Or: []store.Filter{terms(anyOf(store.ByTopic, "topic/lsm")), years(nil, ptr(2020))}}, "alpha twin-2"},
			{"an empty or", store.Filter{Or: []store.Filter{}}, "alpha beta twin-2 twin-1 gamma delta"},
			{"not", store.Filter{Not: ptr(years(ptr(2021), nil))}, "alpha delta"},
			{"or beside a condition of its own", store.Filter{Or: []store.Filter{text("kernel"), text("graphs")}, Years: store.Range{From: ptr(2000)}}, "beta"},
			{"and, or, not", store.Filter{And: []store.Filter{{Or: []store.Filter{{Not: ptr(terms(storage))}, years(nil, ptr(2020))}}}}, "alpha twin-2 gamma delta"},
		} {
			q := store.ListQuery{Kind: literature.KindPaper, Filter: &test.filter, Page: all, WithTotal: true}
			page := p.list(q)[""]
			p.equal(test.name, entitySlugs(page), test.want)
			p.equal(test.name+": Total", page.Total, len(page.Items))
			q.Page = store.Page{Limit: 2}
			p.equal(test.name+": Total of a page", p.list(q)[""].Total, len(page.Items))
		}
	}},
	{"Filter/what is no paper", func(p probe) {
		topics := func(f store.Filter) string {
			return entitySlugs(p.list(store.ListQuery{Kind: literature.KindTopic, Filter: &f, Page: all})[""])
		}
		const none, every = "", "topic/kv topic/lsm topic/networking topic/storage"
		p.equal("years", topics(store.Filter{Years: store.Range{From: ptr(0)}}), none)
		p.equal("not years", topics(store.Filter{Not: &store.Filter{Years: store.Range{From: ptr(0)}}}), every)
		p.equal("cited by", topics(store.Filter{CitedBy: store.Range{From: ptr(0)}}), none)
		p.equal("without artifact", topics(store.Filter{HasArtifact: ptr(false)}), none)
		p.equal("none of", topics(store.Filter{Terms: []store.TermMatch{{Dimension: store.ByTopic, NoneOf: []literature.ID{"topic/kv"}}}}), none)
		p.equal("text", topics(store.Filter{Text: p.query("stores")}), "topic/kv")
		p.equal("stubs", topics(store.Filter{Stub: ptr(true)}), none)
		p.equal("no stubs", topics(store.Filter{Stub: ptr(false)}), every)
	}},
	{"Filter/relevance", func(p probe) {
		q := store.ListQuery{
			Kind: literature.KindPaper, Page: all, Filter: &store.Filter{Text: p.query("storage")},
			Order: []store.Order{{By: store.OrderByRelevance, Descending: true}},
		}
		p.equal("by relevance", entitySlugs(p.list(q)[""]), "alpha beta delta twin-1")
		entityPages(p, q)
		q.Order = []store.Order{{By: store.OrderByRelevance}, {By: store.OrderByCitedBy, Descending: true}}
		q.Filter = &store.Filter{And: []store.Filter{*q.Filter, {Years: store.Range{From: ptr(2021)}}}}
		p.equal("by relevance and citedBy", entitySlugs(p.list(q)[""]), "beta twin-1")
		entityPages(p, q)
	}},
}

package storetest

import (
	"fmt"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

var listScenarios = []scenario{
	{"List/orders", func(p probe) {
		const paper, topic = literature.KindPaper, literature.KindTopic
		for _, test := range []struct {
			kind  literature.EntityKind
			order []store.Order
			want  string
		}{
			{paper, nil, "alpha beta twin-2 twin-1 gamma delta"},
			{paper, []store.Order{{By: store.OrderByCitedBy}}, "delta gamma twin-1 twin-2 beta alpha"},
			{paper, []store.Order{{By: store.OrderByYear}}, "alpha beta gamma twin-1 twin-2 delta"},
			{paper, []store.Order{{By: store.OrderByYear, Descending: true}}, "twin-2 twin-1 gamma beta alpha delta"},
			{paper, []store.Order{{By: store.OrderByTitle}}, "alpha beta twin-1 twin-2 gamma delta"},
			{paper, []store.Order{{By: store.OrderByTitle, Descending: true}}, "delta gamma twin-2 twin-1 beta alpha"},
			{paper, []store.Order{{By: store.OrderByAdded}}, "alpha beta delta gamma twin-1 twin-2"},
			{paper, []store.Order{{By: store.OrderByAdded, Descending: true}}, "twin-2 twin-1 gamma delta beta alpha"},
			{paper, []store.Order{{By: store.OrderByYear, Descending: true}, {By: store.OrderByTitle}}, "twin-1 twin-2 beta gamma alpha delta"},
			{topic, nil, "topic/kv topic/lsm topic/networking topic/storage"},
			{topic, []store.Order{{By: store.OrderByTitle, Descending: true}}, "topic/storage topic/networking topic/lsm topic/kv"},
			{topic, []store.Order{{By: store.OrderByYear, Descending: true}}, "topic/storage topic/networking topic/lsm topic/kv"},
			{topic, []store.Order{{By: store.OrderByCitedBy}, {By: store.OrderByAdded}}, "topic/kv topic/lsm topic/networking topic/storage"},
		} {
			q := store.ListQuery{Kind: test.kind, Order: test.order, Page: all, WithTotal: true}
			page := p.list(q)[""]
			p.equal(fmt.Sprintf("%s by %v", test.kind, test.order), entitySlugs(page), test.want)
			p.equal("Total", page.Total, len(page.Items))
			entityPages(p, q)
		}
	}},
	{"List/positions", func(p probe) {
		order := []store.Order{{By: store.OrderByYear, Descending: true}, {By: store.OrderByCitedBy}}
		page := p.list(store.ListQuery{Kind: literature.KindPaper, Order: order, Page: all})[""]
		p.equal("the first position", page.Items[0].Position, position("paper/twin-1", number(2022), number(0)))
		p.equal("the last position", page.Items[5].Position, position("paper/delta", store.SortValue{Missing: true}, number(0)))
		p.equal("Total unasked", page.Total, -1)
	}},
	{"List/stubs", func(p probe) {
		q := store.ListQuery{Kind: literature.KindPaper, Page: all, WithStubs: true}
		p.equal("WithStubs", entitySlugs(p.list(q)[""]), "alpha lost beta twin-2 twin-1 gamma delta")
		q.Filter = &store.Filter{Stub: ptr(false)}
		p.equal("the filter decides against", entitySlugs(p.list(q)[""]), "alpha beta twin-2 twin-1 gamma delta")
		q = store.ListQuery{Kind: literature.KindPaper, Page: all, Filter: &store.Filter{Stub: ptr(true)}}
		p.equal("stubs only", entitySlugs(p.list(q)[""]), "lost")
		q.Filter = &store.Filter{And: []store.Filter{{Stub: ptr(true)}}}
		p.equal("stubs only, inside And", entitySlugs(p.list(q)[""]), "lost")
	}},
	{"List/parents", func(p probe) {
		about := []store.KindDirection{{Kind: literature.About, Direction: store.Incoming}}
		cites := []store.KindDirection{{Kind: literature.Cites, Direction: store.Both}}
		published := []store.KindDirection{{Kind: literature.PublishedIn, Direction: store.Incoming}}
		authored := []store.KindDirection{{Kind: literature.AuthoredBy, Direction: store.Incoming}}
		for _, test := range []struct {
			kind     literature.EntityKind
			parent   literature.ID
			via      []store.KindDirection
			narrower bool
			want     string
		}{
			{literature.KindPaper, "topic/storage", about, false, "alpha beta twin-1"},
			{literature.KindPaper, "topic/storage", about, true, "alpha beta twin-2 twin-1 gamma"},
			{literature.KindPaper, "topic/kv", about, true, "beta twin-2 gamma"},
			{literature.KindPaper, "topic/lsm", about, true, "twin-2"},
			{literature.KindPaper, "venue/osdi", published, false, ""},
			{literature.KindPaper, "venue/osdi", published, true, "alpha beta gamma"},
			{literature.KindSystem, "topic/networking", about, false, "system/xdp"},
			{literature.KindPaper, "paper/alpha", cites, false, "alpha beta gamma"},
			{literature.KindPaper, "paper/ancient", cites, false, "alpha beta gamma"},
			{literature.KindPaper, "paper/alpha", append(cites, store.KindDirection{Kind: literature.Extends, Direction: store.Incoming}), false, "alpha beta gamma delta"},
			{literature.KindPaper, "organization/uni", authored, false, "alpha beta gamma"},
			{literature.KindPaper, "organization/acme", authored, false, "alpha"},
			{literature.KindAuthor, "organization/uni", []store.KindDirection{{Kind: literature.AffiliatedTo, Direction: store.Incoming}}, false, "author/wang"},
			{literature.KindTopic, "paper/alpha", []store.KindDirection{{Direction: store.Both}}, false, "topic/networking topic/storage"},
		} {
			q := store.ListQuery{Kind: test.kind, Parents: []literature.ID{test.parent}, Via: test.via, Narrower: test.narrower, Page: all}
			p.equal(fmt.Sprintf("%s of %s", test.kind, test.parent), entitySlugs(p.list(q)[test.parent]), test.want)
			entityPages(p, q)
		}
	}},
	{"List/many parents, missing ones absent", func(p probe) {
		q := store.ListQuery{
			Kind:    literature.KindPaper,
			Parents: []literature.ID{"topic/storage", "topic/kv", "topic/storage", "topic/none", "relation/0123456789abcdef"},
			Via:     []store.KindDirection{{Kind: literature.About, Direction: store.Incoming}}, Page: store.Page{Limit: 1}, WithTotal: true,
		}
		pages := p.list(q)
		p.equal("number of pages", len(pages), 2)
		p.equal("storage", entitySlugs(pages["topic/storage"]), "alpha")
		p.equal("storage, beside the page", pages["topic/storage"].PageInfo, store.PageInfo{HasNext: true, Total: 3})
		p.equal("kv, beside the page", pages["topic/kv"].PageInfo, store.PageInfo{HasNext: true, Total: 2})
	}},
	{"List/the answer belongs to the caller", func(p probe) {
		q := store.ListQuery{Kind: literature.KindPaper, Page: all}
		page := p.list(q)[""]
		clear(page.Items[0].Position.Keys)
		clear(page.Items)
		p.equal("asked again", entitySlugs(p.list(q)[""]), "alpha beta twin-2 twin-1 gamma delta")
		p.equal("its position", p.list(q)[""].Items[0].Position, position("paper/alpha", number(3)))
	}},
}

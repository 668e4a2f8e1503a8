package storetest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

var searchScenarios = []scenario{
	{"Search", func(p probe) {
		for _, test := range []struct{ query, want, names string }{
			{"storage", "topic/storage alpha beta delta twin-1", "topic/storage alpha"},
			{"stores", "beta topic/kv alpha gamma", "beta topic/kv"},
			{"STORE", "beta topic/kv alpha gamma", "beta topic/kv"},
			{"key-value stores", "topic/kv beta alpha gamma", "topic/kv beta"},
			{"fsx", "alpha", "alpha"},
			{"xdp", "system/xdp alpha beta delta", "system/xdp alpha"},
			{`"stores in the kernel"`, "beta", "beta"},
			{`"kernel in"`, "", ""},
			{`"xdp fsx"`, "", ""},
			{"kern*", "beta", "beta"},
			{"fas*", "alpha beta delta", "alpha"},
			{"storage -kernel", "alpha topic/storage delta twin-1", "alpha topic/storage"},
			{`storage -"fast storage"`, "topic/storage twin-1", "topic/storage"},
			{"storage ann", "alpha beta", ""},
			{"osdi 21", "venue/osdi-21 beta gamma", "venue/osdi-21"},
			{"users", "alpha", ""},
			{"3.14", "alpha", ""},
			{"twin study", "twin-1 twin-2", "twin-1 twin-2"},
			{"the twin study", "twin-1 twin-2", "twin-1 twin-2"},
			{"键值", "gamma topic/kv beta", "gamma topic/kv"},
			{"键值存储", "topic/kv gamma beta", "topic/kv gamma"},
			{"鍵值存儲", "topic/kv gamma beta", "topic/kv gamma"},
			{"值键", "", ""},
			{"研", "gamma", "gamma"},
			{"储存", "topic/storage alpha beta delta twin-1", "topic/storage alpha"},
			{"𠀋𠀌", "delta", "delta"},
			{"𠀌", "delta", "delta"},
			{"𠀋𠀍", "", ""},
			{"nowhere", "", ""},
		} {
			q := store.TextQuery{Query: p.query(test.query), Page: all, WithTotal: true}
			page := p.search(q)
			p.equal(test.query, hitSlugs(page), test.want)
			p.equal(test.query+": Total", page.Total, len(page.Items))
			hitPages(p, q)
			q.NamesOnly = true
			p.equal(test.query+" among names", hitSlugs(p.search(q)), test.names)
			hitPages(p, q)
		}
	}},
	{"Search/tiers", func(p probe) {
		page := p.search(store.TextQuery{Query: p.query("storage"), Page: all})
		var tiers []int
		for _, hit := range page.Items {
			tiers = append(tiers, hit.Tier)
		}
		p.equal("tiers", tiers, []int{1, 2, 3, 3, 3})
		p.equal("position", page.Items[2].Position, position("paper/beta", number(3), number(2)))
		p.equal("Total unasked", page.Total, -1)
	}},
	{"Search/kinds and filter", func(p probe) {
		q := store.TextQuery{Query: p.query("storage"), Page: all, Kinds: []literature.EntityKind{literature.KindPaper}}
		p.equal("papers", hitSlugs(p.search(q)), "alpha beta delta twin-1")
		q.Filter = &store.Filter{Years: store.Range{From: ptr(2021)}}
		p.equal("recent papers", hitSlugs(p.search(q)), "beta twin-1")
		q.Filter = &store.Filter{Stub: ptr(true)}
		p.equal("stubs", hitSlugs(p.search(q)), "lost")
		q = store.TextQuery{Query: p.query("storage"), Page: all, Filter: &store.Filter{Text: p.query("kernel")}}
		p.equal("beside another text", hitSlugs(p.search(q)), "beta")
		q = store.TextQuery{Query: p.query("storage"), Page: all, Kinds: []literature.EntityKind{literature.KindTopic, literature.KindAuthor}}
		p.equal("topics and authors", hitSlugs(p.search(q)), "topic/storage")
	}},
	{"Search/no character changes the meaning", func(p probe) {
		judge := NewReference()
		probe{p.t, judge}.apply(Fixture())
		for _, text := range hostile {
			query, err := store.ParseQuery(text)
			if err != nil {
				p.fails(store.ErrInvalid, err)
				continue
			}
			for _, namesOnly := range []bool{false, true} {
				q := store.TextQuery{Query: query, Page: all, WithTotal: true, NamesOnly: namesOnly}
				got, err := p.s.Search(p.ctx(), q)
				want, wantErr := judge.Search(p.ctx(), q)
				if wantErr != nil {
					p.fails(store.ErrInvalid, err)
					continue
				}
				p.ok("Search "+text, err)
				p.equal("Search "+text, hitSlugs(got), hitSlugs(want))
			}
		}
	}},
	{"Postings", func(p probe) {
		tokens := store.Tokens{"kernel": 1, "storag": 1, "nowhere": 1, analysis.Separator: 1}
		got, err := p.s.Postings(p.ctx(), store.PostingQuery{Tokens: []store.Tokens{tokens}, Limit: 1})
		p.ok("Postings", err)
		p.equal("Documents", got.Documents, 6)
		p.equal("number of tokens", len(got.Tokens), 2)
		p.equal("storag, too frequent to list", got.Tokens["storag"], store.TokenPostings{DocumentFrequency: 4})
		// beta: title 5 or so, alias, summary, authors, venue, topics, system and alpha, whose labels it takes over.
		kernel := got.Tokens["kernel"]
		p.equal("kernel", kernel.DocumentFrequency, 1)
		p.equal("kernel's posting", []any{kernel.Postings[0].ID, kernel.Postings[0].Count}, []any{literature.ID("paper/beta"), 2})
		for _, c := range []struct {
			tokens                []store.Tokens
			limit, rarest, beyond int
			want                  string
		}{
			{[]store.Tokens{tokens, {"storag": 1}}, 10, 1, 0, "kernel storag"},
			{[]store.Tokens{tokens}, 10, 1, 1, "storag"},
			{[]store.Tokens{tokens}, 3, 5, 1, ""},
			{[]store.Tokens{{"storag": 3}}, 10, 1, 1, "storag"},
			{[]store.Tokens{{"storag": 4}}, 10, 1, 1, ""},
			// Of six papers two hold network, ln(1 + 4.5 ÷ 2.5) = 1.03, and four storag, ln(1 + 2.5 ÷ 4.5) = 0.44.
			{[]store.Tokens{{"network": 2, "storag": 3}}, 10, 1, 0, "network"},
			{[]store.Tokens{{"network": 2, "storag": 4}}, 10, 1, 0, "storag"},
			{[]store.Tokens{{"kernel": 1, "storag": 2}}, 10, 1, 0, "storag"},
			{[]store.Tokens{{"kernel": 1, "storag": 2}}, 3, 1, 0, "kernel"},
		} {
			got, err := p.s.Postings(p.ctx(), store.PostingQuery{Tokens: c.tokens, Limit: c.limit, Rarest: c.rarest, Beyond: c.beyond})
			p.ok("Postings", err)
			p.equal(fmt.Sprintf("the rarest of %v", c.tokens), strings.Join(slices.Sorted(maps.Keys(got.Tokens)), " "), c.want)
		}
		judge := NewReference()
		probe{p.t, judge}.apply(Fixture())
		words := []string{"storag", "fast", "alpha", "beta", "kernel", "osdi", "in", "the", "of", "paper", "键值"}
		for i, limit := range []int{0, 1, 4, 100, 1, 2, 4, 100, 100} {
			q := store.PostingQuery{Tokens: []store.Tokens{tokens}, Limit: limit}
			if i > 3 {
				once, often := make(store.Tokens), make(store.Tokens)
				for at, word := range words {
					once[word], often[word] = 1, 1+at*i%4
				}
				q.Tokens, q.Rarest, q.Beyond = append(q.Tokens, once, nil, often), i-3, i%3
			}
			got, err := p.s.Postings(p.ctx(), q)
			p.ok("Postings", err)
			want, err := judge.Postings(p.ctx(), q)
			p.ok("Postings", err)
			p.equal("Postings", got, want)
		}
	}},
}

func hitPages(p probe, q store.TextQuery) {
	p.t.Helper()
	p.pages(func(page store.Page) (positions []store.Position, info store.PageInfo) {
		q.Page = page
		answer := p.search(q)
		for _, hit := range answer.Items {
			positions = append(positions, hit.Position)
		}
		return positions, answer.PageInfo
	})
}

// hostile are texts that mean something to one engine or another, and must mean nothing but words here.
var hostile = []string{
	"", " ", `"`, `""`, `"""`, `"storage`, `storage"`, "*", "**", "storage*", "*storage", "sto*age", "-", "--", "--storage", "-storage", "- storage", "+storage",
	"storage AND kernel", "storage OR kernel", "NOT storage", "storage NOT kernel", "NEAR(storage kernel)", "NEAR/2", "storage && kernel", "storage || kernel",
	"!storage", "(storage", "storage)", "((storage) kernel)", "[a TO b]", "{storage}", "names:storage", "id:paper", "stems:storage", "- names : storage",
	"storage~", "storage~2", "storage^2", "^storage", "/stor.*/", `sto\rage`, `\`, `\"storage\"`, "sto?age", "storage?", "%", "_", "st%", "' OR 1=1 --", "'; DROP TABLE records; --",
	`") MATCH (n) DETACH DELETE n //`, "$query", ":param", "?1", "@storage", "#storage", "<storage>", "&lt;", "storage\x00kernel", "\x00", "\xff\xfe", "storage\u200bkernel", "sto\u00adrage",
	"ＳＴＯＲＡＧＥ", "ſtorage", "İ", "ß", "🧪", "🧪storage", "العربية", "\u202estorage", "ª", "①", "键*", "键值*", "-键值", `"键值存储"`, "𠀋*", "-𠀋", "¶", "storage ¶ kernel",
	strings.Repeat("storage ", 32), strings.Repeat("a", 1000), strings.Repeat("(", 500), strings.Repeat("键", 300),
}

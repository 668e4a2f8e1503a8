package storetest

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// facets asks for one grouping and writes its buckets as "key×key:count", then "+other" and "?missing".
func facets(p probe, q store.FacetQuery) string {
	p.t.Helper()
	answer, err := p.s.Facets(p.ctx(), q)
	p.ok("Facets", err)
	counts := answer[parentOf(q.Parents)]
	if len(counts) != len(q.Groupings) {
		p.t.Fatalf("%d answers to %d groupings", len(counts), len(q.Groupings))
	}
	var words []string
	for _, bucket := range counts[0].Buckets {
		var keys []string
		for _, key := range bucket.Keys {
			keys = append(keys, literature.ID(key.Key).Slug()+strings.Repeat(key.Key, one(!strings.Contains(key.Key, "/"))))
			if strings.Contains(key.Key, "/") && (key.Entity == nil || string(key.Entity.RecordID()) != key.Key) {
				p.t.Errorf("bucket %s carries the entity %v", key.Key, key.Entity)
			}
		}
		words = append(words, fmt.Sprintf("%s:%d", strings.Join(keys, "×"), bucket.Count))
	}
	return strings.Join(append(words, fmt.Sprintf("+%d", counts[0].Other), fmt.Sprintf("?%d", counts[0].Missing)), " ")
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

var facetScenarios = []scenario{
	{"Facets/dimensions", func(p probe) {
		for _, test := range []struct {
			dimensions []store.Dimension
			limit      int
			want       string
		}{
			{[]store.Dimension{store.ByTopic}, 10, "storage:3 kv:2 networking:2 lsm:1 +0 ?0"},
			{[]store.Dimension{store.ByTopic}, 2, "storage:3 kv:2 +3 ?0"},
			{[]store.Dimension{store.ByYear}, 10, "2021:2 2022:2 2020:1 +0 ?1"},
			{[]store.Dimension{store.ByVenue}, 10, "osdi-21:2 osdi-20:1 +0 ?3"},
			{[]store.Dimension{store.BySeries}, 10, "osdi:3 +0 ?3"},
			{[]store.Dimension{store.BySeries, store.ByVenue}, 10, "osdi×osdi-21:2 osdi×osdi-20:1 +0 ?3"},
			{[]store.Dimension{store.ByAuthor}, 10, "ann:2 bob:2 wang:1 +0 ?3"},
			{[]store.Dimension{store.BySystem}, 10, "kiwi:2 xdp:2 +0 ?2"},
			{[]store.Dimension{store.ByOrganization}, 10, "uni:3 acme:1 +0 ?3"},
			{[]store.Dimension{store.ByCollection}, 10, "reading:2 +0 ?4"},
			{[]store.Dimension{store.ByWorkload}, 10, "ycsb:2 +0 ?4"},
			{[]store.Dimension{store.ByHasArtifact}, 10, "false:5 true:1 +0 ?0"},
			{[]store.Dimension{store.ByHasResult}, 10, "false:4 true:2 +0 ?0"},
			{[]store.Dimension{store.ByTopic, store.ByYear}, 10, "kv×2021:2 lsm×2022:1 networking×2020:1 storage×2020:1 storage×2021:1 storage×2022:1 +0 ?1"},
			{[]store.Dimension{store.ByTopic, store.ByYear}, 2, "kv×2021:2 lsm×2022:1 +4 ?1"},
			{[]store.Dimension{store.ByYear, store.ByOrganization, store.ByHasArtifact}, 10, "2021×uni×false:2 2020×acme×true:1 2020×uni×true:1 +0 ?3"},
		} {
			q := store.FacetQuery{Groupings: []store.Grouping{{Dimensions: test.dimensions, Limit: test.limit}}}
			p.equal(fmt.Sprint(test.dimensions), facets(p, q), test.want)
		}
	}},
	{"Facets/filters and parents", func(p probe) {
		recent := &store.Filter{Years: store.Range{From: ptr(2021)}}
		about := []store.KindDirection{{Kind: literature.About, Direction: store.Incoming}}
		topics := []store.Grouping{{Dimensions: []store.Dimension{store.ByTopic}, Limit: 10}}
		p.equal("a filter", facets(p, store.FacetQuery{Filter: recent, Groupings: topics}), "kv:2 storage:2 lsm:1 +0 ?0")
		own := []store.Grouping{{Dimensions: topics[0].Dimensions, Limit: 10, Filter: &store.Filter{}}}
		p.equal("a filter of its own", facets(p, store.FacetQuery{Filter: recent, Groupings: own}), "storage:3 kv:2 networking:2 lsm:1 +0 ?0")
		stubs := &store.Filter{Stub: ptr(true)}
		p.equal("stubs", facets(p, store.FacetQuery{Filter: stubs, Groupings: topics}), "storage:1 +0 ?0")
		storage := []literature.ID{"topic/storage"}
		p.equal("a parent", facets(p, store.FacetQuery{Parents: storage, Via: about, Groupings: topics}), "storage:3 kv:1 networking:1 +0 ?0")
		p.equal("a parent and below", facets(p, store.FacetQuery{Parents: storage, Via: about, Narrower: true, Groupings: topics}), "storage:3 kv:2 lsm:1 networking:1 +0 ?0")
		uni := store.FacetQuery{Parents: []literature.ID{"organization/uni"}, Via: []store.KindDirection{{Kind: literature.AuthoredBy, Direction: store.Incoming}}, Groupings: topics}
		p.equal("an organization", facets(p, uni), "kv:2 storage:2 networking:1 +0 ?0")
	}},
	{"Facets/many parents, samples", func(p probe) {
		answer, err := p.s.Facets(p.ctx(), store.FacetQuery{
			Parents:   []literature.ID{"topic/storage", "topic/none", "topic/lsm", "topic/storage"},
			Via:       []store.KindDirection{{Kind: literature.About, Direction: store.Incoming}},
			Groupings: []store.Grouping{{Dimensions: []store.Dimension{store.ByHasArtifact}, Limit: 5, Samples: 1}, {Dimensions: []store.Dimension{store.ByTopic}, Limit: 1, Samples: 2}},
		})
		p.ok("Facets", err)
		p.equal("number of parents", len(answer), 2)
		samples := func(b store.Bucket) string {
			return slugs(b.Samples, func(paper *literature.Paper) literature.ID { return paper.ID })
		}
		storage := answer["topic/storage"]
		p.equal("without an artifact", samples(storage[0].Buckets[0]), "beta")
		p.equal("with an artifact", samples(storage[0].Buckets[1]), "alpha")
		p.equal("on storage", samples(storage[1].Buckets[0]), "alpha beta")
		p.equal("on lsm", samples(answer["topic/lsm"][1].Buckets[0]), "twin-2")
		answer, err = p.s.Facets(p.ctx(), store.FacetQuery{Groupings: []store.Grouping{{Dimensions: []store.Dimension{store.ByYear}, Limit: 3, Samples: 9}}})
		p.ok("Facets", err)
		p.equal("in 2022, equally cited", samples(answer[""][0].Buckets[1]), "twin-2 twin-1")
	}},
}

var crowdScenarios = []scenario{
	{"Facets/by series", func(p probe) {
		p.upsert(
			venue("s", "S", 0), venue("other", "Other", 0), venue("s-1", "S '01", 2001), venue("s-2", "S '02", 2002), venue("lone", "Lone", 0),
			relation(literature.Broader, "venue/s-1", "venue/s"), relation(literature.Broader, "venue/s-2", "venue/s"), relation(literature.Broader, "venue/s-2", "venue/other"),
			paper("a", "A", "2001"), paper("b", "B", "2002"), paper("c", "C", "2002"), paper("d", "D", "2003"), paper("e", "E", ""),
			relation(literature.PublishedIn, "paper/a", "venue/s-1"),
			relation(literature.PublishedIn, "paper/b", "venue/s-1"), relation(literature.PublishedIn, "paper/b", "venue/s-2"),
			relation(literature.PublishedIn, "paper/c", "venue/s"),
			relation(literature.PublishedIn, "paper/d", "venue/lone"),
		)
		by := func(dimensions ...store.Dimension) store.FacetQuery {
			return store.FacetQuery{Groupings: []store.Grouping{{Dimensions: dimensions, Limit: 10}}}
		}
		p.equal("a and b, which is in two editions, c in the series itself", facets(p, by(store.BySeries)), "s:3 lone:1 other:1 +0 ?1")
		p.equal("beside the editions", facets(p, by(store.BySeries, store.ByVenue)), "s×s-1:2 lone×lone:1 other×s-1:1 other×s-2:1 s×s:1 s×s-2:1 +0 ?1")
		_, err := p.s.List(p.ctx(), store.ListQuery{Kind: literature.KindPaper, Filter: &store.Filter{Terms: []store.TermMatch{{Dimension: store.BySeries, AnyOf: []literature.ID{"venue/s"}}}}, Page: all})
		p.fails(store.ErrInvalid, err)
	}},
	{"Facets/too many combinations", func(p probe) {
		p.upsert(crowd(100, 100, 101)...)
		crossed := func(dimensions ...store.Dimension) store.FacetQuery {
			return store.FacetQuery{Groupings: []store.Grouping{{Dimensions: dimensions, Limit: 2}}}
		}
		p.equal("two dimensions", facets(p, crossed(store.ByAuthor, store.ByWorkload)), "0×0:1 0×1:1 +10098 ?0")
		_, err := p.s.Facets(p.ctx(), crossed(store.ByAuthor, store.ByTopic, store.ByWorkload))
		p.fails(store.ErrInvalid, err)
	}},
}

// crowd is one paper with as many authors, topics and workloads as told, so that it has the product of them in combinations of values.
func crowd(authors, topics, workloads int) []literature.Record {
	records := []literature.Record{paper("crowd", "Crowded", "2020")}
	join := func(kind literature.RelationKind, to literature.EntityKind, n int) {
		for i := range n {
			e := named(to, strconv.Itoa(i), strconv.Itoa(i))
			r := relation(kind, "paper/crowd", e.RecordID())
			if kind == literature.AuthoredBy {
				r.Position = i + 1
			}
			records = append(records, e, r)
		}
	}
	join(literature.AuthoredBy, literature.KindAuthor, authors)
	join(literature.About, literature.KindTopic, topics)
	join(literature.EvaluatedOn, literature.KindWorkload, workloads)
	return records
}

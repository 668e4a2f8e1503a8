package storetest

import (
	"fmt"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

var recordScenarios = []scenario{
	{"Records/each kind under its id", func(p probe) {
		for _, record := range Fixture().Upsert {
			id := record.RecordID()
			got := p.records(id)
			if _, ok := record.(*literature.Paper); ok {
				record = store.Normalize(record, nil, Fixture().At)
			}
			p.equal("Records", got, map[literature.ID]literature.Record{id: record})
		}
	}},
	{"Records/missing, twice and old ids", func(p probe) {
		got := p.records("paper/alpha", "paper/ancient", "paper/alpha", "paper/nobody", "relation/0123456789abcdef", "")
		if len(got) != 2 {
			p.t.Errorf("%d records, want those of alpha and ancient", len(got))
		}
		p.equal("the old id", got["paper/ancient"], got["paper/alpha"])
	}},
	{"Records/the answer belongs to the caller", func(p probe) {
		clear(p.records("paper/alpha"))
		if len(p.records("paper/alpha")) != 1 {
			p.t.Error("emptying one answer emptied the next")
		}
	}},
	{"Resolve", func(p probe) {
		paper, topic := literature.KindPaper, literature.KindTopic
		doi, arxiv := store.KeyScheme(literature.DOI), store.KeyScheme(literature.ArXiv)
		for _, test := range []struct {
			key  store.Key
			want literature.ID
		}{
			{store.Key{Scheme: doi, Value: "10.1000/alpha"}, "paper/alpha"},
			{store.Key{Kind: paper, Scheme: doi, Value: "10.1000/alpha"}, "paper/alpha"},
			{store.Key{Kind: topic, Scheme: doi, Value: "10.1000/alpha"}, ""},
			{store.Key{Scheme: arxiv, Value: "10.1000/alpha"}, ""},
			{store.Key{Scheme: arxiv, Value: "2001.00001"}, "paper/alpha"},
			{store.Key{Scheme: doi, Value: "10.1000/lost"}, "paper/lost"},
			{store.Key{Scheme: doi, Value: ""}, ""},
			{store.Key{Scheme: "NONSENSE", Value: "10.1000/alpha"}, ""},
			{store.Key{Kind: paper, Scheme: store.BySlug, Value: "alpha"}, "paper/alpha"},
			{store.Key{Kind: paper, Scheme: store.BySlug, Value: "ancient"}, "paper/alpha"},
			{store.Key{Kind: topic, Scheme: store.BySlug, Value: "alpha"}, ""},
			{store.Key{Scheme: store.BySlug, Value: "alpha"}, ""},
			{store.Key{Scheme: store.ByName, Value: "fast  STORAGE with xdp"}, "paper/alpha"},
			{store.Key{Scheme: store.ByName, Value: "以 XDP 加速储存"}, "paper/alpha"},
			{store.Key{Scheme: store.ByName, Value: "fsx"}, "paper/alpha"},
			{store.Key{Scheme: store.ByName, Value: "Fast storage"}, ""},
			{store.Key{Scheme: store.ByName, Value: "The twin study!"}, "paper/twin-1"},
			{store.Key{Kind: topic, Scheme: store.ByName, Value: "the twin study"}, ""},
			{store.Key{Scheme: store.ByName, Value: " "}, ""},
			{store.Key{Scheme: store.ByName, Value: "𠀋𠀌𠀍 Graphs"}, "paper/delta"},
		} {
			got, err := p.s.Resolve(p.ctx(), []store.Key{test.key, test.key})
			p.ok("Resolve", err)
			want := map[store.Key]literature.ID{test.key: test.want}
			if test.want == "" {
				want = nil
			}
			p.equal(fmt.Sprintf("Resolve %+v", test.key), got, want)
		}
	}},
	{"Degrees", func(p probe) {
		of := []store.KindDirection{
			{Kind: literature.Cites, Direction: store.Outgoing},
			{Kind: literature.Cites, Direction: store.Incoming},
			{Kind: literature.Cites, Direction: store.Both},
			{Kind: literature.About, Direction: store.Both},
			{Direction: store.Outgoing},
		}
		ids := []literature.ID{"paper/alpha", "paper/ancient", "paper/alpha", "paper/twin-1", "organization/uni", "topic/storage", "paper/nobody"}
		got, err := p.s.Degrees(p.ctx(), ids, of)
		p.ok("Degrees", err)
		p.equal("Degrees", got, map[literature.ID][]int{
			"paper/alpha":      {2, 3, 4, 2, 11}, // to itself, to lost; from itself, beta, gamma; itself counts once in both
			"paper/ancient":    {2, 3, 4, 2, 11},
			"paper/twin-1":     {0, 0, 0, 1, 1},
			"organization/uni": {0, 0, 0, 0, 0},
			"topic/storage":    {0, 0, 0, 4, 0},
		})
	}},
	{"Stats", func(p probe) {
		got := p.stats()
		want := store.Stats{
			Version: 1, Stubs: 1, Results: 3, TaggedPapers: 6,
			Entities: map[literature.EntityKind]int{
				literature.KindPaper: 6, literature.KindTopic: 4, literature.KindVenue: 3, literature.KindAuthor: 3, literature.KindOrganization: 2,
				literature.KindSystem: 2, literature.KindWorkload: 1, literature.KindArtifact: 1, literature.KindCollection: 1,
			},
			Relations: map[literature.RelationKind]int{
				literature.Cites: 7, literature.Extends: 3, literature.VersionOf: 1, literature.Broader: 4, literature.About: 8 + 2,
				literature.PublishedIn: 3, literature.AuthoredBy: 5, literature.AffiliatedTo: 2, literature.Introduces: 1, literature.Uses: 1,
				literature.ComparesWith: 1, literature.EvaluatedOn: 2, literature.HasArtifact: 1, literature.InCollection: 3,
			},
		}
		withoutZeros(got.Entities)
		withoutZeros(got.Relations)
		p.equal("Stats", got, want)
	}},
}

// withoutZeros lets a kind that is counted as 0 be the same as one left out.
func withoutZeros[K comparable](counts map[K]int) {
	for kind, n := range counts {
		if n == 0 {
			delete(counts, kind)
		}
	}
}

var emptyScenarios = []scenario{
	{"an empty store and empty questions", func(p probe) {
		p.equal("Records", len(p.records()), 0)
		p.equal("List", entitySlugs(p.list(store.ListQuery{Kind: literature.KindPaper, Page: all, WithTotal: true})[""]), "")
		p.equal("Search", p.search(store.TextQuery{Query: p.query("storage"), Page: all, WithTotal: true}).Total, 0)
		p.equal("Relations", len(p.relations(store.RelationQuery{Direction: store.Both, Page: all})), 0)
		p.equal("version", p.stats().Version, store.Version(0))
		postings, err := p.s.Postings(p.ctx(), store.PostingQuery{Tokens: []store.Tokens{{"storag": 1}}, Limit: 10})
		p.ok("Postings", err)
		p.equal("Postings", postings, store.PostingAnswer{})
		facets, err := p.s.Facets(p.ctx(), store.FacetQuery{Groupings: []store.Grouping{{Dimensions: []store.Dimension{store.ByYear}, Limit: 5}}})
		p.ok("Facets", err)
		p.equal("Facets", facets, map[literature.ID][]store.FacetCounts{"": {{}}})
		version, err := p.s.Scan(p.ctx(), store.ScanQuery{}, func(store.Change, []literature.Record) error {
			p.t.Error("Scan found something")
			return nil
		})
		p.ok("Scan", err)
		p.equal("Scan", version, store.Version(0))
		p.equal("History", len(p.history("paper/alpha").Items), 0)
	}},
	{"empty questions to a full store", func(p probe) {
		p.apply(Fixture())
		resolved, err := p.s.Resolve(p.ctx(), nil)
		p.ok("Resolve", err)
		degrees, err := p.s.Degrees(p.ctx(), nil, []store.KindDirection{{Direction: store.Both}})
		p.ok("Degrees", err)
		walks, err := p.s.Walk(p.ctx(), store.WalkQuery{})
		p.ok("Walk", err)
		p.equal("number of answers", len(resolved)+len(degrees)+len(walks)+len(p.records())+len(p.relations(store.RelationQuery{Direction: store.Both, Page: all})), 0)
		none, err := p.s.Degrees(p.ctx(), []literature.ID{"paper/alpha"}, nil)
		p.ok("Degrees", err)
		p.equal("Degrees of nothing", none, map[literature.ID][]int{"paper/alpha": nil})
	}},
}

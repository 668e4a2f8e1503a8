package storetest

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Walks that papergraph is made for. The idf of topics here: storage ln(1+6/3) = 1.099, kv and networking ln(1+6/2) = 1.386, lsm ln(1+6/1) = 1.946.
var (
	sharedTopics = []store.Hop{
		{Kinds: []literature.RelationKind{literature.About}, Direction: store.Outgoing, Weigh: store.WeighIDF},
		{Kinds: []literature.RelationKind{literature.About}, Direction: store.Incoming},
	}
	coupling = []store.Hop{
		{Kinds: []literature.RelationKind{literature.Cites}, Direction: store.Outgoing},
		{Kinds: []literature.RelationKind{literature.Cites}, Direction: store.Incoming, Weigh: store.WeighSalton},
	}
	alikeTopics   = []store.Hop{sharedTopics[0], {Kinds: []literature.RelationKind{literature.About}, Direction: store.Incoming, Weigh: store.WeighJaccard}}
	reach         = append(coupling[:2:2], store.Hop{Kinds: []literature.RelationKind{literature.Cites}, Direction: store.Outgoing, Weigh: store.WeighRootCitedBy})
	sharedAuthors = []store.Hop{
		{Kinds: []literature.RelationKind{literature.AuthoredBy}, Direction: store.Outgoing, Weigh: store.WeighRarity},
		{Kinds: []literature.RelationKind{literature.AuthoredBy}, Direction: store.Incoming},
	}
)

func from(ids ...literature.ID) []store.Start {
	var starts []store.Start
	for _, id := range ids {
		starts = append(starts, store.Start{ID: id, Weight: 1})
	}
	return starts
}

// scores writes reached entities as "slug:score:via", more cases of which than one are parted by spaces.
func scores(page store.ReachedPage) string {
	return slugs(page.Items, func(r store.Reached) literature.ID {
		text := fmt.Sprintf("%s:%d:%d", r.Position.ID, r.Score, r.ViaCount)
		for _, via := range r.Via {
			text += "/" + via.Slug()
		}
		return literature.ID(text)
	})
}

var walkScenarios = []scenario{
	{"Walk", func(p probe) {
		hop := func(kind literature.RelationKind, direction store.Direction) store.Hop {
			return store.Hop{Kinds: []literature.RelationKind{kind}, Direction: direction}
		}
		cites, cited := hop(literature.Cites, store.Outgoing), hop(literature.Cites, store.Incoming)
		papers := &store.Filter{Kinds: []literature.EntityKind{literature.KindPaper}}
		for _, test := range []struct {
			name string
			walk store.Walk
			want string
		}{
			{"shared topics", store.Walk{Starts: from("paper/alpha"), Hops: sharedTopics, Via: 5}, "delta:1386:1/networking system/xdp:1386:1/networking beta:1099:1/storage twin-1:1099:1/storage"},
			{"shared topics, papers", store.Walk{Starts: from("paper/beta"), Hops: sharedTopics, Filter: papers}, "gamma:1386:1 alpha:1099:1 twin-1:1099:1"},
			{"from an old id", store.Walk{Starts: from("paper/ancient"), Hops: sharedTopics, Filter: papers}, "delta:1386:1 beta:1099:1 twin-1:1099:1"},
			{"from two", store.Walk{Starts: from("paper/alpha", "paper/beta"), Hops: sharedTopics, Filter: papers}, "twin-1:2198:1 delta:1386:1 gamma:1386:1"},
			{"from two by weight", store.Walk{Starts: []store.Start{{ID: "paper/alpha", Weight: 10}, {ID: "paper/beta", Weight: 1}}, Hops: sharedTopics, Filter: papers}, "delta:13860:1 twin-1:12089:1 gamma:1386:1"},
			{"from one twice", store.Walk{Starts: from("paper/alpha", "paper/alpha"), Hops: sharedTopics, Filter: papers}, "delta:2772:1 beta:2198:1 twin-1:2198:1"},
			{"from nobody", store.Walk{Starts: from("paper/nobody"), Hops: sharedTopics}, ""},
			{"from nobody and one", store.Walk{Starts: from("paper/nobody", "paper/twin-2"), Hops: sharedTopics}, ""},
			{"stubs alone", store.Walk{Starts: from("paper/alpha"), Hops: sharedTopics, Filter: &store.Filter{Stub: ptr(true)}}, "lost:1099:1"},
			{"coupling", store.Walk{Starts: from("paper/beta"), Hops: coupling, Via: 5}, "alpha:1000000:2/alpha/lost gamma:500000:1/alpha"},
			{"coupling by two or more", store.Walk{Starts: from("paper/beta"), Hops: coupling, MinVia: 2}, "alpha:1000000:2"},
			{"coupling, rounded", store.Walk{Starts: from("paper/delta"), Hops: coupling, Via: 1}, "gamma:707107:1/beta"},
			{"topics alike", store.Walk{Starts: from("paper/alpha"), Hops: alikeTopics, Filter: papers, Via: 1}, "delta:557746:1/networking twin-1:442254:1/storage beta:283906:1/storage"},
			{"topics alike, from two", store.Walk{Starts: from("paper/alpha", "paper/beta"), Hops: alikeTopics, Filter: papers}, "twin-1:884508:1 delta:557746:1 gamma:557746:1"},
			{"references alike", store.Walk{Starts: from("paper/beta"), Hops: []store.Hop{cites, {Kinds: cites.Kinds, Direction: store.Incoming, Weigh: store.WeighJaccard}}}, "alpha:1000000:2 gamma:333333:1"},
			{"shared authors by rarity", store.Walk{Starts: from("paper/alpha"), Hops: sharedAuthors, Via: 2}, "beta:2772:2/ann/bob"},
			{"reach", store.Walk{Starts: from("paper/delta"), Hops: reach, Via: 3}, "beta:1207107:2/delta/gamma alpha:408248:1/gamma"},
			{"reach, onward", store.Walk{Starts: from("paper/delta"), Hops: reach, Via: 3, Onward: true}, "beta:500000:1/gamma alpha:408248:1/gamma"},
			{"bare", store.Walk{Starts: from("paper/beta"), Hops: coupling, Bare: true}, "alpha:1000000:0 gamma:500000:0"},
			{"one hop", store.Walk{Starts: from("paper/gamma"), Hops: []store.Hop{cites}, Via: 5}, "alpha:1:1/gamma beta:1:1/gamma"},
			{"one hop with stubs", store.Walk{Starts: from("paper/beta"), Hops: []store.Hop{cites}, Via: 5, WithStubs: true}, "alpha:1:1/beta lost:1:1/beta"},
			{"with stubs, but that the filter decides", store.Walk{Starts: from("paper/beta"), Hops: []store.Hop{cites}, WithStubs: true, Filter: &store.Filter{Stub: ptr(false)}}, "alpha:1:1"},
			{"one hop from two", store.Walk{Starts: from("paper/gamma", "paper/delta"), Hops: []store.Hop{cites}, Via: 5}, "beta:2:2/delta/gamma alpha:1:1/gamma"},
			{"one hop, those that gave most first", store.Walk{Starts: []store.Start{{ID: "paper/delta", Weight: 1}, {ID: "paper/gamma", Weight: 3}}, Hops: []store.Hop{cites}, Via: 1}, "beta:4:2/gamma alpha:3:1/gamma"},
			{"two hops", store.Walk{Starts: from("paper/gamma"), Hops: []store.Hop{cites, cites}, Via: 5}, "alpha:2:2/alpha/beta"},
			{"two hops through a stub", store.Walk{Starts: from("paper/alpha"), Hops: []store.Hop{cites, cited}, Via: 5}, "beta:2:2/alpha/lost gamma:1:1/alpha"},
			{"three hops", store.Walk{Starts: from("paper/delta"), Hops: []store.Hop{cites, cites, cited}, Via: 2}, "alpha:2:2/alpha/lost beta:2:2/alpha/lost gamma:1:1/alpha"},
			{"either way, itself once", store.Walk{Starts: from("paper/alpha"), Hops: []store.Hop{hop(literature.Cites, store.Both), hop(literature.Cites, store.Both)}}, "beta:3:3 gamma:2:2 delta:1:1"},
			{"two kinds", store.Walk{Starts: from("paper/delta"), Hops: []store.Hop{{Kinds: []literature.RelationKind{literature.Cites, literature.Extends}, Direction: store.Outgoing}}}, "alpha:1:1 beta:1:1 system/kiwi:1:1"},
			{"all kinds", store.Walk{Starts: from("paper/twin-1"), Hops: []store.Hop{{Direction: store.Both}, {Direction: store.Incoming}}}, "alpha:1:1 beta:1:1 topic/kv:1:1"},
			{"idf of what is no topic", store.Walk{Starts: from("paper/gamma"), Hops: []store.Hop{{Kinds: cites.Kinds, Direction: store.Outgoing, Weigh: store.WeighIDF}}}, "alpha:0:1 beta:0:1"},
			{"idf of topics used by stubs and systems", store.Walk{Starts: from("paper/lost", "system/xdp"), Hops: sharedTopics[:1]}, "topic/networking:1386:1 topic/storage:1099:1"},
			{"targets", store.Walk{Starts: from("paper/alpha"), Hops: sharedTopics, Targets: []literature.ID{"paper/beta", "paper/unknown", "paper/alpha"}}, "beta:1099:1"},
			{"no targets", store.Walk{Starts: from("paper/alpha"), Hops: sharedTopics, Targets: []literature.ID{}}, ""},
			{"exclude", store.Walk{Starts: from("paper/beta"), Hops: sharedTopics, Exclude: []literature.ID{"paper/ancient", "paper/unknown"}}, "gamma:1386:1 twin-1:1099:1"},
			{"filter", store.Walk{Starts: from("paper/alpha"), Hops: sharedTopics, Filter: &store.Filter{Years: store.Range{From: ptr(2022)}}}, "twin-1:1099:1"},
		} {
			walk := test.walk
			walk.Key, walk.Page, walk.WithTotal = "paper/key", all, true
			page := p.walk(walk)
			p.equal(test.name, scores(page), test.want)
			p.equal(test.name+": Total", page.Total, len(page.Items))
			p.pages(func(wanted store.Page) (positions []store.Position, info store.PageInfo) {
				walk.Page = wanted
				page := p.walk(walk)
				for _, item := range page.Items {
					positions = append(positions, item.Position)
				}
				return positions, page.PageInfo
			})
		}
	}},
	{"Walk/counts stay at the greatest one", func(p probe) {
		const most = math.MaxInt64
		heavy := func(alpha, beta int64) []store.Start {
			return []store.Start{{ID: "paper/alpha", Weight: alpha}, {ID: "paper/beta", Weight: beta}}
		}
		papers := &store.Filter{Kinds: []literature.EntityKind{literature.KindPaper}}
		topics := []store.Hop{{Kinds: sharedTopics[0].Kinds, Direction: store.Outgoing}}
		for _, test := range []struct {
			name string
			walk store.Walk
			want string
		}{
			{"sums", store.Walk{Starts: heavy(most, most-1), Hops: topics, Via: 5}, "topic/networking:9223372036854775807:1/alpha topic/storage:9223372036854775807:2/alpha/beta topic/kv:9223372036854775806:1/beta"},
			{"sums of sums", store.Walk{Starts: heavy(most/2, most/2+1), Hops: append(topics[:1:1], sharedTopics[1], topics[0])}, "topic/kv:9223372036854775807:2 topic/networking:9223372036854775807:3 topic/storage:9223372036854775807:4"},
			{"products", store.Walk{Starts: heavy(most, 1), Hops: sharedTopics, Filter: papers, Via: 5}, "delta:9223372036854775807:1/networking twin-1:9223372036854775807:1/storage gamma:1386:1/kv"},
			{"products just below", store.Walk{Starts: heavy(most/1386, 1)[:1], Hops: sharedTopics, Filter: papers}, "delta:9223372036854775800:1 beta:7313481867607069700:1 twin-1:7313481867607069700:1"},
			{"products just above", store.Walk{Starts: heavy(most/1386+1, 1)[:1], Hops: sharedTopics, Filter: papers}, "delta:9223372036854775807:1 beta:7313481867607070799:1 twin-1:7313481867607070799:1"},
			{"cosines", store.Walk{Starts: heavy(most, most), Hops: coupling, Via: 5}, "gamma:9223372036854775807:1/alpha"},
			{"roots", store.Walk{Starts: []store.Start{{ID: "paper/delta", Weight: most}}, Hops: reach, Via: 5}, "beta:6521908912666390528:2/delta/gamma alpha:5325116328314172416:1/gamma"},
			{"rarities", store.Walk{Starts: heavy(most, 1)[:1], Hops: sharedAuthors, Via: 5}, "beta:9223372036854775807:2/ann/bob"},
		} {
			walk := test.walk
			walk.Key, walk.Page = "paper/key", all
			p.equal(test.name, scores(p.walk(walk)), test.want)
		}
	}},
	{"Walk/without hops", func(p probe) {
		walk := store.Walk{Key: "paper/key", Starts: []store.Start{{ID: "paper/ancient", Weight: 4}, {ID: "paper/beta", Weight: 5}, {ID: "paper/lost", Weight: 6}, {ID: "topic/kv", Weight: 7}, {ID: "paper/nobody", Weight: 8}}, Bare: true, Page: all}
		walk.Filter = &store.Filter{Kinds: []literature.EntityKind{literature.KindPaper}}
		p.equal("what passes", scores(p.walk(walk)), "beta:5:0 alpha:4:0")
		walk.Exclude = []literature.ID{"paper/beta"}
		p.equal("what is left", scores(p.walk(walk)), "alpha:4:0")
	}},
	{"Walk/blends", func(p probe) {
		papers := &store.Filter{Kinds: []literature.EntityKind{literature.KindPaper}}
		bare := func(key literature.ID, starts []store.Start, hops ...store.Hop) store.Walk {
			return store.Walk{Key: key, Starts: starts, Hops: hops, Filter: papers, Bare: true, Page: store.Page{Limit: store.MaxKeys}}
		}
		// Topics give gamma 1386, alpha and twin-1 1099 each; coupling gives alpha 1000000 and gamma 500000; what is known gives twin-1 2.
		q := store.WalkQuery{
			Walks: []store.Walk{
				bare("topics", from("paper/beta"), sharedTopics...), bare("coupling", from("paper/beta"), coupling...),
				bare("known", []store.Start{{ID: "paper/twin-1", Weight: 2}}), bare("nothing", from("paper/nobody"), coupling...), bare("cited", from("paper/beta"), coupling[0]),
			},
			Blends: []store.Blend{
				{Key: "all", Parts: []store.Part{{Walk: "topics", Weight: 2}, {Walk: "coupling", Weight: 1}, {Walk: "known", Weight: 1}, {Walk: "nothing", Weight: 9}}, Page: all},
				{Key: "uncited", Parts: []store.Part{{Walk: "topics", Weight: 1}, {Walk: "coupling", Weight: 1}}, Without: []literature.ID{"cited"}, Page: store.Page{Limit: 1}},
				{Key: "known to count", Parts: []store.Part{{Walk: "topics", Weight: 1}}, Within: "known", Page: all},
				{Key: "nothing at all", Parts: []store.Part{{Walk: "nothing", Weight: 1}}, Page: all},
			},
		}
		told := func(page store.ReachedPage) string {
			var list []string
			for _, item := range page.Items {
				list = append(list, fmt.Sprint(item.Entity.RecordID().Slug(), " ", item.Score, " ", item.Scores))
			}
			return fmt.Sprint(list, " of ", page.Highest, page.Cut)
		}
		answer, err := p.s.Walk(p.ctx(), q)
		p.ok("Walk", err)
		p.equal("keys", slices.Sorted(maps.Keys(answer)), []literature.ID{"all", "known to count", "nothing at all", "uncited"})
		// gamma: (2 + 0.5) / 4; twin-1: (2 · 1099/1386 + 1) / 4; alpha: (2 · 1099/1386 + 1) / 4.
		p.equal("all", told(answer["all"]), "[alpha 646464646 [1099 1000000 0 0] twin-1 646464646 [1099 0 2 0] gamma 625000000 [1386 500000 0 0]] of [1386 1000000 2 0] false")
		p.equal("all: page", answer["all"].PageInfo, store.PageInfo{Total: 3})
		// beta cites alpha, without which gamma has the most of both; and twin-1 is behind it.
		p.equal("uncited", told(answer["uncited"]), "[gamma 1000000000 [1386 500000]] of [1386 500000] false")
		p.equal("uncited: page", answer["uncited"].PageInfo, store.PageInfo{HasNext: true, Total: 2})
		p.equal("known", told(answer["known to count"]), "[twin-1 1000000000 [1099]] of [1099] false")
		p.equal("nothing", answer["nothing at all"].PageInfo, store.PageInfo{})

		q.Walks[0].Page.Limit = 2 // alpha comes before twin-1
		answer, err = p.s.Walk(p.ctx(), q)
		p.ok("Walk", err)
		p.equal("cut", told(answer["all"]), "[alpha 646464646 [1099 1000000 0 0] gamma 625000000 [1386 500000 0 0] twin-1 250000000 [0 0 2 0]] of [1386 1000000 2 0] true")

		q.Walks[0].Page.Limit, q.Walks[4].Page.Limit = store.MaxKeys, 0 // what is to be left out is not known either
		answer, err = p.s.Walk(p.ctx(), q)
		p.ok("Walk", err)
		p.equal("cut beside", told(answer["uncited"]), "[alpha 896464646 [1099 1000000]] of [1386 1000000] true")
	}},
	{"Walk/several at once", func(p probe) {
		answer, err := p.s.Walk(p.ctx(), store.WalkQuery{Walks: []store.Walk{
			{Key: "paper/alpha", Starts: from("paper/alpha"), Hops: sharedTopics, Page: store.Page{Limit: 1}},
			{Key: "paper/beta", Starts: from("paper/beta"), Hops: coupling, Page: all},
			{Key: "paper/nobody", Starts: from("paper/nobody"), Hops: coupling, Page: all},
		}})
		p.ok("Walk", err)
		p.equal("keys", len(answer), 3)
		p.equal("alpha", scores(answer["paper/alpha"]), "delta:1386:1")
		p.equal("beside alpha's", answer["paper/alpha"].PageInfo, store.PageInfo{HasNext: true, Total: -1})
		p.equal("position", answer["paper/alpha"].Items[0].Position, position("paper/delta", number(1386)))
		p.equal("beta", scores(answer["paper/beta"]), "alpha:1000000:2 gamma:500000:1")
	}},
}

var pathScenarios = []scenario{
	{"Paths", func(p probe) {
		cites := []literature.RelationKind{literature.Cites}
		either := []literature.RelationKind{literature.Cites, literature.Extends}
		for _, test := range []struct {
			name      string
			q         store.PathQuery
			lengths   []int
			exhausted bool
		}{
			{"the only one within two", store.PathQuery{From: "paper/delta", To: "paper/lost", Kinds: cites, MaxHops: 2, Limit: 5}, []int{2}, true},
			{"all", store.PathQuery{From: "paper/delta", To: "paper/lost", Kinds: cites, MaxHops: 6, Limit: 5}, []int{2, 3, 4}, true},
			{"exactly as many as there are", store.PathQuery{From: "paper/delta", To: "paper/lost", Kinds: cites, MaxHops: 6, Limit: 3}, []int{2, 3, 4}, true},
			{"fewer than there are", store.PathQuery{From: "paper/delta", To: "paper/lost", Kinds: cites, MaxHops: 3, Limit: 1}, []int{2}, false},
			{"backward", store.PathQuery{From: "paper/lost", To: "paper/delta", Kinds: cites, MaxHops: 6, Limit: 5}, []int{2, 3, 4}, true},
			{"by two relations", store.PathQuery{From: "paper/beta", To: "paper/alpha", Kinds: either, MaxHops: 1, Limit: 5}, []int{1, 1}, true},
			{"by one of two relations", store.PathQuery{From: "paper/beta", To: "paper/alpha", Kinds: either, MaxHops: 1, Limit: 1}, []int{1}, false},
			{"any kind", store.PathQuery{From: "author/wang", To: "topic/kv", MaxHops: 2, Limit: 5}, []int{2}, true},
			{"to itself", store.PathQuery{From: "paper/alpha", To: "paper/ancient", MaxHops: 6, Limit: 5}, []int{0}, true},
			{"from an old id", store.PathQuery{From: "paper/ancient", To: "paper/beta", Kinds: cites, MaxHops: 1, Limit: 5}, []int{1}, true},
			{"too far", store.PathQuery{From: "paper/delta", To: "paper/lost", Kinds: cites, MaxHops: 1, Limit: 5}, nil, true},
			{"not joined", store.PathQuery{From: "paper/twin-2", To: "paper/lost", Kinds: cites, MaxHops: 6, Limit: 5}, nil, true},
			{"from nobody", store.PathQuery{From: "paper/nobody", To: "paper/lost", MaxHops: 6, Limit: 5}, nil, true},
			{"to nobody", store.PathQuery{From: "paper/lost", To: "paper/nobody", MaxHops: 6, Limit: 5}, nil, true},
		} {
			answer, err := p.s.Paths(p.ctx(), test.q)
			p.ok("Paths", err)
			p.equal(test.name, lengths(answer), test.lengths)
			p.equal(test.name+": exhausted", answer.Exhausted, test.exhausted)
			checkPaths(p, test.q, answer)
		}
		// Ann wrote alpha, which has 15 relations, and beta, which has 13. Both are about storage.
		q := store.PathQuery{From: "author/ann", To: "topic/storage", MaxHops: 2, Limit: 1}
		answer, err := p.s.Paths(p.ctx(), q)
		p.ok("Paths", err)
		p.equal("the most telling: length", lengths(answer), []int{2})
		p.equal("the most telling: between", answer.Paths[0].Entities[1].RecordID(), literature.ID("paper/beta"))
		p.equal("the most telling: loss", answer.Paths[0].Loss, int64(325_093_345))
		p.equal("the most telling: exhausted", answer.Exhausted, false)
	}},
}

func lengths(answer store.PathAnswer) []int {
	var lengths []int
	for _, path := range answer.Paths {
		lengths = append(lengths, len(path.Relations))
	}
	return lengths
}

// checkPaths checks what must hold for paths, whichever they are: they lead from end to end, by relations that exist, are of the kinds asked and
// join their neighbours, no entity comes twice, and no path is given twice.
func checkPaths(p probe, q store.PathQuery, answer store.PathAnswer) {
	p.t.Helper()
	ends := p.records(q.From, q.To)
	told := make(map[string]bool)
	for i, path := range answer.Paths {
		if i > 0 && cmp.Or(cmp.Compare(len(answer.Paths[i-1].Relations), len(path.Relations)), comparePaths(answer.Paths[i-1], path)) >= 0 {
			p.t.Errorf("path %d stands before one that is shorter or says more", i-1)
		}
		loss := path.Loss
		for _, e := range path.Entities[1:max(1, len(path.Relations))] {
			id := e.RecordID()
			degrees, err := p.s.Degrees(p.ctx(), []literature.ID{id}, []store.KindDirection{{Direction: store.Both}})
			p.ok("Degrees", err)
			loss -= store.PathLoss(degrees[id][0])
		}
		if loss != 0 {
			p.t.Errorf("a path loses %d, %d too much", path.Loss, loss)
		}
		if len(path.Entities) != len(path.Relations)+1 || len(path.Relations) > q.MaxHops {
			p.t.Fatalf("a path of %d entities and %d relations", len(path.Entities), len(path.Relations))
		}
		key, visited := "", make(map[literature.ID]bool)
		for i, e := range path.Entities {
			if visited[e.RecordID()] {
				p.t.Errorf("a path comes to %s twice", e.RecordID())
			}
			visited[e.RecordID()] = true
			if i > 0 {
				r := path.Relations[i-1]
				before := path.Entities[i-1].RecordID()
				if here := e.RecordID(); r.Source != before && r.Source != here || r.Target != before && r.Target != here {
					p.t.Errorf("%s does not join %s and %s", r.ID, before, here)
				}
				if _, exists := p.records(r.ID)[r.ID]; !exists {
					p.t.Errorf("%s does not exist", r.ID)
				}
				if len(q.Kinds) > 0 && !containsKind(q.Kinds, r.Kind) {
					p.t.Errorf("%s was not asked for", r.Kind)
				}
				key += string(r.ID)
			}
		}
		first, last := path.Entities[0], path.Entities[len(path.Entities)-1]
		if first.RecordID() != ends[q.From].RecordID() || last.RecordID() != ends[q.To].RecordID() {
			p.t.Errorf("a path from %s to %s", first.RecordID(), last.RecordID())
		}
		if told[key] {
			p.t.Errorf("a path is given twice")
		}
		told[key] = true
	}
}

func containsKind(kinds []literature.RelationKind, kind literature.RelationKind) bool {
	for _, k := range kinds {
		if k == kind {
			return true
		}
	}
	return false
}

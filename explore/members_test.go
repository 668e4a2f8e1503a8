package explore_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/sqlite"
	"github.com/papergraph/papergraph/store/storetest"
)

// joined makes a relation for tests.
func joined(kind literature.RelationKind, source, target literature.ID) *literature.Relation {
	return &literature.Relation{
		ID: literature.NewRelationID(kind, source, target), Kind: kind, Source: source, Target: target,
		Assertions: []literature.Assertion{{Origin: literature.Curated, Certainty: literature.CertaintyHigh, Source: "test"}},
	}
}

func namedBase(kind literature.EntityKind, slug string) literature.Base {
	return literature.Base{ID: literature.NewID(kind, slug), Labels: inEnglish(slug)}
}

// embedded opens an empty embedded store for the length of a test.
func embedded(t testing.TB) store.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), ":memory:", sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// TestMissing compares what random collections lack with a count of all citations, one by one.
func TestMissing(t *testing.T) {
	storetest.Checks(t, 30)
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(rt, "papers")
		paper := func(i int) literature.ID { return literature.ID(fmt.Sprintf("paper/p%02d", i)) }
		var batch store.Batch
		batch.Author = "test"
		collection := &literature.Collection{Base: namedBase(literature.KindCollection, "shelf")}
		batch.Upsert = append(batch.Upsert, collection)
		inside := make(map[int]bool)
		for i := range n {
			p := &literature.Paper{Base: namedBase(literature.KindPaper, paper(i).Slug()), Type: literature.Article, IsStub: rapid.Bool().Draw(rt, "stub")}
			batch.Upsert = append(batch.Upsert, p)
			if inside[i] = rapid.Bool().Draw(rt, "inside"); inside[i] {
				batch.Upsert = append(batch.Upsert, joined(literature.InCollection, p.ID, collection.ID))
			}
		}
		counts := make(map[literature.ID]int)
		for i := range n {
			for j := range n {
				if rapid.IntRange(0, 2).Draw(rt, "cites") > 0 {
					continue
				}
				batch.Upsert = append(batch.Upsert, joined(literature.Cites, paper(i), paper(j)))
				if inside[i] && !inside[j] {
					counts[paper(j)]++
				}
				if inside[j] && !inside[i] {
					counts[paper(i)]++
				}
			}
		}
		var want []string
		for id, count := range counts {
			want = append(want, fmt.Sprintf("%02d %s", 99-count, id))
		}
		slices.Sort(want)
		for name, s := range map[string]store.Store{"reference": storetest.NewReference(), "sqlite": embedded(t)} {
			if _, err := s.Apply(t.Context(), batch); err != nil {
				rt.Fatal(err)
			}
			members, err := explore.MembersOf(t.Context(), s, []literature.ID{collection.ID, "collection/none"})
			if err != nil {
				rt.Fatal(err)
			}
			q := explore.RelatedQuery{Weights: explore.Lacking.Weights(), OnlyCitations: true, WithStubs: true, Page: store.Page{Limit: 100}}
			for _, id := range members[collection.ID].Papers {
				q.Seeds = append(q.Seeds, &literature.Paper{Base: literature.Base{ID: id}})
			}
			pages, err := explore.RelatedPapers(t.Context(), s, []explore.RelatedQuery{q})
			if err != nil {
				rt.Fatal(err)
			}
			var got []string
			for _, item := range pages[0].Items {
				got = append(got, fmt.Sprintf("%02d %s", 99-int(item.Signals[0].Raw), item.ID))
			}
			if diff := gocmp.Diff(want, got); diff != "" {
				rt.Fatalf("%s (-want +got):\n%s", name, diff)
			}
		}
	})
}

// TestMembersAreBounded: of a larger collection the first by id are looked at, and the rest is told.
func TestMembersAreBounded(t *testing.T) {
	s := embedded(t)
	collection := &literature.Collection{Base: namedBase(literature.KindCollection, "large")}
	batch := store.Batch{Author: "test", Upsert: []literature.Record{collection}}
	for i := range explore.MaxMembers + 1 {
		p := &literature.Paper{Base: namedBase(literature.KindPaper, fmt.Sprintf("p%05d", i)), Type: literature.Article}
		batch.Upsert = append(batch.Upsert, p, joined(literature.InCollection, p.ID, collection.ID))
	}
	if _, err := s.Apply(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	members, err := explore.MembersOf(t.Context(), s, []literature.ID{collection.ID})
	if err != nil {
		t.Fatal(err)
	}
	of := members[collection.ID]
	if !of.Truncated || len(of.Papers) != explore.MaxMembers {
		t.Errorf("%d papers, truncated: %t", len(of.Papers), of.Truncated)
	}
	if !slices.IsSortedFunc(of.Papers, cmp.Compare[literature.ID]) || of.Papers[0] != "paper/p00000" {
		t.Error("they are not the first by id")
	}
}

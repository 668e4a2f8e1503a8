package explore_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store/storetest"
)

func relation(kind literature.RelationKind, source, target literature.ID) *literature.Relation {
	return &literature.Relation{
		ID: literature.NewRelationID(kind, source, target), Kind: kind, Source: source, Target: target, Weight: map[literature.RelationKind]int{literature.About: literature.FullWeight}[kind],
		Assertions: []literature.Assertion{{Origin: literature.Curated, Certainty: literature.CertaintyHigh, Source: "test"}},
	}
}

// TestLineage compares lineages of small random graphs with what sets and loops find.
func TestLineage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		years := make(map[literature.ID]int) // 0: none
		var papers, systems []literature.ID
		var records []literature.Record
		for i := range rapid.IntRange(1, 7).Draw(t, "papers") {
			p := &literature.Paper{Base: base(literature.KindPaper, fmt.Sprint("p", i), "P"), Type: literature.Article, IsStub: rapid.Bool().Draw(t, "stub")}
			if year := rapid.IntRange(2000, 2004).Draw(t, "year"); year > 2000 {
				p.PublishedOn, years[p.ID] = fmt.Sprint(year), year
			}
			papers, records = append(papers, p.ID), append(records, p)
		}
		for i := range rapid.IntRange(1, 4).Draw(t, "systems") {
			s := &literature.System{Base: base(literature.KindSystem, fmt.Sprint("s", i), "S")}
			systems, records = append(systems, s.ID), append(records, s)
		}
		relations := make(map[literature.ID]*literature.Relation)
		for range rapid.IntRange(0, 20).Draw(t, "relations") {
			kind := rapid.SampledFrom(append(explore.LineageKinds(), literature.Introduces)).Draw(t, "kind")
			source, targets := rapid.SampledFrom(papers).Draw(t, "source"), systems
			if kind == literature.Cites || kind == literature.Extends && rapid.Bool().Draw(t, "a paper") {
				targets = papers
			}
			if r := relation(kind, source, rapid.SampledFrom(targets).Draw(t, "target")); r.Source != r.Target && relations[r.ID] == nil {
				relations[r.ID] = r
				records = append(records, r)
			}
		}
		for _, r := range relations {
			if year := years[r.Source]; r.Kind == literature.Introduces && year > 0 && (years[r.Target] == 0 || year < years[r.Target]) {
				years[r.Target] = year
			}
		}
		of := rapid.SampledFrom(slices.Concat(papers, systems)).Draw(t, "of")
		kinds := rapid.SliceOfNDistinct(rapid.SampledFrom(explore.LineageKinds()), 1, 4, rapid.ID).Draw(t, "kinds")
		hops := rapid.IntRange(1, 4).Draw(t, "hops")

		// younger is the end of a relation that comes from the other.
		ends := func(r *literature.Relation) (younger, elder literature.ID) {
			if r.Kind == literature.Introduces {
				return r.Target, r.Source
			}
			return r.Source, r.Target
		}
		follows := func(r *literature.Relation) bool {
			return r.Kind == literature.Introduces || slices.Contains(kinds, r.Kind)
		}
		found := map[literature.ID]bool{of: true}
		for _, up := range []bool{true, false} {
			sense := map[literature.ID]bool{of: true}
			for range hops {
				var next []literature.ID
				for _, r := range relations {
					from, to := ends(r)
					if !up {
						from, to = to, from
					}
					if follows(r) && sense[from] {
						next = append(next, to)
					}
				}
				for _, id := range next {
					sense[id], found[id] = true, true
				}
			}
		}
		var want []string
		for id := range found {
			want = append(want, strings.Replace(fmt.Sprintf("%04d %s", years[id], id), "0000", "none", 1)) // digits come before letters
		}
		slices.Sort(want)
		var wantRelations []string
		for id, r := range relations {
			if follows(r) && found[r.Source] && found[r.Target] {
				wantRelations = append(wantRelations, string(id))
			}
		}
		slices.Sort(wantRelations)

		s := holding(t, records...)
		start, err := s.Records(t.Context(), []literature.ID{of})
		if err != nil {
			t.Fatal(err)
		}
		counted := storetest.Count(s)
		l, err := explore.TraceLineage(t.Context(), counted, start[of].(literature.Entity), kinds, hops)
		if err != nil {
			t.Fatal(err)
		}
		if counted.Total() > hops+2 {
			t.Errorf("%d calls for %d hops", counted.Total(), hops)
		}
		var got, gotRelations []string
		for _, layer := range l.Layers {
			for _, e := range layer.Entities {
				if layer.Year == nil {
					got = append(got, fmt.Sprint("none ", e.RecordID()))
				} else {
					got = append(got, fmt.Sprintf("%04d %s", *layer.Year, e.RecordID()))
				}
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("lineage of %s by %v in %d hops (-want +got):\n%s", of, kinds, hops, diff)
		}
		order := append([]literature.RelationKind{literature.Introduces}, explore.LineageKinds()...)
		for i, r := range l.Relations {
			if i > 0 && slices.Index(order, l.Relations[i-1].Kind) > slices.Index(order, r.Kind) {
				t.Errorf("%s before %s", l.Relations[i-1].Kind, r.Kind)
			}
			gotRelations = append(gotRelations, string(r.ID))
		}
		slices.Sort(gotRelations)
		if diff := cmp.Diff(wantRelations, gotRelations); diff != "" || len(l.Cut) > 0 {
			t.Errorf("cut: %q, relations (-want +got):\n%s", l.Cut, diff)
		}
	})
}

// 150 papers cite one, each by one relation, so that the first 100 by id are kept and the second hop has no room. Each of them cites up to 30 of those before it: with the two relations to and
// from the first paper's neighbours that is 100 + 1 + (0 + 1 + … + 29) + 70 × 30 = 2,636.
func TestLineageBudget(t *testing.T) {
	paper := func(slug string) *literature.Paper {
		return &literature.Paper{Base: base(literature.KindPaper, slug, slug), Type: literature.Article, PublishedOn: "2020"}
	}
	first := paper("first")
	records := []literature.Record{first, paper("elder"), relation(literature.Cites, "paper/first", "paper/elder")}
	for i := range 150 {
		p := paper(fmt.Sprintf("p%03d", i))
		records = append(records, p, relation(literature.Cites, p.ID, "paper/first"))
		for j := range min(i, 30) {
			records = append(records, relation(literature.Cites, p.ID, literature.ID(fmt.Sprintf("paper/p%03d", j))))
		}
	}
	l, err := explore.TraceLineage(t.Context(), holding(t, records...), first, explore.LineageKinds(), 3)
	if err != nil {
		t.Fatal(err)
	}
	var ids []literature.ID
	for _, e := range l.Layers[0].Entities {
		ids = append(ids, e.RecordID())
	}
	if len(l.Layers) != 1 || len(ids) != 102 || ids[0] != "paper/elder" || ids[101] != "paper/p099" {
		t.Errorf("%d layers, first with %v", len(l.Layers), ids)
	}
	want := []string{"More than 100 descendants: on hop 1, only those that most relations join are told and followed.", "More than 100 descendants: on hop 2, only those that most relations join are told and followed.", "Told are 1000 of 2636 relations."}
	if diff := cmp.Diff(want, l.Cut); diff != "" || len(l.Relations) != explore.MaxLineageRelations {
		t.Errorf("%d relations, cut (-want +got):\n%s", len(l.Relations), diff)
	}
}

// The last of two hops keeps what most of the first hop lead to.
func TestLineageKeepsWhatMostRelationsJoin(t *testing.T) {
	var records []literature.Record
	add := func(slug string, cites ...literature.ID) *literature.Paper {
		p := &literature.Paper{Base: base(literature.KindPaper, slug, slug), Type: literature.Article, PublishedOn: "2020"}
		records = append(records, p)
		for _, target := range cites {
			records = append(records, relation(literature.Cites, p.ID, target))
		}
		return p
	}
	of := add("of", "paper/left", "paper/right")
	add("zz")
	for i := range explore.MaxLineage {
		add(fmt.Sprintf("e%03d", i))
	}
	var fromLeft []literature.ID
	for i := range explore.MaxLineage {
		fromLeft = append(fromLeft, literature.ID(fmt.Sprintf("paper/e%03d", i)))
	}
	add("left", append(fromLeft, "paper/zz")...)
	add("right", "paper/zz")
	l, err := explore.TraceLineage(t.Context(), holding(t, records...), of, explore.LineageKinds(), 2)
	if err != nil {
		t.Fatal(err)
	}
	kept := make(map[literature.ID]bool)
	for _, e := range l.Layers[0].Entities {
		kept[e.RecordID()] = true
	}
	if len(kept) != 1+explore.MaxLineage || !kept["paper/zz"] || !kept["paper/e096"] || kept["paper/e097"] {
		t.Errorf("kept %d: zz %v, e096 %v, e097 %v", len(kept), kept["paper/zz"], kept["paper/e096"], kept["paper/e097"])
	}
}

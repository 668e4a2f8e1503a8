package projection_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/projection"
	"github.com/papergraph/papergraph/store"
)

// The graph of these tests:
//
//	author/a ← paper/p (position 1, organization/o) → topic/t → topic/all (broader)
//	paper/q → author/a, cites p, is ABOUT t; paper/s is a stub that q cites; system/x is introduced by p, with result/r
func small(t testing.TB) *projection.Graph {
	t.Helper()
	relation := func(kind literature.RelationKind, source, target literature.ID) *literature.Relation {
		return &literature.Relation{ID: literature.NewRelationID(kind, source, target), Kind: kind, Source: source, Target: target}
	}
	affiliated := relation(literature.AuthoredBy, "paper/p", "author/a")
	affiliated.Organizations = []literature.ID{"organization/o"}
	stub := entity("paper/s", "Stub").(*literature.Paper)
	stub.IsStub = true
	g, err := projection.New(strings.ToLower).Apply(projection.Change{Version: 1, Upserted: []literature.Record{
		entity("paper/p", "P"), entity("paper/q", "Q"), stub, entity("author/a", "A"), entity("organization/o", "O"),
		entity("topic/t", "T"), entity("topic/all", "All"), entity("system/x", "X"),
		affiliated, relation(literature.AuthoredBy, "paper/q", "author/a"),
		relation(literature.About, "paper/p", "topic/t"), relation(literature.About, "paper/q", "topic/t"),
		relation(literature.Broader, "topic/t", "topic/all"),
		relation(literature.Cites, "paper/q", "paper/p"), relation(literature.Cites, "paper/q", "paper/s"),
		relation(literature.Introduces, "paper/p", "system/x"),
		&literature.Result{ID: "result/r", Paper: "paper/p", System: "system/x"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func entity(id literature.ID, label string) literature.Entity {
	e := literature.Blank(id).(literature.Entity)
	*e.Common() = literature.Base{ID: id, Labels: []literature.LocalizedText{{Value: label, Locale: literature.English}}}
	return e
}

func TestNaming(t *testing.T) {
	g := small(t)
	cites := literature.NewRelationID(literature.Cites, "paper/q", "paper/p")
	authored := literature.NewRelationID(literature.AuthoredBy, "paper/p", "author/a")
	also := literature.NewRelationID(literature.AuthoredBy, "paper/q", "author/a")
	about := literature.NewRelationID(literature.About, "paper/p", "topic/t")
	introduces := literature.NewRelationID(literature.Introduces, "paper/p", "system/x")
	for _, test := range []struct {
		entities, want []literature.ID
	}{
		{[]literature.ID{"paper/p"}, []literature.ID{cites, authored, about, introduces, "result/r"}},
		{[]literature.ID{"author/a"}, []literature.ID{authored, also}},
		{[]literature.ID{"organization/o"}, []literature.ID{authored}},
		{[]literature.ID{"system/x"}, []literature.ID{introduces, "result/r"}},
		{[]literature.ID{"author/a", "organization/o", "paper/none"}, []literature.ID{authored, also}},
		{nil, nil},
	} {
		slices.Sort(test.want)
		if diff := cmp.Diff(test.want, g.Naming(test.entities)); diff != "" {
			t.Errorf("Naming(%v) (-want +got):\n%s", test.entities, diff)
		}
	}
}

func TestSearchTextNeighbours(t *testing.T) {
	g := small(t)
	if diff := cmp.Diff([]literature.ID{"author/a", "topic/t", "system/x"}, g.Joined("paper/p")); diff != "" {
		t.Errorf("Joined (-want +got):\n%s", diff)
	}
	for id, want := range map[literature.ID][]literature.ID{
		"author/a": {"paper/p", "paper/q"}, "system/x": {"paper/p"}, "topic/all": nil, "paper/p": nil, "paper/none": nil,
	} {
		var got []literature.ID
		g.EachQuoting(g.Number(id), func(n uint32) {
			e, _ := g.Numbered(n)
			got = append(got, e.ID)
		})
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("EachQuoting(%s) (-want +got):\n%s", id, diff)
		}
	}
}

func TestPreferred(t *testing.T) {
	g := small(t)
	for _, test := range []struct {
		ids  []literature.ID
		want literature.ID
	}{
		{[]literature.ID{"paper/s", "paper/q"}, "paper/q"},            // no stub first
		{[]literature.ID{"paper/q", "paper/p"}, "paper/p"},            // more cited first
		{[]literature.ID{"topic/t", "topic/all"}, "topic/all"},        // smaller id first
		{[]literature.ID{"paper/none", "paper/s"}, "paper/s"},         //
		{[]literature.ID{"paper/none", "relation/0", "result/r"}, ""}, //
	} {
		if got := g.Preferred(test.ids); got != test.want {
			t.Errorf("Preferred(%v) is %q, want %q", test.ids, got, test.want)
		}
	}
}

func TestNumbersStay(t *testing.T) {
	g := small(t)
	q, _ := g.Entity("paper/q")
	gone := apply(t, g, projection.Change{Removed: []literature.Record{
		&literature.Relation{Kind: literature.Cites, Source: "paper/q", Target: "paper/s"}, entity("paper/s", ""),
	}})
	if _, ok := gone.Numbered(g.Number("paper/s")); ok || gone.Number("paper/s") != 0 {
		t.Error("a removed entity still has a number")
	}
	if _, ok := g.Numbered(g.Number("paper/s")); !ok {
		t.Error("an entity went from the state before its removal")
	}
	more := apply(t, gone, projection.Change{Upserted: []literature.Record{entity("paper/new", "")}, Numbers: map[literature.ID]uint32{"paper/new": 100}})
	if n := more.Number("paper/new"); n != 100 {
		t.Errorf("number %d, want the 100 asked for", n)
	}
	if e, ok := more.Numbered(q.Number); !ok || e != q {
		t.Errorf("number %d is %+v, want %+v", q.Number, e, q)
	}
	if _, err := more.Apply(projection.Change{Upserted: []literature.Record{entity("paper/other", "")}, Numbers: map[literature.ID]uint32{"paper/other": 100}}); !errors.Is(err, store.ErrInvalid) {
		t.Errorf("a number given twice: error %v", err)
	}
	if got := slices.Collect(more.IDs(literature.KindPaper)); !slices.Equal(got, []literature.ID{"paper/new", "paper/p", "paper/q"}) {
		t.Errorf("papers in order: %v", got)
	}
}

// An owner whose transaction fails drops the state it made and makes another from the one before.
func TestAbandonedStates(t *testing.T) {
	g := small(t)
	for i := range 200 {
		apply(t, g, projection.Change{Upserted: []literature.Record{entity(literature.ID(fmt.Sprintf("paper/lost-%d", i)), "")}})
		kept := literature.ID(fmt.Sprintf("paper/kept-%d", i))
		if g = apply(t, g, projection.Change{Upserted: []literature.Record{entity(kept, "")}}); g.Number(kept) == 0 {
			t.Fatalf("%s is not there", kept)
		}
		if lost := literature.ID(fmt.Sprintf("paper/lost-%d", i)); g.Number(lost) != 0 {
			t.Fatalf("%s is there", lost)
		}
	}
	if got := g.Stats().Entities[literature.KindPaper]; got != 202 {
		t.Errorf("%d papers, want 202", got)
	}
}

func TestApplyRefuses(t *testing.T) {
	g := small(t)
	for name, change := range map[string]projection.Change{
		"a relation to nothing":       {Upserted: []literature.Record{&literature.Relation{Kind: literature.Cites, Source: "paper/p", Target: "paper/none"}}},
		"an unknown kind of relation": {Upserted: []literature.Record{&literature.Relation{Kind: "LIKES", Source: "paper/p", Target: "paper/q"}}},
		"ends that do not fit":        {Upserted: []literature.Record{&literature.Relation{Kind: literature.Cites, Source: "author/a", Target: "paper/q"}}},
		"an unknown organization":     {Upserted: []literature.Record{&literature.Relation{Kind: literature.AuthoredBy, Source: "paper/p", Target: "author/a", Organizations: []literature.ID{"organization/none"}}}},
		"a result of nothing":         {Upserted: []literature.Record{&literature.Result{ID: "result/x", Paper: "paper/none"}}},
		"a named entity removed":      {Removed: []literature.Record{entity("topic/t", "")}},
		"an organization removed":     {Removed: []literature.Record{entity("organization/o", "")}},
	} {
		if next, err := g.Apply(change); !errors.Is(err, store.ErrInvalid) || next != nil {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	var packed bytes.Buffer
	if err := small(t).Encode(&packed); err != nil {
		t.Fatal(err)
	}
	whole := packed.Bytes()
	if _, err := projection.Decode(bytes.NewReader(whole), strings.ToLower); err != nil {
		t.Fatal(err)
	}
	for i := range whole {
		if _, err := projection.Decode(bytes.NewReader(whole[:i]), strings.ToLower); err == nil {
			t.Errorf("cut after %d of %d bytes: no error", i, len(whole))
		}
		flipped := bytes.Clone(whole)
		flipped[i] ^= 1 << (i % 8)
		if _, err := projection.Decode(bytes.NewReader(flipped), strings.ToLower); err == nil {
			t.Errorf("a bit of byte %d flipped: no error", i)
		}
	}
}

func apply(t *testing.T, g *projection.Graph, c projection.Change) *projection.Graph {
	t.Helper()
	next, err := g.Apply(c)
	if err != nil {
		t.Fatal(err)
	}
	return next
}

package sqlite

import (
	"bufio"
	"bytes"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/projection"
)

// Edges are found by their ids, also after growing and from their packed form, and nothing else is.
func TestEdges(t *testing.T) {
	const papers = 200
	change := projection.Change{Version: 1}
	for i := range papers {
		change.Upserted = append(change.Upserted, &literature.Paper{Base: literature.Base{ID: paperID(i)}})
	}
	g, err := projection.New(analysis.SortKey).Apply(change)
	if err != nil {
		t.Fatal(err)
	}
	x := newEdges()
	want := make(map[literature.ID]edge)
	for i := range papers {
		for _, step := range []int{0, 1, 7, 31, 90, 113} {
			source, target := paperID(i), paperID((i+step)%papers)
			e := newEdge(literature.Cites, g.Number(source), g.Number(target))
			id := literature.NewRelationID(literature.Cites, source, target)
			hash, ok := hashOf(id)
			if !ok || relationID(hash) != id || e.id(g) != id {
				t.Fatalf("%s: hash %x makes %s, edge %x makes %s", id, hash, relationID(hash), e, e.id(g))
			}
			x.add(g, e, hash)
			x.add(g, e, hash)
			want[id] = e
		}
	}
	var packed bytes.Buffer
	if err := x.encode(&packed); err != nil {
		t.Fatal(err)
	}
	unpacked := newEdges()
	if err := unpacked.decode(bufio.NewReader(&packed)); err != nil {
		t.Fatal(err)
	}
	for name, x := range map[string]*edges{"added": x, "unpacked": unpacked} {
		if x.used != len(want) {
			t.Errorf("%s: %d edges, want %d", name, x.used, len(want))
		}
		for id, e := range want {
			hash, _ := hashOf(id)
			if got, ok := x.find(g, id, hash); !ok || got != e || !x.has(e, hash) {
				t.Fatalf("%s: %s is %x, want %x", name, id, got, e)
			}
		}
		other := literature.NewRelationID(literature.Extends, paperID(0), paperID(1))
		hash, _ := hashOf(other)
		if e, ok := x.find(g, other, hash); ok {
			t.Errorf("%s: %s was never added and is %x", name, other, e)
		}
		if got := slices.Sorted(maps.Values(want)); !slices.Equal(got, x.sorted(g)) {
			t.Errorf("%s: sorted differs", name)
		}
	}
}

func paperID(i int) literature.ID { return literature.ID(fmt.Sprintf("paper/p%d", i)) }

// Packed edges and extents that are damaged are refused or read as others, and no more.
func FuzzDecode(f *testing.F) {
	var packed bytes.Buffer
	if err := newEdges().encode(&packed); err != nil {
		f.Fatal(err)
	}
	f.Add(packed.Bytes())
	f.Add([]byte{0x80, 0x08, 3, 0, 1, 2, 3, 4, 5, 6, 7, 8})
	f.Fuzz(func(_ *testing.T, content []byte) {
		if len(content) > 3 {
			content[2] &= 0x7f // no more than two million slots
		}
		_ = newEdges().decode(bufio.NewReader(bytes.NewReader(content)))
		_, _ = decodeExtents(bufio.NewReader(bytes.NewReader(content)))
		_, _ = decodeFrequencies(bufio.NewReader(bytes.NewReader(content)))
	})
}

// Sets and extents are what maps are.
func TestSetsAndExtents(t *testing.T) {
	numbers := rapid.SliceOf(rapid.Uint32Range(1, 5000))
	rapid.Check(t, func(t *rapid.T) {
		a, b := numbers.Draw(t, "a"), numbers.Draw(t, "b")
		make2 := func() (set, set) {
			x, y := newSet(0), newSet(100)
			for _, n := range a {
				x.add(n)
			}
			for _, n := range b {
				y.add(n)
			}
			return x, y
		}
		compare := func(name string, got set, holds func(n uint32) bool) {
			var want, members []uint32
			for n := range uint32(6000) {
				if holds(n) {
					want = append(want, n)
				}
			}
			got.each(func(n uint32) { members = append(members, n) })
			if diff := cmp.Diff(want, members); diff != "" || got.size() != len(want) {
				t.Fatalf("%s: %d (-want +got):\n%s", name, got.size(), diff)
			}
		}
		inA := func(n uint32) bool { return slices.Contains(a, n) }
		inB := func(n uint32) bool { return slices.Contains(b, n) }
		x, y := make2()
		x.or(y)
		compare("or", x, func(n uint32) bool { return inA(n) || inB(n) })
		x, y = make2()
		x.and(y)
		compare("and", x, func(n uint32) bool { return inA(n) && inB(n) })
		x, y = make2()
		x.without(y)
		compare("without", x, func(n uint32) bool { return inA(n) && !inB(n) })

		changes := make(map[uint32]extent)
		for _, n := range a {
			changes[n] = extent{n, 1}
		}
		before := extents{}.with(changes)
		later := make(map[uint32]extent)
		for _, n := range b {
			later[n] = extent{n, 2}
		}
		after := before.with(later)
		var packed bytes.Buffer
		if err := encodeExtents(&packed, after); err != nil {
			t.Fatal(err)
		}
		unpacked, err := decodeExtents(bufio.NewReader(&packed))
		if err != nil {
			t.Fatal(err)
		}
		merged := maps.Clone(changes)
		maps.Copy(merged, later)
		for n := range uint32(6000) {
			if before.at(n) != changes[n] || after.at(n) != merged[n] || unpacked.at(n) != merged[n] {
				t.Fatalf("%d: %v, %v, %v", n, before.at(n), after.at(n), unpacked.at(n))
			}
		}
	})
}

func TestCache(t *testing.T) {
	c := newCache()
	c.forget(5)
	topic := stored{record: &literature.Topic{Base: literature.Base{ID: "topic/a"}}, version: 3}
	has := func(at, want int) {
		t.Helper()
		if _, ok := c.get("topic/a", 0); ok {
			t.Error("served to a version before it")
		}
		if _, ok := c.get("topic/a", 5); ok != (want == 1) {
			t.Errorf("step %d: held: %t", at, ok)
		}
	}
	has(0, 0)
	c.put("topic/a", topic, 4, 10) // read in a state that a change may have overtaken
	has(1, 0)
	c.put("topic/a", topic, 5, 10)
	has(2, 1)
	c.forget(6, []literature.ID{"topic/b"})
	has(3, 1)
	c.forget(7, []literature.ID{"topic/a"})
	has(4, 0)
	// What is not used is dropped, and the whole stays within its bound.
	for i := range 100 {
		c.put(paperID(i), topic, 7, cacheBytes/100)
		if _, ok := c.get(paperID(0), 7); !ok {
			t.Fatalf("the first, used all the time, was dropped after %d", i)
		}
	}
	if n := len(c.records.young) + len(c.records.old); n > 40 {
		t.Errorf("%d records of 1 %% of the bound are held", n)
	}
}

package projection_test

import (
	"context"
	"fmt"
	"math"
	"sync/atomic"
	"testing"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/projection"
	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/storetest"
)

// Counts that would exceed the greatest number stay at it, whichever rule weighs them.
func TestWalkOverflow(t *testing.T) {
	m := mirrors(nil)(t).(*mirror)
	if _, err := m.Apply(t.Context(), storetest.Fixture()); err != nil {
		t.Fatal(err)
	}
	about := []literature.RelationKind{literature.About}
	starts := []store.Start{{ID: "paper/alpha", Weight: math.MaxInt64}, {ID: "paper/beta", Weight: math.MaxInt64 - 1}}
	for _, rules := range [][2]store.HopRule{{store.WeighOne, store.WeighOne}, {store.WeighIDF, store.WeighOne}, {store.WeighOne, store.WeighSalton}} {
		walk := store.Walk{
			Key: "walk", Starts: starts, Via: 5, Page: store.Page{Limit: 10},
			Hops: []store.Hop{{Kinds: about, Direction: store.Outgoing, Weigh: rules[0]}, {Kinds: about, Direction: store.Incoming, Weigh: rules[1]}},
		}
		page := same(t, m, store.WalkQuery{Walks: []store.Walk{walk}}, store.Reader.Walk)["walk"]
		if len(page.Items) == 0 || page.Items[0].Score != math.MaxInt64 {
			t.Errorf("rules %d: %+v, want scores of %d", rules, page.Items, int64(math.MaxInt64))
		}
	}
}

// A context that ends while the way back is looked for ends the walk: here 20 papers that one other cites, and 1,000 more.
func TestWalkStops(t *testing.T) {
	change := projection.Change{Version: 1, Upserted: []literature.Record{entity("paper/start", "")}}
	cite := func(source, target literature.ID) {
		change.Upserted = append(change.Upserted, &literature.Relation{Kind: literature.Cites, Source: source, Target: target})
	}
	for i := range 1_000 {
		change.Upserted = append(change.Upserted, entity(literature.ID(fmt.Sprintf("paper/p%d", i)), ""))
	}
	for i := range 20 {
		hub := literature.ID(fmt.Sprintf("paper/hub%d", i))
		change.Upserted = append(change.Upserted, entity(hub, ""))
		cite("paper/start", hub)
		for j := range 1_000 {
			cite(literature.ID(fmt.Sprintf("paper/p%d", j)), hub)
		}
	}
	v := projection.View{Graph: apply(t, projection.New(analysis.SortKey), change), Source: blanks{}}
	for name, walk := range map[string]store.Walk{
		"through at least 2": {MinVia: 2},
		"naming the way":     {Via: 1, Page: store.Page{Limit: 100}},
	} {
		t.Run(name, func(t *testing.T) {
			walk.Key = "paper/start"
			walk.Starts = []store.Start{{ID: "paper/start", Weight: 1}}
			walk.Hops = []store.Hop{{Kinds: []literature.RelationKind{literature.Cites}, Direction: store.Outgoing}}
			stops(t, 2, func(ctx context.Context) error {
				_, err := v.Walk(ctx, store.WalkQuery{Walks: []store.Walk{walk}})
				return err
			})
		})
	}
}

// failing is a context that can be looked at once.
type failing struct {
	context.Context
	looks atomic.Int32
}

func (c *failing) Err() error {
	if c.looks.Add(1) > 1 {
		panic("broken")
	}
	return nil
}

// TestBlendFails: what goes wrong in a walk of a blend is its caller's to recover.
func TestBlendFails(t *testing.T) {
	change := projection.Change{Version: 1, Upserted: []literature.Record{entity("paper/start", "")}}
	for i := range 10_000 {
		id := literature.ID(fmt.Sprintf("paper/p%d", i))
		change.Upserted = append(change.Upserted, entity(id, ""), &literature.Relation{Kind: literature.Cites, Source: "paper/start", Target: id})
	}
	v := projection.View{Graph: apply(t, projection.New(analysis.SortKey), change), Source: blanks{}}
	walk := store.Walk{
		Key: "walk", Starts: []store.Start{{ID: "paper/start", Weight: 1}}, Bare: true, Page: store.Page{Limit: 10},
		Hops: []store.Hop{{Kinds: []literature.RelationKind{literature.Cites}, Direction: store.Outgoing}},
	}
	var reason any
	func() {
		defer func() { reason = recover() }()
		_, err := v.Walk(&failing{Context: t.Context()}, store.WalkQuery{Walks: []store.Walk{walk}, Blends: []store.Blend{{Key: "blend", Parts: []store.Part{{Walk: "walk", Weight: 1}}, Page: store.Page{Limit: 10}}}})
		t.Errorf("no panic, but %v", err)
	}()
	if reason != "broken" {
		t.Errorf("recovered %v", reason)
	}
}

package neo4j

import (
	"fmt"
	"testing"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// TestPortions: every blend is made once, beside all walks that it is made of, and every other walk is answered once.
func TestPortions(t *testing.T) {
	hops := []store.Hop{{Direction: store.Both}}
	for _, blends := range []int{0, 1, blendsAtOnce, blendsAtOnce + 1, 3 * blendsAtOnce} {
		q := store.WalkQuery{Walks: []store.Walk{{Key: "alone", Hops: hops}, {Key: "shared", Hops: hops, Bare: true}}}
		for i := range blends {
			own := literature.ID(fmt.Sprint("walk", i))
			q.Walks = append(q.Walks, store.Walk{Key: own, Hops: hops, Bare: true})
			q.Blends = append(q.Blends, store.Blend{Key: literature.ID(fmt.Sprint("blend", i)), Parts: []store.Part{{Walk: own, Weight: 1}}, Without: []literature.ID{"shared"}})
		}
		answers := make(map[literature.ID]int)
		for _, some := range portions(q) {
			if err := some.Check(); err != nil || len(some.Blends) > blendsAtOnce {
				t.Fatalf("%d blends: one portion has %d: %v", blends, len(some.Blends), err)
			}
			blended := some.Blended()
			for _, w := range some.Walks {
				if !blended[w.Key] {
					answers[w.Key]++
				}
			}
			for _, b := range some.Blends {
				answers[b.Key]++
			}
		}
		want := blends + 1
		if blends == 0 {
			want++ // no blend uses the shared one
		}
		if len(answers) != want {
			t.Errorf("%d answers to %d blends, want %d", len(answers), blends, want)
		}
		for key, n := range answers {
			if n != 1 {
				t.Errorf("%d blends: %s is answered %d times", blends, key, n)
			}
		}
	}
}

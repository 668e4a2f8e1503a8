package sqlite

import (
	"fmt"
	"testing"
)

// What is used stays, what is not goes, and never is more remembered than is allowed.
func TestListings(t *testing.T) {
	const length = 88
	l := listings{tokens: generations[string, []listing]{most: 20 * (length + tokenCost)}}
	list := func(i int) []listing { return []listing{length - 1: {paper: uint32(i)}} }
	l.put("used", list(1000))
	for i := range 100 {
		l.put(fmt.Sprint(i), list(i))
		if _, ok := l.get("used"); !ok {
			t.Fatalf("what is used went after %d others", i)
		}
		if got, ok := l.get(fmt.Sprint(i)); !ok || got[length-1].paper != uint32(i) {
			t.Fatalf("of %d there is %v, %t", i, got, ok)
		}
		held := 0
		for _, generation := range []map[string]weighed[[]listing]{l.tokens.young, l.tokens.old} {
			for _, kept := range generation {
				held += len(kept.value) + tokenCost
			}
		}
		if held > l.tokens.most {
			t.Fatalf("%d are held after %d, at most %d are allowed", held, i, l.tokens.most)
		}
	}
	if _, ok := l.get("0"); ok {
		t.Error("what nobody used is still there")
	}
	l.put("too long", make([]listing, l.tokens.most))
	if _, ok := l.get("too long"); ok {
		t.Error("a list longer than all that may be kept was kept")
	}
}

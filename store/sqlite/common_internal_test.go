package sqlite

import (
	"fmt"
	"testing"
)

func TestCommonTerms(t *testing.T) {
	many := newSet(2 * commonTerm)
	for n := range uint32(commonTerm) {
		many.add(n)
	}
	var c commonTerms
	c.put("rare", newSet(64), newSet(64))
	for i := range maxCommonTerms {
		c.put(fmt.Sprint(i), newSet(64), many)
	}
	c.get("0")
	c.put("one more", many, many)
	for key, want := range map[string]bool{"rare": false, "0": true, "1": false, "2": true, "one more": true} {
		if _, _, ok := c.get(key); ok != want {
			t.Errorf("%s: %v", key, ok)
		}
	}
	// What is handed out belongs to the caller.
	_, anywhere, _ := c.get("0")
	anywhere.without(many)
	if _, again, _ := c.get("0"); again.size() != commonTerm {
		t.Errorf("%d of %d are left", again.size(), commonTerm)
	}
}

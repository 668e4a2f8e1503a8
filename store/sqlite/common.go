package sqlite

import (
	"slices"
	"sync"
)

// Terms that at least commonTerm entities hold are remembered as long as the graph stays as it is, the last maxCommonTerms of them: to read their
// lists takes most of the time of a search, and everybody types the same few beginnings. A set takes a bit for each entity.
const (
	commonTerm     = 4096
	maxCommonTerms = 64
)

// commonTerms are the sets of common terms, see termSets.
type commonTerms struct {
	mu    sync.Mutex
	terms []commonSets // the one used last comes last
}

type commonSets struct {
	key             string
	names, anywhere set
}

// get gives copies, which the caller may change.
func (c *commonTerms) get(key string) (names, anywhere set, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.IndexFunc(c.terms, func(t commonSets) bool { return t.key == key })
	if i < 0 {
		return nil, nil, false
	}
	found := c.terms[i]
	c.terms = append(slices.Delete(c.terms, i, i+1), found)
	return slices.Clone(found.names), slices.Clone(found.anywhere), true
}

// put keeps copies of the sets of a term, if it is common.
func (c *commonTerms) put(key string, names, anywhere set) {
	if anywhere.size() < commonTerm {
		return
	}
	kept := commonSets{key, slices.Clone(names), slices.Clone(anywhere)}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.terms = slices.DeleteFunc(c.terms, func(t commonSets) bool { return t.key == key })
	if len(c.terms) == maxCommonTerms {
		c.terms = slices.Delete(c.terms, 0, 1)
	}
	c.terms = append(c.terms, kept)
}

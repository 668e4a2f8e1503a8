package sqlite

import (
	"sync"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// stored is a record with the version that changed it last.
type stored struct {
	record  literature.Record
	version store.Version
}

// cacheBytes bounds what cached records take, roughly: a decoded record is counted as three times its row.
const cacheBytes = 32 << 20

// cache keeps decoded records, which nobody may change.
type cache struct {
	mu      sync.Mutex
	version store.Version // up to which changes have been taken out
	records generations[literature.ID, stored]
}

func newCache() *cache {
	return &cache{records: generations[literature.ID, stored]{most: cacheBytes}}
}

// get finds what a record was in the state of version at.
func (c *cache) get(id literature.ID, at store.Version) (stored, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	found, ok := c.records.get(id)
	// What was taken in has not changed up to c.version, so it is right for all versions from its own on.
	if !ok || found.version > at {
		return stored{}, false
	}
	return found, true
}

// put takes in a record read in the state of version at, unless later changes may have overtaken it.
func (c *cache) put(id literature.ID, s stored, at store.Version, size int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if at == c.version {
		c.records.put(id, s, 3*size)
	}
}

// forget takes out what a change touched, before its state is published.
func (c *cache) forget(version store.Version, ids ...[]literature.ID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.version = version
	for _, list := range ids {
		for _, id := range list {
			c.records.forget(id)
		}
	}
}

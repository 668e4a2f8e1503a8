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

// cache keeps decoded records, which nobody may change. It holds two generations: what is used moves to the young one, and when that is full the
// old one is dropped.
type cache struct {
	mu         sync.Mutex
	version    store.Version // up to which changes have been taken out
	young, old map[literature.ID]cached
	size       int // of the young generation
}

type cached struct {
	stored
	size int
}

func newCache() *cache {
	return &cache{young: make(map[literature.ID]cached), old: make(map[literature.ID]cached)}
}

// get finds what a record was in the state of version at.
func (c *cache) get(id literature.ID, at store.Version) (stored, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	found, ok := c.young[id]
	if !ok {
		if found, ok = c.old[id]; !ok {
			return stored{}, false
		}
		c.keep(id, found)
	}
	// What was taken in has not changed up to c.version, so it is right for all versions from its own on.
	return found.stored, found.version <= at
}

// put takes in a record read in the state of version at, unless later changes may have overtaken it.
func (c *cache) put(id literature.ID, s stored, at store.Version, size int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if at == c.version {
		c.keep(id, cached{s, 3 * size})
	}
}

func (c *cache) keep(id literature.ID, entry cached) {
	if _, ok := c.young[id]; !ok {
		c.size += entry.size
	}
	c.young[id] = entry
	if c.size > cacheBytes/2 {
		c.old, c.young, c.size = c.young, make(map[literature.ID]cached), 0
	}
}

// forget takes out what a change touched, before its state is published.
func (c *cache) forget(version store.Version, ids ...[]literature.ID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.version = version
	for _, list := range ids {
		for _, id := range list {
			delete(c.old, id)
			if entry, ok := c.young[id]; ok {
				c.size -= entry.size
				delete(c.young, id)
			}
		}
	}
}

package sqlite

import (
	"strings"
	"sync"
)

// listing is one paper that holds a token: how often, and how many tokens its names and search text have.
type listing struct{ paper, count, length uint32 }

const (
	// maxListings bounds what is remembered of tokens, 12 bytes each.
	maxListings = 2 << 20
	// tokenCost is how many listings a token takes the room of by itself.
	tokenCost = 12
)

// listings remember, as long as the graph stays as it is, which papers hold the tokens asked for last, in id order: to read and measure those of a dozen tokens takes longer than to
// follow a million relations. They hold two generations: what is used moves to the young one, and when that is full the old one is dropped.
type listings struct {
	most       int // in both generations
	mu         sync.Mutex
	young, old map[string][]listing
	size       int // of the young generation
}

func (l *listings) get(token string) ([]listing, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	found, ok := l.young[token]
	if !ok {
		if found, ok = l.old[token]; ok {
			l.keep(token, found)
		}
	}
	return found, ok
}

// put keeps a list, which nobody may change.
func (l *listings) put(token string, list []listing) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.keep(strings.Clone(token), list) // it may be cut out of a long text
}

func (l *listings) keep(token string, list []listing) {
	cost := len(list) + tokenCost
	if cost > l.most/2 {
		return
	}
	if _, ok := l.young[token]; !ok {
		l.size += cost
	}
	if l.young == nil || l.size > l.most/2 {
		l.old, l.young, l.size = l.young, make(map[string][]listing), cost
	}
	l.young[token] = list
}

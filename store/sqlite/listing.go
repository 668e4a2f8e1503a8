package sqlite

import "sync"

// listing is one paper that holds a token: how often, and how many tokens its names and search text have.
type listing struct{ paper, count, length uint32 }

// maxListings bounds what is remembered of tokens, 12 bytes each.
const maxListings = 2 << 20

// listings remember, as long as the graph stays as it is, which papers hold the tokens asked for last, in id order: to read and measure those of a dozen tokens takes longer than to
// follow a million relations. They hold two generations: what is used moves to the young one, and when that is full the old one is dropped.
type listings struct {
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
	l.keep(token, list)
}

func (l *listings) keep(token string, list []listing) {
	if _, ok := l.young[token]; !ok {
		l.size += len(list) + 1 // tokens that nobody holds take room too
	}
	if l.young == nil || l.size > maxListings/2 {
		l.old, l.young, l.size = l.young, make(map[string][]listing), len(list)+1
	}
	l.young[token] = list
}

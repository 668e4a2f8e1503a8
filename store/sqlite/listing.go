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
// follow a million relations.
type listings struct {
	mu     sync.Mutex
	tokens generations[string, []listing]
}

func (l *listings) get(token string) ([]listing, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.tokens.get(token)
}

// put keeps a list, which nobody may change.
func (l *listings) put(token string, list []listing) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tokens.put(strings.Clone(token), list, len(list)+tokenCost) // it may be cut out of a long text
}

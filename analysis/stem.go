package analysis

import (
	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
)

// maxLexicon bounds the words a lexicon remembers; a full one starts anew. Words are so unevenly spread
// that the few thousand last seen answer nearly every look-up.
const maxLexicon = 1 << 14

// lexicon makes each distinct word one string and stems it once.
type lexicon struct {
	entries map[string]entry
	env     *snowballstem.Env
}

type entry struct{ surface, stem string }

func newLexicon() lexicon {
	return lexicon{entries: map[string]entry{}, env: snowballstem.NewEnv("")}
}

// lookup answers the word's string and its stem.
func (l *lexicon) lookup(word []byte) entry {
	if e, ok := l.entries[string(word)]; ok {
		return e
	}
	if len(l.entries) >= maxLexicon {
		clear(l.entries)
	}
	surface := string(word)
	e := entry{surface, surface}
	if isLatin(word) {
		l.env.SetCurrent(surface)
		english.Stem(l.env)
		if stem := l.env.Current(); stem != surface {
			e.stem = stem
		}
	}
	l.entries[surface] = e
	return e
}

// isLatin tells whether the word is made of a to z only, which is all the English stemmer knows about.
func isLatin(word []byte) bool {
	for _, b := range word {
		if b < 'a' || b > 'z' {
			return false
		}
	}
	return true
}

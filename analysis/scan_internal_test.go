package analysis

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

// The short way for ASCII must find what the long way finds.
func TestASCIIAgreesWithUAX29(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		chunk := rapid.StringOfN(rapid.SampledFrom([]rune(`aZs09sb'._-:;,/"*+`+"\x7f")), 1, 12, -1).Draw(t, "chunk")
		s := newScanner()
		short := s.scanASCII(nil, chunk, 7)
		s.fold(chunk, 7)
		if long := s.scanFolded(nil); !slices.Equal(short, long) {
			t.Fatalf("%q\nshort %+v\n long %+v", chunk, short, long)
		}
	})
}

func TestFoldIsStable(t *testing.T) {
	s := newScanner()
	fold := func(text string) string {
		s.fold(text, 0)
		return string(s.folded)
	}
	for r := range unicode.MaxRune {
		if r > 0x323AF && r < 0xE0000 || r > 0xE01FF { // nothing is assigned there
			continue
		}
		once := fold(string(r))
		if twice := fold(once); twice != once {
			t.Errorf("%U: %q, then %q", r, once, twice)
		}
		if other := unicode.SimpleFold(r); other != r && fold(string(other)) != once && !unicode.IsMark(r) && !unicode.IsMark(other) {
			t.Errorf("%U and %U differ in case only, but fold to %q and %q", r, other, once, fold(string(other)))
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.OneOf(rapid.Rune(), rapid.SampledFrom([]rune("aÉıσ鍵かﾞ゙한\u0301\u034F\u0345\u1161"))), 0, 8, -1).Draw(t, "text")
		once := fold(text)
		if twice := fold(once); twice != once {
			t.Fatalf("%q: %q, then %q", text, once, twice)
		}
	})
}

// Nothing a lexicon remembers may change an answer, and it may not grow without bound.
func TestLexiconForgets(t *testing.T) {
	l := newLexicon()
	want := l.lookup([]byte("stores"))
	for i := range maxLexicon * 2 {
		l.lookup([]byte(strings.Repeat("x", i%7) + string(rune('a'+i%26)) + string(rune(0x4E00+i))))
	}
	if n := len(l.entries); n > maxLexicon {
		t.Errorf("%d entries", n)
	}
	if got := l.lookup([]byte("stores")); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestHanFoldTable(t *testing.T) {
	if len(hanFold()) < 3000 {
		t.Fatalf("only %d pairs", len(hanFold()))
	}
	for from, to := range hanFold() {
		if !unicode.Is(unicode.Han, from) || !unicode.Is(unicode.Han, to) || simplified(to) != to {
			t.Errorf("%c → %c", from, to)
		}
	}
}

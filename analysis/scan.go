package analysis

import (
	"sort"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/segment"
	"golang.org/x/text/unicode/norm"
)

// scanner holds the buffers of one analysis.
type scanner struct {
	folder
	lexicon
	iter   norm.Iter
	tokens []Token

	folded  []byte   // the chunk being read, folded
	origins []origin // where its pieces came from

	segments   [][]byte // scratch of the segmenter
	types      []int
	boundaries []int // where UAX #29 breaks folded
}

// origin says that the folded bytes from at on stem from the original text at source.
type origin struct{ at, source int }

func newScanner() *scanner {
	return &scanner{lexicon: newLexicon()}
}

// scan appends the tokens of text. It reads chunk by chunk, parted by ASCII white space and controls, where
// every rule breaks: most chunks are then plain ASCII, which needs neither folding tables nor the segmenter.
func (s *scanner) scan(tokens []Token, text string) []Token {
	for i := 0; i < len(text); {
		if text[i] <= ' ' {
			i++
			continue
		}
		start, ascii := i, true
		for ; i < len(text) && text[i] > ' '; i++ {
			ascii = ascii && text[i] < utf8.RuneSelf
		}
		if ascii {
			tokens = s.scanASCII(tokens, text[start:i], start)
		} else {
			s.fold(text[start:i], start)
			tokens = s.scanFolded(tokens)
		}
	}
	return tokens
}

// fold fills folded and origins from a chunk that begins at base.
func (s *scanner) fold(chunk string, base int) {
	s.folded, s.origins, s.accented = s.folded[:0], s.origins[:0], false
	for s.iter.InitString(norm.NFKC, chunk); !s.iter.Done(); {
		at, source := len(s.folded), base+s.iter.Pos()
		s.folded = s.appendFolded(s.folded, s.iter.Next())
		s.origins = append(s.origins, origin{min(at, len(s.folded)), source})
	}
	s.origins = append(s.origins, origin{len(s.folded), base + len(chunk)})
}

// source answers which bytes of the original text the folded bytes from start to end stand for.
func (s *scanner) source(start, end int) (int, int) {
	after := func(at int) int { return sort.Search(len(s.origins), func(i int) bool { return s.origins[i].at > at }) }
	from := s.origins[after(start)-1].source
	i := sort.Search(len(s.origins), func(i int) bool { return s.origins[i].at >= end })
	// Pieces that stem from one character (㍿) share a source: the end is the next one's beginning.
	for s.origins[i].source <= s.origins[after(end-1)-1].source && i < len(s.origins)-1 {
		i++
	}
	return from, s.origins[i].source
}

// class is the sort of token a character belongs to.
type class uint8

const (
	none       class = iota // parts tokens
	word                    // letters and digits of scripts that write words
	ideograph               // Han, Kana, Hangul, Bopomofo
	attachment              // marks: belong to what is before them
)

func classOf(r rune) class {
	switch {
	case r < utf8.RuneSelf:
		if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z' {
			return word
		}
		return none
	case isUnifiedHan(r):
		return ideograph
	case unicode.IsMark(r):
		return attachment
	case !unicode.IsLetter(r) && !unicode.IsNumber(r):
		return none
	case r == 'ー', unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo):
		return ideograph
	}
	return word
}

// clusters counts the characters, marks not counted, of an ideographic token; 0 means that it is a word.
func clusters(surface string) int {
	n := 0
	for _, r := range surface {
		if classOf(r) == ideograph {
			n++
		}
	}
	return n
}

// scanFolded appends the tokens of s.folded.
func (s *scanner) scanFolded(tokens []Token) []Token {
	s.segment()
	text := s.folded
	prevEnd, prevClass := -1, none
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		c := classOf(r)
		if c == none || c == attachment { // a mark that nothing carries
			i += size
			continue
		}
		start := i
		for i += size; i < len(text); i += size {
			r, size = utf8.DecodeRune(text[i:])
			if next := classOf(r); next != attachment && (next != c || c == word && s.breaksAt(i)) {
				break
			}
		}
		joined := prevEnd >= 0 && s.joins(prevEnd, start, prevClass == c)
		switch {
		case c == ideograph:
			tokens = s.appendRun(tokens, start, i, joined)
		case prevClass == word && isPossessive(text, prevEnd, start, i):
			_, tokens[len(tokens)-1].End = s.source(start, i)
		default:
			tokens = s.appendWord(tokens, start, i, joined)
		}
		prevEnd, prevClass = i, c
	}
	return tokens
}

// segment finds the UAX #29 boundaries of s.folded.
func (s *scanner) segment() {
	// The segmenter cannot fail on a whole text; if it stopped early, fewer parts would be Joined.
	s.segments, s.types, _, _ = segment.SegmentWordsDirect(s.folded, s.segments[:0], s.types[:0])
	s.boundaries = s.boundaries[:0]
	at := 0
	for _, part := range s.segments {
		s.boundaries = append(s.boundaries, at)
		at += len(part)
	}
	s.boundaries = append(s.boundaries, at)
}

func (s *scanner) breaksAt(i int) bool {
	at := sort.SearchInts(s.boundaries, i)
	return at < len(s.boundaries) && s.boundaries[at] == i
}

// joins tells whether tokens that end and start there are of one phrase, given whether they are of one class.
func (s *scanner) joins(end, start int, alike bool) bool {
	switch string(s.folded[end:start]) {
	case "":
		return alike
	case "-", "‐", "–":
		return true
	}
	at := sort.SearchInts(s.boundaries, end)
	return at < len(s.boundaries) && s.boundaries[at] > start
}

// isPossessive tells whether text[start:end] is the s of an English genitive whose word ends at prevEnd.
func isPossessive(text []byte, prevEnd, start, end int) bool {
	if string(text[start:end]) != "s" {
		return false
	}
	gap := string(text[prevEnd:start])
	return gap == "'" || gap == "’"
}

// appendWord appends the token of a folded word.
func (s *scanner) appendWord(tokens []Token, start, end int, joined bool) []Token {
	from, to := s.source(start, end)
	return append(tokens, s.token(s.folded[start:end], from, to, joined))
}

// token makes the token of a folded word that stems from the given bytes of the original.
func (s *scanner) token(word []byte, start, end int, joined bool) Token {
	e := s.lookup(word[:tokenEnd(word)])
	return Token{Surface: e.surface, Stem: e.stem, Start: start, End: end, Joined: joined}
}

// appendRun appends one token per character of an ideographic run: the pairs, and the last character alone.
// Pairs hardly repeat within a text, so they are parts of one string and not looked up.
func (s *scanner) appendRun(tokens []Token, start, end int, joined bool) []Token {
	run := string(s.folded[start:end])
	for first := 0; first < len(run); {
		second := first + clusterLen(run[first:])
		last := second + clusterLen(run[second:])
		surface := run[first:last]
		surface = surface[:tokenEnd(surface)]
		from, to := s.source(start+first, start+last)
		tokens = append(tokens, Token{
			Surface: surface, Stem: surface, Start: from, End: to,
			Joined: joined || first > 0, Tail: first > 0 && second == last,
		})
		first = second
	}
	return tokens
}

// clusterLen is the length of the first character of text, its marks included.
func clusterLen(text string) int {
	for i, r := range text {
		if i > 0 && classOf(r) != attachment {
			return i
		}
	}
	return len(text)
}

// tokenEnd is where a token is cut.
func tokenEnd[T string | []byte](token T) int {
	if len(token) <= MaxTokenBytes {
		return len(token)
	}
	end := MaxTokenBytes
	for !utf8.RuneStart(token[end]) {
		end--
	}
	return end
}

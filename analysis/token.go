package analysis

import "sync"

// MaxTokenBytes bounds a token; longer ones are cut at a character. Lucene would split a word of 256 characters.
const MaxTokenBytes = 128

// Token is one word, or one character pair of an ideographic run, of a text. Its position is its index.
type Token struct {
	Surface string // folded form: letters, marks and digits
	Stem    string // English stem of a Latin word, else the surface
	Start   int    // byte offsets of the text it stands for, in the original
	End     int
	Joined  bool // one phrase with the token before it: hyphen, same UAX #29 word, same ideographic run
	Tail    bool // last character of a longer ideographic run, alone; a query leaves it out at its end
}

// Tokens analyses text. The order is that of the text; no tokens is nil. Strings that are not UTF-8
// are read with U+FFFD in place of what is broken.
func Tokens(text string) []Token {
	s := scanners.Get().(*scanner)
	defer scanners.Put(s)
	return s.scan(nil, text)
}

// scanners keeps buffers and stem caches between calls; what a scanner answers never depends on its history.
var scanners = sync.Pool{New: func() any { return newScanner() }}

// Separator stands between two values of one field. It is no letter, mark or digit, so no text yields it, and
// both engines' tokenizers keep it as a token of its own.
const Separator = "¶"

// Field is the analysed values of one field: surfaces and stems of equal length, index by index.
type Field struct {
	Surfaces []string
	Stems    []string
}

// Document is all fields that one entity is searched in.
type Document []Field

// NewField analyses the values of a field in their order. Values without tokens leave no trace.
func NewField(values ...string) Field {
	s := scanners.Get().(*scanner)
	defer scanners.Put(s)

	var f Field
	for _, value := range values {
		s.tokens = s.scan(s.tokens[:0], value)
		if len(s.tokens) == 0 {
			continue
		}
		if f.Surfaces == nil {
			f.Surfaces = make([]string, 0, len(s.tokens))
			f.Stems = make([]string, 0, len(s.tokens))
		} else {
			f.Surfaces = append(f.Surfaces, Separator)
			f.Stems = append(f.Stems, Separator)
		}
		for _, token := range s.tokens {
			f.Surfaces = append(f.Surfaces, token.Surface)
			f.Stems = append(f.Stems, token.Stem)
		}
	}
	return f
}

// Len is the number of tokens, separators not counted.
func (f Field) Len() int {
	n := 0
	for _, surface := range f.Surfaces {
		if surface != Separator {
			n++
		}
	}
	return n
}

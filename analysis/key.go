package analysis

import (
	"encoding/hex"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// NormalizeText is what every text becomes when it is written: NFKC, valid UTF-8, without control characters
// except line feed and tab (a carriage return before a line feed goes, any other line end becomes one), and
// without white space at its ends.
func NormalizeText(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r' || r == '\v' || r == '\f' || r == '\u0085' || r == '\u2028' || r == '\u2029':
			return '\n'
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, text)
	return strings.TrimSpace(norm.NFKC.String(text))
}

// NameKey is equal for names that differ only in case, width, accents, Traditional or Simplified characters,
// and in punctuation or white space between words. Symbols stay, so C++ is not C. A name of nothing
// but punctuation keeps it; only blank text has the key "".
func NameKey(name string) string {
	s := scanners.Get().(*scanner)
	defer scanners.Put(s)

	s.fold(name, 0)
	folded := string(s.folded)
	words := strings.FieldsFunc(folded, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsPunct(r) || unicode.IsControl(r) || r == '\u200B'
	})
	if len(words) == 0 {
		words = strings.Fields(folded)
	}
	return strings.Join(words, " ")
}

// sortKeyBytes is how much of a collation key counts: 64 bytes of hex.
const sortKeyBytes = 32

// SortKey orders texts as a reader of any language expects when compared byte by byte: it is the lower-case
// hex of the first 32 bytes of the collation key in the root locale, 64 bytes at most. Letters count before
// accents, accents before case. Texts that differ only behind those bytes have equal keys: add a tie-break.
func SortKey(text string) string {
	s := sorters.Get().(*sorter)
	defer sorters.Put(s)

	s.buffer.Reset()
	key := s.collator.KeyFromString(&s.buffer, NormalizeText(text))
	return hex.EncodeToString(key[:min(len(key), sortKeyBytes)])
}

// sorter is one collator with its buffer; collators are not safe for concurrent use.
type sorter struct {
	collator *collate.Collator
	buffer   collate.Buffer
}

var sorters = sync.Pool{New: func() any { return &sorter{collator: collate.New(language.Und)} }}

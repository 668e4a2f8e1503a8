package analysis

import (
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// folder folds text piece by piece, a piece being one character with its marks as norm.Iter cuts it. What
// was folded once stays as it is when folded again.
type folder struct {
	accented             bool // marks on the last letter are accents: they do not count
	decomposed, stripped []byte
}

// appendFolded folds one NFKC piece and appends it to dst. An invisible character parts pieces that belong together,
// therefore accented outlives a piece and the end of dst may compose with what is appended.
func (f *folder) appendFolded(dst, piece []byte) []byte {
	if len(piece) == 1 && piece[0] < utf8.RuneSelf {
		f.accented = true
		return append(dst, lower(piece[0]))
	}
	if r, size := utf8.DecodeRune(piece); size == len(piece) && isUnifiedHan(r) {
		f.accented = false
		return utf8.AppendRune(dst, simplified(r))
	}

	f.stripped = f.stripped[:0]
	for rest := f.decompose(piece); len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		rest = rest[size:]
		switch {
		case isInvisible(r), f.accented && unicode.Is(unicode.Mn, r):
			continue
		case !unicode.IsMark(r):
			f.accented = !unicode.IsLetter(r) || unicode.In(r, unicode.Latin, unicode.Greek)
		}
		r = foldCase(r)
		if letters, ok := undivided[r]; ok {
			f.stripped, f.accented = append(f.stripped, letters...), true
		} else {
			f.stripped = utf8.AppendRune(f.stripped, simplified(r))
		}
	}
	if norm.NFC.FirstBoundary(f.stripped) == 0 && norm.NFC.IsNormal(f.stripped) {
		return append(dst, f.stripped...) // norm.Append would do the same, but allocates
	}
	return norm.NFC.Append(dst, f.stripped...)
}

// decompose takes a piece apart, for only then its marks are seen. A Hangul syllable may stay whole.
func (f *folder) decompose(piece []byte) []byte {
	if first := norm.NFKD.Properties(piece); first.Size() == len(piece) {
		if parts := first.Decomposition(); parts != nil {
			return parts
		}
		return piece
	}
	f.decomposed = norm.NFKD.Append(f.decomposed[:0], piece...)
	return f.decomposed
}

// foldCase answers the same lower-case character for all that differ in case only, final sigma included.
// (cases.Fold would do it, but it swaps the two cases of Cherokee, so that folding twice is not folding once.)
func foldCase(r rune) rune { return unicode.ToLower(unicode.ToUpper(r)) }

// undivided lists letters with a stroke or joined from two, which Unicode does not decompose, and the
// apostrophe that is a letter.
var undivided = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ħ': "h", 'ŧ': "t",
	'ʼ': "'",
}

// isInvisible tells the characters that change how text looks and not what it says: soft hyphens, joiners,
// variation selectors, directions, enclosing marks, and the iota below, a mark whose capital is a letter.
// The zero width space stays; it parts words.
func isInvisible(r rune) bool {
	if r < 0xAD || r == '\u200B' {
		return false
	}
	return r == '\u0345' || unicode.In(r, unicode.Cf, unicode.Me, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

func lower(b byte) byte {
	if 'A' <= b && b <= 'Z' {
		return b + 'a' - 'A'
	}
	return b
}

func isUnifiedHan(r rune) bool { return 0x3400 <= r && r <= 0x9FFF && (r < 0x4DC0 || r >= 0x4E00) }

// simplified folds a traditional Chinese character to its (first) simplified form. What is told apart only by
// the simplified reader's context, or only by the traditional one's, falls together.
func simplified(r rune) rune {
	if r < 0x3400 {
		return r
	}
	if to, ok := hanFold()[r]; ok {
		return to
	}
	return r
}

// hanFold is hanPairs as a map, made at first use and never changed.
var hanFold = sync.OnceValue(func() map[rune]rune {
	table := make(map[rune]rune, len(hanPairs)/6)
	var from rune
	for _, r := range hanPairs {
		if from == 0 {
			from = r
		} else {
			table[from], from = r, 0
		}
	}
	return table
})

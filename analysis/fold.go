package analysis

import (
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// folder folds text piece by piece, a piece being one character with its marks as norm.Iter cuts it.
// Folding twice is folding once.
type folder struct {
	fold       cases.Caser
	decomposed []byte
	stripped   []byte
	cased      []byte
}

func newFolder() folder {
	return folder{fold: cases.Fold(), cased: make([]byte, 0, 256)}
}

// append folds one NFKC piece and appends it to dst.
func (f *folder) append(dst, piece []byte) []byte {
	if len(piece) == 1 && piece[0] < utf8.RuneSelf {
		return append(dst, lower(piece[0]))
	}
	if r, size := utf8.DecodeRune(piece); size == len(piece) && isUnifiedHan(r) {
		return utf8.AppendRune(dst, simplified(r))
	}

	// Marks are seen only when taken apart, and case is folded after they are gone (İ would keep its dot).
	f.decomposed = norm.NFKD.Append(f.decomposed[:0], piece...)
	f.stripped = f.stripped[:0]
	accented := false
	for rest := f.decomposed; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		rest = rest[size:]
		switch {
		case isInvisible(r), accented && unicode.Is(unicode.Mn, r):
			continue
		case !unicode.IsMark(r):
			accented = unicode.In(r, unicode.Latin, unicode.Greek)
		}
		f.stripped = utf8.AppendRune(f.stripped, r)
	}

	f.cased = f.caseFold(f.cased[:0], f.stripped)
	f.stripped = f.stripped[:0]
	for rest := f.cased; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		rest = rest[size:]
		if letters, ok := undivided[r]; ok {
			f.stripped = append(f.stripped, letters...)
		} else {
			f.stripped = utf8.AppendRune(f.stripped, simplified(r))
		}
	}
	f.decomposed = norm.NFC.Append(f.decomposed[:0], f.stripped...)
	return append(dst, f.decomposed...)
}

// caseFold appends the full case folding of src. No character folds to more than three times its length.
func (f *folder) caseFold(dst, src []byte) []byte {
	if need := 3 * len(src); cap(dst) < need {
		dst = make([]byte, 0, need)
	}
	n, _, _ := f.fold.Transform(dst[:cap(dst)], src, true)
	return dst[:n]
}

// undivided lists letters that carry a stroke or a ligature Unicode does not decompose, and the
// apostrophe that is a letter.
var undivided = map[rune]string{
	'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ħ': "h", 'ı': "i", 'ŧ': "t",
	'ʼ': "'",
}

// isInvisible tells the characters that change how text looks and not what it says: soft hyphens, joiners,
// variation selectors, directions, enclosing marks. The zero width space stays; it parts words.
func isInvisible(r rune) bool {
	if r < 0xAD || r == '\u200B' {
		return false
	}
	return unicode.In(r, unicode.Cf, unicode.Me, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
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

package analysis

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Limits of a query, so that its cost is bounded before an engine sees it.
const (
	MaxQueryBytes = 1000
	MaxQueryTerms = 32
)

// Errors of Parse, wrapped with the figures.
var (
	ErrQueryTooLong = errors.New("query too long")
	ErrTooManyTerms = errors.New("too many search terms")
)

// Kind says what a term's tokens are compared with.
type Kind uint8

// The kinds of terms.
const (
	Word   Kind = iota // one token: a stem that occurs anywhere
	Phrase             // one token or more: surfaces that stand side by side in one value
	Prefix             // the same, but the last token is only the beginning of a surface
)

// String names the kind.
func (k Kind) String() string {
	switch k {
	case Word:
		return "WORD"
	case Phrase:
		return "PHRASE"
	case Prefix:
		return "PREFIX"
	}
	return fmt.Sprintf("Kind(%d)", uint8(k))
}

// Term is one condition of a query. Tokens is never empty, holds stems if Kind is Word, else surfaces, and
// never holds a Separator.
type Term struct {
	Negated bool
	Kind    Kind
	Tokens  []string
}

// Query is what a text asks for: every term must hold. It is plain data; terms keep the order of the text
// and none occurs twice.
type Query struct {
	Terms []Term
}

// Empty tells that the text held nothing to search for; an empty query matches nothing.
func (q Query) Empty() bool { return len(q.Terms) == 0 }

// OnlyNegative tells that all terms are negated (and there is one): it matches whatever lacks them.
func (q Query) OnlyNegative() bool {
	return !q.Empty() && !slices.ContainsFunc(q.Terms, func(t Term) bool { return !t.Negated })
}

// Parse reads the query language:
//
//	word       a text must hold the word in any inflected form; one ideographic character is a Prefix
//	key-value  parts joined by a hyphen, or within one UAX #29 word, are a Phrase, as is a run of ideographs
//	"a b"      a Phrase; curly quotes do the same; a lone ideographic character at its end makes it a Prefix
//	ab*        a Prefix, the star right after the word and at the end or before white space
//	-x         the word, phrase or prefix x must not occur; everything up to white space or a quote is one x
//
// The hyphen counts only at the start or after white space, and right before a quote, letter or digit; so --a
// is the word a. A quote without a partner and every other character mean nothing: they part words. There are
// no operators; AND, OR and NOT are words. Conditions without any token (`""`, `-!`) are left out.
//
// An error says which limit was passed: MaxQueryBytes of text or MaxQueryTerms terms.
func Parse(text string) (Query, error) { return parse(text, (*parser).parse) }

// ParsePrefix reads what somebody is still typing: words as in Parse, the last of which may be only begun. A
// quote or a hyphen means nothing yet, so there are no phrases and nothing is negated. The limits are those of Parse.
func ParsePrefix(text string) (Query, error) {
	return parse(text, func(p *parser, text string) { p.terms(Tokens(text), false, true) })
}

func parse(text string, read func(*parser, string)) (Query, error) {
	if len(text) > MaxQueryBytes {
		return Query{}, fmt.Errorf("%w: %d bytes, the limit is %d", ErrQueryTooLong, len(text), MaxQueryBytes)
	}
	var p parser
	read(&p, norm.NFKC.String(strings.ToValidUTF8(text, "\uFFFD")))
	if n := len(p.query.Terms); n > MaxQueryTerms {
		return Query{}, fmt.Errorf("%w: %d, the limit is %d", ErrTooManyTerms, n, MaxQueryTerms)
	}
	return p.query, nil
}

type parser struct{ query Query }

func (p *parser) parse(text string) {
	for {
		text = strings.TrimLeftFunc(text, unicode.IsSpace)
		if text == "" {
			return
		}
		negated := false
		if rest, ok := strings.CutPrefix(text, "-"); ok && beginsOperand(rest) {
			text, negated = rest, true
		}
		if quoted, rest, ok := cutQuoted(text); ok {
			p.add(Tokens(quoted), negated, true, false)
			text = rest
			// What follows the closing quote without white space begins anew, and no hyphen there negates.
			for strings.HasPrefix(text, "-") {
				text = text[1:]
			}
			continue
		}
		end := operandEnd(text)
		p.words(text[:end], negated)
		text = text[end:]
	}
}

// words adds the terms of a piece without white space or quotes. A negated piece is one condition: -XDP/eBPF
// shall not exclude all that holds one of the two.
func (p *parser) words(piece string, negated bool) {
	tokens := Tokens(piece)
	if len(tokens) == 0 {
		return
	}
	bare := strings.TrimRight(piece, "*")
	p.terms(tokens, negated, len(bare) < len(piece) && tokens[len(tokens)-1].End == len(bare))
}

// terms adds the terms of tokens: those joined are one, all are if negated. The last is a Prefix if starred.
func (p *parser) terms(tokens []Token, negated, starred bool) {
	start := 0
	for i := 1; i <= len(tokens); i++ {
		if last := i == len(tokens); last || !tokens[i].Joined && !negated {
			p.add(tokens[start:i], negated, false, last && starred)
			start = i
		}
	}
}

// add turns side by side tokens into a term, unless the query has it already.
func (p *parser) add(tokens []Token, negated, quoted, starred bool) {
	if len(tokens) == 0 {
		return
	}
	last := tokens[len(tokens)-1]
	if last.Tail {
		tokens = tokens[:len(tokens)-1] // the pair before it holds the same character
		last = tokens[len(tokens)-1]
	}
	// An ideographic pair needs no star: whatever begins with it holds it as a token.
	ideographs := clusters(last.Surface)
	term := Term{Negated: negated, Kind: Phrase}
	switch {
	case ideographs == 1 || starred && ideographs == 0:
		term.Kind = Prefix
	case len(tokens) == 1 && !quoted:
		term.Kind, term.Tokens = Word, []string{last.Stem}
	}
	if term.Kind != Word {
		for _, token := range tokens {
			term.Tokens = append(term.Tokens, token.Surface)
		}
	}
	if !slices.ContainsFunc(p.query.Terms, term.equal) {
		p.query.Terms = append(p.query.Terms, term)
	}
}

func (t Term) equal(u Term) bool {
	return t.Negated == u.Negated && t.Kind == u.Kind && slices.Equal(t.Tokens, u.Tokens)
}

const quotes = "\"“”„‟"

// beginsOperand tells whether text begins with something that can be negated.
func beginsOperand(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	if strings.ContainsRune(quotes, r) {
		_, _, ok := cutQuoted(text)
		return ok
	}
	return classOf(r) != none
}

// cutQuoted splits text that begins with a quote that has a partner.
func cutQuoted(text string) (quoted, rest string, ok bool) {
	r, size := utf8.DecodeRuneInString(text)
	if !strings.ContainsRune(quotes, r) {
		return "", text, false
	}
	inner := text[size:]
	end := strings.IndexAny(inner, quotes)
	if end < 0 {
		return "", text, false
	}
	_, size = utf8.DecodeRuneInString(inner[end:])
	return inner[:end], inner[end+size:], true
}

// operandEnd is where the next white space or paired quote begins.
func operandEnd(text string) int {
	for i, r := range text {
		if unicode.IsSpace(r) {
			return i
		}
		if i > 0 && strings.ContainsRune(quotes, r) {
			if _, _, ok := cutQuoted(text[i:]); ok {
				return i
			}
		}
	}
	return len(text)
}

package analysis_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/papergraph/papergraph/analysis"
)

// texts draws texts of many scripts, full of what is special somewhere.
func texts() *rapid.Generator[string] {
	special := []rune("aZ09é \t\n'’\"“”-‐*_.,:;/\\()[]{}^~+|&!?@#¶\x00 λΣςß鍵键値𠀀㜢かﾞ゙カー한하ㄅไ\u0301\u0345\u034F\u200B\u200D\uFE0F\U000E0100½㍿ﷺ🚀İŉǅ")
	words := []string{"network", "networks", "user's", "eBPF", "XRP", "key-value", "io_uring", "3.14", "鍵值存儲", "Høiland", "AND", "NEAR(", " "}
	return rapid.OneOf(
		rapid.StringOfN(rapid.OneOf(rapid.SampledFrom(special), rapid.Rune()), 0, 30, -1),
		rapid.Map(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(words), rapid.Map(rapid.SampledFrom(special), func(r rune) string { return string(r) })), 0, 20),
			func(parts []string) string { return strings.Join(parts, "") }),
		rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 40), func(b []byte) string { return string(b) }),
	)
}

func isIdeographic(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return r == 'ー' || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo)
	})
}

// checkTokens holds what the package promises of the tokens of any text.
func checkTokens(t rapid.TB, text string) {
	t.Helper()
	tokens := analysis.Tokens(text)
	var words []string
	start := 0
	for i, token := range tokens {
		if token.Surface == "" || token.Stem == "" || len(token.Surface) > analysis.MaxTokenBytes || !utf8.ValidString(token.Surface) {
			t.Fatalf("%q: token %+v", text, token)
		}
		for _, r := range token.Surface + token.Stem {
			if !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsNumber(r) {
				t.Fatalf("%q: %U in token %+v", text, r, token)
			}
		}
		if r, _ := utf8.DecodeRuneInString(token.Surface); unicode.IsMark(r) {
			t.Fatalf("%q: token %+v begins with a mark", text, token)
		}
		if token.Start < start || token.End <= token.Start || token.End > len(text) {
			t.Fatalf("%q: token %+v begins before %d or ends early or behind the text", text, token, start)
		}
		if i == 0 && token.Joined {
			t.Fatalf("%q: the first token is joined", text)
		}
		start = token.Start
		words = append(words, token.Surface)
	}
	if field := analysis.NewField(text); !slices.Equal(field.Surfaces, words) || field.Len() != len(words) {
		t.Fatalf("%q: field %v, tokens %v", text, field.Surfaces, words)
	}

	// Tokens without ideographs, joined by spaces, are the same tokens again.
	if joined := strings.Join(words, " "); !isIdeographic(joined) {
		if again := analysis.NewField(joined).Surfaces; !slices.Equal(again, words) {
			t.Fatalf("%q: %q, then %q", text, words, again)
		}
	}
	// What is written is found like what was given.
	if !strings.ContainsFunc(text, unicode.IsControl) && utf8.ValidString(text) {
		if again := analysis.NewField(analysis.NormalizeText(text)).Surfaces; !slices.Equal(again, words) {
			t.Fatalf("%q: %q, but %q once normalised", text, words, again)
		}
	}
}

// checkQuery holds what Parse promises of any text.
func checkQuery(t rapid.TB, text string) {
	t.Helper()
	q, err := analysis.Parse(text)
	if err != nil {
		if !q.Empty() {
			t.Fatalf("%q: error %v and query %v", text, err, q)
		}
		return
	}
	if q.Empty() && q.OnlyNegative() {
		t.Fatalf("%q: empty and negative", text)
	}
	for _, term := range q.Terms {
		if len(term.Tokens) == 0 || term.Kind > analysis.Prefix || term.Kind == analysis.Word && len(term.Tokens) != 1 {
			t.Fatalf("%q: term %+v", text, term)
		}
		for _, token := range term.Tokens {
			if token == "" || strings.ContainsFunc(token, func(r rune) bool {
				return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsNumber(r)
			}) {
				t.Fatalf("%q: token %q", text, token)
			}
		}
	}
	for _, r := range analysis.Highlight(text, q) {
		if r.Start < 0 || r.Start >= r.End || r.End > len(text) {
			t.Fatalf("%q: range %v", text, r)
		}
	}
}

func TestTokenProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkTokens(t, texts().Draw(t, "text")) })
}

func TestParseProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkQuery(t, texts().Draw(t, "text")) })
}

func TestDocumentMatchesItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := texts().Draw(t, "text")
		document := analysis.NewField("before", text, "after")
		tokens := analysis.Tokens(text)
		for _, token := range tokens {
			if q := mustParse(t, token.Surface); len(q.Terms) != 1 || !q.Matches(document) {
				t.Fatalf("%q: its token %q as %v is not found", text, token.Surface, q)
			}
			first, _ := utf8.DecodeRuneInString(token.Surface)
			if q := mustParse(t, string(first)+"*"); !q.Matches(document) {
				t.Fatalf("%q: the beginning of %q as %v is not found", text, token.Surface, q)
			}
			if q := mustParse(t, "-"+token.Surface); q.Matches(document) {
				t.Fatalf("%q: %v excludes nothing", text, q)
			}
		}
		for _, piece := range strings.Fields(text) {
			if q := mustParse(t, strings.TrimLeft(piece, "-－﹣*\"“”„‟＂")); !q.Empty() && !q.Matches(document) && !q.OnlyNegative() {
				t.Fatalf("%q: its piece %q as %v is not found", text, piece, q)
			}
		}
		quoted := strings.NewReplacer("\"", " ", "“", " ", "”", " ", "„", " ", "‟", " ", "＂", " ").Replace(text)
		q := mustParse(t, `"`+quoted+`"`)
		if q.Empty() != (len(tokens) == 0) || !q.Empty() && !q.Matches(analysis.NewField(quoted)) {
			t.Fatalf("%q: quoted as %v it is not found", text, q)
		}
	})
}

func FuzzTokens(f *testing.F) {
	for _, seed := range []string{"", "User's key-value 3.14", "鍵值存儲λ-IO", "ﷺ½㍿", "a\xff\u0301"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) { checkTokens(t, text) })
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"", `" OR 1=1`, `-"a b" c*`, "NEAR(", "--a", "“鍵” -值*", "a:b^2"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) { checkQuery(t, text) })
}

func FuzzKeys(f *testing.F) {
	for _, seed := range []string{"", "XRP: In-Kernel", "鍵值", "e\u0301\u0301\u0301", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		key := analysis.NameKey(text)
		if again := analysis.NameKey(key); again != key {
			t.Fatalf("%q: %q, then %q", text, key, again)
		}
		normal := analysis.NormalizeText(text)
		if again := analysis.NormalizeText(normal); again != normal || !utf8.ValidString(normal) {
			t.Fatalf("%q: %q, then %q", text, normal, again)
		}
		if sort := analysis.SortKey(text); len(sort) > 64 || sort != analysis.SortKey(normal) {
			t.Fatalf("%q: %q", text, sort)
		}
	})
}

package analysis_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/papergraph/papergraph/analysis"
)

func TestNormalizeText(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"empty", "", ""},
		{"trimmed", " \t\u3000a b\n ", "a b"},
		{"NFKC", "ＡＢ％ e\u0301 ﬁ 가", "AB% é fi 가"},
		{"case and script stay", "Straße 鍵值", "Straße 鍵值"},
		{"controls", "a\x00b\x1bc\x7fd\u0090e", "abcde"},
		{"control at the end", "a \x00", "a"},
		{"lines", "a\r\nb\rc\td\u2028e", "a\nb\nc\td\ne"},
		{"not UTF-8", "a\xffb", "a\uFFFDb"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := analysis.NormalizeText(tt.text); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestNameKey(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", ""},
		{" \n ", ""},
		{"  XRP: In-Kernel   Storage Functions ", "xrp in kernel storage functions"},
		{"xrp－in‐kernel storage functions!", "xrp in kernel storage functions"},
		{"Toke Høiland-Jørgensen", "toke hoiland jorgensen"},
		{"O’Neil, Łukasz", "o neil lukasz"},
		{"鍵值存儲（KV）", "键值存储 kv"},
		{"C++", "c++"},
		{"C", "c"},
		{"λ-IO", "λ io"},
		{"Straße STRASSE", "strasse strasse"},
		{"???", "???"},
		{"a\x00\u200Bb", "a b"},
		{"O´Neil", "o neil"}, // NFKC makes it a space with an accent
		{"🚀 X", "🚀 x"},
	}
	for _, tt := range tests {
		got := analysis.NameKey(tt.text)
		if got != tt.want {
			t.Errorf("NameKey(%q) = %q, want %q", tt.text, got, tt.want)
		}
		if again := analysis.NameKey(got); again != got {
			t.Errorf("NameKey(%q) = %q", got, again)
		}
	}
}

func TestSortKeyOrders(t *testing.T) {
	want := []string{
		"", "-", "3", "5", "a", "A", "á", "a b", "a z", "ab", "b", "eBPF", "Éclair", "electrode", "Łukasz", "xrp", "XRP", "Z", "λ-IO", "йод", "かな", "一",
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortStableFunc(got, func(a, b string) int { return strings.Compare(analysis.SortKey(a), analysis.SortKey(b)) })
	if !slices.Equal(got, want) {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
}

func TestSortKeyForm(t *testing.T) {
	for _, text := range []string{"", "a", "Ａ", strings.Repeat("long title ", 50), strings.Repeat("鍵", 99), "\xff\x00", "\u0301"} {
		key := analysis.SortKey(text)
		if len(key) > 64 || strings.Trim(key, "0123456789abcdef") != "" {
			t.Errorf("%q: %q", text, key)
		}
		if normal := analysis.SortKey(analysis.NormalizeText(text)); normal != key {
			t.Errorf("%q: %q once normalised", text, normal)
		}
	}
	if analysis.SortKey(" Ａ ") != analysis.SortKey("A") {
		t.Error("width and white space at the ends count")
	}
}

// All functions are called at once from many goroutines; the race detector watches.
func TestConcurrentUse(t *testing.T) {
	texts := []string{"Fast key-value stores", "鍵值存儲 λ-IO", "Høiland-Jørgensen's ＸＤＰ"}
	type answer struct{ key, sort, tokens string }
	ask := func(text string) answer {
		return answer{analysis.NameKey(text), analysis.SortKey(text), strings.Join(analysis.NewField(text).Stems, " ")}
	}
	var want []answer
	for _, text := range texts {
		want = append(want, ask(text))
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i := range 300 {
				if got := ask(texts[i%3]); got != want[i%3] {
					t.Errorf("got %v, want %v", got, want[i%3])
				}
			}
		})
	}
	wg.Wait()
}

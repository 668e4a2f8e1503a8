package analysis_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/papergraph/papergraph/analysis"
)

// written writes a query in one line, each term as -KIND[tokens].
func written(q analysis.Query) string {
	var terms []string
	for _, term := range q.Terms {
		sign := ""
		if term.Negated {
			sign = "-"
		}
		terms = append(terms, fmt.Sprintf("%s%v%v", sign, term.Kind, term.Tokens))
	}
	return strings.Join(terms, " ")
}

func TestParse(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"words are stemmed", "Fast networks", "WORD[fast] WORD[network]"},
		{"twice the same", "network networks -network", "WORD[network] -WORD[network]"},
		{"operators are words", "a AND b OR NOT c", "WORD[a] WORD[and] WORD[b] WORD[or] WORD[not] WORD[c]"},
		{"possessive", "user's", "WORD[user]"},

		{"phrase keeps surfaces", `"Fast networks"`, "PHRASE[fast networks]"},
		{"phrase of one", `"networks"`, "PHRASE[networks]"},
		{"curly and wide quotes", "“a b” ＂c d＂", "PHRASE[a b] PHRASE[c d]"},
		{"phrase inside a word", `x"a b"y`, "WORD[x] PHRASE[a b] WORD[y]"},
		{"nothing in quotes", `"" "!" "🚀" a`, "WORD[a]"},
		{"no syntax in quotes", `"-a b*"`, "PHRASE[a b]"},
		{"lone quote", `"`, ""},
		{"quote without partner", `a "b c`, "WORD[a] WORD[b] WORD[c]"},
		{"third quote", `"a b" "c d`, "PHRASE[a b] WORD[c] WORD[d]"},
		{"quote without partner inside", `5" disk`, "WORD[5] WORD[disk]"},

		{"hyphen", "key-values", "PHRASE[key values]"},
		{"parts of a word", "io_uring 3.14 XDP/eBPF", "PHRASE[io uring] PHRASE[3 14] WORD[xdp] WORD[ebpf]"},
		{"Greek", "λ-IO", "PHRASE[λ io]"},

		{"not", "-networks a", "-WORD[network] WORD[a]"},
		{"not a phrase", `-"a b" c`, "-PHRASE[a b] WORD[c]"},
		{"not the parts", "-key-value", "-PHRASE[key value]"},
		{"not all of a piece", "-XDP/eBPF -eBPF程式", "-PHRASE[xdp ebpf] -PHRASE[ebpf 程式]"},
		{"not, then a quote", `-a"b c"`, "-WORD[a] PHRASE[b c]"},
		{"hyphen after a quote", `"a b"-c`, "PHRASE[a b] WORD[c]"},
		{"wide hyphen", "－ａ", "-WORD[a]"},
		{"hyphens that mean nothing", "- -- --a -(a) a- (-b) —c −d", "WORD[a] WORD[b] WORD[c] WORD[d]"},
		{"hyphen before a lone quote", `-"a`, "WORD[a]"},

		{"prefix", "verif* Stores*", "PREFIX[verif] PREFIX[stores]"},
		{"prefix of parts", "key-val* io_ur*", "PREFIX[key val] PREFIX[io ur]"},
		{"prefix of the last word only", "xdp/ebp* xdp*/ebpf", "WORD[xdp] PREFIX[ebp] WORD[ebpf]"},
		{"not a prefix", "-verif* -a/b*", "-PREFIX[verif] -PREFIX[a b]"},
		{"stars", "a** ｂ＊", "PREFIX[a] PREFIX[b]"},
		{"stars that mean nothing", `* ** a*b (c*) 3.* "d e"* *f`, "WORD[a] WORD[b] WORD[c] WORD[3] PHRASE[d e] WORD[f]"},

		{"Han", "鍵值存儲", "PHRASE[键值 值存 存储]"},
		{"two Han", "键值", "WORD[键值]"},
		{"one Han", "鍵 -值", "PREFIX[键] -PREFIX[值]"},
		{"Han with star", "键* 键值* 键值存*", "PREFIX[键] WORD[键值] PHRASE[键值 值存]"},
		{"Han phrase", `"键值 存储" "键"`, "PHRASE[键值 值 存储] PREFIX[键]"},
		{"phrase ending in one Han", `"第 3 章"`, "PREFIX[第 3 章]"},
		{"runs and a hyphen", "键值-存储 x-射", "PHRASE[键值 值 存储] PREFIX[x 射]"},
		{"mixed scripts", "eBPF程式", "WORD[ebpf] WORD[程式]"},
		{"Chinese space", "鍵值\u3000網路", "WORD[键值] WORD[网路]"},
		{"Thai", "ไทย", "PHRASE[ไ ท ย]"},

		{"hostile: always true", `" OR 1=1`, "WORD[or] WORD[1]"},
		{"hostile: NEAR", "NEAR(", "WORD[near]"},
		{"hostile: column", "a:b title:x {stems}:y", "PHRASE[a b] PHRASE[title x] WORD[stem] WORD[y]"},
		{"hostile: anchors", `^a \ \" b^2 c~1`, "WORD[a] WORD[b] WORD[2] WORD[c] WORD[1]"},
		{"hostile: ranges", "[a TO b] /x.*/", "WORD[a] WORD[to] WORD[b] WORD[x]"},
		{"hostile: NUL", "a\x00b \x00", "WORD[a] WORD[b]"},
		{"hostile: separator", "¶ a¶b", "WORD[a] WORD[b]"},
		{"hostile: not UTF-8", "a\xff -\xc3", "WORD[a]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q, err := analysis.Parse(tt.text)
			if err != nil {
				t.Fatal(err)
			}
			if got := written(q); got != tt.want {
				t.Errorf("Parse(%q)\n got %s\nwant %s", tt.text, got, tt.want)
			}
			if q.Empty() != (tt.want == "") {
				t.Errorf("Empty() = %v", q.Empty())
			}
		})
	}
}

func TestParsePrefix(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"nothing", " \t", ""},
		{"marks alone", `-"*!`, ""},
		{"the last word is begun", "fast networks stor", "WORD[fast] WORD[network] PREFIX[stor]"},
		{"a word that may be whole", "networks", "PREFIX[networks]"},
		{"after a space", "networks ", "PREFIX[networks]"},
		{"parts joined by a hyphen", "key-val", "PREFIX[key val]"},
		{"a hyphen at the end", "key-", "PREFIX[key]"},
		{"a colon at the end", "XRP:", "PREFIX[xrp]"},
		{"quotes mean nothing", `"in-kernel stor“ ＂x`, "PHRASE[in kernel] WORD[stor] PREFIX[x]"},
		{"nothing is negated", "--a\t-b －c -d", "WORD[a] WORD[b] WORD[c] PREFIX[d]"},
		{"a star means nothing", "xr*p st*", "WORD[xr] WORD[p] PREFIX[st]"},
		{"Han", "鍵值存", "PHRASE[键值 值存]"},
		{"one character of Han", "鍵", "PREFIX[键]"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := analysis.ParsePrefix(test.text)
			if err != nil || written(got) != test.want {
				t.Errorf("%q is %s, %v; want %s", test.text, written(got), err, test.want)
			}
		})
	}
	if _, err := analysis.ParsePrefix(strings.Repeat("x", analysis.MaxQueryBytes+1)); !errors.Is(err, analysis.ErrQueryTooLong) {
		t.Errorf("a text too long: %v", err)
	}
}

func TestParseIsPlainData(t *testing.T) {
	got, err := analysis.Parse(`networks -"key value" verif*`)
	if err != nil {
		t.Fatal(err)
	}
	want := analysis.Query{Terms: []analysis.Term{
		{Kind: analysis.Word, Tokens: []string{"network"}},
		{Kind: analysis.Phrase, Tokens: []string{"key", "value"}, Negated: true},
		{Kind: analysis.Prefix, Tokens: []string{"verif"}},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestParseLimits(t *testing.T) {
	tests := []struct {
		name, text string
		want       error
	}{
		{"longest", strings.Repeat("a", analysis.MaxQueryBytes), nil},
		{"too long", strings.Repeat("a", analysis.MaxQueryBytes+1), analysis.ErrQueryTooLong},
		{"most terms", numbers(analysis.MaxQueryTerms), nil},
		{"too many terms", numbers(analysis.MaxQueryTerms + 1), analysis.ErrTooManyTerms},
		{"repeated terms count once", strings.Repeat("a ", 100), nil},
		{"a long phrase is one term", `"` + numbers(100) + `"`, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q, err := analysis.Parse(tt.text)
			if !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
			if err != nil && !q.Empty() {
				t.Errorf("an error and the query %v", q)
			}
		})
	}
}

func numbers(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%d ", i)
	}
	return b.String()
}

func TestOnlyNegative(t *testing.T) {
	for text, want := range map[string]bool{"": false, "!": false, "a": false, "-a b": false, "-a": true, `-a -"b c"`: true} {
		q, err := analysis.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if q.OnlyNegative() != want {
			t.Errorf("%q: got %v", text, !want)
		}
	}
}

func TestKindString(t *testing.T) {
	if got := fmt.Sprint(analysis.Word, analysis.Phrase, analysis.Prefix, analysis.Kind(9)); got != "WORD PHRASE PREFIX Kind(9)" {
		t.Error(got)
	}
}

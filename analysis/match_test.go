package analysis_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/papergraph/papergraph/analysis"
)

// mustParse parses a query that has no fault.
func mustParse(t rapid.TB, text string) analysis.Query {
	t.Helper()
	q, err := analysis.Parse(text)
	if err != nil {
		t.Fatalf("Parse(%q): %v", text, err)
	}
	return q
}

func TestMatches(t *testing.T) {
	document := analysis.Document{
		analysis.NewField("λ-IO: A Unified IO Stack for Computational Storage", "XRP", "鍵值存儲系統"),
		analysis.NewField("It verifies the user's programs; 5.12% faster with io_uring than XDP/eBPF."),
		analysis.NewField("Toke Høiland-Jørgensen", "Łukasz 陳"),
	}
	tests := []struct {
		query string
		want  bool
	}{
		{"", false},
		{"!", false},
		{"unify stacks", true}, // stems, in one field
		{"unified verify jorgensen", true},
		{"unified absent", false},
		{"unified -absent", true},
		{"unified -verified", false},
		{"-absent", true},
		{"-absent -stack", false},

		{`"unified io stack"`, true},
		{`"unify io stack"`, false}, // surfaces
		{`"unified stack"`, false},
		{`"storage xrp"`, false}, // two values
		{`"stack it"`, false},    // two fields
		{`"xrp"`, true},
		{`-"unified io"`, false},
		{`-"io unified" xrp`, true},

		{"λ-IO", true},
		{"λ", true},
		{"lambda-io", false}, // for an alias to say
		{"io-uring", true},
		{"io uring", true},
		{"uring-io", false},
		{"5.12", true},
		{"12.5", false},
		{"user", true},
		{"users", true},
		{"xdp-ebpf", true},
		{"hoiland", true},
		{"lukasz", true},
		{"ŁUKASZ", true},

		{"verif*", true},
		{"verifi*", true},
		{"verifier*", false},
		{"comp*", true},
		{"hoiland-jor*", true},
		{"hoiland-xor*", false},

		{"键值存储", true},
		{"鍵值", true},
		{"存储系统", true},
		{"值系", false},
		{"键", true},
		{"储", true},
		{"統", true},
		{"陈", true},
		{"路", false},
		{"-统", false},
		{"键*", true},
		{"键存*", false},
		{`"łukasz 陈"`, true},
	}
	for _, tt := range tests {
		if got := mustParse(t, tt.query).Matches(document...); got != tt.want {
			t.Errorf("%s: got %v", tt.query, got)
		}
	}
	if mustParse(t, "a").Matches() || !mustParse(t, "-a").Matches() {
		t.Error("no fields hold no words")
	}
}

func TestHighlight(t *testing.T) {
	tests := []struct{ text, query, want string }{
		{"Fast Storage for stores", "store", "Fast Storage for [stores]"},
		{"Fast Storage for stores", "-fast stor*", "Fast [Storage] for [stores]"},
		{"a key-value store, a key, a value", "key-value", "a [key-value] store, a key, a value"},
		{"the user’s λ-IO", "users λ", "the [user’s] [λ]-IO"},
		{"鍵值存儲系統", "值存储", "鍵[值存儲]系統"},
		{"鍵值存儲系統 值", "储", "鍵值存[儲系]統 值"}, // the pair it begins
		{"ＸＤＰ and Høiland", "xdp hoiland", "[ＸＤＰ] and [Høiland]"},
		{"one two three", `"one two" "two three"`, "[one two three]"},
		{"nothing", "absent", "nothing"},
		{"nothing", "", "nothing"},
	}
	for _, tt := range tests {
		var b strings.Builder
		at := 0
		for _, r := range analysis.Highlight(tt.text, mustParse(t, tt.query)) {
			b.WriteString(tt.text[at:r.Start] + "[" + tt.text[r.Start:r.End] + "]")
			at = r.End
		}
		if got := b.String() + tt.text[at:]; got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.query, got, tt.want)
		}
	}
}

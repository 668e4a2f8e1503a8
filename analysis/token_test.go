package analysis_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/papergraph/papergraph/analysis"
)

// surfaces writes tokens as one line: surfaces parted by spaces, by + where they are Joined.
func surfaces(text string) string {
	var b strings.Builder
	for i, token := range analysis.Tokens(text) {
		switch {
		case token.Joined:
			b.WriteByte('+')
		case i > 0:
			b.WriteByte(' ')
		}
		b.WriteString(token.Surface)
	}
	return b.String()
}

func TestTokens(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"empty", "", ""},
		{"blank", " \t\n\u3000 ", ""},
		{"words", "In-Kernel Storage Functions with eBPF", "in+kernel storage functions with ebpf"},

		{"possessive", "the user's USER'S user’s users' s", "the user user user users s"},
		{"possessive of a year", "the 1990's", "the 1990"},
		{"possessive, then hyphen", "Moore's-law", "moore+law"},
		{"apostrophe", "don't O’Neil rock'n'roll", "don+t o+neil rock+n+roll"},
		{"apostrophe that is a letter", "O\u02BCNeil's", "o+neil"},
		{"decimal", "3.14 1,000 v5.4 10.1145/3544216", "3+14 1+000 v5+4 10+1145 3544216"},
		{"percent", "5.12%", "5+12"},
		{"underscore", "io_uring __x_y__ a__b", "io+uring x+y a+b"},
		{"dots", "e.g. U.S. node.js end.Start a..b", "e+g u+s node+js end+start a b"},
		{"slash", "XDP/eBPF and/or", "xdp ebpf and or"},
		{"colon", "a:b 1:2 a: b", "a+b 1 2 a b"},
		{"hyphens", "key-value key\u2010value key\u2011value 2010–2014", "key+value key+value key+value 2010+2014"},
		{"no hyphens", "key--value key - value key—value -key value-", "key value key value key value key value"},
		{"symbols", "C++ C# x=y a&b $5 <b>@me</b>", "c c x y a b 5 b me b"},
		{"syntax", `NEAR(a b) ^a "b" {c} [d] ~e a* \f f:g|h`, "near a b a b c d e a f f+g h"},

		{"full width", "ＸＤＰ　５．１２％ ａ－ｂ", "xdp 5+12 a+b"},
		{"ligatures and compatibility", "ﬁle x² ㎏ Ⅷ ½", "file x2 kg viii 1+2"},
		{"one character, many", "㍿", "株式+式会+会社+社"},
		{"case", "ÉCOLE Straße STRASSE ΣΊΣΥΦΟΣ σίσυφος İı", "ecole strasse strasse σισυφοσ σισυφοσ ii"},
		{"accents", "naïve Høiland-Jørgensen Łukasz Gödel Ægir þórr", "naive hoiland+jorgensen lukasz godel aegir thorr"},
		{"accents apart", "cafe\u0301 o\u0308", "cafe o"},
		{"Vietnamese", "Nguyễn Đình", "nguyen dinh"},
		{"Cyrillic keeps its breve", "Ёлка йод и\u0306од", "ёлка йод йод"},
		{"Arabic keeps its marks", "كِتاب", "كِتاب"},
		{"Devanagari keeps its marks", "हिन्दी", "हिन्दी"},
		{"invisible", "key\u00ADvalue zero\u200Dwidth\uFEFF a\u200Bb x\uFE0F", "keyvalue zerowidth a b x"},
		{"marks without a letter", "\u0301 a \u20DD", "a"},

		{"Traditional", "鍵值存儲", "键值+值存+存储+储"},
		{"Simplified", "键值存储", "键值+值存+存储+储"},
		{"variants", "為 爲 臺 台 裏 裡", "为 为 台 台 里 里"},
		{"one Han", "鍵", "键"},
		{"two runs", "鍵值 存儲", "键值+值 存储+储"},
		{"runs and a hyphen", "鍵值-存儲", "键值+值+存储+储"},
		{"Chinese punctuation", "快速、可靠的「網路」", "快速+速 可靠+靠的+的 网路+路"},
		{"numeral zero", "二〇二四", "二〇+〇二+二四+四"},
		{"astral Han", "𠀀𠀁字 𠀀", "𠀀𠀁+𠀁字+字 𠀀"},
		{"astral Traditional", "㜢 𡞱", "𡞱 𡞱"},
		{"compatibility Han and radicals", "\uF900 ⼀", "岂 一"},
		{"variation sequence", "葛\U000E0100城", "葛城+城"},
		{"Hiragana, Katakana", "ひらカタカナ ﾊﾟﾋﾟ サーバー", "ひら+らカ+カタ+タカ+カナ+ナ パピ+ピ サー+ーバ+バー+ー"},
		{"Kana with marks apart", "か\u3099き か゚き", "がき+き か゚き+き"},
		{"Hangul", "커널 한", "커널+널 한"},
		{"Hangul in letters", "\u1112\u1161\u11ab\u1100\u1173\u11af", "한글+글"},
		{"Bopomofo", "ㄅㄆ", "ㄅㄆ+ㄆ"},
		{"script change", "eBPF程式5G網絡", "ebpf 程式+式 5g 网络+络"},
		{"script change with hyphen", "X-射線", "x+射线+线"},
		{"Thai", "ไทย", "ไ+ท+ย"},

		{"Greek", "λ-IO: A Unified IO Stack", "λ+io a unified io stack"},
		{"Greek word", "λόγος µs Ω", "λογοσ μs ω"},
		{"emoji", "fast 🚀 👩‍👩‍👧 1️⃣ ❤️ 🇩🇪 stack™", "fast 1 stacktm"},
		{"controls", "a\x00b\x01c\x7fd", "a b c d"},
		{"not UTF-8", "a\xffb \xe4\xbd", "a b"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := surfaces(tt.text); got != tt.want {
				t.Errorf("Tokens(%q)\n got %s\nwant %s", tt.text, got, tt.want)
			}
		})
	}
}

func TestTokensAreLimited(t *testing.T) {
	for _, letter := range []string{"a", "д", "ᄀ\u0302"} {
		for _, token := range analysis.Tokens("b" + strings.Repeat(letter, 300)) {
			if len(token.Surface) > analysis.MaxTokenBytes || !strings.HasPrefix(token.Surface, "b") && letter == "a" {
				t.Errorf("%q: %d bytes", token.Surface, len(token.Surface))
			}
		}
	}
}

func TestStems(t *testing.T) {
	tests := []struct{ text, want string }{
		{"networks networking Networked network", "network network network network"},
		{"verifying verified verification", "verifi verifi verif"},
		{"storage stores io_uring", "storag store io ure"},
		{"résumés naïveté", "resum naivet"}, // accents go first
		{"h264s x86s", "h264s x86s"},        // not a word of letters
		{"сети 网络 λόγοι", "сети 网络 络 λογοι"},
		{"x-射線 runs", "x 射线 线 run"},
	}
	for _, tt := range tests {
		var got []string
		for _, token := range analysis.Tokens(tt.text) {
			got = append(got, token.Stem)
		}
		if got := strings.Join(got, " "); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.text, got, tt.want)
		}
	}
}

func TestTokenOffsets(t *testing.T) {
	tests := []struct {
		text string
		want []string // what each token stands for
	}{
		{"The User's I/O", []string{"The", "User's", "I", "O"}},
		{"ＸＤＰ５ naïve—cafe\u0301.", []string{"ＸＤＰ５", "naïve", "cafe\u0301"}},
		{"(鍵值存)", []string{"鍵值", "值存", "存"}},
		{"a ㍿b", []string{"a", "㍿", "㍿", "㍿", "㍿", "b"}},
		{"½km", []string{"½", "½km"}}, // 1⁄2km
		{"key\u00ADvalue\uFE0F 𠀀字", []string{"key\u00ADvalue", "𠀀字", "字"}},
		{"다람쥐 ﬁn", []string{"다람", "람쥐", "쥐", "ﬁn"}},
	}
	for _, tt := range tests {
		var got []string
		for _, token := range analysis.Tokens(tt.text) {
			got = append(got, tt.text[token.Start:token.End])
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%q (-want +got)\n%s", tt.text, diff)
		}
	}
}

func TestTail(t *testing.T) {
	var got []bool
	for _, token := range analysis.Tokens("鍵 鍵值 鍵-值 a") {
		got = append(got, token.Tail)
	}
	if want := []bool{false, false, true, false, false, false}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestNewField(t *testing.T) {
	tests := []struct {
		name   string
		values []string
		want   analysis.Field
		length int
	}{
		{"none", nil, analysis.Field{}, 0},
		{"nothing in them", []string{"", "!", "🚀"}, analysis.Field{}, 0},
		{"one", []string{"Fast stores"}, analysis.Field{Surfaces: []string{"fast", "stores"}, Stems: []string{"fast", "store"}}, 2},
		{"several", []string{"Stores", " ", "網路"}, analysis.Field{
			Surfaces: []string{"stores", "¶", "网路", "路"},
			Stems:    []string{"store", "¶", "网路", "路"},
		}, 3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := analysis.NewField(tt.values...)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if got.Len() != tt.length {
				t.Errorf("Len() = %d, want %d", got.Len(), tt.length)
			}
		})
	}
}

package analysis_test

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"github.com/papergraph/papergraph/analysis"
)

var update = flag.Bool("update", false, "write testdata/version.txt anew, after analysis.Version was raised")

// versionFile is what the analyzer of a version makes of some texts, and a digest of what it makes of every character.
const versionFile = "testdata/version.txt"

// Whatever changes what is stored must raise the version, or stores keep an index that no longer fits.
func TestVersion(t *testing.T) {
	number := fmt.Sprintf("version %d\n", analysis.Version)
	got := number + describe()
	stored, err := os.ReadFile(versionFile)
	want := string(stored)
	if *update {
		if got != want && strings.HasPrefix(want, number) {
			t.Fatalf("raise analysis.Version first: the analyzer is not what version %d was", analysis.Version)
		}
		want, err = got, os.WriteFile(versionFile, []byte(got), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the analyzer changed: raise analysis.Version and run this test with -update (-want +got):\n%s", diff)
	}
}

func describe() string {
	var b strings.Builder
	for _, text := range []string{
		"In-Kernel Storage Functions with eBPF", "the user’s USER'S users' O’Neil", "io_uring 3.14 5.12% C++ XDP/eBPF λ-IO", "key-value key\u2010value a\u200Bb",
		"ＸＤＰ ﬁle x² Ⅷ ½", "ÉCOLE Straße İı naïve Høiland-Jørgensen", "键值存储 鍵值儲存 ストレージ 저장소 中 eBPF技術", "Ёлка كِتاب हिन्दी สวัสดี", "!?",
		"caresses ponies ties cats feed agreed plastered motoring conflated troubled sized hopping falling failing filing happy sky relational conditional",
		"vietnamization predication operator feudalism decisiveness hopefulness callousness formaliti sensitiviti sensibiliti triplicate formative formalize",
		"electrical hopeful goodness revival allowance inference airliner adjustable defensible irritant replacement adjustment dependent adoption communism",
		"activate angulariti homologous effective bowdlerize probate rate cease rolling roll generation skis dying news inning proceed exceed succeed",
	} {
		fmt.Fprintf(&b, "\ntext %+q\n", text)
		for _, token := range analysis.Tokens(text) {
			fmt.Fprintf(&b, "%+q %+q joined %t tail %t\n", token.Surface, token.Stem, token.Joined, token.Tail)
		}
		fmt.Fprintf(&b, "name %+q\nsort %s\n", analysis.NameKey(text), analysis.SortKey(text))
	}
	digest := sha256.New()
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !unicode.In(r, unicode.Co, unicode.Cs) && (unicode.IsGraphic(r) || unicode.In(r, unicode.C)) {
			text := string(r)
			fmt.Fprintf(digest, "%q %v %q %s\n", text, analysis.NewField(text+text), analysis.NameKey(text), analysis.SortKey(text))
		}
	}
	fmt.Fprintf(&b, "\nevery character %x\n", digest.Sum(nil))
	return b.String()
}

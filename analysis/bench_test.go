package analysis_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/papergraph/papergraph/analysis"
)

const wordsPerText = 70

// benchTexts makes seeded texts of 70 words each from 30,000 words, spread like those of natural text. Some
// begin with a capital or end in a comma; share tells which part carries an accent or is Chinese.
func benchTexts(n int, share map[string]float64) []string {
	rng := rand.New(rand.NewPCG(1, 2))
	endings := []string{"", "s", "ing", "ed", "ation", "ly", "er", "ness", "ization", "ful"}
	vocabulary := make([]string, 30_000)
	for i := range vocabulary {
		var b strings.Builder
		for range 1 + rng.IntN(3) {
			b.WriteByte("bcdfghklmnprstvw"[rng.IntN(16)])
			b.WriteByte("aeiou"[rng.IntN(5)])
			b.WriteByte("lmnrst"[rng.IntN(6)])
		}
		vocabulary[i] = b.String() + endings[rng.IntN(len(endings))]
	}
	zipf := rand.NewZipf(rng, 1.07, 8, uint64(len(vocabulary)-1))
	texts := make([]string, n)
	for i := range texts {
		var b strings.Builder
		for range wordsPerText {
			word := vocabulary[zipf.Uint64()]
			switch x := rng.Float64(); {
			case x < share["han"]:
				for range 2 {
					b.WriteRune(rune(0x4E00 + rng.IntN(6000)))
				}
				continue // no space: one run
			case x < share["han"]+share["accent"]:
				word = "é" + word + "’s"
			case x > 0.9:
				word = strings.ToUpper(word[:1]) + word[1:]
			case x > 0.8:
				word += ","
			}
			b.WriteString(word + " ")
		}
		texts[i] = b.String()
	}
	return texts
}

func BenchmarkNewField(b *testing.B) {
	for _, bb := range []struct {
		name  string
		share map[string]float64
	}{
		{"english", nil},
		{"accented", map[string]float64{"accent": 0.1}},
		{"chinese", map[string]float64{"han": 1}},
	} {
		b.Run(bb.name, func(b *testing.B) {
			texts := benchTexts(2000, bb.share)
			if got := analysis.NewField(texts[0]).Len(); got < wordsPerText {
				b.Fatalf("%d tokens", got)
			}
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				analysis.NewField(texts[i%len(texts)])
				i++
			}
			b.ReportMetric(float64(b.N*wordsPerText)/b.Elapsed().Seconds()/1e6, "Mwords/s")
		})
	}
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		if q, err := analysis.Parse(`networks "key value" -verif* 鍵值存儲`); err != nil || len(q.Terms) != 4 {
			b.Fatal(q, err)
		}
	}
}

func BenchmarkSortKey(b *testing.B) {
	for b.Loop() {
		if analysis.SortKey("XRP: In-Kernel Storage Functions with eBPF") == "" {
			b.Fatal("empty key")
		}
	}
}

func BenchmarkNameKey(b *testing.B) {
	for b.Loop() {
		if analysis.NameKey("XRP: In-Kernel Storage Functions with eBPF") == "" {
			b.Fatal("empty key")
		}
	}
}

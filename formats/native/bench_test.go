package native_test

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"testing"

	"github.com/papergraph/papergraph/formats/native"
	"github.com/papergraph/papergraph/literature"
)

// dumped is a dump as a large graph has it: ten relations for each paper.
func dumped(papers int) []literature.Record {
	said := []literature.Assertion{{Source: "bench", Origin: literature.Imported, Certainty: literature.CertaintyHigh}}
	var all []literature.Record
	for i := range papers {
		id := literature.NewID(literature.KindPaper, fmt.Sprint("p", i))
		all = append(all, &literature.Paper{Base: literature.Base{ID: id, Labels: []literature.LocalizedText{{Value: "A paper on storage in the kernel", Locale: "en"}}}, Type: literature.Article, PublishedOn: "2022"})
		for j := range 10 {
			target := literature.NewID(literature.KindPaper, fmt.Sprint("p", (i+j+1)%papers))
			all = append(all, &literature.Relation{ID: literature.NewRelationID(literature.Cites, id, target), Kind: literature.Cites, Source: id, Target: target, Assertions: said})
		}
	}
	return all
}

func BenchmarkWrite(b *testing.B) {
	all := dumped(2000)
	for b.Loop() {
		if err := native.Write(io.Discard, slices.Values(all)); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(all)*b.N)/b.Elapsed().Seconds(), "records/s")
}

func BenchmarkRead(b *testing.B) {
	all := dumped(2000)
	var dump bytes.Buffer
	if err := native.Write(&dump, slices.Values(all)); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(dump.Len()))
	for b.Loop() {
		got, problems, err := native.Read("dump.jsonl", bytes.NewReader(dump.Bytes()))
		if err != nil || len(problems) > 0 || len(got) != len(all) {
			b.Fatal(err, problems, len(got))
		}
	}
	b.ReportMetric(float64(len(all)*b.N)/b.Elapsed().Seconds(), "records/s")
}

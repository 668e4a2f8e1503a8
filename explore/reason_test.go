package explore_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/papergraph/papergraph/corpus"
	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/formats/native"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/storetest"
)

// TestReasons asks what is related to XRP in the bundled list, and why.
func TestReasons(t *testing.T) {
	records, problems, err := native.Read(corpus.Name, bytes.NewReader(corpus.YAML))
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	s := storetest.NewReference()
	if _, err := s.Apply(t.Context(), store.Batch{Author: "test", Upsert: records}); err != nil {
		t.Fatal(err)
	}
	xrp, err := s.Records(t.Context(), []literature.ID{"paper/xrp"})
	if err != nil {
		t.Fatal(err)
	}
	q := []explore.RelatedQuery{{Seeds: []*literature.Paper{xrp["paper/xrp"].(*literature.Paper)}, Weights: explore.Discover.Weights(), Page: store.Page{Limit: 4}}}
	pages, err := explore.RelatedPapers(t.Context(), s, q)
	if err != nil {
		t.Fatal(err)
	}
	grounds, err := explore.Grounds(t.Context(), s, q, pages)
	if err != nil {
		t.Fatal(err)
	}
	hant := literature.TraditionalChinese
	var got []string
	for i, item := range pages[0].Items {
		got = append(got, string(item.ID), explore.Reason(item, grounds[0][i], nil), explore.Reason(item, grounds[0][i], &hant))
	}
	want := []string{
		"paper/bmc",
		"Is cited by 2 papers that share references; shares 2 topics (key-value stores, storage); is co-cited by 2 papers (Electrode, Programmable System Call Security with eBPF).",
		"被 2 篇有共同參考文獻的論文引用；有 2 個共同主題（鍵值存儲、存儲）；被 2 篇論文同時引用（Electrode、利用 eBPF 進行可編程的系統調用安全）。",
		"paper/spright",
		"Is cited by 1 paper that shares references; shares 1 system (eBPF); uses similar words.",
		"被 1 篇有共同參考文獻的論文引用；有 1 個共同系統（eBPF）；用詞相近。",
		"paper/extfuse",
		"Is cited by 1 paper that shares references; is cited by XRP; shares 1 system (eBPF).",
		"被 1 篇有共同參考文獻的論文引用；被 XRP 引用；有 1 個共同系統（eBPF）。",
		"paper/electrode",
		"Has 4 references in common; cites XRP; shares 1 system (eBPF).",
		"有 4 篇共同參考文獻；引用 XRP；有 1 個共同系統（eBPF）。",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestReasonByCitations: a paper may cite some seeds and be cited by others, and more are counted than named.
func TestReasonByCitations(t *testing.T) {
	paper := func(slug string) *literature.Paper {
		return &literature.Paper{Base: namedBase(literature.KindPaper, slug)}
	}
	p, a, b, c := paper("p"), paper("A"), paper("B"), paper("C")
	r := explore.Related{Signals: []explore.SignalValue{{Signal: explore.DirectCitation, Raw: 9, Contribution: 1}}}
	g := explore.Grounded{Paper: p, Grounds: map[explore.Signal]explore.Ground{explore.DirectCitation: {
		Count: 4, Via: []literature.Entity{a, b, c},
		Relations: []*literature.Relation{joined(literature.Cites, a.ID, p.ID), joined(literature.Cites, p.ID, b.ID), joined(literature.Cites, p.ID, c.ID), joined(literature.Cites, c.ID, p.ID)},
	}}}
	if got, want := explore.Reason(r, g, nil), "Is cited by A, C; cites B, C, …."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

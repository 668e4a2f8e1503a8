package corpus_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/papergraph/papergraph/literature"
)

// The wanted answers in this file were worked out by hand from the reading list.

func TestCounts(t *testing.T) {
	g := load(t)
	got := make(map[string]int)
	for _, record := range g.records {
		switch record := record.(type) {
		case *literature.Paper:
			if record.IsStub {
				got["stubs"]++
			} else {
				got["papers"]++
			}
		case literature.Entity:
			got[record.Kind().Prefix()]++
		case *literature.Result:
			got["results"]++
		}
	}
	want := map[string]int{
		"papers": 16, "stubs": 14, "author": 102, "organization": 34, "venue": 40, "topic": 45, "system": 69,
		"artifact": 28, "workload": 6, "collection": 1, "results": 37,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestPapersPerYear(t *testing.T) {
	got := make(map[int]int)
	for _, p := range load(t).papers() {
		got[*p.Year()]++
	}
	if diff := cmp.Diff(map[int]int{2019: 1, 2020: 2, 2021: 2, 2022: 3, 2023: 7, 2024: 1}, got); diff != "" {
		t.Error(diff)
	}
}

func TestTopics(t *testing.T) {
	g := load(t)
	got, finer := make(map[string][]string), make(map[string]int)
	for _, record := range g.records {
		topic, ok := record.(*literature.Topic)
		if !ok {
			continue
		}
		for _, locale := range []literature.Locale{literature.English, literature.TraditionalChinese} {
			if text, _ := literature.LocalizeWithLocale(topic.Labels, locale); text.Locale != locale {
				t.Errorf("%s has no label in %s", topic.ID, locale)
			}
		}
		switch broader := g.targets(topic.ID, literature.Broader); len(broader) {
		case 0:
			got[topic.Slug()] = g.sources(topic.ID, literature.About)
		case 1:
			finer[broader[0]]++
		default:
			t.Errorf("%s is below %v", topic.ID, broader)
		}
	}
	want := map[string][]string{
		"storage":      {"bmc", "extfuse", "lambda-io", "xrp"},
		"networking":   {"bmc", "deepflow", "ebpf-sketching", "electrode", "flow-ids", "hxdp", "spright"},
		"security":     {"cross-container-ebpf", "ebpf-vs-wasm", "femto-containers", "flow-ids", "seccomp-ebpf"},
		"verification": {"femto-containers", "jitterbug", "kgent"},
		"hardware":     {"femto-containers", "hxdp", "lambda-io"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string]int{"storage": 9, "networking": 10, "security": 13, "verification": 6, "hardware": 2}, finer); diff != "" {
		t.Error(diff)
	}
	keyValueStores := g.entity(t, "topic/key-value-stores")
	chinese := literature.TraditionalChinese
	if label := keyValueStores.Label(&chinese); label != "鍵值存儲" {
		t.Errorf("key-value stores are called %s", label)
	}
	if diff := cmp.Diff([]string{"bmc", "xrp"}, g.sources("topic/key-value-stores", literature.About)); diff != "" {
		t.Error(diff)
	}
}

func TestReferences(t *testing.T) {
	g := load(t)
	var inside, outside int
	for _, p := range g.papers() {
		for _, slug := range g.targets(p.ID, literature.Cites) {
			if g.paper(t, slug).IsStub {
				outside++
			} else {
				inside++
			}
		}
	}
	if inside != 10 || outside != 21 {
		t.Errorf("%d references inside the list and %d out of it, want 10 and 21", inside, outside)
	}
	for slug, want := range map[string][]string{
		"bmc": {"electrode", "seccomp-ebpf", "xrp"}, "extfuse": {"deepflow", "xrp"}, "xrp": {"electrode", "seccomp-ebpf"},
		"hxdp": {"xrp"}, "jitterbug": {"seccomp-ebpf"}, "spright": {"electrode"}, "lambda-io": nil,
		"xdp-conext18": {"ebpf-vs-wasm", "electrode", "hxdp", "seccomp-ebpf", "xrp"},
	} {
		if diff := cmp.Diff(want, g.sources(literature.NewID(literature.KindPaper, slug), literature.Cites)); diff != "" {
			t.Errorf("%s is cited by: %s", slug, diff)
		}
	}
}

func TestCoverageOfReferences(t *testing.T) {
	g := load(t)
	type coverage struct {
		State    literature.CoverageState
		Expected int // -1: nobody counted
		Known    int
	}
	got := make(map[string]coverage)
	for _, p := range g.papers() {
		c := coverage{State: p.References.State, Expected: -1, Known: len(g.targets(p.ID, literature.Cites))}
		if p.References.Expected != nil {
			c.Expected = *p.References.Expected
		}
		if p.References.Note == "" {
			t.Errorf("%s does not say why its references are %s", p.ID, c.State)
		}
		got[p.Slug()] = c
	}
	const unknown, partial = literature.CoverageUnknown, literature.CoveragePartial
	want := map[string]coverage{
		"xrp": {partial, -1, 8}, "electrode": {partial, -1, 7}, "seccomp-ebpf": {partial, -1, 8}, "deepflow": {partial, -1, 4},
		"hxdp": {partial, 54, 1}, "flow-ids": {partial, 8, 1},
		"jitterbug": {unknown, -1, 0}, "bmc": {unknown, -1, 0}, "spright": {unknown, -1, 0}, "lambda-io": {unknown, -1, 0},
		"ebpf-sketching": {unknown, -1, 0}, "cross-container-ebpf": {unknown, -1, 0}, "ebpf-vs-wasm": {unknown, -1, 1},
		"femto-containers": {unknown, -1, 0}, "kgent": {unknown, -1, 1}, "extfuse": {unknown, -1, 0},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestVersionsAndPredecessors(t *testing.T) {
	g := load(t)
	type edge struct {
		kind           literature.RelationKind
		source, target literature.ID
	}
	var got []edge
	for _, record := range g.records {
		if r, ok := record.(*literature.Relation); ok && (r.Kind == literature.VersionOf || r.Kind == literature.Extends) {
			got = append(got, edge{r.Kind, r.Source, r.Target})
		}
	}
	want := []edge{
		{literature.Extends, "paper/electrode", "paper/bmc"},
		{literature.Extends, "paper/extfuse", "system/fuse"},
		{literature.Extends, "paper/seccomp-ebpf", "paper/revisiting-ebpf-seccomp-filters"},
		{literature.Extends, "paper/seccomp-ebpf", "system/seccomp"},
		{literature.Extends, "paper/xrp", "paper/bpf-for-storage"},
		{literature.VersionOf, "paper/femto-containers-devops", "paper/femto-containers"},
		{literature.VersionOf, "paper/hxdp-cacm", "paper/hxdp"},
		{literature.Extends, "paper/spright-ton", "paper/spright"},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(edge{})); diff != "" {
		t.Error(diff)
	}
	for slug, arXiv := range map[string]string{"kgent": "2312.05531", "hxdp": "2010.14145", "femto-containers": "2210.03432", "femto-containers-devops": "2106.12553"} {
		if got := g.paper(t, slug).Identifier(literature.ArXiv); got != arXiv {
			t.Errorf("%s is arXiv %s, want %s", slug, got, arXiv)
		}
	}
	electrode := g.outgoing["paper/electrode"]
	builds := electrode[slices.IndexFunc(electrode, func(r *literature.Relation) bool { return r.Kind == literature.Extends })]
	if builds.Note(nil) == nil {
		t.Error("nothing says how Electrode builds on BMC")
	}
}

func TestCorrectedVenue(t *testing.T) {
	g := load(t)
	sketching := g.paper(t, "ebpf-sketching")
	if diff := cmp.Diff([]string{"sigcomm-ccr"}, g.targets(sketching.ID, literature.PublishedIn)); diff != "" {
		t.Error(diff)
	}
	journal := g.entity(t, "venue/sigcomm-ccr").(*literature.Venue)
	if journal.Type != literature.Journal || sketching.Volume != "53" || sketching.Issue != "1" {
		t.Errorf("%s %s(%s) in a %s", sketching.ID, sketching.Volume, sketching.Issue, journal.Type)
	}
	if note := sketching.Note(nil); note == nil || !strings.Contains(*note, "SIGCOMM 23") {
		t.Error("nothing says that the label of the list was wrong")
	}
	arXiv := g.entity(t, "venue/arxiv").(*literature.Venue)
	if got := g.sources(arXiv.ID, literature.PublishedIn); arXiv.Type != literature.PreprintServer || !slices.Equal(got, []string{"flow-ids", "seccomp-ebpf"}) {
		t.Errorf("%s of type %s holds %v", arXiv.ID, arXiv.Type, got)
	}
}

// TestWhatBelongsToAnother checks what every paper, edition and entity hangs on.
func TestWhatBelongsToAnother(t *testing.T) {
	g := load(t)
	named := make(map[literature.ID]bool)
	for _, record := range g.records {
		switch r := record.(type) {
		case *literature.Relation:
			named[r.Source], named[r.Target] = true, true
			for _, id := range r.Organizations {
				named[id] = true
			}
		case *literature.Venue:
			if series := g.targets(r.ID, literature.Broader); len(series) != 1 && r.Type == literature.Edition {
				t.Errorf("%s is an edition of %v", r.ID, series)
			}
		}
	}
	for id, record := range g.byID {
		if _, ok := record.(literature.Entity); ok && !named[id] {
			t.Errorf("nothing leads to %s or from it", id)
		}
	}
	for _, p := range g.papers() {
		for kind, want := range map[literature.RelationKind]int{literature.PublishedIn: 1, literature.InCollection: 1} {
			if got := len(g.targets(p.ID, kind)); got != want {
				t.Errorf("%s has %d %s, want %d", p.ID, got, kind, want)
			}
		}
		for _, locale := range []literature.Locale{literature.English, literature.TraditionalChinese} {
			if text, _ := literature.LocalizeWithLocale(p.Summaries, locale); text.Locale != locale {
				t.Errorf("%s has no summary in %s", p.ID, locale)
			}
		}
	}
}

func TestNamesUnderWhichPapersAreFound(t *testing.T) {
	g := load(t)
	for slug, names := range map[string][]string{"kgent": {"KEN", "Kgent"}, "lambda-io": {"λ-IO", "lambda-IO"}, "xrp": {"XRP"}, "extfuse": {"ExtFUSE"}} {
		for _, name := range names {
			if !slices.Contains(g.paper(t, slug).Aliases, name) {
				t.Errorf("%s is not found as %s", slug, name)
			}
		}
	}
}

// TestNamesUnderWhichEditionsAreFound checks that an edition is found by its whole year too.
func TestNamesUnderWhichEditionsAreFound(t *testing.T) {
	for _, record := range load(t).records {
		v, ok := record.(*literature.Venue)
		if !ok || v.Type != literature.Edition {
			continue
		}
		series, _, _ := strings.Cut(v.Label(nil), " '")
		if name := fmt.Sprint(series, " ", *v.Year); !slices.Contains(v.Aliases, name) {
			t.Errorf("%s is not found as %s", v.ID, name)
		}
	}
}

func TestKindsOfResult(t *testing.T) {
	g := load(t)
	got := make(map[literature.ResultKind]int)
	for _, record := range g.records {
		r, ok := record.(*literature.Result)
		if !ok {
			continue
		}
		got[r.Kind]++
		if (r.Kind == literature.QualitativeResult) != (r.Value == nil) {
			t.Errorf("%s is %s with the value %v", r.ID, r.Kind, r.Value)
		}
		if evidence := r.Assertion().Evidence; len(evidence) == 0 || !strings.HasPrefix(evidence[0].Locator, "line ") {
			t.Errorf("%s does not name its line of the list", r.ID)
		}
	}
	want := map[literature.ResultKind]int{literature.Motivation: 1, literature.QualitativeResult: 11, literature.Count: 8, literature.Measurement: 17}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if kind := g.byID["result/xrp-stack-overhead"].(*literature.Result).Kind; kind != literature.Motivation {
		t.Errorf("the cost of the Linux stack is a %s of XRP", kind)
	}
}

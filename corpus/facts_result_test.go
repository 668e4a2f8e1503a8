package corpus_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/papergraph/papergraph/literature"
)

// renamed gives the slugs of the systems that the list calls otherwise than the fact sheet.
var renamed = map[string][]string{
	"BMC code structure": {"bmc"},
	"Speculative Paxos code base (specpaxos, Viewstamped Replication)":   {"specpaxos"},
	"Multi-Paxos (standard Linux stack)":                                 {"multi-paxos"},
	"NVMe driver (Linux)":                                                {"nvme-driver"},
	"Linux BPF JITs (arm32, arm64, RV64, x86-32, x86-64 + the new RV32)": {"linux-bpf-jits"},
	"OpenSSD (Daisy/DaisyPlus)":                                          {"openssd"},
	"FUSE (unmodified)":                                                  {"fuse"},
	"Memcached (vanilla)":                                                {"memcached"},
	"Memcached-SR (SO_REUSEPORT)":                                        {"memcached-sr"},
	"Katran (workload)":                                                  {"katran"},
	"XDP on an x86 CPU core":                                             {"xdp"},
	"naive eBPF implementation of NitroSketch":                           {"nitrosketch"},
	"NitroSketch in eBPF (optimised)":                                    {"nitrosketch"},
	"eBPF socket messages (SK_MSG)":                                      {"sk-msg"},
	"gRPC (Kubernetes pod)":                                              {"grpc"},
	"large language models (GPT-4)":                                      {"gpt-4"},
	"LLM-only program synthesis baseline (GPT-4)":                        {"gpt-4"},
	"crun/Podman":                                                        {"crun", "podman"},
	"eBPF tracing":                                                       {"ebpf"},
	"five online Jupyter/interactive shell services":                     {"online-shells"},
	"Kubernetes services of three cloud vendors (Alibaba named)":         {"cloud-kubernetes"},
	"a new eBPF permission model":                                        {"ebpf-permission-model"},
	"flow-based eBPF IDS (decision tree)":                                {"flow-ids"},
	"flow-based eBPF IDS":                                                {"flow-ids"},
	"the same IDS as a user-space program":                               {"flow-ids-user-space"},
}

// roles says by which relation the list tells each role of the fact sheet, and whether a note has to tell the two apart.
var roles = map[string]struct {
	kind literature.RelationKind
	note bool
}{
	"introduces": {literature.Introduces, false}, "variants": {literature.Introduces, true}, "proposes": {literature.Introduces, true},
	"uses": {literature.Uses, false}, "accelerates": {literature.Uses, true}, "verifies": {literature.Uses, true}, "attacks": {literature.Uses, true},
	"extends":       {literature.Extends, false},
	"compares_with": {literature.ComparesWith, false}, "contrasts": {literature.ComparesWith, true}, "compares": {literature.ComparesWith, true},
}

// systems finds the systems that the fact sheet means by a name.
func (g graph) systems(name string) []string {
	if slugs, ok := renamed[name]; ok {
		return slugs
	}
	for _, record := range g.records {
		if s, ok := record.(*literature.System); ok && (s.Label(nil) == name || slices.Contains(s.Aliases, name)) {
			return []string{s.Slug()}
		}
	}
	return []string{"unknown: " + name}
}

func TestSystemsAgreeWithTheFacts(t *testing.T) {
	f, g := readFacts(t), load(t)
	for _, p := range f.Papers {
		want, got := make(map[string]bool), make(map[string]bool)
		for role, names := range p.Systems {
			if role == "note" {
				continue
			}
			for _, name := range names.([]any) {
				for _, slug := range g.systems(name.(string)) {
					want[fmt.Sprint(roles[role].kind, " ", slug)] = true
					id := literature.NewRelationID(roles[role].kind, literature.NewID(literature.KindPaper, p.Key), literature.NewID(literature.KindSystem, slug))
					if r, ok := g.byID[id].(*literature.Relation); ok && roles[role].note && r.Note(nil) == nil {
						t.Errorf("%s: nothing tells that it %s %s", p.Key, role, slug)
					}
				}
			}
		}
		for _, r := range g.outgoing[literature.NewID(literature.KindPaper, p.Key)] {
			if r.Target.EntityKind() == literature.KindSystem {
				got[fmt.Sprint(r.Kind, " ", r.Target.Slug())] = true
			}
		}
		same(t, p.Key, want, got)
	}
}

// told is what list and fact sheet both say of a result.
type told struct {
	Kind      literature.ResultKind
	Direction literature.ResultDirection
	Qualifier literature.Qualifier
	Metric    string
	Value     string
	Unit      string
	System    string
	Workload  bool
	Baseline  bool
	Line      string
	Order     int
}

func TestResultsAgreeWithTheFacts(t *testing.T) {
	f, g := readFacts(t), load(t)
	for _, p := range f.Papers {
		want, got := make(map[string]told), make(map[string]told)
		for i, r := range p.Results {
			system := ""
			if r.System != "" && r.System != "eBPF attacks" { // no system but what was done with one
				system = g.systems(r.System)[0]
			}
			want[r.ID] = told{
				Kind: kindByRule(r), Direction: directionByRule(r), Qualifier: qualifierByRule(r), Metric: r.Metric, Value: number(r.Value),
				Unit:   strings.TrimSuffix(strings.TrimSuffix(r.Unit, " lower"), " less"),                                      // the direction says it
				System: system, Workload: r.Workload != "", Baseline: r.Baseline != "" && !strings.HasPrefix(r.Baseline, "no"), // "not given", "none"
				Line: fmt.Sprintf("line %d", r.Line), Order: i + 1,
			}
		}
		for _, r := range g.results[literature.NewID(literature.KindPaper, p.Key)] {
			got[r.ID.Slug()] = told{
				Kind: r.Kind, Direction: r.Direction, Qualifier: r.Qualifier, Metric: r.Metric, Value: number(r.Value), Unit: r.Unit,
				System: r.System.Slug(), Workload: r.Workload != "", Baseline: r.Baseline != "",
				Line: r.Assertion().Evidence[0].Locator, Order: r.Order,
			}
			if r.Workload != "" && !slices.Contains(g.targets(r.Paper, literature.EvaluatedOn), r.Workload.Slug()) {
				t.Errorf("%s was measured on %s, and its paper does not say so", r.ID, r.Workload)
			}
		}
		same(t, p.Key, want, got)
	}
}

func number(value *float64) string {
	if value == nil {
		return "none"
	}
	return fmt.Sprint(*value)
}

func kindByRule(r factsOfResult) literature.ResultKind {
	switch {
	case r.Kind == "motivation":
		return literature.Motivation
	case r.Value == nil:
		return literature.QualitativeResult
	case r.Direction == "count":
		return literature.Count
	}
	return literature.Measurement
}

func directionByRule(r factsOfResult) literature.ResultDirection {
	return map[string]literature.ResultDirection{
		"count": literature.NoDirection, "none": literature.NoDirection, "improve": literature.Improvement,
		"increase": literature.Increase, "decrease": literature.Decrease,
	}[r.Direction]
}

func qualifierByRule(r factsOfResult) literature.Qualifier {
	switch r.Qualifier {
	case "exact":
		return literature.Exactly
	case "approx":
		return literature.Approximately
	}
	return literature.Qualifier(strings.ToUpper(r.Qualifier))
}

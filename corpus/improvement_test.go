package corpus_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/papergraph/papergraph/literature"
)

// TestImprovements works out by hand how many times better every result of the list is, and compares that, to three decimals, with the rule; what the list states must be the same.
// "" is a result that implies no improvement: it counts something, says it in words, has no baseline, or is a motivation.
func TestImprovements(t *testing.T) {
	want := map[string]string{
		"bmc-vs-memcached": "18.000", "bmc-vs-memcached-sr": "6.000", "bmc-nontarget": "",
		"xc-services": "", "xc-vendors": "",
		"deepflow-anomalies": "", "deepflow-companies": "", "deepflow-developers": "", "deepflow-mttr": "", "deepflow-instrumentation": "", "deepflow-overhead": "",
		"sketch-perf":          "1.400", // 40 % more: 1 + 0.4
		"electrode-throughput": "2.284", // 128.4 % more: 1 + 1.284
		"electrode-latency":    "1.715", // 41.7 % less: 1 ÷ 0.583
		"extfuse-loc":          "", "extfuse-fs-count": "", "extfuse-perf": "", "femto-tradeoff": "",
		"ids-perf":   "1.200", // over 20 % more: 1 + 0.2
		"hxdp-clock": "", "hxdp-fpga": "",
		"hxdp-latency":    "10.000", // a tenth
		"hxdp-throughput": "1.000",  // parity
		"jitterbug-bugs":  "", "jitterbug-jits": "", "jitterbug-new-jit": "",
		"kgent-accuracy": "", "kgent-factor": "2.670",
		"lambda-io-perf":         "5.120",
		"seccomp-attack-surface": "2.242", // 55.4 % less: 1 ÷ 0.446
		"seccomp-vulns":          "",
		"spright-cpu":            "10.000", // a tenth
		"spright-dataplane":      "1.000",  // parity
		"spright-order":          "10.000", // an order of magnitude better
		"spright-coldstart":      "",
		"xrp-stack-overhead":     "", // a motivation
		"xrp-kv-improvement":     "",
	}
	if len(want) != 37 {
		t.Errorf("%d results by hand, want 37", len(want))
	}
	told := func(times *float64) string {
		if times == nil {
			return ""
		}
		return fmt.Sprintf("%.3f", *times)
	}
	implied, stated := make(map[string]string), make(map[string]string)
	for _, record := range load(t).records {
		if r, ok := record.(*literature.Result); ok {
			stated[r.ID.Slug()] = told(r.TimesBetter())
			unsaid := *r
			unsaid.Improvement = nil
			implied[r.ID.Slug()] = told(unsaid.TimesBetter())
		}
	}
	if diff := cmp.Diff(want, implied); diff != "" {
		t.Errorf("implied (-by hand +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, stated); diff != "" {
		t.Errorf("stated (-by hand +got):\n%s", diff)
	}
}

package corpus_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/papergraph/papergraph/corpus"
	"github.com/papergraph/papergraph/literature"
)

const (
	listSource  = "papergraph eBPF reading list"
	listAddress = "https://github.com/eunomia-bpf/bpf-developer-tutorial/blob/bf08ba3/src/18-further-reading/README.zh.md?plain=1#L"
	// listLines is how many lines the text of the list has.
	listLines = 149
)

// sections are the lines on which the list writes of each paper.
var sections = map[string][2]int{
	"xrp": {25, 29}, "jitterbug": {31, 35}, "lambda-io": {37, 43}, "extfuse": {45, 51}, "electrode": {53, 57}, "bmc": {59, 65}, "hxdp": {67, 75},
	"deepflow": {77, 81}, "ebpf-sketching": {83, 89}, "spright": {91, 99}, "kgent": {101, 105}, "seccomp-ebpf": {107, 115},
	"cross-container-ebpf": {117, 123}, "ebpf-vs-wasm": {125, 133}, "flow-ids": {135, 141}, "femto-containers": {143, 149},
}

var lineLocator = regexp.MustCompile(`^lines? (\d+)(?:-(\d+))?$`)

// TestEvidence checks that every relation and every result can be looked up, and that a line of the list is one on which the list
// writes of the paper.
func TestEvidence(t *testing.T) {
	for _, record := range load(t).records {
		var paper literature.ID
		var assertions []literature.Assertion
		switch r := record.(type) {
		case *literature.Relation:
			paper, assertions = r.Source, r.Assertions
		case *literature.Result:
			paper, assertions = r.Paper, r.Assertions
		default:
			continue
		}
		if len(assertions) == 0 {
			t.Errorf("%s: nobody states it", record.RecordID())
		}
		for _, a := range assertions {
			if len(a.Evidence) == 0 {
				t.Errorf("%s: no evidence", record.RecordID())
			}
			for _, e := range a.Evidence {
				switch {
				case e.Source == "":
					t.Errorf("%s: evidence without a source", record.RecordID())
				case e.Source == listSource:
					checkLine(t, record.RecordID(), paper, e)
				case strings.HasPrefix(e.Locator, "line"):
					t.Errorf("%s: %s of %s, which is not the list", record.RecordID(), e.Locator, e.Source)
				}
			}
		}
	}
}

func checkLine(t *testing.T, id, paper literature.ID, e literature.Evidence) {
	t.Helper()
	place := lineLocator.FindStringSubmatch(e.Locator)
	if place == nil {
		t.Errorf("%s: %q is no line of the list", id, e.Locator)
		return
	}
	first, _ := strconv.Atoi(place[1])
	last, err := strconv.Atoi(place[2])
	if err != nil {
		last = first
	}
	section, ok := sections[paper.Slug()]
	if !ok || first < section[0] || last > section[1] || last < first || last > listLines {
		t.Errorf("%s: %s is not on %s, of which the list writes on lines %d-%d", id, e.Locator, paper, section[0], section[1])
	}
	if want := listAddress + place[1]; e.URL != want {
		t.Errorf("%s: %s is found at %s, want %s", id, e.Locator, e.URL, want)
	}
}

// TestSources checks that each source with an address is one that evidence names.
func TestSources(t *testing.T) {
	named := make(map[string]bool)
	for _, record := range load(t).records {
		var assertions []literature.Assertion
		switch r := record.(type) {
		case *literature.Relation:
			assertions = r.Assertions
		case *literature.Result:
			assertions = r.Assertions
		}
		for _, a := range assertions {
			for _, e := range a.Evidence {
				named[e.Source] = true
			}
		}
	}
	_, sources, _ := strings.Cut(string(corpus.YAML), "\nsources:\n")
	sources, _, _ = strings.Cut(sources, "\n\n")
	for _, line := range strings.Split(sources, "\n") {
		name, _, _ := strings.Cut(strings.TrimSpace(line), ": ")
		if !named[name] {
			t.Errorf("no evidence names the source %q", name)
		}
	}
}

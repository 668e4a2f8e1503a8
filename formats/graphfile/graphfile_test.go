package graphfile_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/papergraph/papergraph/formats/graphfile"
)

var update = flag.Bool("update", false, "write what the writers make into testdata; have `make graph-readers` judge it")

// TestHostile writes the graph of testdata/hostile.json, whose labels hold what formats trip over, in every format. That the files mean what they should is for the formats' own readers to say: see tools/graph.
func TestHostile(t *testing.T) {
	text, err := os.ReadFile("testdata/hostile.json")
	if err != nil {
		t.Fatal(err)
	}
	var g graphfile.Graph
	if err := json.Unmarshal(text, &g); err != nil {
		t.Fatal(err)
	}
	for _, format := range graphfile.Formats() {
		t.Run(string(format), func(t *testing.T) {
			got, err := graphfile.Write(format, g)
			if err != nil {
				t.Fatal(err)
			}
			compare(t, "hostile", format, got)
		})
	}
}

// TestEmpty writes a graph of nothing.
func TestEmpty(t *testing.T) {
	for _, format := range graphfile.Formats() {
		got, err := graphfile.Write(format, graphfile.Graph{})
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(got, "null") || strings.Contains(got, "NaN") {
			t.Errorf("%s: %s", format, got)
		}
		compare(t, "empty", format, got)
	}
}

func compare(t *testing.T, name string, format graphfile.Format, got string) {
	file := filepath.Join("testdata", name+"."+strings.ToLower(strings.ReplaceAll(string(format), "_", ".")))
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

func TestUnknownFormat(t *testing.T) {
	if _, err := graphfile.Write("PNG", graphfile.Graph{}); err == nil {
		t.Error("no error")
	}
}

// TestMermaidLists: no label begins a list of Markdown.
func TestMermaidLists(t *testing.T) {
	for label, want := range map[string]string{"1. Pre-stack": "1#46; Pre-stack", "- v2.0": "#45; v2.0", "IPv4.1-draft": "IPv4.1-draft"} {
		got, err := graphfile.Write(graphfile.Mermaid, graphfile.Graph{Nodes: []graphfile.Node{{ID: "paper/a", Label: label}}})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff("flowchart LR\n  n0[\""+want+"\"]\n", got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

// TestPixels: places in pixels are told to a thousandth. Of eight nodes, 1 is 170 pixels from the middle.
func TestPixels(t *testing.T) {
	nodes := make([]graphfile.Node, 8)
	nodes[0] = graphfile.Node{ID: "paper/a", X: 1, Y: -0.2906999}
	got, err := graphfile.Write(graphfile.DOT, graphfile.Graph{Nodes: nodes})
	if err != nil {
		t.Fatal(err)
	}
	if want := `pos="170,-49.419"`; !strings.Contains(got, want) {
		t.Errorf("no %s in %s", want, got)
	}
}

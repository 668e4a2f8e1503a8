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

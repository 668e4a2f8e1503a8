// Package graphfile writes graphs in the formats of programs that draw and analyse them. It reads none: testdata holds what each writer makes of one hostile graph, and tools/graph has
// the programs' own readers judge it.
package graphfile

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"

	"github.com/papergraph/papergraph/literature"
)

// Format is a kind of file.
type Format string

// The formats, by the names of the public API.
const (
	Cytoscape  Format = "CYTOSCAPE_JSON"
	Graphology Format = "GRAPHOLOGY_JSON"
	VOSviewer  Format = "VOSVIEWER_JSON"
	GraphML    Format = "GRAPHML"
	GEXF       Format = "GEXF"
	DOT        Format = "DOT"
	Mermaid    Format = "MERMAID"
)

// Graph is what all formats can tell of a graph.
type Graph struct {
	Nodes []Node
	Edges []Edge
	// Communities are their names, by number.
	Communities []string
}

// Node is an entity.
type Node struct {
	ID    literature.ID
	Kind  literature.EntityKind
	Label string
	// Year is 0 where there is none.
	Year      int
	Degree    int
	Rank      float64
	Community int
	// X and Y lie from -1 to 1, to the right and upward.
	X, Y float64
}

// Edge is a relation between two nodes, known by their places.
type Edge struct {
	ID             literature.ID
	Kind           literature.RelationKind
	Source, Target int
	Weight         float64
}

var writers = map[Format]func(Graph) (string, error){
	Cytoscape: cytoscape, Graphology: graphology, VOSviewer: vosviewer, GraphML: graphML, GEXF: gexf, DOT: dot, Mermaid: mermaid,
}

// Formats lists all formats.
func Formats() []Format {
	return []Format{Cytoscape, Graphology, VOSviewer, GraphML, GEXF, DOT, Mermaid}
}

// Write makes the text of a file in a format.
func Write(format Format, g Graph) (string, error) {
	write, ok := writers[format]
	if !ok {
		return "", fmt.Errorf("graphfile: unknown format %q", format)
	}
	return write(g)
}

// pixels is a place where a format counts in pixels, to a thousandth, far enough from the others that nodes of usual size do not lie on each other.
func (g Graph) pixels(place float64) float64 {
	return math.Round(place*math.Ceil(60*math.Sqrt(float64(len(g.Nodes))))*1000)/1000 + 0 // + 0: no negative zero
}

// indented is JSON to read and to compare.
func indented(v any) (string, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	err := encoder.Encode(v)
	return text.String(), err
}

// facts are the properties of a node beside its id, label and place, as JSON formats give them.
type facts struct {
	Label     string                `json:"label"`
	Kind      literature.EntityKind `json:"kind"`
	Year      int                   `json:"year,omitempty"`
	Degree    int                   `json:"degree"`
	Rank      float64               `json:"rank"`
	Community int                   `json:"community"`
}

func (n Node) facts() facts { return facts{n.Label, n.Kind, n.Year, n.Degree, n.Rank, n.Community} }

package graphfile

import (
	"fmt"
	"strings"
	"unicode"
)

// dotQuoted writes between quotes what Graphviz shows as the text itself: it knows escapes and the entities of HTML. https://graphviz.org/doc/info/attrs.html#k:escString
var dotQuoted = strings.NewReplacer("&", "&amp;", `\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", "", "\x00", "")

// dot writes the language of Graphviz, with places that neato -n keeps: https://graphviz.org/doc/info/lang.html
func dot(g Graph) (string, error) {
	var b strings.Builder
	b.WriteString("digraph papergraph {\n node [shape=box]\n")
	for _, n := range g.Nodes {
		fmt.Fprintf(&b, " \"%s\" [label=\"%s\", kind=%s", n.ID, dotQuoted.Replace(n.Label), n.Kind)
		if n.Year != 0 {
			fmt.Fprintf(&b, ", year=%d", n.Year)
		}
		fmt.Fprintf(&b, ", degree=%d, pagerank=%s, community=%d, pos=\"%s,%s\"]\n", n.Degree, number(n.Rank), n.Community, number(g.pixels(n.X)), number(g.pixels(n.Y)))
	}
	for _, e := range g.Edges {
		fmt.Fprintf(&b, " \"%s\" -> \"%s\" [id=\"%s\", label=%s, strength=%s]\n", g.Nodes[e.Source].ID, g.Nodes[e.Target].ID, e.ID, e.Kind, number(e.Weight))
	}
	b.WriteString("}\n")
	return b.String(), nil
}

// mermaid writes a flowchart: https://mermaid.js.org/syntax/flowchart.html
func mermaid(g Graph) (string, error) {
	var b strings.Builder
	b.WriteString("flowchart LR\n")
	for i, n := range g.Nodes {
		fmt.Fprintf(&b, "  n%d[\"%s\"]\n", i, mermaidEscaped(n.Label))
	}
	for _, e := range g.Edges {
		fmt.Fprintf(&b, "  n%d -->|%s| n%d\n", e.Source, e.Kind, e.Target)
	}
	return b.String(), nil
}

// mermaidEscaped writes letters, digits and harmless signs as they are, spaces for what breaks lines, and every other sign by its number; so also a full stop or hyphen before the first letter, which would begin
// a list, as in “1. Introduction”.
func mermaidEscaped(text string) string {
	var b strings.Builder
	begun := false
	for _, r := range text {
		begun = begun || unicode.IsLetter(r)
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), r == ' ', r == ',', r == ':', begun && (r == '.' || r == '-'):
			b.WriteRune(r)
		case unicode.IsSpace(r), unicode.IsControl(r):
			b.WriteByte(' ')
		default:
			fmt.Fprintf(&b, "#%d;", r)
		}
	}
	return b.String()
}

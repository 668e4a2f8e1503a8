package graphfile

import (
	"encoding/xml"
	"strconv"
	"strings"

	"github.com/papergraph/papergraph/literature"
)

// property is a column that XML formats declare before they use it.
type property struct {
	name, kind string // kind as GraphML names it
	node       func(Node) string
	edge       func(Edge) string
}

var properties = []property{
	{"label", "string", func(n Node) string { return n.Label }, nil},
	{"kind", "string", func(n Node) string { return string(n.Kind) }, func(e Edge) string { return string(e.Kind) }},
	{"year", "int", func(n Node) string {
		if n.Year == 0 {
			return ""
		}
		return strconv.Itoa(n.Year)
	}, nil},
	{"degree", "int", func(n Node) string { return strconv.Itoa(n.Degree) }, nil},
	{"rank", "double", func(n Node) string { return number(n.Rank) }, nil},
	{"community", "int", func(n Node) string { return strconv.Itoa(n.Community) }, nil},
	{"x", "double", func(n Node) string { return number(n.X) }, nil},
	{"y", "double", func(n Node) string { return number(n.Y) }, nil},
	{"weight", "double", nil, func(e Edge) string { return number(e.Weight) }},
}

func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

type (
	graphMLKey struct {
		ID   string `xml:"id,attr"`
		For  string `xml:"for,attr"`
		Name string `xml:"attr.name,attr"`
		Type string `xml:"attr.type,attr"`
	}
	graphMLData struct {
		Key  string `xml:"key,attr"`
		Text string `xml:",chardata"`
	}
	graphMLNode struct {
		ID   literature.ID `xml:"id,attr"`
		Data []graphMLData `xml:"data"`
	}
	graphMLEdge struct {
		ID     literature.ID `xml:"id,attr"`
		Source literature.ID `xml:"source,attr"`
		Target literature.ID `xml:"target,attr"`
		Data   []graphMLData `xml:"data"`
	}
)

// graphML writes GraphML: http://graphml.graphdrawing.org/specification.html
func graphML(g Graph) (string, error) {
	file := struct {
		XMLName xml.Name     `xml:"http://graphml.graphdrawing.org/xmlns graphml"`
		Keys    []graphMLKey `xml:"key"`
		Graph   struct {
			Direction string        `xml:"edgedefault,attr"`
			Nodes     []graphMLNode `xml:"node"`
			Edges     []graphMLEdge `xml:"edge"`
		} `xml:"graph"`
	}{}
	file.Graph.Direction = "directed"
	for _, p := range properties {
		if p.node != nil {
			file.Keys = append(file.Keys, graphMLKey{"node-" + p.name, "node", p.name, p.kind})
		}
		if p.edge != nil {
			file.Keys = append(file.Keys, graphMLKey{"edge-" + p.name, "edge", p.name, p.kind})
		}
	}
	for _, n := range g.Nodes {
		node := graphMLNode{ID: n.ID}
		for _, p := range properties {
			if p.node != nil && p.node(n) != "" {
				node.Data = append(node.Data, graphMLData{"node-" + p.name, p.node(n)})
			}
		}
		file.Graph.Nodes = append(file.Graph.Nodes, node)
	}
	for _, e := range g.Edges {
		edge := graphMLEdge{ID: e.ID, Source: g.Nodes[e.Source].ID, Target: g.Nodes[e.Target].ID}
		for _, p := range properties {
			if p.edge != nil {
				edge.Data = append(edge.Data, graphMLData{"edge-" + p.name, p.edge(e)})
			}
		}
		file.Graph.Edges = append(file.Graph.Edges, edge)
	}
	return marshal(file)
}

type (
	gexfAttribute struct {
		ID    string `xml:"id,attr"`
		Title string `xml:"title,attr"`
		Type  string `xml:"type,attr"`
	}
	gexfAttributes struct {
		Class string          `xml:"class,attr"`
		All   []gexfAttribute `xml:"attribute"`
	}
	gexfValue struct {
		For   string `xml:"for,attr"`
		Value string `xml:"value,attr"`
	}
	gexfNode struct {
		ID       literature.ID `xml:"id,attr"`
		Label    string        `xml:"label,attr"`
		Values   []gexfValue   `xml:"attvalues>attvalue"`
		Position struct {
			X string `xml:"x,attr"`
			Y string `xml:"y,attr"`
			Z string `xml:"z,attr"`
		} `xml:"viz:position"`
	}
	gexfEdge struct {
		ID     literature.ID           `xml:"id,attr"`
		Source literature.ID           `xml:"source,attr"`
		Target literature.ID           `xml:"target,attr"`
		Weight string                  `xml:"weight,attr"`
		Kind   literature.RelationKind `xml:"label,attr"`
		Values []gexfValue             `xml:"attvalues>attvalue"`
	}
)

// gexf writes GEXF 1.2, which most programs read: https://gexf.net/1.2/
func gexf(g Graph) (string, error) {
	file := struct {
		XMLName xml.Name `xml:"http://www.gexf.net/1.2draft gexf"`
		Viz     string   `xml:"xmlns:viz,attr"`
		Version string   `xml:"version,attr"`
		Graph   struct {
			Direction  string           `xml:"defaultedgetype,attr"`
			Attributes []gexfAttributes `xml:"attributes"`
			Nodes      []gexfNode       `xml:"nodes>node"`
			Edges      []gexfEdge       `xml:"edges>edge"`
		} `xml:"graph"`
	}{Viz: "http://www.gexf.net/1.2draft/viz", Version: "1.2"}
	file.Graph.Direction = "directed"
	own := map[string]bool{"label": true, "x": true, "y": true, "weight": true} // what the format has a place of its own for
	ofNodes, ofEdges := gexfAttributes{Class: "node"}, gexfAttributes{Class: "edge"}
	for _, p := range properties {
		kind := p.kind
		if kind == "int" {
			kind = "integer"
		}
		if own[p.name] {
			continue
		}
		if p.node != nil {
			ofNodes.All = append(ofNodes.All, gexfAttribute{p.name, p.name, kind})
		}
		if p.edge != nil {
			ofEdges.All = append(ofEdges.All, gexfAttribute{p.name, p.name, kind})
		}
	}
	file.Graph.Attributes = []gexfAttributes{ofNodes, ofEdges}
	for _, n := range g.Nodes {
		node := gexfNode{ID: n.ID, Label: n.Label}
		node.Position.X, node.Position.Y, node.Position.Z = number(g.pixels(n.X)), number(g.pixels(n.Y)), "0"
		for _, p := range properties {
			if p.node != nil && !own[p.name] && p.node(n) != "" {
				node.Values = append(node.Values, gexfValue{p.name, p.node(n)})
			}
		}
		file.Graph.Nodes = append(file.Graph.Nodes, node)
	}
	for _, e := range g.Edges {
		file.Graph.Edges = append(file.Graph.Edges, gexfEdge{
			ID: e.ID, Source: g.Nodes[e.Source].ID, Target: g.Nodes[e.Target].ID, Weight: number(e.Weight), Kind: e.Kind, Values: []gexfValue{{"kind", string(e.Kind)}},
		})
	}
	return marshal(file)
}

func marshal(file any) (string, error) {
	var text strings.Builder
	text.WriteString(xml.Header)
	encoder := xml.NewEncoder(&text)
	encoder.Indent("", " ")
	err := encoder.Encode(file)
	return text.String() + "\n", err
}

package graphfile

import "github.com/papergraph/papergraph/literature"

type (
	cytoscapeNode struct {
		Data struct {
			ID literature.ID `json:"id"`
			facts
		} `json:"data"`
		Position place `json:"position"`
	}
	cytoscapeEdge struct {
		Data struct {
			ID     literature.ID           `json:"id"`
			Source literature.ID           `json:"source"`
			Target literature.ID           `json:"target"`
			Kind   literature.RelationKind `json:"kind"`
			Weight float64                 `json:"weight"`
		} `json:"data"`
	}
	place struct {
		X float64 `json:"x"`
		Y float64 `json:"y"`
	}
)

// cytoscape writes the JSON of Cytoscape.js, in pixels, downward: https://js.cytoscape.org/#notation/elements-json
func cytoscape(g Graph) (string, error) {
	var file struct {
		Elements struct {
			Nodes []cytoscapeNode `json:"nodes"`
			Edges []cytoscapeEdge `json:"edges"`
		} `json:"elements"`
	}
	nodes, edges := make([]cytoscapeNode, len(g.Nodes)), make([]cytoscapeEdge, len(g.Edges))
	for i, n := range g.Nodes {
		nodes[i].Data.ID, nodes[i].Data.facts = n.ID, n.facts()
		nodes[i].Position = place{g.pixels(n.X), g.pixels(-n.Y)}
	}
	for i, e := range g.Edges {
		d := &edges[i].Data
		d.ID, d.Source, d.Target, d.Kind, d.Weight = e.ID, g.Nodes[e.Source].ID, g.Nodes[e.Target].ID, e.Kind, e.Weight
	}
	file.Elements.Nodes, file.Elements.Edges = nodes, edges
	return indented(file)
}

type (
	graphologyNode struct {
		Key        literature.ID `json:"key"`
		Attributes struct {
			facts
			place
		} `json:"attributes"`
	}
	graphologyEdge struct {
		Key        literature.ID        `json:"key"`
		Source     literature.ID        `json:"source"`
		Target     literature.ID        `json:"target"`
		Attributes graphologyAttributes `json:"attributes"`
	}
	graphologyAttributes struct {
		Kind   literature.RelationKind `json:"kind"`
		Weight float64                 `json:"weight"`
	}
	graphologyOptions struct {
		Type           string `json:"type"`
		Multi          bool   `json:"multi"`
		AllowSelfLoops bool   `json:"allowSelfLoops"`
	}
)

// graphology writes a serialized graph of graphology: https://graphology.github.io/serialization.html
func graphology(g Graph) (string, error) {
	nodes, edges := make([]graphologyNode, len(g.Nodes)), make([]graphologyEdge, len(g.Edges))
	for i, n := range g.Nodes {
		nodes[i].Key, nodes[i].Attributes.facts, nodes[i].Attributes.place = n.ID, n.facts(), place{n.X, n.Y}
	}
	for i, e := range g.Edges {
		edges[i] = graphologyEdge{e.ID, g.Nodes[e.Source].ID, g.Nodes[e.Target].ID, graphologyAttributes{e.Kind, e.Weight}}
	}
	return indented(struct {
		Options graphologyOptions `json:"options"`
		Nodes   []graphologyNode  `json:"nodes"`
		Edges   []graphologyEdge  `json:"edges"`
	}{graphologyOptions{Type: "directed", Multi: true, AllowSelfLoops: true}, nodes, edges})
}

type (
	vosItem struct {
		ID      literature.ID `json:"id"`
		Label   string        `json:"label"`
		X       float64       `json:"x"`
		Y       float64       `json:"y"`
		Cluster int           `json:"cluster"`
		Weights vosWeights    `json:"weights"`
		Scores  *vosScores    `json:"scores,omitempty"`
	}
	vosWeights struct {
		Relations int     `json:"Relations"`
		Rank      float64 `json:"Rank"`
	}
	vosScores struct {
		Year int `json:"Year"`
	}
	vosLink struct {
		Source   literature.ID `json:"source_id"`
		Target   literature.ID `json:"target_id"`
		Strength float64       `json:"strength"`
	}
	vosCluster struct {
		Cluster int    `json:"cluster"`
		Label   string `json:"label"`
	}
)

// vosviewer writes the JSON of VOSviewer, whose links have no direction, stand once for each pair of items and join no item to itself, and whose clusters are
// numbered from 1: https://app.vosviewer.com/docs/file-types/json-file-type/
func vosviewer(g Graph) (string, error) {
	var file struct {
		Network struct {
			Items    []vosItem    `json:"items"`
			Links    []vosLink    `json:"links"`
			Clusters []vosCluster `json:"clusters"`
		} `json:"network"`
	}
	items, links, clusters := make([]vosItem, len(g.Nodes)), []vosLink{}, make([]vosCluster, len(g.Communities))
	for i, n := range g.Nodes {
		items[i] = vosItem{ID: n.ID, Label: n.Label, X: n.X, Y: n.Y, Cluster: n.Community + 1, Weights: vosWeights{n.Degree, n.Rank}}
		if n.Year != 0 {
			items[i].Scores = &vosScores{n.Year}
		}
	}
	joined := make(map[[2]int]int) // places among the links, by both ends
	for _, e := range g.Edges {
		if e.Source == e.Target {
			continue
		}
		ends := [2]int{min(e.Source, e.Target), max(e.Source, e.Target)}
		at, ok := joined[ends]
		if !ok {
			at, joined[ends] = len(links), len(links)
			links = append(links, vosLink{Source: g.Nodes[ends[0]].ID, Target: g.Nodes[ends[1]].ID})
		}
		links[at].Strength += e.Weight
	}
	for i, label := range g.Communities {
		clusters[i] = vosCluster{i + 1, label}
	}
	file.Network.Items, file.Network.Links, file.Network.Clusters = items, links, clusters
	return indented(file)
}

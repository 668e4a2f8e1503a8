package api

import "github.com/papergraph/papergraph/explore"

// Method is the formula behind scores, by name and version.
type Method struct {
	Name, Version, Formula string
}

// Methods are the formulas of this version.
func Methods() []*Method {
	return []*Method{
		{
			Name: "shared-topics", Version: "1",
			Formula: "score = sum over the shared topics t of round(1000 ln(1 + N / df(t))) / 1000; N = papers, no stubs, with a topic; df(t) = papers, no stubs, directly about t",
		},
		relatedMethod(explore.Discover), relatedMethod(explore.Screen), relatedMethod(explore.Lacking),
		gapsMethod(), rankedMethod(explore.ByPageRank), rankedMethod(explore.ByInDegree),
	}
}

func rankedMethod(by explore.Centrality) *Method {
	if by == explore.ByInDegree {
		return &Method{Name: "in-degree", Version: "1", Formula: "value = citations from papers of this graph, stubs included"}
	}
	return &Method{
		Name: "pagerank", Version: "1",
		Formula: "value(p) = 0.15 ÷ N + 0.85 × (sum over the papers q that cite p of value(q) ÷ references of q + sum over the papers q without references of value(q) ÷ N); N = papers, stubs included",
	}
}

func relatedMethod(profile explore.Profile) *Method {
	names := map[explore.Profile]string{explore.Discover: "related-discover", explore.Screen: "related-screen", explore.Lacking: "missing"}
	version := "2"
	if profile == explore.Lacking {
		version = "1"
	}
	return &Method{
		Name: names[profile], Version: version,
		Formula: "score = sum over the signals of weight × value ÷ sum of the weights of the signals with data in this query; value = raw ÷ its maximum over the candidates",
	}
}

func gapsMethod() *Method {
	return &Method{
		Name: "gaps", Version: "1",
		Formula: "expected = papersOfA × papersOfB ÷ papers, at least 1 and at least 2 × observed; shortfall = 2 × sum of n × ln(n ÷ expected n) over the papers with both, only a, only b and neither",
	}
}

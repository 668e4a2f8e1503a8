package graph

// plainLists tells how long the lists without pages may be, as the schema says of each.
var plainLists = map[string]int{
	// The limit bounds the buckets of one facet, and there are at most as many facets as dimensions; the estimate multiplies the two the other way round.
	"Facet.buckets":            11,
	"PaperGroup.keys":          3,
	"SearchEdge.highlights":    3,
	"RelatedPaperEdge.signals": 10,
	"Signal.via":               5,
	// All layers together hold 201 entities.
	"Lineage.layers":               1,
	"LineageLayer.entities":        201,
	"Lineage.relations":            1000,
	"ResultComparison.rows":        200,
	"ResultComparison.caveats":     12,
	"GapResult.gaps":               100,
	"Change.upserted":              1000,
	"Change.removed":               1000,
	"Path.entities":                7,
	"Path.relations":               6,
	"Signal.relations":             5,
	"SharedTopicEdge.sharedTopics": 5,
	"Meta.counts":                  10,
	"Meta.methods":                 1,
}

// ListBound is the greatest length that a plain list of the schema may have, for estimating what a query costs.
func ListBound(parentType, field string) int {
	if n, ok := plainLists[parentType+"."+field]; ok {
		return n
	}
	return 20
}

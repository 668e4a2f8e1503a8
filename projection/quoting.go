package projection

import "github.com/papergraph/papergraph/store"

// EachQuoting visits the papers whose search text holds the labels of an entity, known by its number: those that Joined leads from. A paper joined to it by
// relations of several kinds is visited once for each.
func (g *Graph) EachQuoting(n uint32, visit func(paper uint32)) {
	for _, kind := range searched {
		for _, from := range g.relations[kind].in.of(n) {
			if g.shapes.at(from).kind() == paper {
				visit(from)
			}
		}
	}
}

// searched are the ranks of store.Searched.
var searched = func() []int {
	var ranks []int
	for _, kind := range store.Searched() {
		ranks = append(ranks, kind.Rank())
	}
	return ranks
}()

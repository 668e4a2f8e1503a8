package explore

import (
	"cmp"
	"context"
	"slices"

	"github.com/papergraph/papergraph/literature"
)

// Community is a group of nodes with more relations among themselves than chance would give them.
type Community struct {
	Size int
	// NamedAfter is the topic of most of its members that is rare elsewhere, or its first node where no topic of a member is a node.
	NamedAfter literature.Entity
}

// divide finds communities by the method of Louvain, at resolution 1: nodes move in their order to the neighbouring community that gains most modularity, until none moves; then communities become nodes of
// a smaller graph, and so on. It is as deterministic as the order of the nodes. Source: Blondel et al., Fast unfolding of communities in large networks, 2008.
func (s *Subgraph) divide(ctx context.Context) error {
	links := s.links()
	communities := make([]int, len(links))
	for i := range communities {
		communities[i] = i
	}
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		moved, merged := move(links)
		for i, c := range communities {
			communities[i] = merged[c]
		}
		if !moved {
			break
		}
		links = contract(links, merged)
	}
	s.Communities = nil
	for i, c := range communities {
		for len(s.Communities) <= c {
			s.Communities = append(s.Communities, &Community{})
		}
		s.Communities[c].Size++
		s.Nodes[i].Community = c
	}
	// Communities are numbered in the order of their first nodes, which is kept among those of one size.
	bySize := make([]int, len(s.Communities))
	for i := range bySize {
		bySize[i] = i
	}
	slices.SortStableFunc(bySize, func(a, b int) int { return cmp.Compare(s.Communities[b].Size, s.Communities[a].Size) })
	places, sorted := make([]int, len(bySize)), make([]*Community, len(bySize))
	for place, c := range bySize {
		places[c], sorted[place] = place, s.Communities[c]
	}
	s.Communities = sorted
	for _, node := range s.Nodes {
		node.Community = places[node.Community]
	}
	return nil
}

// maxMoves bounds the rounds of a move, of which a few are enough.
const maxMoves = 100

// move puts each node into the community of its neighbours that gains most, and tells for each the number of its community, in the order of their first nodes.
func move(links [][]step) (moved bool, numbers []int) {
	of, degree, inside := make([]int, len(links)), make([]float64, len(links)), make([]float64, len(links))
	total := 0.0
	for i := range links {
		of[i] = i
		for _, link := range links[i] {
			degree[i] += link.weight
			if link.to == i {
				degree[i] += link.weight // both ends of it
			}
		}
		inside[i] = degree[i] // the degrees of all nodes of a community
		total += degree[i]
	}
	toward, near := make([]float64, len(links)), make([]int, 0, len(links))
	again := total > 0
	for round := 0; again && round < maxMoves; round++ {
		again = false
		for i := range links {
			near = near[:0]
			for _, link := range links[i] {
				if link.to != i {
					if c := of[link.to]; toward[c] == 0 {
						near = append(near, c)
					}
					toward[of[link.to]] += link.weight
				}
			}
			inside[of[i]] -= degree[i]
			gain := func(c int) float64 { return toward[c] - float64(inside[c]*degree[i]/total) }
			best, most := of[i], gain(of[i])
			for _, c := range near {
				if g := gain(c); g > most+1e-12 {
					best, most = c, g
				}
			}
			inside[best] += degree[i]
			if best != of[i] {
				of[i], again, moved = best, true, true
			}
			for _, c := range near {
				toward[c] = 0
			}
		}
	}
	numbers = make([]int, len(links))
	given := make(map[int]int)
	for i, c := range of {
		if _, ok := given[c]; !ok {
			given[c] = len(given)
		}
		numbers[i] = given[c]
	}
	return moved, numbers
}

// contract makes each community one node; what joined nodes of one community joins it to itself.
func contract(links [][]step, community []int) [][]step {
	members := make([][]int, slices.Max(community)+1)
	for i, c := range community {
		members[c] = append(members[c], i)
	}
	smaller := make([][]step, len(members))
	at := make([]int, len(members)) // where the link to a community stands in the row being made, from 1
	for c, nodes := range members {
		var row []step
		for _, i := range nodes {
			for _, link := range links[i] {
				to, weight := community[link.to], link.weight
				if to == c && link.to != i {
					weight /= 2 // it is met from both ends
				}
				if at[to] == 0 {
					row = append(row, step{to: to})
					at[to] = len(row)
				}
				row[at[to]-1].weight += weight
			}
		}
		for _, link := range row {
			at[link.to] = 0
		}
		smaller[c] = row
	}
	return smaller
}

// name gives each community the topic with the greatest n² ÷ N, where n of its members and N nodes in all are about it; of several the first node.
func (s *Subgraph) name() {
	type use struct{ community, topic int }
	within, overall := make(map[use]int), make(map[int]int)
	for _, r := range s.Relations {
		if r.Relation.Kind == literature.About {
			within[use{s.Nodes[r.Source].Community, r.Target}]++
			overall[r.Target]++
		}
	}
	best, score := make([]int, len(s.Communities)), make([]float64, len(s.Communities))
	for i := len(s.Nodes) - 1; i >= 0; i-- {
		best[s.Nodes[i].Community] = i
	}
	for u, n := range within {
		v := float64(n*n) / float64(overall[u.topic])
		if v > score[u.community] || v == score[u.community] && u.topic < best[u.community] {
			best[u.community], score[u.community] = u.topic, v
		}
	}
	for c, community := range s.Communities {
		community.NamedAfter = s.Nodes[best[c]].Entity
	}
}

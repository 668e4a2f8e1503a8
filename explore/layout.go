package explore

import (
	"context"
	"math"
	"math/rand/v2"
)

// Constants of the layout. Lengths are in units of the wanted distance between neighbours.
const (
	layoutSeed = 1
	// A square of nodes acts as one where its side is less than farAway × its distance.
	farAway = 0.9
	// layoutWork bounds rounds × nodes, within minRounds and maxLayoutRounds rounds.
	layoutWork, minRounds, maxLayoutRounds = 200_000, 30, 100
	gravity                                = 0.02
)

type point struct{ x, y float64 }

// place lays the graph out: related nodes attract each other, close ones repel each other, everything falls a little towards the middle, and steps get shorter and shorter. Each node begins beside the first
// one that it is related to, in a direction of its own from a seeded source, so that the same graph always looks the same. Source: Fruchterman and Reingold, Graph drawing by
// force-directed placement, 1991.
//
// Products that are added up are converted one by one, which keeps processors from fusing both steps and rounding otherwise.
func (s *Subgraph) place(ctx context.Context) error {
	n := len(s.Nodes)
	links := s.links()
	at, force := make([]point, n), make([]point, n)
	random := rand.New(rand.NewPCG(layoutSeed, 0))
	for i := range at {
		angle, distance := 2*math.Pi*random.Float64(), math.Sqrt(float64(i))
		for _, link := range links[i] {
			if link.to < i {
				at[i], distance = at[link.to], 1
				break
			}
		}
		at[i].x += float64(distance * math.Cos(angle))
		at[i].y += float64(distance * math.Sin(angle))
	}
	rounds := min(max(layoutWork/max(n, 1), minRounds), maxLayoutRounds)
	var tree quadtree
	warmest := math.Sqrt(float64(n)) / 5
	for round := range rounds {
		if err := ctx.Err(); err != nil {
			return err
		}
		tree.repel(at, force)
		for i, p := range at {
			for _, link := range links[i] {
				dx, dy := at[link.to].x-p.x, at[link.to].y-p.y
				pull := math.Sqrt(float64(dx*dx) + float64(dy*dy))
				force[i].x += float64(dx * pull)
				force[i].y += float64(dy * pull)
			}
			force[i].x -= float64(gravity * p.x)
			force[i].y -= float64(gravity * p.y)
		}
		warmth := warmest * float64(rounds-round) / float64(rounds)
		for i, f := range force {
			if length := math.Sqrt(float64(f.x*f.x) + float64(f.y*f.y)); length > 0 {
				step := min(length, warmth) / length
				at[i].x += float64(f.x * step)
				at[i].y += float64(f.y * step)
			}
		}
	}
	s.fit(at)
	return nil
}

// fit makes points places from -1 to 1, to four digits, which is finer than any screen and short to write.
func (s *Subgraph) fit(at []point) {
	least, most := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, p := range at {
		least.x, most.x = min(least.x, p.x), max(most.x, p.x)
		least.y, most.y = min(least.y, p.y), max(most.y, p.y)
	}
	middle, half := point{(least.x + most.x) / 2, (least.y + most.y) / 2}, max(most.x-least.x, most.y-least.y, 1e-9)/2
	for i, node := range s.Nodes {
		node.X, node.Y = math.Round((at[i].x-middle.x)/half*1e4)/1e4, math.Round((at[i].y-middle.y)/half*1e4)/1e4
	}
}

// repel sets forces to what drives nodes apart: 1 ÷ distance, from each other node or, far away, from the middle of a square of them.
func (t *quadtree) repel(at, force []point) {
	t.plant(at)
	for i, p := range at {
		force[i] = t.push(i, p)
	}
}

// quadtree holds points in squares within squares. Source: Barnes and Hut, A hierarchical O(N log N) force-calculation algorithm, 1986.
type quadtree struct {
	squares []square
	glances []glance
}

// square is the sum of the points in it and, by their number among the squares, its quarters; 0 where there is none. One without quarters holds points at one place, the last of which is named.
type square struct {
	x, y, size float64 // middle and side
	sum        point
	mass       float64
	quarters   [4]int32
	parted     bool
	last       int
}

// glance is what push has to know of a square: the middle of the points in it and how many they are, the square of its side where it has quarters, else -1, the point that is alone in it, else -1, and
// where to go on if its quarters, which follow, do not matter.
type glance struct {
	x, y, mass, open float64
	alone, next      int
}

// finest is the smallest side of a square: points that are closer count as one.
const finest = 1e-3

// plant begins anew with points; it keeps the memory.
func (t *quadtree) plant(at []point) {
	side := finest
	for _, p := range at {
		side = max(side, 2*math.Abs(p.x), 2*math.Abs(p.y))
	}
	t.squares, t.glances = append(t.squares[:0], square{size: side}), t.glances[:0]
	for i, p := range at {
		t.add(i, p)
	}
	if len(at) > 0 {
		t.outline(0)
	}
}

func (t *quadtree) add(i int, p point) {
	for n := int32(0); ; {
		s := &t.squares[n]
		if s.mass > 0 && !s.parted && s.size > finest { // the point that was alone here moves down
			s.parted = true
			q := t.quarter(n, s.sum)
			s = &t.squares[n]
			down := &t.squares[q]
			down.sum, down.mass, down.last = s.sum, s.mass, s.last
		}
		s.sum.x += p.x
		s.sum.y += p.y
		s.mass++
		s.last = i
		if !s.parted {
			return
		}
		n = t.quarter(n, p)
	}
}

// quarter is the quarter of a square that holds a point, made if need be.
func (t *quadtree) quarter(n int32, p point) int32 {
	s := &t.squares[n]
	which, x, y := 0, s.x-s.size/4, s.y-s.size/4
	if p.x >= s.x {
		which, x = 1, s.x+s.size/4
	}
	if p.y >= s.y {
		which, y = which+2, s.y+s.size/4
	}
	if s.quarters[which] == 0 {
		size := s.size / 2
		s.quarters[which] = int32(len(t.squares))
		t.squares = append(t.squares, square{x: x, y: y, size: size})
		return int32(len(t.squares) - 1)
	}
	return s.quarters[which]
}

// outline lists a square and those within it in the order in which push meets them.
func (t *quadtree) outline(n int32) {
	s, here := &t.squares[n], len(t.glances)
	m := glance{x: s.sum.x / s.mass, y: s.sum.y / s.mass, mass: s.mass, open: -1, alone: -1}
	if s.parted {
		m.open = s.size * s.size
	} else if s.mass == 1 {
		m.alone = s.last
	}
	t.glances = append(t.glances, m)
	for which := len(s.quarters) - 1; which >= 0; which-- {
		if q := s.quarters[which]; q != 0 {
			t.outline(q)
		}
	}
	t.glances[here].next = len(t.glances)
}

// push is the force on a point.
func (t *quadtree) push(i int, p point) (force point) {
	for n := 0; n < len(t.glances); {
		m := &t.glances[n]
		dx, dy := p.x-m.x, p.y-m.y
		squared := float64(dx*dx) + float64(dy*dy)
		if m.open >= float64(squared*farAway*farAway) {
			n++
			continue
		}
		n = m.next
		if m.alone == i {
			continue
		}
		if squared < finest*finest { // one on the other: apart, each in a direction of its own
			dx, dy, squared = finest*math.Cos(float64(i)), finest*math.Sin(float64(i)), finest*finest
		}
		force.x += float64(dx * m.mass / squared)
		force.y += float64(dy * m.mass / squared)
	}
	return force
}

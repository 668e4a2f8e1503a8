package store

import (
	"math"

	"github.com/papergraph/papergraph/literature"
)

// WalkQuery asks for several walks at once, at most MaxKeys, and for blends of them, as many at most.
type WalkQuery struct {
	Walks  []Walk
	Blends []Blend
}

// Walk follows the same hops from each start and adds up what arrives at each end.
//
// From one start, hop by hop: every entity holds a count (the start: its weight). A hop carries the count of every entity along every relation of the hop's kinds
// and direction; what arrives at an entity is added up, then weighed by the hop's rule. Each start walks so many hops for itself as Apart tells; then the counts are added up over the
// starts, which walk the others together. The walk's score of an entity is its count at the end. Entities are reached by at least one
// relation per hop; counts are int64, and stay at the greatest one where they would exceed it.
//
// Starts that name nothing count for nothing. Starts themselves are never an answer, though a walk may pass through them; but they are all the answers of a walk without hops. Stubs are
// not an answer unless the filter or WithStubs asks for them; walks pass through them.
type Walk struct {
	// Key is the id under which the answer stands; it is unique in the query, usually the start.
	Key    literature.ID
	Starts []Start
	// Hops are 1 to MaxHops, or none if the walk is Bare: scores that are known already.
	Hops   []Hop
	Filter *Filter
	// WithStubs includes stubs where the filter does not decide.
	WithStubs bool
	// Targets, if not nil, are the only entities that may be an answer.
	Targets []literature.ID
	// Exclude are entities that may not be an answer.
	Exclude []literature.ID
	// MinVia is the least number of distinct entities on the last but one place (for one hop: starts) through which an answer must have been reached.
	MinVia int
	// Order is fixed: score descending, id ascending. Position.Keys holds the score.
	Page      Page
	WithTotal bool
	// Via is how many of those entities each answer names, 0 to MaxVia: those that gave most first (the sum of what they carried there, before the last hop's rule), then by id.
	Via int
	// Onward ends what comes back to the start that it set out from: it counts nowhere behind.
	Onward bool
	// Bare asks for scores only: answers are named by Position.ID, Entity and Via are nil, ViaCount is 0, and a page may hold up to MaxKeys items. Via must be 0, MinVia at most 1.
	Bare bool
}

// Apart is how many of the first hops each start walks for itself: to the last that weighs by Jaccard or Salton, which look at the start, and, where the walk is Onward, at least to the
// last but one. What comes back at the last hop is a start, which is no answer.
func (w Walk) Apart() int {
	apart := 0
	for i, hop := range w.Hops {
		if hop.Weigh == WeighJaccard || hop.Weigh == WeighSalton {
			apart = i + 1
		}
	}
	if w.Onward {
		apart = max(apart, len(w.Hops)-1)
	}
	return apart
}

// Start is where a walk begins, with a positive weight (1 where no other is meant).
type Start struct {
	ID     literature.ID
	Weight int64
}

// Hop is one step of a walk.
type Hop struct {
	// Kinds are the relations followed; none: all kinds. In BOTH a relation from an entity to itself is followed once.
	Kinds     []literature.RelationKind
	Direction Direction
	Weigh     HopRule
}

// HopRule says how what arrived at an entity is weighed.
type HopRule int

// Rules of a hop.
const (
	// WeighOne leaves the count as it is.
	WeighOne HopRule = iota
	// WeighIDF multiplies by IDF of the entity's topic frequency: the papers (no stubs) directly ABOUT it.
	WeighIDF
	// WeighRarity multiplies by IDF of how often the entity is used: n is the number of papers (no stubs), df that of the entity's relations of the hop's kinds, seen
	// from the entity's end.
	WeighRarity
	// WeighJaccard divides by what start and entity have together, in millionths, rounded to the nearest integer, half away from zero: 1e6 · c / (I(start) + I(entity) - c), where I adds up, over
	// the relations of the first hop's kinds and direction, what the first hop's rule (WeighOne, WeighIDF or WeighRarity) makes of 1 at the other end; 0 where that is 0. After a first hop and its way back, c is the
	// weight of what both have, and this Jaccard's index, weighted. Starts must have the weight 1. Source: Jaccard, The distribution of the flora in the alpine zone, 1912; the sums over weights are those of Ruzicka, 1958.
	WeighJaccard
	// WeighRootCitedBy divides by the root of the entity's citedBy, rounded to the nearest integer, half away from zero; 0 where nobody cites it.
	WeighRootCitedBy
	// WeighSalton divides by the root of d(start) · d(entity) and multiplies by a million, rounded to the nearest integer, half away from zero: Salton's cosine when the count is the number of shared
	// neighbours. d counts the relations of the first hop's kinds and direction. Source: Salton and McGill, Introduction to Modern Information Retrieval, 1983.
	WeighSalton
)

// IDF is the weight of a topic in thousandths: round(1000 · ln(1 + n/df)), where n papers (no stubs) have a topic and df of them are directly about this one; 0 where df is 0.
// Source: Spärck Jones, A statistical interpretation of term specificity, 1972, smoothed so that it is never 0 or less for a topic in use.
func IDF(n, df int) int64 {
	if df <= 0 {
		return 0
	}
	return int64(math.Round(1000 * math.Log(1+float64(n)/float64(df))))
}

// Salton is shared ÷ √(a · b) in millionths, rounded half away from zero; 0 where a or b is 0.
func Salton(shared, a, b int64) int64 {
	if a <= 0 || b <= 0 {
		return 0
	}
	return rounded(1e6 * float64(shared) / math.Sqrt(float64(a)*float64(b)))
}

// rounded is a count that is not negative, half away from zero, and the greatest there is where it would be more.
func rounded(count float64) int64 {
	if count >= math.MaxInt64 {
		return math.MaxInt64
	}
	whole := int64(count)
	if count-float64(whole) >= 0.5 { // exact, and several times faster than math.Round
		whole++
	}
	return whole
}

// AddCounts is the sum of two counts of a walk, none of which is negative.
func AddCounts(a, b int64) int64 {
	if b > math.MaxInt64-a {
		return math.MaxInt64
	}
	return a + b
}

// MultiplyCount is a count of a walk times a weight, none of which is negative.
func MultiplyCount(count, weight int64) int64 {
	if weight > 0 && count > math.MaxInt64/weight {
		return math.MaxInt64
	}
	return count * weight
}

// Jaccard is both ÷ (a + b - both) in millionths, rounded half away from zero; 0 where the divisor is not positive.
func Jaccard(both, a, b int64) int64 {
	either := a - both + b
	if a > both {
		either = AddCounts(a-both, b)
	}
	if either <= 0 {
		return 0
	}
	return rounded(1e6 * float64(both) / float64(either))
}

// PerRootCitedBy is count ÷ √citedBy, rounded half away from zero; 0 where citedBy is 0.
func PerRootCitedBy(count int64, citedBy int) int64 {
	if citedBy <= 0 {
		return 0
	}
	return rounded(float64(count) / math.Sqrt(float64(citedBy)))
}

// Reached is one entity at the end of a walk.
type Reached struct {
	Entity literature.Entity
	Score  int64
	// ViaCount is the number of distinct entities on the last but one place (for one hop: starts); Via names the first of them.
	ViaCount int
	Via      []literature.Entity
	// Scores are, in a blend, those in its parts.
	Scores   []int64
	Position Position
}

// ReachedPage is one page of reached entities.
type ReachedPage struct {
	Items []Reached
	// Highest are, for a blend, the greatest scores in its parts; Cut tells that one of its walks reached more than is on its page.
	Highest []int64
	Cut     bool
	PageInfo
}

// PathQuery asks for ways between two entities.
type PathQuery struct {
	From, To literature.ID
	// Kinds restricts the relations, which are followed either way; none: all kinds.
	Kinds []literature.RelationKind
	// MaxHops bounds the length, 1 to MaxHops of the contract.
	MaxHops int
	// Limit is how many paths are wanted, 1 to MaxPaths.
	Limit int
}

// PathAnswer holds simple paths in the order of Reader.Paths.
type PathAnswer struct {
	Paths []Path
	// Exhausted is true where no further path within MaxHops exists, and false where one does.
	Exhausted bool
	// Visited is how many entities the engine looked at, or nil where it does not tell.
	Visited *int
}

// Path is a way: one more entity than relations. From equals To gives one path of length 0.
type Path struct {
	Entities  []literature.Entity
	Relations []*literature.Relation
	// Loss is how much of what the path says is lost in the crowds on its way: the sum of PathLoss over the degrees (all relations, either way) of the entities between the ends.
	Loss int64
}

// Score is how much the path says: 1 for neighbours, and the less the more relations the entities between the ends have. It is the product of 1 ÷ (1 + log10 of their
// degrees), rounded to a billionth.
func (p Path) Score() float64 {
	return math.Round(lossUnit*math.Pow(10, -float64(p.Loss)/lossUnit)) / lossUnit
}

const lossUnit = 1e9

// PathLoss is log10(1 + log10 degree) in billionths, rounded half away from zero; 0 where the degree is at most 1. Whole numbers add up to the same sum in any order.
func PathLoss(degree int) int64 {
	if degree <= 1 {
		return 0
	}
	return int64(math.Round(lossUnit * math.Log10(1+math.Log10(float64(degree)))))
}

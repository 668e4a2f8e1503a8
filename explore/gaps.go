package explore

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

const (
	// MinGapPapers is how many papers a topic or system must have to be considered.
	MinGapPapers = 3
	// MaxGapTerms is how many topics are considered at most, and how many systems: those with most papers.
	MaxGapTerms = 50
)

// Gap is a pair that at most half as many papers join as its sizes suggest, where those suggest at least one.
type Gap struct {
	// A is a topic, B another one with as many papers or fewer, or a system.
	A, B literature.Entity
	// Expected is how many papers would join them if they were independent of each other: PapersOfA × PapersOfB ÷ all papers. Observed is how many do.
	Expected                       float64
	Observed, PapersOfA, PapersOfB int
	// Shortfall is the log-likelihood ratio G² of the four counts (see LogLikelihoodRatio), to a millionth.
	Shortfall float64
}

// Gaps are the pairs with the greatest shortfall, then by the ids of A and B.
type Gaps struct {
	Gaps []Gap
	// Papers counts all papers about a topic, which are all that is looked at, unless there are more than store.MaxPage topics: then about one of the most frequent.
	Papers int
	// Topics and Systems count what was considered; OfTopics and OfSystems what has MinGapPapers papers, or is nil where that is more than store.MaxPage.
	Topics, Systems     int
	OfTopics, OfSystems *int
	// Unknown counts pairs that could not be judged, since more than store.MaxPage topics or systems occur beside theirs.
	Unknown int
}

// FindGaps finds pairs of topics, and of a topic and a system, that few papers join. A topic counts where it is tagged itself, so pairs of a topic and its ancestor are no gaps. Stubs
// and papers without a topic are left out: what nobody tagged tells nothing. It takes four calls.
func FindGaps(ctx context.Context, reader store.Reader, limit int) (Gaps, error) {
	var g Gaps
	counts, err := reader.Facets(ctx, store.FacetQuery{Groupings: []store.Grouping{by(store.ByTopic)}})
	if err != nil {
		return g, err
	}
	tagged := counts[""][0]
	topics, ofTopics := frequent(tagged)
	g.Topics, g.OfTopics = len(topics), ofTopics
	if len(tagged.Buckets) == 0 {
		return g, nil
	}
	// All counts below are among the same papers: those about one of the topics met.
	about := store.TermMatch{Dimension: store.ByTopic}
	for _, bucket := range tagged.Buckets {
		about.AnyOf = append(about.AnyOf, literature.ID(bucket.Keys[0].Key))
	}
	counts, err = reader.Facets(ctx, store.FacetQuery{
		Filter: &store.Filter{Terms: []store.TermMatch{about}}, Groupings: []store.Grouping{by(store.BySystem), by(store.ByHasArtifact)},
	})
	if err != nil {
		return g, err
	}
	systems, ofSystems := frequent(counts[""][0])
	g.Systems, g.OfSystems = len(systems), ofSystems
	for _, either := range counts[""][1].Buckets { // with artifacts and without: every paper once
		g.Papers += either.Count
	}
	beside, err := reader.Facets(ctx, store.FacetQuery{
		Parents: idsOf(topics), Via: []store.KindDirection{{Kind: literature.About, Direction: store.Incoming}},
		Groupings: []store.Grouping{by(store.ByTopic), by(store.BySystem)},
	})
	if err != nil {
		return g, err
	}
	below, err := reader.List(ctx, store.ListQuery{
		Kind: literature.KindTopic, Parents: idsOf(topics), Via: []store.KindDirection{{Kind: literature.Broader, Direction: store.Incoming}}, Narrower: true,
		Filter: &store.Filter{IDs: idsOf(topics)}, Page: store.Page{Limit: store.MaxPage},
	})
	if err != nil {
		return g, err
	}
	for i, a := range topics {
		for _, b := range topics[i+1:] {
			if !lists(below, a, b) && !lists(below, b, a) {
				g.judge(a, b, together(beside, a, b, 0), together(beside, b, a, 0))
			}
		}
		for _, b := range systems {
			g.judge(a, b, together(beside, a, b, 1))
		}
	}
	slices.SortFunc(g.Gaps, func(a, b Gap) int {
		return cmp.Or(
			cmp.Compare(b.Shortfall, a.Shortfall), cmp.Compare(a.A.RecordID(), b.A.RecordID()), cmp.Compare(a.B.RecordID(), b.B.RecordID()),
		)
	})
	g.Gaps = g.Gaps[:min(len(g.Gaps), limit)]
	return g, nil
}

func by(dimension store.Dimension) store.Grouping {
	return store.Grouping{Dimensions: []store.Dimension{dimension}, Limit: store.MaxPage}
}

// term is a topic or system and the number of its papers.
type term struct {
	entity literature.Entity
	papers int
}

// frequent are the terms with most papers; of counts those with enough, nil where some are beyond what was counted.
func frequent(counts store.FacetCounts) (terms []term, of *int) {
	for _, bucket := range counts.Buckets {
		if bucket.Count >= MinGapPapers {
			terms = append(terms, term{bucket.Keys[0].Entity, bucket.Count})
		}
	}
	if len(terms) < len(counts.Buckets) || counts.Other == 0 {
		of = new(len(terms))
	}
	return terms[:min(len(terms), MaxGapTerms)], of
}

func idsOf(terms []term) []literature.ID {
	ids := make([]literature.ID, len(terms))
	for i, t := range terms {
		ids[i] = t.entity.RecordID()
	}
	return ids
}

// lists tells whether b is in the list of a.
func lists(pages map[literature.ID]store.EntityPage, a, b term) bool {
	return slices.ContainsFunc(pages[a.entity.RecordID()].Items, func(i store.EntityItem) bool { return i.Entity.RecordID() == b.entity.RecordID() })
}

// together counts the papers of a that are b's too, by the grouping of a's papers; -1 where the grouping was cut before it came to b.
func together(beside map[literature.ID][]store.FacetCounts, a, b term, grouping int) int {
	groupings := beside[a.entity.RecordID()]
	if len(groupings) <= grouping { // gone between two calls
		return -1
	}
	counts := groupings[grouping]
	for _, bucket := range counts.Buckets {
		if bucket.Keys[0].Key == string(b.entity.RecordID()) {
			return bucket.Count
		}
	}
	if counts.Other > 0 {
		return -1
	}
	return 0
}

// judge adds the pair if it is a gap; observed are the counts of papers that join it, some of which may be unknown.
func (g *Gaps) judge(a, b term, observed ...int) {
	both := slices.Max(observed)
	if both < 0 {
		g.Unknown++
		return
	}
	// The counts are of different calls, between which the graph may have changed: they are made to fit together.
	both = min(both, a.papers, b.papers)
	all := max(g.Papers, a.papers+b.papers-both)
	expected := float64(a.papers) * float64(b.papers) / float64(all)
	if expected < 1 || float64(both) > expected/2 {
		return
	}
	g.Gaps = append(g.Gaps, Gap{
		A: a.entity, B: b.entity, Expected: expected, Observed: both, PapersOfA: a.papers, PapersOfB: b.papers,
		Shortfall: math.Round(1e6*LogLikelihoodRatio(both, a.papers, b.papers, all)) / 1e6,
	})
}

// LogLikelihoodRatio is G² = 2 Σ observed · ln(observed ÷ expected) over the papers that have both, only the first, only the second, and neither, of so many in all; 0 where the first and the
// second are independent of each other. Source: Dunning, Accurate methods for the statistics of surprise and coincidence, 1993: unlike z and χ² it holds for small counts.
func LogLikelihoodRatio(both, first, second, all int) float64 {
	sum := 0.0
	for _, cell := range [4][3]int{
		{both, first, second},
		{first - both, first, all - second},
		{second - both, all - first, second},
		{all - first - second + both, all - first, all - second},
	} {
		if cell[0] > 0 {
			sum += float64(cell[0]) * math.Log(float64(cell[0])*float64(all)/(float64(cell[1])*float64(cell[2])))
		}
	}
	return max(0, 2*sum)
}

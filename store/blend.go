package store

import (
	"cmp"
	"math"
	"slices"

	"github.com/papergraph/papergraph/literature"
)

// Blend ranks what several walks of one query reach, by all of them together.
//
// Each part is a walk of the query, which must be Bare and ask for its first page, and brings in what is on that page; what a walk of Without has on its page is left out before anything is
// compared, and so is what the walk of Within, if there is one, has not. The value of an entity in a part is its score there ÷ the greatest one in that part. Its score in the blend is Σ weight × value ÷ Σ weight, over the parts in which some score is above
// 0, in billionths, rounded half away from zero. What has no score above 0 is no answer.
type Blend struct {
	// Key is the id under which the answer stands, unique among the walks and blends of the query; walks that are part of a blend have no answer of their own.
	Key     literature.ID
	Parts   []Part
	Without []literature.ID
	Within  literature.ID
	// Order is fixed: score descending, id ascending. Position.Keys holds the score. The total is always told.
	Page Page
}

// Part is the key of a walk and its weight, above 0 and finite.
type Part struct {
	Walk   literature.ID
	Weight float64
}

// blendScale makes whole numbers of scores.
const blendScale = 1e9

// Total is the weight of all parts in which some score is above 0, of which highest are the greatest.
func (b Blend) Total(highest []int64) (total float64) {
	for p, part := range b.Parts {
		if highest[p] > 0 {
			total += part.Weight
		}
	}
	return total
}

// Share is what a part adds to the score of an entity. The sum of the shares, in the order of the parts, is the score in the blend, see WholeScore.
func (p Part) Share(score, highest int64, total float64) float64 {
	if score == 0 {
		return 0
	}
	return p.Weight * (float64(score) / float64(highest)) / total
}

// WholeScore is a score in billionths.
func WholeScore(sum float64) int64 { return int64(math.Round(sum * blendScale)) }

// Of is the blend of the pages of walks, without entities. Stores that have those pages need nothing else.
func (b Blend) Of(pages map[literature.ID]ReachedPage) ReachedPage {
	scores := make(map[literature.ID][]int64)
	out := make(map[literature.ID]bool)
	for _, key := range b.Without {
		for _, item := range pages[key].Items {
			out[item.Position.ID] = true
		}
	}
	in := make(map[literature.ID]bool)
	for _, item := range pages[b.Within].Items {
		in[item.Position.ID] = true
	}
	answer := ReachedPage{Highest: make([]int64, len(b.Parts))}
	for _, key := range b.Beside() {
		answer.Cut = answer.Cut || pages[key].HasNext
	}
	for p, part := range b.Parts {
		page := pages[part.Walk]
		answer.Cut = answer.Cut || page.HasNext
		for _, item := range page.Items {
			if out[item.Position.ID] || b.Within != "" && !in[item.Position.ID] || item.Score == 0 {
				continue
			}
			of := scores[item.Position.ID]
			if of == nil {
				of = make([]int64, len(b.Parts))
				scores[item.Position.ID] = of
			}
			of[p] = item.Score
			answer.Highest[p] = max(answer.Highest[p], item.Score)
		}
	}
	items, total := make([]Reached, 0, len(scores)), b.Total(answer.Highest)
	for id, of := range scores {
		sum := 0.0
		for p, part := range b.Parts {
			sum += part.Share(of[p], answer.Highest[p], total)
		}
		score := WholeScore(sum)
		items = append(items, Reached{Score: score, Scores: of, Position: Position{Keys: []SortValue{{Int: score}}, ID: id}})
	}
	order := func(a, b Reached) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Position.ID, b.Position.ID))
	}
	slices.SortFunc(items, order)
	start, end := 0, len(items)
	if from := b.Page.From; from != nil {
		at, found := slices.BinarySearchFunc(items, Reached{Score: from.Keys[0].Int, Position: *from}, order)
		if b.Page.Backward {
			end = at
		} else if start = at; found {
			start++
		}
	}
	if b.Page.Backward {
		start = max(start, end-b.Page.Limit)
	} else {
		end = min(end, start+b.Page.Limit)
	}
	answer.Items = items[start:end]
	answer.PageInfo = PageInfo{HasPrevious: start > 0, HasNext: end < len(items), Total: len(items)}
	return answer
}

// check tells whether the walks of a query can be blended.
func (b Blend) check(walks map[literature.ID]Walk) error {
	if err := checkParts(max(len(b.Parts), len(b.Without))); err != nil {
		return err
	}
	usable := func(key literature.ID) error {
		if w, ok := walks[key]; !ok || !w.Bare || w.Page.From != nil || w.Page.Backward {
			return invalid("%q in a blend: it must be a walk of the query that is bare and asks for its first page", key)
		}
		return nil
	}
	for _, part := range b.Parts {
		if err := usable(part.Walk); err != nil {
			return err
		}
		if !(part.Weight > 0) || math.IsInf(part.Weight, 1) {
			return invalid("a part of a blend with the weight %g: it must be positive", part.Weight)
		}
	}
	for _, key := range b.Beside() {
		if err := usable(key); err != nil {
			return err
		}
	}
	return b.Page.Holds(false)
}

// Beside are the keys of Without and Within.
func (b Blend) Beside() []literature.ID {
	if b.Within == "" {
		return b.Without
	}
	return append(slices.Clone(b.Without), b.Within)
}

// Blended are the keys of the walks that blends are made of.
func (q WalkQuery) Blended() map[literature.ID]bool {
	keys := make(map[literature.ID]bool)
	for _, b := range q.Blends {
		for _, part := range b.Parts {
			keys[part.Walk] = true
		}
		for _, key := range b.Beside() {
			keys[key] = true
		}
	}
	return keys
}

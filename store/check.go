package store

import (
	"fmt"
	"slices"

	"github.com/papergraph/papergraph/literature"
)

// The Check functions say what makes a query ErrInvalid, once for all stores. A store calls them before anything else.

func invalid(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{ErrInvalid}, args...)...)
}

// CheckKeys bounds the number of ids, keys or parents.
func CheckKeys(n int) error {
	if n > MaxKeys {
		return invalid("%d keys in one call: at most %d are allowed", n, MaxKeys)
	}
	return nil
}

// Check tells whether the query can be answered.
func (q ListQuery) Check() error {
	if err := checkEntityKinds([]literature.EntityKind{q.Kind}); err != nil {
		return err
	}
	if err := checkParents(q.Parents, q.Via); err != nil {
		return err
	}
	if err := checkOrder(q.Order, q.Filter); err != nil {
		return err
	}
	if err := q.Filter.Check(); err != nil {
		return err
	}
	return q.Page.Holds(texts(q.Orders())...)
}

// Orders is the order in force: the asked one, or the default of the kind.
func (q ListQuery) Orders() []Order {
	switch {
	case len(q.Order) > 0:
		return q.Order
	case q.Kind == literature.KindPaper:
		return []Order{{By: OrderByCitedBy, Descending: true}}
	default:
		return []Order{{By: OrderByTitle}}
	}
}

func checkParents(parents []literature.ID, via []KindDirection) error {
	if err := CheckKeys(len(parents)); err != nil {
		return err
	}
	if len(parents) > 0 && len(via) == 0 {
		return invalid("parents without the relations that join them to the list")
	}
	for _, v := range via {
		if err := v.check(); err != nil {
			return err
		}
	}
	return nil
}

func (v KindDirection) check() error {
	if v.Kind != "" && v.Kind.Rank() < 0 {
		return invalid("unknown relation kind %q", v.Kind)
	}
	return v.Direction.check()
}

func (d Direction) check() error {
	if d != Outgoing && d != Incoming && d != Both {
		return invalid("unknown direction %q", d)
	}
	return nil
}

func checkKinds(kinds []literature.RelationKind) error {
	for _, kind := range kinds {
		if kind.Rank() < 0 {
			return invalid("unknown relation kind %q", kind)
		}
	}
	return nil
}

func checkEntityKinds(kinds []literature.EntityKind) error {
	for _, kind := range kinds {
		if !slices.Contains(literature.EntityKinds(), kind) {
			return invalid("unknown entity kind %q", kind)
		}
	}
	return nil
}

func checkParts(n int) error {
	if n > MaxParts {
		return invalid("%d parts of a filter, or groupings: at most %d are allowed", n, MaxParts)
	}
	return nil
}

// Check tells whether the query can be answered.
func (q FacetQuery) Check() error {
	if err := checkParents(q.Parents, q.Via); err != nil {
		return err
	}
	if err := q.Filter.Check(); err != nil {
		return err
	}
	if err := checkParts(len(q.Groupings)); err != nil {
		return err
	}
	for _, g := range q.Groupings {
		if len(g.Dimensions) < 1 || len(g.Dimensions) > 3 {
			return invalid("a grouping by %d dimensions: 1 to 3 are allowed", len(g.Dimensions))
		}
		for i, d := range g.Dimensions {
			if !slices.Contains(termDimensions, d) && d != ByYear && d != BySeries && d != ByHasArtifact && d != ByHasResult {
				return invalid("unknown dimension %q", d)
			}
			if slices.Contains(g.Dimensions[:i], d) {
				return invalid("dimension %s twice in one grouping", d)
			}
		}
		if g.Limit < 1 || g.Limit > MaxPage {
			return invalid("%d buckets: 1 to %d are allowed", g.Limit, MaxPage)
		}
		if g.Samples < 0 || g.Samples > 10 {
			return invalid("%d samples a bucket: 0 to 10 are allowed", g.Samples)
		}
		if err := g.Filter.Check(); err != nil {
			return err
		}
	}
	return nil
}

// CheckCombinations bounds the number of combinations that a grouping has met.
func CheckCombinations(n int) error {
	if n > MaxCombinations {
		return invalid("a grouping meets more than %d combinations of values: narrow the filter or cross fewer dimensions", MaxCombinations)
	}
	return nil
}

// Check tells whether the query can be answered.
func (q RelationQuery) Check() error {
	if err := CheckKeys(len(q.Sources)); err != nil {
		return err
	}
	if err := CheckKeys(len(q.Targets)); err != nil {
		return err
	}
	if err := q.Direction.check(); err != nil {
		return err
	}
	if err := checkKinds(q.Kinds); err != nil {
		return err
	}
	if err := checkOrder(q.Order, q.Filter); err != nil {
		return err
	}
	if err := q.Filter.Check(); err != nil {
		return err
	}
	if len(q.Order) > 0 {
		return q.Page.Holds(append(texts(q.Order), false, false)...)
	}
	return q.Page.Holds(make([]bool, RelationKeys)...)
}

// RelationKeys is the number of sort keys of the default order of relations: kind rank, 0 for outgoing and 1 for incoming, the kind's own key.
const RelationKeys = 3

// RelationKey is the kind's own sort key in the default order of relations, and whether it runs descending. The tie-break by id runs the same way. citedBy is that of the other end.
func RelationKey(r *literature.Relation, outgoing bool, citedBy int) (key int64, descending bool) {
	switch {
	case outgoing && r.Kind == literature.AuthoredBy:
		return int64(r.Position), false
	case outgoing && r.Kind == literature.About:
		return int64(r.Weight), true
	case OtherMayBePaper(r.Kind, outgoing):
		return int64(citedBy), true
	default:
		return 0, false
	}
}

// OtherMayBePaper tells whether the far end of a relation of the kind may be a paper.
func OtherMayBePaper(kind literature.RelationKind, outgoing bool) bool {
	if !outgoing {
		return kind != literature.AffiliatedTo && kind != literature.Broader
	}
	return kind == literature.Cites || kind == literature.Extends || kind == literature.VersionOf
}

// CheckDegrees tells whether the question can be answered.
func CheckDegrees(ids []literature.ID, of []KindDirection) error {
	for _, v := range of {
		if err := v.check(); err != nil {
			return err
		}
	}
	return CheckKeys(len(ids))
}

// Check tells whether the query can be answered.
func (q ResultQuery) Check() error {
	if err := CheckKeys(len(q.Parents)); err != nil {
		return err
	}
	if err := checkTerms(q.Filter.Terms); err != nil {
		return err
	}
	if err := checkParts(len(q.Filter.Terms)); err != nil {
		return err
	}
	if err := CheckKeys(max(len(q.Filter.Metrics), len(q.Filter.Kinds))); err != nil {
		return err
	}
	return q.Page.Holds(true, false) // the paper, its place there
}

// Check tells whether the query can be answered, but for its Since, of which only the store knows whether it has come.
func (q HistoryQuery) Check() error {
	if err := CheckKeys(len(q.IDs)); err != nil {
		return err
	}
	if len(q.IDs) > 0 && len(q.Kinds) > 0 {
		return invalid("kinds pick from all changes, not from those of ids")
	}
	if err := checkEntityKinds(q.Kinds); err != nil {
		return err
	}
	return q.Page.Holds(false)
}

// CheckVersion tells whether a version has come.
func CheckVersion(asked, present Version) error {
	if asked > present {
		return invalid("the present version is %d, not yet %d: ask for what came after an earlier one", present, asked)
	}
	return nil
}

// Check tells whether the query can be answered.
func (q TextQuery) Check() error {
	if !q.Query.HasPositive() {
		return invalid("the query names no word to look for")
	}
	if err := checkEntityKinds(q.Kinds); err != nil {
		return err
	}
	if err := q.Filter.Check(); err != nil {
		return err
	}
	return q.Page.Holds(false, false)
}

// Check tells whether the query can be answered.
func (q PostingQuery) Check() error {
	tokens := 0
	for _, list := range q.Tokens {
		tokens += len(list)
		for token, texts := range list {
			if texts < 1 || texts > MaxKeys {
				return invalid("the token %q, which %d texts hold: it must be 1 to %d", token, texts, MaxKeys)
			}
		}
	}
	if tokens > MaxKeys {
		return invalid("%d tokens: at most %d are allowed", tokens, MaxKeys)
	}
	if q.Limit < 0 {
		return invalid("a document frequency of at most %d", q.Limit)
	}
	if q.Rarest < 0 || q.Beyond < 0 || q.Beyond > MaxKeys {
		return invalid("the %d rarest tokens, each in at least %d papers more than texts", q.Rarest, q.Beyond)
	}
	return nil
}

// Check tells whether the query can be answered.
func (q WalkQuery) Check() error {
	if err := CheckKeys(len(q.Walks)); err != nil {
		return err
	}
	if err := CheckKeys(len(q.Blends)); err != nil {
		return err
	}
	seen := make(map[literature.ID]Walk, len(q.Walks))
	for _, w := range q.Walks {
		if _, ok := seen[w.Key]; ok {
			return invalid("two walks under the key %q", w.Key)
		}
		seen[w.Key] = w
		if err := w.check(); err != nil {
			return err
		}
	}
	blends := make(map[literature.ID]bool, len(q.Blends))
	for _, b := range q.Blends {
		if _, ok := seen[b.Key]; ok || blends[b.Key] {
			return invalid("two walks or blends under the key %q", b.Key)
		}
		blends[b.Key] = true
		if err := b.check(seen); err != nil {
			return err
		}
	}
	return nil
}

func (w Walk) check() error {
	if len(w.Hops) < 1 && !w.Bare || len(w.Hops) > MaxHops {
		return invalid("a walk of %d hops: 1 to %d are allowed", len(w.Hops), MaxHops)
	}
	for i, hop := range w.Hops {
		if hop.Weigh == WeighJaccard && (i == 0 || w.Hops[0].Weigh > WeighRarity) {
			return invalid("a weighted Jaccard index over a first hop that weighs by rule %d", w.Hops[0].Weigh)
		}
		if err := hop.Direction.check(); err != nil {
			return err
		}
		if err := checkKinds(hop.Kinds); err != nil {
			return err
		}
		if hop.Weigh < WeighOne || hop.Weigh > WeighSalton {
			return invalid("unknown hop rule %d", hop.Weigh)
		}
	}
	if err := CheckKeys(max(len(w.Starts), len(w.Targets), len(w.Exclude))); err != nil {
		return err
	}
	for _, start := range w.Starts {
		if start.Weight < 1 {
			return invalid("start %s has the weight %d: it must be positive", start.ID, start.Weight)
		}
		if start.Weight > 1 && slices.ContainsFunc(w.Hops, func(h Hop) bool { return h.Weigh == WeighJaccard }) {
			return invalid("start %s has the weight %d: Jaccard's index needs 1", start.ID, start.Weight)
		}
	}
	if w.Via < 0 || w.Via > MaxVia {
		return invalid("%d entities on the way: 0 to %d are allowed", w.Via, MaxVia)
	}
	if err := w.Filter.Check(); err != nil {
		return err
	}
	if !w.Bare {
		return w.Page.Holds(false)
	}
	if w.Via > 0 || w.MinVia > 1 {
		return invalid("entities on the way of bare answers")
	}
	if err := CheckKeys(w.Page.Limit); err != nil {
		return err
	}
	page := w.Page
	page.Limit = min(page.Limit, MaxPage)
	return page.Holds(false)
}

// Check tells whether the query can be answered.
func (q PathQuery) Check() error {
	if q.MaxHops < 1 || q.MaxHops > MaxHops {
		return invalid("paths of %d hops: 1 to %d are allowed", q.MaxHops, MaxHops)
	}
	if q.Limit < 1 || q.Limit > MaxPaths {
		return invalid("%d paths: 1 to %d are allowed", q.Limit, MaxPaths)
	}
	return checkKinds(q.Kinds)
}

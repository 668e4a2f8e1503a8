package store

import "github.com/papergraph/papergraph/literature"

// Limits of the contract.
const (
	// MaxPage is the greatest number of items in one page.
	MaxPage = 1000
	// MaxKeys is the greatest number of ids, keys or parents in one call.
	MaxKeys = 10_000
	// MaxCombinations is the greatest number of combinations of values that one grouping of one parent may meet.
	MaxCombinations = 1_000_000
	// MaxVia is the greatest number of entities that a reached entity names as its way.
	MaxVia = 5
	// MaxScanBatch is the greatest number of records Scan hands over at once.
	MaxScanBatch = 5000
	// MaxHops is the greatest length of a path or walk.
	MaxHops = 6
	// MaxPaths is the greatest number of paths in one answer, and how many of one length are weighed against each other.
	MaxPaths = 100
	// MaxFilterDepth is the greatest depth of and, or and not in a filter.
	MaxFilterDepth = 3
	// MaxParts is the greatest number of parts of one filter, it and every filter and term in it, and of groupings in one query.
	MaxParts = 1000
)

// Page says which part of an ordered list is wanted: Limit items, 0 to MaxPage, after a position (none: from the start), or, with Backward,
// the Limit items before a position (none: the end). Items always come in the list's order, also backward.
type Page struct {
	Limit    int
	Backward bool
	// From is the position of an item, exclusive; it need not exist any more.
	From *Position
}

// Position is the place of an item in an ordered list: its sort keys in the order's sequence, then its id. A list continues correctly behind any
// position, whether or not the item is still there.
type Position struct {
	Keys []SortValue
	ID   literature.ID
}

// SortValue is one sort key: a number or a text, never both. Missing values come last in either direction.
type SortValue struct {
	Int     int64
	Text    string
	Missing bool
}

// PageInfo says what lies beside a page: whether the list has items before it and behind it. What a page starts from (see Page.From) lies before it, or, with
// Backward, behind it.
type PageInfo struct {
	HasPrevious, HasNext bool
	// Total counts the whole list, paging aside, where the query asked for it; else it is -1.
	Total int
}

// EntityItem is one entity of a page and its place in the list.
type EntityItem struct {
	Entity   literature.Entity
	Position Position
}

// EntityPage is one page of entities.
type EntityPage struct {
	Items []EntityItem
	PageInfo
}

// Direction says which way relations are followed, seen from the entity asked about.
type Direction string

// Directions.
const (
	Outgoing Direction = "OUTGOING"
	Incoming Direction = "INCOMING"
	Both     Direction = "BOTH"
)

// Reversed is the direction as seen from the other end.
func (d Direction) Reversed() Direction {
	switch d {
	case Outgoing:
		return Incoming
	case Incoming:
		return Outgoing
	default:
		return d
	}
}

// KindDirection is a kind of relation in a direction. The empty kind stands for all kinds.
type KindDirection struct {
	Kind      literature.RelationKind
	Direction Direction
}

// Check bounds the page; keys is the number of sort keys a position must have (-1: any).
func (p Page) Check(keys int) error {
	if p.Limit < 0 || p.Limit > MaxPage {
		return invalid("a page of %d: 0 to %d are allowed", p.Limit, MaxPage)
	}
	if p.From != nil && keys >= 0 && len(p.From.Keys) != keys {
		return invalid("the position has %d sort keys: the order has %d", len(p.From.Keys), keys)
	}
	return nil
}

// Holds bounds the page, and tells whether its position has keys of the right types: text says which of them are texts.
func (p Page) Holds(text ...bool) error {
	if err := p.Check(len(text)); err != nil || p.From == nil {
		return err
	}
	for i, key := range p.From.Keys {
		if !key.Missing && (text[i] && key.Int != 0 || !text[i] && key.Text != "") {
			return invalid("sort key %d of the position is of the wrong type", i+1)
		}
	}
	return nil
}

// texts tells which sort keys of an order are texts.
func texts(orders []Order) []bool {
	text := make([]bool, len(orders))
	for i, o := range orders {
		text[i] = o.By == OrderByTitle
	}
	return text
}

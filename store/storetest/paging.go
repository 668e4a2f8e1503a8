package storetest

import (
	"slices"

	"github.com/papergraph/papergraph/store"
)

// fetch gives the positions of one page of a list.
type fetch func(store.Page) ([]store.Position, store.PageInfo)

// pages walks a list page by page, in either direction and with every page size, and compares what it sees with the list read at once.
func (p probe) pages(read fetch) {
	p.t.Helper()
	whole, info := read(all)
	p.equal("what lies beside the whole list", store.PageInfo{HasPrevious: info.HasPrevious, HasNext: info.HasNext}, store.PageInfo{})
	for limit := 1; limit <= len(whole)+1; limit++ {
		for _, backward := range []bool{false, true} {
			p.pagesOf(read, whole, limit, backward)
		}
	}
	empty, info := read(store.Page{Limit: 0})
	if len(empty) > 0 || info.HasPrevious || info.HasNext != (len(whole) > 0) {
		p.t.Errorf("a page of 0 holds %d items, HasPrevious %v, HasNext %v", len(empty), info.HasPrevious, info.HasNext)
	}
	for i := range whole {
		p.between(read, whole, i)
	}
}

func (p probe) pagesOf(read fetch, whole []store.Position, limit int, backward bool) {
	p.t.Helper()
	var seen []store.Position
	page := store.Page{Limit: limit, Backward: backward}
	for range len(whole) + 1 {
		items, info := read(page)
		more, before := info.HasNext, info.HasPrevious
		if backward {
			more, before = before, more
			seen = append(slices.Clone(items), seen...)
		} else {
			seen = append(seen, items...)
		}
		if want := len(seen) < len(whole); more != want {
			p.t.Errorf("limit %d, backward %v: after %d of %d items more is %v", limit, backward, len(seen), len(whole), more)
		}
		if want := page.From != nil; before != want {
			p.t.Errorf("limit %d, backward %v: items behind the page: %v, want %v", limit, backward, before, want)
		}
		if !more || len(items) == 0 {
			break
		}
		next := items[len(items)-1]
		if backward {
			next = items[0]
		}
		page.From = &next
	}
	if !slices.EqualFunc(seen, whole, samePosition) {
		p.t.Errorf("limit %d, backward %v: the pages together give\n%v\nwant\n%v", limit, backward, seen, whole)
	}
}

// between continues from a place right behind an item, where no item stands: an item that is gone.
func (p probe) between(read fetch, whole []store.Position, i int) {
	p.t.Helper()
	if whole[i].ID == "" { // versions have no place between them
		return
	}
	gone := store.Position{Keys: whole[i].Keys, ID: whole[i].ID + "-"}
	after, _ := read(store.Page{Limit: store.MaxPage, From: &gone})
	before, _ := read(store.Page{Limit: store.MaxPage, From: &gone, Backward: true})
	if joined := slices.Concat(before, after); !slices.EqualFunc(joined, whole, samePosition) {
		p.t.Errorf("around the vanished place %v stand\n%v and\n%v\nof\n%v", gone, before, after, whole)
	}
}

func samePosition(a, b store.Position) bool {
	return a.ID == b.ID && slices.Equal(a.Keys, b.Keys)
}

func entityPages(p probe, q store.ListQuery) {
	p.t.Helper()
	parent := parentOf(q.Parents)
	p.pages(func(page store.Page) (positions []store.Position, info store.PageInfo) {
		q.Page = page
		answer := p.list(q)[parent]
		for _, item := range answer.Items {
			positions = append(positions, item.Position)
		}
		return positions, answer.PageInfo
	})
}

func relationPages(p probe, q store.RelationQuery) {
	p.t.Helper()
	p.pages(func(page store.Page) (positions []store.Position, info store.PageInfo) {
		q.Page = page
		answer := p.relations(q)[q.Sources[0]]
		for _, item := range answer.Items {
			positions = append(positions, item.Position)
		}
		return positions, answer.PageInfo
	})
}

func parentOf[T ~string](parents []T) T {
	if len(parents) == 0 {
		return ""
	}
	return parents[0]
}

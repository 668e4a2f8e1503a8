package storetest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// dice draws random graphs and questions. Everything is drawn from few values, so that ties, duplicates and collisions are common.
type dice struct{ t *rapid.T }

func (d dice) upTo(n int) int { return pick(d, upTo[:n+1]) }

// chance comes true n times in a hundred, and shrinks to false.
func (d dice) chance(n int) bool { return d.upTo(99) >= 100-n }

// upTo are the numbers that upTo picks from: rapid prefers small ones where it draws numbers.
var upTo = func() (numbers [5000]int) {
	for i := range numbers {
		numbers[i] = i
	}
	return numbers
}()

func pick[T any](d dice, from []T) T { return rapid.SampledFrom(from).Draw(d.t, "pick") }

// some draws a list of up to n values, in which a value may come twice.
func some[T any](d dice, n int, draw func() T) []T {
	var list []T
	for range d.upTo(n) {
		list = append(list, draw())
	}
	return list
}

// universe is every entity id that a random graph may hold, in one order.
var universe = func() []literature.ID {
	var ids []literature.ID
	for _, kind := range literature.EntityKinds() {
		n := map[literature.EntityKind]int{literature.KindPaper: 12, literature.KindTopic: 6, literature.KindVenue: 4, literature.KindAuthor: 4, literature.KindSystem: 3}[kind]
		for i := range max(n, 2) {
			ids = append(ids, literature.NewID(kind, fmt.Sprintf("n%d", i)))
		}
	}
	return ids
}()

func ofKind(ids []literature.ID, kind literature.EntityKind) []literature.ID {
	return slices.DeleteFunc(slices.Clone(ids), func(id literature.ID) bool { return id.EntityKind() != kind })
}

// batch draws a batch for a graph that holds the given records. Most are well formed; some name what does not exist or expect what does not hold.
func (d dice) batch(now *state, entities, relations int) store.Batch {
	b := store.Batch{
		Author: "dice", At: time.Date(2024, 1, 1+d.upTo(3), 0, 0, 0, 0, time.UTC),
		Redirect: make(map[literature.ID]literature.ID), Expect: make(map[literature.ID]store.Version),
	}
	there := make(map[literature.ID]bool) // the entities after the batch
	for _, e := range now.entities {
		there[e.RecordID()] = true
	}
	used := make(map[literature.ID]bool) // what the batch speaks of already
	claim := func(id literature.ID) bool {
		before := used[id]
		used[id] = true
		return !before
	}
	for range entities/2 + d.upTo(entities/2) {
		if id := pick(d, universe); claim(id) {
			b.Upsert = append(b.Upsert, d.entity(id))
			there[id] = true
		}
	}
	existing := now.all()
	for range d.upTo(2) {
		if id := d.gone(existing); d.chance(40) && claim(id) {
			b.Remove = append(b.Remove, id)
			delete(there, id)
		}
	}
	if old := pick(d, universe); d.chance(25) && claim(old) {
		delete(there, old)
		if target := d.end(there, old.EntityKind()); target != "" {
			b.Redirect[old] = target
		}
	}
	if d.chance(5) { // a mistake, in case something names it
		there[pick(d, universe)] = true
	}
	for range relations/2 + d.upTo(relations/2) {
		if r := d.relation(there); r != nil && claim(r.ID) {
			b.Upsert = append(b.Upsert, r)
		}
	}
	for range d.upTo(2) {
		if r := d.result(there); r.Paper != "" && claim(r.ID) {
			b.Upsert = append(b.Upsert, r)
		}
	}
	if d.chance(10) {
		b.Expect[pick(d, universe)] = store.Version(d.upTo(int(now.version)))
	}
	return b
}

// gone draws the id of something to remove.
func (d dice) gone(existing []literature.Record) literature.ID {
	if len(existing) == 0 || d.chance(30) {
		return pick(d, universe)
	}
	return pick(d, existing).RecordID()
}

// end draws an entity of a kind that exists, or "" where none does.
func (d dice) end(there map[literature.ID]bool, kind literature.EntityKind) literature.ID {
	if ids := ofKind(sortedKeys(there), kind); len(ids) > 0 {
		return pick(d, ids)
	}
	return ""
}

var (
	vocabulary = strings.Fields("storage Storage stores kernel key-value fast naïve e.g. λ-IO 键值 存储 鍵值 键 𠀋𠀌 𠀌𠀋 𠀋 The of user's 3.14 ＦＡＳＴ 🧪")
	dates      = []string{"2020", "2021-05", "2021", "2022-01-02", ""}
	locales    = []literature.Locale{literature.English, literature.TraditionalChinese, literature.SimplifiedChinese}
)

func (d dice) words(n int) string {
	return strings.Join(append([]string{pick(d, vocabulary)}, some(d, n-1, func() string { return pick(d, vocabulary) })...), " ")
}

func (d dice) texts(n int) []literature.LocalizedText {
	texts := make(map[literature.Locale]literature.LocalizedText)
	for range n {
		locale := pick(d, locales)
		texts[locale] = literature.LocalizedText{Value: d.words(3), Locale: locale}
	}
	return slices.SortedFunc(maps.Values(texts), func(a, b literature.LocalizedText) int { return strings.Compare(string(a.Locale), string(b.Locale)) })
}

func (d dice) entity(id literature.ID) literature.Entity {
	e := literature.Blank(id).(literature.Entity)
	b := e.Common()
	*b = literature.Base{ID: id, Labels: d.texts(1 + d.upTo(1)), Summaries: d.texts(d.upTo(1))}
	b.Aliases = slices.Compact(some(d, 1, func() string { return d.words(1) }))
	if d.chance(30) {
		b.Identifiers = []literature.Identifier{{Scheme: literature.DOI, Value: fmt.Sprintf("10.1000/%d", d.upTo(3))}}
	}
	switch e := e.(type) {
	case *literature.Paper:
		e.Type, e.PublishedOn, e.IsStub = literature.Article, pick(d, dates), d.chance(20)
		e.Abstracts = d.texts(d.upTo(1))
		if d.chance(30) {
			e.AddedAt = time.Date(2024, 1, 1+d.upTo(3), 0, 0, 0, 0, time.UTC)
		}
	case *literature.Venue:
		e.Type = literature.Series
		if d.chance(50) {
			e.Type, e.Year = literature.Edition, ptr(2020+d.upTo(2))
		}
	}
	return e
}

func (d dice) relation(there map[literature.ID]bool) *literature.Relation {
	kind := literature.Cites
	if d.chance(75) {
		kind = pick(d, literature.RelationKinds())
	}
	var joined [][2]literature.EntityKind
	for _, source := range literature.EntityKinds() {
		for _, target := range literature.EntityKinds() {
			if kind.Joins(source, target) {
				joined = append(joined, [2]literature.EntityKind{source, target})
			}
		}
	}
	ends := pick(d, joined)
	r := relation(kind, d.end(there, ends[0]), d.end(there, ends[1]))
	if r.Source == "" || r.Target == "" || r.Source == r.Target && kind != literature.Cites {
		return nil
	}
	switch kind {
	case literature.About:
		r.Weight = 1 + 499*d.upTo(2)
	case literature.AuthoredBy:
		r.Position = 1 + d.upTo(2)
		for range d.upTo(2) {
			if id := d.end(there, literature.KindOrganization); id != "" && !slices.Contains(r.Organizations, id) {
				r.Organizations = append(r.Organizations, id)
			}
		}
	}
	return r
}

func (d dice) result(there map[literature.ID]bool) *literature.Result {
	r := result(fmt.Sprintf("r%d", d.upTo(5)), d.end(there, literature.KindPaper), "", "", 1+d.upTo(2), float64(1+d.upTo(2)))
	if d.chance(60) {
		r.System = d.end(there, literature.KindSystem)
	}
	if d.chance(60) {
		r.Workload = d.end(there, literature.KindWorkload)
	}
	if d.chance(30) {
		r.Unit, r.HigherIsBetter, r.Improvement = "x", ptr(d.chance(50)), nil
	}
	if d.chance(30) {
		r.Improvement, r.Kind, r.Metric = nil, literature.Motivation, "latency"
	}
	return r
}

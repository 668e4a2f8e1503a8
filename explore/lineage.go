package explore

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Budgets of a lineage: entities each way, relations in all.
const (
	MaxLineage          = 100
	MaxLineageRelations = 1000
)

// LineageKinds are the relations by which papers come from papers and systems, the most telling first.
func LineageKinds() []literature.RelationKind {
	return kinds(literature.Extends, literature.Uses, literature.ComparesWith, literature.Cites)
}

// Lineage is what leads to a paper or system and what descends from it, with the entity itself.
type Lineage struct {
	// Layers by year, the earliest first; what has no year comes last.
	Layers []LineageLayer
	// Relations join the entities of the layers: INTRODUCES, then the kinds in the order of LineageKinds; then by source and target.
	Relations []*literature.Relation
	// Cut says in plain English what the budgets left out.
	Cut []string
}

// LineageLayer holds the entities of one year by id: papers published and systems first introduced then. Year is nil where nobody knows.
type LineageLayer struct {
	Year     *int
	Entities []literature.Entity
}

// TraceLineage follows relations of the kinds from an entity: to what it comes from, to what that comes from and so on; and, apart from that, to what comes from it. A
// system comes from the papers that introduce it. Stubs are part of it. On each hop, what most relations lead to is kept within the budget, then by id. It takes at most one call a hop and two more.
func TraceLineage(ctx context.Context, reader store.Reader, of literature.Entity, kinds []literature.RelationKind, hops int) (Lineage, error) {
	var l Lineage
	found := map[literature.ID]literature.Entity{of.RecordID(): of}
	senses := []*sense{newSense("ancestors", store.Outgoing, of), newSense("descendants", store.Incoming, of)}
	for hop := 1; hop <= hops; hop++ {
		var q store.WalkQuery
		for _, s := range senses {
			q.Walks = append(q.Walks, s.walks(kinds)...)
		}
		if len(q.Walks) == 0 {
			break
		}
		pages, err := reader.Walk(ctx, q)
		if err != nil {
			return l, err
		}
		for _, s := range senses {
			kept, cut := s.take(pages)
			for _, e := range kept {
				found[e.RecordID()] = e
			}
			if cut {
				l.Cut = append(l.Cut, fmt.Sprintf("More than %d %s: on hop %d, only those that most relations join are told and followed.", MaxLineage, s.name, hop))
			}
		}
	}
	years, err := introduced(ctx, reader, found)
	if err != nil {
		return l, err
	}
	l.Layers = layers(found, years)
	err = l.relate(ctx, reader, found, kinds)
	return l, err
}

// sense is one of the two ways in which a lineage is followed.
type sense struct {
	name  string
	along store.Direction // of all kinds but INTRODUCES, which goes the other way
	found []literature.ID
	// front are those found last, whose relations nobody has followed yet.
	front []literature.ID
}

func newSense(name string, along store.Direction, of literature.Entity) *sense {
	return &sense{name, along, []literature.ID{of.RecordID()}, []literature.ID{of.RecordID()}}
}

// walks are one hop from the front.
func (s *sense) walks(kinds []literature.RelationKind) []store.Walk {
	var walks []store.Walk
	for _, hop := range []store.Hop{{Kinds: kinds, Direction: s.along}, {Kinds: []literature.RelationKind{literature.Introduces}, Direction: s.along.Reversed()}} {
		var starts []store.Start
		for _, id := range s.front {
			if hop.Direction == store.Incoming || id.EntityKind() == literature.KindPaper { // nothing leaves a system
				starts = append(starts, store.Start{ID: id, Weight: 1})
			}
		}
		if len(starts) > 0 {
			walks = append(walks, store.Walk{
				Key: s.key(hop.Direction), Starts: starts, Hops: []store.Hop{hop}, WithStubs: true,
				Exclude: s.found, Page: store.Page{Limit: s.room()},
			})
		}
	}
	return walks
}

func (s *sense) key(direction store.Direction) literature.ID {
	return literature.ID(s.name + string(direction))
}

// room is what is left of the budget; what the lineage is of does not count.
func (s *sense) room() int { return 1 + MaxLineage - len(s.found) }

// take keeps what the walks reached, as far as the budget goes; cut is true where it does not.
func (s *sense) take(pages map[literature.ID]store.ReachedPage) (kept []literature.Entity, cut bool) {
	score := make(map[literature.ID]int64)
	reached := make(map[literature.ID]literature.Entity)
	for _, direction := range []store.Direction{store.Outgoing, store.Incoming} {
		page := pages[s.key(direction)]
		cut = cut || page.HasNext
		for _, item := range page.Items {
			id := item.Entity.RecordID()
			reached[id] = item.Entity
			score[id] += item.Score
		}
	}
	s.front = nil
	for id := range reached {
		s.front = append(s.front, id)
	}
	slices.SortFunc(s.front, func(a, b literature.ID) int { return cmp.Or(cmp.Compare(score[b], score[a]), cmp.Compare(a, b)) })
	if len(s.front) > s.room() {
		s.front, cut = s.front[:s.room()], true
	}
	s.found = append(s.found, s.front...)
	for _, id := range s.front {
		kept = append(kept, reached[id])
	}
	return kept, cut
}

// introduced tells in which year each system was first introduced, where anybody knows.
func introduced(ctx context.Context, reader store.Reader, found map[literature.ID]literature.Entity) (map[literature.ID]*int, error) {
	q := store.RelationQuery{
		Kinds: kinds(literature.Introduces), Direction: store.Incoming,
		Order: []store.Order{{By: store.OrderByYear}}, Page: store.Page{Limit: 1},
	}
	for id := range found {
		if id.EntityKind() == literature.KindSystem {
			q.Sources = append(q.Sources, id)
		}
	}
	pages, err := reader.Relations(ctx, q)
	years := make(map[literature.ID]*int)
	for id, page := range pages {
		for _, item := range page.Items {
			years[id] = item.Other.(*literature.Paper).Year()
		}
	}
	return years, err
}

func layers(found map[literature.ID]literature.Entity, years map[literature.ID]*int) []LineageLayer {
	var all []LineageLayer
	at := make(map[int]int) // place of a layer by its sort key
	for _, e := range found {
		year := years[e.RecordID()]
		if p, ok := e.(*literature.Paper); ok {
			year = p.Year()
		}
		i, ok := at[yearKey(year)]
		if !ok {
			i, all = len(all), append(all, LineageLayer{Year: year})
			at[yearKey(year)] = i
		}
		all[i].Entities = append(all[i].Entities, e)
	}
	for _, layer := range all {
		slices.SortFunc(layer.Entities, func(a, b literature.Entity) int { return cmp.Compare(a.RecordID(), b.RecordID()) })
	}
	slices.SortFunc(all, func(a, b LineageLayer) int { return cmp.Compare(yearKey(a.Year), yearKey(b.Year)) })
	return all
}

// yearKey puts what has no year behind everything else.
func yearKey(year *int) int {
	if year == nil {
		return math.MaxInt
	}
	return *year
}

// relate finds the relations among what was found.
func (l *Lineage) relate(ctx context.Context, reader store.Reader, found map[literature.ID]literature.Entity, of []literature.RelationKind) error {
	q := store.RelationQuery{Kinds: append(kinds(literature.Introduces), of...), Direction: store.Outgoing, Page: store.Page{Limit: store.MaxPage}}
	for id := range found {
		q.Targets = append(q.Targets, id)
		if id.EntityKind() == literature.KindPaper {
			q.Sources = append(q.Sources, id)
		}
	}
	pages, err := reader.Relations(ctx, q)
	if err != nil {
		return err
	}
	for _, page := range pages {
		for _, item := range page.Items {
			l.Relations = append(l.Relations, item.Relation)
		}
	}
	order := append(kinds(literature.Introduces), LineageKinds()...)
	slices.SortFunc(l.Relations, func(a, b *literature.Relation) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a.Kind), slices.Index(order, b.Kind)), cmp.Compare(a.Source, b.Source), cmp.Compare(a.Target, b.Target))
	})
	if n := len(l.Relations); n > MaxLineageRelations {
		l.Relations = l.Relations[:MaxLineageRelations]
		l.Cut = append(l.Cut, fmt.Sprintf("Told are %d of %d relations.", MaxLineageRelations, n))
	}
	return nil
}

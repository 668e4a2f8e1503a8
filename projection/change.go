package projection

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Change is what leads from one state of the graph to the next. It holds everything that happens, consequences included: the relations and results of a removed
// entity (see Graph.Naming) are removed in the same change.
type Change struct {
	// Version is the version of the next state.
	Version store.Version
	// Upserted are records, each as a whole, under its own id once.
	Upserted []literature.Record
	// Removed are records as they were before the change.
	Removed []literature.Record
	// Redirected makes ids answer for others. Redirects that led to one of these ids follow it; upserting an entity ends the redirect of its id.
	Redirected map[literature.ID]literature.ID
	// Numbers, which may be nil, gives entities that the graph does not know yet the numbers that the owner keeps for them; others get the next free ones.
	Numbers map[literature.ID]uint32
}

// Apply makes the next state. Its cost depends on the size of the change and on the degrees of the entities it touches, hardly on the size of the graph.
// States form one line: of two states made from the same one, the owner must drop one before it changes the other. One goroutine at a time may apply.
//
// ErrInvalid: a relation or result names an entity that does not exist after the change, or an entity is removed and a relation or result that names it is not.
func (g *Graph) Apply(c Change) (*Graph, error) {
	next := *g
	next.version, next.memo = c.Version, new(memo)
	a := application{old: g, next: &next}
	for _, record := range c.Upserted {
		if e, ok := record.(literature.Entity); ok {
			if err := a.upsertEntity(e, c.Numbers[e.RecordID()]); err != nil {
				return nil, err
			}
		}
	}
	var gone []uint32
	for _, record := range c.Removed {
		if _, ok := record.(literature.Entity); ok {
			if n := next.live(record.RecordID()); n != 0 {
				a.removeEntity(n)
				gone = append(gone, n)
			}
		}
	}
	a.redirect(c)
	for _, record := range c.Removed {
		switch r := record.(type) {
		case *literature.Relation:
			a.removeRelation(r)
		case *literature.Result:
			a.removeResult(r.ID)
		}
	}
	for _, record := range c.Upserted {
		var err error
		switch r := record.(type) {
		case *literature.Relation:
			err = a.upsertRelation(r)
		case *literature.Result:
			err = a.upsertResult(r)
		}
		if err != nil {
			return nil, err
		}
	}
	a.editRows()
	for _, n := range gone {
		if next.isNamed(n) {
			return nil, fmt.Errorf("%w: %s is removed, and a relation or result that names it is not", store.ErrInvalid, next.ids.at(n))
		}
	}
	a.recount()
	a.inheritOrders()
	next.freeze()
	return &next, nil
}

// application is a change under way.
type application struct {
	old, next *Graph

	relations    [relationKinds]bothEdits
	affiliations bothEdits
	results      [resultEnds][]edit

	// touched are the entities whose place in some order may have changed; reshaped those among them that were created, removed, or became or ceased to be stubs.
	touched, reshaped []uint32
	touchedResults    []uint32
}

type bothEdits struct{ out, in []edit }

func (b *bothEdits) add(source, target, label uint32, remove bool, inLabel uint32) {
	b.out = append(b.out, edit{source, target, label, remove})
	b.in = append(b.in, edit{target, source, inLabel, remove})
}

func (a *application) upsertEntity(e literature.Entity, wanted uint32) error {
	g, base := a.next, e.Common()
	n := g.numbers.find(base.ID, &g.ids, g.size)
	if n == 0 {
		n = cmp.Or(wanted, g.size)
		if n < g.size && g.ids.at(n) != "" {
			return fmt.Errorf("%w: number %d is that of %s and cannot be given to %s", store.ErrInvalid, n, g.ids.at(n), base.ID)
		}
		g.size = max(g.size, n+1)
		g.grow(g.size)
		g.ids.set(n, base.ID)
		g.numbers.add(n, &g.ids, g.size)
	} else if wanted != 0 && wanted != n {
		return fmt.Errorf("%w: %s has the number %d and cannot be given %d", store.ErrInvalid, base.ID, n, wanted)
	}
	kind := shapeOf(e.Kind())
	if kind == noEntity {
		return fmt.Errorf("%w: %s is of no known kind", store.ErrInvalid, base.ID)
	}
	year, added := int32(noYear), int64(noTime)
	if p, ok := e.(*literature.Paper); ok {
		if y := p.Year(); y != nil && *y >= 0 && *y <= maxYear {
			year = int32(*y)
		}
		if !p.AddedAt.IsZero() {
			added = p.AddedAt.Unix()
		}
		if p.IsStub {
			kind |= stubFlag
		}
	}
	a.reshape(n, kind)
	g.titles.set(n, g.titleKey(e.Label(nil)))
	g.years.set(n, year)
	g.added.set(n, added)
	return nil
}

func (a *application) removeEntity(n uint32) {
	a.reshape(n, noEntity)
	a.next.titles.set(n, "")
}

// reshape sets what an entity is and keeps the counts right.
func (a *application) reshape(n uint32, s shape) {
	g := a.next
	before := g.shapes.at(n)
	a.touched = append(a.touched, n)
	if s == before {
		return
	}
	a.reshaped = append(a.reshaped, n)
	g.counts.entity(before, -1)
	g.counts.entity(s, 1)
	g.shapes.set(n, s)
}

func (a *application) redirect(c Change) {
	g := a.next
	ends := len(g.redirects) > 0 && slices.ContainsFunc(c.Upserted, func(r literature.Record) bool {
		_, ok := g.redirects[r.RecordID()]
		return ok
	})
	if len(c.Redirected) == 0 && !ends {
		return
	}
	redirects := maps.Clone(g.redirects)
	if redirects == nil {
		redirects = make(map[literature.ID]literature.ID)
	}
	for _, record := range c.Upserted {
		delete(redirects, record.RecordID())
	}
	follow := func(target literature.ID) literature.ID {
		for range c.Redirected {
			further, ok := c.Redirected[target]
			if !ok {
				break
			}
			target = further
		}
		return target
	}
	for old, target := range redirects {
		redirects[old] = follow(target)
	}
	for old, target := range c.Redirected {
		target = follow(target)
		if further, ok := redirects[target]; ok {
			target = further
		}
		redirects[old] = target
	}
	g.redirects = redirects
}

func (a *application) upsertRelation(r *literature.Relation) error {
	rank := r.Kind.Rank()
	if rank < 0 {
		return fmt.Errorf("%w: %s is of the unknown kind %q", store.ErrInvalid, r.ID, r.Kind)
	}
	source, target := a.next.live(r.Source), a.next.live(r.Target)
	if source == 0 || target == 0 {
		return fmt.Errorf("%w: %s joins %s and %s, which do not both exist", store.ErrInvalid, r.ID, r.Source, r.Target)
	}
	if !joins[rank].source[a.next.shapes.at(source).kind()] || !joins[rank].target[a.next.shapes.at(target).kind()] {
		return fmt.Errorf("%w: %s: %s cannot join %s and %s", store.ErrInvalid, r.ID, r.Kind, r.Source, r.Target)
	}
	label := uint32(0)
	switch rank {
	case authoredBy:
		label = uint32(r.Position)
	case about:
		label = uint32(r.Weight)
	}
	a.relations[rank].add(source, target, label, false, 0)
	if rank != authoredBy {
		return nil
	}
	employers := make([]uint32, 0, len(r.Organizations))
	for _, id := range r.Organizations {
		n := a.next.live(id)
		if n == 0 {
			return fmt.Errorf("%w: %s names %s, which does not exist", store.ErrInvalid, r.ID, id)
		}
		if !slices.Contains(employers, n) {
			employers = append(employers, n)
		}
	}
	a.affiliate(source, target, employers)
	return nil
}

func (a *application) removeRelation(r *literature.Relation) {
	rank := r.Kind.Rank()
	source, target := a.old.live(r.Source), a.old.live(r.Target)
	if rank < 0 || source == 0 || target == 0 {
		return
	}
	a.relations[rank].add(source, target, 0, true, 0)
	if rank == authoredBy {
		a.affiliate(source, target, nil)
	}
}

// affiliate replaces the organizations that one author's AUTHORED_BY of one paper names.
func (a *application) affiliate(paper, author uint32, employers []uint32) {
	to, labels := a.old.affiliations.out.labelled(paper)
	for i, n := range to {
		if labels[i] == author && !slices.Contains(employers, n) {
			a.affiliations.add(paper, n, author, true, author)
		}
	}
	for _, n := range employers {
		a.affiliations.add(paper, n, author, false, author)
	}
}

func (a *application) editRows() {
	for kind := range a.relations {
		edits, r := &a.relations[kind], &a.next.relations[kind]
		r.out, r.in = r.out.edited(edits.out, false), r.in.edited(edits.in, false)
	}
	r := &a.next.affiliations
	r.out, r.in = r.out.edited(a.affiliations.out, true), r.in.edited(a.affiliations.in, true)
	for end, edits := range a.results {
		a.next.results.of[end] = a.next.results.of[end].edited(edits, false)
	}
}

// isNamed tells whether a relation or result names the entity.
func (g *Graph) isNamed(n uint32) bool {
	for kind := range g.relations {
		if r := &g.relations[kind]; r.out.degree(n)+r.in.degree(n) > 0 {
			return true
		}
	}
	for end := range g.results.of {
		if g.results.of[end].degree(n) > 0 {
			return true
		}
	}
	return g.affiliations.in.degree(n) > 0
}

// recount brings the numbers that are counted from relations up to date, for what the change touched only.
func (a *application) recount() {
	g := a.next
	for _, e := range a.relations[cites].in {
		if n := uint32(g.relations[cites].in.degree(e.row)); n != g.citedBy.at(e.row) {
			g.citedBy.set(e.row, n)
			a.touched = append(a.touched, e.row)
		}
	}
	tagging := slices.Clone(a.reshaped)
	for _, e := range a.relations[about].out {
		tagging = append(tagging, e.row)
	}
	slices.Sort(tagging)
	for _, n := range slices.Compact(tagging) {
		before, after := a.old.tags(n), g.tags(n)
		for _, t := range before {
			g.tagged.set(t, g.tagged.at(t)-1)
		}
		for _, t := range after {
			g.tagged.set(t, g.tagged.at(t)+1)
		}
		g.counts.tagged += min(len(after), 1) - min(len(before), 1)
	}
}

// tags are the topics of a paper that counts for their frequency; other entities have none.
func (g *Graph) tags(n uint32) []uint32 {
	if g.shapes.at(n) != paper { // stubs have their flag set
		return nil
	}
	return g.relations[about].out.of(n)
}

package native

import (
	"slices"
	"strings"

	"github.com/papergraph/papergraph/literature"
)

// inner lists the fields that state relations inside the record of their source.
var inner = []struct {
	source literature.EntityKind
	field  string
	kind   literature.RelationKind
}{
	{literature.KindPaper, "authors", literature.AuthoredBy},
	{literature.KindPaper, "venue", literature.PublishedIn},
	{literature.KindPaper, "topics", literature.About},
	{literature.KindPaper, "introduces", literature.Introduces},
	{literature.KindPaper, "uses", literature.Uses},
	{literature.KindPaper, "extends", literature.Extends},
	{literature.KindPaper, "compares_with", literature.ComparesWith},
	{literature.KindPaper, "evaluated_on", literature.EvaluatedOn},
	{literature.KindPaper, "artifacts", literature.HasArtifact},
	{literature.KindPaper, "cites", literature.Cites},
	{literature.KindPaper, "version_of", literature.VersionOf},
	{literature.KindPaper, "collections", literature.InCollection},
	{literature.KindAuthor, "organizations", literature.AffiliatedTo},
	{literature.KindTopic, "broader", literature.Broader},
	{literature.KindVenue, "series", literature.Broader},
	{literature.KindSystem, "topics", literature.About},
	{literature.KindSystem, "artifacts", literature.HasArtifact},
}

const resultsField = "results"

func innerKind(source literature.EntityKind, field string) (literature.RelationKind, bool) {
	for _, i := range inner {
		if i.source == source && i.field == field {
			return i.kind, true
		}
	}
	return "", false
}

// innerField is the field that states relations of the kind, or "" where none does.
func innerField(source literature.EntityKind, kind literature.RelationKind) string {
	for _, i := range inner {
		if i.source == source && i.kind == kind {
			return i.field
		}
	}
	return ""
}

// allInnerNames are the fields that state relations or results in any record.
func allInnerNames() []string {
	all := []string{resultsField}
	for _, i := range inner {
		if !slices.Contains(all, i.field) {
			all = append(all, i.field)
		}
	}
	return all
}

func isInner(source literature.EntityKind, field string) bool {
	_, ok := innerKind(source, field)
	return ok || source == literature.KindPaper && field == resultsField
}

func innerNames(source literature.EntityKind) []string {
	var all []string
	for _, i := range inner {
		if i.source == source {
			all = append(all, i.field)
		}
	}
	if source == literature.KindPaper {
		all = append(all, resultsField)
	}
	return all
}

var relationFields = fieldsOf[*literature.Relation]{
	"weight":        func(r *reader, e *literature.Relation, v *node) { e.Weight = r.weight(v) },
	"position":      func(r *reader, e *literature.Relation, v *node) { e.Position = r.integer(v) },
	"corresponding": func(r *reader, e *literature.Relation, v *node) { e.Corresponding = r.booleanOrNil(v) },
	"note":          func(r *reader, e *literature.Relation, v *node) { e.Notes = r.localized(v) },
	"intent":        func(r *reader, e *literature.Relation, v *node) { e.Intent = enum(r, v, literature.CitationIntents()) },
	"organizations": func(r *reader, e *literature.Relation, v *node) {
		for _, item := range v.each() {
			if id, ok := r.name(item, literature.KindOrganization); ok {
				e.Organizations = append(e.Organizations, id)
			}
		}
	},
}

// ownRelationFields are the ones that only a relation has which is a record of its own.
var ownRelationFields = []string{headRelation, "from", "to"}

// relationFieldNames are the fields of a relation, besides those that name its ends.
func relationFieldNames(ends []string) []string {
	return slices.Concat(relationFields.names(), ends, assertionFieldNames())
}

// innerRelations reads one field of a record that states relations: each item is the name of the target, or fields of which one names it.
func (r *reader) innerRelations(f *node, source literature.ID) {
	kind, _ := innerKind(source.EntityKind(), f.name)
	targets := targetKinds(kind, source.EntityKind())
	for i, item := range f.each() {
		mark := len(r.problems)
		e := &literature.Relation{Kind: kind, Source: source}
		if kind == literature.AuthoredBy {
			e.Position = i + 1
		}
		target, ok := r.target(item, targets)
		if !ok {
			continue
		}
		e.Target = target
		r.finishRelation(item, e, prefixes(targets), mark)
	}
}

// target finds what a relation inside a record leads to.
func (r *reader) target(item *node, kinds []literature.EntityKind) (literature.ID, bool) {
	if item.kind != mapping {
		return r.name(item, kinds...)
	}
	for _, kind := range kinds {
		if f := item.field(kind.Prefix()); f != nil {
			return r.name(f, kind)
		}
	}
	for _, kind := range kinds {
		if f := r.misspeltField(item, kind.Prefix(), relationFieldNames(prefixes(kinds))); f != nil {
			return r.name(f, kind)
		}
	}
	r.report(item, "this does not say which %s is meant: add `%s: …`", strings.Join(prefixes(kinds), " or "), kinds[0].Prefix())
	return "", false
}

// ownRelation reads a relation that is a record of its own, as dumps hold them: {relation: CITES, from: paper/xrp, to: paper/bmc, …}.
func (r *reader) ownRelation(n *node) {
	mark := len(r.problems)
	e := &literature.Relation{Kind: enum(r, headOf(n), literature.RelationKinds())}
	ok := e.Kind != ""
	for _, end := range []struct {
		field string
		id    *literature.ID
	}{{"from", &e.Source}, {"to", &e.Target}} {
		f := n.field(end.field)
		if f == nil {
			f = r.misspeltField(n, end.field, relationFieldNames(ownRelationFields))
		}
		if f == nil {
			r.report(n, "a relation needs `%s`: name the entity by its id, for example paper/xrp", end.field)
			ok = false
			continue
		}
		var known bool
		if *end.id, known = r.name(f, literature.EntityKinds()...); !known {
			ok = false
		}
	}
	if !ok {
		return
	}
	r.finishRelation(n, e, ownRelationFields, mark)
}

// finishRelation reads the other fields of a relation; done are the names of those that were read before.
func (r *reader) finishRelation(n *node, e *literature.Relation, done []string, mark int) {
	e.ID = literature.NewRelationID(e.Kind, e.Source, e.Target)
	if e.Kind == literature.About {
		e.Weight = literature.FullWeight
	}
	if n.kind == mapping {
		r.fields(n, func() []string { return relationFieldNames(done) }, func(f *node) bool {
			return slices.Contains(done, f.name) || isAssertionField(f.name) || relationFields.take(r, e, f)
		})
	}
	e.Assertions = r.assertions(n, innerField(e.Source.EntityKind(), e.Kind))
	if e.Kind == literature.AuthoredBy && e.Position > 0 && !r.aside {
		place := authorship{e.Source, e.Position}
		if line, ok := r.authors[place]; ok {
			r.report(n, "%s has two authors at position %d, the other in line %d: number them 1, 2, 3, or leave position out", e.Source, e.Position, line)
		}
		r.authors[place] = n.line
	}
	r.define(n, e, mark)
}

// name reads the name of an entity: a slug where only one kind is possible, or a whole id.
func (r *reader) name(v *node, kinds ...literature.EntityKind) (literature.ID, bool) {
	if !v.isScalar() {
		r.wrongType(v, "the name of "+article(kinds))
		return "", false
	}
	id := literature.ID(v.text)
	if !strings.Contains(v.text, "/") {
		if len(kinds) > 1 {
			r.report(v, "%q may be several things: write its id, for example %s/%s", clip(v.text), kinds[0].Prefix(), clip(v.text))
			return "", false
		}
		id = literature.NewID(kinds[0], v.text)
	}
	id, err := literature.ParseID(string(id))
	if err != nil {
		r.misspelt = append(r.misspelt, misspelt{len(r.problems), v.text})
		r.report(v, "%v", err)
		return "", false
	}
	if !slices.Contains(kinds, id.EntityKind()) {
		r.report(v, "%s is wanted here, not %s", article(kinds), id)
		return "", false
	}
	if _, ok := r.defined[id]; !ok && !r.part { // dumps define first, so that few are left to look for
		r.references = append(r.references, reference{id, spot{v.line, v.column, v.path()}})
	}
	return id, true
}

func article(kinds []literature.EntityKind) string {
	return "a record of the kind " + strings.Join(prefixes(kinds), " or ")
}

// targetKinds lists what a relation from the source may lead to.
func targetKinds(kind literature.RelationKind, source literature.EntityKind) []literature.EntityKind {
	var all []literature.EntityKind
	for _, target := range literature.EntityKinds() {
		if kind.Joins(source, target) {
			all = append(all, target)
		}
	}
	return all
}

func prefixes(kinds []literature.EntityKind) []string {
	all := make([]string, len(kinds))
	for i, kind := range kinds {
		all[i] = kind.Prefix()
	}
	return all
}

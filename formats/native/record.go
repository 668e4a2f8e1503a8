package native

import (
	"fmt"
	"slices"
	"strings"

	"github.com/papergraph/papergraph/literature"
)

// fieldsOf says how each field of a record is read, by its name in the file.
type fieldsOf[T any] map[string]func(r *reader, into T, v *node)

// take reads the field where the table knows it.
func (t fieldsOf[T]) take(r *reader, into T, f *node) bool {
	read, ok := t[f.name]
	if ok {
		read(r, into, f)
	}
	return ok
}

func (t fieldsOf[T]) names() []string {
	var all []string
	for name := range t {
		all = append(all, name)
	}
	return all
}

// heads are the fields that say what a record is, in the order in which they are looked for: a result and a relation name a paper
// too, and a paper its venue.
var heads = func() []string {
	all := []string{headResult, headRelation}
	for _, kind := range literature.EntityKinds() {
		all = append(all, kind.Prefix())
	}
	return all
}()

const (
	headRelation = "relation"
	headResult   = "result"
)

// headOf is the field that says what the record is, or nil. A name comes before what only stands under such a name, a list of results say.
func headOf(n *node) *node {
	var other *node
	for _, head := range heads {
		for _, f := range n.fields {
			switch {
			case f.name != head:
			case f.isScalar():
				return f
			case other == nil:
				other = f
			}
		}
	}
	return other
}

func (r *reader) record(n *node) {
	if n.kind != mapping {
		r.lose(n.text)
		r.report(n, "a record is wanted here, not %s: begin it with its kind, for example `paper: xrp`", n.kind)
		return
	}
	head := headOf(n)
	if head == nil {
		if head = r.misnamed(n); head == nil {
			return
		}
	}
	switch head.name {
	case headRelation:
		r.ownRelation(n)
	case headResult:
		r.result(n, "", 0)
	default:
		r.entity(n, head)
	}
}

// misnamed reports a record that does not say what it is. Where its first field is nearly a kind, the record is read as one of that
// kind, so that nothing is reported for this one letter alone.
func (r *reader) misnamed(n *node) *node {
	if len(n.fields) == 0 {
		r.report(n, "a record begins with its kind and its name, for example `paper: xrp`")
		return nil
	}
	first := n.fields[0]
	kind := nearest(first.name, heads)
	if kind == "" || !first.isScalar() {
		r.lose(first.text)
		r.report(n, "a record begins with its kind and its name, for example `paper: xrp`; this one begins with %q", clip(first.name))
		return nil
	}
	r.reportKey(first, "unknown kind (did you mean %q?): write `%s: %s`", kind, kind, clip(first.text))
	first.name = kind
	return first
}

var baseFields = func() fieldsOf[*literature.Base] {
	all := fieldsOf[*literature.Base]{
		"name":        func(r *reader, b *literature.Base, v *node) { b.Labels = r.localized(v) },
		"aliases":     func(r *reader, b *literature.Base, v *node) { b.Aliases = r.textList(v) },
		"summary":     func(r *reader, b *literature.Base, v *node) { b.Summaries = r.localized(v) },
		"note":        func(r *reader, b *literature.Base, v *node) { b.Notes = r.localized(v) },
		"identifiers": func(r *reader, b *literature.Base, v *node) { r.identifiers(b, v) },
	}
	// Each scheme is a field too: `doi: 10.1145/3603269.3604823`.
	for _, scheme := range literature.IdentifierSchemes() {
		all[strings.ToLower(string(scheme))] = func(r *reader, b *literature.Base, v *node) {
			for _, item := range v.each() {
				r.identifier(b, item, scheme, r.text(item))
			}
		}
	}
	return all
}()

var paperFields = fieldsOf[*literature.Paper]{
	// What others call a name is the title of a paper.
	"title":          func(r *reader, p *literature.Paper, v *node) { p.Labels = r.localized(v) },
	"abstract":       func(r *reader, p *literature.Paper, v *node) { p.Abstracts = r.localized(v) },
	"type":           func(r *reader, p *literature.Paper, v *node) { p.Type = enum(r, v, literature.PaperTypes()) },
	"published":      func(r *reader, p *literature.Paper, v *node) { p.PublishedOn = r.text(v) },
	"volume":         func(r *reader, p *literature.Paper, v *node) { p.Volume = r.text(v) },
	"issue":          func(r *reader, p *literature.Paper, v *node) { p.Issue = r.text(v) },
	"pages":          func(r *reader, p *literature.Paper, v *node) { p.Pages = r.text(v) },
	"publisher":      func(r *reader, p *literature.Paper, v *node) { p.Publisher = r.text(v) },
	"retracted":      func(r *reader, p *literature.Paper, v *node) { p.IsRetracted = r.boolean(v) },
	"stub":           func(r *reader, p *literature.Paper, v *node) { p.IsStub = r.boolean(v) },
	"awards":         func(r *reader, p *literature.Paper, v *node) { p.Awards = r.textList(v) },
	"added":          func(r *reader, p *literature.Paper, v *node) { p.AddedAt = r.moment(v) },
	"reference_list": func(r *reader, p *literature.Paper, v *node) { readFields(r, v, coverageFields, &p.References) },
}

var coverageFields = fieldsOf[*literature.ReferenceCoverage]{
	"state": func(r *reader, c *literature.ReferenceCoverage, v *node) {
		c.State = enum(r, v, literature.CoverageStates())
	},
	"expected": func(r *reader, c *literature.ReferenceCoverage, v *node) { c.Expected = r.integerOrNil(v) },
	"note":     func(r *reader, c *literature.ReferenceCoverage, v *node) { c.Note = r.text(v) },
}

var venueFields = fieldsOf[*literature.Venue]{
	"type":     func(r *reader, e *literature.Venue, v *node) { e.Type = enum(r, v, literature.VenueTypes()) },
	"year":     func(r *reader, e *literature.Venue, v *node) { e.Year = r.integerOrNil(v) },
	"location": func(r *reader, e *literature.Venue, v *node) { e.Location = r.text(v) },
}

var artifactFields = fieldsOf[*literature.Artifact]{
	"repository": func(r *reader, a *literature.Artifact, v *node) { a.Repository = r.text(v) },
	"license":    func(r *reader, a *literature.Artifact, v *node) { a.License = r.text(v) },
}

// entity reads a record that begins with the kind of an entity, and the relations and results that stand inside it.
func (r *reader) entity(n, head *node) {
	kind, ok := r.kindOf(head)
	if !ok {
		return
	}
	mark := len(r.problems)
	id := literature.NewID(kind, r.slug(head))
	e := literature.Blank(id).(literature.Entity)
	base := e.Common()
	base.ID = id
	outer := r.defaults
	defer func() { r.defaults = outer }()
	var inner []*node // relations and results, which follow their paper
	r.fields(n, func() []string { return entityFieldNames(e) }, func(f *node) bool {
		switch {
		case f == head:
		case f.name == "name" && kind == literature.KindPaper:
			r.reportKey(f, "a paper has a title: write `title` instead of `name`")
		case takeOwn(r, e, f), baseFields.take(r, base, f):
		case f.name == assertionField && len(innerNames(kind)) > 0:
			r.defaults = r.defaultsOf(f, innerNames(kind))
		case isInner(kind, f.name):
			inner = append(inner, f)
		default:
			return false
		}
		return true
	})
	r.aside = r.define(n, e, mark)
	defer func() { r.aside = false }()
	for _, f := range inner {
		if f.name == resultsField {
			r.innerResults(f, id)
			continue
		}
		r.innerRelations(f, id)
	}
}

func (r *reader) kindOf(head *node) (literature.EntityKind, bool) {
	for _, kind := range literature.EntityKinds() {
		if kind.Prefix() == head.name {
			return kind, true
		}
	}
	return "", false
}

// takeOwn reads a field that only one kind of entity has.
func takeOwn(r *reader, e literature.Entity, f *node) bool {
	switch e := e.(type) {
	case *literature.Paper:
		return paperFields.take(r, e, f)
	case *literature.Venue:
		return venueFields.take(r, e, f)
	case *literature.Artifact:
		return artifactFields.take(r, e, f)
	}
	return false
}

func entityFieldNames(e literature.Entity) []string {
	all := append(baseFields.names(), innerNames(e.Kind())...)
	if len(all) > len(baseFields) {
		all = append(all, assertionField)
	}
	switch e.(type) {
	case *literature.Paper:
		all = append(all, paperFields.names()...)
		all = slices.DeleteFunc(all, func(name string) bool { return name == "name" })
	case *literature.Venue:
		all = append(all, venueFields.names()...)
	case *literature.Artifact:
		all = append(all, artifactFields.names()...)
	}
	return all
}

// readFields reads the fields of a mapping that stands inside a record.
func readFields[T any](r *reader, v *node, table fieldsOf[T], into T) {
	if v.kind == null {
		return
	}
	if v.kind != mapping {
		all := table.names()
		slices.Sort(all)
		r.wrongType(v, strings.Join(all, ", "))
		return
	}
	r.fields(v, table.names, func(f *node) bool { return table.take(r, into, f) })
}

// fields reads the fields of a mapping one by one. One that is not known is reported, and where its name is nearly that of another, it is
// read as that: what is missing, or wrong in its value, is then told as in any other.
func (r *reader) fields(v *node, known func() []string, take func(f *node) bool) {
	r.uniqueFields(v)
	for _, f := range v.fields {
		if take(f) {
			continue
		}
		if near := r.unknownField(f, known()); near != "" && !v.has(near) {
			f.name = near
			take(f)
		}
	}
}

// unknownField reports a field and tells the one that is meant, or "" where nobody knows.
func (r *reader) unknownField(f *node, known []string) (meant string) {
	meant = nearest(f.name, known)
	if meant != "" {
		r.reportKey(f, "unknown field (did you mean %q?)", meant)
		return meant
	}
	slices.Sort(known)
	r.reportKey(f, "unknown field: known here are %s", strings.Join(known, ", "))
	return ""
}

// misspeltField finds the field of a mapping that has none of the name, but one whose own name is unknown and nearly that: it is reported
// and renamed.
func (r *reader) misspeltField(v *node, name string, known []string) *node {
	known = append(known, name)
	for _, f := range v.fields {
		if !slices.Contains(known, f.name) && nearest(f.name, known) == name {
			r.unknownField(f, known)
			f.name = name
			return f
		}
	}
	return nil
}

// define takes a finished record into the file and reports what literature.Check has to say that was not reported since the mark: a
// field that could not be read is empty now. It is true where the file holds the id already: the record is reported and left out.
func (r *reader) define(n *node, record literature.Record, mark int) (again bool) {
	id := record.RecordID()
	told := slices.Clone(r.problems[mark:])
	for _, problem := range literature.Check(record) {
		wasTold := func(field string) bool {
			at := locate(n, field)
			return slices.ContainsFunc(told, func(p Problem) bool { return p.Line == at.line && p.Field == at.field })
		}
		if !wasTold(problem.Field) && !slices.ContainsFunc(leansOn[problem.Field], wasTold) {
			r.reportAt(locate(n, problem.Field), "%s", problem.Message)
		}
	}
	if r.aside {
		return false
	}
	if line, ok := r.defined[id]; ok {
		r.stated(n, record, line)
		return true
	}
	r.defined[id] = n.line
	if e, ok := record.(literature.Entity); ok {
		r.slugs[e.Kind()] = append(r.slugs[e.Kind()], e.Slug())
	}
	r.records = append(r.records, record)
	return false
}

// leansOn names, for a field, others without which it cannot be judged. They are the names of the JSON form.
var leansOn = map[string][]string{
	"unit": {"value", "valueText"},
	"max":  {"value"},
	"year": {"type"},
}

// slug reads the name that a record has for ever, or makes up another where it is none, so that the rest of the record can be read.
func (r *reader) slug(head *node) string {
	slug := r.text(head)
	err := literature.CheckSlug(slug)
	if err == nil {
		return slug
	}
	if head.isScalar() || head.kind == null {
		r.report(head, "%v", err)
		r.lose(slug)
	}
	return fmt.Sprintf("line-%d", head.line)
}

// stated reports a record that the file holds already.
func (r *reader) stated(n *node, record literature.Record, line int) {
	at := n
	if head := headOf(n); head != nil {
		at = head
	}
	switch record := record.(type) {
	case *literature.Relation:
		r.report(n, "%s %s %s is stated a second time, first in line %d: keep one, and give it several assertions where sources differ",
			record.Source, record.Kind, record.Target, line)
	case *literature.Result:
		r.report(at, "the result %q is defined a second time, first in line %d: choose another name", record.ID.Slug(), line)
	default:
		id := record.RecordID()
		r.repeated[id.EntityKind()] = true
		r.report(at, "the %s %q is defined a second time, first in line %d: merge the two, or choose another slug", id.EntityKind().Prefix(), id.Slug(), line)
	}
}

package native

import (
	"cmp"
	"slices"
	"strings"

	"github.com/papergraph/papergraph/literature"
)

// defaults are what a file, or a record of an entity, says once for all relations and results inside it.
type defaults struct {
	// stated has no evidence; that depends on the field in which a relation stands.
	stated   literature.Assertion
	evidence []ground
	outer    *defaults // those of the file, for the ones of a record
}

// ground is evidence for the relations of some fields, or for all of them where it names none.
type ground struct {
	literature.Evidence
	of []string
}

const assertionField = "assertion"

var groundFields = func() fieldsOf[*ground] {
	all := fieldsOf[*ground]{"of": func(r *reader, g *ground, v *node) { g.of = r.textList(v) }}
	for name, read := range evidenceFields {
		all[name] = func(r *reader, g *ground, v *node) { read(r, &g.Evidence, v) }
	}
	return all
}()

// defaultsOf reads the field `assertion` of a file or a record; known are the fields that evidence can be of.
func (r *reader) defaultsOf(v *node, known []string) *defaults {
	d := &defaults{stated: r.defaults.stated, outer: r.defaults}
	if v.kind != mapping {
		r.wrongType(v, "source, origin, certainty, asserted_at and evidence")
		return d
	}
	mark := len(r.problems)
	r.fields(v, assertionFields.names, func(f *node) bool {
		return f.name == evidenceField || assertionFields.take(r, &d.stated, f)
	})
	for _, f := range v.fields { // behind the source, to which a place without a source belongs
		if f.name == evidenceField {
			for _, item := range f.each() {
				before := len(r.problems)
				if g := r.ground(item, d.stated.Source, known); len(r.problems) == before {
					d.evidence = append(d.evidence, g)
				}
			}
		}
	}
	if len(r.problems) > mark {
		// What could not be read here is told already, and shall not be missed wherever it counts.
		d.stated.Source = cmp.Or(d.stated.Source, "unreadable")
		d.stated.Origin = cmp.Or(d.stated.Origin, literature.Suggested)
		d.stated.Certainty = cmp.Or(d.stated.Certainty, literature.CertaintyLow)
	}
	return d
}

func (r *reader) ground(v *node, source string, known []string) ground {
	var g ground
	if v.isScalar() {
		g.Locator = v.text
	} else {
		readFields(r, v, groundFields, &g)
	}
	for _, name := range g.of {
		if !slices.Contains(known, name) {
			r.report(v.step("of"), "no field %q states relations here%s", clip(name), hint(name, known))
		}
	}
	if g.Source == "" {
		g.Source = source
	}
	r.followable(v, g.Evidence)
	return g
}

// followable reports what is wrong with evidence that many relations will share.
func (r *reader) followable(v *node, e literature.Evidence) {
	if e.Source == "" {
		e.Source = "some" // that of the relation
	}
	sample := literature.Assertion{Source: e.Source, Origin: literature.Curated, Certainty: literature.CertaintyHigh, Evidence: []literature.Evidence{e}}
	for _, problem := range literature.Check(&literature.Relation{Assertions: []literature.Assertion{sample}}) {
		if field, ok := strings.CutPrefix(problem.Field, "assertions[0].evidence[0]."); ok {
			at := v
			if f := v.step(field); f != nil {
				at = f
			}
			r.report(at, "%s", problem.Message)
		}
	}
}

// of is what counts for a relation in the field: the evidence of the record before that of the file, and in each of them what names the
// field before what names none.
func (d *defaults) of(field string) literature.Assertion {
	a := d.stated
	for ; d != nil && a.Evidence == nil; d = d.outer {
		var any []literature.Evidence
		for _, g := range d.evidence {
			switch {
			case len(g.of) == 0:
				any = append(any, g.Evidence)
			case slices.Contains(g.of, field):
				a.Evidence = append(a.Evidence, g.Evidence)
			}
		}
		if a.Evidence == nil {
			a.Evidence = any
		}
	}
	return a
}

// readSources reads the field `sources`, the web addresses of what evidence names as its source.
func (r *reader) readSources(v *node) {
	if v.kind != mapping {
		r.wrongType(v, "the web addresses of sources by their names")
		return
	}
	r.uniqueFields(v)
	for _, f := range v.fields {
		template := r.text(f)
		mark := len(r.problems)
		r.followable(f, literature.Evidence{Source: f.name, URL: strings.NewReplacer("{", "", "}", "").Replace(template)})
		if len(r.problems) == mark {
			r.sources[f.name] = template
		}
	}
}

// address is where a place in a source can be looked up: {line} in the template stands for the number of the locator "line 63", and for
// the first one of "lines 63-65". For a locator without one, the part behind # is left out; "" where that does not help.
func address(template, locator string) string {
	before, rest, ok := strings.Cut(template, "{")
	word, behind, closed := strings.Cut(rest, "}")
	if !ok || !closed {
		return template
	}
	if number := numberIn(locator, word); number != "" {
		return before + number + behind
	}
	before, _, ok = strings.Cut(before, "#")
	if !ok {
		return ""
	}
	return before
}

// numberIn is the number behind the word, or the first one behind its plural.
func numberIn(locator, word string) string {
	number, ok := strings.CutPrefix(locator, word+" ")
	if !ok {
		if number, ok = strings.CutPrefix(locator, word+"s "); ok {
			number, _, _ = strings.Cut(strings.ReplaceAll(number, "–", "-"), "-")
		}
	}
	if !ok || strings.Trim(number, "0123456789") != "" {
		return ""
	}
	return number
}

package native

import (
	"cmp"
	"slices"
	"strings"

	"github.com/papergraph/papergraph/literature"
)

// assertionFields stand in the file's default, in the items of `assertions`, and directly in a relation or result that has but one.
var assertionFields = fieldsOf[*literature.Assertion]{
	"source":      func(r *reader, a *literature.Assertion, v *node) { a.Source = r.text(v) },
	"origin":      func(r *reader, a *literature.Assertion, v *node) { a.Origin = enum(r, v, literature.Origins()) },
	"certainty":   func(r *reader, a *literature.Assertion, v *node) { a.Certainty = enum(r, v, literature.Certainties()) },
	"asserted_at": func(r *reader, a *literature.Assertion, v *node) { a.AssertedAt = r.moment(v) },
	evidenceField: func(r *reader, a *literature.Assertion, v *node) {
		a.Evidence = nil
		for _, item := range v.each() {
			a.Evidence = append(a.Evidence, r.evidence(item))
		}
	},
}

var evidenceFields = fieldsOf[*literature.Evidence]{
	"source":  func(r *reader, e *literature.Evidence, v *node) { e.Source = r.text(v) },
	"locator": func(r *reader, e *literature.Evidence, v *node) { e.Locator = r.text(v) },
	"note":    func(r *reader, e *literature.Evidence, v *node) { e.Note = r.text(v) },
	"url":     func(r *reader, e *literature.Evidence, v *node) { e.URL = r.text(v) },
}

const (
	assertionsField = "assertions"
	evidenceField   = "evidence"
)

func isAssertionField(name string) bool {
	_, ok := assertionFields[name]
	return ok || name == assertionsField
}

func assertionFieldNames() []string { return append(assertionFields.names(), assertionsField) }

// assertions reads who states a relation or a result in a field of a record: the default, changed by the fields that stand beside the others, or the
// list of all assertions, each of which changes the default.
func (r *reader) assertions(n *node, field string) []literature.Assertion {
	start := r.defaults.of(field)
	several := n.field(assertionsField)
	if several == nil {
		return r.stating(n, []literature.Assertion{r.assertion(n, start)})
	}
	for _, f := range n.fields {
		if _, ok := assertionFields[f.name]; ok {
			r.reportKey(f, "%s stands beside `assertions`: move it into the items of that list", f.name)
		}
	}
	var all []literature.Assertion
	for _, item := range several.each() {
		if item.kind != mapping {
			r.wrongType(item, "source, origin, certainty and evidence")
			continue
		}
		all = append(all, r.wholeAssertion(item, start))
	}
	slices.SortStableFunc(all, literature.Assertion.Compare)
	return r.stating(n, all)
}

// wholeAssertion reads an assertion that stands alone, with no fields but its own.
func (r *reader) wholeAssertion(n *node, start literature.Assertion) literature.Assertion {
	r.fields(n, assertionFields.names, func(f *node) bool {
		_, ok := assertionFields[f.name]
		return ok
	})
	return r.assertion(n, start)
}

// assertion reads the fields of one assertion, leaving others alone. Evidence without a source is a place in the assertion's own, and
// evidence without an address has that of its source.
func (r *reader) assertion(n *node, a literature.Assertion) literature.Assertion {
	for _, f := range n.fields {
		assertionFields.take(r, &a, f)
	}
	a.Evidence = slices.Clone(a.Evidence) // the default's belongs to others too
	for i := range a.Evidence {
		e := &a.Evidence[i]
		e.Source = cmp.Or(e.Source, a.Source)
		e.URL = cmp.Or(e.URL, address(r.sources[e.Source], e.Locator))
	}
	return a
}

func (r *reader) evidence(v *node) literature.Evidence {
	if v.isScalar() {
		return literature.Evidence{Locator: v.text}
	}
	var e literature.Evidence
	readFields(r, v, evidenceFields, &e)
	return e
}

// stating reports what an assertion lacks, once for each relation or result.
func (r *reader) stating(n *node, all []literature.Assertion) []literature.Assertion {
	for _, a := range all {
		var needed []string
		for _, need := range []struct {
			field string
			value string
		}{{"source", a.Source}, {"origin", string(a.Origin)}, {"certainty", string(a.Certainty)}} {
			if need.value == "" {
				needed = append(needed, need.field)
			}
		}
		if len(needed) > 0 {
			what := strings.Join(needed, ", ")
			r.unstated[what] = append(r.unstated[what], len(r.problems))
			r.reportAt(missing(n, assertionsField), "nobody says who states this: add %s here, or an `assertion:` for the whole file at its top", what)
			return nil
		}
	}
	return all
}

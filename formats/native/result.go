package native

import (
	"slices"

	"github.com/papergraph/papergraph/literature"
)

var resultFields = fieldsOf[*literature.Result]{
	"system":   func(r *reader, e *literature.Result, v *node) { e.System = r.nameOrNone(v, literature.KindSystem) },
	"workload": func(r *reader, e *literature.Result, v *node) { e.Workload = r.nameOrNone(v, literature.KindWorkload) },
	"kind":     func(r *reader, e *literature.Result, v *node) { e.Kind = enum(r, v, literature.ResultKinds()) },
	"metric":   func(r *reader, e *literature.Result, v *node) { e.Metric = r.text(v) },
	"direction": func(r *reader, e *literature.Result, v *node) {
		e.Direction = enum(r, v, literature.ResultDirections())
	},
	"higher_is_better": func(r *reader, e *literature.Result, v *node) { e.HigherIsBetter = r.booleanOrNil(v) },
	"statement":        func(r *reader, e *literature.Result, v *node) { e.Statements = r.localized(v) },
	"value":            func(r *reader, e *literature.Result, v *node) { e.Value = r.float(v) },
	"max":              func(r *reader, e *literature.Result, v *node) { e.Max = r.float(v) },
	"unit":             func(r *reader, e *literature.Result, v *node) { e.Unit = r.text(v) },
	"value_text":       func(r *reader, e *literature.Result, v *node) { e.ValueText = r.text(v) },
	"qualifier":        func(r *reader, e *literature.Result, v *node) { e.Qualifier = enum(r, v, literature.Qualifiers()) },
	"baseline":         func(r *reader, e *literature.Result, v *node) { e.Baseline = r.text(v) },
	"improvement":      func(r *reader, e *literature.Result, v *node) { e.Improvement = r.float(v) },
	"conditions":       func(r *reader, e *literature.Result, v *node) { e.Conditions = r.textList(v) },
	"order":            func(r *reader, e *literature.Result, v *node) { e.Order = r.integer(v) },
}

// innerResults reads the results that stand inside their paper, in the order of its source.
func (r *reader) innerResults(f *node, paper literature.ID) {
	for i, item := range f.each() {
		if item.kind != mapping {
			r.wrongType(item, "the fields of a result, beginning with `result: name`,")
			continue
		}
		r.result(item, paper, i+1)
	}
}

// result reads one result. Inside a paper the paper is known and the order is its place in the list; elsewhere both are fields.
func (r *reader) result(n *node, paper literature.ID, order int) {
	mark := len(r.problems)
	known := func() []string {
		return slices.Concat(resultFields.names(), []string{headResult}, assertionFieldNames())
	}
	head := n.field(headResult)
	if head == nil {
		head = r.misspeltField(n, headResult, known())
	}
	if head == nil {
		r.report(n, "a result needs a name of its own: begin it with `result: bmc-throughput`")
		return
	}
	e := &literature.Result{ID: literature.NewResultID(r.slug(head)), Paper: paper, Order: order}
	r.fields(n, known, func(f *node) bool {
		if f.name == headPaper && paper == "" {
			e.Paper = r.nameOrNone(f, literature.KindPaper)
			return true
		}
		return f.name == headResult || isAssertionField(f.name) || resultFields.take(r, e, f)
	})
	e.Assertions = r.assertions(n, resultsField)
	r.define(n, e, mark)
}

const headPaper = "paper"

func (r *reader) nameOrNone(v *node, kind literature.EntityKind) literature.ID {
	if v.kind == null {
		return ""
	}
	id, _ := r.name(v, kind)
	return id
}

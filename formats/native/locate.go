package native

import (
	"strconv"
	"strings"
)

// fieldOf says under which name the file holds what a record's JSON form calls otherwise.
var fieldOf = map[string][]string{
	"id":             heads,
	"labels":         {"title", "name"},
	"summaries":      {"summary"},
	"notes":          {"note"},
	"abstracts":      {"abstract"},
	"statements":     {"statement"},
	"publishedOn":    {"published"},
	"isRetracted":    {"retracted"},
	"isStub":         {"stub"},
	"references":     {"reference_list"},
	"addedAt":        {"added"},
	"assertedAt":     {"asserted_at"},
	"valueText":      {"value_text"},
	"higherIsBetter": {"higher_is_better"},
	"source":         {"source", "from"},
	"target":         append([]string{"to"}, heads[2:]...),
	"kind":           {"kind", "relation"},
}

// locate finds the place of the value that a problem of literature.Check speaks of by its path in the record's JSON form, or says
// which field is missing.
func locate(n *node, jsonPath string) spot {
	at := n
	for _, step := range strings.FieldsFunc(jsonPath, func(c rune) bool { return c == '.' || c == '[' || c == ']' }) {
		next := at.step(step)
		if next == nil {
			if at.kind != mapping {
				break
			}
			return missing(at, fileName(step))
		}
		at = next
	}
	return spot{at.line, at.column, at.path()}
}

// missing is the place of a field that is not there: where the record says what it is.
func missing(n *node, field string) spot {
	at := n
	if head := headOf(n); head != nil {
		at = head
		if field == "title" && head.name != headPaper {
			field = "name"
		}
	}
	if before := n.path(); before != "" && n.kind == mapping {
		field = before + "." + field
	} else if before != "" {
		field = before
	}
	return spot{at.line, at.column, field}
}

func fileName(jsonName string) string {
	if names := fieldOf[jsonName]; len(names) > 0 {
		return names[0]
	}
	return jsonName
}

func (n *node) step(name string) *node {
	if i, err := strconv.Atoi(name); err == nil {
		switch {
		case i < 0:
		case n.kind == list && i < len(n.items):
			return n.items[i]
		case n.kind == mapping && i < len(n.fields): // texts by locale
			return n.fields[i]
		}
		return nil
	}
	if n.kind != mapping {
		return nil
	}
	for _, candidate := range append([]string{name}, fieldOf[name]...) {
		if f := n.field(candidate); f != nil {
			return f
		}
	}
	return nil
}

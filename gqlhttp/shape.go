package gqlhttp

import "github.com/vektah/gqlparser/v2/ast"

// shape is what can be said of a document without the schema.
type shape struct {
	depth      int // of the deepest operation, fragments expanded
	aliases    int
	directives int
	visited    int // selections looked at, each once

	deferred, introspection *ast.Position // the first @defer, the first __schema or __type
}

// measure walks every selection of the document once: what a fragment adds to
// the depth is remembered. A cycle of fragments counts as nothing here and is
// refused by validation.
func measure(doc *ast.QueryDocument) shape {
	m := measurer{
		fragments: make(map[string]*ast.FragmentDefinition, len(doc.Fragments)),
		heights:   make(map[string]int, len(doc.Fragments)),
	}
	for _, f := range doc.Fragments {
		// Of two with one name the first counts, as in the validator.
		if _, ok := m.fragments[f.Name]; !ok {
			m.fragments[f.Name] = f
		} else {
			m.selections(f.SelectionSet)
		}
	}
	for _, op := range doc.Operations {
		m.count(op.Directives)
		for _, v := range op.VariableDefinitions {
			m.count(v.Directives)
		}
		m.depth = max(m.depth, m.selections(op.SelectionSet))
	}
	for name := range m.fragments {
		m.fragment(name) // those no operation uses
	}
	return m.shape
}

type measurer struct {
	shape
	fragments map[string]*ast.FragmentDefinition
	heights   map[string]int // by fragment; 0 while it is being measured
}

// selections returns how many levels of fields a selection set has.
func (m *measurer) selections(set ast.SelectionSet) int {
	height := 0
	for _, selection := range set {
		m.visited++
		switch s := selection.(type) {
		case *ast.Field:
			height = max(height, m.field(s))
		case *ast.InlineFragment:
			m.count(s.Directives)
			height = max(height, m.selections(s.SelectionSet))
		case *ast.FragmentSpread:
			m.count(s.Directives)
			height = max(height, m.fragment(s.Name))
		}
	}
	return height
}

func (m *measurer) field(f *ast.Field) int {
	m.count(f.Directives)
	if f.Alias != f.Name {
		m.aliases++
	}
	below := m.selections(f.SelectionSet)
	if f.Name == "__schema" || f.Name == "__type" {
		if m.introspection == nil {
			m.introspection = f.Position
		}
		// Tools nest ofType as deep as they please; a rule of the validator
		// limits the lists below these fields.
		return 1
	}
	return 1 + below
}

func (m *measurer) fragment(name string) int {
	if height, ok := m.heights[name]; ok {
		return height
	}
	f, ok := m.fragments[name]
	if !ok {
		return 0
	}
	m.heights[name] = 0
	m.count(f.Directives)
	m.heights[name] = m.selections(f.SelectionSet)
	return m.heights[name]
}

func (m *measurer) count(directives ast.DirectiveList) {
	m.directives += len(directives)
	for _, d := range directives {
		if d.Name == "defer" && m.deferred == nil {
			m.deferred = d.Position
		}
	}
}

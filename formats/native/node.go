package native

import (
	"slices"
	"strconv"
)

// node is one value of a file with its place, whether it was written in YAML or in JSON. Readers turn bytes into nodes and nodes into
// records; writers go the other way.
type node struct {
	kind nodeKind
	// text is the value of a scalar as it was written, without quotes.
	text  string
	items []*node // of a list
	// fields of a mapping, in the order of the file.
	fields []*node

	// parent, name and index say where in the record the value stands, for messages. name is "" inside a list.
	parent *node
	name   string
	index  int

	line, column int
	// keyLine and keyColumn are the place of the field's name; 0 inside a list.
	keyLine, keyColumn int
}

type nodeKind int

const (
	null nodeKind = iota
	boolean
	number
	text
	list
	mapping
)

func (k nodeKind) String() string {
	return [...]string{"nothing", "true or false", "a number", "a text", "a list", "fields"}[k]
}

// field is the value of a field, or nil where the mapping has none or it is null.
func (n *node) field(name string) *node {
	for _, f := range n.fields {
		if f.name == name && f.kind != null {
			return f
		}
	}
	return nil
}

// has tells whether the mapping has the field, be it null.
func (n *node) has(name string) bool {
	return slices.ContainsFunc(n.fields, func(f *node) bool { return f.name == name })
}

// path names the value inside its record, for example `authors[2].organizations[0]`; "" is the record itself.
func (n *node) path() string {
	if n.parent == nil {
		return ""
	}
	before := n.parent.path()
	switch {
	case n.name == "":
		return before + "[" + strconv.Itoa(n.index) + "]"
	case before == "":
		return n.name
	default:
		return before + "." + n.name
	}
}

// each gives the items of a list, or the value itself where one alone stands for a list of one.
func (n *node) each() []*node {
	switch n.kind {
	case list:
		return n.items
	case null:
		return nil
	}
	return []*node{n}
}

// add appends a field to a mapping that is being built.
func (n *node) add(name string, value *node) {
	value.parent, value.name = n, name
	n.fields = append(n.fields, value)
}

// push appends an item to a list that is being built.
func (n *node) push(value *node) {
	value.parent, value.index = n, len(n.items)
	n.items = append(n.items, value)
}

// isScalar tells whether the node is one plain value that may stand for a text.
func (n *node) isScalar() bool { return n.kind == text || n.kind == number }

package native

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"iter"
	"slices"

	"github.com/papergraph/papergraph/literature"
)

// Write writes records as JSON Lines, one record a line behind a header, in the order given. What Read makes of it are equal records, as long as
// they are well formed (literature.Check). It keeps one record in memory at a time.
func Write(to io.Writer, records iter.Seq[literature.Record]) error {
	w := bufio.NewWriterSize(to, 1<<16)
	var line []byte
	line = header().appendJSON(line)
	for record := range records {
		n, err := nodeOf(record)
		if err != nil {
			return err
		}
		line = n.appendJSON(append(line, '\n'))
		if _, err := w.Write(line); err != nil {
			return err
		}
		line = line[:0]
	}
	if _, err := w.Write(append(line, '\n')); err != nil {
		return err
	}
	return w.Flush()
}

// WriteYAML writes records as a YAML file, in the order given. It holds the same as the JSON Lines of Write.
func WriteYAML(to io.Writer, records iter.Seq[literature.Record]) error {
	w := bufio.NewWriterSize(to, 1<<16)
	var text []byte
	text = header().appendYAML(text, 0)
	text = append(text, "records:\n"...)
	for record := range records {
		n, err := nodeOf(record)
		if err != nil {
			return err
		}
		text = append(text, "  - "...)
		if _, err := w.Write(n.appendYAML(text, 2)); err != nil {
			return err
		}
		text = text[:0]
	}
	if _, err := w.Write(text); err != nil {
		return err
	}
	return w.Flush()
}

// Compare orders records as dumps hold them, so that two dumps of one graph are the same bytes: entities by kind and slug, then
// relations by their ends, then results by paper.
func Compare(a, b literature.Record) int {
	if d := cmp.Compare(group(a), group(b)); d != 0 {
		return d
	}
	switch a := a.(type) {
	case *literature.Relation:
		b := b.(*literature.Relation)
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Kind.Rank(), b.Kind.Rank()),
			cmp.Compare(a.Position, b.Position), cmp.Compare(a.Target, b.Target))
	case *literature.Result:
		b := b.(*literature.Result)
		return cmp.Or(cmp.Compare(a.Paper, b.Paper), cmp.Compare(a.Order, b.Order), cmp.Compare(a.ID, b.ID))
	}
	return cmp.Compare(a.RecordID(), b.RecordID())
}

// group is the place of a record's kind among all kinds.
func group(record literature.Record) int {
	kinds := literature.EntityKinds()
	switch record := record.(type) {
	case literature.Entity:
		return slices.Index(kinds, record.Kind())
	case *literature.Relation:
		return len(kinds)
	}
	return len(kinds) + 1
}

func header() *node {
	n := &node{kind: mapping}
	n.add("papergraph", &node{kind: number, text: version})
	return n
}

// nodeOf turns a record into the shape that Read takes.
func nodeOf(record literature.Record) (*node, error) {
	n := &node{kind: mapping}
	switch r := record.(type) {
	case *literature.Relation:
		n.relation(r)
	case *literature.Result:
		n.result(r)
	case literature.Entity:
		n.entity(r)
	default:
		return nil, fmt.Errorf("writing a record of type %T: the format has no shape for it", record)
	}
	return n, nil
}

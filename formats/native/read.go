package native

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/papergraph/papergraph/literature"
)

// Limits of a file. A YAML file is for people and read as a whole; JSON Lines have no limit but that of a line.
const (
	MaxYAML = 4 << 20
	MaxLine = 4 << 20
)

// Read reads a file that is complete in itself: every entity it names must be defined in it. The name stands in the problems, and
// its extension tells YAML (.yaml, .yml) from JSON Lines (.jsonl, .ndjson, .json); without one the content does.
//
// Records come in the order of the file, a record's own relations and results behind it, with ids computed, identifiers in normal form and assertions best
// first. All mistakes of the file are reported, ordered by line; where there are any, the records are those that could still be read
// and no store should take them. The error speaks of reading the bytes alone.
func Read(name string, from io.Reader) ([]literature.Record, []Problem, error) {
	return read(name, from, false)
}

// ReadPart is Read for a part of a graph, such as the dump of a few records: it may name entities that it does not define.
func ReadPart(name string, from io.Reader) ([]literature.Record, []Problem, error) {
	return read(name, from, true)
}

// reader gathers the records and the mistakes of one file.
type reader struct {
	file string
	// part is true where entities may be named that the file does not define.
	part bool
	// defaults are those that count where the reader stands: the file's, or a record's inside it.
	defaults *defaults
	// sources are the web addresses of sources, by name.
	sources map[string]string

	records  []literature.Record
	problems []Problem
	// aside is true inside a record that is a second one of its id: what is wrong in its fields is reported, but nothing in it is set against
	// the first, and nothing of it is kept.
	aside bool
	// cut is true where the rest of the file was not read, so that nobody knows what it defines.
	cut bool

	defined    map[literature.ID]int // the line of every record
	authors    map[authorship]int    // the line of every author position
	references []reference           // entities named
	slugs      map[literature.EntityKind][]string
	excuses
}

// authorship is one place in the list of a paper's authors.
type authorship struct {
	paper    literature.ID
	position int
}

func read(name string, from io.Reader, part bool) ([]literature.Record, []Problem, error) {
	r := &reader{
		file:     name,
		part:     part,
		defaults: &defaults{},
		sources:  make(map[string]string),
		defined:  make(map[literature.ID]int),
		authors:  make(map[authorship]int),
		slugs:    make(map[literature.EntityKind][]string),
		excuses:  excuses{lost: make(map[string]bool), repeated: make(map[literature.EntityKind]bool), unstated: make(map[string][]int)},
	}
	buffered := bufio.NewReaderSize(from, 1<<16)
	if mark, _ := buffered.Peek(3); string(mark) == "\ufeff" {
		_, _ = buffered.Discard(len(mark)) // a byte order mark, as some editors leave it; it was peeked, so it is there
	}
	readAll := r.readYAML
	if isJSONLines(name, buffered) {
		readAll = r.readLines
	}
	if err := readAll(buffered); err != nil {
		return nil, nil, fmt.Errorf("reading %s: %w", name, err)
	}
	r.takeBack()
	r.checkReferences()
	r.checkIdentity()
	slices.SortStableFunc(r.problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Field, b.Field))
	})
	return r.records, r.problems, nil
}

func isJSONLines(name string, from *bufio.Reader) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".jsonl", ".ndjson", ".json":
		return true
	case ".yaml", ".yml":
		return false
	}
	start, _ := from.Peek(1 << 10) // a shorter file is no error here
	return bytes.HasPrefix(bytes.TrimSpace(start), []byte("{"))
}

func (r *reader) readYAML(from *bufio.Reader) error {
	source, err := io.ReadAll(io.LimitReader(from, MaxYAML+1))
	if err != nil {
		return err
	}
	if len(source) > MaxYAML {
		r.misread(&mishap{1, 1, fmt.Sprintf("the file is larger than %d bytes: divide it, or write it as JSON Lines", MaxYAML)})
		return nil
	}
	if i := invalidUTF8(source); i >= 0 {
		line := 1 + bytes.Count(source[:i], []byte("\n"))
		r.misread(&mishap{line, i - bytes.LastIndexByte(source[:i], '\n'), encodingAdvice(source)})
		return nil
	}
	root, m := parseYAML(string(source))
	switch {
	case m != nil && root != nil:
		r.misread(m)
	case m != nil:
		if root = r.salvage(string(source), m); root == nil {
			return nil
		}
	}
	switch {
	case root == nil || root.kind == null:
		r.misread(&mishap{1, 1, "the file is empty: begin it with `records:` and list them below"})
	case root.kind != mapping:
		r.report(root, "the file holds %s: begin it with `records:` and list them below", root.kind)
	default:
		r.header(root, true)
	}
	return nil
}

// header reads what stands around the records: the version of the format, the default assertion and the sources. In YAML the records are one of its fields.
func (r *reader) header(n *node, first bool) {
	if !first {
		r.report(n, "the header belongs in the first line: move it there, or begin the record with its kind, for example {\"paper\": \"xrp\", …}")
		return
	}
	if headOf(n) != nil && !n.has("records") {
		r.report(n, "a record stands here alone: begin the file with `records:` and list it below, behind a dash")
		return
	}
	r.fields(n, func() []string { return slices.Clone(headerFields) }, func(f *node) bool {
		switch f.name {
		case "papergraph":
			if f.text != version {
				r.report(f, "this is version %s of the format, and only %s can be read: update papergraph", describe(f), version)
			}
		case assertionField:
			r.defaults = r.defaultsOf(f, allInnerNames())
		case "sources":
			r.readSources(f)
		case "records":
		default:
			return false
		}
		return true
	})
	// The records come last: a default counts wherever it stands.
	for _, f := range n.fields {
		if f.name != "records" {
			continue
		}
		for _, item := range f.each() {
			item.parent = nil
			r.record(item)
		}
	}
}

// version is the one of the format. A file that names none is of version 1, now and always.
const version = "1"

var headerFields = []string{"papergraph", assertionField, "sources", "records"}

func isHeader(n *node) bool {
	return headOf(n) == nil && (n.field("papergraph") != nil || n.field(assertionField) != nil || n.field("sources") != nil)
}

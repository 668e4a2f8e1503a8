package native

import (
	"strings"

	"github.com/papergraph/papergraph/literature"
)

// checkIdentity reports what several records together get wrong: two entities of a kind under one strong identifier, which then are one
// entity, and topics or venues that lie within themselves.
func (r *reader) checkIdentity() {
	type name struct {
		kind       literature.EntityKind
		identifier literature.Identifier
	}
	first := make(map[name]literature.ID)
	broader := make(map[literature.ID][]literature.ID)
	var narrow []literature.ID // the keys of broader, in the order of the file
	for _, record := range r.records {
		switch record := record.(type) {
		case literature.Entity:
			id := record.RecordID()
			for _, identifier := range record.Common().Identifiers {
				if !identifier.IsStrong() {
					continue
				}
				n := name{record.Kind(), identifier}
				if other, ok := first[n]; ok && other != id {
					r.reportAt(spot{line: r.defined[id], column: 1, field: "identifiers"}, "%s has the %s %s, and so has %s in line %d: make one record of the two, or correct the identifier",
						id, identifier.Scheme, identifier.Value, other, r.defined[other])
				} else {
					first[n] = id
				}
			}
		case *literature.Relation:
			if record.Kind == literature.Broader && record.Source != record.Target { // a relation to itself has a problem of its own
				if broader[record.Source] == nil {
					narrow = append(narrow, record.Source)
				}
				broader[record.Source] = append(broader[record.Source], record.Target)
			}
		}
	}
	r.checkCycles(narrow, broader)
}

// checkCycles walks upwards from each entity and reports each circle once, at the entity met first.
func (r *reader) checkCycles(narrow []literature.ID, broader map[literature.ID][]literature.ID) {
	const walking, walked = 1, 2
	state := make(map[literature.ID]int)
	var way []literature.ID
	var walk func(id literature.ID)
	walk = func(id literature.ID) {
		state[id] = walking
		way = append(way, id)
		for _, above := range broader[id] {
			switch state[above] {
			case walking:
				start := len(way) - 1
				for way[start] != above {
					start--
				}
				r.reportAt(spot{line: r.defined[above], column: 1, field: "broader"}, "%s lies within itself: %s: take one of these out", above, circle(way[start:], above))
			case 0:
				walk(above)
			}
		}
		way = way[:len(way)-1]
		state[id] = walked
	}
	for _, id := range narrow {
		if state[id] == 0 {
			walk(id)
		}
	}
}

func circle(way []literature.ID, back literature.ID) string {
	var b strings.Builder
	for _, id := range way {
		b.WriteString(string(id) + " → ")
	}
	b.WriteString(string(back))
	return b.String()
}

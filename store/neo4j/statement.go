package neo4j

import (
	"fmt"
	"slices"
	"strings"

	"github.com/papergraph/papergraph/literature"
)

// statement is a reading statement in the making. Its text follows from the shape of the question alone; values become parameters, named by
// their number. The server compiles each text once, and takes several times as long for that as for most answers: it walks through the whole of every subquery
// for each clause around it, so that depth costs most.
type statement struct {
	prelude strings.Builder // subqueries of one row that look up what the question names; their variables are visible in all of the body
	body    string
	params  map[string]any
	names   int
}

func newStatement() *statement { return &statement{params: make(map[string]any)} }

func (st *statement) text() string { return fmt.Sprintf(gated, st.prelude.String(), st.body) }

func (st *statement) name(prefix string) string {
	st.names++
	return fmt.Sprintf("%s%d", prefix, st.names)
}

// bind makes a value a parameter and gives its name, see run.
func (st *statement) bind(value any) string {
	name := st.name("p")
	st.params[name] = value
	return "$given." + name
}

// known is the entities that ids name, redirects followed: one entity each at most.
const known = `UNWIND %s AS asked OPTIONAL MATCH (old:Redirect {id: asked}) MATCH (named:Entity {id: coalesce(old.to, asked)})`

// nodes looks up entities and gives the name of a list of their nodes; with narrower, everything below them too.
func (st *statement) nodes(ids []literature.ID, narrower bool) string {
	list := st.name("nodes")
	lookup := fmt.Sprintf(known, st.bind(idsOf(ids)))
	if narrower {
		lookup += ` CALL (named) { MATCH (named)<-[:BROADER*0..]-(below:Entity) RETURN DISTINCT below } WITH below AS named`
	}
	fmt.Fprintf(&st.prelude, "CALL () { %s RETURN collect(DISTINCT named) AS %s }\n", lookup, list)
	return list
}

// groups looks up entities and gives the name of a list that holds, for each id, a list: the entity and all below it, or nothing where the id names nothing.
func (st *statement) groups(ids []literature.ID, narrower bool) string {
	list := st.name("groups")
	depth := "*0..0"
	if narrower {
		depth = "*0.."
	}
	fmt.Fprintf(&st.prelude, `CALL () { UNWIND %s AS asked OPTIONAL MATCH (old:Redirect {id: asked})
CALL (asked, old) { MATCH (named:Entity {id: coalesce(old.to, asked)})<-[:BROADER%s]-(below:Entity) RETURN collect(DISTINCT below) AS group }
RETURN collect(group) AS %s }
`, st.bind(idsOf(ids)), depth, list)
	return list
}

// idsOf makes ids a parameter, each once.
func idsOf(ids []literature.ID) []any {
	list := make([]any, 0, len(ids))
	seen := make(map[literature.ID]bool, len(ids))
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			list = append(list, string(id))
		}
	}
	return list
}

// relationTypes is every kind of relation, as in a pattern of relationships.
var relationTypes = types(literature.RelationKinds())

// types writes kinds as in a pattern of relationships, each once and in their fixed order; no kinds are all.
func types(kinds []literature.RelationKind) string {
	var names []string
	for _, kind := range literature.RelationKinds() {
		if len(kinds) == 0 || slices.Contains(kinds, kind) {
			names = append(names, string(kind))
		}
	}
	return strings.Join(names, "|")
}

// labels are those of the kinds of entity.
var labels = map[literature.EntityKind]string{
	literature.KindPaper:        "Paper",
	literature.KindAuthor:       "Author",
	literature.KindOrganization: "Organization",
	literature.KindVenue:        "Venue",
	literature.KindTopic:        "Topic",
	literature.KindSystem:       "System",
	literature.KindArtifact:     "Artifact",
	literature.KindWorkload:     "Workload",
	literature.KindCollection:   "Collection",
}

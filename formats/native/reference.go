package native

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/papergraph/papergraph/literature"
)

// reference is a place where the file names an entity.
type reference struct {
	id   literature.ID
	spot spot
}

// excuses are the mistakes of records that make the names of these records look wrong elsewhere. One mistake is one line: what only
// follows from it is not reported.
type excuses struct {
	// lost are the names of records that could not be read, as plain makes them.
	lost map[string]bool
	// repeated are the kinds of which two records have one slug: one of the two may have wanted another, and nobody knows which.
	repeated map[literature.EntityKind]bool
	misspelt []misspelt
	// unstated are, by what is missing, the problems that say that nobody states a relation or a result.
	unstated map[string][]int
}

// misspelt is a name that cannot be a slug, and the index of the problem that says so.
type misspelt struct {
	problem int
	name    string
}

// lose remembers the name of a record that could not be read.
func (e *excuses) lose(name string) {
	if name != "" {
		e.lost[plain(name)] = true
	}
}

// loseNames remembers the names of the records that begin in a text whose syntax is broken.
func (e *excuses) loseNames(source string) {
	for _, found := range beginning.FindAllStringSubmatch(source, -1) {
		e.lose(found[1])
	}
}

// beginning is how a record begins, in YAML and in JSON, even without its colon.
var beginning = regexp.MustCompile(`(?m)^[ \t]*(?:-[ \t]*\{?|\{)[ \t]*"?(?:` + strings.Join(heads, "|") + `)"?[ \t]*:?[ \t]*["']?([\w.-]+)`)

func (e *excuses) isLost(name string) bool {
	return e.lost[plain(name)]
}

// plain lets a slug and its wrong spellings be the same.
func plain(name string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return unicode.ToLower(c)
		}
		return -1
	}, name[strings.LastIndexByte(name, '/')+1:])
}

// takeBack takes back what only follows from another mistake: a name whose record is the mistake, and all but the first place where the
// same is missing that the file could say once.
func (r *reader) takeBack() {
	taken := make(map[int]bool)
	for _, m := range r.misspelt {
		taken[m.problem] = r.isLost(m.name)
	}
	for _, alike := range r.unstated {
		for _, problem := range alike[1:] {
			taken[problem] = true
		}
		if more := len(alike) - 1; more > 0 {
			r.problems[alike[0]].Message += fmt.Sprintf(" (%d more like this)", more)
		}
	}
	i := -1
	r.problems = slices.DeleteFunc(r.problems, func(Problem) bool {
		i++
		return taken[i]
	})
}

// checkReferences reports the entities that the file names and does not define.
func (r *reader) checkReferences() {
	if r.cut {
		return
	}
	// A file with this many entities was not typed by hand, and looking for the nearest slug takes time.
	const mostToCompare = 10_000
	suggest := len(r.defined) <= mostToCompare
	for _, ref := range r.references {
		if _, ok := r.defined[ref.id]; ok || r.isLost(ref.id.Slug()) {
			continue
		}
		kind, slug, near := ref.id.EntityKind(), ref.id.Slug(), ""
		if suggest {
			near = nearest(slug, r.slugs[kind])
		}
		switch {
		case near != "":
			r.reportAt(ref.spot, "unknown %s %q: did you mean %q? Correct the name, or add the record `%s: %s`", kind.Prefix(), slug, near, kind.Prefix(), slug)
		case !r.repeated[kind]:
			r.reportAt(ref.spot, "unknown %s %q: add the record `%s: %s`, or correct the name", kind.Prefix(), slug, kind.Prefix(), slug)
		}
	}
}

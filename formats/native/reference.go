package native

import "github.com/papergraph/papergraph/literature"

// reference is a place where the file names an entity.
type reference struct {
	id   literature.ID
	spot spot
}

// checkReferences reports the entities that the file names and does not define.
func (r *reader) checkReferences() {
	// A file with this many entities was not typed by hand, and looking for the nearest slug takes time.
	const mostToCompare = 10_000
	suggest := len(r.defined) <= mostToCompare
	for _, ref := range r.references {
		if _, ok := r.defined[ref.id]; ok {
			continue
		}
		hint := ""
		if suggest {
			hint = didYouMean(ref.id.Slug(), r.slugs[ref.id.EntityKind()])
		}
		kind := ref.id.EntityKind().Prefix()
		r.reportAt(ref.spot, "unknown %s %q%s: add the record `%s: %s`, or correct the name", kind, ref.id.Slug(), hint, kind, ref.id.Slug())
	}
}

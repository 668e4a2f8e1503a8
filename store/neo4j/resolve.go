package neo4j

import (
	"cmp"
	"context"
	"strings"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// keysPerQuery is how many keys one look into the text index asks for: Lucene allows 1024 clauses.
const keysPerQuery = 500

const resolveKeys = `CALL () { UNWIND $given.slugs AS asked OPTIONAL MATCH (old:Redirect {id: asked}) MATCH (n:Entity {id: coalesce(old.to, asked)})
RETURN collect([asked, n.id, n:Stub, coalesce(n.citedBy, 0)]) AS bySlug }
CALL () { UNWIND $given.queries AS query CALL db.index.fulltext.queryNodes('` + textIndex + `', query) YIELD node AS n
UNWIND split(n.keys, ' ') AS hash WITH hash, n WHERE hash IN $given.hashes
RETURN collect([hash, n.id, n:Stub, coalesce(n.citedBy, 0)]) AS byHash }
RETURN bySlug + byHash AS rows`

// holder is an entity that answers to a key.
type holder struct {
	id      literature.ID
	stub    bool
	citedBy int64
}

// before is the order among several holders of a key.
func (h holder) before(o holder) bool {
	if h.stub != o.stub {
		return o.stub
	}
	return cmp.Or(-cmp.Compare(h.citedBy, o.citedBy), cmp.Compare(h.id, o.id)) < 0
}

// Resolve implements store.Reader.
func (s *Store) Resolve(ctx context.Context, asked []store.Key) (map[store.Key]literature.ID, error) {
	if err := store.CheckKeys(len(asked)); err != nil {
		return nil, err
	}
	answer := make(map[store.Key]literature.ID)
	found, err := s.holders(ctx, asked)
	if err != nil {
		return nil, err
	}
	for _, key := range asked {
		var best holder
		for _, h := range found[lookup(key)] {
			if (key.Kind == "" || h.id.EntityKind() == key.Kind) && (best.id == "" || h.before(best)) {
				best = h
			}
		}
		if best.id != "" {
			answer[key] = best.id
		}
	}
	return answer, nil
}

// lookup is what a key is looked up by: an id, the hash of a key, or "" where it names nothing.
func lookup(key store.Key) string {
	switch {
	case key.Value == "":
		return ""
	case key.Scheme == store.BySlug:
		if key.Kind == "" {
			return ""
		}
		return string(literature.NewID(key.Kind, key.Value))
	case key.Scheme == store.ByName:
		name := analysis.NameKey(key.Value)
		if name == "" {
			return ""
		}
		return keyHash(string(store.ByName), name)
	default:
		return keyHash(string(key.Scheme), key.Value)
	}
}

// holders finds who answers to keys, by what they are looked up by.
func (s *Store) holders(ctx context.Context, asked []store.Key) (map[string][]holder, error) {
	var slugs, hashes []any
	seen := make(map[string]bool)
	for _, key := range asked {
		by := lookup(key)
		if by == "" || seen[by] {
			continue
		}
		seen[by] = true
		if key.Scheme == store.BySlug {
			slugs = append(slugs, by)
		} else {
			hashes = append(hashes, by)
		}
	}
	if len(seen) == 0 {
		return nil, s.ready(ctx)
	}
	st := newStatement()
	st.body = resolveKeys
	st.params = map[string]any{"slugs": slugs, "hashes": hashes, "queries": keyQueries(hashes)}
	rows, err := s.read(ctx, "resolve", st)
	if err != nil {
		return nil, err
	}
	found := make(map[string][]holder)
	for _, row := range rows {
		r := asList(row)
		by := asText(r[0])
		found[by] = append(found[by], holder{asID(r[1]), asBool(r[2]), asInt(r[3])})
	}
	return found, nil
}

// keyQueries asks the text index for any of the hashes, in queries of a bearable length.
func keyQueries(hashes []any) []any {
	var queries []any
	for len(hashes) > 0 {
		n := min(len(hashes), keysPerQuery)
		words := make([]string, n)
		for i, hash := range hashes[:n] {
			words[i] = hash.(string)
		}
		queries = append(queries, "keys:("+strings.Join(words, " ")+")")
		hashes = hashes[n:]
	}
	return queries
}

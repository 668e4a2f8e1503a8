package sqlite

import (
	"context"
	"database/sql"
	"hash/fnv"
	"slices"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Table name keeps for every identifier and every name key of an entity a 64-bit hash. Short integers keep the table small and its pages few;
// whoever is found by a hash is asked whether it really holds the key.

// hashKey is the FNV-1a hash of a scheme and a value.
func hashKey(scheme store.KeyScheme, value string) int64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(scheme))
	_, _ = h.Write([]byte{0})
	_, _ = h.Write([]byte(value))
	return int64(h.Sum64())
}

// hashesOf lists the hashes by which an entity can be found, ascending, each once; nil has none.
func hashesOf(e literature.Entity) []int64 {
	if e == nil {
		return nil
	}
	var hashes []int64
	for _, identifier := range e.Common().Identifiers {
		hashes = append(hashes, hashKey(store.KeyScheme(identifier.Scheme), identifier.Value))
	}
	for _, name := range store.NameTexts(e) {
		if key := analysis.NameKey(name); key != "" {
			hashes = append(hashes, hashKey(store.ByName, key))
		}
	}
	slices.Sort(hashes)
	return slices.Compact(hashes)
}

// holds tells whether an entity has an identifier or name.
func holds(e literature.Entity, key store.Key) bool {
	if key.Scheme == store.ByName {
		wanted := analysis.NameKey(key.Value)
		return wanted != "" && slices.ContainsFunc(store.NameTexts(e), func(name string) bool { return analysis.NameKey(name) == wanted })
	}
	return slices.Contains(e.Common().Identifiers, literature.Identifier{Scheme: literature.IdentifierScheme(key.Scheme), Value: key.Value})
}

// Resolve implements store.Reader.
func (s *Store) Resolve(ctx context.Context, keys []store.Key) (map[store.Key]literature.ID, error) {
	if err := store.CheckKeys(len(keys)); err != nil {
		return nil, err
	}
	return answer(ctx, s, "resolve", func(ctx context.Context, m *moment) (map[store.Key]literature.ID, error) {
		found := make(map[store.Key]literature.ID)
		var hashed []store.Key
		for _, key := range keys {
			switch {
			case key.Value == "":
			case key.Scheme != store.BySlug:
				hashed = append(hashed, key)
			case key.Kind != "":
				if id, ok := m.graph.Resolve(literature.NewID(key.Kind, key.Value)); ok {
					found[key] = id
				}
			}
		}
		return found, m.resolveHashed(ctx, hashed, found)
	})
}

func (m *moment) resolveHashed(ctx context.Context, keys []store.Key, found map[store.Key]literature.ID) error {
	if len(keys) == 0 {
		return nil
	}
	conn, err := m.session(ctx)
	if err != nil {
		return err
	}
	holders, err := m.holders(ctx, conn, keys)
	if err != nil {
		return err
	}
	var ids []literature.ID
	for _, candidates := range holders {
		ids = append(ids, candidates...)
	}
	slices.Sort(ids)
	records, err := m.Records(ctx, slices.Compact(ids))
	if err != nil {
		return err
	}
	for key, candidates := range holders {
		held := slices.DeleteFunc(candidates, func(id literature.ID) bool {
			e, ok := records[id].(literature.Entity)
			return !ok || !holds(e, key)
		})
		if id := m.graph.Preferred(held); id != "" {
			found[key] = id
		}
	}
	return nil
}

// holders lists for each key the entities of its kind that may hold it.
func (m *moment) holders(ctx context.Context, conn *session, keys []store.Key) (map[store.Key][]literature.ID, error) {
	asked := make(map[int64][]store.Key, len(keys))
	args := make([]any, 0, len(keys))
	for _, key := range keys {
		value := key.Value
		if key.Scheme == store.ByName {
			if value = analysis.NameKey(value); value == "" {
				continue
			}
		}
		hash := hashKey(key.Scheme, value)
		if slices.Contains(asked[hash], key) {
			continue
		}
		if asked[hash] == nil {
			args = append(args, hash)
		}
		asked[hash] = append(asked[hash], key)
	}
	holders := make(map[store.Key][]literature.ID)
	err := conn.within(context.WithoutCancel(ctx), func(rows *sql.Rows) error {
		var hash int64
		var number uint32
		if err := rows.Scan(&hash, &number); err != nil {
			return err
		}
		e, ok := m.graph.Numbered(number)
		for _, key := range asked[hash] {
			if ok && (key.Kind == "" || key.Kind == e.Kind) {
				holders[key] = append(holders[key], e.ID)
			}
		}
		return nil
	}, "SELECT hash, entity FROM name WHERE hash IN ", args)
	return holders, err
}

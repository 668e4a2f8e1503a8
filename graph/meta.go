package graph

import (
	"context"
	"strconv"

	"github.com/papergraph/papergraph/graph/api"
	"github.com/papergraph/papergraph/literature"
)

// methods are the formulas of this version.
func methods() []*api.Method {
	return []*api.Method{{
		Name: "shared-topics", Version: "1",
		Formula: "score = sum over the shared topics t of round(1000 ln(1 + N / df(t))) / 1000; N = papers, no stubs, with a topic; df(t) = papers, no stubs, directly about t",
	}}
}

func (r *Resolver) meta(ctx context.Context) (*api.Meta, error) {
	stats, err := r.Store.Stats(ctx)
	if err != nil {
		return nil, err
	}
	meta := &api.Meta{
		Service: "papergraph", Version: r.Version, Store: r.StoreKind,
		DataVersion: strconv.FormatUint(uint64(stats.Version), 10),
		Methods:     methods(),
		Locales:     []literature.Locale{literature.English, literature.TraditionalChinese},
	}
	for _, kind := range literature.EntityKinds() {
		meta.Counts = append(meta.Counts, &api.Bucket{Key: string(kind), Count: stats.Entities[kind]})
	}
	meta.Counts = append(meta.Counts, &api.Bucket{Key: "STUB", Count: stats.Stubs})
	return meta, nil
}

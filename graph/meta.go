package graph

import (
	"context"

	"github.com/papergraph/papergraph/graph/api"
	"github.com/papergraph/papergraph/literature"
)

func (r *Resolver) meta(ctx context.Context) (*api.Meta, error) {
	stats, err := r.Store.Stats(ctx)
	if err != nil {
		return nil, err
	}
	meta := &api.Meta{
		Service: "papergraph", Version: r.Version, Store: r.StoreKind,
		DataVersion: api.FormatVersion(stats.Version),
		Methods:     api.Methods(),
		Locales:     []literature.Locale{literature.English, literature.TraditionalChinese},
	}
	for _, kind := range literature.EntityKinds() {
		meta.Counts = append(meta.Counts, countOf(string(kind), stats.Entities[kind]))
	}
	meta.Counts = append(meta.Counts, countOf("STUB", stats.Stubs))
	return meta, nil
}

func countOf(key string, count int) *api.Bucket {
	names := kindNames[key]
	return &api.Bucket{Key: key, Count: count, Labels: []literature.LocalizedText{
		{Value: names.en, Locale: literature.English}, {Value: names.hant, Locale: literature.TraditionalChinese},
	}}
}

// kindNames say in words what is counted.
var kindNames = map[string]struct{ en, hant string }{
	"PAPER":        {"papers", "論文"},
	"AUTHOR":       {"authors", "作者"},
	"ORGANIZATION": {"organizations", "機構"},
	"VENUE":        {"venues", "發表場所"},
	"TOPIC":        {"topics", "主題"},
	"SYSTEM":       {"systems", "系統"},
	"ARTIFACT":     {"artifacts", "成果物"},
	"WORKLOAD":     {"workloads", "工作負載"},
	"COLLECTION":   {"collections", "文集"},
	"STUB":         {"papers known only through others", "僅經他文得知的論文"},
}

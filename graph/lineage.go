package graph

import (
	"context"
	"slices"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/graph/api"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/loaders"
	"github.com/papergraph/papergraph/store"
)

// lineage answers what leads to a paper or system and what descends from it.
func lineage(ctx context.Context, reader store.Reader, id literature.ID, kinds []literature.RelationKind, hops int) (*api.Lineage, error) {
	if hops < 1 || hops > store.MaxHops {
		return nil, badInput("hops is %d: ask for 1 to %d", hops, store.MaxHops)
	}
	if err := (arguments{Kinds: kinds}).check(); err != nil {
		return nil, err
	}
	if kinds == nil {
		kinds = explore.LineageKinds()
	}
	for _, kind := range kinds {
		if !slices.Contains(explore.LineageKinds(), kind) {
			return nil, badInput("kinds: %s leads to nothing that comes from it: name some of EXTENDS, USES, COMPARES_WITH and CITES", kind)
		}
	}
	if parsed, err := literature.ParseID(string(id)); err != nil {
		return nil, badInput("of: %v", err)
	} else if kind := parsed.EntityKind(); kind != literature.KindPaper && kind != literature.KindSystem {
		return nil, badInput("of: %q is no paper and no system: name one, such as paper/xrp or system/xrp", id)
	}
	of, err := orNull(record[literature.Entity](ctx, id))
	if err != nil {
		return nil, err
	}
	if of == nil {
		return nil, badInput("of: %q names nothing: look it up with search, paper or system", id)
	}
	traced, err := explore.TraceLineage(ctx, reader, of, kinds, hops)
	if err != nil {
		return nil, err
	}
	for _, layer := range traced.Layers {
		loaders.From(ctx).Records.Know(recordsOf(layer.Entities)...)
	}
	return api.NewLineage(traced, kinds), nil
}

// lineage looks below the entities and relations of a lineage.
func (a ahead) lineage(f field, l *api.Lineage) {
	var entities []literature.Record
	for _, layer := range l.Layers {
		entities = append(entities, recordsOf(layer.Entities)...)
	}
	for _, layers := range f.below() {
		a.fields(layers.Selections, map[string][]literature.Record{"entities": entities})
	}
	a.fields(f.Selections, map[string][]literature.Record{"relations": recordsOf(l.Relations)})
}

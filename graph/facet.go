package graph

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"github.com/papergraph/papergraph/graph/api"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/loaders"
	"github.com/papergraph/papergraph/store"
)

// facets counts the list of a connection by single properties.
func facets(ctx context.Context, c *api.PaperConnection, a arguments) ([]*api.Facet, error) {
	counts, err := counted(ctx, c, a)
	if err != nil {
		return nil, err
	}
	return api.Facets(a.By, counts), nil
}

// groups counts the list of a connection by several properties at once.
func groups(ctx context.Context, c *api.PaperConnection, a arguments) ([]*api.PaperGroup, error) {
	counts, err := counted(ctx, c, a)
	if err != nil || len(counts) == 0 {
		return []*api.PaperGroup{}, err
	}
	return api.Groups(a.Dimensions, counts[0]), nil
}

func firstPapers(g *api.PaperGroup, n int) ([]*literature.Paper, error) {
	if n < 1 || n > maxSamples {
		return nil, badInput("first is %d: ask for 1 to %d papers of a group", n, maxSamples)
	}
	return g.First(n), nil
}

func counted(ctx context.Context, c *api.PaperConnection, a arguments) ([]store.FacetCounts, error) {
	q, err := fieldOf(ctx).countQuestion(c.Query, a)
	if err != nil {
		return nil, err
	}
	return loaders.From(ctx).Facets.Load(ctx, c.Parent, q)
}

// counts looks at the facets and groups of connections of papers, which are those of the parents.
func (a ahead) counts(f field, parents []literature.ID, list store.ListQuery) {
	for _, c := range f.below() {
		if c.Name != "facets" && c.Name != "groupBy" {
			continue
		}
		counts := field{"PaperConnection", a.operation, c}
		arguments, ok := argumentsOf(counts)
		if !ok {
			continue
		}
		q, err := counts.countQuestion(list, arguments)
		if err != nil {
			continue
		}
		answers, _ := a.loaders.Facets.Prime(a.ctx, parents, q)
		buckets := bucketsOf(answers)
		for _, b := range counts.below() {
			if b.Name == "papers" {
				a.records(samplesOf(buckets, field{"PaperGroup", a.operation, b}.sampled()), b.Selections)
				continue
			}
			for _, k := range graphql.CollectFields(a.operation, b.Selections, nil) {
				if k.Name == "entity" { // of a bucket or a key
					a.records(keysOf(buckets), k.Selections)
				}
			}
		}
	}
}

func bucketsOf(answers [][]store.FacetCounts) []store.Bucket {
	var buckets []store.Bucket
	for _, counts := range slices.Concat(answers...) {
		buckets = append(buckets, counts.Buckets...)
	}
	return buckets
}

// keysOf are the entities that buckets name.
func keysOf(buckets []store.Bucket) []literature.Record {
	var keys []literature.Record
	for _, bucket := range buckets {
		for _, key := range bucket.Keys {
			if key.Entity != nil {
				keys = append(keys, key.Entity)
			}
		}
	}
	return keys
}

// samplesOf are the first papers of each bucket, up to a number.
func samplesOf(buckets []store.Bucket, number int) []literature.Record {
	var papers []literature.Record
	for _, bucket := range buckets {
		for _, paper := range bucket.Samples[:min(number, len(bucket.Samples))] {
			papers = append(papers, paper)
		}
	}
	return papers
}

package api

import (
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// PaperConnection is a page of papers; Parent and Query are what it answers, so that the whole list can be counted.
type PaperConnection struct {
	*Connection[*literature.Paper, *PaperEdge]
	// Parent is whose papers they are; "" for a list of all papers.
	Parent literature.ID
	Query  store.ListQuery
}

// Facet is the papers of a list counted by one property.
type Facet struct {
	Dimension                store.Dimension
	Buckets                  []*Bucket
	OtherCount, MissingCount int
}

// PaperGroup is the papers of a list that have the same values.
type PaperGroup struct {
	Keys    []*GroupKey
	Count   int
	Samples []*literature.Paper
}

// First is the first n of the papers that were asked for.
func (g *PaperGroup) First(n int) []*literature.Paper { return g.Samples[:min(n, len(g.Samples))] }

// GroupKey is one value of a property.
type GroupKey struct {
	Bucket
	Dimension store.Dimension
}

// FacetQuery asks for facets over the list of a connection. Each dimension drops what the filter says of it at the top.
func FacetQuery(q store.ListQuery, by []store.Dimension, limit int) store.FacetQuery {
	f := store.FacetQuery{Via: q.Via, Narrower: q.Narrower, Filter: q.Filter}
	for _, d := range by {
		f.Groupings = append(f.Groupings, store.Grouping{Dimensions: []store.Dimension{d}, Filter: sideways(q.Filter, d), Limit: limit})
	}
	return f
}

// GroupQuery asks for groups over the list of a connection, with so many papers of each.
func GroupQuery(q store.ListQuery, dimensions []store.Dimension, limit, samples int) store.FacetQuery {
	return store.FacetQuery{Via: q.Via, Narrower: q.Narrower, Filter: q.Filter, Groupings: []store.Grouping{{
		Dimensions: dimensions, Limit: limit, Samples: samples,
	}}}
}

// sideways is the filter without its own conditions on a dimension; nil where it has none.
func sideways(f *store.Filter, d store.Dimension) *store.Filter {
	if f == nil {
		return nil
	}
	other := *f
	changed := false
	switch d {
	case store.ByYear:
		other.Years, changed = store.Range{}, f.Years != store.Range{}
	case store.ByHasArtifact:
		other.HasArtifact, changed = nil, f.HasArtifact != nil
	case store.ByHasResult:
		other.HasResult, changed = nil, f.HasResult != nil
	default:
		other.Terms = nil
		for _, term := range f.Terms {
			if term.Dimension != d && !(d == store.BySeries && term.Dimension == store.ByVenue) {
				other.Terms = append(other.Terms, term)
			}
		}
		changed = len(other.Terms) != len(f.Terms)
	}
	if !changed {
		return nil
	}
	return &other
}

// Facets shapes the answers to a FacetQuery of these dimensions.
func Facets(by []store.Dimension, counts []store.FacetCounts) []*Facet {
	facets := make([]*Facet, len(counts))
	for i, c := range counts {
		facets[i] = &Facet{Dimension: by[i], Buckets: make([]*Bucket, len(c.Buckets)), OtherCount: c.Other, MissingCount: c.Missing}
		for j, b := range c.Buckets {
			bucket := bucketOf(by[i], b.Keys[0])
			bucket.Count = b.Count
			facets[i].Buckets[j] = &bucket
		}
	}
	return facets
}

// Groups shapes the answer to a GroupQuery of these dimensions.
func Groups(dimensions []store.Dimension, counts store.FacetCounts) []*PaperGroup {
	groups := make([]*PaperGroup, len(counts.Buckets))
	for i, b := range counts.Buckets {
		groups[i] = &PaperGroup{Count: b.Count, Samples: b.Samples, Keys: make([]*GroupKey, len(b.Keys))}
		for j, key := range b.Keys {
			groups[i].Keys[j] = &GroupKey{Bucket: bucketOf(dimensions[j], key), Dimension: dimensions[j]}
		}
	}
	return groups
}

func bucketOf(d store.Dimension, key store.BucketKey) Bucket {
	return Bucket{Key: key.Key, Entity: key.Entity, Labels: flagLabels[d][key.Key]}
}

// flagLabels say in words what true and false mean.
var flagLabels = map[store.Dimension]map[string][]literature.LocalizedText{
	store.ByHasArtifact: {
		"true":  bilingual("with code or data", "附程式碼或資料"),
		"false": bilingual("without code or data", "未附程式碼或資料"),
	},
	store.ByHasResult: {
		"true":  bilingual("with results", "有實驗結果"),
		"false": bilingual("without results", "無實驗結果"),
	},
}

func bilingual(en, hant string) []literature.LocalizedText {
	return []literature.LocalizedText{{Value: en, Locale: literature.English}, {Value: hant, Locale: literature.TraditionalChinese}}
}

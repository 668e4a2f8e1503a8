package store

import (
	"time"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/literature"
)

// Normalize makes the record as a store keeps it: a copy of record with texts NFKC-normalised (analysis.NormalizeText), and, for a paper without
// AddedAt, the one of old, the stored record (nil: none), or at in UTC to the second. It changes neither argument. Every store calls it for every upsert before it compares with old.
func Normalize(record, old literature.Record, at time.Time) literature.Record {
	switch r := record.(type) {
	case *literature.Paper:
		n := *r
		normalizeBase(&n.Base)
		n.Abstracts = normalizeTexts(n.Abstracts)
		n.Awards = normalizeStrings(n.Awards)
		n.AddedAt = n.AddedAt.UTC().Truncate(time.Second)
		if n.AddedAt.IsZero() {
			n.AddedAt = at.UTC().Truncate(time.Second)
			if before, ok := old.(*literature.Paper); ok {
				n.AddedAt = before.AddedAt
			}
		}
		return &n
	case *literature.Author:
		n := *r
		normalizeBase(&n.Base)
		return &n
	case *literature.Organization:
		n := *r
		normalizeBase(&n.Base)
		return &n
	case *literature.Venue:
		n := *r
		normalizeBase(&n.Base)
		return &n
	case *literature.Topic:
		n := *r
		normalizeBase(&n.Base)
		return &n
	case *literature.System:
		n := *r
		normalizeBase(&n.Base)
		return &n
	case *literature.Artifact:
		n := *r
		normalizeBase(&n.Base)
		return &n
	case *literature.Workload:
		n := *r
		normalizeBase(&n.Base)
		return &n
	case *literature.Collection:
		n := *r
		normalizeBase(&n.Base)
		return &n
	case *literature.Relation:
		n := *r
		n.Notes = normalizeTexts(n.Notes)
		return &n
	case *literature.Result:
		n := *r
		n.Statements = normalizeTexts(n.Statements)
		n.Metric = analysis.NormalizeText(n.Metric)
		n.ValueText = analysis.NormalizeText(n.ValueText)
		n.Baseline = analysis.NormalizeText(n.Baseline)
		n.Conditions = normalizeStrings(n.Conditions)
		return &n
	}
	return record
}

func normalizeBase(b *literature.Base) {
	b.Labels = normalizeTexts(b.Labels)
	b.Aliases = normalizeStrings(b.Aliases)
	b.Summaries = normalizeTexts(b.Summaries)
	b.Notes = normalizeTexts(b.Notes)
}

func normalizeTexts(texts []literature.LocalizedText) []literature.LocalizedText {
	if len(texts) == 0 {
		return nil
	}
	normal := make([]literature.LocalizedText, len(texts))
	for i, text := range texts {
		normal[i] = literature.LocalizedText{Value: analysis.NormalizeText(text.Value), Locale: text.Locale}
	}
	return normal
}

func normalizeStrings(texts []string) []string {
	if len(texts) == 0 {
		return nil
	}
	normal := make([]string, len(texts))
	for i, text := range texts {
		normal[i] = analysis.NormalizeText(text)
	}
	return normal
}

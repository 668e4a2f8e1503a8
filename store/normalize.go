package store

import (
	"slices"
	"time"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/literature"
)

// Normalize makes the record as a store keeps it: a copy whose texts for readers went through analysis.NormalizeText, whose empty lists are nil and whose times are in UTC to the
// second. Ids, identifiers, addresses and values of enums stay as they are. A paper without AddedAt takes the one of old, the stored record (nil: none), or else at.
// It changes neither argument. Every store calls it for every upsert before it compares with old.
func Normalize(record, old literature.Record, at time.Time) literature.Record {
	switch r := record.(type) {
	case *literature.Paper:
		c := *r
		c.Base = normalBase(c.Base)
		c.Abstracts = normalTexts(c.Abstracts)
		c.Awards = distinct(normalStrings(c.Awards))
		for _, text := range []*string{&c.Volume, &c.Issue, &c.Pages, &c.Publisher, &c.References.Note} {
			*text = analysis.NormalizeText(*text)
		}
		if before, ok := old.(*literature.Paper); ok && c.AddedAt.IsZero() {
			c.AddedAt = before.AddedAt
		}
		if c.AddedAt.IsZero() {
			c.AddedAt = at
		}
		c.AddedAt = seconds(c.AddedAt)
		return &c
	case *literature.Author:
		return &literature.Author{Base: normalBase(r.Base)}
	case *literature.Organization:
		return &literature.Organization{Base: normalBase(r.Base)}
	case *literature.Venue:
		c := *r
		c.Base = normalBase(c.Base)
		c.Location = analysis.NormalizeText(c.Location)
		return &c
	case *literature.Topic:
		return &literature.Topic{Base: normalBase(r.Base)}
	case *literature.System:
		return &literature.System{Base: normalBase(r.Base)}
	case *literature.Artifact:
		c := *r
		c.Base = normalBase(c.Base)
		return &c
	case *literature.Workload:
		return &literature.Workload{Base: normalBase(r.Base)}
	case *literature.Collection:
		return &literature.Collection{Base: normalBase(r.Base)}
	case *literature.Relation:
		c := *r
		c.Organizations = mapped(c.Organizations, func(id literature.ID) literature.ID { return id })
		c.Notes = normalTexts(c.Notes)
		c.Assertions = normalAssertions(c.Assertions)
		return &c
	case *literature.Result:
		c := *r
		c.Statements = normalTexts(c.Statements)
		c.Conditions = distinct(normalStrings(c.Conditions))
		for _, text := range []*string{&c.Metric, &c.Unit, &c.ValueText, &c.Baseline} {
			*text = analysis.NormalizeText(*text)
		}
		c.Assertions = normalAssertions(c.Assertions)
		return &c
	}
	return record
}

func normalBase(b literature.Base) literature.Base {
	b.Labels = normalTexts(b.Labels)
	b.Aliases = distinct(normalStrings(b.Aliases))
	b.Identifiers = mapped(b.Identifiers, func(i literature.Identifier) literature.Identifier { return i })
	b.Summaries = normalTexts(b.Summaries)
	b.Notes = normalTexts(b.Notes)
	return b
}

func normalTexts(texts []literature.LocalizedText) []literature.LocalizedText {
	return mapped(texts, func(t literature.LocalizedText) literature.LocalizedText {
		t.Value = analysis.NormalizeText(t.Value)
		return t
	})
}

func normalStrings(texts []string) []string { return mapped(texts, analysis.NormalizeText) }

// distinct drops what occurred before: two names may become one when normalised.
func distinct(texts []string) []string {
	seen := make(map[string]bool, len(texts))
	return slices.DeleteFunc(texts, func(text string) bool {
		before := seen[text]
		seen[text] = true
		return before
	})
}

// normalAssertions keeps the best first: sources may change places when normalised.
func normalAssertions(assertions []literature.Assertion) []literature.Assertion {
	normal := mapped(assertions, func(a literature.Assertion) literature.Assertion {
		a.Source = analysis.NormalizeText(a.Source)
		a.AssertedAt = seconds(a.AssertedAt)
		a.Evidence = mapped(a.Evidence, func(e literature.Evidence) literature.Evidence {
			e.Source = analysis.NormalizeText(e.Source)
			e.Locator = analysis.NormalizeText(e.Locator)
			e.Note = analysis.NormalizeText(e.Note)
			return e
		})
		return a
	})
	slices.SortStableFunc(normal, literature.Assertion.Compare)
	return normal
}

func mapped[T any](in []T, f func(T) T) []T {
	if len(in) == 0 {
		return nil
	}
	out := make([]T, len(in))
	for i, v := range in {
		out[i] = f(v)
	}
	return out
}

package storetest

import (
	"github.com/papergraph/papergraph/literature"
)

// Short ways to make well-formed records.

func english(value string) []literature.LocalizedText {
	return []literature.LocalizedText{{Value: value, Locale: literature.English}}
}

func base(kind literature.EntityKind, slug, label string) literature.Base {
	return literature.Base{ID: literature.NewID(kind, slug), Labels: english(label)}
}

func paper(slug, title, date string) *literature.Paper {
	return &literature.Paper{Base: base(literature.KindPaper, slug, title), Type: literature.ConferencePaper, PublishedOn: date}
}

func topic(slug, label string) *literature.Topic {
	return &literature.Topic{Base: base(literature.KindTopic, slug, label)}
}

// venue makes an edition of a year, or a series where the year is 0.
func venue(slug, label string, year int) *literature.Venue {
	v := &literature.Venue{Base: base(literature.KindVenue, slug, label), Type: literature.Series}
	if year > 0 {
		v.Type, v.Year = literature.Edition, &year
	}
	return v
}

// named makes an entity of a kind that needs no more than a name.
func named(kind literature.EntityKind, slug, label string) literature.Entity {
	e := literature.Blank(literature.NewID(kind, slug)).(literature.Entity)
	*e.Common() = base(kind, slug, label)
	return e
}

func assertions() []literature.Assertion {
	return []literature.Assertion{{Origin: literature.Curated, Certainty: literature.CertaintyHigh, Source: "storetest"}}
}

func relation(kind literature.RelationKind, source, target literature.ID) *literature.Relation {
	r := &literature.Relation{
		ID: literature.NewRelationID(kind, source, target), Kind: kind, Source: source, Target: target, Assertions: assertions(),
	}
	switch kind {
	case literature.About:
		r.Weight = literature.FullWeight
	case literature.AuthoredBy:
		r.Position = 1
	}
	return r
}

func about(source, target literature.ID, weight int) *literature.Relation {
	r := relation(literature.About, source, target)
	r.Weight = weight
	return r
}

func authored(source, target literature.ID, position int, organizations ...literature.ID) *literature.Relation {
	r := relation(literature.AuthoredBy, source, target)
	r.Position, r.Organizations = position, organizations
	return r
}

func result(slug string, paper, system, workload literature.ID, order int, improvement float64) *literature.Result {
	return &literature.Result{
		ID: literature.NewResultID(slug), Paper: paper, System: system, Workload: workload,
		Kind: literature.Measurement, Metric: "throughput", Direction: literature.Increase,
		Statements: english("Throughput grows."), Value: &improvement, Qualifier: literature.Exactly,
		Improvement: &improvement, Order: order, Assertions: assertions(),
	}
}

// implied is a result whose improvement follows from its growth in percent.
func implied(slug string, paper, system, workload literature.ID, order int, percent float64) *literature.Result {
	r := result(slug, paper, system, workload, order, percent)
	r.Unit, r.HigherIsBetter, r.Improvement = "%", ptr(true), nil
	return r
}

func motivation(slug string, paper, system literature.ID, order int) *literature.Result {
	return &literature.Result{
		ID: literature.NewResultID(slug), Paper: paper, System: system,
		Kind: literature.Motivation, Metric: "latency", Direction: literature.NoDirection,
		Statements: english("Latency matters."), Qualifier: literature.Qualitative, Order: order, Assertions: assertions(),
	}
}

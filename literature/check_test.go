package literature_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/papergraph/papergraph/literature"
)

func TestCheckWellFormed(t *testing.T) {
	good := records()
	for _, join := range joins {
		for _, pair := range strings.Fields(join.pairs) {
			source, target, _ := strings.Cut(strings.ToLower(pair), ">")
			good = append(good, relation(join.kind, literature.ID(source+"/a"), literature.ID(target+"/b")))
		}
	}
	selfCitation := relation(literature.Cites, "paper/a", "paper/a")
	words := result()
	words.Value, words.Max = nil, nil
	unsaid := result()
	unsaid.Value, unsaid.Max, unsaid.Unit, unsaid.ValueText, unsaid.Qualifier = nil, nil, "", "", literature.Qualitative
	point := result()
	point.Max = new(1.5)
	least := []literature.Record{
		&literature.Paper{Base: literature.Base{ID: "paper/a", Labels: base("").Labels}, Type: literature.Preprint},
		&literature.Venue{Base: literature.Base{ID: "venue/a", Labels: base("").Labels}, Type: literature.Series},
		&literature.Artifact{Base: literature.Base{ID: "artifact/a", Labels: base("").Labels}},
		&literature.Result{
			ID: "result/a", Paper: "paper/a", Kind: literature.OtherResult, Metric: "m", Direction: literature.NoDirection, ValueText: "hundreds",
			Statements: base("").Labels, Qualifier: literature.Approximately, Order: 1, Assertions: assertions()[1:],
		},
	}
	for _, record := range append(append(good, selfCitation, words, unsaid, point), least...) {
		if problems := literature.Check(record); len(problems) > 0 {
			t.Errorf("%s: %v", record.RecordID(), problems)
		}
	}
}

// wrong is one way to spoil a well-formed record: the field that must be named, and a part of the message.
type wrong[R literature.Record] struct {
	field, message string
	spoil          func(R)
}

func checkWrong[R literature.Record](t *testing.T, good func() R, tests []wrong[R]) {
	t.Helper()
	for _, test := range tests {
		record := good()
		test.spoil(record)
		problems := literature.Check(record)
		if len(problems) != 1 || problems[0].Field != test.field || !strings.Contains(problems[0].Message, test.message) {
			t.Errorf("got %q\nwant one problem in %s with %q", problems, test.field, test.message)
		}
	}
}

func TestCheckPaper(t *testing.T) {
	text := func(value string, locale literature.Locale) literature.LocalizedText {
		return literature.LocalizedText{Value: value, Locale: locale}
	}
	identify := func(p *literature.Paper, scheme literature.IdentifierScheme, value string) {
		p.Identifiers = append(p.Identifiers, literature.Identifier{Scheme: scheme, Value: value})
	}
	checkWrong(t, paper, []wrong[*literature.Paper]{
		{"id", "it is missing: give the id of the paper", func(p *literature.Paper) { p.ID = "" }},
		{"id", "topic/xrp names no paper", func(p *literature.Paper) { p.ID = "topic/xrp" }},
		{"id", "result/xrp names no paper", func(p *literature.Paper) { p.ID = "result/xrp" }},
		{"id", "lower-case", func(p *literature.Paper) { p.ID = "paper/XRP" }},
		{"labels", "there is none: give at least one", func(p *literature.Paper) { p.Labels = nil }},
		{"labels[1].value", "it is empty", func(p *literature.Paper) { p.Labels[1].Value = " " }},
		{"labels[1].locale", "en stands at labels[0] already", func(p *literature.Paper) { p.Labels[1].Locale = "en" }},
		{"labels[2].locale", "ZH-hant stands at labels[1] already", func(p *literature.Paper) { p.Labels = append(p.Labels, text("x", "ZH-hant")) }},
		{"labels[0].locale", "not a BCP 47 language tag", func(p *literature.Paper) { p.Labels[0].Locale = "" }},
		{"labels[0].locale", "not a BCP 47 language tag", func(p *literature.Paper) { p.Labels[0].Locale = "en_US" }},
		{"labels[0].locale", "not a BCP 47 language tag", func(p *literature.Paper) { p.Labels[0].Locale = "english language" }},
		{"labels[0].locale", "not a BCP 47 language tag", func(p *literature.Paper) { p.Labels[0].Locale = "en-" }},
		{"labels[0].locale", "not a BCP 47 language tag", func(p *literature.Paper) { p.Labels[0].Locale = "e1" }},
		{"labels[0].locale", "not a BCP 47 language tag", func(p *literature.Paper) { p.Labels[0].Locale = "x" }},
		{"labels[0].value", "control character U+000A at byte 2", func(p *literature.Paper) { p.Labels[0].Value = "a\nb" }},
		{"labels[0].value", "not UTF-8", func(p *literature.Paper) { p.Labels[0].Value = "a\xff" }},
		{"labels[0].value", "2001 bytes long: at most 2000", func(p *literature.Paper) { p.Labels[0].Value = strings.Repeat("a", 2001) }},
		{"aliases[1]", "it is empty", func(p *literature.Paper) { p.Aliases[1] = "" }},
		{"aliases[1]", `"IKS" stands at aliases[0] already`, func(p *literature.Paper) { p.Aliases[1] = "IKS" }},
		{"aliases", "there are 101: at most 100", func(p *literature.Paper) {
			p.Aliases = nil
			for i := range 101 {
				p.Aliases = append(p.Aliases, strings.Repeat("a", i+1))
			}
		}},
		{"identifiers[2]", "stands at identifiers[0] already", func(p *literature.Paper) { p.Identifiers = append(p.Identifiers, p.Identifiers[0]) }},
		{"identifiers[2].scheme", "known are DOI, ARXIV", func(p *literature.Paper) { identify(p, "PMID", "17") }},
		{"identifiers[2].scheme", "known are DOI, ARXIV", func(p *literature.Paper) { identify(p, "doi", "10.1145/1") }},
		{"identifiers[2].value", "write 10.1145/abc", func(p *literature.Paper) { identify(p, literature.DOI, "10.1145/ABC") }},
		{"identifiers[2].value", "write 10.1145/abc", func(p *literature.Paper) { identify(p, literature.DOI, "https://doi.org/10.1145/abc") }},
		{"identifiers[2].value", "write scheme ARXIV, value 2302.10366", func(p *literature.Paper) { identify(p, literature.DOI, "10.48550/arxiv.2302.10366") }},
		{"identifiers[2].value", "a DOI begins with 10.", func(p *literature.Paper) { identify(p, literature.DOI, "XRP") }},
		{"summaries[0].value", "control character U+0000", func(p *literature.Paper) { p.Summaries[0].Value = "a\x00" }},
		{"summaries[1].locale", "stands at summaries[0] already", func(p *literature.Paper) { p.Summaries[1].Locale = "EN" }},
		{"notes[0].value", "it is empty", func(p *literature.Paper) { p.Notes[0].Value = "" }},
		{"abstracts[0].value", "20001 bytes long: at most 20000", func(p *literature.Paper) { p.Abstracts[0].Value = strings.Repeat("a", 20_001) }},
		{"abstracts[0].value", "control character U+000D", func(p *literature.Paper) { p.Abstracts[0].Value = "a\r\nb" }},
		{"type", "it is missing: known are ARTICLE, CONFERENCE_PAPER", func(p *literature.Paper) { p.Type = "" }},
		{"type", `"POEM" is unknown: known are ARTICLE`, func(p *literature.Paper) { p.Type = "POEM" }},
		{"publishedOn", "day that its month does not have", func(p *literature.Paper) { p.PublishedOn = "2022-02-30" }},
		{"publishedOn", "write 2022, 2022-07 or 2022-07-11", func(p *literature.Paper) { p.PublishedOn = "July 2022" }},
		{"aliases[0]", "line end U+2028 at byte 2", func(p *literature.Paper) { p.Aliases[0] = "a\u2028b" }},
		{"volume", "control character", func(p *literature.Paper) { p.Volume = "5\t3" }},
		{"issue", "control character", func(p *literature.Paper) { p.Issue = "\x1f" }},
		{"pages", "not UTF-8", func(p *literature.Paper) { p.Pages = "1\x96" }},
		{"publisher", "it is empty", func(p *literature.Paper) { p.Publisher = " " }},
		{"awards[0]", "it is empty", func(p *literature.Paper) { p.Awards[0] = "" }},
		{"references.state", "known are COMPLETE, PARTIAL, UNKNOWN", func(p *literature.Paper) { p.References.State = "SOME" }},
		{"references.expected", "-1 references cannot be", func(p *literature.Paper) { p.References.Expected = new(-1) }},
		{"references.note", "control character", func(p *literature.Paper) { p.References.Note = "\u0085a" }},
		{"addedAt", "the year 10000 cannot be written", func(p *literature.Paper) { p.AddedAt = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) }},
	})
}

func TestCheckVenue(t *testing.T) {
	checkWrong(t, edition, []wrong[*literature.Venue]{
		{"id", "paper/x names no venue", func(v *literature.Venue) { v.ID = "paper/x" }},
		{"type", "known are SERIES, EDITION, JOURNAL, PREPRINT_SERVER", func(v *literature.Venue) { v.Type, v.Year = "PUB", nil }},
		{"year", "an edition has a year: give it", func(v *literature.Venue) { v.Year = nil }},
		{"year", "only an edition has a year", func(v *literature.Venue) { v.Type = literature.Series }},
		{"year", "0 is no year", func(v *literature.Venue) { v.Year = new(0) }},
		{"location", "control character", func(v *literature.Venue) { v.Location = "a\nb" }},
	})
}

func TestCheckOtherEntities(t *testing.T) {
	artifact := func() *literature.Artifact {
		return &literature.Artifact{Base: base("artifact/a"), Repository: "https://example.org/a", License: "MIT"}
	}
	checkWrong(t, artifact, []wrong[*literature.Artifact]{
		{"repository", `"git@github.com:a/b": an address begins with https://`, func(a *literature.Artifact) { a.Repository = "git@github.com:a/b" }},
		{"license", "control character", func(a *literature.Artifact) { a.License = "MIT\n" }},
	})
	for _, record := range records() {
		entity, ok := record.(literature.Entity)
		if !ok {
			continue
		}
		entity.Common().ID = "relation/0123456789abcdef"
		if problems := literature.Check(record); len(problems) != 1 || problems[0].Field != "id" {
			t.Errorf("a %T with the id of a relation: %v", record, problems)
		}
	}
	if problems := literature.Check(nil); len(problems) != 1 {
		t.Errorf("no record at all: %v", problems)
	}
}

func TestCheckRelation(t *testing.T) {
	// as makes the relation another one with the id that belongs to it.
	as := func(r *literature.Relation, kind literature.RelationKind, source, target literature.ID) {
		*r = *relation(kind, source, target)
	}
	checkWrong(t, func() *literature.Relation { return relation(literature.Cites, "paper/a", "paper/b") }, []wrong[*literature.Relation]{
		{"id", "take that", func(r *literature.Relation) { r.ID = "relation/0123456789abcdef" }},
		{"id", "take that", func(r *literature.Relation) { r.ID = "" }},
		{"id", "take that", func(r *literature.Relation) { r.Target = "paper/c" }},
		{"kind", "it is missing: known are CITES", func(r *literature.Relation) { r.Kind, r.Intent = "", "" }},
		{"kind", `"LIKES" is unknown`, func(r *literature.Relation) { r.Kind, r.Intent = "LIKES", "" }},
		{"source", "it is missing", func(r *literature.Relation) { r.Source = "" }},
		{"source", "result/a names no entity", func(r *literature.Relation) { r.Source = "result/a" }},
		{"target", "has no kind", func(r *literature.Relation) { r.Target = "b" }},
		{"target", "unknown kind", func(r *literature.Relation) { r.Target = "dog/rex" }},
		{"kind", "CITES cannot lead from paper to topic: it joins paper to paper", func(r *literature.Relation) { as(r, literature.Cites, "paper/a", "topic/b") }},
		{"kind", "it joins topic or venue to topic or venue of the same kind", func(r *literature.Relation) { as(r, literature.Broader, "topic/a", "venue/b") }},
		{"target", "BROADER leads from topic/a to itself", func(r *literature.Relation) { as(r, literature.Broader, "topic/a", "topic/a") }},
		{"target", "EXTENDS leads from paper/a to itself", func(r *literature.Relation) { as(r, literature.Extends, "paper/a", "paper/a") }},
		{"target", "VERSION_OF leads from paper/a to itself", func(r *literature.Relation) { as(r, literature.VersionOf, "paper/a", "paper/a") }},
		{"weight", "only ABOUT has a weight", func(r *literature.Relation) { r.Weight = 1 }},
		{"position", "only AUTHORED_BY has a position", func(r *literature.Relation) { r.Position = 1 }},
		{"corresponding", "only AUTHORED_BY tells", func(r *literature.Relation) { r.Corresponding = new(false) }},
		{"organizations", "only AUTHORED_BY names organizations", func(r *literature.Relation) { r.Organizations = []literature.ID{"organization/a"} }},
		{"intent", "known are BACKGROUND, METHOD", func(r *literature.Relation) { r.Intent = "FUN" }},
		{"notes[0].locale", "not a BCP 47 language tag", func(r *literature.Relation) { r.Notes[0].Locale = "?" }},
	})
	checkWrong(t, func() *literature.Relation { return relation(literature.About, "paper/a", "topic/b") }, []wrong[*literature.Relation]{
		{"weight", "from 1 to 1000", func(r *literature.Relation) { r.Weight = 0 }},
		{"weight", "from 1 to 1000", func(r *literature.Relation) { r.Weight = 1001 }},
		{"weight", "from 1 to 1000", func(r *literature.Relation) { r.Weight = -1 }},
		{"intent", "only CITES has an intent", func(r *literature.Relation) { r.Intent = literature.IntentUses }},
	})
	checkWrong(t, func() *literature.Relation { return relation(literature.AuthoredBy, "paper/a", "author/b") }, []wrong[*literature.Relation]{
		{"position", "count from 1", func(r *literature.Relation) { r.Position = 0 }},
		{"organizations[1]", "author/x names no organization", func(r *literature.Relation) { r.Organizations[1] = "author/x" }},
		{"organizations[0]", "lower-case", func(r *literature.Relation) { r.Organizations[0] = "organization/ETH" }},
		{"organizations[1]", "organization/eth stands at organizations[0] already", func(r *literature.Relation) { r.Organizations[1] = "organization/eth" }},
	})
}

func TestCheckAssertions(t *testing.T) {
	checkWrong(t, func() *literature.Relation { return relation(literature.Cites, "paper/a", "paper/b") }, []wrong[*literature.Relation]{
		{"assertions", "there is no assertion", func(r *literature.Relation) { r.Assertions = nil }},
		{"assertions", "there are 21 assertions: keep the best 20", func(r *literature.Relation) { r.Assertions = slices.Repeat(r.Assertions[:1], 21) }},
		{"assertions[1]", "it is better than the one before it", func(r *literature.Relation) { slices.Reverse(r.Assertions) }},
		{"assertions[1].origin", "known are CURATED, IMPORTED, INFERRED, SUGGESTED", func(r *literature.Relation) { r.Assertions[1].Origin = "GUESSED" }},
		{"assertions[0].certainty", "it is missing: known are HIGH, MODERATE, LOW", func(r *literature.Relation) { r.Assertions[0].Certainty = "" }},
		{"assertions[1].source", "it is empty", func(r *literature.Relation) { r.Assertions[1].Source = "" }},
		{"assertions[0].assertedAt", "the year 10000", func(r *literature.Relation) {
			r.Assertions[0].AssertedAt = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)
		}},
		{"assertions[0].evidence[0].source", "it is empty", func(r *literature.Relation) { r.Assertions[0].Evidence[0].Source = "" }},
		{"assertions[0].evidence[0].locator", "control character", func(r *literature.Relation) { r.Assertions[0].Evidence[0].Locator = "p.\n3" }},
		{"assertions[0].evidence[0].note", "not UTF-8", func(r *literature.Relation) { r.Assertions[0].Evidence[0].Note = "\xff" }},
		{"assertions[0].evidence[0].url", "begins with https://", func(r *literature.Relation) { r.Assertions[0].Evidence[0].URL = "the web" }},
		{"assertions[0].evidence[0].url", "not an address", func(r *literature.Relation) { r.Assertions[0].Evidence[0].URL = "https://a:b:c/" }},
		{"assertions[0].evidence", "at most 20", func(r *literature.Relation) {
			r.Assertions[0].Evidence = slices.Repeat(r.Assertions[0].Evidence, literature.MaxItems+1)
		}},
	})
}

func TestCheckResult(t *testing.T) {
	checkWrong(t, result, []wrong[*literature.Result]{
		{"id", "it is missing: give the id of the result", func(r *literature.Result) { r.ID = "" }},
		{"id", "paper/x names no result", func(r *literature.Result) { r.ID = "paper/x" }},
		{"id", "the slug is empty", func(r *literature.Result) { r.ID = "result/" }},
		{"paper", "it is missing: give the id of the paper", func(r *literature.Result) { r.Paper = "" }},
		{"paper", "system/iks names no paper", func(r *literature.Result) { r.Paper = "system/iks" }},
		{"system", "paper/iks names no system", func(r *literature.Result) { r.System = "paper/iks" }},
		{"workload", "has no kind", func(r *literature.Result) { r.Workload = "ycsb" }},
		{"kind", "known are MEASUREMENT, COUNT, MOTIVATION, QUALITATIVE, OTHER", func(r *literature.Result) { r.Kind = "" }},
		{"metric", "there is no metric", func(r *literature.Result) { r.Metric = "" }},
		{"metric", "it is empty", func(r *literature.Result) { r.Metric = " " }},
		{"direction", "known are INCREASE, DECREASE, IMPROVEMENT, NONE", func(r *literature.Result) { r.Direction = "UP" }},
		{"statements", "there is no statement", func(r *literature.Result) { r.Statements = nil }},
		{"statements[0].value", "it is empty", func(r *literature.Result) { r.Statements[0].Value = "" }},
		{"unit", `the unit "x" has neither a value nor a value text`, func(r *literature.Result) { r.Value, r.Max, r.ValueText = nil, nil, "" }},
		{"unit", "leave the unit out", func(r *literature.Result) {
			r.Value, r.Max, r.ValueText, r.Qualifier = nil, nil, "", literature.Qualitative
		}},
		{"value", "make the qualifier QUALITATIVE", func(r *literature.Result) { r.Value, r.Max, r.ValueText, r.Unit = nil, nil, "", "" }},
		{"value", "NaN is no number", func(r *literature.Result) { r.Value, r.Max = new(math.NaN()), nil }},
		{"value", "-Inf is no number", func(r *literature.Result) { r.Value = new(math.Inf(-1)) }},
		{"max", "1 is not the upper end of a range from 1.5", func(r *literature.Result) { r.Max = new(1.0) }},
		{"max", "NaN is not the upper end", func(r *literature.Result) { r.Max = new(math.NaN()) }},
		{"max", "+Inf is not the upper end", func(r *literature.Result) { r.Max = new(math.Inf(1)) }},
		{"max", "no lower end", func(r *literature.Result) { r.Value = nil }},
		{"qualifier", "known are EXACTLY, ABOUT", func(r *literature.Result) { r.Qualifier = "MAYBE" }},
		{"baseline", "control character", func(r *literature.Result) { r.Baseline = "a\nb" }},
		{"improvement", "0 cannot be", func(r *literature.Result) { r.Improvement = new(0.0) }},
		{"improvement", "-2 cannot be", func(r *literature.Result) { r.Improvement = new(-2.0) }},
		{"improvement", "+Inf cannot be", func(r *literature.Result) { r.Improvement = new(math.Inf(1)) }},
		{"improvement", "NaN cannot be", func(r *literature.Result) { r.Improvement = new(math.NaN()) }},
		{"conditions[0]", "it is empty", func(r *literature.Result) { r.Conditions[0] = "" }},
		{"order", "count from 1", func(r *literature.Result) { r.Order = 0 }},
		{"assertions", "there is no assertion", func(r *literature.Result) { r.Assertions = nil }},
	})
}

// All mistakes are named, in the order of the fields.
func TestCheckNamesAll(t *testing.T) {
	r := result()
	r.Paper, r.Metric, r.Order = "", "", 0
	r.Statements = append(r.Statements, literature.LocalizedText{Value: "", Locale: "-"})
	var fields []string
	for _, problem := range literature.Check(r) {
		fields = append(fields, problem.Field)
	}
	want := []string{"paper", "metric", "statements[1].value", "statements[1].locale", "order"}
	if !slices.Equal(fields, want) {
		t.Errorf("got %q, want %q", fields, want)
	}
}

// An import checks millions of relations: a well-formed one costs no memory but its id.
func BenchmarkCheck(b *testing.B) {
	cites := relation(literature.Cites, "paper/a", "paper/b")
	cites.Assertions = cites.Assertions[1:]
	for name, record := range map[string]literature.Record{"paper": paper(), "relation": cites, "result": result()} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if problems := literature.Check(record); len(problems) > 0 {
					b.Fatal(problems)
				}
			}
		})
	}
}

package native_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/papergraph/papergraph/literature"
	"pgregory.net/rapid"
)

// The generators below draw records that literature.Check finds nothing wrong with, and every field that a record has.

// line draws a text of one line, with characters that mean something in YAML or JSON more often than by chance.
func line(t *rapid.T, what string) string {
	runes := rapid.OneOf(
		rapid.RuneFrom([]rune(` :#-?,[]{}&*!|>'"%@~\/=.0123456789abyn`+"`")),
		rapid.RuneFrom([]rune("é鍵值存儲λ𠀀：％　\u200b\u00a0\ufeff😀")),
		rapid.Rune(),
	)
	s := rapid.StringOfN(runes, 1, 12, -1).Filter(func(s string) bool {
		return strings.TrimSpace(s) != "" && !strings.ContainsFunc(s, isControl)
	})
	words := rapid.SampledFrom([]string{"true", "null", "~", "1e3", "0x1F", "1_000", "2302.10360", "2026-11-22", "- a", "a: b", "# c", ".inf", "<<", "yes", "on"})
	return rapid.OneOf(s, words).Draw(t, what)
}

func isControl(r rune) bool {
	return r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u2029' || r == '\ufffd'
}

// prose draws a text that may have several lines.
func prose(t *rapid.T, what string) string {
	text := line(t, what)
	for rapid.IntRange(0, 3).Draw(t, what+" more") == 0 {
		text += rapid.SampledFrom([]string{"\n", "\n\n", "\n  ", "\t", "\u2028", "\u2029"}).Draw(t, "break") + line(t, what)
	}
	return text
}

func maybe(t *rapid.T, what string, draw func(*rapid.T, string) string) string {
	if rapid.Bool().Draw(t, what+" given") {
		return draw(t, what)
	}
	return ""
}

func texts(t *rapid.T, what string, least int, value func(*rapid.T, string) string) []literature.LocalizedText {
	locales := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"en", "zh-Hant", "zh-Hans", "de-CH", "no", "EN-us", "mis"}), least, 3, strings.ToLower).Draw(t, what+" locales")
	var all []literature.LocalizedText
	for _, locale := range locales {
		all = append(all, literature.LocalizedText{Value: value(t, what), Locale: literature.Locale(locale)})
	}
	return all
}

func lines(t *rapid.T, what string) []string {
	var all []string
	for range rapid.IntRange(0, 3).Draw(t, what+" count") {
		if s := line(t, what); !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	return all
}

func pointer[V any](t *rapid.T, g *rapid.Generator[V], what string) *V {
	if !rapid.Bool().Draw(t, what+" given") {
		return nil
	}
	v := g.Draw(t, what)
	return &v
}

func moment(t *rapid.T, what string) time.Time {
	if !rapid.Bool().Draw(t, what+" given") {
		return time.Time{}
	}
	return time.Unix(rapid.Int64Range(-62135596799, 253402300799).Draw(t, what), 0).UTC()
}

func slug(t *rapid.T) string {
	return rapid.StringMatching(`[a-z0-9]([a-z0-9.-]{0,8}[a-z0-9])?`).Draw(t, "slug")
}

func id(t *rapid.T, kind literature.EntityKind) literature.ID { return literature.NewID(kind, slug(t)) }

func identifiers(t *rapid.T) []literature.Identifier {
	pool := [][2]string{
		{"DOI", "10.1145/3544216.3544259"},
		{"DOI", "10.1000/a:b<c>d"},
		{"ARXIV", "2302.10360"},
		{"ARXIV", "hep-th/9901001"},
		{"DBLP", "conf/osdi/ZhongLWZTMMYTSC22"},
		{"OPENALEX", "W4392024078"},
		{"S2", "CorpusId:215416146"},
		{"ORCID", "0000-0002-1825-0097"},
		{"ROR", "05dxps055"},
		{"WIKIDATA", "Q42"},
		{"ISBN", "9781939133281"},
		{"BIBKEY", "DBLP:conf/osdi#1"},
		{"URL", "https://example.org/a?b=1"},
	}
	var all []literature.Identifier
	for _, i := range rapid.SliceOfNDistinct(rapid.IntRange(0, len(pool)-1), 0, 4, rapid.ID[int]).Draw(t, "identifiers") {
		identifier, err := literature.NewIdentifier(literature.IdentifierScheme(pool[i][0]), pool[i][1])
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, identifier)
	}
	return all
}

func base(t *rapid.T, kind literature.EntityKind) literature.Base {
	return literature.Base{
		ID: id(t, kind), Labels: texts(t, "label", 1, line), Aliases: lines(t, "alias"), Identifiers: identifiers(t),
		Summaries: texts(t, "summary", 0, prose), Notes: texts(t, "note", 0, prose),
	}
}

func entity(t *rapid.T) literature.Entity {
	kind := rapid.SampledFrom(literature.EntityKinds()).Draw(t, "kind")
	switch kind {
	case literature.KindPaper:
		return paper(t)
	case literature.KindVenue:
		v := &literature.Venue{Base: base(t, kind), Type: rapid.SampledFrom(literature.VenueTypes()).Draw(t, "type"), Location: maybe(t, "location", line)}
		if v.Type == literature.Edition {
			year := rapid.IntRange(1, 9999).Draw(t, "year")
			v.Year = &year
		}
		return v
	case literature.KindArtifact:
		repository := rapid.SampledFrom([]string{"", "https://github.com/xrp-project/XRP", "http://example.org/?a=b#c"}).Draw(t, "repository")
		return &literature.Artifact{Base: base(t, kind), Repository: repository, License: maybe(t, "license", line)}
	}
	e := literature.Blank(literature.NewID(kind, "x")).(literature.Entity)
	*e.Common() = base(t, kind)
	return e
}

func paper(t *rapid.T) *literature.Paper {
	return &literature.Paper{
		Base:        base(t, literature.KindPaper),
		Abstracts:   texts(t, "abstract", 0, prose),
		Type:        rapid.SampledFrom(literature.PaperTypes()).Draw(t, "type"),
		PublishedOn: rapid.SampledFrom([]string{"", "2022", "2022-07", "2020-02-29", "0900"}).Draw(t, "published"),
		Volume:      maybe(t, "volume", line), Issue: maybe(t, "issue", line), Pages: maybe(t, "pages", line), Publisher: maybe(t, "publisher", line),
		IsRetracted: rapid.Bool().Draw(t, "retracted"), IsStub: rapid.Bool().Draw(t, "stub"), Awards: lines(t, "award"),
		References: literature.ReferenceCoverage{
			State:    rapid.SampledFrom(append(literature.CoverageStates(), "")).Draw(t, "state"),
			Expected: pointer(t, rapid.IntRange(0, 1000), "expected"),
			Note:     maybe(t, "coverage note", prose),
		},
		AddedAt: moment(t, "added"),
	}
}

func assertions(t *rapid.T) []literature.Assertion {
	var all []literature.Assertion
	for range rapid.IntRange(1, 4).Draw(t, "assertions") {
		a := literature.Assertion{
			Origin:     rapid.SampledFrom(literature.Origins()).Draw(t, "origin"),
			Certainty:  rapid.SampledFrom(literature.Certainties()).Draw(t, "certainty"),
			Source:     line(t, "source"),
			AssertedAt: moment(t, "asserted"),
		}
		for range rapid.IntRange(0, 3).Draw(t, "evidence") {
			a.Evidence = append(a.Evidence, literature.Evidence{
				Source:  rapid.OneOf(rapid.Just(a.Source), rapid.Just("elsewhere")).Draw(t, "evidence source"),
				Locator: maybe(t, "locator", line), Note: maybe(t, "evidence note", prose),
				URL: rapid.SampledFrom([]string{"", "https://example.org/#line-63"}).Draw(t, "url"),
			})
		}
		all = append(all, a)
	}
	slices.SortStableFunc(all, literature.Assertion.Compare)
	return all
}

func relation(t *rapid.T) *literature.Relation {
	kind := rapid.SampledFrom(literature.RelationKinds()).Draw(t, "relation")
	var pairs [][2]literature.EntityKind
	for _, source := range literature.EntityKinds() {
		for _, target := range literature.EntityKinds() {
			if kind.Joins(source, target) {
				pairs = append(pairs, [2]literature.EntityKind{source, target})
			}
		}
	}
	pair := rapid.SampledFrom(pairs).Draw(t, "ends")
	r := &literature.Relation{Kind: kind, Source: id(t, pair[0]), Target: id(t, pair[1]), Notes: texts(t, "note", 0, prose), Assertions: assertions(t)}
	if r.Source == r.Target {
		r.Target += "x"
	}
	r.ID = literature.NewRelationID(kind, r.Source, r.Target)
	switch kind {
	case literature.About:
		r.Weight = rapid.IntRange(1, literature.FullWeight).Draw(t, "weight")
	case literature.Cites:
		r.Intent = rapid.SampledFrom(append(literature.CitationIntents(), "")).Draw(t, "intent")
	case literature.AuthoredBy:
		r.Position = rapid.IntRange(1, 1000).Draw(t, "position")
		r.Corresponding = pointer(t, rapid.Bool(), "corresponding")
		for _, s := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", "0", "1.5"}), 0, 3, rapid.ID[string]).Draw(t, "organizations") {
			r.Organizations = append(r.Organizations, literature.NewID(literature.KindOrganization, s))
		}
	}
	return r
}

func result(t *rapid.T) *literature.Result {
	r := &literature.Result{
		ID: literature.NewResultID(slug(t)), Paper: id(t, literature.KindPaper),
		Kind:      rapid.SampledFrom(literature.ResultKinds()).Draw(t, "kind"),
		Direction: rapid.SampledFrom(literature.ResultDirections()).Draw(t, "direction"),
		Qualifier: rapid.SampledFrom(literature.Qualifiers()).Draw(t, "qualifier"),
		Metric:    line(t, "metric"), ValueText: line(t, "value text"), Unit: maybe(t, "unit", line), Baseline: maybe(t, "baseline", line),
		HigherIsBetter: pointer(t, rapid.Bool(), "higher is better"),
		Improvement:    pointer(t, rapid.Float64Range(1e-9, 1e12), "improvement"),
		Value:          pointer(t, rapid.Float64Range(-1e300, 1e300), "value"),
		Statements:     texts(t, "statement", 1, prose), Conditions: lines(t, "condition"),
		Order: rapid.IntRange(1, 1000).Draw(t, "order"), Assertions: assertions(t),
	}
	if r.Value != nil {
		r.Max = pointer(t, rapid.Float64Range(*r.Value, 1e301), "max")
	}
	if rapid.Bool().Draw(t, "has system") {
		r.System = id(t, literature.KindSystem)
	}
	if rapid.Bool().Draw(t, "has workload") {
		r.Workload = id(t, literature.KindWorkload)
	}
	return r
}

// records draws a file: records with different ids and strong identifiers, no two authors of a paper at one position, and nothing broader than itself.
func records(t *rapid.T) []literature.Record {
	var all []literature.Record
	seen := make(map[any]bool)
	for range rapid.IntRange(0, 8).Draw(t, "records") {
		var record literature.Record
		key := any(nil)
		switch rapid.IntRange(0, 2).Draw(t, "sort of record") {
		case 0:
			e := entity(t)
			for _, identifier := range e.Common().Identifiers {
				if identifier.IsStrong() {
					key = [2]any{e.Kind(), identifier}
					break
				}
			}
			e.Common().Identifiers = firstStrong(e.Common().Identifiers)
			record = e
		case 1:
			r := relation(t)
			if r.Kind == literature.Broader && r.Source >= r.Target {
				continue
			}
			if r.Kind == literature.AuthoredBy {
				key = [2]any{r.Source, r.Position}
			}
			record = r
		default:
			record = result(t)
		}
		if seen[record.RecordID()] || key != nil && seen[key] {
			continue
		}
		seen[record.RecordID()], seen[key] = true, true
		all = append(all, record)
	}
	return all
}

func TestGeneratedRecordsAreWellFormed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, record := range records(t) {
			for _, problem := range literature.Check(record) {
				t.Errorf("%s: %s: %s", record.RecordID(), problem.Field, problem.Message)
			}
		}
	})
}

// firstStrong leaves out every strong identifier but the first.
func firstStrong(identifiers []literature.Identifier) []literature.Identifier {
	strong := 0
	return slices.DeleteFunc(identifiers, func(i literature.Identifier) bool {
		if i.IsStrong() {
			strong++
			return strong > 1
		}
		return false
	})
}

package literature_test

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/papergraph/papergraph/literature"
)

// The records of these tests: one of every type, well formed and with every field filled.

func base(id literature.ID) literature.Base {
	text := func(english, chinese string) []literature.LocalizedText {
		return []literature.LocalizedText{{Value: english, Locale: "en"}, {Value: chinese, Locale: "zh-Hant"}}
	}
	return literature.Base{
		ID:      id,
		Labels:  text("In-kernel storage", "內核存儲"),
		Aliases: []string{"IKS", "λ-storage"},
		Identifiers: []literature.Identifier{
			{Scheme: literature.DOI, Value: "10.1145/3544216.3544259"}, {Scheme: literature.URL, Value: "https://example.org/iks"},
		},
		Summaries: text("Moves storage functions\ninto the kernel.", "將存儲函數移入內核。"),
		Notes:     text("A note.", "備註。"),
	}
}

func assertions() []literature.Assertion {
	return []literature.Assertion{
		{
			Origin: literature.Curated, Certainty: literature.CertaintyHigh, Source: "ebpf.yaml",
			AssertedAt: time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC),
			Evidence: []literature.Evidence{
				{Source: "the paper", Locator: "reference [48]", Note: "Cited\nas related work.", URL: "https://example.org/paper.pdf#page=3"},
			},
		},
		{Origin: literature.Imported, Certainty: literature.CertaintyModerate, Source: "OpenAlex"},
	}
}

func paper() *literature.Paper {
	return &literature.Paper{
		Base:      base("paper/iks"),
		Abstracts: []literature.LocalizedText{{Value: "First.\n\n\tSecond.", Locale: "en"}},
		Type:      literature.ConferencePaper, PublishedOn: "2022-07-11", Volume: "53", Issue: "1", Pages: "375-393", Publisher: "USENIX Association",
		IsRetracted: true, IsStub: true, Awards: []string{"Best Paper"},
		References: literature.ReferenceCoverage{State: literature.CoveragePartial, Expected: new(54), Note: "From the draft."},
		AddedAt:    time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC),
	}
}

func edition() *literature.Venue {
	return &literature.Venue{Base: base("venue/osdi-22"), Type: literature.Edition, Year: new(2022), Location: "Carlsbad, CA, USA"}
}

// relation makes a well-formed relation of the kinds that have fields of their own, and of any other.
func relation(kind literature.RelationKind, source, target literature.ID) *literature.Relation {
	r := &literature.Relation{
		ID: literature.NewRelationID(kind, source, target), Kind: kind, Source: source, Target: target,
		Notes:      []literature.LocalizedText{{Value: "A note.", Locale: "en"}},
		Assertions: assertions(),
	}
	switch kind {
	case literature.About:
		r.Weight = literature.FullWeight
	case literature.AuthoredBy:
		r.Position, r.Corresponding, r.Organizations = 1, new(false), []literature.ID{"organization/eth", "organization/epfl"}
	case literature.Cites:
		r.Intent = literature.IntentBackground
	}
	return r
}

func result() *literature.Result {
	return &literature.Result{
		ID: literature.NewResultID("iks-throughput"), Paper: "paper/iks", System: "system/iks", Workload: "workload/ycsb",
		Kind: literature.Measurement, Metric: "throughput", Direction: literature.Increase, HigherIsBetter: new(true),
		Statements: []literature.LocalizedText{{Value: "Up to twice the throughput.", Locale: "en"}},
		Value:      new(1.5), Max: new(2.0), Unit: "x", ValueText: "1.5 to 2", Qualifier: literature.Range, Baseline: "Linux",
		Improvement: new(2.0), Conditions: []string{"6 threads"}, Order: 1, Assertions: assertions(),
	}
}

func records() []literature.Record {
	return []literature.Record{
		paper(),
		&literature.Author{Base: base("author/yuhong-zhong")},
		&literature.Organization{Base: base("organization/columbia")},
		edition(),
		&literature.Topic{Base: base("topic/storage")},
		&literature.System{Base: base("system/iks")},
		&literature.Artifact{Base: base("artifact/iks"), Repository: "https://github.com/example/iks.git", License: "Apache-2.0 OR MIT"},
		&literature.Workload{Base: base("workload/ycsb")},
		&literature.Collection{Base: base("collection/ebpf")},
		relation(literature.Cites, "paper/iks", "paper/bmc"),
		relation(literature.AuthoredBy, "paper/iks", "author/yuhong-zhong"),
		relation(literature.About, "system/iks", "topic/storage"),
		result(),
	}
}

// Every record survives its JSON form, and so does the least one, of which nothing is filled.
func TestJSON(t *testing.T) {
	for _, want := range records() {
		least := literature.Blank(want.RecordID())
		if reflect.TypeOf(least) != reflect.TypeOf(want) {
			t.Errorf("Blank(%s) is a %T, want a %T", want.RecordID(), least, want)
			continue
		}
		for _, record := range []literature.Record{want, least} {
			text, err := json.Marshal(record)
			if err != nil {
				t.Errorf("%s: %v", want.RecordID(), err)
				continue
			}
			got := literature.Blank(want.RecordID())
			if err := json.Unmarshal(text, got); err != nil {
				t.Errorf("%s: %v", text, err)
			}
			if diff := cmp.Diff(record, got); diff != "" {
				t.Errorf("%s changed on its way (-want +got):\n%s", text, diff)
			}
		}
	}
	for _, id := range []literature.ID{"", "paper", "dog/rex", "relation"} {
		if got := literature.Blank(id); got != nil {
			t.Errorf("Blank(%q) is a %T, want nil", id, got)
		}
	}
}

// The names of fields in JSON are those of dumps and change logs; a field that is not filled does not stand there.
func TestJSONNames(t *testing.T) {
	for _, test := range []struct {
		record literature.Record
		want   string
	}{
		{
			&literature.Topic{Base: literature.Base{ID: "topic/x", Labels: []literature.LocalizedText{{Value: "X", Locale: "en"}}}},
			`{"id":"topic/x","labels":[{"value":"X","locale":"en"}]}`,
		},
		{
			&literature.Paper{Base: literature.Base{ID: "paper/x"}, Type: literature.Article},
			`{"id":"paper/x","labels":null,"type":"ARTICLE"}`,
		},
		{
			&literature.Relation{ID: "relation/1", Kind: literature.Uses, Source: "paper/x", Target: "system/y", Assertions: assertions()[1:]},
			`{"id":"relation/1","kind":"USES","source":"paper/x","target":"system/y",` +
				`"assertions":[{"origin":"IMPORTED","certainty":"MODERATE","source":"OpenAlex"}]}`,
		},
	} {
		if got, err := json.Marshal(test.record); err != nil || string(got) != test.want {
			t.Errorf("got  %s, %v\nwant %s", got, err, test.want)
		}
	}
}

func TestEntity(t *testing.T) {
	chinese, german := literature.TraditionalChinese, literature.Locale("de")
	for _, record := range records() {
		entity, ok := record.(literature.Entity)
		if !ok {
			continue
		}
		id := entity.RecordID()
		if entity.Kind() != id.EntityKind() || entity.Slug() != id.Slug() {
			t.Errorf("%s: kind %s, slug %s", id, entity.Kind(), entity.Slug())
		}
		named := map[string]string{}
		switch e := entity.(type) {
		case *literature.Paper:
			named["nil"], named["zh"], named["de"] = e.Title(nil), e.Title(&chinese), e.Title(&german)
		case interface {
			Name(*literature.Locale) string
		}:
			named["nil"], named["zh"], named["de"] = e.Name(nil), e.Name(&chinese), e.Name(&german)
		}
		want := map[string]string{"nil": "In-kernel storage", "zh": "內核存儲", "de": "In-kernel storage"}
		if diff := cmp.Diff(want, named); diff != "" {
			t.Errorf("%s is named otherwise (-want +got):\n%s", id, diff)
		}
		common := entity.Common()
		if got := common.Summary(&chinese); got == nil || *got != "將存儲函數移入內核。" {
			t.Errorf("%s has the summary %v", id, got)
		}
		if got := common.Note(nil); got == nil || *got != "A note." {
			t.Errorf("%s has the note %v", id, got)
		}
		if got := common.Identifier(literature.DOI); got != "10.1145/3544216.3544259" {
			t.Errorf("%s has the DOI %q", id, got)
		}
		if got := common.Identifier(literature.ISBN); got != "" {
			t.Errorf("%s has the ISBN %q", id, got)
		}
	}
	empty := new(literature.Paper)
	if empty.Summary(nil) != nil || empty.Note(nil) != nil || empty.Abstract(nil) != nil || empty.DOI() != nil || empty.Year() != nil || empty.Title(nil) != "" {
		t.Errorf("an empty paper says something")
	}
	if got := paper().Abstract(&german); got == nil || *got != "First.\n\n\tSecond." {
		t.Errorf("the abstract is %v", got)
	}
	if got := paper().DOI(); got == nil || *got != "10.1145/3544216.3544259" {
		t.Errorf("the DOI is %v", got)
	}
}

func TestStrength(t *testing.T) {
	about := relation(literature.About, "paper/x", "topic/y")
	about.Weight = 250
	if got := about.Strength(); got == nil || *got != 0.25 {
		t.Errorf("a weight of 250 is a strength of %v", got)
	}
	if got := relation(literature.Uses, "paper/x", "system/y").Strength(); got != nil {
		t.Errorf("a use has the strength %v", *got)
	}
	if got := about.Note(nil); got == nil || *got != "A note." {
		t.Errorf("the note is %v", got)
	}
}

func TestResultParts(t *testing.T) {
	r := result()
	want := literature.Quantity{Value: 1.5, Max: new(2.0), Unit: "x"}
	if got := r.Quantity(); got == nil || !cmp.Equal(*got, want) {
		t.Errorf("the quantity is %v, want %v", got, want)
	}
	if got := r.Statement(nil); got != "Up to twice the throughput." {
		t.Errorf("the statement is %q", got)
	}
	r.Value = nil
	if got := r.Quantity(); got != nil {
		t.Errorf("without a value the quantity is %v", got)
	}
}

package native_test

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/papergraph/papergraph/formats/native"
	"github.com/papergraph/papergraph/literature"
)

var update = flag.Bool("update", false, "rewrite the wanted answers in testdata")

// TestWhole reads every form that people write by hand; the dump beside it was checked by eye.
func TestWhole(t *testing.T) {
	read := func(name string) []literature.Record {
		file, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		records, problems, err := native.Read(name, bytes.NewReader(file))
		if err != nil || len(problems) > 0 {
			t.Fatal(err, problems)
		}
		return records
	}
	if diff := cmp.Diff(read("whole.jsonl"), read("whole.yaml")); diff != "" {
		t.Error(diff)
	}
}

// TestMistakes reads a file that does most things wrong: each has its line, its field and a remedy.
func TestMistakes(t *testing.T) {
	file, err := os.ReadFile("testdata/mistakes.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, problems, err := native.Read("mistakes.yaml", bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, p := range problems {
		got.WriteString(p.String() + "\n")
	}
	const answers = "testdata/mistakes.txt"
	if *update {
		if err := os.WriteFile(answers, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(answers)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Error(diff)
	}
}

// TestProblems reads one small file after another; the first line of each is line 1.
func TestProblems(t *testing.T) {
	// The files leave the version out, which means version 1.
	const head = "assertion: {source: a list, origin: CURATED, certainty: HIGH}\nrecords:\n"
	deep := strings.Repeat("[", 40)
	for _, test := range []struct {
		name, file string
		want       []string // problems up to a colon behind the place, then a part of the message
	}{
		{"nothing.yaml", "", []string{"1:1: the file is empty"}},
		{"nothing.jsonl", "\n\n", []string{"1:1: the file is empty"}},
		{"wide.jsonl", "\xff\xfe{\x00\n\x00}\x00", []string{"1:1: this is UTF-16"}},
		{"list.yaml", "- a\n", []string{"1:1: the file holds a list"}},
		{"syntax.yaml", "records:\n  - topic: a\n   name: b\n", []string{"3:4: malformed YAML"}},
		{"quote.yaml", "records:\n  - topic: \"a\n", []string{"2:12: malformed YAML"}},
		{"tab.yaml", head + "  - topic: a\n\tname: b\n", []string{"4:1: malformed YAML: a tab stands here: indent with spaces, not tabs"}},
		{"colon.yaml", head + "  - topic: a\n    name: A: b\n", []string{"4:11: malformed YAML: a text that holds a colon and a space goes in quotes"}},
		{"nocolon.yaml", head + "  - topic a\n    name: b\n", []string{"3:5: malformed YAML: a colon is missing"}},
		{"dash.yaml", head + "  -topic: a\n    name: b\n", []string{"3:3: malformed YAML: a space is missing behind the dash"}},
		{"deeper.yaml", head + "  - topic: a\n      name: b\n", []string{"4:7: malformed YAML: this line stands in no place that fits: indent it with spaces like the lines above"}},
		{"out.yaml", head + "  - topic: a\n    name: b\n - topic: c\n   name: d\n", []string{"5:2: malformed YAML: this line stands in no place that fits"}},
		{"in.yaml", head + "  - topic: a\n    name: b\n    - c\n", []string{"5:5: malformed YAML: this line stands in no place that fits"}},
		{"bracket.yaml", head + "  - topic: a\n    aliases: [b, {c\n  - topic: c\n    name: d\n", []string{"4:18: malformed YAML: the bracket opened here is not closed"}},
		{"braces.yaml", head + "  - {topic: a, name: {en: c}\n    , aliases: [\n", []string{"4:16: malformed YAML: the bracket opened here is not closed"}},
		{"quotes.yaml", head + "  - topic: a\n    name: 'it's'\n", []string{"4:15: malformed YAML: something stands behind the end of a text in quotes"}},
		{"at.yaml", head + "  - topic: a\n    name: @x\n", []string{"4:11: malformed YAML: no text begins with \"@\": put it in quotes"}},
		{"indented.yaml", "papergraph: 1\n records: []\n", []string{"2:2: malformed YAML: this line stands in no place that fits: indent it with spaces like the lines above; other mistakes show once this is mended"}},
		{
			"others.yaml", head + "  - topic: a\n    name: A: b\n  # a remark\n  - topic: c\n\n    nam: d\n    broader: [a, e]\npapergraph: 2\n",
			[]string{
				"4:11: malformed YAML: a text that holds a colon", "8:5: nam: unknown field (did you mean \"name\"?)",
				"9:18: broader[1]: unknown topic \"e\"", "10:13: papergraph: this is version",
			},
		},
		{"encoding.yaml", "records:\n  - topic: \xff\n", []string{"2:12: this is no UTF-8 text"}},
		{"two.yaml", "records: []\n---\nrecords: []\n", []string{"3:1: a second document"}},
		{"anchor.yaml", "records:\n  - &a {topic: a, name: a}\n  - *a\n", []string{"2:5: anchors, aliases", "3:5: anchors, aliases"}},
		{"merge.yaml", "records:\n  - <<: {topic: a}\n", []string{"2:5: anchors, aliases"}},
		{"tag.yaml", "records:\n  - topic: !!str a\n", []string{"2:12: tags"}},
		{"deep.yaml", "records: " + deep + "\n", []string{"1:42: values nest deeper"}},
		{"deep.jsonl", `{"topic": ` + deep + strings.Repeat("]", 40) + "}\n", []string{"1:43: values nest deeper"}},
		{"version.yaml", "papergraph: 2\n", []string{"1:13: papergraph: this is version \"2\""}},
		{"header.yaml", "assertion: {sorce: x}\nrecord: []\n", []string{"1:13: assertion.sorce: unknown field (did you mean \"source\"?)", "2:1: record: unknown field (did you mean \"records\"?)"}},
		{
			"topic.yaml", head + "  - {topic: storage, name: s}\n  - paper: xrp\n    title: XRP\n    type: PREPRINT\n    topics: [storage,\n      storag]\n",
			[]string{"8:7: topics[1]: unknown topic \"storag\": did you mean \"storage\"? Correct the name, or add the record `topic: storag`"},
		},
		{"slug.yaml", head + "  - {topic: a, name: a}\n  - {topic: a, name: b}\n", []string{"4:13: topic: the topic \"a\" is defined a second time, first in line 3"}},
		{"doi.yaml", head + "  - {paper: a, title: a, type: BOOK, doi: 11.1/x}\n", []string{"3:43: doi: DOI \"11.1/x\""}},
		{
			"unit.yaml", head + "  - paper: a\n    title: a\n    type: BOOK\n    results:\n      - {result: r, metric: m, unit: x, kind: OTHER, direction: NONE, qualifier: EXACTLY, statement: s}\n",
			[]string{"7:38: results[0].unit: the unit \"x\" has neither a value nor a value text"},
		},
		{
			"papr.yaml", head + "  - {papr: bmc, title: a, type: BOOK, pages: 1-2, volume: 3}\n  - {paper: xrp, title: b, type: BOOK, cites: bmc}\n",
			[]string{"3:6: papr: unknown kind (did you mean \"paper\"?): write `paper: bmc`"},
		},
		{
			"lost.yaml", head + "  - {article: bmc, title: a}\n  - {paper: XRP, title: b, type: BOOK}\n  - {paper: c, title: c, type: BOOK, cites: [bmc, XRP, xrp, d]}\n",
			[]string{"3:6: a record begins with its kind and its name", "4:13: paper: slug \"XRP\"", "5:61: cites[3]: unknown paper \"d\""},
		},
		{
			"again.yaml", head + "  - {author: a, name: a}\n  - {paper: xrp, title: a, type: BOOK, authors: a, cites: xrp}\n  - {paper: xrp, title: b, type: BOOK, authors: a, cites: xrp, results: {result: r, metric: m, value: 1, kind: OTHER, direction: NONE, qualifier: EXACTLY, statement: s}}\n" +
				"  - {paper: c, title: c, type: BOOK, cites: bmc}\n",
			[]string{"5:13: paper: the paper \"xrp\" is defined a second time, first in line 4"},
		},
		{
			"eighteen.yaml", head + "  - paper: a\n    title: a\n    type: BOOK\n    results:\n      - {result: r, metric: m, value: eighteen, max: 20, unit: x, kind: OTHER, direction: NONE, qualifier: EXACTLY, statement: s}\n",
			[]string{"7:39: results[0].value: a number is wanted here"},
		},
		{"edition.yaml", head + "  - {venue: a, name: a, type: EDITON, year: 2022}\n", []string{"3:31: type: \"EDITON\" is none of"}},
		{"sure.yaml", "assertion: {source: a, origin: CURATED, certainty: SURE}\nrecords:\n  - {topic: a, name: a}\n  - {topic: b, name: b, broader: a}\n", []string{"1:52: assertion.certainty: \"SURE\" is none of"}},
		{
			"grounds.yaml", "assertion: {source: a, origin: CURATED, certainty: HIGH, evidence: [{of: topcs}, {url: x}]}\nsources: {a: b}\nrecords:\n" +
				"  - {topic: a, name: a, broader: b, assertion: {evidence: {of: series}}}\n  - {topic: b, name: b}\n",
			[]string{
				"1:74: assertion.evidence[0].of: no field \"topcs\" states relations here (did you mean \"topics\"?)", "1:88: assertion.evidence[1].url: \"x\"",
				"2:14: sources.a: \"b\"", "4:64: assertion.evidence.of: no field \"series\" states relations here: known are broader",
			},
		},
		{"said.yaml", "records:\n  - {topic: a, name: a}\n  - {topic: b, name: b, broader: a}\n", []string{"3:34: broader: nobody says who states this: add source, origin, certainty here"}},
		{"kind.yaml", head + "  - {topic: a, name: a}\n  - {system: b, name: b, topics: system/b}\n", []string{"4:34: topics: a record of the kind topic is wanted here, not system/b"}},
		{"self.yaml", head + "  - {topic: a, name: a, broader: a}\n", []string{"3:34: broader: BROADER leads from topic/a to itself"}},
		{"locale.yaml", head + "  - {topic: a, name: {en: a, english language: b}}\n", []string{"3:48: name.english language: locale \"english language\""}},
		{
			"mixed.jsonl", "{\"topic\":\"a\",\"name\":\"a\"}\n\nnot JSON\n{\"topic\":\"b\",\"nam\":\"b\"}\n{\"topic\":\"c\"",
			[]string{"3:2: malformed JSON", "4:14: nam: unknown field (did you mean \"name\"?)", "5:12: malformed JSON: the line ends inside"},
		},
		{"more.jsonl", "{\"topic\":\"a\",\"name\":\"a\"} {}\n[]\n\"x\"\n{\"papergraph\":1}\n", []string{"1:26: malformed JSON: something stands behind the record", "2:1: a line holds a list", "3:1: a line holds a text", "4:1: the header belongs in the first line"}},
		{"twice.jsonl", "{\"topic\":\"a\",\"name\":\"a\",\"name\":\"b\"}\n", []string{"1:25: name: \"name\" stands here twice"}},
		{"number.jsonl", "{\"venue\":\"a\",\"name\":\"a\",\"type\":\"EDITION\",\"year\":\"2022\"}\n", []string{"1:49: year: a whole number is wanted here"}},
		{"comma.jsonl", "{\"topic\":\"a\",\"name\":\"a\",}\n", []string{"1:25: malformed JSON: a comma stands before the closing bracket"}},
		{"commas.jsonl", "{\"topic\":\"a\" \"name\":\"a\"}\n{\"topic\":\"b\",\"name\":\"b\"},\n", []string{"1:14: malformed JSON: a comma is missing", "2:25: malformed JSON: no comma stands between records"}},
		{"keys.jsonl", "{topic:\"a\"}\n{\"topic\" \"b\"}\n{\"topic\":}\n", []string{"1:2: malformed JSON: the name of a field goes in double quotes", "2:10: malformed JSON: a colon is missing", "3:10: malformed JSON: a value is missing"}},
		{"words.jsonl", "{\"topic\":a}\n{\"topic\":'a'}\n{\"topic\":\"\\a\"}\n{\"topic\":\"\t\"}\n{\"year\":1.}\n", []string{
			"1:10: malformed JSON: a text goes in double quotes", "2:10: malformed JSON: a text goes in double quotes", "3:12: malformed JSON: a backslash",
			"4:11: malformed JSON: a text holds a control character", "5:11: malformed JSON: a number is not written as JSON has it",
		}},
		{"pretty.json", "{\n  \"topic\": \"a\",\n  \"name\": \"a\"\n}\n{\"topic\":\"b\",\"nam\":\"b\"}\n", []string{"1:1: malformed JSON: the line ends inside the record: write each record on one line", "5:14: nam: unknown field"}},
		{"list.json", "[\n{\"topic\":\"a\",\"name\":\"a\"},\n]\n", []string{"1:1: malformed JSON: a list begins here"}},
		{"latin.jsonl", "{\"topic\":\"a\",\"name\":\"\xe9\"}\n{\"topic\":\"b\",\"name\":\"\xe8\"}\n{\"topic\":\"c\",\"name\":\"c\",\"broader\":{\"topic\":\"b\",\"source\":\"s\",\"origin\":\"CURATED\",\"certainty\":\"LOW\"}}\n", []string{"1:22: this is no UTF-8 text"}},
		{"binary.jsonl", "\x00\xff\n\n\x00\xff\n", []string{"1:2: this is no text"}},
		{"binary.yaml", "\x00\xff\n\n\x00\xff\n", []string{"1:2: this is no text"}},
		{"wide.yaml", "\xff\xfer\x00e\x00", []string{"1:1: this is UTF-16"}},
		{"alone.yaml", "paper: a\ntitle: a\ntype: BOOK\n", []string{"1:1: a record stands here alone: begin the file with `records:`"}},
		{"documents.yaml", head + "  - {topic: a, name: a}\n---\n" + head + "  - {topic: b, name: b}\n", []string{"5:1: a second document"}},
		{"both.yaml", head + "  - topic: a\n    name: A: b\n---\nrecords: []\n", []string{"4:11: malformed YAML: a text that holds a colon and a space goes in quotes; other mistakes show"}},
		{"ends.yaml", head + "  - {topic: a, name: a, broader: {topc: b}}\n  - {topic: b, name: b}\n  - {relation: BROADER, form: topic/b, to: topic/c}\n  - {topic: c, name: c}\n", []string{"3:35: broader.topc: unknown field (did you mean \"topic\"?)", "5:25: form: unknown field (did you mean \"from\"?)"}},
		{"saids.yaml", "records:\n  - {topic: a, name: a}\n  - {topic: b, name: b, broader: a}\n  - {topic: c, name: c, broader: a}\n", []string{"3:34: broader: nobody says who states this: add source, origin, certainty here, or an `assertion:` for the whole file at its top (1 more like this)"}},
		{
			"typos.yaml", head + "  - {paper: a, titel: a, typ: BOOK, result: [{reslt: r, metrc: m, value: 1, kind: OTHER, direction: NONE, qualifier: EXACTLY, sttement: s, evidnce: line 1}]}\n",
			[]string{
				"3:16: titel: unknown field (did you mean \"title\"?)", "3:26: typ: unknown field (did you mean \"type\"?)", "3:37: result: unknown field (did you mean \"results\"?)", "3:47: results[0].reslt: unknown field (did you mean \"result\"?)",
				"3:57: results[0].metrc: unknown field", "3:127: results[0].sttement: unknown field", "3:140: results[0].evidnce: unknown field",
			},
		},
		{"long.jsonl", "{\"topic\":\"" + strings.Repeat("a", native.MaxLine) + "\"}\n", []string{"1:1: the line is longer"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, problems, err := native.Read(test.name, strings.NewReader(test.file))
			if err != nil {
				t.Fatal(err)
			}
			for i, p := range problems {
				if i >= len(test.want) || !strings.HasPrefix(p.String(), test.name+":"+test.want[i]) {
					t.Errorf("unexpected: %s", p)
				}
			}
			if len(problems) < len(test.want) {
				t.Errorf("missing: %q", test.want[len(problems):])
			}
		})
	}
}

// TestPart reads a file that names what it does not define.
func TestPart(t *testing.T) {
	const file = `{"relation":"CITES","from":"paper/a","to":"paper/b","source":"s","origin":"IMPORTED","certainty":"LOW"}`
	got, problems, err := native.ReadPart("part.jsonl", strings.NewReader(file))
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	want := []literature.Record{&literature.Relation{
		ID: literature.NewRelationID(literature.Cites, "paper/a", "paper/b"), Kind: literature.Cites, Source: "paper/a", Target: "paper/b",
		Assertions: []literature.Assertion{{Source: "s", Origin: literature.Imported, Certainty: literature.CertaintyLow}},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if _, problems, _ := native.Read("part.jsonl", strings.NewReader(file)); len(problems) != 2 {
		t.Errorf("got %v, want both papers to be missed", problems)
	}
}

func TestReadingFails(t *testing.T) {
	broken := errors.New("the disk is gone")
	for _, name := range []string{"a.yaml", "a.jsonl"} {
		if _, _, err := native.Read(name, iotest.ErrReader(broken)); !errors.Is(err, broken) {
			t.Errorf("%s: got %v, want %v", name, err, broken)
		}
	}
}

package explore_test

import (
	"archive/zip"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/papergraph/papergraph/literature"
)

// sample is a systematic review's pool of candidates, as the SYNERGY collection keeps it (CC0): OpenAlex works, and which of them the review included.
type sample struct {
	entities []literature.Record
	// joins are all relations but the citations.
	joins     []literature.Record
	citations []literature.Record
	// pool are the works of the file, in id order; what only their references name is a stub and not in it. included are those that the review took.
	pool     map[literature.ID]bool
	included []literature.ID
}

// work is what the reader takes from an OpenAlex work of 2023.
type work struct {
	ID          string
	Title       string
	Date        string `json:"publication_date"`
	Authorships []struct {
		Author struct {
			ID   *string
			Name string `json:"display_name"`
		}
	}
	Concepts []struct {
		ID    string
		Name  string `json:"display_name"`
		Score json.Number
	}
	References []string         `json:"referenced_works"`
	Abstract   map[string][]int `json:"abstract_inverted_index"`
}

// readSample reads a folder of works_*.zip and labels.csv, and skips the test where it is not there.
func readSample(t *testing.T, folder string) *sample {
	t.Helper()
	archives, err := filepath.Glob(filepath.Join(folder, "works_*.zip"))
	if err != nil {
		t.Fatal(err)
	}
	labels, err := os.Open(filepath.Join(folder, "labels.csv"))
	if errors.Is(err, fs.ErrNotExist) || len(archives) == 0 {
		t.Skipf("the sample is not here (%s): without it nothing is measured; the formula itself is tested by hand-worked answers", folder)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer labels.Close() //nolint:errcheck // read only
	s := &sample{pool: make(map[literature.ID]bool)}
	known := make(map[literature.ID]bool)
	var works []work
	for _, archive := range archives {
		works = append(works, unpack(t, archive)...)
	}
	for _, w := range works {
		s.pool[idOf(literature.KindPaper, w.ID)] = true
	}
	for _, w := range works {
		if id := idOf(literature.KindPaper, w.ID); !known[id] {
			known[id] = true
			s.add(w, known)
		}
	}
	rows, err := csv.NewReader(labels).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		if id := idOf(literature.KindPaper, row[0]); row[3] == "1" && s.pool[id] {
			s.included = append(s.included, id)
		}
	}
	slices.Sort(s.included)
	slices.SortFunc(s.citations, func(a, b literature.Record) int { return cmp.Compare(a.RecordID(), b.RecordID()) })
	return s
}

func unpack(t *testing.T, archive string) []work {
	t.Helper()
	files, err := zip.OpenReader(archive)
	if err != nil {
		t.Fatal(err)
	}
	defer files.Close() //nolint:errcheck // read only
	var all []work
	for _, file := range files.File {
		content, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(content)
		if err != nil {
			t.Fatal(err)
		}
		var some []work
		if err := json.Unmarshal(text, &some); err != nil {
			t.Fatalf("%s: %v", file.Name, err)
		}
		all = append(all, some...)
	}
	return all
}

// idOf makes an id of the address of something in OpenAlex.
func idOf(kind literature.EntityKind, address string) literature.ID {
	return literature.NewID(kind, strings.ToLower(filepath.Base(address)))
}

// add takes in one work with what it names.
func (s *sample) add(w work, known map[literature.ID]bool) {
	paper := &literature.Paper{Base: openAlexBase(literature.KindPaper, w.ID, w.Title), Type: literature.Article, PublishedOn: w.Date}
	if len(w.References) > 0 {
		expected := len(w.References)
		paper.References = literature.ReferenceCoverage{State: literature.CoverageComplete, Expected: &expected}
	}
	if len(w.Abstract) > 0 {
		paper.Abstracts = inEnglish(reorder(w.Abstract))
	}
	s.entities = append(s.entities, paper)
	add := func(kind literature.EntityKind, address, name string) literature.ID {
		base := openAlexBase(kind, address, name)
		if !known[base.ID] && !s.pool[base.ID] {
			known[base.ID] = true
			entity := literature.Blank(base.ID).(literature.Entity)
			*entity.Common() = base
			if stub, ok := entity.(*literature.Paper); ok {
				stub.Type, stub.IsStub = literature.OtherPaper, true
			}
			s.entities = append(s.entities, entity)
		}
		return base.ID
	}
	joined := make(map[literature.ID]bool)
	join := func(kind literature.RelationKind, to literature.ID) *literature.Relation {
		id := literature.NewRelationID(kind, paper.ID, to)
		if joined[id] {
			return nil
		}
		joined[id] = true
		return &literature.Relation{
			ID: id, Kind: kind, Source: paper.ID, Target: to,
			Assertions: []literature.Assertion{{Origin: literature.Imported, Certainty: literature.CertaintyModerate, Source: "OpenAlex"}},
		}
	}
	for i, a := range w.Authorships {
		if a.Author.ID == nil || a.Author.Name == "" {
			continue
		}
		if r := join(literature.AuthoredBy, add(literature.KindAuthor, *a.Author.ID, a.Author.Name)); r != nil {
			r.Position = i + 1
			s.joins = append(s.joins, r)
		}
	}
	for _, c := range w.Concepts {
		score, err := c.Score.Float64()
		if weight := int(score * literature.FullWeight); err == nil && weight > 0 {
			if r := join(literature.About, add(literature.KindTopic, c.ID, c.Name)); r != nil {
				r.Weight = min(weight, literature.FullWeight)
				s.joins = append(s.joins, r)
			}
		}
	}
	for _, reference := range w.References {
		if r := join(literature.Cites, add(literature.KindPaper, reference, filepath.Base(reference))); r != nil {
			s.citations = append(s.citations, r)
		}
	}
}

func openAlexBase(kind literature.EntityKind, address, name string) literature.Base {
	return literature.Base{
		ID: idOf(kind, address), Labels: inEnglish(cmp.Or(strings.Join(strings.Fields(name), " "), filepath.Base(address))),
		Identifiers: []literature.Identifier{{Scheme: literature.OpenAlex, Value: filepath.Base(address)}},
	}
}

func inEnglish(text string) []literature.LocalizedText {
	return []literature.LocalizedText{{Value: text, Locale: literature.English}}
}

// reorder puts the words of an inverted abstract in their places.
func reorder(inverted map[string][]int) string {
	placed := make(map[int]string)
	for word, places := range inverted {
		for _, at := range places {
			placed[at] = word
		}
	}
	var words []string
	for _, at := range slices.Sorted(maps.Keys(placed)) {
		words = append(words, strings.Fields(placed[at])...)
	}
	return strings.Join(words, " ")
}

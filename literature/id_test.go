package literature_test

import (
	"strings"
	"testing"

	"github.com/papergraph/papergraph/literature"
)

func TestParseID(t *testing.T) {
	long := strings.Repeat("a", literature.MaxSlug)
	for _, text := range []string{
		"paper/xrp", "author/yuhong-zhong", "organization/eth", "venue/osdi-22", "topic/storage", "system/v1.2", "artifact/a", "workload/ycsb",
		"collection/7", "relation/0123456789abcdef", "result/bmc-nontarget", "paper/" + long, "paper/a--b",
	} {
		if id, err := literature.ParseID(text); err != nil || string(id) != text {
			t.Errorf("ParseID(%q) = %q, %v", text, id, err)
		}
	}
	tests := []struct{ text, want string }{ // want is part of the message
		{"", "has no kind"},
		{"xrp", "has no kind"},
		{"/xrp", `unknown kind ""`},
		{"papers/xrp", "known are paper, author, organization, venue, topic, system, artifact, workload, collection, relation, result"},
		{"PAPER/xrp", "unknown kind"},
		{"paper/", "the slug is empty"},
		{"paper/" + long + "a", "at most 100 are allowed"},
		{"paper/Xrp", `not 'X' at byte 1`},
		{"paper/x/rp", `not '/' at byte 2`},
		{"paper/-xrp", `not '-' at byte 1`},
		{"paper/xrp.", `not '.' at byte 4`},
		{"paper/x rp", `not ' ' at byte 2`},
		{"paper/λ-io", "at byte 1"},
		{"paper/xrp\n", "at byte 4"},
	}
	for _, test := range tests {
		id, err := literature.ParseID(test.text)
		if id != "" || err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("ParseID(%q) = %q, %v, want an error with %q", test.text, id, err, test.want)
		}
	}
}

func TestIDParts(t *testing.T) {
	tests := []struct {
		id                 literature.ID
		kind               literature.EntityKind
		slug               string
		isRelation, result bool
	}{
		{literature.NewID(literature.KindPaper, "xrp"), literature.KindPaper, "xrp", false, false},
		{literature.NewID(literature.KindVenue, "osdi-22"), literature.KindVenue, "osdi-22", false, false},
		{literature.NewResultID("bmc-nontarget"), "", "bmc-nontarget", false, true},
		{"relation/0123456789abcdef", "", "0123456789abcdef", true, false},
		{"xrp", "", "", false, false},
		{"paper", "", "", false, false},
		{"relation", "", "", false, false},
		{"", "", "", false, false},
	}
	for _, test := range tests {
		if test.id.EntityKind() != test.kind || test.id.Slug() != test.slug || test.id.IsRelation() != test.isRelation || test.id.IsResult() != test.result {
			t.Errorf("%q: kind %q, slug %q, relation %t, result %t", test.id, test.id.EntityKind(), test.id.Slug(), test.id.IsRelation(), test.id.IsResult())
		}
	}
}

// The hash is part of every stored graph and every dump: it may never change.
func TestNewRelationID(t *testing.T) {
	got := literature.NewRelationID(literature.Cites, "paper/xrp", "paper/bmc")
	if want := literature.ID("relation/73e88693f03b1859"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if _, err := literature.ParseID(string(got)); err != nil {
		t.Error(err)
	}
	for _, other := range []literature.ID{
		literature.NewRelationID(literature.Cites, "paper/bmc", "paper/xrp"),
		literature.NewRelationID(literature.VersionOf, "paper/xrp", "paper/bmc"),
	} {
		if other == got {
			t.Errorf("another relation has the id %s too", got)
		}
	}
}

func FuzzParseID(f *testing.F) {
	for _, seed := range []string{"paper/xrp", "relation/0123456789abcdef", "result/a.b-c", "paper/", "paper/λ", "/", "paper/a/b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		id, err := literature.ParseID(text)
		if err != nil {
			return
		}
		kinds := 0
		for _, is := range []bool{id.EntityKind() != "", id.IsRelation(), id.IsResult()} {
			if is {
				kinds++
			}
		}
		if string(id) != text || kinds != 1 || literature.CheckSlug(id.Slug()) != nil || literature.Blank(id) == nil {
			t.Errorf("%q is read as %q, of %d kinds, with the slug %q", text, id, kinds, id.Slug())
		}
	})
}

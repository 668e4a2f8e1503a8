package literature_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/papergraph/papergraph/literature"
)

func entry(slug string, keys ...string) literature.Entry {
	p := &literature.Paper{Base: literature.Base{ID: literature.NewID(literature.KindPaper, slug)}}
	for _, key := range keys {
		p.Identifiers = append(p.Identifiers, literature.Identifier{Scheme: literature.BibKey, Value: key})
	}
	return literature.Entry{Paper: p}
}

func TestKeys(t *testing.T) {
	tests := []struct {
		name    string
		entries []literature.Entry
		want    []string
	}{
		{"slugs", []literature.Entry{entry("a"), entry("b-2")}, []string{"a", "b-2"}},
		{"the first key", []literature.Entry{entry("a", "Zhong:2022+x_1", "Other")}, []string{"Zhong:2022+x_1"}},
		{"a key that is the own slug", []literature.Entry{entry("a", "A")}, []string{"A"}},
		{"a key twice", []literature.Entry{entry("a", "K"), entry("b", "K"), entry("c", "L")}, []string{"a", "b", "L"}},
		{"keys that differ by case", []literature.Entry{entry("a", "zhong"), entry("b", "Zhong")}, []string{"a", "b"}},
		{"the slug of another", []literature.Entry{entry("a", "B"), entry("b")}, []string{"a", "b"}},
		{"characters that LaTeX takes for others", []literature.Entry{entry("a", "R&D"), entry("b", "50%"), entry("c", "é")}, []string{"a", "b", "c"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, literature.Keys(test.entries)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestKeysAreDistinct: whatever keys papers have, those of a list differ, in any order of the list the same ones.
func TestKeysAreDistinct(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		slugs := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-c]{1,2}`), 1, 6, rapid.ID[string]).Draw(t, "slugs")
		var entries, reversed []literature.Entry
		for _, slug := range slugs {
			e := entry(slug, rapid.StringMatching(`[a-cA-C]{1,2}`).Draw(t, "key"))
			entries, reversed = append(entries, e), append([]literature.Entry{e}, reversed...)
		}
		keys, other := literature.Keys(entries), literature.Keys(reversed)
		seen := make(map[string]bool)
		for i, key := range keys {
			if seen[strings.ToLower(key)] {
				t.Errorf("key %s twice in %v", key, keys)
			}
			seen[strings.ToLower(key)] = true
			if other[len(other)-1-i] != key {
				t.Errorf("%s in one order, %s in the other", key, other[len(other)-1-i])
			}
		}
	})
}

func TestVenueNames(t *testing.T) {
	venue := func(kind literature.VenueType, name string, aliases ...string) *literature.Venue {
		return &literature.Venue{Base: literature.Base{Labels: []literature.LocalizedText{{Value: name, Locale: literature.English}}, Aliases: aliases}, Type: kind}
	}
	tests := []struct {
		venue       *literature.Venue
		full, short string
	}{
		{nil, "", ""},
		{venue(literature.Edition, "OSDI '22", "OSDI 2022", "16th USENIX Symposium on Operating Systems Design and Implementation"), "16th USENIX Symposium on Operating Systems Design and Implementation", "OSDI '22"},
		{venue(literature.Edition, "USENIX ATC '18", "USENIX ATC 2018"), "USENIX ATC '18", ""},
		{venue(literature.Journal, "CACM", "Communications of the ACM, formerly something else"), "CACM", ""},
	}
	for _, test := range tests {
		if full, short := (literature.Entry{Venue: test.venue}).VenueNames(); full != test.full || short != test.short {
			t.Errorf("%q %q, want %q %q", full, short, test.full, test.short)
		}
	}
}

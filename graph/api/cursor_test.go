package api_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/papergraph/papergraph/graph/api"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// cursorOf makes the cursor of a position through a page of one paper, as a resolver does.
func cursorOf(scope api.Scope, position store.Position) string {
	page := store.EntityPage{Items: []store.EntityItem{{Entity: &literature.Paper{}, Position: position}}}
	return api.Entities[*literature.Paper](scope, page).Edges[0].Cursor()
}

func TestCursorRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := store.Position{ID: literature.ID(rapid.String().Draw(t, "id"))}
		for range rapid.IntRange(0, 3).Draw(t, "keys") {
			want.Keys = append(want.Keys, rapid.OneOf(
				rapid.Just(store.SortValue{Missing: true}),
				rapid.Custom(func(t *rapid.T) store.SortValue { return store.SortValue{Int: rapid.Int64().Draw(t, "int")} }),
				rapid.Custom(func(t *rapid.T) store.SortValue {
					return store.SortValue{Text: rapid.StringMatching(`[0-9a-f]{1,64}`).Draw(t, "text")}
				}),
			).Draw(t, "key"))
		}
		scope := api.Scope(rapid.Uint32().Draw(t, "scope"))
		cursor := cursorOf(scope, want)
		got, err := api.ParseCursor(scope, cursor)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(&want, got); diff != "" {
			t.Fatal(diff)
		}
		if _, err := api.ParseCursor(scope+1, cursor); !errors.Is(err, api.ErrForeignCursor) {
			t.Fatalf("another scope: %v", err)
		}
	})
}

func TestScopeTellsListsApart(t *testing.T) {
	outgoing := store.RelationQuery{Direction: store.Outgoing}
	incoming := store.RelationQuery{Direction: store.Incoming}
	base := api.NewScope("Paper.references", outgoing)
	if base != api.NewScope("Paper.references", outgoing) {
		t.Error("the same list has two scopes")
	}
	if base == api.NewScope("Paper.citedBy", outgoing) || base == api.NewScope("Paper.references", incoming) {
		t.Error("two lists have one scope")
	}
}

// FuzzParseCursor: whatever is accepted is what Cursor itself writes.
func FuzzParseCursor(f *testing.F) {
	f.Add(cursorOf(1, store.Position{Keys: []store.SortValue{{Int: 3}, {Missing: true}}, ID: "paper/xrp"}))
	f.Add("")
	f.Add("AAAAAXt9")
	f.Add("AAAAAXsiaSI6InBhcGVyL3hycCJ9IA")
	f.Fuzz(func(t *testing.T, cursor string) {
		position, err := api.ParseCursor(1, cursor)
		if err != nil {
			if !errors.Is(err, api.ErrMalformedCursor) && !errors.Is(err, api.ErrForeignCursor) {
				t.Fatalf("an error without a remedy: %v", err)
			}
			return
		}
		if got := cursorOf(1, *position); got != cursor {
			t.Fatalf("%q was accepted for %q", cursor, got)
		}
	})
}

func TestCoverage(t *testing.T) {
	hundred, none := 100, 0
	tests := []struct {
		name  string
		of    literature.ReferenceCoverage
		known int
		state literature.CoverageState
		ratio *float64
	}{
		{"nobody said", literature.ReferenceCoverage{}, 0, literature.CoverageUnknown, nil},
		{"a quarter", literature.ReferenceCoverage{State: literature.CoveragePartial, Expected: &hundred}, 25, literature.CoveragePartial, pointer(0.25)},
		{"more than printed", literature.ReferenceCoverage{State: literature.CoverageComplete, Expected: &hundred}, 101, literature.CoverageComplete, pointer(1.0)},
		{"nothing printed", literature.ReferenceCoverage{State: literature.CoverageComplete, Expected: &none}, 0, literature.CoverageComplete, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := api.NewCoverage(test.of, test.known)
			if c.State != test.state || c.Known != test.known {
				t.Errorf("got %s with %d known", c.State, c.Known)
			}
			if diff := cmp.Diff(test.ratio, c.Ratio()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func pointer(f float64) *float64 { return &f }

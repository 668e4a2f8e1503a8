package literature_test

import (
	"strings"
	"testing"

	"github.com/papergraph/papergraph/literature"
)

// joins spells out what each kind of relation joins, in the order of RelationKinds.
var joins = []struct {
	kind  literature.RelationKind
	pairs string
}{
	{literature.Cites, "PAPER>PAPER"},
	{literature.AuthoredBy, "PAPER>AUTHOR"},
	{literature.AffiliatedTo, "AUTHOR>ORGANIZATION"},
	{literature.PublishedIn, "PAPER>VENUE"},
	{literature.About, "PAPER>TOPIC SYSTEM>TOPIC"},
	{literature.Broader, "TOPIC>TOPIC VENUE>VENUE"},
	{literature.Introduces, "PAPER>SYSTEM"},
	{literature.Uses, "PAPER>SYSTEM"},
	{literature.Extends, "PAPER>PAPER PAPER>SYSTEM"},
	{literature.ComparesWith, "PAPER>SYSTEM"},
	{literature.EvaluatedOn, "PAPER>WORKLOAD"},
	{literature.HasArtifact, "PAPER>ARTIFACT SYSTEM>ARTIFACT"},
	{literature.VersionOf, "PAPER>PAPER"},
	{literature.InCollection, "PAPER>COLLECTION"},
}

func TestJoins(t *testing.T) {
	kinds := literature.RelationKinds()
	if len(kinds) != len(joins) {
		t.Fatalf("there are %d kinds of relation, want %d", len(kinds), len(joins))
	}
	for rank, test := range joins {
		if kinds[rank] != test.kind || test.kind.Rank() != rank {
			t.Errorf("%s has rank %d and %s stands there, want %d", test.kind, test.kind.Rank(), kinds[rank], rank)
		}
		wanted := map[string]bool{}
		for _, pair := range strings.Fields(test.pairs) {
			wanted[pair] = true
		}
		for _, source := range append(literature.EntityKinds(), "", "DOG") {
			for _, target := range append(literature.EntityKinds(), "", "DOG") {
				if pair := string(source + ">" + target); test.kind.Joins(source, target) != wanted[pair] {
					t.Errorf("%s joins %s: %t, want %t", test.kind, pair, !wanted[pair], wanted[pair])
				}
			}
		}
	}
	if unknown := literature.RelationKind("LIKES"); unknown.Rank() != -1 || unknown.Joins(literature.KindPaper, literature.KindPaper) {
		t.Errorf("%s has rank %d or joins papers", unknown, unknown.Rank())
	}
}

func TestPrefix(t *testing.T) {
	for _, kind := range literature.EntityKinds() {
		id := literature.NewID(kind, "x")
		if id.EntityKind() != kind || kind.Prefix() != strings.ToLower(string(kind)) {
			t.Errorf("%s is written %q and read %s", kind, id, id.EntityKind())
		}
	}
}

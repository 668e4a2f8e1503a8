package storetest

import (
	"encoding/json"
	"hash/fnv"
	"testing"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

func TestCorpus(t *testing.T) {
	corpus := Corpus{Seed: 1, Papers: 1000}
	s := NewReference()
	for b := range corpus.Batches(5000) {
		if _, err := s.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	stats, err := s.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct{ got, from, to int }{
		"papers":        {stats.Entities[literature.KindPaper], 1000, 1000},
		"authors":       {stats.Entities[literature.KindAuthor], 500, 500},
		"venues":        {stats.Entities[literature.KindVenue], 720, 720},
		"citations":     {stats.Relations[literature.Cites], 9_500, 10_500},
		"authorships":   {stats.Relations[literature.AuthoredBy], 2_800, 3_200},
		"topics tagged": {stats.Relations[literature.About], 2_800, 3_200},
	} {
		if test.got < test.from || test.got > test.to {
			t.Errorf("%d %s, want %d to %d", test.got, name, test.from, test.to)
		}
	}
	degrees, err := s.Degrees(t.Context(), []literature.ID{HubTopic, LargeTopic, SmallTopic}, []store.KindDirection{{Kind: literature.About, Direction: store.Incoming}})
	if err != nil {
		t.Fatal(err)
	}
	if hub, large, small := degrees[HubTopic][0], degrees[LargeTopic][0], degrees[SmallTopic][0]; hub != 200 || large != 100 || small != 5 {
		t.Errorf("the topics hold %d, %d and %d papers", hub, large, small)
	}
}

func TestCorpusIsTheSameEachTime(t *testing.T) {
	sum := func(c Corpus) uint64 {
		h := fnv.New64a()
		for b := range c.Batches(700) {
			if err := json.NewEncoder(h).Encode(b); err != nil {
				t.Fatal(err)
			}
		}
		return h.Sum64()
	}
	if a, b := sum(Corpus{Seed: 1, Papers: 300}), sum(Corpus{Seed: 1, Papers: 300}); a != b {
		t.Error("one seed gave two corpora")
	}
	if a, b := sum(Corpus{Seed: 1, Papers: 300}), sum(Corpus{Seed: 2, Papers: 300}); a == b {
		t.Error("two seeds gave one corpus")
	}
}

package neo4j_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/neo4j"
	"github.com/papergraph/papergraph/store/neo4j/neo4jtest"
	"github.com/papergraph/papergraph/store/storetest"
)

// madeWrong is a graph whose texts something else has analysed: nothing in it can be found by its words, and what is found is not there. A version that is null is none.
const (
	setAnalysis = `MATCH (meta:Papergraph {id: 'meta'}) SET meta.analysis = $analysis`
	madeWrong   = `MATCH (meta:Papergraph {id: 'meta'}) SET meta.tokens = 7
WITH meta MATCH (n:Entity) SET n.sortKey = toString(rand()), n.keys = ' wrong ', n.nameStems = ' storag ', n.nameSurfaces = ' storag ', n.textStems = ' fast ', n.textSurfaces = ''
WITH n WHERE n:Paper SET n.length = 3`
)

func cypher(t *testing.T, text string, params map[string]any) {
	t.Helper()
	if _, _, err := neo4jtest.Run(t, text, params); err != nil {
		t.Fatal(err)
	}
}

// reopened opens the database under test as it is, and gives what the store logs.
func reopened(t *testing.T) (store.Store, string) {
	t.Helper()
	var log bytes.Buffer
	o := neo4jtest.Options(t)
	o.Logger = slog.New(slog.NewTextHandler(&log, nil))
	s, err := neo4j.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return counting{s, t}, log.String()
}

func applyTo(t *testing.T, b store.Batch, stores ...store.Store) {
	t.Helper()
	for _, s := range stores {
		if _, err := s.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
}

// What another version of the analysis left in a graph is made anew when it is opened, also where that was begun and not ended. Spare topics, before that on storage
// by id, make the entities more than one transaction takes.
func TestOtherAnalysis(t *testing.T) {
	reference, first := storetest.NewReference(), opened(t)
	applyTo(t, storetest.Fixture(), reference, first)
	spare := store.Batch{Author: "test"}
	for i := range 2000 {
		id := literature.NewID(literature.KindTopic, fmt.Sprintf("spare-%d", i))
		spare.Upsert = append(spare.Upsert, &literature.Topic{Base: literature.Base{ID: id, Labels: []literature.LocalizedText{{Value: string(id), Locale: "en"}}}})
	}
	applyTo(t, spare, first)
	for name, version := range map[string]int{"another version": analysis.Version + 1, "broken off": -analysis.Version} {
		t.Run(name, func(t *testing.T) {
			cypher(t, madeWrong, nil)
			cypher(t, setAnalysis, map[string]any{"analysis": version})
			s, log := reopened(t)
			if strings.Count(log, "\n") != 1 || !strings.Contains(log, "analysed anew") {
				t.Errorf("logged %q", log)
			}
			storetest.CompareWords(t, reference, s)
			if _, log = reopened(t); log != "" {
				t.Errorf("opened again, it logs %q", log)
			}
		})
	}
	s, _ := reopened(t)
	applyTo(t, store.Batch{Author: "test", Remove: []literature.ID{"topic/lsm"}, Upsert: []literature.Record{
		&literature.Topic{Base: literature.Base{ID: "topic/storage", Labels: []literature.LocalizedText{{Value: "Persistence", Locale: "en"}}}},
	}}, reference, s)
	storetest.CompareWords(t, reference, s)
}

// A graph that is older than the property has the first version.
func TestNoAnalysis(t *testing.T) {
	opened(t)
	cypher(t, setAnalysis, map[string]any{"analysis": nil})
	s, log := reopened(t)
	if anew := analysis.Version != 1; anew != strings.Contains(log, "analysed anew") {
		t.Errorf("analysis %d: logged %q", analysis.Version, log)
	}
	applyTo(t, storetest.Fixture(), s)
}

// A store does not write beside one of another version of the analysis.
func TestOtherAnalysisBeside(t *testing.T) {
	s := opened(t)
	for _, version := range []int{analysis.Version + 1, -analysis.Version} {
		cypher(t, setAnalysis, map[string]any{"analysis": version})
		if _, err := s.Apply(t.Context(), storetest.Fixture()); !errors.Is(err, store.ErrUnavailable) || !strings.Contains(err.Error(), "open it again") {
			t.Errorf("analysis %d: error %v", version, err)
		}
	}
}

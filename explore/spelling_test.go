package explore_test

import (
	"testing"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/storetest"
)

func TestSpelling(t *testing.T) {
	s := storetest.NewReference()
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	name := func(id literature.ID, values ...string) literature.Base {
		base := literature.Base{ID: id}
		for _, value := range values {
			base.Labels = append(base.Labels, literature.LocalizedText{Value: value, Locale: literature.English})
		}
		return base
	}
	upsert := []literature.Record{
		&literature.Topic{Base: name("topic/storage", "storage")},
		&literature.Topic{Base: name("topic/verification", "verification of programs")},
		&literature.System{Base: name("system/memcached", "Memcached")},
		&literature.Topic{Base: name("topic/kv", "鍵值存儲")},
	}
	if _, err := s.Apply(t.Context(), store.Batch{Author: "test", Upsert: upsert}); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, text string
		kinds      []literature.EntityKind
		want       string
	}{
		{"a letter less", "storge", nil, "storage"},
		{"two letters swapped", "memcahced", nil, "memcached"},
		{"two edits in a long word", "verifcaton", nil, "verification"},
		{"two words of one name", "verifcaton of progams!", nil, "verification of programs!"},
		{"what would find nothing still", "storge memcached", nil, ""},
		{"an excluded word", "storge -memcahced", nil, "storage -memcahced"},
		{"all right", "storage", nil, ""},
		{"an inflected form is right", "storages", nil, ""},
		{"nothing near", "quantum", nil, ""},
		{"two edits in a short word", "strge", nil, ""},
		{"too short", "st", nil, ""},
		{"Han is left alone", "鍵值存除", nil, ""},
		{"of another kind", "storge", []literature.EntityKind{literature.KindSystem}, ""},
		{"nothing", "", nil, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := explore.Spelling(t.Context(), s, test.text, test.kinds)
			if err != nil || got != test.want {
				t.Errorf("%q: got %q, %v; want %q", test.text, got, err, test.want)
			}
		})
	}
}

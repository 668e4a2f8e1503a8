package explore_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

func TestHighlights(t *testing.T) {
	long := strings.Repeat("many words before it; ", 20) + "a <cache> of keys" + strings.Repeat(", and many behind", 20)
	hant := literature.TraditionalChinese
	paper := &literature.Paper{
		Base: literature.Base{
			ID:      "paper/x",
			Labels:  []literature.LocalizedText{{Value: "Cache & storage", Locale: literature.English}, {Value: "存儲快取", Locale: hant}},
			Aliases: []string{"Cached", "Cache & storage"},
		},
		Abstracts: []literature.LocalizedText{{Value: long, Locale: literature.English}},
	}
	tests := []struct {
		name, query string
		locale      *literature.Locale
		want        []string
	}{
		{"names first, then long texts cut", "cache", nil, []string{
			"<mark>Cache</mark> &amp; storage", "<mark>Cached</mark>",
			"…it; many words before it; many words before it; many words before it; a &lt;<mark>cache</mark>&gt; of keys, and many behind, and many behind, and many behind, and many behind,…",
		}},
		{"the asked language", "存儲", &hant, []string{"<mark>存儲</mark>快取"}},
		{"the other script", "存储", &hant, []string{"<mark>存儲</mark>快取"}},
		{"what is excluded is not marked", "storage -quantum", nil, []string{"Cache &amp; <mark>storage</mark>"}},
		{"nothing of its own", "kernel", nil, []string{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			query, err := store.ParseQuery(test.query)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, explore.Highlights(paper, query, test.locale)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

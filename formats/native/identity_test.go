package native_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/papergraph/papergraph/formats/native"
)

func TestIdentity(t *testing.T) {
	const head = "papergraph: 1\nassertion: {source: test, origin: CURATED, certainty: HIGH}\nrecords:\n"
	tests := []struct {
		name, records string
		want          []string
	}{
		{"one DOI on two papers", "  - {paper: a, title: A, type: ARTICLE, doi: 10.1145/1}\n  - {paper: b, title: B, type: ARTICLE, doi: 'https://doi.org/10.1145/1'}\n", []string{
			"x.yaml:5:1: identifiers: paper/b has the DOI 10.1145/1, and so has paper/a in line 4: make one record of the two, or correct the identifier",
		}},
		{"one address on two papers", "  - {paper: a, title: A, type: ARTICLE, url: 'https://x.example/1'}\n  - {paper: b, title: B, type: ARTICLE, url: 'https://x.example/1'}\n", nil},
		{"a circle of topics", "  - {topic: s, name: S, broader: [t]}\n  - {topic: t, name: T, broader: [u]}\n  - {topic: u, name: U, broader: [t]}\n", []string{
			"x.yaml:5:1: broader: topic/t lies within itself: topic/t → topic/u → topic/t: take one of these out",
		}},
		{"a topic with two ways up", "  - {topic: s, name: S, broader: [t, u]}\n  - {topic: t, name: T, broader: [v]}\n  - {topic: u, name: U, broader: [v]}\n  - {topic: v, name: V}\n", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, problems, err := native.Read("x.yaml", strings.NewReader(head+test.records))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, problem := range problems {
				got = append(got, problem.String())
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

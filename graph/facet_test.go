package graph_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/papergraph/papergraph/store/storetest"
)

// countedFields tells by which field of a filter each dimension is restricted.
var countedFields = map[string]string{
	"YEAR": "year", "VENUE": "venues", "TOPIC": "topics", "AUTHOR": "authors", "SYSTEM": "systems", "ORGANIZATION": "organizations", "WORKLOAD": "workloads",
	"COLLECTION": "collections", "HAS_ARTIFACT": "hasArtifact", "HAS_RESULT": "hasResult",
}

// listPools are ids of the reading list.
var listPools = []pool{
	{"topics", []string{"topic/storage", "topic/networking", "topic/security", "topic/xdp", "topic/none"}},
	{"authors", []string{"author/asaf-cidon", "author/qi-li"}},
	{"venues", []string{"venue/osdi", "venue/arxiv", "venue/nsdi-21"}},
	{"systems", []string{"system/ebpf", "system/xdp", "system/bcc"}},
	{"organizations", []string{"organization/google", "organization/inria"}},
	{"workloads", []string{"workload/multi-paxos-smr", "workload/facebook-like-requests"}},
	{"collections", []string{"collection/ebpf-reading-list"}},
}

// TestFacetsCountTheList counts lists of papers under random filters by hand, from what the fields of the papers say, and compares that with facets and groups.
func TestFacetsCountTheList(t *testing.T) {
	for name, open := range stores {
		t.Run(name, func(t *testing.T) {
			handler := newHandler(holding(t, open, readingList(t)))
			values := valuesOfPapers(t, handler)
			if name == "neo4j" { // each of them is a new text, which the server compiles for seconds
				storetest.Checks(t, 3)
			}
			rapid.Check(t, func(r *rapid.T) {
				filter := drawFilter(r, listPools, 0)
				dimensions := rapid.Permutation(slices.Sorted(maps.Keys(countedFields))).Draw(r, "dimensions")
				grouped := dimensions[:rapid.IntRange(1, 3).Draw(r, "number")]
				limit := rapid.IntRange(1, 12).Draw(r, "limit")

				query := fmt.Sprintf(`all: papers(filter: $all) { nodes { id } facets(by: [%s], limit: %d) { dimension buckets { key count } otherCount missingCount }
					groupBy(dimensions: [%s], limit: %d) { keys { key } count papers(first: 2) { id } } }`,
					strings.Join(dimensions, ", "), limit, strings.Join(grouped, ", "), limit)
				declared, variables := "$all: PaperFilter", map[string]any{"all": filter}
				for _, d := range dimensions {
					sideways := maps.Clone(filter)
					delete(sideways, countedFields[d])
					variables[d] = sideways
					declared += ", $" + d + ": PaperFilter"
					query += fmt.Sprintf(" %s: papers(filter: $%[1]s) { nodes { id } }", d)
				}
				query = "query(" + declared + ") { " + query + " }"
				var data map[string]struct {
					Nodes   []struct{ ID string }
					Facets  []facet
					GroupBy []struct {
						Keys   []struct{ Key string }
						Count  int
						Papers []struct{ ID string }
					}
				}
				answered(t, handler, query, variables, &data)
				ids := func(alias string) (ids []string) {
					for _, node := range data[alias].Nodes {
						ids = append(ids, node.ID)
					}
					return ids
				}
				var facets []facet
				for _, d := range dimensions {
					buckets, other, missing := counted(ids(d), []string{d}, values, limit)
					f := facet{Dimension: d, Buckets: []bucket{}, OtherCount: other, MissingCount: missing}
					for _, b := range buckets {
						f.Buckets = append(f.Buckets, bucket{b.keys[0], len(b.papers)})
					}
					facets = append(facets, f)
				}
				if diff := gocmp.Diff(facets, data["all"].Facets); diff != "" {
					r.Fatalf("%s %v (-by hand +facets):\n%s", query, filter, diff)
				}
				var groups, answeredGroups []string
				byHand, _, _ := counted(ids("all"), grouped, values, limit)
				for _, b := range byHand {
					groups = append(groups, fmt.Sprint(b.keys, len(b.papers), b.papers[:min(2, len(b.papers))]))
				}
				for _, g := range data["all"].GroupBy {
					var keys, papers []string
					for _, key := range g.Keys {
						keys = append(keys, key.Key)
					}
					for _, paper := range g.Papers {
						papers = append(papers, paper.ID)
					}
					answeredGroups = append(answeredGroups, fmt.Sprint(keys, g.Count, papers))
				}
				if diff := gocmp.Diff(groups, answeredGroups); diff != "" {
					r.Fatalf("%s %v (-by hand +groups):\n%s", query, filter, diff)
				}
			})
		})
	}
}

type (
	bucket struct {
		Key   string
		Count int
	}
	facet struct {
		Dimension                string
		Buckets                  []bucket
		OtherCount, MissingCount int
	}
	handBucket struct{ keys, papers []string }
)

// counted groups papers by their values in the dimensions, papers in the order of the list.
func counted(papers, dimensions []string, values map[string]map[string][]string, limit int) (buckets []handBucket, other, missing int) {
	byKeys := make(map[string]*handBucket)
	for _, paper := range papers {
		combinations := [][]string{nil}
		for _, d := range dimensions {
			var longer [][]string
			for _, keys := range combinations {
				for _, value := range values[paper][d] {
					longer = append(longer, append(slices.Clone(keys), value))
				}
			}
			combinations = longer
		}
		if len(combinations) == 0 {
			missing++
		}
		for _, keys := range combinations {
			key := strings.Join(keys, " ")
			if byKeys[key] == nil {
				byKeys[key] = &handBucket{keys: keys}
			}
			byKeys[key].papers = append(byKeys[key].papers, paper)
		}
	}
	for _, b := range byKeys {
		buckets = append(buckets, *b)
	}
	slices.SortFunc(buckets, func(a, b handBucket) int {
		return cmp.Or(cmp.Compare(len(b.papers), len(a.papers)), slices.Compare(a.keys, b.keys))
	})
	for len(buckets) > limit {
		other += len(buckets[len(buckets)-1].papers)
		buckets = buckets[:len(buckets)-1]
	}
	return buckets, other, missing
}

// valuesOfPapers reads what each paper has in each dimension from the fields that say so.
func valuesOfPapers(t *testing.T, handler http.Handler) map[string]map[string][]string {
	t.Helper()
	type named struct{ ID string }
	var data struct {
		Papers struct {
			Nodes []struct {
				ID      string
				Year    int
				Venue   named
				Topics  struct{ Nodes []named }
				Systems struct{ Nodes []named }
				Authors struct {
					Edges []struct {
						Node         named
						Affiliations []named
					}
				}
				Artifacts, Results struct{ TotalCount int }
				Relations          struct {
					Nodes []struct {
						Kind   string
						Target named
					}
				}
			}
		}
	}
	answered(t, handler, `{ papers(first: 50) { nodes {
		id year venue { id } topics { nodes { id } } systems { nodes { id } } authors { edges { node { id } affiliations { id } } }
		artifacts { totalCount } results { totalCount } relations(kinds: [EVALUATED_ON, IN_COLLECTION], direction: OUTGOING) { nodes { kind target { id } } }
	} } }`, nil, &data)
	values := make(map[string]map[string][]string)
	for _, p := range data.Papers.Nodes {
		v := map[string][]string{
			"YEAR": {fmt.Sprint(p.Year)}, "VENUE": {p.Venue.ID},
			"HAS_ARTIFACT": {fmt.Sprint(p.Artifacts.TotalCount > 0)}, "HAS_RESULT": {fmt.Sprint(p.Results.TotalCount > 0)},
		}
		add := func(dimension, id string) {
			if !slices.Contains(v[dimension], id) {
				v[dimension] = append(v[dimension], id)
			}
		}
		for _, topic := range p.Topics.Nodes {
			add("TOPIC", topic.ID)
		}
		for _, system := range p.Systems.Nodes {
			add("SYSTEM", system.ID)
		}
		for _, author := range p.Authors.Edges {
			add("AUTHOR", author.Node.ID)
			for _, organization := range author.Affiliations {
				add("ORGANIZATION", organization.ID)
			}
		}
		for _, relation := range p.Relations.Nodes {
			add(map[string]string{"EVALUATED_ON": "WORKLOAD", "IN_COLLECTION": "COLLECTION"}[relation.Kind], relation.Target.ID)
		}
		values[p.ID] = v
	}
	return values
}

// answered asks what must be answered without errors.
func answered(t *testing.T, handler http.Handler, query string, variables map[string]any, data any) {
	t.Helper()
	given, err := json.Marshal(variables)
	if err != nil {
		t.Fatal(err)
	}
	answer := struct {
		Data   any
		Errors []any
	}{Data: data}
	text := ask(t, handler, query, given)
	if err := json.Unmarshal([]byte(text), &answer); err != nil || len(answer.Errors) > 0 {
		t.Fatalf("%s %s: %s", query, given, text)
	}
}

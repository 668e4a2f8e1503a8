package neo4j

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/papergraph/papergraph/store"
)

// Rules of a hop, as expressions over what arrived (c) at a node. Counts are integers throughout, so that sums do not depend on their order.
//
// They stay at the greatest integer, as the contract wants it: sum() goes on in floats beyond that, which toInteger brings back to it, and so it does with what is rounded. A product
// would be an error and is looked at before.
//
// The root and the division of Salton's cosine are exact to the last bit of a double in every language, and its rounding, of positive numbers, is that of store.Salton. The
// logarithm of the idf may differ in that bit from Go's; that matters only where 1000 ln(1+n/df) lies within 1e-8 of the middle between two integers. A walk that meets
// such a topic divides by zero, and is answered with the weights of store.IDF (see exactWeights).
const (
	idfRule = `CASE WHEN coalesce(%[1]s.papers, 0) <= 0 THEN 0 ELSE
CASE WHEN abs(1000 * log(1 + toFloat(tagged) / %[1]s.papers) %% 1 - 0.5) < 1e-8 THEN 1 / 0 ELSE toInteger(round(1000 * log(1 + toFloat(tagged) / %[1]s.papers))) END END`
	exactIDFRule = `coalesce(head([f IN %[2]s WHERE f[0] = %[1]s.papers | f[1]]), 0)`
	// The same over a number of relations: what a node is used by (%[1]s) among all papers.
	rarityRule = `head([df IN [%[1]s] | CASE WHEN df = 0 THEN 0 ELSE
CASE WHEN abs(1000 * log(1 + toFloat(nodes) / df) %% 1 - 0.5) < 1e-8 THEN 1 / 0 ELSE toInteger(round(1000 * log(1 + toFloat(nodes) / df))) END END])`
	exactRarityRule = `head([df IN [%[1]s] | coalesce(head([f IN %[2]s WHERE f[0] = df | f[1]]), CASE WHEN df = 0 THEN 0 ELSE toInteger(round(1000 * log(1 + toFloat(nodes) / df))) END)])`
	jaccardRule     = `CASE WHEN h + b <= c THEN 0 ELSE toInteger(round(1e6 * c / toFloat(h + b - c))) END`
	rootRule        = `CASE WHEN coalesce(%[1]s.citedBy, 0) <= 0 THEN 0 ELSE toInteger(round(c / sqrt(toFloat(%[1]s.citedBy)))) END`
	saltonRule      = `CASE WHEN d = 0 OR %[1]s = 0 THEN 0 ELSE toInteger(round(1e6 * c / sqrt(toFloat(d) * %[1]s))) END`

	added       = `toInteger(sum(c))`
	productRule = `head([weight IN [%s] | CASE WHEN weight > 0 AND c > 9223372036854775807 / weight THEN 9223372036854775807 ELSE c * weight END])`

	frequencies = `MATCH (meta:Papergraph {id: 'meta'}) WITH meta.tagged AS tagged CALL () { MATCH (t:Topic) RETURN collect(DISTINCT t.papers) AS papers }
` + countPapers + ` RETURN [tagged, papers, nodes] AS rows`
	countPapers = `CALL () { MATCH (n:Paper) RETURN count(n) AS all } CALL () { MATCH (n:Stub) RETURN count(n) AS stubs } CALL (all, stubs) { RETURN all - stubs AS nodes }`
)

func weighs(hops []store.Hop, rules ...store.HopRule) bool {
	return slices.ContainsFunc(hops, func(h store.Hop) bool { return slices.Contains(rules, h.Weigh) })
}

func degreeOf(node string, first store.Hop) string {
	return "COUNT { " + pattern(node, "", first.Kinds, first.Direction, "") + " }"
}

// weights are the rules for what depends on how often something is used, as formats: idf of a node, rarity of a number.
type weights struct{ idf, rarity string }

// of is what a hop makes of 1 at a node.
func (r weights) of(h store.Hop, node string) string {
	switch h.Weigh {
	case store.WeighIDF:
		return fmt.Sprintf(r.idf, node)
	case store.WeighRarity:
		return fmt.Sprintf(r.rarity, "COUNT { "+pattern(node, "", h.Kinds, h.Direction.Reversed(), "")+" }")
	}
	return "1"
}

// held is what a node gives to the first hop, if it starts from there with 1.
func (r weights) held(node string, first store.Hop) string {
	if first.Weigh == store.WeighOne {
		return degreeOf(node, first)
	}
	return "reduce(s = 0, v IN COLLECT { MATCH " + pattern(node, "", first.Kinds, first.Direction, "x") + " RETURN " + r.of(first, "x") + " AS v } | s + v)"
}

// beside adds up, for a hop that weighs by Jaccard's index, what each node gives to the first hop (b), next to what is kept. A subquery for each node would hold on to its memory.
func (r weights) beside(h, first store.Hop, kept, node string) string {
	if h.Weigh != store.WeighJaccard {
		return ""
	}
	return "OPTIONAL MATCH " + pattern(node, "", first.Kinds, first.Direction, "x") + "\nWITH " + kept + ", toInteger(sum(CASE WHEN x IS NULL THEN 0 ELSE " + r.of(first, "x") + " END)) AS b\n"
}

// kept names what is carried along from each start while it walks apart: its place, its degree, what it gives to the first hop, itself.
func kept(w store.Walk) []string {
	if w.Apart() == 0 {
		return nil
	}
	names := []string{"i"}
	if weighs(w.Hops, store.WeighSalton) {
		names = append(names, "d")
	}
	if weighs(w.Hops, store.WeighJaccard) {
		names = append(names, "h")
	}
	if w.Onward {
		names = append(names, "s")
	}
	return names
}

// ofStart makes what kept names.
func (r weights) ofStart(w store.Walk) string {
	if w.Apart() == 0 {
		return ""
	}
	values := map[string]string{"i": "i", "d": degreeOf("n0", w.Hops[0]), "h": r.held("n0", w.Hops[0]), "s": "n0"}
	text := ""
	for i, name := range kept(w) {
		if i == 0 {
			text = ", i WITH n0, c"
		}
		text += ", " + values[name] + " AS " + name
	}
	return text
}

// hops follows the hops and makes a row for each node n at the end: its score, through how many nodes it was reached, and gifts, a list of [how much, node].
func (r weights) hops(w store.Walk) string {
	if len(w.Hops) == 0 {
		return "WITH n0 AS n, toInteger(sum(c)) AS score, 0 AS via, null AS gifts\n"
	}
	var text strings.Builder
	start := ""
	for _, name := range kept(w) {
		start += name + ", "
	}
	last := len(w.Hops) - 1
	for i, hop := range w.Hops {
		to := fmt.Sprintf("n%d", i+1)
		weigh := "c"
		switch hop.Weigh {
		case store.WeighIDF, store.WeighRarity:
			weigh = fmt.Sprintf(productRule, r.of(hop, to))
		case store.WeighJaccard:
			weigh = jaccardRule
		case store.WeighRootCitedBy:
			weigh = fmt.Sprintf(rootRule, to)
		case store.WeighSalton:
			weigh = fmt.Sprintf(saltonRule, degreeOf(to, w.Hops[0]))
		}
		from := fmt.Sprintf("n%d", i)
		var where []string
		if w.Onward && start != "" {
			where = append(where, to+" <> s")
		}
		if i == last && w.Targets != nil { // before anything is kept of all the others
			where = append(where, to+" IN targets")
		}
		fmt.Fprintf(&text, "MATCH %s WHERE %s\n", pattern(from, "", hop.Kinds, hop.Direction, to), all(where))
		if i < last {
			fmt.Fprintf(&text, "WITH %s%s, "+added+" AS c\n%s", start, to, r.beside(hop, w.Hops[0], start+to+", c", to))
			if weigh != "c" {
				fmt.Fprintf(&text, "WITH %s%s, %s AS c\n", start, to, weigh)
			}
			if i == w.Apart()-1 {
				start = ""
				fmt.Fprintf(&text, "WITH %s, "+added+" AS c\n", to)
			}
			continue
		}
		if w.Bare { // who came before need not be kept, which for a hub is most of the memory
			fmt.Fprintf(&text, "WITH %s%s, "+added+" AS c\n%sWITH %[2]s, %[4]s AS score\n", start, to, r.beside(hop, w.Hops[0], start+to+", c", to), weigh)
			fmt.Fprintf(&text, "WITH %s AS n, toInteger(sum(score)) AS score, 0 AS via, null AS gifts\n", to)
			continue
		}
		fmt.Fprintf(&text, "WITH %s%s, %s, "+added+" AS c\n", start, from, to)
		gifts := "null"
		if w.Via > 0 {
			gifts = "collect([c, " + from + "])"
		}
		if start == "" {
			fmt.Fprintf(&text, "WITH %[1]s, "+added+" AS c, count(*) AS via, %[2]s AS gifts\nWITH %[1]s AS n, %[3]s AS score, via, gifts\n", to, gifts, weigh)
			continue
		}
		fmt.Fprintf(&text, "WITH %[1]s%[2]s, "+added+" AS c, collect([c, %[3]s]) AS gifts\n%[5]sWITH %[2]s, %[4]s AS score, gifts\n", start, to, from, weigh,
			r.beside(hop, w.Hops[0], start+to+", c, gifts", to))
		fmt.Fprintf(&text, "WITH %s AS n, toInteger(sum(score)) AS score, collect(gifts) AS lists\n", to)
		text.WriteString("WITH n, score, reduce(list = [], l IN lists | list + l) AS gifts\n")
		text.WriteString("WITH n, score, gifts, CASE WHEN size($given.walks[k].starts) = 1 THEN size(gifts) ELSE COUNT { UNWIND gifts AS gave RETURN DISTINCT gave[1] } END AS via\n")
	}
	return text.String()
}

// exactWeights are weights that logarithms of another machine may miss: those of all frequencies of topics, and of the numbers of relations for which it is a close thing.
type exactWeights struct{ idf, rarity []any }

// mostRelations bounds the numbers of relations for which a weight is worked out exactly.
const mostRelations = 1 << 20

func (s *Store) exactWeights(ctx context.Context) (*exactWeights, error) {
	st := newStatement()
	st.body = frequencies
	rows, err := s.read(ctx, "walk", st)
	if err != nil {
		return nil, err
	}
	exact := &exactWeights{idf: []any{}, rarity: []any{}}
	for _, papers := range asList(rows[1]) {
		exact.idf = append(exact.idf, []any{papers, store.IDF(int(asInt(rows[0])), int(asInt(papers)))})
	}
	n := int(asInt(rows[2]))
	for df := 1; df <= mostRelations; df++ {
		if _, part := math.Modf(1000 * math.Log(1+float64(n)/float64(df))); math.Abs(part-0.5) < 1e-7 {
			exact.rarity = append(exact.rarity, []any{int64(df), store.IDF(n, df)})
		}
	}
	return exact, nil
}

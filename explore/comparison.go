package explore

import (
	"cmp"
	"context"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// MaxCompared is how many results are set beside each other at most.
const MaxCompared = 200

// maxNamed is how many of several values that differ a caveat names.
const maxNamed = 5

// Comparison sets reported results beside each other.
type Comparison struct {
	// Rows are in the order of the store; where they are comparable, the best comes first.
	Rows []Compared
	// Unit is that of all numbers; "" where they have none in common.
	Unit string
	// Comparable tells that every row can be ranked against every other.
	Comparable bool
	// Caveats say in plain English what keeps the rows from being compared, or what to bear in mind.
	Caveats []string
	// Total counts the results asked for, told or not.
	Total int
}

// Compared is one result of a comparison.
type Compared struct {
	store.ResultItem
	// Value is the number in the unit of the comparison, as reported where it cannot be told in it; nil where there is none.
	Value *literature.Quantity
}

// CompareResults sets the results that pass the filter beside each other, their numbers told in the unit or, where none is asked for, in the first one's if that fits them all. Motivations
// are no results of a system and stay out unless the filter asks for them. It takes one call. A unit in which no number can be told is literature.ErrUnits.
func CompareResults(ctx context.Context, reader store.Reader, filter store.ResultFilter, unit *string) (Comparison, error) {
	if len(filter.Kinds) == 0 {
		filter.Kinds = slices.DeleteFunc(literature.ResultKinds(), func(k literature.ResultKind) bool { return k == literature.Motivation })
	}
	pages, err := reader.Results(ctx, store.ResultQuery{Filter: filter, Page: store.Page{Limit: MaxCompared}, WithTotal: true})
	if err != nil {
		return Comparison{}, err
	}
	c := Comparison{Total: pages[""].Total}
	for _, item := range pages[""].Items {
		c.Rows = append(c.Rows, Compared{item, item.Result.Quantity()})
	}
	if err := c.convert(unit); err != nil {
		return Comparison{}, err
	}
	c.judge()
	return c, nil
}

// convert tells the numbers in one unit.
func (c *Comparison) convert(asked *string) error {
	unit := asked
	told := make(map[int]*literature.Quantity)
	var numbers int
	var known []string
	for i, row := range c.Rows {
		if row.Value == nil {
			continue
		}
		numbers++
		if unit == nil {
			unit = &row.Value.Unit
		}
		if value, err := row.Value.In(*unit); err == nil {
			told[i] = &value
		}
		known = append(known, literature.UnitsLike(row.Value.Unit)...)
	}
	if asked != nil && len(told) == 0 && (numbers > 0 || literature.UnitDimension(*asked) == literature.DimensionCount) {
		if len(known) == 0 {
			return fmt.Errorf("%w: %q, and no result here has a number: leave unit out", literature.ErrUnits, *asked)
		}
		return fmt.Errorf("%w: no result here can be told in %q; those known here are %s", literature.ErrUnits, *asked, list(known))
	}
	if asked == nil && len(told) < numbers {
		return nil
	}
	for i, value := range told {
		c.Rows[i].Value = value
	}
	if numbers > 0 && len(told) == numbers {
		c.Unit = *unit
	}
	return nil
}

// judge finds out whether the rows can be ranked, and ranks them if so. What is not named is never taken to be the same.
func (c *Comparison) judge() {
	if len(c.Rows) > 1 {
		improved := c.count(func(r Compared) bool { return r.Result.TimesBetter() != nil })
		c.differ("metrics", Compared.metric)
		c.differ("workloads", func(r Compared) string { return r.workload(nil) })
		c.missing("a named workload", c.count(func(r Compared) bool { return r.Workload == nil }))
		c.differ("baselines", Compared.baseline)
		if unnamed := c.count(func(r Compared) bool { return r.Result.Baseline == "" }); improved > 0 || unnamed < len(c.Rows) {
			c.missing("a named baseline", unnamed)
		}
		c.missing("a number", c.count(func(r Compared) bool { return r.Value == nil }))
		c.differ("units", func(r Compared) string {
			if r.Value == nil || c.Unit != "" {
				return ""
			}
			return fmt.Sprintf("%s (%s)", cmp.Or(r.Value.Unit, "none"), strings.ToLower(string(literature.UnitDimension(r.Value.Unit))))
		})
		if improved > 0 {
			c.missing("a word on how many times better they are", c.count(func(r Compared) bool { return r.Value != nil && r.Result.TimesBetter() == nil }))
		} else {
			c.differ("directions in which values are better", func(r Compared) string {
				if r.Result.HigherIsBetter == nil {
					return ""
				}
				return map[bool]string{true: "up", false: "down"}[*r.Result.HigherIsBetter]
			})
			c.missing("a word on which way is better", c.count(func(r Compared) bool { return r.Value != nil && r.Result.HigherIsBetter == nil }))
		}
	}
	if c.Comparable = len(c.Caveats) == 0; c.Comparable {
		slices.SortStableFunc(c.Rows, func(a, b Compared) int { return cmp.Compare(b.merit(), a.merit()) })
	}
	c.differ("qualifiers", func(r Compared) string {
		return strings.ToLower(strings.ReplaceAll(string(r.Result.Qualifier), "_", " "))
	})
	if len(c.distinct(func(r Compared) string { return cmp.Or(strings.Join(r.Result.Conditions, "; "), "none") })) > 1 {
		c.Caveats = append(c.Caveats, "The conditions differ.")
	}
	if len(c.Rows) == 0 {
		c.Caveats = append(c.Caveats, "No result passes the filter.")
	}
	if c.Total > len(c.Rows) {
		c.Caveats = append(c.Caveats, fmt.Sprintf("Told are %d of %d results: narrow the filter.", len(c.Rows), c.Total))
	}
}

// merit is greater where a comparable row is better.
func (r Compared) merit() float64 {
	switch times := r.Result.TimesBetter(); {
	case times != nil:
		return *times
	case r.Value == nil:
		return 0
	case r.Result.HigherIsBetter != nil && !*r.Result.HigherIsBetter:
		return -r.Value.Value
	default:
		return r.Value.Value
	}
}

func (c *Comparison) count(holds func(Compared) bool) (n int) {
	for _, row := range c.Rows {
		if holds(row) {
			n++
		}
	}
	return n
}

// distinct are the values that rows have, in the order of the rows; "" is none.
func (c *Comparison) distinct(of func(Compared) string) (values []string) {
	for _, row := range c.Rows {
		if value := of(row); value != "" && !slices.Contains(values, value) {
			values = append(values, value)
		}
	}
	return values
}

func (c *Comparison) differ(what string, of func(Compared) string) {
	values := c.distinct(of)
	if len(values) < 2 {
		return
	}
	named := list(values[:min(len(values), maxNamed)])
	if more := len(values) - maxNamed; more > 0 {
		named += fmt.Sprintf("; and %d more", more)
	}
	c.Caveats = append(c.Caveats, fmt.Sprintf("The %s differ: %s.", what, named))
}

func (c *Comparison) missing(what string, n int) {
	if n > 0 {
		c.Caveats = append(c.Caveats, fmt.Sprintf("Without %s: %d of %d results.", what, n, len(c.Rows)))
	}
}

func (r Compared) metric() string   { return r.Result.Metric }
func (r Compared) baseline() string { return r.Result.Baseline }

func (r Compared) system(locale *literature.Locale) string {
	if r.System == nil {
		return ""
	}
	return r.System.Label(locale)
}

func (r Compared) workload(locale *literature.Locale) string {
	if r.Workload == nil {
		return ""
	}
	return r.Workload.Label(locale)
}

// source says where a reader can check the result.
func (r Compared) source() string {
	assertion := r.Result.Assertion()
	if assertion == nil {
		return ""
	}
	var places []string
	for _, evidence := range assertion.Evidence {
		places = append(places, strings.Trim(evidence.Source+", "+evidence.Locator, ", "))
	}
	return cmp.Or(strings.Join(places, "; "), assertion.Source)
}

// CSV is the comparison as RFC 4180 has it, below a line of headings. A text that a spreadsheet would take for a formula begins with an apostrophe.
func (c Comparison) CSV(locale *literature.Locale) (string, error) {
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	lines := [][]string{{"system", "workload", "metric", "baseline", "value", "max", "unit", "in words", "qualifier", "direction", "improvement", "conditions", "paper", "source", "result"}}
	for _, row := range c.Rows {
		var value, upper *float64
		unit := row.Result.Unit
		if row.Value != nil {
			value, upper, unit = &row.Value.Value, row.Value.Max, row.Value.Unit
		}
		lines = append(lines, []string{
			harmless(row.system(locale)), harmless(row.workload(locale)), harmless(row.metric()), harmless(row.baseline()),
			number(value), number(upper), harmless(unit), harmless(row.Result.ValueText), string(row.Result.Qualifier), string(row.Result.Direction), number(row.Result.TimesBetter()),
			harmless(strings.Join(row.Result.Conditions, "; ")), harmless(row.Paper.Label(locale)), harmless(row.source()), string(row.Result.ID),
		})
	}
	if err := w.WriteAll(lines); err != nil {
		return "", fmt.Errorf("writing the comparison: %w", err)
	}
	return b.String(), nil
}

// harmless keeps a text from being run as a formula: OWASP, CSV Injection.
func harmless(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r\n", rune(text[0])) {
		return "'" + text
	}
	return text
}

// list joins texts with semicolons, each once.
func list(texts []string) string {
	var once []string
	for _, text := range texts {
		if !slices.Contains(once, text) {
			once = append(once, text)
		}
	}
	return strings.Join(once, "; ")
}

func number(n *float64) string {
	if n == nil {
		return ""
	}
	return strconv.FormatFloat(*n, 'f', -1, 64)
}

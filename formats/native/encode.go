package native

import (
	"strconv"
	"strings"
	"time"

	"github.com/papergraph/papergraph/literature"
)

func (n *node) entity(e literature.Entity) {
	base := e.Common()
	n.addText(e.Kind().Prefix(), e.Slug())
	paper, isPaper := e.(*literature.Paper)
	if isPaper {
		n.addTexts("title", base.Labels)
	} else {
		n.addTexts("name", base.Labels)
	}
	n.addList("aliases", base.Aliases)
	var identifiers []string
	for _, i := range base.Identifiers {
		identifiers = append(identifiers, strings.ToLower(string(i.Scheme))+":"+i.Value)
	}
	n.addList("identifiers", identifiers)
	n.addTexts("summary", base.Summaries)
	n.addTexts("note", base.Notes)
	switch e := e.(type) {
	case *literature.Paper:
		n.paper(paper)
	case *literature.Venue:
		n.addText("type", string(e.Type))
		n.addInt("year", e.Year)
		n.addText("location", e.Location)
	case *literature.Artifact:
		n.addText("repository", e.Repository)
		n.addText("license", e.License)
	}
}

func (n *node) paper(p *literature.Paper) {
	n.addTexts("abstract", p.Abstracts)
	n.addText("type", string(p.Type))
	n.addText("published", p.PublishedOn)
	n.addText("volume", p.Volume)
	n.addText("issue", p.Issue)
	n.addText("pages", p.Pages)
	n.addText("publisher", p.Publisher)
	if p.IsRetracted {
		n.addBool("retracted", &p.IsRetracted)
	}
	if p.IsStub {
		n.addBool("stub", &p.IsStub)
	}
	n.addList("awards", p.Awards)
	if p.References != (literature.ReferenceCoverage{}) {
		coverage := &node{kind: mapping}
		coverage.addText("state", string(p.References.State))
		coverage.addInt("expected", p.References.Expected)
		coverage.addText("note", p.References.Note)
		n.add("reference_list", coverage)
	}
	n.addTime("added", p.AddedAt)
}

func (n *node) relation(r *literature.Relation) {
	n.addText(headRelation, string(r.Kind))
	n.addText("from", string(r.Source))
	n.addText("to", string(r.Target))
	if r.Weight != 0 && r.Weight != literature.FullWeight {
		weight := float64(r.Weight) / literature.FullWeight
		n.addFloat("weight", &weight)
	}
	if r.Position != 0 {
		n.addInt("position", &r.Position)
	}
	n.addBool("corresponding", r.Corresponding)
	var organizations []string
	for _, id := range r.Organizations {
		organizations = append(organizations, id.Slug())
	}
	n.addList("organizations", organizations)
	n.addTexts("note", r.Notes)
	n.addText("intent", string(r.Intent))
	n.addAssertions(r.Assertions)
}

func (n *node) result(r *literature.Result) {
	n.addText(headResult, r.ID.Slug())
	n.addText(headPaper, r.Paper.Slug())
	n.addText("system", r.System.Slug())
	n.addText("workload", r.Workload.Slug())
	n.addText("kind", string(r.Kind))
	n.addText("metric", r.Metric)
	n.addFloat("value", r.Value)
	n.addFloat("max", r.Max)
	n.addText("unit", r.Unit)
	n.addText("value_text", r.ValueText)
	n.addText("qualifier", string(r.Qualifier))
	n.addText("direction", string(r.Direction))
	n.addBool("higher_is_better", r.HigherIsBetter)
	n.addText("baseline", r.Baseline)
	n.addFloat("improvement", r.Improvement)
	n.addList("conditions", r.Conditions)
	n.addTexts("statement", r.Statements)
	n.addInt("order", &r.Order)
	n.addAssertions(r.Assertions)
}

// addAssertions writes a single assertion beside the other fields, several as a list.
func (n *node) addAssertions(all []literature.Assertion) {
	if len(all) == 1 {
		n.assertion(all[0])
		return
	}
	several := &node{kind: list}
	for _, a := range all {
		item := &node{kind: mapping}
		item.assertion(a)
		several.push(item)
	}
	n.add(assertionsField, several)
}

func (n *node) assertion(a literature.Assertion) {
	n.addText("source", a.Source)
	n.addText("origin", string(a.Origin))
	n.addText("certainty", string(a.Certainty))
	n.addTime("asserted_at", a.AssertedAt)
	if len(a.Evidence) == 0 {
		return
	}
	evidence := &node{kind: list}
	for _, e := range a.Evidence {
		if e.Locator != "" && e == (literature.Evidence{Source: a.Source, Locator: e.Locator}) {
			evidence.push(&node{kind: text, text: e.Locator})
			continue
		}
		item := &node{kind: mapping}
		item.addText("source", e.Source)
		item.addText("locator", e.Locator)
		item.addText("note", e.Note)
		item.addText("url", e.URL)
		evidence.push(item)
	}
	n.add("evidence", evidence)
}

// The add methods leave out what is not there.

func (n *node) addText(name, value string) {
	if value != "" {
		n.add(name, &node{kind: text, text: value})
	}
}

func (n *node) addList(name string, values []string) {
	if len(values) == 0 {
		return
	}
	all := &node{kind: list}
	for _, value := range values {
		all.push(&node{kind: text, text: value})
	}
	n.add(name, all)
}

func (n *node) addTexts(name string, texts []literature.LocalizedText) {
	switch {
	case len(texts) == 0:
		return
	case len(texts) == 1 && texts[0].Locale == literature.English:
		n.addText(name, texts[0].Value)
		return
	}
	byLocale := &node{kind: mapping}
	for _, t := range texts {
		byLocale.addText(string(t.Locale), t.Value)
	}
	n.add(name, byLocale)
}

func (n *node) addInt(name string, value *int) {
	if value != nil {
		n.add(name, &node{kind: number, text: strconv.Itoa(*value)})
	}
}

func (n *node) addFloat(name string, value *float64) {
	if value != nil {
		n.add(name, &node{kind: number, text: strconv.FormatFloat(*value, 'g', -1, 64)})
	}
}

func (n *node) addBool(name string, value *bool) {
	if value != nil {
		n.add(name, &node{kind: boolean, text: strconv.FormatBool(*value)})
	}
}

func (n *node) addTime(name string, value time.Time) {
	if !value.IsZero() {
		n.addText(name, value.UTC().Format(time.RFC3339))
	}
}

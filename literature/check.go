package literature

import (
	"strings"
)

// Problem is one mistake in a record: the field by its path in the record's JSON form, and what is wrong and how to mend it.
type Problem struct {
	Field   string
	Message string
}

// The bounds of what one record holds.
const (
	MaxName  = 2_000  // bytes of a label, an alias, an identifier and every other text of one line
	MaxText  = 20_000 // bytes of an abstract, a summary, a note and every other text that may have several lines
	MaxItems = 20     // members of a list, where nothing else is said
	// MaxAliases is the greatest number of aliases.
	MaxAliases = 100
)

// Check lists what is wrong with a record by the rules that need no other record; none: it is well formed. The problems come in
// the order of the record's fields, and a value that is wrong in two ways may be named once only.
//
// Beyond what the fields say themselves: every text is valid UTF-8 without control characters (line feeds and tabs may stand in
// texts of several lines) and without line ends of any other kind where it has one line, keeps MaxName or MaxText and is not
// empty; lists keep MaxItems; times have years of four digits.
func Check(record Record) []Problem {
	var c checker
	switch r := record.(type) {
	case *Paper:
		c.base(&r.Base, KindPaper)
		c.paper(r)
	case *Author:
		c.base(&r.Base, KindAuthor)
	case *Organization:
		c.base(&r.Base, KindOrganization)
	case *Venue:
		c.base(&r.Base, KindVenue)
		c.venue(r)
	case *Topic:
		c.base(&r.Base, KindTopic)
	case *System:
		c.base(&r.Base, KindSystem)
	case *Artifact:
		c.base(&r.Base, KindArtifact)
		c.address("repository", r.Repository)
		c.name("license", r.License)
	case *Workload:
		c.base(&r.Base, KindWorkload)
	case *Collection:
		c.base(&r.Base, KindCollection)
	case *Relation:
		c.relation(r)
	case *Result:
		c.result(r)
	default:
		c.add("", "a record of type %T is none of papergraph's", record)
	}
	return c.problems
}

// base checks what all entities have in common.
func (c *checker) base(b *Base, kind EntityKind) {
	c.id("id", b.ID, kind)
	if len(b.Labels) == 0 {
		c.add("labels", "there is none: give at least one")
	}
	c.texts("labels", b.Labels, false)
	c.names("aliases", b.Aliases, MaxAliases)
	c.items("identifiers", len(b.Identifiers), MaxItems)
	for i, identifier := range b.Identifiers {
		field := "value"
		if !oneOf(identifier.Scheme, IdentifierSchemes()) {
			field = "scheme"
		}
		if err := identifier.check(); err != nil {
			c.add(path("identifiers", i, field), "%v", err)
		} else if before := index(b.Identifiers[:i], identifier); before >= 0 {
			c.add(path("identifiers", i), "%s %s stands at identifiers[%d] already: remove one", identifier.Scheme, identifier.Value, before)
		}
	}
	c.texts("summaries", b.Summaries, true)
	c.texts("notes", b.Notes, true)
}

func (c *checker) paper(p *Paper) {
	c.texts("abstracts", p.Abstracts, true)
	known(c, "type", p.Type, PaperTypes())
	if p.PublishedOn != "" {
		if _, err := ParseDate(p.PublishedOn); err != nil {
			c.add("publishedOn", "%v", err)
		}
	}
	c.name("volume", p.Volume)
	c.name("issue", p.Issue)
	c.name("pages", p.Pages)
	c.name("publisher", p.Publisher)
	c.names("awards", p.Awards, MaxItems)
	if p.References.State != "" {
		known(c, "references.state", p.References.State, CoverageStates())
	}
	if expected := p.References.Expected; expected != nil && *expected < 0 {
		c.add("references.expected", "%d references cannot be: count them, or leave it out", *expected)
	}
	c.text("references.note", p.References.Note)
	c.time("addedAt", p.AddedAt)
}

func (c *checker) venue(v *Venue) {
	known(c, "type", v.Type, VenueTypes())
	switch {
	case v.Year == nil && v.Type == Edition:
		c.add("year", "an edition has a year: give it")
	case v.Year != nil && v.Type != Edition:
		c.add("year", "only an edition has a year: leave it out, or make the type %s", Edition)
	case v.Year != nil && (*v.Year < 1 || *v.Year > 9999):
		c.add("year", "%d is no year: give one from 1 to 9999", *v.Year)
	}
	c.name("location", v.Location)
}

func (c *checker) relation(r *Relation) {
	source, target := r.Source.EntityKind(), r.Target.EntityKind()
	if r.Kind.Rank() < 0 {
		known(c, "kind", r.Kind, RelationKinds())
	}
	c.id("source", r.Source, "")
	c.id("target", r.Target, "")
	if len(c.problems) == 0 { // else the id follows from something wrong
		if want := NewRelationID(r.Kind, r.Source, r.Target); r.ID != want {
			c.add("id", "the id of %s from %s to %s is %s, not %q: take that", r.Kind, r.Source, r.Target, want, r.ID)
		}
		switch {
		case !r.Kind.Joins(source, target):
			c.add("kind", "%s cannot lead from %s to %s: it joins %s", r.Kind, source.Prefix(), target.Prefix(), r.Kind.joined())
		case r.Source == r.Target && r.Kind != Cites: // papers do cite themselves
			c.add("target", "%s leads from %s to itself: name another target", r.Kind, r.Source)
		}
	}
	switch {
	case r.Kind == About && (r.Weight < 1 || r.Weight > FullWeight):
		c.add("weight", "the weight of an %s is %d: give thousandths, from 1 to %d", About, r.Weight, FullWeight)
	case r.Kind != About && r.Weight != 0:
		c.add("weight", "only %s has a weight: leave it out", About)
	}
	switch {
	case r.Kind == AuthoredBy && r.Position < 1:
		c.add("position", "the position of an author is %d: count from 1", r.Position)
	case r.Kind != AuthoredBy && r.Position != 0:
		c.add("position", "only %s has a position: leave it out", AuthoredBy)
	}
	if r.Kind != AuthoredBy && r.Corresponding != nil {
		c.add("corresponding", "only %s tells the corresponding author: leave it out", AuthoredBy)
	}
	if r.Kind != AuthoredBy && len(r.Organizations) > 0 {
		c.add("organizations", "only %s names organizations: leave them out, or write %s", AuthoredBy, AffiliatedTo)
	}
	c.items("organizations", len(r.Organizations), MaxItems)
	for i, organization := range r.Organizations {
		c.id(path("organizations", i), organization, KindOrganization)
		if before := index(r.Organizations[:i], organization); before >= 0 {
			c.add(path("organizations", i), "%s stands at organizations[%d] already: remove one", organization, before)
		}
	}
	c.texts("notes", r.Notes, true)
	if r.Intent != "" {
		if r.Kind != Cites {
			c.add("intent", "only %s has an intent: leave it out", Cites)
		}
		known(c, "intent", r.Intent, CitationIntents())
	}
	c.assertions(r.Assertions)
}

// joined tells in words what a kind of relation joins.
func (k RelationKind) joined() string {
	rank := k.Rank()
	var sources, targets []string
	for _, source := range ends[rank].sources {
		sources = append(sources, source.Prefix())
	}
	for _, target := range ends[rank].targets {
		targets = append(targets, target.Prefix())
	}
	text := strings.Join(sources, " or ") + " to " + strings.Join(targets, " or ")
	if k == Broader {
		text += " of the same kind"
	}
	return text
}

func (c *checker) result(r *Result) {
	if _, err := ParseID(string(r.ID)); err != nil || !r.ID.IsResult() {
		c.add("id", "%s", wrongID(r.ID, err, kindResult))
	}
	c.id("paper", r.Paper, KindPaper)
	if r.System != "" {
		c.id("system", r.System, KindSystem)
	}
	if r.Workload != "" {
		c.id("workload", r.Workload, KindWorkload)
	}
	known(c, "kind", r.Kind, ResultKinds())
	if r.Metric == "" {
		c.add("metric", "there is no metric: say what was measured")
	}
	c.name("metric", r.Metric)
	known(c, "direction", r.Direction, ResultDirections())
	if len(r.Statements) == 0 {
		c.add("statements", "there is no statement: say the result in one plain sentence, with its locale")
	}
	c.texts("statements", r.Statements, true)
	c.value(r)
	known(c, "qualifier", r.Qualifier, Qualifiers())
	c.name("baseline", r.Baseline)
	if r.Improvement != nil && !(*r.Improvement > 0 && finite(*r.Improvement)) {
		c.add("improvement", "%v cannot be: say how many times better it is, 1 is as good, 0.5 half as good", *r.Improvement)
	}
	c.names("conditions", r.Conditions, MaxItems)
	if r.Order < 1 {
		c.add("order", "the place in the source is %d: count from 1", r.Order)
	}
	c.assertions(r.Assertions)
}

// value checks that the number, its range, its unit and its words fit together.
func (c *checker) value(r *Result) {
	switch {
	case r.Value == nil && r.ValueText == "" && r.Unit != "":
		c.add("unit", "the unit %q has neither a value nor a value text: give one, or leave the unit out", r.Unit)
	case r.Value == nil && r.ValueText == "" && r.Qualifier != Qualitative:
		c.add("value", "there is neither a value nor a value text: give one, or make the qualifier %s", Qualitative)
	case r.Value != nil && !finite(*r.Value):
		c.add("value", "%v is no number to compare: leave it out and say it in valueText", *r.Value)
	}
	switch {
	case r.Max == nil:
	case r.Value == nil:
		c.add("max", "the upper end of a range has no lower end: give the value too")
	case !finite(*r.Max) || *r.Max < *r.Value:
		c.add("max", "%v is not the upper end of a range from %v: swap them, or leave it out", *r.Max, *r.Value)
	}
	c.name("unit", r.Unit)
	c.name("valueText", r.ValueText)
}

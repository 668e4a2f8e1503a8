package literature

// Record is anything a store keeps under an id: an entity, a relation or a result. Records are shared: once a record was handed to a
// store or came from one, nobody may change it or what it points to. Make a copy to change.
type Record interface{ RecordID() ID }

// Entity is anything that can be drawn as a node.
type Entity interface {
	Record
	Kind() EntityKind
	Slug() string
	// Label is the entity's name in the asked locale, see Localize; nil asks for English.
	Label(locale *Locale) string
	// Common gives what all kinds of entity have in common.
	Common() *Base
}

// Base is what all entities have in common.
type Base struct {
	ID ID `json:"id"`
	// Labels are the names (a paper's titles), at most one per locale, at least one.
	Labels []LocalizedText `json:"labels"`
	// Aliases are other names under which it is found: acronyms, old titles, spellings. They have no language.
	Aliases     []string     `json:"aliases,omitempty"`
	Identifiers []Identifier `json:"identifiers,omitempty"`
	// Summaries say what it is in a few sentences of papergraph's own.
	Summaries []LocalizedText `json:"summaries,omitempty"`
	// Notes are remarks of the curators, for example on a corrected mistake of a source.
	Notes []LocalizedText `json:"notes,omitempty"`
}

// RecordID is the entity's id.
func (b *Base) RecordID() ID { return b.ID }

// Kind is the kind of entity.
func (b *Base) Kind() EntityKind { return b.ID.EntityKind() }

// Slug is the readable key inside the id.
func (b *Base) Slug() string { return b.ID.Slug() }

// Label is the name in the asked locale; nil asks for English.
func (b *Base) Label(locale *Locale) string { return Localize(b.Labels, orEnglish(locale)) }

// Summary is the own-words summary in the asked locale, or nil where there is none.
func (b *Base) Summary(locale *Locale) *string { return localized(b.Summaries, locale) }

// Note is the curators' remark in the asked locale, or nil where there is none.
func (b *Base) Note(locale *Locale) *string { return localized(b.Notes, locale) }

// Common gives access to the common part through the Entity interface.
func (b *Base) Common() *Base { return b }

// Identifier is the first identifier of a scheme, or "".
func (b *Base) Identifier(scheme IdentifierScheme) string {
	for _, identifier := range b.Identifiers {
		if identifier.Scheme == scheme {
			return identifier.Value
		}
	}
	return ""
}

func orEnglish(locale *Locale) Locale {
	if locale == nil {
		return English
	}
	return *locale
}

func localized(texts []LocalizedText, locale *Locale) *string {
	text, ok := LocalizeWithLocale(texts, orEnglish(locale))
	if !ok {
		return nil
	}
	return &text.Value
}

var (
	_ Entity = (*Paper)(nil)
	_ Entity = (*Author)(nil)
	_ Entity = (*Organization)(nil)
	_ Entity = (*Venue)(nil)
	_ Entity = (*Topic)(nil)
	_ Entity = (*System)(nil)
	_ Entity = (*Artifact)(nil)
	_ Entity = (*Workload)(nil)
	_ Entity = (*Collection)(nil)
	_ Record = (*Relation)(nil)
	_ Record = (*Result)(nil)
)

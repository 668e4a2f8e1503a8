package literature

// Collection is a named set of papers: a reading list, a library.
type Collection struct{ Base }

// Name is the collection's name in the asked locale.
func (c *Collection) Name(locale *Locale) string { return c.Label(locale) }

package literature

// Author is one person who wrote papers.
type Author struct{ Base }

// Name is the author's name in the asked locale.
func (a *Author) Name(locale *Locale) string { return a.Label(locale) }

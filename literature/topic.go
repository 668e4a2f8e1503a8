package literature

// Topic is a subject that papers are about; BROADER joins it to wider ones.
type Topic struct{ Base }

// Name is the topic's name in the asked locale.
func (t *Topic) Name(locale *Locale) string { return t.Label(locale) }

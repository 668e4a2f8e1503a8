package literature

// Organization is a university, a company or a laboratory that authors work for.
type Organization struct{ Base }

// Name is the organization's name in the asked locale.
func (o *Organization) Name(locale *Locale) string { return o.Label(locale) }

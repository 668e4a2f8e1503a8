package literature

// System is a piece of software or hardware that papers introduce, use, extend or compare with.
type System struct{ Base }

// Name is the system's name in the asked locale.
func (s *System) Name(locale *Locale) string { return s.Label(locale) }

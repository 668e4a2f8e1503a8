package literature

// Artifact is code or data published with a paper or a system.
type Artifact struct {
	Base
	// Repository is where it can be fetched; "" where unknown.
	Repository string `json:"repository,omitempty"`
	// License is an SPDX expression; "" where unknown.
	License string `json:"license,omitempty"`
}

// Name is the artifact's name in the asked locale.
func (a *Artifact) Name(locale *Locale) string { return a.Label(locale) }

package native

import (
	"slices"
	"strings"

	"github.com/papergraph/papergraph/literature"
)

// identifiers reads a list such as ["doi:10.1145/3603269.3604823", "arxiv:2010.14145"], which keeps an order across the schemes.
func (r *reader) identifiers(b *literature.Base, v *node) {
	for _, item := range v.each() {
		name, value, ok := strings.Cut(r.text(item), ":")
		scheme := literature.IdentifierScheme(strings.ToUpper(name))
		if !ok || !slices.Contains(literature.IdentifierSchemes(), scheme) {
			r.report(item, "%s names no scheme%s: write scheme:value, for example doi:10.1145/3603269.3604823", describe(item), didYouMean(name, schemeNames()))
			continue
		}
		r.identifier(b, item, scheme, value)
	}
}

func (r *reader) identifier(b *literature.Base, at *node, scheme literature.IdentifierScheme, value string) {
	if value == "" {
		return
	}
	identifier, err := literature.NewIdentifier(scheme, value)
	if err != nil {
		r.report(at, "%v", err)
		return
	}
	b.Identifiers = append(b.Identifiers, identifier)
}

func schemeNames() []string {
	var all []string
	for _, s := range literature.IdentifierSchemes() {
		all = append(all, strings.ToLower(string(s)))
	}
	return all
}

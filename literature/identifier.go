package literature

// Identifier names an entity outside papergraph.
type Identifier struct {
	Scheme IdentifierScheme `json:"scheme"`
	// Value is in the normal form of its scheme, see NewIdentifier.
	Value string `json:"value"`
}

// IdentifierScheme says which register an identifier belongs to.
type IdentifierScheme string

// Identifier schemes.
const (
	DOI      IdentifierScheme = "DOI"
	ArXiv    IdentifierScheme = "ARXIV"
	DBLP     IdentifierScheme = "DBLP"
	OpenAlex IdentifierScheme = "OPENALEX"
	S2       IdentifierScheme = "S2"
	ORCID    IdentifierScheme = "ORCID"
	ROR      IdentifierScheme = "ROR"
	Wikidata IdentifierScheme = "WIKIDATA"
	ISBN     IdentifierScheme = "ISBN"
	BibKey   IdentifierScheme = "BIBKEY"
	URL      IdentifierScheme = "URL"
)

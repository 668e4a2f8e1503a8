package literature

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

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

// IdentifierSchemes lists every scheme, the ones that identify best first.
func IdentifierSchemes() []IdentifierScheme {
	return []IdentifierScheme{DOI, ArXiv, DBLP, OpenAlex, S2, ORCID, ROR, Wikidata, ISBN, BibKey, URL}
}

// NewIdentifier brings a value into the normal form of its scheme, or says why it cannot be one. It takes the value bare, behind
// the name of its scheme (`doi:10.…`) or as the address of its register (`https://doi.org/10.…`).
//
//	DOI       10.1145/3544216.3544259: lower case, no resolver, no trailing punctuation, percent-encoding undone
//	ARXIV     2312.05531 or hep-th/9901001: no version, no subject class
//	DBLP      conf/osdi/ZhongLWZTMMYTSC22; a person is homepages/12/3456
//	OPENALEX  W4392024078
//	S2        40 hexadecimal digits or CorpusId:215416146; an author is a number
//	ORCID     0000-0002-1825-0097, with the right check digit
//	ROR       05dxps055, with the right check digits
//	WIKIDATA  Q42
//	ISBN      13 digits without hyphens, with the right check digit
//	BIBKEY    the key as its file spells it
//	URL       see normalURL
//
// A DOI that arXiv gave out, 10.48550/arXiv.2312.05531, is the arXiv identifier, so the answer may have another scheme than asked.
// Normalising a normal form changes nothing.
func NewIdentifier(scheme IdentifierScheme, value string) (Identifier, error) {
	normal, err := normalValue(scheme, value)
	if err != nil {
		return Identifier{}, fmt.Errorf("%s %.200q: %w", scheme, value, err)
	}
	if scheme == DOI {
		if arXiv, ok := strings.CutPrefix(normal, arXivDOI); ok {
			return NewIdentifier(ArXiv, arXiv)
		}
	}
	return Identifier{Scheme: scheme, Value: normal}, nil
}

func normalValue(scheme IdentifierScheme, value string) (string, error) {
	form, ok := forms[scheme]
	if !ok {
		return "", fmt.Errorf("unknown scheme: known are %s", list(IdentifierSchemes()))
	}
	if len(value) > longest {
		return "", fmt.Errorf("is %d bytes long: at most %d are allowed", len(value), MaxName)
	}
	value = strings.TrimSpace(value)
	if scheme != URL && scheme != BibKey {
		value = trimSchemeName(scheme, value)
		if link, err := parseLink(value); err == nil {
			if s, v := register(link); s == scheme || s == DOI && scheme == ArXiv {
				value = v
			}
		}
	}
	normal, err := form(value)
	switch {
	case err != nil:
		return "", err
	case len(normal) > MaxName:
		return "", fmt.Errorf("is %d bytes long: at most %d are allowed", len(normal), MaxName)
	}
	return normal, checkText(normal, false)
}

// longest is the greatest length of a text that is looked at: a normal form with every byte percent-encoded. Some of the work
// grows with the square of the length.
const longest = 3 * MaxName

// forms gives the function that makes the normal form of each scheme out of a bare value.
var forms = map[IdentifierScheme]func(string) (string, error){
	DOI: normalDOI, ArXiv: normalArXiv, DBLP: normalDBLP, OpenAlex: normalOpenAlex, S2: normalS2, ORCID: normalORCID,
	ROR: normalROR, Wikidata: normalWikidata, ISBN: normalISBN, BibKey: normalBibKey, URL: normalURL,
}

// IsStrong tells whether the identifier names one thing only, so that two records of one kind that share it are the same. An ISBN
// is shared by all papers of a volume, a BibTeX key means something in its own file only, and a URL may show anything.
func (i Identifier) IsStrong() bool {
	return slices.Contains([]IdentifierScheme{DOI, ArXiv, DBLP, OpenAlex, S2, ORCID, ROR, Wikidata}, i.Scheme)
}

// Link is the address where the identifier can be looked up, or nil where there is none.
func (i Identifier) Link() *string {
	var host, path string
	switch i.Scheme {
	case DOI:
		host, path = "doi.org", i.Value
	case ArXiv:
		host, path = "arxiv.org", "abs/"+i.Value
	case DBLP:
		host, path = "dblp.org", "rec/"+i.Value
		if person, ok := strings.CutPrefix(i.Value, dblpPerson); ok {
			path = "pid/" + person
		}
	case OpenAlex:
		host, path = "openalex.org", i.Value
	case S2:
		host, path = "www.semanticscholar.org", "paper/"+i.Value
		if strings.HasPrefix(i.Value, corpusID) {
			host, path = "api.semanticscholar.org", i.Value
		} else if isDigits(i.Value) && len(i.Value) != s2Hash {
			path = "author/" + i.Value
		}
	case ORCID:
		host, path = "orcid.org", i.Value
	case ROR:
		host, path = "ror.org", i.Value
	case Wikidata:
		host, path = "www.wikidata.org", "wiki/"+i.Value
	case ISBN:
		host, path = "openlibrary.org", "isbn/"+i.Value
	case URL:
		return &i.Value
	default:
		return nil
	}
	link := (&url.URL{Scheme: "https", Host: host, Path: "/" + path}).String()
	return &link
}

// check tells what is wrong with an identifier that should be in normal form.
func (i Identifier) check() error {
	normal, err := NewIdentifier(i.Scheme, i.Value)
	switch {
	case err != nil:
		return err
	case normal.Scheme != i.Scheme:
		return fmt.Errorf("%s %q is an identifier of %s: write scheme %s, value %s", i.Scheme, i.Value, normal.Scheme, normal.Scheme, normal.Value)
	case normal.Value != i.Value:
		return fmt.Errorf("%s %q is not in normal form: write %s", i.Scheme, i.Value, normal.Value)
	}
	return nil
}

package literature

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
)

// ParseIdentifier recognises an identifier in a string of its own: the address of a register or of any page, a value behind the
// name of its scheme, or a bare value whose form cannot be anything else (DOI, arXiv, DBLP, ORCID with hyphens, an OpenAlex work,
// ISBN of 13 digits). Brackets, quotes and punctuation around it do not count. It is false where nothing is recognised.
func ParseIdentifier(text string) (Identifier, bool) {
	if len(text) > longest {
		return Identifier{}, false
	}
	text = strings.TrimLeft(strings.TrimSpace(text), "<([{\"'“‘「『《〈【（")
	text = trimEnd(text, "")
	for _, scheme := range IdentifierSchemes() {
		if value := trimSchemeName(scheme, text); value != text && scheme != URL && scheme != BibKey {
			id, err := NewIdentifier(scheme, value)
			return id, err == nil
		}
	}
	if strings.HasPrefix(strings.ToLower(text), strings.ToLower(corpusID)) {
		id, err := NewIdentifier(S2, text)
		return id, err == nil
	}
	if link, err := parseLink(text); err == nil {
		if scheme, value := register(link); scheme != "" {
			if id, err := NewIdentifier(scheme, value); err == nil {
				return id, true
			}
		}
		if isAddress(text) && !strings.ContainsFunc(text, unicode.IsSpace) {
			id, err := NewIdentifier(URL, text)
			return id, err == nil
		}
	}
	return parseBare(text)
}

// parseBare recognises values without a name or an address around them.
func parseBare(text string) (Identifier, bool) {
	for _, scheme := range []IdentifierScheme{DOI, ArXiv, DBLP, ORCID, OpenAlex, ISBN} {
		id, err := NewIdentifier(scheme, text)
		if err != nil {
			continue
		}
		certain := true
		switch scheme {
		case ArXiv:
			certain = !strings.ContainsFunc(text, unicode.IsSpace)
		case DBLP: // a key of two parts could be anything
			certain = strings.Count(text, "/") >= 2
		case ORCID:
			certain = strings.Count(text, "-") == 3
		case OpenAlex:
			certain = len(text) >= 7 && id.Value[0] == 'W'
		case ISBN:
			certain = len(digitsOf(text)) == 13
		}
		if certain {
			return id, true
		}
	}
	return Identifier{}, false
}

// trimSchemeName takes the name of the scheme off the front of a value: `doi:10.…`, `arXiv: 2312.05531`, `ISBN 978…`.
func trimSchemeName(scheme IdentifierScheme, text string) string {
	name := string(scheme)
	for len(text) > len(name) && strings.EqualFold(text[:len(name)], name) {
		rest := text[len(name):]
		if rest[0] != ':' && !unicode.IsSpace(rune(rest[0])) && !(scheme == ISBN && rest[0] == '-') {
			break
		}
		if scheme == ISBN {
			return rest // normalISBN knows the names ISBN-10 and ISBN-13
		}
		text = strings.TrimLeft(rest, ": \t")
	}
	return text
}

// register names the scheme whose register an address belongs to and the value it gives, which need not be valid; "" for any
// other address.
func register(link *url.URL) (scheme IdentifierScheme, value string) {
	host := strings.TrimPrefix(strings.ToLower(link.Hostname()), "www.")
	path := strings.Trim(link.Path, "/")
	first, rest, _ := strings.Cut(path, "/")
	last := path[strings.LastIndexByte(path, '/')+1:]
	switch host {
	case "doi.org", "dx.doi.org", "doi.acm.org":
		return DOI, path
	case "arxiv.org", "export.arxiv.org", "ar5iv.org", "ar5iv.labs.arxiv.org", "xxx.lanl.gov":
		if slices.Contains([]string{"abs", "pdf", "html", "ps", "src", "format", "e-print"}, first) {
			return ArXiv, rest
		}
	case "dblp.org", "dblp.uni-trier.de", "dblp.dagstuhl.de", "dblp1.uni-trier.de":
		if first == "rec" || first == "pid" {
			return DBLP, path
		}
	case "openalex.org", "api.openalex.org", "explore.openalex.org":
		return OpenAlex, last
	case "semanticscholar.org", "api.semanticscholar.org", "pdfs.semanticscholar.org":
		switch {
		case first == "paper" || first == "author":
			return S2, last
		case strings.HasPrefix(strings.ToLower(path), strings.ToLower(corpusID)):
			return S2, path
		}
	case "orcid.org":
		return ORCID, path
	case "ror.org":
		return ROR, path
	case "wikidata.org", "m.wikidata.org":
		if first == "wiki" || first == "entity" {
			return Wikidata, rest
		}
	case "link.springer.com":
		if slices.Contains([]string{"article", "chapter", "book"}, first) {
			return DOI, rest
		}
	}
	// Publishers' sites show a paper as /doi/10.…, /doi/abs/10.…, /doi/pdf/10.…
	if first == "doi" {
		return DOI, rest
	}
	return "", ""
}

// trimEnd takes the punctuation of the sentence around it off the end of an identifier, and the characters of cutset. A closing
// bracket goes only where nothing inside opens it, for DOIs such as 10.1016/S0140-6736(05)67889-0.
func trimEnd(text, cutset string) string {
	const pairs = "()[]{}<>（）「」『』《》〈〉【】"
	runes := []rune(pairs)
	for {
		before := text
		text = strings.TrimRight(strings.TrimRight(text, cutset), " \t\r\n.,;:!?'\"。，、；：！？”’…")
		for i := 0; i < len(runes); i += 2 {
			opening, closing := string(runes[i]), string(runes[i+1])
			if strings.HasSuffix(text, closing) && strings.Count(text, opening) < strings.Count(text, closing) {
				text = strings.TrimSuffix(text, closing)
			}
		}
		if text == before {
			return text
		}
	}
}

// trimPrefixes takes any of the prefixes off the front, again and again.
func trimPrefixes(text string, prefixes ...string) string {
	for again := true; again; {
		again = false
		for _, prefix := range prefixes {
			if rest, ok := strings.CutPrefix(text, prefix); ok {
				text, again = rest, true
			}
		}
	}
	return text
}

package literature

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Marks inside normal forms that tell one sort of identifier of a scheme from another.
const (
	arXivDOI   = "10.48550/arxiv." // the DOIs that arXiv gives out
	dblpPerson = "homepages/"
	corpusID   = "CorpusId:"
	s2Hash     = 40 // hexadecimal digits of a Semantic Scholar paper
)

// The words that may stand before a DOI: names of it, and the views of a paper on a publisher's site.
var doiWords = []string{
	"doi", "info", "urn", "abs", "pdf", "full", "fullhtml", "epdf", "epub", "pdfdirect", "pdfplus", "book", "proceedings", "reader",
}

func normalDOI(text string) (string, error) {
	text = undoPercent(text)
	if !utf8.ValidString(text) {
		return "", errors.New("it is not UTF-8: convert it from its encoding")
	}
	doi := strings.ToLower(text)
	start := strings.Index(doi, "10.")
	if start < 0 {
		return "", errors.New("a DOI begins with 10. and the number of its registrant, like 10.1145/3544216.3544259")
	}
	notWord := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	for _, word := range strings.FieldsFunc(doi[:start], notWord) {
		if !slices.Contains(doiWords, word) {
			return "", fmt.Errorf("%q does not belong before a DOI: leave it out", word)
		}
	}
	doi = trimEnd(doi[start:], "/")
	registrant, suffix, _ := strings.Cut(strings.TrimPrefix(doi, "10."), "/")
	number, divisions, divided := strings.Cut(registrant, ".")
	switch {
	case !isDigits(number) || len(number) < 4 || len(number) > 9, divided && !isDigits(strings.ReplaceAll(divisions, ".", "")):
		return "", fmt.Errorf("10.%s is not the number of a registrant: 10. and four to nine digits, then a slash", registrant)
	case suffix == "":
		return "", errors.New("nothing follows the slash: give the whole DOI")
	case strings.ContainsFunc(doi, unicode.IsSpace):
		return "", errors.New("a DOI holds no white space: give one DOI and nothing else")
	}
	if arXiv, ok := strings.CutPrefix(doi, arXivDOI); ok {
		arXiv, err := normalArXiv(arXiv)
		return arXivDOI + arXiv, err
	}
	return doi, nil
}

// The archives of arXiv's identifiers before April 2007; the list is closed.
var oldArchives = strings.Fields(`acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas
	cond-mat cs dg-ga funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics
	plasm-ph q-alg q-bio quant-ph solv-int supr-con`)

func normalArXiv(text string) (string, error) {
	id := strings.ToLower(undoPercent(text))
	id = trimPrefixes(id, "arxiv:", arXivDOI, "abs/", "pdf/", "/", " ")
	// Listings print the subject behind the identifier: arXiv:2302.10366v1 [cs.OS].
	if cut := strings.IndexFunc(id, func(r rune) bool { return unicode.IsSpace(r) || r == '[' }); cut >= 0 {
		id = id[:cut]
	}
	id = trimEnd(strings.TrimSuffix(trimEnd(id, "/"), ".pdf"), "/")
	if version := strings.LastIndexByte(id, 'v'); version > 0 && isDigits(id[version+1:]) {
		id = id[:version]
	}
	if archive, number, old := strings.Cut(id, "/"); old {
		archive, _, _ = strings.Cut(archive, ".") // the subject class of math.GT/0309136
		if slices.Contains(oldArchives, archive) && len(number) == 7 && isDigits(number) && isMonth(number[2:4]) {
			return archive + "/" + number, nil
		}
	} else if month, number, ok := strings.Cut(id, "."); ok && len(month) == 4 && isDigits(month+number) && isMonth(month[2:]) {
		// Numbers grew from four digits to five in January 2015.
		if month < "1501" && month >= "0704" && len(number) == 4 || month >= "1501" && len(number) == 5 {
			return id, nil
		}
	}
	return "", errors.New("an arXiv identifier looks like 2312.05531, or like hep-th/9901001 before April 2007")
}

func isMonth(digits string) bool { return digits >= "01" && digits <= "12" }

// What the keys of DBLP begin with.
var dblpRoots = strings.Fields("conf journals books phd series reference tr data persons www ms homepages")

func normalDBLP(text string) (string, error) {
	key := trimPrefixes(undoPercent(text), "/", "rec/", "html/", "xml/", "bibtex/")
	if person, ok := strings.CutPrefix(key, "pid/"); ok {
		key = dblpPerson + person
	}
	key = trimEnd(key, "/")
	for _, ending := range []string{".html", ".xml", ".bib", ".rdf", ".nt", ".ris"} {
		if bare, ok := strings.CutSuffix(key, ending); ok {
			return normalDBLP(bare)
		}
	}
	parts := strings.Split(key, "/")
	good := len(parts) >= 2 && slices.Contains(dblpRoots, parts[0])
	for _, part := range parts {
		good = good && part != "" && !strings.ContainsFunc(part, func(r rune) bool {
			return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_.:+'", r)
		})
	}
	if !good {
		return "", errors.New("a DBLP key looks like conf/osdi/ZhongLWZTMMYTSC22, that of a person like homepages/12/3456")
	}
	return key, nil
}

func normalOpenAlex(text string) (string, error) {
	id := strings.ToUpper(trimEnd(text, "/"))
	if len(id) < 2 || !strings.Contains("ACFIPSTVW", id[:1]) || !isDigits(id[1:]) || id[1] == '0' {
		return "", errors.New("an OpenAlex identifier is a letter and a number, like W4392024078")
	}
	return id, nil
}

func normalS2(text string) (string, error) {
	id := strings.ToLower(trimEnd(text, "/"))
	number, isCorpus := strings.CutPrefix(id, strings.ToLower(corpusID))
	number = strings.TrimSpace(number)
	switch {
	case isCorpus && isDigits(number):
		return corpusID + number, nil
	case isDigits(id) || len(id) == s2Hash && strings.Trim(id, "0123456789abcdef") == "":
		return id, nil
	}
	return "", errors.New("a Semantic Scholar identifier has 40 hexadecimal digits or looks like CorpusId:215416146; that of an author is a number")
}

func normalWikidata(text string) (string, error) {
	id := strings.ToUpper(trimEnd(text, "/"))
	if len(id) < 2 || id[0] != 'Q' || !isDigits(id[1:]) || id[1] == '0' {
		return "", errors.New("a Wikidata identifier is a Q and a number, like Q42")
	}
	return id, nil
}

func normalBibKey(text string) (string, error) {
	switch {
	case text == "":
		return "", errors.New("it is empty: give the key")
	case strings.ContainsFunc(text, unicode.IsSpace) || strings.ContainsAny(text, ",{}"):
		return "", errors.New("a BibTeX key holds no white space, comma or brace")
	}
	return text, nil
}

func isDigits(s string) bool {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return s != ""
}

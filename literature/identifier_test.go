package literature_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/papergraph/papergraph/literature"
)

func TestNewIdentifier(t *testing.T) {
	tests := []struct {
		scheme literature.IdentifierScheme
		value  string
		want   string // "" where it must be refused
	}{
		{literature.DOI, "10.1145/3544216.3544259", "10.1145/3544216.3544259"},
		{literature.DOI, " 10.1109/LRA.2022.3229266 ", "10.1109/lra.2022.3229266"},
		{literature.DOI, "DOI:10.1093/ACPROF:OSO/9780198565932.003.0023", "10.1093/acprof:oso/9780198565932.003.0023"},
		{literature.DOI, "doi 10.1000/182", "10.1000/182"},
		{literature.DOI, "info:doi/10.1000/182", "10.1000/182"},
		{literature.DOI, "urn:doi:10.1000/182", "10.1000/182"},
		{literature.DOI, "https://doi.org/10.7717/peerj.4375", "10.7717/peerj.4375"},
		{literature.DOI, "http://dx.doi.org/10.1007/s00778-007-0044-3", "10.1007/s00778-007-0044-3"},
		{literature.DOI, "http://doi.acm.org/10.1145/1137627.1137631", "10.1145/1137627.1137631"},
		{literature.DOI, "doi.org/10.1000/182", "10.1000/182"},
		{literature.DOI, "https://dl.acm.org/doi/abs/10.1145/3594255.3594256", "10.1145/3594255.3594256"},
		{literature.DOI, "https://dl.acm.org/doi/fullHtml/10.1145/3594255.3594256?x=1#sec-2", "10.1145/3594255.3594256"},
		{literature.DOI, "https://onlinelibrary.wiley.com/doi/full/10.1002/rra.3643", "10.1002/rra.3643"},
		{literature.DOI, "https://link.springer.com/chapter/10.1007/BFb0057013", "10.1007/bfb0057013"},
		{literature.DOI, "abs/10.1145/3594255.3594256", "10.1145/3594255.3594256"},
		{literature.DOI, "/doi/pdf/10.1145/3594255.3594256", "10.1145/3594255.3594256"},
		{literature.DOI, "10.1145%2F3594255.3594256", "10.1145/3594255.3594256"},
		{literature.DOI, "10.1145%252f3594255.3594256", "10.1145/3594255.3594256"},
		{literature.DOI, "https://doi.org/10.1002/%28SICI%291097-4571", "10.1002/(sici)1097-4571"},
		{
			literature.DOI, "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O",
			"10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o",
		},
		{literature.DOI, "10.1145/3544216.3544259.", "10.1145/3544216.3544259"},
		{literature.DOI, "10.1145/3544216.3544259/", "10.1145/3544216.3544259"},
		{literature.DOI, "10.1016/S0140-6736(05)67889-0).", "10.1016/s0140-6736(05)67889-0"},
		{literature.DOI, "10.1000.10/123456", "10.1000.10/123456"},
		{literature.DOI, "10.", ""},
		{literature.DOI, "10.48550", ""},
		{literature.DOI, "10.1145/", ""},
		{literature.DOI, "10.12/3", ""},
		{literature.DOI, "11.1145/3", ""},
		{literature.DOI, "10.1145./x", ""},
		{literature.DOI, "see 10.1145/3544216.3544259", ""},
		{literature.DOI, "10.1145/1 and 10.1145/2", ""},
		{literature.DOI, "10.1145/a%00b", ""},
		{literature.DOI, "10.1145/a%ffb", ""},
		{literature.DOI, "https://dl.acm.org/doi/suppl/10.1145/3543668/suppl_file/a.pdf", ""},
		{literature.DOI, "10.1145/" + strings.Repeat("a", literature.MaxName), ""},
		{literature.DOI, "10.48550/arXiv.123", ""},

		{literature.ArXiv, "2312.05531", "2312.05531"},
		{literature.ArXiv, "2312.05531v3", "2312.05531"},
		{literature.ArXiv, "0704.0001", "0704.0001"},
		{literature.ArXiv, "arXiv:2302.10366v1 [cs.OS] 20 Feb 2023", "2302.10366"},
		{literature.ArXiv, "arxiv: 2302.10366", "2302.10366"},
		{literature.ArXiv, "10.48550/arXiv.2102.09980", "2102.09980"},
		{literature.ArXiv, "https://doi.org/10.48550/arXiv.2102.09980v2", "2102.09980"},
		{literature.ArXiv, "https://arxiv.org/abs/2302.10366v2?context=cs", "2302.10366"},
		{literature.ArXiv, "http://www.arxiv.org/pdf/2302.10366.pdf", "2302.10366"},
		{literature.ArXiv, "https://ar5iv.labs.arxiv.org/html/2302.10366", "2302.10366"},
		{literature.ArXiv, "abs/2302.10366", "2302.10366"},
		{literature.ArXiv, "hep-th/9901001v2", "hep-th/9901001"},
		{literature.ArXiv, "https://arxiv.org/abs/hep-th/9901001", "hep-th/9901001"},
		{literature.ArXiv, "math.GT/0309136", "math/0309136"},
		{literature.ArXiv, "2313.05531", ""},
		{literature.ArXiv, "2312.5531", ""},
		{literature.ArXiv, "1412.05531", ""},
		{literature.ArXiv, "0703.0001", ""},
		{literature.ArXiv, "hep-xx/9901001", ""},
		{literature.ArXiv, "hep-th/9913001", ""},
		{literature.ArXiv, "hep-th/990101", ""},

		{literature.DBLP, "conf/osdi/ZhongLWZTMMYTSC22", "conf/osdi/ZhongLWZTMMYTSC22"},
		{literature.DBLP, "DBLP:journals/corr/abs-2302-10366", "journals/corr/abs-2302-10366"},
		{literature.DBLP, "https://dblp.org/rec/conf/osdi/ZhongLWZTMMYTSC22.html?view=bibtex", "conf/osdi/ZhongLWZTMMYTSC22"},
		{literature.DBLP, "http://dblp.uni-trier.de/rec/bibtex/conf/osdi/ZhongLWZTMMYTSC22", "conf/osdi/ZhongLWZTMMYTSC22"},
		{literature.DBLP, "https://dblp.org/pid/12/3456-1.html", "homepages/12/3456-1"},
		{literature.DBLP, "ms/Vollmer2006", "ms/Vollmer2006"},
		{literature.DBLP, "series/acvpr/978-0-85729-045-8", "series/acvpr/978-0-85729-045-8"},
		{literature.DBLP, "conf//osdi", ""},
		{literature.DBLP, "zhong/2022/xrp", ""},
		{literature.DBLP, "conf/osdi/a b", ""},

		{literature.OpenAlex, "W4392024078", "W4392024078"},
		{literature.OpenAlex, "openalex:w4392024078", "W4392024078"},
		{literature.OpenAlex, "https://openalex.org/A5023888391", "A5023888391"},
		{literature.OpenAlex, "https://api.openalex.org/works/W4392024078", "W4392024078"},
		{literature.OpenAlex, "https://openalex.org/works/w4392024078/", "W4392024078"},
		{literature.OpenAlex, "4392024078", ""},
		{literature.OpenAlex, "W0", ""},
		{literature.OpenAlex, "W", ""},

		{literature.S2, "0796F6CD7F0403A854D67D525E9B32AF3B277331", "0796f6cd7f0403a854d67d525e9b32af3b277331"},
		{
			literature.S2, "https://www.semanticscholar.org/paper/XRP-Zhong/0796f6cd7f0403a854d67d525e9b32af3b277331",
			"0796f6cd7f0403a854d67d525e9b32af3b277331",
		},
		{literature.S2, "CorpusID: 215416146", "CorpusId:215416146"},
		{literature.S2, "https://api.semanticscholar.org/CorpusID:215416146", "CorpusId:215416146"},
		{literature.S2, "https://www.semanticscholar.org/author/A.-Turing/2262347", "2262347"},
		{literature.S2, "CorpusId:", ""},
		{literature.S2, "0796f6cd", ""},

		{literature.ORCID, "0000-0002-1825-0097", "0000-0002-1825-0097"},
		{literature.ORCID, "https://orcid.org/0000-0002-1694-233x", "0000-0002-1694-233X"},
		{literature.ORCID, "ORCID: 0000000218250097", "0000-0002-1825-0097"},
		{literature.ORCID, "0000–0002–1825–0097", "0000-0002-1825-0097"},
		{literature.ORCID, "0000-0002-1825-0098", ""},
		{literature.ORCID, "0000-0002-1825-009", ""},
		{literature.ORCID, "0000-0002-1825-00x7", ""},

		{literature.ROR, "05dxps055", "05dxps055"},
		{literature.ROR, "https://ror.org/01AN7Q238", "01an7q238"},
		{literature.ROR, "05dxps056", ""},
		{literature.ROR, "05dxps05", ""},
		{literature.ROR, "05dxus055", ""},

		{literature.Wikidata, "q42", "Q42"},
		{literature.Wikidata, "http://www.wikidata.org/entity/Q42", "Q42"},
		{literature.Wikidata, "https://m.wikidata.org/wiki/Q42", "Q42"},
		{literature.Wikidata, "P31", ""},
		{literature.Wikidata, "Q", ""},

		{literature.ISBN, "978-1-939133-28-1", "9781939133281"},
		{literature.ISBN, "0-321-35668-3 (paperback)", "9780321356680"},
		{literature.ISBN, "0-8044-2957-X", "9780804429573"},
		{literature.ISBN, "ISBN-13: 978 1 939133 28 1", "9781939133281"},
		{literature.ISBN, "ISBN 0804429570", ""},
		{literature.ISBN, "9798400707124", "9798400707124"},
		{literature.ISBN, "9781939133282", ""},
		{literature.ISBN, "1933-6586", ""}, // an ISSN
		{literature.ISBN, "9771939133281", ""},

		{literature.BibKey, "DBLP:conf/osdi/X22", "DBLP:conf/osdi/X22"},
		{literature.BibKey, " Zhong:2022+a_b ", "Zhong:2022+a_b"},
		{literature.BibKey, "a,b", ""},
		{literature.BibKey, "a b", ""},
		{literature.BibKey, "", ""},

		{literature.URL, "HTTPS://Example.ORG:443/A/./b/../C/", "https://example.org/A/C"},
		{literature.URL, "http://example.org:80/", "http://example.org"},
		{literature.URL, "http://example.org:8080", "http://example.org:8080"},
		{literature.URL, "www.example.org/a", "https://www.example.org/a"},
		{literature.URL, "https://example.org/a?utm_source=x&b=2&&fbclid=1&a=1#part", "https://example.org/a?b=2&a=1"},
		{literature.URL, "https://example.org/?utm_medium=x", "https://example.org"},
		{literature.URL, "https://example.org/%7ezhong/%c3%a4/ä b", "https://example.org/~zhong/%C3%A4/%C3%A4%20b"},
		{literature.URL, "https://example.org/100%/x", "https://example.org/100%25/x"},
		{literature.URL, "https://example.org/wiki/Foo_(bar)", "https://example.org/wiki/Foo_(bar)"},
		{literature.URL, "https://EXAMPLE.org./", "https://example.org"},
		{literature.URL, "https://[2001:DB8::1]/x", "https://[2001:db8::1]/x"},
		{literature.URL, "https://例え.jp/x", "https://例え.jp/x"},
		{literature.URL, "https://doi.org/10.1145/3544216", "https://doi.org/10.1145/3544216"},
		{literature.URL, "https://user:secret@example.org/", ""},
		{literature.URL, "mailto:a@example.org", ""},
		{literature.URL, "javascript://example.org/", ""},
		{literature.URL, "example.org/a", ""},
		{literature.URL, "https:///a", ""},
		{literature.URL, "https://a b/c", ""},
		{literature.URL, "https://example.org/a\nb", ""},
		{literature.URL, "<Go to ISI>://000200148800014", ""},

		{"PMID", "17", ""},
		{"", "17", ""},
	}
	for _, test := range tests {
		got, err := literature.NewIdentifier(test.scheme, test.value)
		switch {
		case test.want == "":
			if err == nil {
				t.Errorf("NewIdentifier(%s, %q) = %v, want an error", test.scheme, test.value, got)
			} else if got != (literature.Identifier{}) {
				t.Errorf("NewIdentifier(%s, %q) gave %v beside the error %v", test.scheme, test.value, got, err)
			}
		case err != nil:
			t.Errorf("NewIdentifier(%s, %q): %v", test.scheme, test.value, err)
		default:
			if want := (literature.Identifier{Scheme: test.scheme, Value: test.want}); got != want {
				t.Errorf("NewIdentifier(%s, %q) = %v, want %v", test.scheme, test.value, got, want)
			}
			checkNormal(t, got)
		}
	}
}

func TestNewIdentifierErrors(t *testing.T) {
	tests := []struct {
		scheme      literature.IdentifierScheme
		value, want string // want is part of the message
	}{
		{literature.ORCID, "0000-0002-1825-0098", "check digit is 8, but 7 fits"},
		{literature.ISBN, "9781939133282", "check digit is 2, but 1 fits"},
		{literature.ISBN, "0804429570", "check digit is 0, but X fits"},
		{literature.ROR, "05dxps056", "check digits are 56, but 55 fit"},
		{literature.DOI, "see 10.1145/1", `"see" does not belong before a DOI`},
		{literature.ArXiv, "17", "looks like 2312.05531"},
		{"PMID", "17", "known are DOI, ARXIV, DBLP"},
	}
	for _, test := range tests {
		_, err := literature.NewIdentifier(test.scheme, test.value)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("NewIdentifier(%s, %q) says %v, want something with %q", test.scheme, test.value, err, test.want)
		}
	}
}

// A DOI of arXiv is the arXiv identifier, in whatever form it comes.
func TestArXivDOI(t *testing.T) {
	want := literature.Identifier{Scheme: literature.ArXiv, Value: "2302.10366"}
	for _, value := range []string{"10.48550/arXiv.2302.10366", "https://doi.org/10.48550/ARXIV.2302.10366v1", "doi:10.48550%2FarXiv.2302.10366"} {
		if got, err := literature.NewIdentifier(literature.DOI, value); err != nil || got != want {
			t.Errorf("NewIdentifier(DOI, %q) = %v, %v, want %v", value, got, err, want)
		}
		if got, ok := literature.ParseIdentifier(value); !ok || got != want {
			t.Errorf("ParseIdentifier(%q) = %v, %t, want %v", value, got, ok, want)
		}
	}
}

func TestParseIdentifier(t *testing.T) {
	tests := []struct {
		text   string
		scheme literature.IdentifierScheme
		value  string
	}{
		{"https://dl.acm.org/doi/10.1145/3672197.3673434", literature.DOI, "10.1145/3672197.3673434"},
		{"dl.acm.org/doi/abs/10.1145/3594255.3594256", literature.DOI, "10.1145/3594255.3594256"},
		{"(doi:10.1016/S0140-6736(05)67889-0).", literature.DOI, "10.1016/s0140-6736(05)67889-0"},
		{"<https://doi.org/10.1145/3603269.3604823>,", literature.DOI, "10.1145/3603269.3604823"},
		{"10.1145/3603269.3604823。", literature.DOI, "10.1145/3603269.3604823"},
		{"https://arxiv.org/abs/2302.10366", literature.ArXiv, "2302.10366"},
		{"https://arxiv.org/pdf/2312.05531v3.pdf", literature.ArXiv, "2312.05531"},
		{"arxiv.org/pdf/hep-th/9901001v3", literature.ArXiv, "hep-th/9901001"},
		{"2302.10366v2", literature.ArXiv, "2302.10366"},
		{"math.GT/0309136", literature.ArXiv, "math/0309136"},
		{"arXiv:2302.10366v1 [cs.OS]", literature.ArXiv, "2302.10366"},
		{"https://dblp.org/rec/conf/osdi/X22", literature.DBLP, "conf/osdi/X22"},
		{"DBLP:conf/osdi/X22", literature.DBLP, "conf/osdi/X22"},
		{"conf/osdi/X22", literature.DBLP, "conf/osdi/X22"},
		{"https://openalex.org/W4392024078", literature.OpenAlex, "W4392024078"},
		{"W4392024078", literature.OpenAlex, "W4392024078"},
		{"https://api.semanticscholar.org/CorpusID:215416146", literature.S2, "CorpusId:215416146"},
		{"CorpusID:215416146", literature.S2, "CorpusId:215416146"},
		{"https://orcid.org/0000-0002-1825-0097", literature.ORCID, "0000-0002-1825-0097"},
		{"0000-0002-1825-0097", literature.ORCID, "0000-0002-1825-0097"},
		{"ror.org/05dxps055", literature.ROR, "05dxps055"},
		{"https://www.wikidata.org/wiki/Q42", literature.Wikidata, "Q42"},
		{"wikidata:Q42", literature.Wikidata, "Q42"},
		{"ISBN 978-1-939133-28-1", literature.ISBN, "9781939133281"},
		{"ISBN-10: 0-321-35668-3", literature.ISBN, "9780321356680"},
		{"978-1-939133-28-1", literature.ISBN, "9781939133281"},
		{"https://www.usenix.org/conference/osdi22/presentation/zhong.", literature.URL, "https://www.usenix.org/conference/osdi22/presentation/zhong"},
		{"www.usenix.org/a", literature.URL, "https://www.usenix.org/a"},
		{"https://doi.org/", literature.URL, "https://doi.org"},
		{"https://arxiv.org/list/cs.OS/recent", literature.URL, "https://arxiv.org/list/cs.OS/recent"},
		{"https://dl.acm.org/doi/suppl/10.1145/3543668/suppl_file/a.pdf", literature.URL, "https://dl.acm.org/doi/suppl/10.1145/3543668/suppl_file/a.pdf"},
		{"https://github.com/xrp-project/XRP", literature.URL, "https://github.com/xrp-project/XRP"},
	}
	for _, test := range tests {
		got, ok := literature.ParseIdentifier(test.text)
		if want := (literature.Identifier{Scheme: test.scheme, Value: test.value}); !ok || got != want {
			t.Errorf("ParseIdentifier(%q) = %v, %t, want %v", test.text, got, ok, want)
		}
	}
	for _, text := range []string{
		"", " ", "XRP", "Q42", "W12", "0123456789", "0000000218250097", "0796f6cd7f0403a854d67d525e9b32af3b277331", "a/b", "a.b/c",
		"data/x", "doi:", "doi:10.12", "arXiv:17", "https://", "https://example.org and more", "mailto:a@example.org", "9781939133282",
		"example.org/a", "paper/xrp", "Isbn", "http://a b",
	} {
		if got, ok := literature.ParseIdentifier(text); ok || got != (literature.Identifier{}) {
			t.Errorf("ParseIdentifier(%q) = %v, %t, want nothing", text, got, ok)
		}
	}
}

func TestLink(t *testing.T) {
	tests := []struct {
		scheme      literature.IdentifierScheme
		value, want string
	}{
		{literature.DOI, "10.1145/3544216.3544259", "https://doi.org/10.1145/3544216.3544259"},
		{literature.DOI, "10.1002/a<b>#c?d", "https://doi.org/10.1002/a%3Cb%3E%23c%3Fd"},
		{literature.ArXiv, "hep-th/9901001", "https://arxiv.org/abs/hep-th/9901001"},
		{literature.DBLP, "conf/osdi/X22", "https://dblp.org/rec/conf/osdi/X22"},
		{literature.DBLP, "homepages/12/3456-1", "https://dblp.org/pid/12/3456-1"},
		{literature.OpenAlex, "W4392024078", "https://openalex.org/W4392024078"},
		{literature.S2, "CorpusId:215416146", "https://api.semanticscholar.org/CorpusId:215416146"},
		{literature.S2, "2262347", "https://www.semanticscholar.org/author/2262347"},
		{literature.S2, "0796f6cd7f0403a854d67d525e9b32af3b277331", "https://www.semanticscholar.org/paper/0796f6cd7f0403a854d67d525e9b32af3b277331"},
		{literature.S2, strings.Repeat("1", 40), "https://www.semanticscholar.org/paper/" + strings.Repeat("1", 40)},
		{literature.ORCID, "0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097"},
		{literature.ROR, "05dxps055", "https://ror.org/05dxps055"},
		{literature.Wikidata, "Q42", "https://www.wikidata.org/wiki/Q42"},
		{literature.ISBN, "9781939133281", "https://openlibrary.org/isbn/9781939133281"},
		{literature.URL, "https://example.org/a", "https://example.org/a"},
	}
	for _, test := range tests {
		id := literature.Identifier{Scheme: test.scheme, Value: test.value}
		if link := id.Link(); link == nil || *link != test.want {
			t.Errorf("%v leads to %v, want %s", id, link, test.want)
		}
	}
	if link := (literature.Identifier{Scheme: literature.BibKey, Value: "x"}).Link(); link != nil {
		t.Errorf("a BibTeX key leads to %s, want nil", *link)
	}
}

func TestIsStrong(t *testing.T) {
	want := map[literature.IdentifierScheme]bool{
		literature.DOI: true, literature.ArXiv: true, literature.DBLP: true, literature.OpenAlex: true, literature.S2: true,
		literature.ORCID: true, literature.ROR: true, literature.Wikidata: true,
	}
	for _, scheme := range append(literature.IdentifierSchemes(), "PMID") {
		if got := (literature.Identifier{Scheme: scheme}).IsStrong(); got != want[scheme] {
			t.Errorf("%s is strong: %t, want %t", scheme, got, want[scheme])
		}
	}
}

// checkNormal fails where an identifier is not the normal form of itself, or its link does not lead back to it.
func checkNormal(t interface{ Errorf(string, ...any) }, id literature.Identifier) {
	again, err := literature.NewIdentifier(id.Scheme, id.Value)
	if err != nil || again != id {
		t.Errorf("normalising %q again gives %q, %v", id, again, err)
	}
	if link := id.Link(); link != nil && id.IsStrong() {
		if back, ok := literature.ParseIdentifier(*link); !ok || back != id {
			t.Errorf("%q leads to %s, which is read as %q, %t", id, *link, back, ok)
		}
	}
}

// Values put together from the pieces that real ones are made of get further into the parsers than random bytes.
func TestNormalIsStable(t *testing.T) {
	pieces := rapid.SampledFrom([]string{
		"https://", "http://", "www.", "doi.org", "dl.acm.org", "arxiv.org", "dblp.org", "example.org", ":443", "/", "abs", "pdf", "doi", "rec",
		"pid", "conf", "10.", "1145", "48550", "arXiv.", "2302.10366", "hep-th", "9901001", "v1", ".pdf", ".html", "%2F", "%25", "%", "(", ")",
		"<", ">", ".", ",", ";", ":", "?", "#", "&", "utm_x=1", "a=1", " ", "..", "W", "Q", "123", "X", "-", "ä", "數", "。", "978", "ISBN",
		"[", "]", "[cs.OS]", "homepages", "CorpusId:", "\u00a0", "İ", "~",
	})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(pieces, 1, 9).Draw(t, "pieces"), "")
		for _, scheme := range literature.IdentifierSchemes() {
			if id, err := literature.NewIdentifier(scheme, text); err == nil {
				checkNormal(t, id)
			}
		}
		if id, ok := literature.ParseIdentifier(text); ok {
			checkNormal(t, id)
		}
	})
}

func FuzzParseIdentifier(f *testing.F) {
	for _, seed := range []string{
		"https://doi.org/10.1145/3544216.3544259", "arXiv:2302.10366v1 [cs.OS]", "hep-th/9901001", "DBLP:conf/osdi/X22", "W4392024078",
		"CorpusID:215416146", "0000-0002-1825-0097", "https://ror.org/05dxps055", "ISBN 0-321-35668-3 (paperback)",
		"HTTPS://Example.org:443/a/../b/?utm_source=x#y", "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if id, ok := literature.ParseIdentifier(text); ok {
			checkNormal(t, id)
		}
		for _, scheme := range literature.IdentifierSchemes() {
			if id, err := literature.NewIdentifier(scheme, text); err == nil {
				checkNormal(t, id)
			}
		}
	})
}

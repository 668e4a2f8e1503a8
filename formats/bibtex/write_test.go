package bibtex_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"github.com/papergraph/papergraph/formats/bibtex"
	"github.com/papergraph/papergraph/literature"
)

func english(text string) []literature.LocalizedText {
	return []literature.LocalizedText{{Value: text, Locale: literature.English}}
}

func paper(slug, title string) *literature.Paper {
	return &literature.Paper{Base: literature.Base{ID: literature.NewID(literature.KindPaper, slug), Labels: english(title)}, Type: literature.OtherPaper}
}

func author(name string) *literature.Author {
	return &literature.Author{Base: literature.Base{ID: "author/a", Labels: english(name)}}
}

func write(t interface{ Fatal(...any) }, dialect bibtex.Dialect, entries ...literature.Entry) string {
	var b bytes.Buffer
	if err := bibtex.Write(&b, entries, dialect); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTitles(t *testing.T) {
	tests := []struct{ title, bibtex, biblatex string }{
		{"BMC: Accelerating Memcached", `{BMC}: Accelerating Memcached`, `{BMC}: Accelerating Memcached`},
		{"λ-IO: A Unified IO Stack", `{$\lambda$-IO}: A Unified {IO} Stack`, `{λ-IO}: A Unified {IO} Stack`},
		{"50% of R&D costs $5 #1 in a_b", `50\% of {R\&D} costs \$5 \#1 in a\_b`, `50\% of {R\&D} costs \$5 \#1 in a\_b`},
		{`Unbalanced } and { and \`, `Unbalanced \textbraceright{} and \textbraceleft{} and \textbackslash{}`, `Unbalanced \textbraceright{} and \textbraceleft{} and \textbackslash{}`},
		{"~x^2 < y|z", `\textasciitilde{}x\textasciicircum{}2 \textless{} y\textbar{}z`, `\textasciitilde{}x\textasciicircum{}2 \textless{} y\textbar{}z`},
		{"Häagen, Erdős, Çelebi, Łódź, naïve", `H{\"a}agen, Erd{\H{o}}s, {\c{C}}elebi, {\L}{\'o}d{\'z}, na{\"\i}ve`, "Häagen, Erdős, Çelebi, Łódź, naïve"},
		{"Pages 1–2 — “so”", "Pages 1--2 --- {``}so{''}", "Pages 1–2 — “so”"},
		{"a--b ''c''", `a-{}-b '{}'c'{}'`, `a-{}-b '{}'c'{}'`},
		{"操作系统 and ελ", `操作系统 and $\varepsilon$$\lambda$`, "操作系统 and ελ"},
		{"In-Kernel Storage (eBPF)!", `In-Kernel Storage ({eBPF})!`, `In-Kernel Storage ({eBPF})!`},
		{"two\nlines\tand  spaces", "two lines and spaces", "two lines and spaces"},
	}
	for _, test := range tests {
		t.Run(test.title, func(t *testing.T) {
			for dialect, want := range map[bibtex.Dialect]string{bibtex.BibTeX: test.bibtex, bibtex.BibLaTeX: test.biblatex} {
				if got := write(t, dialect, literature.Entry{Paper: paper("p", test.title)}); got != "@misc{p,\n  title = {"+want+"},\n}\n" {
					t.Errorf("want title %s, got\n%s", want, got)
				}
			}
		})
	}
}

func TestNames(t *testing.T) {
	names := []string{"Ludwig van Beethoven", "Guy L. Steele Jr.", "Jacob Van Geffen", "Frédéric Besson", "王伟", "Plato", "Anders And", "Rand and Sons"}
	e := literature.Entry{Paper: paper("p", "x"), MoreAuthors: true}
	for _, name := range names {
		e.Authors = append(e.Authors, author(name))
	}
	want := `author = {van Beethoven, Ludwig and Steele, Jr., Guy L. and Van Geffen, Jacob and Besson, Fr{\'e}d{\'e}ric and {王伟} and {Plato} and {And}, Anders and {and} Sons, Rand and others}`
	if got := write(t, bibtex.BibTeX, e); !strings.Contains(got, want) {
		t.Errorf("%s\nmisses %s", got, want)
	}
}

func TestEntryTypes(t *testing.T) {
	year := 2024
	edition := &literature.Venue{Base: literature.Base{ID: "venue/e", Labels: english("E '24"), Aliases: []string{"1st Symposium on Everything"}}, Type: literature.Edition, Year: &year, Location: "Oslo, Norway"}
	journal := &literature.Venue{Base: literature.Base{ID: "venue/j", Labels: english("J & K")}, Type: literature.Journal}
	server := &literature.Venue{Base: literature.Base{ID: "venue/arxiv", Labels: english("arXiv")}, Type: literature.PreprintServer}
	tests := []struct {
		kind             literature.PaperType
		venue            *literature.Venue
		published        string
		bibtex, biblatex string
	}{
		{literature.Article, journal, "2022-07-11", "@article journal year month volume number pages publisher", "@article journaltitle date volume number pages publisher"},
		{literature.ConferencePaper, edition, "2022-07", "@inproceedings booktitle series address year month volume number pages publisher", "@inproceedings booktitle series venue date volume number pages publisher"},
		{literature.WorkshopPaper, edition, "", "@inproceedings booktitle series address year volume number pages publisher", "@inproceedings booktitle series venue date volume number pages publisher"},
		{literature.Preprint, server, "2022", "@misc howpublished year volume number pages", "@online organization date volume number pages"},
		{literature.Book, nil, "2022", "@book year volume number pages publisher", "@book date volume number pages publisher"},
		{literature.Chapter, edition, "2022", "@incollection booktitle series address year volume number pages publisher", "@incollection booktitle series venue date volume number pages publisher"},
		{literature.Thesis, nil, "2022", "@phdthesis year volume number pages type school", "@thesis date volume number pages type institution"},
		{literature.Report, nil, "2022", "@techreport year volume number pages institution", "@report date volume number pages type institution"},
		{literature.Dataset, nil, "", "@misc volume number pages publisher", "@dataset volume number pages publisher"},
		{literature.OtherPaper, nil, "2022", "@misc howpublished year volume number pages", "@misc organization date volume number pages"},
	}
	shape := regexp.MustCompile(`(?m)^(@\w+)|^  (\w+) = `)
	for _, test := range tests {
		t.Run(string(test.kind), func(t *testing.T) {
			p := paper("p", "x")
			p.Type, p.PublishedOn, p.Volume, p.Issue, p.Pages, p.Publisher = test.kind, test.published, "1", "2", "3-4", "P"
			for dialect, want := range map[bibtex.Dialect]string{bibtex.BibTeX: test.bibtex, bibtex.BibLaTeX: test.biblatex} {
				var got []string
				for _, m := range shape.FindAllStringSubmatch(write(t, dialect, literature.Entry{Paper: p, Venue: test.venue}), -1) {
					if name := m[1] + m[2]; name != "title" {
						got = append(got, name)
					}
				}
				if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			}
		})
	}
}

func TestIdentifiers(t *testing.T) {
	p := paper("p", "x")
	p.IsRetracted = true
	p.Abstracts = english("100% of it.\n\nReally.")
	p.Identifiers = []literature.Identifier{
		{Scheme: literature.DOI, Value: "10.1007/978-3_4{5"}, {Scheme: literature.ArXiv, Value: "2102.09980"}, {Scheme: literature.URL, Value: "https://a.example/~b_c%20d?e=1&f#g"},
	}
	want := `@misc{p,
  title = {x},
  doi = {10.1007/978-3_4%7B5},
  eprint = {2102.09980},
  eprinttype = {arxiv},
  url = {https://a.example/~b_c%20d?e=1&f#g},
  note = {Retracted},
  abstract = {100\% of it. Really.},
}
`
	if diff := cmp.Diff(want, write(t, bibtex.BibLaTeX, literature.Entry{Paper: p})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestRoundTrip writes any title and any names and reads them back with the reader below, which counts braces as BibTeX does.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.OneOf(rapid.RuneFrom([]rune("aB9 {}\\$&%#_^~<>|-'`\"!?,.éÅßøłığőçλΩ王ạ–—“”×… ")), rapid.Rune()), 1, 40, -1)
		clean := func(s string) string {
			return strings.Join(strings.Fields(norm.NFKC.String(strings.Map(func(c rune) rune {
				if unicode.IsControl(c) || c == unicode.ReplacementChar {
					return -1
				}
				return c
			}, s))), " ")
		}
		title := clean(text.Draw(t, "title"))
		word := rapid.StringMatching(`[\pL&%$#{}\\_~^,'` + "`" + `.-]{0,5}[\pL]`)
		names := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string {
			return strings.ReplaceAll(clean(strings.Join(rapid.SliceOfN(word, 1, 4).Draw(t, "words"), " ")), ", ", ",")
		}), 0, 3).Draw(t, "names")
		dialect := bibtex.Dialect(rapid.IntRange(0, 1).Draw(t, "dialect"))
		e := literature.Entry{Paper: paper("p", title)}
		for _, name := range names {
			e.Authors = append(e.Authors, author(name))
		}
		file := write(t, dialect, e)
		fields, err := readEntry(file)
		if err != nil {
			t.Fatalf("%v in\n%s", err, file)
		}
		if got := plain(fields["title"]); got != title {
			t.Errorf("title %q came back as %q from\n%s", title, got, file)
		}
		var got []string
		for _, name := range splitOutside(fields["author"], " and ") {
			parts := splitOutside(name, ", ")
			for i := range parts {
				parts[i] = plain(parts[i])
			}
			if len(parts) > 1 { // First Last, Suffix comes as Last, Suffix, First
				parts = append(parts[len(parts)-1:], parts[:len(parts)-1]...)
			}
			got = append(got, strings.TrimSpace(strings.Join(parts, " ")))
		}
		var want []string
		for _, name := range names {
			want = append(want, literature.SplitName(name).String())
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("names (-want +got):\n%s\nfrom\n%s", diff, file)
		}
	})
}

// readEntry reads the fields of one entry; braces must balance, and outside of them nothing may stand but the syntax.
func readEntry(file string) (map[string]string, error) {
	_, rest, ok := strings.Cut(file, "{p,\n")
	if !ok {
		return nil, fmt.Errorf("no entry")
	}
	fields := make(map[string]string)
	for rest != "}\n" {
		name, value, ok := strings.Cut(rest, " = {")
		end := matching(value)
		if !ok || end < 0 || !strings.HasPrefix(value[end:], "},\n") {
			return nil, fmt.Errorf("malformed at %.60q", rest)
		}
		fields[strings.TrimSpace(name)], rest = value[:end], value[end+len("},\n"):]
	}
	return fields, nil
}

// matching is the place of the brace that closes what was open before s.
func matching(s string) int {
	depth := 1
	for i, c := range s {
		switch c {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// splitOutside splits where a separator stands outside of braces.
func splitOutside(s, separator string) []string {
	if s == "" {
		return nil
	}
	var parts []string
	depth, start := 0, 0
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '{':
			depth++
		case s[i] == '}':
			depth--
		case depth == 0 && strings.HasPrefix(s[i:], separator):
			parts = append(parts, s[start:i])
			start = i + len(separator)
		}
	}
	return append(parts, s[start:])
}

// plain is what LaTeX prints.
func plain(s string) string {
	accent := regexp.MustCompile(`\{\\(["'` + "`" + `^~=.])\\?(\pL)\}|\{\\([uvHrcdk])\{\\?(\pL)\}\}`)
	marks := map[string]string{"`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307", `"`: "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328"}
	s = accent.ReplaceAllStringFunc(s, func(a string) string {
		m := accent.FindStringSubmatch(a)
		return norm.NFC.String(m[2] + m[4] + marks[m[1]+m[3]])
	})
	var b strings.Builder
	for i := 0; i < len(s); {
		rest := s[i:]
		switch match := longest(rest); {
		case match != "":
			b.WriteString(printed[match])
			i += len(match)
		case rest[0] == '{' || rest[0] == '}':
			i++
		default:
			b.WriteByte(rest[0])
			i++
		}
	}
	return b.String()
}

// printed is what LaTeX makes of commands and ligatures; a special character keeps what stands in braces behind it apart.
var printed = map[string]string{
	`\textbackslash{}`: `\`, `\textbraceleft{}`: "{", `\textbraceright{}`: "}", `\$`: "$", `\&`: "&", `\#`: "#", `\_`: "_", `\%`: "%", `\textasciitilde{}`: "~",
	`\textasciicircum{}`: "^", `\textless{}`: "<", `\textgreater{}`: ">", `\textbar{}`: "|", "~": "\u00a0", "---": "—", "--": "–", "``": "“", "''": "”", "{`}": "‘", "{'}": "’",
	"{``}": "“", "{''}": "”", `\ldots{}`: "…", `{\ss}`: "ß", `{\ae}`: "æ", `{\AE}`: "Æ", `{\oe}`: "œ", `{\OE}`: "Œ", `{\o}`: "ø", `{\O}`: "Ø", `{\l}`: "ł", `{\L}`: "Ł", `{\aa}`: "å",
	`{\AA}`: "Å", `{\i}`: "ı", "!`": "¡", "?`": "¿", `$\times$`: "×", `$\lambda$`: "λ", `$\Omega$`: "Ω", "{}": "", `\dag{}`: "†", `\S{}`: "§", `\copyright{}`: "©", `$\pm$`: "±", `$\cdot$`: "·",
	`$\leq$`: "≤", `$\geq$`: "≥", `$\approx$`: "≈", `$\neq$`: "≠", `$\rightarrow$`: "→", `$\infty$`: "∞",
	`$\alpha$`: "α", `$\beta$`: "β", `$\gamma$`: "γ", `$\delta$`: "δ", `$\varepsilon$`: "ε", `$\zeta$`: "ζ", `$\eta$`: "η", `$\theta$`: "θ", `$\iota$`: "ι", `$\kappa$`: "κ", `$\mu$`: "μ",
	`$\nu$`: "ν", `$\xi$`: "ξ", `$\pi$`: "π", `$\rho$`: "ρ", `$\sigma$`: "σ", `$\tau$`: "τ", `$\upsilon$`: "υ", `$\varphi$`: "φ", `$\chi$`: "χ", `$\psi$`: "ψ", `$\omega$`: "ω",
	`$\Gamma$`: "Γ", `$\Delta$`: "Δ", `$\Theta$`: "Θ", `$\Lambda$`: "Λ", `$\Xi$`: "Ξ", `$\Pi$`: "Π", `$\Sigma$`: "Σ", `$\Phi$`: "Φ", `$\Psi$`: "Ψ",
}

func longest(s string) string {
	best := ""
	for command := range printed {
		if len(command) > len(best) && strings.HasPrefix(s, command) {
			best = command
		}
	}
	return best
}

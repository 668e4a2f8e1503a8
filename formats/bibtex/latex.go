package bibtex

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// special are the characters that LaTeX gives a meaning. Braces become commands, since BibTeX counts them wherever they stand.
var special = map[rune]string{
	'\\': `\textbackslash{}`, '{': `\textbraceleft{}`, '}': `\textbraceright{}`, '$': `\$`, '&': `\&`, '#': `\#`, '_': `\_`, '%': `\%`,
	'~': `\textasciitilde{}`, '^': `\textasciicircum{}`, '<': `\textless{}`, '>': `\textgreater{}`, '|': `\textbar{}`, '\u00a0': `~`,
}

// commands are the characters outside ASCII that every LaTeX can set.
var commands = map[rune]string{
	'–': `--`, '—': `---`, '‘': "{`}", '’': `{'}`, '“': "{``}", '”': `{''}`, '…': `\ldots{}`, '†': `\dag{}`, '§': `\S{}`, '©': `\copyright{}`,
	'ß': `{\ss}`, 'æ': `{\ae}`, 'Æ': `{\AE}`, 'œ': `{\oe}`, 'Œ': `{\OE}`, 'ø': `{\o}`, 'Ø': `{\O}`, 'ł': `{\l}`, 'Ł': `{\L}`, 'å': `{\aa}`, 'Å': `{\AA}`, 'ı': `{\i}`,
	'¡': "!`", '¿': "?`", '×': `$\times$`, '±': `$\pm$`, '≤': `$\leq$`, '≥': `$\geq$`, '≈': `$\approx$`, '≠': `$\neq$`, '→': `$\rightarrow$`, '∞': `$\infty$`, '·': `$\cdot$`,
	'α': `$\alpha$`, 'β': `$\beta$`, 'γ': `$\gamma$`, 'δ': `$\delta$`, 'ε': `$\varepsilon$`, 'ζ': `$\zeta$`, 'η': `$\eta$`, 'θ': `$\theta$`, 'ι': `$\iota$`,
	'κ': `$\kappa$`, 'λ': `$\lambda$`, 'μ': `$\mu$`, 'µ': `$\mu$`, 'ν': `$\nu$`, 'ξ': `$\xi$`, 'π': `$\pi$`, 'ρ': `$\rho$`, 'σ': `$\sigma$`, 'τ': `$\tau$`,
	'υ': `$\upsilon$`, 'φ': `$\varphi$`, 'χ': `$\chi$`, 'ψ': `$\psi$`, 'ω': `$\omega$`, 'Γ': `$\Gamma$`, 'Δ': `$\Delta$`, 'Θ': `$\Theta$`, 'Λ': `$\Lambda$`,
	'Ξ': `$\Xi$`, 'Π': `$\Pi$`, 'Σ': `$\Sigma$`, 'Φ': `$\Phi$`, 'Ψ': `$\Psi$`, 'Ω': `$\Omega$`,
}

// accents are the commands of combining characters.
var accents = map[rune]string{
	'\u0300': "`", '\u0301': "'", '\u0302': "^", '\u0303': "~", '\u0304': "=", '\u0306': "u", '\u0307': ".", '\u0308': `"`, '\u030a': "r", '\u030b': "H", '\u030c': "v",
	'\u0323': "d", '\u0327': "c", '\u0328': "k",
}

// escape writes a text so that LaTeX prints it as it is, with every run of white space as one space.
func (w *entry) escape(s string) string {
	var b strings.Builder
	var before rune
	for _, c := range strings.Join(strings.Fields(s), " ") {
		if ligature(before, c) {
			b.WriteString("{}")
		}
		before = c
		switch {
		case special[c] != "":
			b.WriteString(special[c])
		case c > unicode.MaxASCII && w.dialect == BibTeX:
			b.WriteString(command(c))
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}

// ligature tells that LaTeX could make one character of two, as they are written.
func ligature(a, b rune) bool {
	const dashes = "-–—"
	return a == b && strings.ContainsRune("'`,", a) || strings.ContainsRune(dashes, a) && strings.ContainsRune(dashes, b) || b == '`' && (a == '!' || a == '?')
}

// command is the command for a character outside ASCII, or the character where there is none.
func command(c rune) string {
	if known := commands[c]; known != "" {
		return known
	}
	parts := []rune(norm.NFD.String(string(c)))
	if len(parts) != 2 || parts[0] > unicode.MaxASCII || accents[parts[1]] == "" {
		return string(c)
	}
	letter, accent := string(parts[0]), accents[parts[1]]
	if letter == "i" || letter == "j" {
		letter = `\` + letter
	}
	if unicode.IsLetter(rune(accent[0])) {
		return `{\` + accent + `{` + letter + `}}`
	}
	return `{\` + accent + letter + `}`
}

// protected is a title in which braces keep words such as BMC and eBPF as they are written, whatever a style does with the others.
func (w *entry) protected(title string) string {
	words := strings.Fields(title)
	for i, word := range words {
		if !isSpelled(word) {
			words[i] = w.escape(word)
			continue
		}
		// Punctuation stays outside: a colon tells styles that the next word begins a subtitle.
		core := strings.TrimRightFunc(strings.TrimLeftFunc(word, unicode.IsPunct), unicode.IsPunct)
		before, after, _ := strings.Cut(word, core)
		words[i] = w.escape(before) + "{" + w.escape(core) + "}" + w.escape(after)
	}
	return strings.Join(words, " ")
}

// isSpelled tells that a word means something in its very capitals: one that has a capital behind another letter, or several and no small letter.
func isSpelled(word string) bool {
	var before rune
	capitals, small := 0, 0
	for _, c := range word {
		switch {
		case unicode.IsUpper(c) && (unicode.IsLetter(before) || unicode.IsDigit(before)):
			return true
		case unicode.IsUpper(c):
			capitals++
		case unicode.IsLower(c):
			small++
		}
		before = c
	}
	return capitals > 1 && small == 0
}

// verbatim keeps the braces of an address balanced, by writing them as its percent codes.
func verbatim(address string) string {
	return strings.NewReplacer("{", "%7B", "}", "%7D", `\`, "%5C", " ", "%20").Replace(address)
}

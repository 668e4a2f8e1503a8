package literature

import (
	"slices"
	"strings"
	"unicode"
)

// PersonName is a name in the parts by which bibliographies sort and shorten it.
type PersonName struct {
	// Given is "" in a name of one part: of one word, or of a script that writes no spaces.
	Given string
	// Particle stands before the family name and does not sort: van, de la.
	Particle string
	Family   string
	// Suffix is Jr., Sr., II, III or IV.
	Suffix string
}

// SplitName takes a printed name apart, as BibTeX does: words in lower case before the last word are the particle, what stands before it is given. A comma
// parts family from given name. Words such as Van and Ben (Jacob Van Geffen, Ran Ben Basat) belong to the family name. A number behind the name, by which DBLP
// tells namesakes apart, is left out. A name with a Chinese, Japanese or Korean character is one part.
func SplitName(name string) PersonName {
	words := strings.Fields(name)
	if n := len(words); n > 1 && len(words[n-1]) == 4 && isDigits(words[n-1]) {
		words = words[:n-1]
	}
	whole := strings.Join(words, " ")
	if strings.ContainsFunc(whole, func(c rune) bool {
		return unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
	}) {
		return PersonName{Family: whole}
	}
	var n PersonName
	if family, rest, ok := strings.Cut(whole, ", "); ok {
		if given, suffix, both := strings.Cut(rest, ", "); both && isSuffix(given) {
			n.Suffix, rest = given, suffix
		} else if both && isSuffix(suffix) {
			n.Suffix, rest = suffix, given
		}
		if !isSuffix(rest) {
			words = strings.Fields(family)
			n.Given, n.Particle, n.Family = rest, strings.Join(words[:particles(words)], " "), strings.Join(words[particles(words):], " ")
			return n
		}
		n.Suffix, words = rest, strings.Fields(family)
	}
	if last := len(words) - 1; last > 1 && isSuffix(words[last]) {
		n.Suffix, words = words[last], words[:last]
	}
	if len(words) == 0 {
		return n
	}
	given := 0
	for given < len(words)-1 && (!isLower(words[given]) || given == 0 && !slices.Contains(familyWords, strings.ToLower(words[0]))) {
		if given > 0 && slices.Contains(familyWords, strings.ToLower(words[given])) {
			break
		}
		given++
	}
	rest := words[given:]
	n.Given, n.Particle, n.Family = strings.Join(words[:given], " "), strings.Join(rest[:particles(rest)], " "), strings.Join(rest[particles(rest):], " ")
	return n
}

// particles counts the words up to the last one in lower case; the last word is never among them.
func particles(words []string) int {
	for n := len(words) - 1; n > 0; n-- {
		if isLower(words[n-1]) {
			return n
		}
	}
	return 0
}

// familyWords begin a family name of several words also where they are written large.
var familyWords = strings.Fields("al ben bin de del della den der di dos du el ibn la le ter van von")

func isLower(word string) bool {
	for _, c := range word {
		if unicode.IsLetter(c) {
			return unicode.IsLower(c)
		}
	}
	return false
}

func isSuffix(word string) bool {
	return slices.Contains([]string{"jr", "sr", "ii", "iii", "iv"}, strings.ToLower(strings.TrimSuffix(word, ".")))
}

// IsWhole tells that the name has one part only.
func (n PersonName) IsWhole() bool { return n.Given == "" && n.Particle == "" }

// Last is the particle and the family name.
func (n PersonName) Last() string { return join(n.Particle, n.Family) }

// String is the name as it is printed: Given Particle Family Suffix.
func (n PersonName) String() string { return join(n.Given, n.Last(), n.Suffix) }

// Initials shortens the given names: J.-P. for Jean-Pierre, K. K. for K. K.
func (n PersonName) Initials() string {
	words := strings.Fields(n.Given)
	for i, word := range words {
		parts := strings.Split(word, "-")
		for j, part := range parts {
			for _, c := range part {
				parts[j] = string(c) + "."
				break
			}
		}
		words[i] = strings.Join(parts, "-")
	}
	return strings.Join(words, " ")
}

func join(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " ")
}

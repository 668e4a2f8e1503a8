package analysis

// Version tells what this analyzer makes of texts. A store keeps the one that its index was made with, and makes the index anew when it meets another.
//
// Raise it with every change of any token, stem, [NameKey] or [SortKey] of any text: of the rules here, of the stemmer, the collation or the Han table, or of the
// Unicode tables of Go and golang.org/x/text. TestVersion fails where that was forgotten.
const Version = 1

// Package analysis turns text into tokens: one analyzer for every store and every query, so that two engines
// can only find the same things. It also gives the keys by which names are compared and sorted. It knows
// nothing of papers, stores or search syntaxes; it is safe for concurrent use.
//
// # From text to tokens
//
// Text is folded first (see fold.go): NFKC with its width forms, case, accents of Latin and Greek letters,
// Traditional to Simplified Chinese character by character, invisible characters dropped. Then it is cut
// into words by UAX #29 and at every change between word letters and the ideographic scripts:
//
//   - A token holds letters, marks and digits only, so a list of tokens joined by spaces reads the same for
//     SQLite's ascii tokenizer and Lucene's whitespace analyzer, and no character in it can be syntax.
//   - Where UAX #29 keeps a word together that holds other characters, its parts become tokens that are
//     Joined: 3.14 is "3 14", io_uring "io uring", e.g. "e g", O'Neil "o neil". The same holds for parts joined
//     by one hyphen (or en dash): key-value is "key value". XDP/eBPF is two words, 5.12% is "5 12", C++ is "c".
//   - The English possessive is dropped: user's is "user".
//   - A run of Han, Kana, Hangul and Bopomofo becomes one token for each of its characters: the character with
//     its successor, and the last one alone (Tail). 键值存储 is "键值 值存 存储 储". So every character
//     begins a token, and a query of one character is the prefix of some token wherever it stands.
//   - Scripts without spaces that UAX #29 leaves alone (Thai, Lao, Khmer …) give Joined tokens of one character.
//   - Greek letters stay as they are: λ-IO is "λ io". It is found as lambda-io only through an alias, because
//     nothing tells a letter used as a name from a Greek word.
//   - Emoji and other symbols give no token. Tokens are cut at MaxTokenBytes.
//
// Every token has a surface and a stem. Stems are English (Snowball) for tokens of the letters a to z; any
// other stem equals its surface. Both streams run in parallel: index i of one is index i of the other.
//
// # Fields and queries
//
// A [Field] is the analysed values of one field, a [Separator] between two values. Because Parse can never
// yield a Separator, a phrase never runs across two values, in an engine just as in [Query.Matches].
//
// An engine keeps two indexed texts per field, surfaces and stems, each joined by spaces, and translates each
// [Term] of a [Query]. FTS5 (tokenize='ascii'): Word `stems : "t"`, Phrase `surfaces : "t1 t2"`, Prefix
// `surfaces : "t1 t2" *`. Lucene's classic syntax has no phrase that ends in a prefix: ask for +t1 +t2* and keep
// the hits whose surfaces, with a space put before and after, contain " t1 t2".
package analysis

package store

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/literature"
)

// Query is a parsed text query beside the text it was read from, which the first tier of Search compares with names. The zero Query is empty.
type Query struct {
	analysis.Query
	Text string
}

// HasPositive tells whether some term says what must occur; without one there is nothing to look for.
func (q Query) HasPositive() bool { return !q.Empty() && !q.OnlyNegative() }

// ParseQuery reads the query language of package analysis: words (all must match), "quoted phrases", -not and prefix*. A query that breaks a limit is ErrInvalid.
func ParseQuery(text string) (Query, error) { return parseQuery(text, analysis.Parse) }

// ParsePrefix reads what somebody is still typing: words, the last of which may be only begun. A text that breaks a limit is ErrInvalid.
func ParsePrefix(text string) (Query, error) { return parseQuery(text, analysis.ParsePrefix) }

func parseQuery(text string, parse func(string) (analysis.Query, error)) (Query, error) {
	query, err := parse(text)
	if err != nil {
		return Query{}, fmt.Errorf("%w: text query: %w", ErrInvalid, err)
	}
	return Query{Query: query, Text: text}, nil
}

// NameTexts are the texts by which an entity is known: its labels in all languages, then its aliases.
func NameTexts(e literature.Entity) []string {
	base := e.Common()
	texts := make([]string, 0, len(base.Labels)+len(base.Aliases))
	for _, label := range base.Labels {
		texts = append(texts, label.Value)
	}
	return append(texts, base.Aliases...)
}

// SearchText is what full-text search looks through beside the names (see NameTexts): summaries, and for a paper its abstracts and the labels, in all languages, of the entities in joined.
// A phrase never runs across two of these texts.
func SearchText(e literature.Entity, joined []literature.Entity) []string {
	var texts []string
	add := func(localized []literature.LocalizedText) {
		for _, text := range localized {
			texts = append(texts, text.Value)
		}
	}
	add(e.Common().Summaries)
	if paper, ok := e.(*literature.Paper); ok {
		add(paper.Abstracts)
		for _, other := range joined {
			add(other.Common().Labels)
		}
	}
	return texts
}

// IsCounted tells whether a record is a paper and no stub: those are what document frequencies and the numbers behind idf count.
func IsCounted(record literature.Record) bool {
	paper, ok := record.(*literature.Paper)
	return ok && !paper.IsStub
}

// Searched lists the kinds of outgoing relation whose targets lend their labels to a paper's search text, in the order of SearchText's joined (within a kind by id).
func Searched() []literature.RelationKind {
	return []literature.RelationKind{
		literature.AuthoredBy, literature.PublishedIn, literature.About,
		literature.Introduces, literature.Uses, literature.Extends, literature.ComparesWith,
	}
}

// TextQuery asks for entities by words.
type TextQuery struct {
	// Query must hold at least one positive term, else ErrInvalid.
	Query Query
	// Kinds restricts the answer; none: all kinds.
	Kinds []literature.EntityKind
	// Filter restricts it further; its text, if any, counts for no tier.
	Filter    *Filter
	Page      Page
	WithTotal bool
	// NamesOnly searches labels and aliases only, as suggestions do; what the query excludes is looked for there only too.
	NamesOnly bool
}

// Hit is one entity found. Position.Keys are tier and citedBy.
type Hit struct {
	Entity   literature.Entity
	Tier     int
	Position Position
}

// HitPage is one page of hits.
type HitPage struct {
	Items []Hit
	PageInfo
}

// PostingQuery asks where stems occur.
type PostingQuery struct {
	// Tokens are lists of stems as analysis makes them, at most MaxKeys in all.
	Tokens []Tokens
	// Limit is the greatest document frequency up to which a token's postings are listed; 0 lists none.
	Limit int
	// Rarest, if positive, is how many tokens of each list the answer holds: the first, as RankedToken compares them, of those whose document frequency is at most Limit and at least
	// Beyond, which is at most MaxKeys, more than the texts that hold the token. Other tokens are left out, however frequent, which spares the store from counting them. 0 asks for all.
	Rarest, Beyond int
}

// Tokens is a list of stems, with how many of the texts that it was made of hold each, 1 to MaxKeys: 1 where there is one text.
type Tokens map[string]int

// RankedToken is a token of a list among those that Rarest may ask for: so many of the list's texts hold it, and so many papers.
type RankedToken struct {
	Token                    string
	Texts, DocumentFrequency int
}

// Compare puts first what most joins the list's texts: every text but one that holds a token counts its WordIDF. Equal tokens, as are all that one text holds, stand by document
// frequency, rarest first, then by token. A token never stands further behind for being rarer.
func (a RankedToken) Compare(b RankedToken, documents int) int {
	if a.Texts != b.Texts { // else the rarer is worth more, or both are worth nothing
		worth := func(r RankedToken) float64 { return float64(r.Texts-1) * WordIDF(documents, r.DocumentFrequency) }
		if order := cmp.Compare(worth(b), worth(a)); order != 0 {
			return order
		}
	}
	return cmp.Or(cmp.Compare(a.DocumentFrequency, b.DocumentFrequency), cmp.Compare(a.Token, b.Token))
}

// WordIDF is ln(1 + (N - df + 0.5) ÷ (df + 0.5)), the idf of BM25, of a token that df of N papers hold.
func WordIDF(documents, df int) float64 {
	return math.Log(1 + (float64(documents)-float64(df)+0.5)/(float64(df)+0.5))
}

// Choose keeps of each list the tokens that Rarest asks for, and of an answer that may hold more what those tokens have.
func (q PostingQuery) Choose(found PostingAnswer) map[string]TokenPostings {
	if q.Rarest == 0 {
		return found.Tokens
	}
	chosen := make(map[string]TokenPostings)
	for _, list := range q.Tokens {
		for _, token := range q.RarestOf(list, found) {
			chosen[token] = found.Tokens[token]
		}
	}
	return chosen
}

// RarestOf lists what Rarest asks for of one list, first things first, from an answer that holds at least that.
func (q PostingQuery) RarestOf(list Tokens, found PostingAnswer) []string {
	var ranked []RankedToken
	for token, texts := range list {
		if df := found.Tokens[token].DocumentFrequency; df > 0 && df >= texts+q.Beyond && df <= q.Limit {
			ranked = append(ranked, RankedToken{token, texts, df})
		}
	}
	slices.SortFunc(ranked, func(a, b RankedToken) int { return a.Compare(b, found.Documents) })
	var tokens []string
	for _, r := range ranked[:min(len(ranked), q.Rarest)] {
		tokens = append(tokens, r.Token)
	}
	return tokens
}

// PostingAnswer holds the counts over the names and search texts of all papers that are no stubs.
type PostingAnswer struct {
	Documents int
	// MeanLength is the mean number of tokens, 0 where there are no documents.
	MeanLength float64
	// Tokens leaves out those that occur nowhere or are not wanted.
	Tokens map[string]TokenPostings
}

// TokenPostings says in how many papers a token occurs and, where those are few enough, in which.
type TokenPostings struct {
	DocumentFrequency int
	// Postings are in id order.
	Postings []Posting
}

// Posting is one paper that holds a token: how often, and how many tokens its names and search text have.
type Posting struct {
	ID            literature.ID
	Count, Length int
}

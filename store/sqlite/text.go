package sqlite

import (
	"context"
	"slices"
	"strings"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// The full-text index is three FTS5 tables: the surface tokens of an entity's labels, of its aliases, and of its summaries and abstracts, under its number. They hold its own texts only. That a
// paper is found by the labels of its authors, venue, topics and systems is worked out when it is asked for (see match.go), so that neither a new relation nor a new
// name of a topic with 40,000 papers rewrites anything. Stems are not indexed a second time: the table stem tells the surfaces of each stem of an English word, all others being
// their own stems, and a word is looked for by all of its surfaces.

// textTables are the tables, in the order of ownText.tokens.
var textTables = [...]string{"labels", "aliases", "texts"}

const (
	labelsTable = iota
	aliasesTable
	textsTable
)

// ownText is what an entity has to be indexed.
type ownText struct {
	tokens [len(textTables)]string
	extent extent
	// stems are those of the English words, by surface.
	stems map[string]string
	// counted are all stems, each once, of a paper that is no stub.
	counted []string
}

// textOf analyses an entity; nil has no text.
func textOf(e literature.Entity) ownText {
	var own ownText
	if e == nil {
		return own
	}
	labels := make([]string, len(e.Common().Labels))
	for i, label := range e.Common().Labels {
		labels[i] = label.Value
	}
	for i, values := range [...][]string{labels, e.Common().Aliases, store.SearchText(e, nil)} {
		if len(values) == 0 {
			continue
		}
		field := analysis.NewField(values...)
		own.tokens[i] = strings.Join(field.Surfaces, " ")
		own.extent.all += uint32(field.Len())
		if i == labelsTable {
			own.extent.labels = uint32(field.Len())
		}
		if store.IsCounted(e) {
			own.counted = append(own.counted, field.Stems...)
		}
		for j, surface := range field.Surfaces {
			if !isEnglish(surface) {
				continue
			}
			if own.stems == nil {
				own.stems = make(map[string]string)
			}
			own.stems[surface] = field.Stems[j]
		}
	}
	slices.Sort(own.counted)
	own.counted = slices.Compact(own.counted)
	return own
}

// indexer writes the full-text index.
type indexer struct {
	// known are surfaces that table stem has for certain.
	known map[string]bool
}

// maxKnown bounds what an indexer remembers.
const maxKnown = 200_000

// update replaces the text of an entity.
func (x *indexer) update(ctx context.Context, conn *session, number uint32, before, after ownText) error {
	for i, table := range textTables {
		if before.tokens[i] == after.tokens[i] {
			continue
		}
		if before.tokens[i] != "" {
			if err := conn.exec(ctx, "DELETE FROM "+table+" WHERE rowid = ?", int64(number)); err != nil {
				return err
			}
		}
		if after.tokens[i] != "" {
			if err := conn.exec(ctx, "INSERT INTO "+table+" (rowid, tokens) VALUES (?, ?)", int64(number), after.tokens[i]); err != nil {
				return err
			}
		}
	}
	for surface, stem := range after.stems {
		if x.known[surface] {
			continue
		}
		if err := conn.exec(ctx, "INSERT OR IGNORE INTO stem (stem, surface) VALUES (?, ?)", stem, surface); err != nil {
			return err
		}
		if x.known == nil || len(x.known) >= maxKnown {
			x.known = make(map[string]bool)
		}
		x.known[surface] = true
	}
	return nil
}

// reset forgets what was known, after a transaction that came to nothing.
func (x *indexer) reset() { x.known = nil }

// surfacesOf lists the surfaces in the index that have a stem, or may have it.
func surfacesOf(ctx context.Context, conn *session, stem string) ([]string, error) {
	switch {
	case stem == analysis.Separator:
		return nil, nil
	case !isEnglish(stem):
		return []string{stem}, nil
	}
	var surfaces []string
	err := conn.each(ctx, appendText(&surfaces), "SELECT surface FROM stem WHERE stem = ?", stem)
	return surfaces, err
}

// isEnglish tells whether analysis may give a word another stem than itself: whether it is of the letters a to z.
func isEnglish(word string) bool {
	for _, b := range []byte(word) {
		if b < 'a' || b > 'z' {
			return false
		}
	}
	return true
}

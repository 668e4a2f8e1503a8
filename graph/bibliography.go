package graph

import (
	"cmp"
	"context"
	"strings"

	"github.com/papergraph/papergraph/formats"
	"github.com/papergraph/papergraph/formats/citation"
	"github.com/papergraph/papergraph/graph/api"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/loaders"
)

// cited is one paper as a line of a reference list.
func cited(ctx context.Context, p *literature.Paper, style citation.Style, locale *literature.Locale) (string, error) {
	e, err := loaders.From(ctx).Entries.Load(ctx, p.ID, loaders.Entry{})
	if err != nil {
		return "", err
	}
	e.Paper = p
	return citation.Text(style, e, locale), nil
}

// exported is one paper as a bibliography.
func exported(ctx context.Context, p *literature.Paper, format formats.Bibliography) (string, error) {
	e, err := loaders.From(ctx).Entries.Load(ctx, p.ID, loaders.Entry{})
	if err != nil {
		return "", err
	}
	e.Paper = p
	return bibliography(format, []literature.Entry{e})
}

// exportedPage is a page of papers as a bibliography.
func exportedPage(ctx context.Context, c *api.PaperConnection, format formats.Bibliography) (string, error) {
	entries, err := loaders.From(ctx).Entries.Prime(ctx, idsOf(c.Nodes), loaders.Entry{})
	if err != nil {
		return "", err
	}
	for i := range entries {
		entries[i].Paper = c.Nodes[i]
	}
	return bibliography(format, entries)
}

// bibliography is an empty line where the format has nothing for no papers: the API knows no empty texts.
func bibliography(format formats.Bibliography, entries []literature.Entry) (string, error) {
	var text strings.Builder
	err := formats.WriteBibliography(&text, format, entries)
	return cmp.Or(text.String(), "\n"), err
}

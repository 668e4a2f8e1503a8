package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"os"
	"slices"
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/papergraph/papergraph/store"
)

// copyCommand names the stores.
type copyCommand struct {
	From string `required:"" placeholder:"URL" help:"The store to read."`
	To   string `required:"" placeholder:"URL" help:"The store to write: an empty one, or one that does not exist."`
}

// Run copies the records of one store into another, reads them back, and prints their numbers and checksums by kind.
func (c *copyCommand) Run(ctx context.Context, all *config, env *environment) error {
	if c.From == c.To {
		return fmt.Errorf("the two stores are the same: name two")
	}
	logger := slog.New(slog.NewTextHandler(env.stderr, nil))
	stores := opener{all.Neo4j, logger}
	from, _, err := stores.open(ctx, c.From, reading)
	if err != nil {
		return err
	}
	defer closeStore(from, logger)
	to, _, err := stores.open(ctx, c.To, writing)
	if err != nil {
		return err
	}
	defer closeStore(to, logger)
	digests, err := store.Copy(ctx, from, to, "papergraph copy", progress(env.stderr, logger, "copying"))
	if err != nil {
		return err
	}
	for _, kind := range slices.Sorted(maps.Keys(digests)) {
		fmt.Fprintf(env.stdout, "%-16s %10d  %s\n", kind, digests[kind].Records, digests[kind].SHA256)
	}
	return nil
}

// progress shows a bar where somebody looks at a terminal, and else logs a line every few seconds.
func progress(w io.Writer, logger *slog.Logger, what string) func(done, all int) {
	if file, ok := w.(*os.File); ok {
		if info, err := file.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			var bar *progressbar.ProgressBar
			return func(done, all int) {
				if bar == nil {
					bar = progressbar.NewOptions(all, progressbar.OptionSetWriter(w), progressbar.OptionSetDescription(what),
						progressbar.OptionShowCount(), progressbar.OptionClearOnFinish())
				}
				_ = bar.Set(done) // a bar that cannot be drawn must not end the work
			}
		}
	}
	last := time.Now()
	return func(done, all int) {
		if time.Since(last) > 5*time.Second {
			last = time.Now()
			logger.Info(what, slog.Int("records", done), slog.Int("of", all))
		}
	}
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// config is every command, flag and environment variable of papergraph. Each flag's variable is PAPERGRAPH_ and its name.
type config struct {
	Store string      `placeholder:"URL" help:"Where the graph is kept: sqlite:FILE, sqlite::memory: for a private one that is gone afterwards, or neo4j://HOST:7687 (neo4j+s:// and bolt:// too). Without it the address in NEO4J_URI, else sqlite:papergraph.db."`
	Neo4j neo4jConfig `embed:"" prefix:"neo4j-"`

	Serve    serveCommand    `cmd:"" default:"withargs" help:"Answer GraphQL over HTTP. This is what papergraph does without a command."`
	Copy     copyCommand     `cmd:"" help:"Copy a whole graph from one store into another, and compare them."`
	Validate validateCommand `cmd:"" help:"Name every mistake in a file of papergraph's native format, by file, line and field."`

	Version kong.VersionFlag `env:"-" help:"Print the version and stop."`
}

// neo4jConfig says how to reach Neo4j. The variables are those of Neo4j's own tools. The password has no flag: command lines are for all to see.
type neo4jConfig struct {
	URI      string `name:"uri" env:"NEO4J_URI" placeholder:"URL" help:"Address of Neo4j, where no store is named."`
	Username string `env:"NEO4J_USERNAME" default:"neo4j" help:"Account there; its password is taken from NEO4J_PASSWORD. [${default}]"`
	Database string `env:"NEO4J_DATABASE" default:"neo4j" help:"Database there. [${default}]"`
}

// storeURL is the store to use: the one named, else Neo4j where it is configured, else the embedded file.
func (c *config) storeURL() string {
	switch {
	case c.Store != "":
		return c.Store
	case c.Neo4j.URI != "":
		return c.Neo4j.URI
	}
	return "sqlite:papergraph.db"
}

// serveCommand configures the server.
type serveCommand struct {
	Listen        string   `default:"127.0.0.1:8080" placeholder:"ADDR" help:"Address to listen on; port 0 takes a free one. [${default}]"`
	PublicURL     string   `name:"public-url" placeholder:"URL" help:"Where others reach this server; http:// and the address where not given."`
	Empty         bool     `help:"Leave an empty store empty instead of loading the bundled reading list."`
	Origins       []string `placeholder:"ORIGIN" help:"Origins whose pages may ask, exactly as browsers send them, such as https://example.org."`
	Introspection bool     `default:"true" negatable:"" help:"Let clients read the schema."`
}

// validateCommand names the file to check.
type validateCommand struct {
	File string `arg:"" help:"YAML or JSON Lines."`
}

// environment gives a command what it needs of the process.
type environment struct {
	stdout, stderr io.Writer
}

// Exit codes.
const (
	exitDone    = 0
	exitNothing = 1
	exitSome    = 3
)

// errSome says that some records failed and others did not.
var errSome = errors.New("some records failed")

// errReported says that everything there is to say was said.
var errReported = errors.New("reported")

// run parses the arguments, runs the command and returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var c config
	exit := -1
	parser := kong.Must(&c,
		kong.Name("papergraph"),
		kong.Description("The knowledge graph of research literature: which papers share topics, cite and build on each other, and why."),
		kong.DefaultEnvars("PAPERGRAPH"),
		kong.Vars{"version": version()},
		kong.Writers(stdout, stderr),
		kong.Exit(func(code int) { exit = code }),
	)
	parsed, err := parser.Parse(args)
	if exit >= 0 { // --help and --version have been answered
		return exit
	}
	if err != nil {
		err = fmt.Errorf("%w: papergraph --help tells what can be given", err)
	} else {
		parsed.BindTo(ctx, (*context.Context)(nil))
		err = parsed.Run(&c, &environment{stdout, stderr})
	}
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errSome):
		return exitSome
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		fmt.Fprintln(stderr, "papergraph: interrupted")
	case !errors.Is(err, errReported):
		fmt.Fprintln(stderr, "papergraph: "+plain(err))
	}
	return exitNothing
}

// plain is what an error says to people, without the names of packages, calls and sentinels in front of it.
func plain(err error) string {
	text := err.Error()
	for {
		first, rest, ok := strings.Cut(text, ": ")
		if !ok || !slices.Contains([]string{"sqlite", "neo4j", "open", "copy", "unavailable", "invalid", "not found", "conflict", "corrupt"}, first) {
			return text
		}
		text = rest
	}
}

// check refuses what no flag of its own can refuse.
func (c *serveCommand) check() error {
	for _, origin := range c.Origins {
		parsed, err := url.Parse(origin)
		if err != nil || parsed.Host == "" || origin != parsed.Scheme+"://"+strings.ToLower(parsed.Host) || strings.Contains(origin, "*") {
			return fmt.Errorf("origin %q: give exact origins such as https://example.org, in lower case, without * and without a path", origin)
		}
	}
	public, err := url.Parse(c.PublicURL)
	if c.PublicURL != "" && (err != nil || public.Host == "" || public.Scheme != "http" && public.Scheme != "https" ||
		public.User != nil || strings.ContainsAny(c.PublicURL, "?#")) {
		return fmt.Errorf("public-url: give an address such as https://papergraph.example.org, without a user, a query or a fragment")
	}
	if _, _, err := net.SplitHostPort(c.Listen); err != nil {
		return fmt.Errorf("listen %q: give host and port, such as 127.0.0.1:8080", c.Listen)
	}
	return nil
}

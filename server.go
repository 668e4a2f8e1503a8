// Command papergraph serves the knowledge graph of research literature as one GraphQL endpoint.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/rs/cors"

	"github.com/papergraph/papergraph/corpus"
	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/formats/native"
	"github.com/papergraph/papergraph/gqlhttp"
	"github.com/papergraph/papergraph/graph"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/loaders"
	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/neo4j"
	"github.com/papergraph/papergraph/store/sqlite"
	"github.com/papergraph/papergraph/web"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// Once the first signal has come, a second one ends the process at once.
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// version is that of the module, as the build recorded it.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

// purpose says what a store is opened for.
type purpose int

const (
	// reading leaves an embedded store to another process that writes it.
	reading purpose = iota
	// writing creates a store that does not exist.
	writing
)

// opener opens stores: it knows the accounts that no URL holds.
type opener struct {
	neo4j  neo4jConfig
	logger *slog.Logger
}

// open opens the store that a URL names and tells its kind. It is the only place that names a backend.
func (o opener) open(ctx context.Context, address string, to purpose) (store.Store, string, error) {
	scheme, rest, isURL := strings.Cut(address, ":")
	switch {
	case slices.Contains(neo4j.Schemes(), scheme):
		s, err := neo4j.Open(ctx, neo4j.Options{
			URI: address, Username: o.neo4j.Username, Password: os.Getenv("NEO4J_PASSWORD"), Database: o.neo4j.Database, Logger: o.logger,
		})
		if err != nil {
			return nil, "", err
		}
		return s, "neo4j", nil
	case scheme == "sqlite":
		if host, ok := strings.CutPrefix(rest, "//"); ok && !strings.HasPrefix(host, "/") {
			return nil, "", fmt.Errorf("store %q names a host: write sqlite:FILE, without slashes in front of a relative path", address)
		}
		if rest == "" || strings.HasPrefix(rest, ":") && rest != sqlite.InMemory {
			return nil, "", fmt.Errorf("store %q names no file: write sqlite:FILE, or sqlite::memory: for a private one", address)
		}
		s, err := sqlite.Open(ctx, rest, sqlite.Options{Log: o.logger, ReadOnly: to == reading})
		if err != nil {
			return nil, "", err
		}
		return s, scheme, nil
	}
	if !isURL {
		return nil, "", fmt.Errorf("store %q has no scheme: write sqlite:%[1]s for a file, or neo4j://HOST:7687", address)
	}
	// Not the whole URL, which may hold a password.
	return nil, "", fmt.Errorf("the store's URL has the unknown scheme %q: write sqlite:FILE, sqlite::memory: or neo4j://HOST:7687", scheme)
}

func closeStore(s store.Store, logger *slog.Logger) {
	if err := s.Close(); err != nil {
		logger.Error("closing the store", slog.Any("error", err))
	}
}

// Run answers GraphQL until the context ends. The address comes before the store, so that a busy port leaves no file behind.
func (c *serveCommand) Run(ctx context.Context, all *config, env *environment) error {
	if err := c.check(); err != nil {
		return err
	}
	logger := slog.New(slog.NewTextHandler(env.stderr, nil))
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w; pick another address with --listen", c.Listen, errors.Unwrap(err))
	}
	defer listener.Close() //nolint:errcheck // closed by the server already unless opening the store failed
	s, kind, err := opener{all.Neo4j, logger}.open(ctx, all.storeURL(), writing)
	if err != nil {
		return err
	}
	defer closeStore(s, logger)
	if !c.Empty {
		if err := loadReadingList(ctx, s); err != nil {
			return err
		}
	}
	arrays := explore.NewArrayCache(s)
	defer arrays.Close()
	public := c.publicURL(listener.Addr())
	fmt.Fprintf(env.stdout, "papergraph answers at %s/graphql\nPlayground: %[1]s/playground\nStore: %[2]s\nTry:\n  %[3]s\n", public, all.storeURL(), firstQuery(public, c.Empty))
	return serve(ctx, listener, onlyLocal(listener.Addr(), public, c.handler(s, arrays, kind, public, logger)), logger)
}

// loadReadingList fills an empty store with the bundled list, as one batch.
func loadReadingList(ctx context.Context, s store.Store) error {
	stats, err := s.Stats(ctx)
	if err != nil || stats.Version > 0 {
		return err
	}
	records, problems, err := native.Read(corpus.Name, bytes.NewReader(corpus.YAML))
	if err != nil {
		return fmt.Errorf("the bundled reading list: %w", err)
	}
	if len(problems) > 0 {
		return fmt.Errorf("the bundled reading list: %s", problems[0])
	}
	if _, err := s.Apply(ctx, store.Batch{Author: "papergraph", Reason: "the bundled reading list", Upsert: records}); err != nil {
		return fmt.Errorf("loading the bundled reading list: %w", err)
	}
	return nil
}

// publicURL is where others reach the server, without a trailing slash: as configured, or the address listened on; a server that listens on
// every address is reached on the loopback one.
func (c *serveCommand) publicURL(listening net.Addr) string {
	if c.PublicURL != "" {
		return strings.TrimSuffix(c.PublicURL, "/")
	}
	address := listening.String()
	if tcp, ok := listening.(*net.TCPAddr); ok && tcp.IP.IsUnspecified() {
		address = net.JoinHostPort("127.0.0.1", strconv.Itoa(tcp.Port))
	}
	return "http://" + address
}

// firstQuery is a command to paste; an empty store has no XRP to ask about.
func firstQuery(public string, empty bool) string {
	query := `{ paper(by: {id: \"paper/xrp\"}) { sharingTopics { edges { node { title } sharedTopics { name } } } } }`
	if empty {
		query = `{ meta { counts { label count } } }`
	}
	return `curl ` + public + `/graphql -H 'Content-Type: application/json' -d '{"query":"` + query + `"}'`
}

// handler chains what a request passes, outermost first.
func (c *serveCommand) handler(s store.Reader, arrays *explore.ArrayCache, kind, public string, logger *slog.Logger) http.Handler {
	schema := graph.NewSchema(&graph.Resolver{Store: s, Arrays: arrays, StoreKind: kind, Version: version(), PublicURL: public})
	api := withLoaders(s, arrays, gqlhttp.New(schema, gqlhttp.Config{
		Introspection: c.Introspection,
		Present:       graph.Present,
		Logger:        logger,
		AroundFields:  graph.LookAhead,
		ListBound:     graph.ListBound,
	}))
	allow := cors.New(cors.Options{
		AllowedMethods: []string{http.MethodGet, http.MethodPost},
		AllowedHeaders: []string{"Content-Type", "Accept", "X-Request-Id"},
		ExposedHeaders: []string{"X-Request-Id"},
		// Not AllowedOrigins: rs/cors takes an empty list of them for "all".
		AllowOriginFunc: func(origin string) bool { return slices.Contains(c.Origins, origin) },
		MaxAge:          600,
	})
	pages := web.New(web.Config{Introspection: c.Introspection})
	mux := http.NewServeMux()
	mux.Handle("/graphql", api)
	mux.Handle("GET /{$}", pages)
	mux.Handle("GET /playground", pages)
	mux.Handle("GET /playground/{$}", pages)
	mux.Handle("GET /playground/{file}", pages)
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) { health(w, r, s, logger) })
	mux.HandleFunc("GET /{kind}/{slug}", entityPage)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		gqlhttp.Refuse(w, r, http.StatusNotFound, gqlhttp.CodeNotFound, "there is nothing at this address: ask "+public+"/graphql")
	})
	return gqlhttp.RequestID(gqlhttp.Log(logger)(gqlhttp.Recover(logger)(allow.Handler(mux))))
}

// onlyLocal refuses, on an address that only this machine reaches, requests for any name but this machine's and the public one: a page from elsewhere, whose name somebody
// made to mean this machine, must not read the graph through its visitor's browser.
func onlyLocal(listening net.Addr, public string, next http.Handler) http.Handler {
	if tcp, ok := listening.(*net.TCPAddr); !ok || !tcp.IP.IsLoopback() {
		return next
	}
	known := ""
	if address, err := url.Parse(public); err == nil {
		known = address.Hostname()
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := (&url.URL{Host: r.Host}).Hostname()
		ip := net.ParseIP(name)
		if name != "localhost" && !strings.HasSuffix(name, ".localhost") && (ip == nil || !ip.IsLoopback()) && !strings.EqualFold(name, known) {
			gqlhttp.Refuse(w, r, http.StatusMisdirectedRequest, gqlhttp.CodeBadRequest, "this server answers to localhost: name another address by --public-url")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// withLoaders gives each request its own loaders.
func withLoaders(reader store.Reader, arrays *explore.ArrayCache, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(loaders.With(r.Context(), loaders.New(reader, arrays))))
	})
}

// entityPage leads from the address of an entity to the query that answers it.
func entityPage(w http.ResponseWriter, r *http.Request) {
	id, err := literature.ParseID(r.PathValue("kind") + "/" + r.PathValue("slug"))
	if err != nil {
		gqlhttp.Refuse(w, r, http.StatusNotFound, gqlhttp.CodeNotFound, "this is the address of no entity: it looks like /paper/xrp")
		return
	}
	query := fmt.Sprintf("{ node(id: %q) { id ... on Entity { kind label labels { value locale } degree relations(first: 100) { nodes { kind source { id label } target { id label } } } } } }",
		string(id))
	// Relative, which http.Redirect would make absolute: what stands in front of this server may add a prefix.
	w.Header().Set("Location", "../graphql?query="+url.QueryEscape(query))
	w.WriteHeader(http.StatusSeeOther)
}

// health answers 200 where the store answers, else 503; why is for the log alone.
func health(w http.ResponseWriter, r *http.Request, s store.Reader, logger *slog.Logger) {
	w.Header().Set("Cache-Control", "no-store")
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		gqlhttp.Refuse(w, r, http.StatusMethodNotAllowed, gqlhttp.CodeMethodNotAllowed, "ask for health by GET")
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if _, err := s.Stats(ctx); err != nil {
		logger.ErrorContext(ctx, "the store does not answer", slog.Any("error", err), slog.String("request_id", gqlhttp.RequestIDFrom(ctx)))
		gqlhttp.Refuse(w, r, http.StatusServiceUnavailable, gqlhttp.CodeUnavailable, "the store does not answer: try again later")
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = io.WriteString(w, "ok\n")
}

// serve answers until the context ends, then lets running requests finish for a while.
func serve(ctx context.Context, listener net.Listener, handler http.Handler, logger *slog.Logger) error {
	server := &http.Server{
		Handler: handler, ErrorLog: slog.NewLogLogger(logger.Handler(), slog.LevelWarn),
		ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 15 * time.Second, WriteTimeout: 30 * time.Second, IdleTimeout: 2 * time.Minute,
	}
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		logger.Info("stopping: running requests may finish; interrupt again to stop at once")
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
		stopped <- server.Shutdown(grace)
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serving: %w", err)
	}
	if err := <-stopped; err != nil {
		return fmt.Errorf("stopping: some requests did not finish in time and were cut off: %w", err)
	}
	return nil
}

// Run reads the file and prints every mistake in it, one a line.
func (c *validateCommand) Run(env *environment) error {
	file, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer file.Close() //nolint:errcheck // nothing was written
	records, problems, err := native.Read(c.File, file)
	if err != nil {
		return err
	}
	for _, problem := range problems {
		fmt.Fprintln(env.stdout, problem)
	}
	switch {
	case len(problems) == 0:
		count := fmt.Sprint(len(records), " records")
		if len(records) == 1 {
			count = "1 record"
		}
		fmt.Fprintf(env.stdout, "%s: %s, no mistakes\n", c.File, count)
		return nil
	case len(records) == 0:
		return errReported
	}
	return errSome
}

package neo4j

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"

	"github.com/papergraph/papergraph/store"
)

// Schemes are those of the addresses that Open takes: with routing to the members of a cluster, the same encrypted, and straight to one server.
func Schemes() []string { return []string{"neo4j", "neo4j+s", "bolt"} }

// DefaultDatabase is the database used unless told otherwise, the one every Neo4j comes with.
const DefaultDatabase = "neo4j"

// retryTime bounds how long a call is tried again after errors that may pass. The driver looks at it between tries, so that a call may last longer.
const retryTime = 3 * time.Second

// Options say which database to open.
type Options struct {
	// URI is the address of a server, for example neo4j://localhost:7687; see Schemes.
	URI string
	// Username and Password are the credentials; no username: none are sent. They are kept out of errors and logs.
	Username, Password string
	// Database names the database; "" is DefaultDatabase.
	Database string
	// Patience is how long the server may take to greet, 15 s if 0: one that accepts a connection and says nothing is no Neo4j.
	Patience time.Duration
	// Logger gets the server's remarks on statements as warnings, and is told when all texts are analysed anew; nil: they are dropped.
	Logger *slog.Logger
}

// Store is a graph in Neo4j.
type Store struct {
	driver    neo4j.DriverWithContext
	database  string
	log       *slog.Logger
	bookmarks neo4j.BookmarkManager // so that a call sees what was written before it, whichever member of a cluster answers
	writing   chan struct{}         // holds a token while a batch is applied: this process applies one at a time
	closed    atomic.Bool
	observe   func(text string, params map[string]any) // is told each statement, for tests
}

var _ store.Store = (*Store)(nil)

// Open connects to a database and prepares it: an empty one becomes an empty store; one that holds nodes that are not papergraph's is
// refused (ErrInvalid). A server that cannot be reached, a wrong password and a member that does not take writes are ErrUnavailable.
func Open(ctx context.Context, o Options) (*Store, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	auth := neo4j.NoAuth()
	if o.Username != "" {
		auth = neo4j.BasicAuth(o.Username, o.Password, "")
	}
	driver, err := neo4j.NewDriverWithContext(o.URI, auth, func(c *config.Config) {
		c.MaxTransactionRetryTime = retryTime
		c.UserAgent = "papergraph"
		c.TelemetryDisabled = true
	})
	if err != nil {
		return nil, fmt.Errorf("%w: neo4j: the address cannot be used", store.ErrInvalid) // the driver's words may quote what is in the address
	}
	s := &Store{
		driver:    driver,
		database:  o.Database,
		log:       o.Logger,
		bookmarks: neo4j.NewBookmarkManager(neo4j.BookmarkManagerConfig{}),
		writing:   make(chan struct{}, 1),
	}
	if s.database == "" {
		s.database = DefaultDatabase
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if err := s.prepare(ctx, cmp.Or(o.Patience, 15*time.Second)); err != nil {
		_ = driver.Close(context.WithoutCancel(ctx))
		return nil, err
	}
	return s, nil
}

func (o Options) check() error {
	address, err := url.Parse(o.URI)
	switch {
	case err != nil || address.Host == "":
		return fmt.Errorf("%w: neo4j: the address is none: it looks like neo4j://localhost:7687", store.ErrInvalid)
	case !slices.Contains(Schemes(), address.Scheme):
		return fmt.Errorf("%w: neo4j: %q is no scheme of an address: use one of %s", store.ErrInvalid, address.Scheme, strings.Join(Schemes(), ", "))
	case address.User != nil:
		return fmt.Errorf("%w: neo4j: the address holds credentials: give them apart from it", store.ErrInvalid)
	}
	return nil
}

// connect waits for the server's greeting.
func (s *Store) connect(ctx context.Context, patience time.Duration) error {
	greeted, cancel := context.WithTimeoutCause(ctx, patience, fmt.Errorf("%w: neo4j: the server did not answer within %s: look whether it is a Neo4j and the port that of Bolt", store.ErrUnavailable, patience))
	defer cancel()
	if err := s.driver.VerifyConnectivity(greeted); err != nil {
		if ctx.Err() == nil && greeted.Err() != nil {
			return context.Cause(greeted)
		}
		return translate(ctx, "open", err)
	}
	return nil
}

// prepare checks that the database is ours or empty, and makes what is missing of the schema, and anew what another version of the analysis made.
func (s *Store) prepare(ctx context.Context, patience time.Duration) error {
	if err := s.connect(ctx, patience); err != nil {
		return err
	}
	if err := s.checkOwner(ctx); err != nil {
		return err
	}
	analysed, err := s.makeSchema(ctx)
	if err != nil {
		return err
	}
	return s.reanalyse(ctx, analysed)
}

// Close closes the connections. It may be called again.
func (s *Store) Close() error {
	if s.closed.Swap(true) {
		return nil
	}
	if err := s.driver.Close(context.Background()); err != nil {
		return translate(context.Background(), "close", err)
	}
	return nil
}

// ready tells whether a call may go ahead.
func (s *Store) ready(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("neo4j: %w", err)
	}
	if s.closed.Load() {
		return fmt.Errorf("%w: neo4j: the store is closed", store.ErrUnavailable)
	}
	return nil
}

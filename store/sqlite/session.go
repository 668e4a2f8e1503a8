package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/store"
)

// session is one connection with its prepared statements. One goroutine at a time uses it.
type session struct {
	conn       *sql.Conn
	statements map[string]*sql.Stmt
}

// prepare compiles a statement once.
func (c *session) prepare(ctx context.Context, text string) (*sql.Stmt, error) {
	if s, ok := c.statements[text]; ok {
		return s, nil
	}
	s, err := c.conn.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	c.statements[text] = s
	return s, nil
}

func (c *session) exec(ctx context.Context, text string, args ...any) error {
	s, err := c.prepare(ctx, text)
	if err != nil {
		return err
	}
	_, err = s.ExecContext(ctx, args...)
	return err
}

// each runs a query and calls scan for every row of the answer.
func (c *session) each(ctx context.Context, scan func(*sql.Rows) error, text string, args ...any) error {
	s, err := c.prepare(ctx, text)
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// one runs a query whose answer is one row.
func (c *session) one(ctx context.Context, into any, text string, args ...any) error {
	s, err := c.prepare(ctx, text)
	if err != nil {
		return err
	}
	return s.QueryRowContext(ctx, args...).Scan(into)
}

// within runs a query once for every few of the keys, as text + "(?, ?, …)", so that a handful of prepared statements serve any number of them.
func (c *session) within(ctx context.Context, scan func(*sql.Rows) error, text string, keys []any) error {
	for len(keys) > 0 {
		size := 512
		for size/4 >= len(keys) {
			size /= 4
		}
		n := min(size, len(keys))
		args := slices.Grow(slices.Clone(keys[:n]), size-n)
		for len(args) < size {
			args = append(args, keys[0]) // the same key twice finds the same row once
		}
		if err := c.each(ctx, scan, text+"("+strings.Repeat("?,", size-1)+"?)", args...); err != nil {
			return err
		}
		keys = keys[n:]
	}
	return nil
}

func (c *session) close() error {
	for _, s := range c.statements {
		_ = s.Close()
	}
	return c.conn.Close()
}

// sessions are the connections that read. There is no upper bound, so that a scan may ask further questions; those beyond idle are closed after use.
type sessions struct {
	db   *sql.DB
	idle int

	mu   sync.Mutex
	free []*session
}

func (p *sessions) take(ctx context.Context) (*session, error) {
	p.mu.Lock()
	if n := len(p.free); n > 0 {
		c := p.free[n-1]
		p.free = p.free[:n-1]
		p.mu.Unlock()
		return c, nil
	}
	p.mu.Unlock()
	return connect(ctx, p.db)
}

func connect(ctx context.Context, db *sql.DB) (*session, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return &session{conn: conn, statements: make(map[string]*sql.Stmt)}, nil
}

func (p *sessions) give(c *session) {
	p.mu.Lock()
	if len(p.free) < p.idle {
		p.free = append(p.free, c)
		c = nil
	}
	p.mu.Unlock()
	if c != nil {
		_ = c.close()
	}
}

// begin takes a connection and begins a transaction, which sees one version of the file.
func (p *sessions) begin(ctx context.Context) (*session, store.Version, error) {
	c, err := p.take(ctx)
	if err != nil {
		return nil, 0, err
	}
	quick := context.WithoutCancel(ctx) // a context that can end costs a goroutine per statement
	var version store.Version
	if err = c.exec(quick, "BEGIN"); err == nil {
		err = c.one(quick, &version, "SELECT version FROM head WHERE analysis = ?", analysis.Version)
	}
	if errors.Is(err, sql.ErrNoRows) {
		err = c.otherAnalysis(quick)
	}
	if err != nil {
		_ = c.close()
		return nil, 0, err
	}
	return c, version, nil
}

// otherAnalysis says why the head is not as it is expected.
func (c *session) otherAnalysis(ctx context.Context) error {
	var written int
	if err := c.one(ctx, &written, "SELECT analysis FROM head"); err != nil {
		return err
	}
	return fmt.Errorf("%w: the texts of the file are analysed as version %d does, this papergraph has version %d: open it for writing once",
		store.ErrUnavailable, written, analysis.Version)
}

// end ends the transaction and gives the connection back.
func (p *sessions) end(c *session) {
	if err := c.exec(context.Background(), "ROLLBACK"); err != nil {
		_ = c.close() // whatever state it is in, nobody shall inherit it
		return
	}
	p.give(c)
}

func (p *sessions) close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.free {
		_ = c.close()
	}
	p.free = nil
	return p.db.Close()
}

// dsn names the file to the driver. parameters are "name=value" each.
func dsn(path string, parameters ...string) string {
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") { // C:/…
		slashed = "/" + slashed
	}
	query := make(url.Values)
	for _, p := range parameters {
		name, value, _ := strings.Cut(p, "=")
		query.Add(name, value)
	}
	return (&url.URL{Scheme: "file", Path: slashed, RawQuery: query.Encode()}).String()
}

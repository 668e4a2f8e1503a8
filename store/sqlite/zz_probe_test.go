package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"io"
	"math/rand/v2"
	_ "modernc.org/sqlite"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestProbe(t *testing.T) {
	p := filepath.Join(t.TempDir(), "x.db")
	db, err := sql.Open("sqlite", "file:"+p+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=cache_size(-65536)&_pragma=wal_autocheckpoint(16000)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	_, err = db.Exec("create table r(number integer primary key, row blob)")
	if err != nil {
		t.Fatal(err)
	}
	data := make([]byte, 700)
	for _, multi := range []int{1, 10, 50} {
		q := "insert into r(number,row) values (?,?)"
		for i := 1; i < multi; i++ {
			q += ",(?,?)"
		}
		st := time.Now()
		n := multi * 1000000
		for b := 0; b < 7; b++ {
			tx, _ := db.Begin()
			s, err := tx.Prepare(q)
			if err != nil {
				t.Fatal(err)
			}
			args := make([]any, 0, 6*multi)
			for i := 0; i < 10000/multi; i++ {
				args = args[:0]
				for j := 0; j < multi; j++ {
					n++
					args = append(args, n, data)
				}
				if _, err := s.Exec(args...); err != nil {
					t.Fatal(err)
				}
			}
			if err := tx.Commit(); err != nil {
				t.Fatal(err)
			}
		}
		fmt.Println("multi", multi, time.Since(st)/70000, "per row")
	}
	fi, _ := os.Stat(p)
	fmt.Println(fi.Size())
	rnd := func() int { m := []int{1, 10, 50}[rand.IntN(3)]; return m*1000000 + 1 + rand.IntN(70000) }
	for _, n := range []int{1, 20, 100, 100, 20, 1} {
		q := "select row from r where number in (?"
		for i := 1; i < n; i++ {
			q += ",?"
		}
		q += ")"
		s, _ := db.Prepare(q)
		st := time.Now()
		c := 0
		for k := 0; k < 1000; k++ {
			args := make([]any, n)
			for i := range args {
				args[i] = rnd()
			}
			rows, err := s.Query(args...)
			if err != nil {
				t.Fatal(err)
			}
			var x sql.RawBytes
			for rows.Next() {
				if err := rows.Scan(&x); err != nil {
					t.Fatal(err)
				}
				c++
			}
			rows.Close()
		}
		fmt.Println("read", n, time.Since(st)/1000, c)
		conn, _ := db.Conn(context.Background())
		conn.Raw(func(dc any) error {
			ds, err := dc.(driver.ConnPrepareContext).PrepareContext(context.Background(), q)
			if err != nil {
				t.Fatal(err)
			}
			st := time.Now()
			c := 0
			for k := 0; k < 1000; k++ {
				args := make([]driver.NamedValue, n)
				for i := range args {
					args[i] = driver.NamedValue{Ordinal: i + 1, Value: int64(rnd())}
				}
				rows, err := ds.(driver.StmtQueryContext).QueryContext(context.Background(), args)
				if err != nil {
					t.Fatal(err)
				}
				dest := make([]driver.Value, 1)
				for {
					if err := rows.Next(dest); err == io.EOF {
						break
					}
					c++
				}
				rows.Close()
			}
			fmt.Println("raw", n, time.Since(st)/1000, c)
			// one statement per row
			ds, err = dc.(driver.ConnPrepareContext).PrepareContext(context.Background(), "select row from r where number=?")
			if err != nil {
				t.Fatal(err)
			}
			st = time.Now()
			c = 0
			for k := 0; k < 1000*n; k++ {
				args := []driver.NamedValue{{Ordinal: 1, Value: int64(rnd())}}
				rows, err := ds.(driver.StmtQueryContext).QueryContext(context.Background(), args)
				if err != nil {
					t.Fatal(err)
				}
				dest := make([]driver.Value, 1)
				for {
					if err := rows.Next(dest); err == io.EOF {
						break
					}
					c++
				}
				rows.Close()
			}
			fmt.Println("raw single", n, time.Since(st)/1000, c)
			ds.Close()
			return nil
		})
		conn.Close()
	}
}

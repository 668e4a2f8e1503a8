package storetest

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// killPath tells the process that is to be killed which store to write to.
const killPath = "PAPERGRAPH_KILL_PATH"

// perBatch is how many records each batch of the killed process writes together.
const perBatch = 20

// Kill ends a process with signal 9 while it writes, again and again, and checks each time that every acknowledged batch is there as a whole and
// that of the others none is there in part: 5 rounds, or 50 in the long form.
//
// The process is the test binary itself, started to run the calling test alone; there Kill opens the store and writes until it is killed. open opens the
// store at a path, which is the same file in a new directory each time, or that of another server.
func Kill(t *testing.T, open func(path string) (store.Store, error)) {
	rounds := 5
	if Long() {
		rounds = 50
	}
	killRounds(t, open, rounds, func() {})
}

// KillServer is Kill for a store that lives in a server: crash ends that with signal 9 while the process writes, and starts it again; once, or 10 times in the long form. What the
// process did not hear of may be there or not, but as a whole.
func KillServer(t *testing.T, open func(path string) (store.Store, error), crash func()) {
	rounds := 1
	if Long() {
		rounds = 10
	}
	killRounds(t, open, rounds, crash)
}

func killRounds(t *testing.T, open func(path string) (store.Store, error), rounds int, crash func()) {
	if path := os.Getenv(killPath); path != "" {
		writeUntilKilled(t, open, path)
		return
	}
	path := filepath.Join(t.TempDir(), "killed")
	first := 0
	var acknowledged []string
	for round := range rounds {
		told := killedWriter(t, path, 1+rand.IntN(30), crash)
		acknowledged = append(acknowledged, told...)
		if round == rounds-1 {
			told = acknowledged // the whole past once more
		}
		s, err := open(path)
		if err != nil {
			t.Fatalf("round %d, opened after the kill: %v", round, err)
		}
		p := probe{t, s}
		for _, line := range told {
			p.checkAcknowledged(line)
		}
		first = p.checkWhole(first)
		if err := s.Close(); err != nil {
			t.Fatalf("round %d: Close: %v", round, err)
		}
		if t.Failed() {
			return
		}
	}
	t.Logf("%d rounds, %d batches acknowledged, %d written", rounds, len(acknowledged), first)
}

// killedWriter starts the writer, lets crash do its work and kills it once it has acknowledged so many batches, and returns what it acknowledged.
func killedWriter(t *testing.T, path string, batches int, crash func()) (acknowledged []string) {
	t.Helper()
	// The pattern names the calling test, every level by itself.
	levels := strings.Split(t.Name(), "/")
	for i, level := range levels {
		levels[i] = "^" + level + "$"
	}
	writer := exec.CommandContext(t.Context(), os.Args[0], "-test.run="+strings.Join(levels, "/"), "-test.count=1", "-test.v")
	writer.Env = append(os.Environ(), killPath+"="+path)
	writer.Stderr = os.Stderr
	out, err := writer.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := writer.Start(); err != nil {
		t.Fatal(err)
	}
	var said []string
	lines := bufio.NewReader(out)
	for {
		line, err := lines.ReadString('\n') // half a line was not acknowledged
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if _, ack, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "acknowledged "); ok {
			if acknowledged = append(acknowledged, ack); len(acknowledged) == batches {
				crash()
				_ = writer.Process.Kill() // what it says until it is dead counts too
			}
		} else {
			said = append(said, line)
		}
	}
	err = writer.Wait()
	if len(acknowledged) < batches {
		t.Fatalf("the writer ended (%v) after %d of %d batches: %s", err, len(acknowledged), batches, said)
	}
	return acknowledged
}

// writeUntilKilled writes batch after batch and says so after each.
func writeUntilKilled(t *testing.T, open func(path string) (store.Store, error), path string) {
	s, err := open(path)
	if err != nil {
		t.Fatal(err)
	}
	stats, err := s.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for n := int(stats.Version); ; n++ {
		version, err := s.Apply(t.Context(), killedBatch(n))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := fmt.Printf("\nacknowledged %d %d\n", version, n); err != nil {
			t.Fatal(err)
		}
	}
}

// killedBatch makes the n-th batch: papers of its own, of which each cites the one before, a paper that every batch writes anew, and two brief ones that cite
// it, which the next batch removes and merges into it.
func killedBatch(n int) store.Batch {
	b := store.Batch{Author: "storetest", Reason: fmt.Sprint(n), Upsert: []literature.Record{paper("shared", fmt.Sprintf("Written by batch %d", n), "")}}
	b.Upsert = append(b.Upsert, lasting(n)...)
	for _, id := range briefPapers(n) {
		b.Upsert = append(b.Upsert, paper(id.Slug(), "A brief paper", ""), relation(literature.Cites, id, "paper/shared"))
	}
	if n > 0 {
		before := briefPapers(n - 1)
		b.Remove, b.Redirect = before[:1], map[literature.ID]literature.ID{before[1]: "paper/shared"}
	}
	return b
}

// lasting are the records of the n-th batch that no other batch touches.
func lasting(n int) (records []literature.Record) {
	for i := range perBatch {
		records = append(records, paper(killedPaper(n, i).Slug(), fmt.Sprintf("Paper %d of batch %d", i, n), ""))
		if i > 0 {
			records = append(records, relation(literature.Cites, killedPaper(n, i), killedPaper(n, i-1)))
		}
	}
	return records
}

// briefPapers are the papers of the n-th batch that the next one removes and merges.
func briefPapers(n int) []literature.ID {
	return []literature.ID{literature.ID(fmt.Sprintf("paper/removed-%d", n)), literature.ID(fmt.Sprintf("paper/merged-%d", n))}
}

func killedPaper(n, i int) literature.ID { return literature.ID(fmt.Sprintf("paper/b%d-%d", n, i)) }

// checkAcknowledged checks that an acknowledged batch is in the store and in the log under its version.
func (p probe) checkAcknowledged(line string) {
	var version store.Version
	var n int
	if _, err := fmt.Sscan(line, &version, &n); err != nil {
		p.t.Fatalf("%q: %v", line, err)
	}
	if got := p.batchSize(n); got != 2*perBatch-1 {
		p.t.Errorf("batch %d was acknowledged, and %d of its %d records are there", n, got, 2*perBatch-1)
	}
	items := p.history(killedPaper(n, 0)).Items
	if len(items) != 1 || items[0].Change.Version != version {
		p.t.Errorf("batch %d was acknowledged as version %d, and the change log holds %v", n, version, items)
	}
	if n > 0 {
		p.checkEnded(n - 1)
	}
}

// checkEnded checks that the brief papers of a batch are gone with what they cited, and that the merged one is answered for.
func (p probe) checkEnded(n int) {
	brief := briefPapers(n)
	ids := slices.Clone(brief)
	for _, id := range brief {
		ids = append(ids, literature.NewRelationID(literature.Cites, id, "paper/shared"))
	}
	left := p.records(ids...)
	if merged := left[brief[1]]; len(left) != 1 || merged == nil || merged.RecordID() != "paper/shared" {
		p.t.Errorf("of the papers that batch %d removed and merged there is left: %v", n+1, left)
	}
}

// checkWhole checks every batch from the first-th on, which is there as a whole or not at all, and returns how many there are.
func (p probe) checkWhole(first int) int {
	version := p.stats().Version
	n := first
	for p.batchSize(n) == 2*perBatch-1 {
		n++
	}
	if got := p.batchSize(n); got != 0 {
		p.t.Errorf("of batch %d there are %d of %d records", n, got, 2*perBatch-1)
	}
	if store.Version(n) != version {
		p.t.Errorf("version %d with %d batches", version, n)
	}
	entries := 0
	_, err := p.s.Scan(p.ctx(), store.ScanQuery{Since: min(1, version)}, func(store.Change, []literature.Record) error { entries++; return nil })
	p.ok("Scan", err)
	if version > 0 && entries != n-1 {
		p.t.Errorf("%d entries in the change log after the first, of %d batches", entries, n)
	}
	if n > 0 {
		p.equal("the paper of all", p.records("paper/shared")["paper/shared"].(literature.Entity).Label(nil), fmt.Sprintf("Written by batch %d", n-1))
		p.equal("papers", p.stats().Entities[literature.KindPaper], n*perBatch+1+len(briefPapers(n-1)))
		p.equal("citations", p.stats().Relations[literature.Cites], n*(perBatch-1)+len(briefPapers(n-1)))
		hits := p.search(store.TextQuery{Query: p.query(fmt.Sprintf(`"of batch %d"`, n-1)), NamesOnly: true, WithTotal: true})
		p.equal("papers found by words", hits.Total, perBatch)
		brief := p.search(store.TextQuery{Query: p.query(`"a brief paper"`), NamesOnly: true, WithTotal: true})
		p.equal("brief papers", brief.Total, len(briefPapers(n-1)))
	}
	for ended := max(0, first-1); ended < n-1; ended++ {
		p.checkEnded(ended)
	}
	return n
}

// batchSize counts the records of a batch that are in the store.
func (p probe) batchSize(n int) int {
	var ids []literature.ID
	for _, record := range lasting(n) {
		ids = append(ids, record.RecordID())
	}
	return len(p.records(ids...))
}

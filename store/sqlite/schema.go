package sqlite

// The file is one SQLite database in WAL mode with PATH-wal and PATH-shm beside it while it is open, and PATH.lock while it is open for writing.
//
//	head      one row: the version of the last committed change; the version of the analysis that made name, the index, stem and packed, see reanalyse.go
//	entity    number → row     number is the entity's number in the projection; row: see codec.go
//	relation  edge → row       edge is made of the numbers of both ends and the kind; see edge.go
//	result    id → row
//	redirect  id → target      ids that answer for others; a target is never itself redirected
//	name      (hash, entity)   keys of Resolve: identifiers and names, hashed; see resolve.go
//	labels, aliases, texts     number → tokens: FTS5 without content; see text.go
//	stem      (stem, surface)  which words have which stem; see text.go
//	change    version → row    the append-only change log; see log.go
//	before    (version, id) → row   records as they were before the change updated or removed them
//	ended     (owner, id, version)  which change ended that a record concerns its owner; see history.go
//	packed    (part, chunk) → row   what is kept in memory as it was at some version, to open fast; see packed.go
//
// A row of entity, relation, result, before, change and packed begins with a checksum over everything else in it. Integers are the
// only keys that many rows are found by: ids are text in random order, and a B-tree over them would rewrite itself with every batch, so the
// way from id to number is kept in memory only.

// applicationID marks the file as ours: "pgrf" in ASCII.
const applicationID = 0x70677266

// steps lead from an empty file to the present format, one transaction each. What was released is never changed, only added to; user_version is the
// number of steps taken. A step after which names or index have to be made anew sets head.analysis to 0.
var steps = []string{
	`CREATE TABLE head (
		one INTEGER PRIMARY KEY CHECK (one = 1),
		version INTEGER NOT NULL
	);
	INSERT INTO head VALUES (1, 0);
	CREATE TABLE entity (number INTEGER PRIMARY KEY, row BLOB NOT NULL);
	CREATE TABLE relation (edge INTEGER PRIMARY KEY, row BLOB NOT NULL);
	CREATE TABLE result (id TEXT PRIMARY KEY, row BLOB NOT NULL) WITHOUT ROWID;
	CREATE TABLE redirect (id TEXT PRIMARY KEY, target TEXT NOT NULL) WITHOUT ROWID;
	CREATE TABLE name (hash INTEGER, entity INTEGER, PRIMARY KEY (hash, entity)) WITHOUT ROWID;
	CREATE VIRTUAL TABLE labels USING fts5 (tokens, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '2');
	CREATE VIRTUAL TABLE aliases USING fts5 (tokens, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '2');
	CREATE VIRTUAL TABLE texts USING fts5 (tokens, content = '', contentless_delete = 1, tokenize = 'ascii');
	INSERT INTO labels (labels, rank) VALUES ('crisismerge', 32), ('automerge', 16);
	INSERT INTO aliases (aliases, rank) VALUES ('crisismerge', 32), ('automerge', 16);
	INSERT INTO texts (texts, rank) VALUES ('crisismerge', 32), ('automerge', 16);
	CREATE VIRTUAL TABLE labels_at USING fts5vocab (labels, instance);
	CREATE VIRTUAL TABLE aliases_at USING fts5vocab (aliases, instance);
	CREATE VIRTUAL TABLE texts_at USING fts5vocab (texts, instance);
	CREATE TABLE stem (stem TEXT, surface TEXT, PRIMARY KEY (stem, surface)) WITHOUT ROWID;
	CREATE TABLE change (version INTEGER PRIMARY KEY, row BLOB NOT NULL);
	CREATE TABLE before (version INTEGER, id TEXT, row BLOB NOT NULL, PRIMARY KEY (version, id)) WITHOUT ROWID;
	CREATE TABLE ended (owner TEXT, id TEXT, version INTEGER, PRIMARY KEY (owner, id, version)) WITHOUT ROWID;
	CREATE TABLE packed (part TEXT, chunk INTEGER, row BLOB NOT NULL, PRIMARY KEY (part, chunk))`,
	`ALTER TABLE head ADD COLUMN analysis INTEGER NOT NULL DEFAULT 1`,
}

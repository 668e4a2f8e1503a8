// Package sqlite is the embedded store: one SQLite file is the truth, a projection in memory answers what walks, sorts or counts.
// It is no query engine of its own and no SQL leaves it. The layout of the file stands at the top of schema.go, the way of a write at the
// top of apply.go.
package sqlite

// Package native is papergraph's own file format. One shape of record serves two kinds of file: YAML for people, and JSON Lines, one
// record a line, as the lossless dump. It turns bytes into records and back and tells every mistake by its line; it knows no store.
package native

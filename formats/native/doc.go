// Package native is papergraph's own file format. One shape of record serves two kinds of file: YAML for people, and JSON Lines, one
// record a line, as the lossless dump. It turns bytes into records and back and tells every mistake by its line; it knows no store.
//
//	papergraph: 1                       # version of the format; may be left out
//	assertion:                          # who states what follows, where a relation or result does not say
//	  {source: my reading list, origin: CURATED, certainty: HIGH, asserted_at: 2026-11-22}
//	records:
//	  - paper: xrp                      # kind and slug make the id paper/xrp
//	    title: {en: In-Kernel Storage Functions, zh-Hant: 內核存儲函數}
//	    type: CONFERENCE_PAPER
//	    published: 2022-07
//	    authors: [yuhong-zhong, {author: amy-tai, organizations: [google]}]
//	    topics: [storage, {topic: nvme, weight: 0.5, certainty: LOW}]
//	    cites: [{paper: bmc, evidence: {source: the printed paper, locator: reference 48}}]
//
// docs/format.md is the reference: every kind of record, every field, every word. Tests hold it to the tables of this package.
//
// Limits: a YAML file of MaxYAML bytes, a line of MaxLine bytes, values nested 32 deep, 1,000 fields in one place. Anchors, aliases, merge keys,
// tags and directives of YAML are refused, so that a file cannot grow while it is read.
package native

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
// In JSON Lines the first line is a header of the fields `papergraph` and `assertion`, or a record already; there are no `records`.
//
// Values. A text is English, or texts by locale. A list of one may be written without brackets. A name is a slug where
// one kind of entity is possible, else an id (paper/bmc). Enumerations are written as in the public API. A date is an EDTF date
// (published) or an RFC 3339 time or day (added, asserted_at). A weight is between 0.001 and 1.
//
// Entities begin with their kind: paper, author, organization, venue, topic, system, artifact, workload, collection. All have name
// (a paper: title), aliases, summary, note and identifiers, either by scheme (doi, arxiv, isbn, url, …) or as a list
// `identifiers: ["doi:10.1145/3603269.3604823"]`. Besides:
//
//	paper     abstract, type, published, volume, issue, pages, publisher, awards, retracted, stub, added, reference_list {state, expected, note}
//	          authors, venue, topics, introduces, uses, extends, compares_with, evaluated_on, artifacts, cites, version_of, collections, results
//	author    organizations
//	venue     type, year, location, series
//	topic     broader
//	system    topics, artifacts
//	artifact  repository, license
//
// Relations stand in the record of their source, each as the name of the target or as fields of which one names it ({topic: nvme, …}), or
// are records of their own: {relation: CITES, from: paper/xrp, to: paper/bmc}. They have note, and weight (ABOUT), intent (CITES), position,
// corresponding and organizations (AUTHORED_BY).
//
// Results stand in their paper, in the order of the source, or are records of their own with paper and order. They begin with
// result and have system, workload, kind, metric, value, max, unit, value_text, qualifier, direction, higher_is_better, baseline,
// improvement, conditions and statement.
//
// Relations and results have source, origin, certainty, asserted_at and evidence (a locator in the source, or source, locator, note and url), each of
// which overrides the file's; or assertions, a list of such fields, where several state the same.
//
// Limits: a YAML file of MaxYAML bytes, a line of MaxLine bytes, values nested 32 deep, 1,000 fields in one place. Anchors, aliases, merge keys,
// tags and directives of YAML are refused, so that a file cannot grow while it is read.
package native

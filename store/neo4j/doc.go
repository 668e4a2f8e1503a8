// Package neo4j keeps a papergraph in a Neo4j database, one server or a cluster. The graph is native there, so that it can be explored with
// Cypher and Neo4j Browser beside papergraph; every reading call is one statement (Scan: one for each batch), and Apply is one transaction.
//
// The nodes, of which each has exactly one of the labels Entity, Result, Change, Image, Redirect and Papergraph:
//
//	(:Entity:Paper)       one of the kinds of entity, :Stub where a paper is one. Beside what people read (id, title or name, year, citedBy, …) it
//	                      has the whole record as JSON, the version that changed it last, sort keys, and the tokens it is searched by.
//	(:Result)             a reported result: (:Paper)-[:REPORTS]->(:Result), which -[:MEASURES]->(:System) and -[:UNDER]->(:Workload)
//	(:Change)             an entry of the change log, by version
//	(:Image)              a record as it was before a change, see history.go
//	(:Redirect)           an id that answers for another
//	(:Papergraph)         two of them: "meta" with the version, the counters and the version of the analysis, see reanalyse.go, and "gate", see gate.go
//
// The relations between entities are relationships of the same names (CITES, ABOUT, …) with their properties and the whole record as
// JSON. A paper is joined to the organizations named on its AUTHORED_BY by WRITTEN_AT, which is derived and no relation of the contract.
//
// Statements are fixed texts. Filters, orders and walks compose fixed fragments, one text for each shape of question; values are parameters always.
package neo4j

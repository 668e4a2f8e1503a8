// Package corpus is the bundled reading list: sixteen papers on eBPF as a file in papergraph's own format. It holds the bytes only;
// formats/native gives them a meaning.
package corpus

import _ "embed" // puts ebpf.yaml into the binary

// Name is the file's name, for messages that point into it.
const Name = "ebpf.yaml"

// YAML is the reading list. Nobody may change it.
//
//go:embed ebpf.yaml
var YAML []byte

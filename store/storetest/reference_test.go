package storetest

import (
	"testing"

	"github.com/papergraph/papergraph/store"
)

func TestReference(t *testing.T) {
	Run(t, func(*testing.T) store.Store { return NewReference() })
}

// Two references must agree, which tries the dice and the comparison.
func TestCompare(t *testing.T) {
	Compare(t, func(*testing.T) store.Store { return NewReference() }, 10)
}

package storetest

import (
	"testing"

	"github.com/papergraph/papergraph/store"
)

func TestReference(t *testing.T) {
	Run(t, func(*testing.T) store.Store { return NewReference() })
}

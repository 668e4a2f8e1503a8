package gqlhttp

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

func TestSorted(t *testing.T) {
	at := func(message string, line, column int, path ...ast.PathElement) *gqlerror.Error {
		return &gqlerror.Error{Message: message, Locations: []gqlerror.Location{{Line: line, Column: column}}, Path: path}
	}
	errs := gqlerror.List{
		at("e", 2, 1), at("d", 1, 9, ast.PathName("a"), ast.PathIndex(10)), at("c", 1, 9, ast.PathName("a"), ast.PathIndex(9)),
		at("b", 1, 2, ast.PathName("b")), at("a", 1, 2, ast.PathName("a")),
		{Message: "0"},
	}
	var got string
	for _, err := range sorted(errs) {
		got += err.Message
	}
	if diff := cmp.Diff("0abcde", got); diff != "" {
		t.Error(diff)
	}
}

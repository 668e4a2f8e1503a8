package gqlhttp_test

import (
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/papergraph/papergraph/gqlhttp"
)

const auditScript = `
const { auditServer } = require('graphql-http');
auditServer({ url: process.argv[1] }).then((results) => {
  const bad = results.filter((r) => r.status !== 'ok');
  bad.forEach((r) => console.log(r.id, r.status, r.name, r.reason));
  console.log(results.length - bad.length + ' of ' + results.length);
});`

// TestAudit runs the audits of npm's graphql-http. It needs Node and names no
// version: set GRAPHQL_HTTP_AUDIT to a folder where `npm install graphql-http
// graphql` has been run.
func TestAudit(t *testing.T) {
	folder := os.Getenv("GRAPHQL_HTTP_AUDIT")
	if folder == "" {
		t.Skip("GRAPHQL_HTTP_AUDIT is not set; see the comment of this test")
	}
	server := httptest.NewServer(gqlhttp.New(newService(), gqlhttp.Config{Logger: quiet, Introspection: true}))
	defer server.Close()
	cmd := exec.CommandContext(t.Context(), "node", "-e", auditScript, server.URL)
	cmd.Dir = folder
	out, err := cmd.CombinedOutput()
	t.Logf("%s", out)
	if err != nil || strings.TrimSpace(string(out)) != "61 of 61" {
		t.Errorf("audits failed: %v", err)
	}
}

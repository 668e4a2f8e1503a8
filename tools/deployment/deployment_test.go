// Package deployment checks the Dockerfile and docker-compose.yml by the parsers of BuildKit and Compose, since a machine that runs the tests need
// not have Docker. It is a module of its own: these parsers bring modules that neither papergraph nor its tools should get versions from.
package deployment

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/dotenv"
	"github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

func TestDockerfile(t *testing.T) {
	file, err := os.Open("../../Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	parsed, err := parser.Parse(file)
	if err != nil {
		t.Fatal(err)
	}
	stages, _, err := instructions.Parse(parsed.AST, nil)
	if err != nil {
		t.Fatal(err)
	}

	names := map[string]bool{}
	for _, stage := range stages {
		if base := stage.BaseName; base != "scratch" && !names[base] && !strings.Contains(base, ":") {
			t.Errorf("base image %s has no tag", base)
		}
		for _, command := range stage.Commands {
			if c, ok := command.(*instructions.CopyCommand); ok && c.From != "" && !names[c.From] {
				t.Errorf("%s: no stage before has that name", c)
			}
		}
		names[stage.Name] = true
	}

	final := stages[len(stages)-1]
	var user, workdir string
	var volumes, ports []string
	env := map[string]string{}
	var healthy, entry bool
	for _, command := range final.Commands {
		switch c := command.(type) {
		case *instructions.UserCommand:
			user = c.User
		case *instructions.WorkdirCommand:
			workdir = c.Path
		case *instructions.VolumeCommand:
			volumes = append(volumes, c.Volumes...)
		case *instructions.ExposeCommand:
			ports = append(ports, c.Ports...)
		case *instructions.EnvCommand:
			for _, pair := range c.Env {
				env[pair.Key] = pair.Value
			}
		case *instructions.HealthCheckCommand:
			healthy = len(c.Health.Test) > 1 && c.Health.Test[0] == "CMD" // a shell there is none
		case *instructions.EntrypointCommand:
			entry = !c.PrependShell
		case *instructions.RunCommand:
			t.Errorf("%s: the image has nothing to run it with", c)
		}
	}
	for name, ok := range map[string]bool{
		"runs as a numbered user other than root":         user != "" && strings.Trim(user, "0123456789:") == "" && !strings.HasPrefix(user, "0"),
		"keeps its file in the volume":                    workdir == "/data" && slices.Contains(volumes, workdir),
		"has a place for temporary files":                 env["TMPDIR"] == workdir,
		"listens on every address of the container":       env["PAPERGRAPH_LISTEN"] == "0.0.0.0:8080" && slices.Contains(ports, "8080"),
		"leaves the choice of the store to NEO4J_URI":     env["PAPERGRAPH_STORE"] == "",
		"has a health check and an entry without a shell": healthy && entry,
	} {
		if !ok {
			t.Errorf("the image does not hold: %s", name)
		}
	}
}

// load reads docker-compose.yml as `docker compose` does.
func load(t *testing.T, environment map[string]string) (*types.Project, error) {
	t.Helper()
	return loader.LoadWithContext(t.Context(), types.ConfigDetails{
		WorkingDir:  "../..",
		ConfigFiles: []types.ConfigFile{{Filename: "../../docker-compose.yml"}},
		Environment: environment,
	}, func(o *loader.Options) { o.SetProjectName("papergraph", true) })
}

func TestCompose(t *testing.T) {
	const password = "given by the environment"
	project, err := load(t, map[string]string{"NEO4J_PASSWORD": password})
	if err != nil {
		t.Fatal(err)
	}
	neo4j, papergraph := project.Services["neo4j"], project.Services["papergraph"]
	env := func(s types.ServiceConfig, name string) string {
		if value := s.Environment[name]; value != nil {
			return *value
		}
		return ""
	}
	local := func(s types.ServiceConfig) bool {
		return len(s.Ports) > 0 && !slices.ContainsFunc(s.Ports, func(p types.ServicePortConfig) bool { return p.HostIP != "127.0.0.1" })
	}
	for name, ok := range map[string]bool{
		"there are two services":                          len(project.Services) == 2,
		"Neo4j is the long-term support line":             strings.HasPrefix(neo4j.Image, "neo4j:5.26"),
		"Neo4j takes the password from the environment":   env(neo4j, "NEO4J_AUTH") == "neo4j/"+password,
		"Neo4j's health check runs a statement":           neo4j.HealthCheck != nil && strings.Contains(strings.Join(neo4j.HealthCheck.Test, " "), "cypher-shell"),
		"its password is on no command line":              neo4j.HealthCheck != nil && !strings.Contains(strings.Join(neo4j.HealthCheck.Test, " "), password),
		"Neo4j's memory is bounded":                       env(neo4j, "NEO4J_server_memory_heap_max__size") != "" && env(neo4j, "NEO4J_server_memory_pagecache_size") != "",
		"Neo4j's data outlive its container":              len(neo4j.Volumes) == 1 && neo4j.Volumes[0].Type == types.VolumeTypeVolume && neo4j.Volumes[0].Target == "/data",
		"papergraph is built from here":                   papergraph.Build != nil,
		"papergraph waits for Neo4j":                      papergraph.DependsOn["neo4j"].Condition == types.ServiceConditionHealthy,
		"papergraph uses Neo4j":                           env(papergraph, "NEO4J_URI") == "neo4j://neo4j:7687" && env(papergraph, "NEO4J_PASSWORD") == password,
		"both answer this machine only":                   local(neo4j) && local(papergraph),
		"papergraph writes to nothing and may do nothing": papergraph.ReadOnly && slices.Equal(papergraph.CapDrop, []string{"ALL"}),
	} {
		if !ok {
			t.Errorf("does not hold: %s", name)
		}
	}

	if _, err := load(t, nil); err == nil || !strings.Contains(err.Error(), "NEO4J_PASSWORD") {
		t.Errorf("without a password: %v, want an error that names NEO4J_PASSWORD", err)
	}
}

// TestPasswordFile: Compose reads the password that was typed into the command of docs/operations.md, whatever is in it.
func TestPasswordFile(t *testing.T) {
	text, err := os.ReadFile("../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	command := regexp.MustCompile(`(?m)^\(umask 077; read .*> \.env\)$`).Find(text)
	for _, password := range []string{"correct horse", `pa$word #1 \n"x"`, "$$${HOME}"} {
		run := exec.CommandContext(t.Context(), "bash", "-c", string(command))
		run.Dir, run.Stdin = t.TempDir(), strings.NewReader(password+"\n")
		if out, err := run.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v %s", command, err, out)
		}
		read, err := dotenv.Read(filepath.Join(run.Dir, ".env"))
		if got := read["NEO4J_PASSWORD"]; err != nil || got != password {
			t.Errorf("typed %q, read %q %v", password, got, err)
		}
	}
}

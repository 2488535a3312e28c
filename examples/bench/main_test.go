package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gcmkit/gcmkit/examples/bench/task"
)

func TestSizes(t *testing.T) {
	for text, want := range map[string]int{"1k": 1000, " 10k": 10_000, "1M": 1_000_000, "10M": 10_000_000, "1": 1, "250": 250} {
		if n, err := parseSize(text); err != nil || n != want {
			t.Errorf("%q is %d (%v), want %d", text, n, err, want)
		}
	}
	for _, text := range []string{"", "k", "0", "-1k", "11M", "1e3", "1kk", "9223372036854775807k"} {
		if n, err := parseSize(text); err == nil {
			t.Errorf("%q is %d", text, n)
		}
	}
}

// The tools in Go that build fast, from flags to a README, twice.
func TestEverythingComesOut(t *testing.T) {
	if testing.Short() {
		t.Skip("builds programs")
	}
	dir := t.TempDir()
	out, readme, left := filepath.Join(dir, "docs", "results"), filepath.Join(dir, "README.md"), filepath.Join(dir, "tmp")
	if err := os.WriteFile(readme, []byte("before\n<!-- bench -->\nold\n<!-- /bench -->\nafter\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(left, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", left)
	only := "ours,fastjson,encodingjson"
	if runtime.NumCPU() > 1 {
		only += ",ours-1"
	}
	var said bytes.Buffer
	args := []string{"-sizes", "50,200", "-runs", "2", "-only", only, "-o", out, "-readme", readme}
	if code := status(args, &said); code != 0 {
		t.Fatalf("status %d:\n%s", code, &said)
	}
	var r Report
	text, err := os.ReadFile(filepath.Join(out, "bench.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &r); err != nil {
		t.Fatal(err)
	}
	if len(r.Feeds) != 2 || r.Feeds[1].Records != 200 || r.Versions["Go"] == "" || r.Versions["github.com/valyala/fastjson"] == "" {
		t.Errorf("%+v, %v", r.Feeds, r.Versions)
	}
	for _, f := range r.Feeds {
		for _, id := range []string{"ours", "fastjson", "encodingjson"} {
			if m, ok := r.find(id, task.Read, f.Records == 50, f.Records); !ok || m.Number != 2 || m.Best <= 0 || m.Median < m.Best || len(m.CPU) != 2 {
				t.Errorf("%s, %d: %+v", id, f.Records, m)
			}
		}
		if m, ok := r.find("ours", task.Count, true, f.Records); !ok || m.Number < 15 {
			t.Errorf("clicks: %+v", m)
		}
	}
	page, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"before\n<!-- bench -->\n## With lists", "| 200 pledges, ", "| Reading, one core | **", "fastjson", "](docs/results/bench.md)", "<!-- /bench -->\nafter\n"} {
		if !bytes.Contains(page, []byte(part)) {
			t.Errorf("no %q in\n%s", part, page)
		}
	}
	if files, _ := os.ReadDir(left); len(files) > 0 {
		t.Errorf("left behind: %v", files)
	}
}

func TestInterruptedItLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := makeFeed(ctx, dir, 20_000); err == nil {
		t.Error("it goes on")
	}
	if files, _ := os.ReadDir(dir); len(files) > 0 {
		t.Errorf("left behind: %v", files)
	}
}

// script is a tool that is a shell script rather than one of ours.
func script(t *testing.T, text string) (*bench, *tool, *Measurement) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "tool"), []byte("#!/bin/sh\n"+text+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	b := &bench{
		options:  options{timeout: time.Minute},
		progress: &progress{out: io.Discard},
		temp:     dir, built: &built{bin: dir}, missing: map[string]string{},
	}
	return b, &tool{ID: "tool", Name: "Tool", program: "tool"}, &Measurement{Tool: "tool", Task: task.Read, Records: 10}
}

func TestWrongNumbersEndTheBenchmark(t *testing.T) {
	b, tool, m := script(t, `echo '{"seconds":[1],"results":[{"total":9}],"peak":1}'`)
	err := b.once(t.Context(), tool, task.Job{Task: task.Read}, []task.Result{{Total: 10}}, m)
	if err == nil || err.Error() != `Tool, task "read", counting alone, 10 pledges: result 1: total is 9, want 10` {
		t.Error(err)
	}
	if err := b.once(t.Context(), tool, task.Job{Task: task.Read}, []task.Result{{Total: 9}}, m); err != nil || m.Best != 1 || m.Peak != 1 {
		t.Error(err, m)
	}
}

func TestAToolThatCannotIsARowThatSaysSo(t *testing.T) {
	for name, c := range map[string]struct{ script, says string }{
		"fails":          {"echo no memory >&2; exit 3", "exit status 3: no memory"},
		"says a lot":     {"echo 'at line 1\nTypeError: no\nat line 2' >&2; exit 1", "exit status 1: TypeError: no"},
		"says nothing":   {"true", "its answer"},
		"measures not":   {"echo '{}'", "without a measurement"},
		"takes too long": {"exec sleep 60", "takes longer than 200ms"},
	} {
		t.Run(name, func(t *testing.T) {
			b, tool, m := script(t, c.script)
			b.timeout = 200 * time.Millisecond
			if !strings.Contains(c.script, "sleep") {
				b.timeout = time.Minute
			}
			for range 2 {
				if err := b.once(t.Context(), tool, task.Job{Task: task.Read}, nil, m); err != nil {
					t.Fatal(err)
				}
				if !strings.Contains(m.Problem, c.says) || m.Best != 0 {
					t.Errorf("%+v", m)
				}
			}
			more := Measurement{Tool: "tool", Task: task.Read, Records: 100}
			if err := b.once(t.Context(), tool, task.Job{Task: task.Read}, nil, &more); err != nil || !strings.Contains(more.Problem, "not tried") {
				t.Errorf("with more pledges: %v, %+v", err, more)
			}
			b.report.Measurements = []Measurement{*m}
			if p := b.report.problems(); len(p) != 1 || !strings.Contains(p[0], c.says) {
				t.Error(p)
			}
		})
	}
}

func TestToolsHaveNamesOfTheirOwn(t *testing.T) {
	ids, names := map[string]bool{}, map[string]bool{}
	for _, tool := range allTools() {
		if ids[tool.ID] || names[tool.Name] {
			t.Errorf("%s (%s) is there twice", tool.ID, tool.Name)
		}
		ids[tool.ID], names[tool.Name] = true, true
	}
	for cores := 1; cores <= 2; cores++ {
		for _, c := range contests(cores) {
			if !slices.ContainsFunc(c.tools, func(id string) bool { return strings.HasPrefix(id, "ours") }) {
				t.Errorf("%s is without gcmkit", c.title)
			}
		}
	}
}

package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/gcmkit/gcmkit/examples/bench/feed"
	"github.com/gcmkit/gcmkit/examples/bench/task"
)

// Every tool holds the same pledges, the latest revision of each.
func TestToolsAgree(t *testing.T) {
	g := feed.New(3)
	var lines []byte
	for range 3000 {
		lines = g.Append(lines)
	}
	revised := bytes.Replace(lines[:bytes.IndexByte(lines, '\n')+1], []byte(`"updated":"20`), []byte(`"updated":"21`), 1)
	file := filepath.Join(t.TempDir(), "pledges.ndjson")
	if err := os.WriteFile(file, append(revised, lines...), 0o600); err != nil {
		t.Fatal(err)
	}
	var want task.Loaded
	for _, tool := range []string{"ours", "sonic", "goccy", "jsonv2", "encodingjson"} {
		var out bytes.Buffer
		var got task.Loaded
		if err := run([]string{tool, file}, &out); err != nil {
			t.Fatal(tool, err)
		}
		if err := json.Unmarshal(out.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		if want.Pledges == 0 {
			want = got
		}
		if got.Pledges != 3000 || got.Sum != want.Sum || got.Seconds <= 0 || got.Allocated <= 0 || got.Objects <= 0 {
			t.Errorf("%s: %+v, want %+v", tool, got, want)
		}
	}
	// and one that isn't the same is noticed
	other := bytes.Replace(lines, []byte(`"objectives":[`), []byte(`"objectives":[23,`), 1)
	if err := os.WriteFile(file, other, 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	var got task.Loaded
	if err := run([]string{"jsonv2", file}, &out); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil || got.Sum == want.Sum {
		t.Error("other pledges have the same sum", err)
	}
}

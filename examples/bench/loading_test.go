package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLoadingIsCompared(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program")
	}
	dir := t.TempDir()
	readme := filepath.Join(dir, "README.md")
	if err := os.WriteFile(readme, []byte("before\n<!-- loading -->\n<!-- /loading -->\nafter\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	if code := status([]string{"-load", "-sizes", "300,500", "-runs", "2", "-o", dir, "-readme", readme}, &said); code != 0 {
		t.Fatalf("status %d:\n%s", code, &said)
	}
	text, err := os.ReadFile(filepath.Join(dir, "loading.json"))
	if err != nil {
		t.Fatal(err)
	}
	var l Loading
	if err := json.Unmarshal(text, &l); err != nil {
		t.Fatal(err)
	}
	for _, m := range l.Measurements {
		if len(m.Seconds) != 2 || m.Seconds[0] <= 0 || m.Allocated <= 0 || m.Objects <= 0 {
			t.Errorf("%+v", m)
		}
	}
	page, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"before\n<!-- loading -->\n| Loading 300 pledges, ", "| Loading 500 pledges, ", "| bytedance/sonic | ", "github.com/goccy/go-json v"} {
		if !strings.Contains(string(page), part) {
			t.Errorf("no %q in\n%s", part, page)
		}
	}
}

// The table in README.md is of the measurements that lie in results.
func TestREADMEHasTheTableOfLoading(t *testing.T) {
	text, err := os.ReadFile("results/loading.json")
	if err != nil {
		t.Fatal(err)
	}
	var l Loading
	if err := json.Unmarshal(text, &l); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	want, err := replaceBetween(page, loadMarker, []byte(l.markdown()))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(page, want) {
		t.Error("the table in README.md, between <!-- loading --> and <!-- /loading -->, is not that of results/loading.json: run make bench")
	}
}

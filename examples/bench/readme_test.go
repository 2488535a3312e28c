package main

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"
)

// The table in README.md is of the measurements that lie in results.
func TestREADMEHasTheTableOfTheResults(t *testing.T) {
	text, err := os.ReadFile("results/bench.json")
	if err != nil {
		t.Fatal(err)
	}
	var r Report
	if err := json.Unmarshal(text, &r); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	want, err := replaceBetween(page, marker, r.readme("results"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(page, want) {
		t.Error("the table in README.md, between <!-- bench --> and <!-- /bench -->, is not that of results/bench.json: run make bench")
	}
}

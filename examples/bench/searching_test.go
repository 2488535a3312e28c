package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestWhatAToolFindsIsJudgedByWhatPeopleWant(t *testing.T) {
	queries := []query{{"a", []string{"1", "2"}}, {"b", []string{"3"}}, {"c", nil}, {"d", []string{"4"}}}
	var tool SearchTool
	tool.judge(queries, [][]string{{"9", "8", "7", "6", "5", "4", "3", "2", "0", "x", "1"}, {"3"}, nil, {"5"}})
	if tool.Wanted != 3 || tool.First != 2 || tool.All != 3 || tool.Beside != 10 || !slices.Equal(tool.Missing, []string{"d"}) {
		t.Errorf("%+v", tool)
	}
}

func TestQueriesAreRead(t *testing.T) {
	all, err := readQueries()
	if err != nil || len(all) < 60 || all[0].text != "kenya detention" || !slices.Equal(all[0].wanted, []string{"e0000001"}) {
		t.Errorf("%d queries (%v), the first one %+v", len(all), err, all[0])
	}
	if k := keys(); !slices.Contains(k, "移民") || !slices.Contains(k, "a") || slices.ContainsFunc(k, func(s string) bool { return s == "" || strings.HasSuffix(s, " ") }) {
		t.Errorf("keys %q", k)
	}
}

func TestDocumentsSayWhatPledgesSay(t *testing.T) {
	docs, lines := filepath.Join(t.TempDir(), "docs"), filepath.Join(t.TempDir(), "lines")
	if err := writeDocuments(docs, lines, append(publishedFiles, pledgesFile)...); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(docs)
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]document{}
	for line := range strings.Lines(string(text)) {
		var d document
		if err := json.Unmarshal([]byte(line), &d); err != nil {
			t.Fatal(err)
		}
		if known[d.ID[:8]].ID != "" {
			t.Errorf("%s is there twice", d.ID)
		}
		known[d.ID[:8]] = d
	}
	queries, err := readQueries()
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range queries {
		for _, id := range q.wanted {
			if known[id].Title == "" {
				t.Errorf("%s wants %s, which isn't there", q.text, id)
			}
		}
	}
	for id, places := range map[string]string{"c0000004": "Tuvalu", "a0000002": "تونس", "1594cd8f": "肯尼亚"} {
		if !strings.Contains(known[id].Places, places) {
			t.Errorf("no %s in %+v", places, known[id])
		}
	}
	if d := known["f0000001"]; !strings.Contains(d.Pledgers, "科特迪瓦") || !strings.Contains(d.Pledgers, "ivory coast") || d.Topics != "child-detention" {
		t.Errorf("%+v", d)
	}
	if text, err := os.ReadFile(lines); err != nil || strings.Count(string(text), "\n") != len(known) {
		t.Errorf("%d pledges, want %d (%v)", strings.Count(string(text), "\n"), len(known), err)
	}
}

// The table in README.md is of the measurements that lie in results.
func TestREADMEHasTheTableOfSearching(t *testing.T) {
	text, err := os.ReadFile("results/searching.json")
	if err != nil {
		t.Fatal(err)
	}
	var s Searching
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	want, err := replaceBetween(page, searchMarker, []byte(s.markdown()))
	if err != nil {
		t.Fatal(err)
	}
	if string(page) != string(want) {
		t.Error("the table in README.md, between <!-- searching --> and <!-- /searching -->, is not that of results/searching.json: run go run . -search -sizes 10k,100k -readme README.md")
	}
}

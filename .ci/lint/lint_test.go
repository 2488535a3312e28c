package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const head = "tool\tcheck\tplace\treason\n"

func TestAnEntryPassesOverItsPlaceOnly(t *testing.T) {
	entries, err := parse(strings.NewReader(head +
		"gosec\tG304\texamples/\tfiles of the user\n" +
		"gosec\t*\tgcm:Date.Last\tdays\n" +
		"staticcheck\tU1000\t/\tneedless\n"))
	if err != nil {
		t.Fatal(err)
	}
	left, unused := sift([]finding{
		{tool: "gosec", check: "G304", file: "examples/load/main.go", line: 1},
		{tool: "gosec", check: "G104", file: "examples/load/main.go", line: 2},
		{tool: "gosec", check: "G304", file: "gcm/date.go", line: 3, function: "Date.First"},
		{tool: "gosec", check: "G115", file: "gcm/date.go", line: 4, function: "Date.Last"},
		{tool: "gosec", check: "G115", file: "gcm/internal/date.go", line: 5, function: "Date.Last"},
		{tool: "staticcheck", check: "G304", file: "examples/load/main.go", line: 6},
	}, entries)
	var lines []int
	for _, f := range left {
		lines = append(lines, f.line)
	}
	if len(lines) != 4 || lines[0] != 2 || lines[1] != 3 || lines[2] != 5 || lines[3] != 6 {
		t.Errorf("lines left: %v", lines)
	}
	if len(unused) != 1 || unused[0].line != 4 {
		t.Errorf("unused entries: %v", unused)
	}
}

func TestAListThatCannotBeReadIsAnError(t *testing.T) {
	for _, line := range []string{
		"gosec\tG304\texamples/",
		"gosec\tG304\texamples/\t ",
		"gosec\tG304\texamples\tneither directory nor declaration",
	} {
		if _, err := parse(strings.NewReader(head + line + "\n")); err == nil || !strings.Contains(err.Error(), "line 2") {
			t.Errorf("%q: %v", line, err)
		}
	}
}

func TestDeclarationAroundALine(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.go")
	if err := os.WriteFile(file, []byte(`package a

var (
	a = 1
	b = 2
)

type list[T any] struct {
	all []T
}

func (l *list[T]) last() T {
	return l.all[0]
}

func make() {}
`), 0o600); err != nil {
		t.Fatal(err)
	}
	for line, want := range map[int]string{1: "-", 4: "a", 5: "b", 9: "list", 12: "list.last", 13: "list.last", 15: "-", 16: "make"} {
		if got, err := declaration(file, line); got != want || err != nil {
			t.Errorf("line %d: %q, %v, want %q", line, got, err, want)
		}
	}
}

func TestTheRepositorysListIsReadable(t *testing.T) {
	file, err := os.Open("../lint.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if entries, err := parse(file); err != nil || len(entries) == 0 {
		t.Error(entries, err)
	}
}

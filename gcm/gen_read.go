//go:build ignore

package main

import (
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// input is the directory of the TSV files.
var input string

// A row is a line of a TSV file by the names of the columns.
type row map[string]string

// need returns a value that can't be missing.
func (r row) need(column string) string {
	if r[column] == "" {
		log.Fatalf("nothing in column %s of %v", column, r)
	}
	return r[column]
}

// read reads a TSV file: comments, the names of columns, and rows.
func read(file string) []row {
	data, err := os.ReadFile(filepath.Join(input, file))
	check(err)
	var header []string
	var rows []row
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		fields := strings.Split(line, "\t")
		if header == nil {
			header = fields
			continue
		}
		if len(fields) > len(header) {
			log.Fatalf("%s: too many columns: %q", file, line)
		}
		r := row{}
		for i, field := range fields {
			r[header[i]] = strings.TrimSpace(field)
		}
		rows = append(rows, r)
	}
	return rows
}

// readSorted reads a file whose rows must be in the order of a column: the
// numbers of the values are.
func readSorted(file, name string) []row {
	rows := read(file)
	if !slices.IsSorted(column(rows, name)) {
		log.Fatalf("%s is not in the order of %s", file, name)
	}
	return rows
}

func column(rows []row, name string) []string {
	var values []string
	for _, row := range rows {
		values = append(values, row[name])
	}
	return values
}

// codes returns a column of codes of one width, none of them there twice.
func codes(rows []row, name string, width int) string {
	var list []string
	for _, code := range column(rows, name) {
		if len(code) != width || slices.Contains(list, code) {
			log.Fatalf("%s %q is there twice or not of %d bytes", name, code, width)
		}
		list = append(list, code)
	}
	return strings.Join(list, "")
}

// places returns where in a list the values of a column are, as characters from
// the first.
func places(rows []row, name string, list []string, first byte) string {
	var b []byte
	for _, value := range column(rows, name) {
		b = append(b, first+byte(find(list, value)))
	}
	return string(b)
}

func find(list []string, s string) int {
	i := slices.Index(list, s)
	if i < 0 {
		log.Fatalf("%q is not one of %q", s, list)
	}
	return i
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

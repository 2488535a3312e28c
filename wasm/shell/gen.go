//go:build ignore

// This program writes what there is to say of the filters of the widget: the list in
// widget/filters.ts, the properties in widget/gcm-pledges.d.ts, and the table in the
// README of the elements. Which there are, and in which order, package tally says;
// filters.tsv says what each is. It needs no network:
//
//	go run gen.go            # writes the files
//	go run gen.go -o DIR     # writes them into a directory
package main

import (
	"bytes"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gcmkit/gcmkit/pledge/tally"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("gen: ")
	output := flag.String("o", "", "directory to write into, without those of the files")
	flag.Parse()
	filters, err := read("filters.tsv")
	if err != nil {
		log.Fatal(err)
	}
	var list, types, table bytes.Buffer
	fmt.Fprint(&list, "// Attributes that the engine reads as they are, and what a reader can choose.\n// Made by go generate ./wasm/shell of the filters of package tally. Do not edit.\n\nexport const FILTERS = [\n")
	fmt.Fprint(&table, "| filter | values | default |\n| --- | --- | --- |\n")
	for _, f := range filters {
		fmt.Fprintf(&list, "  %q,\n", f.name)
		fmt.Fprintf(&types, "  /** %s */\n", f.about)
		if f.kind == "string" {
			fmt.Fprintf(&types, "  %s: string;\n", f.name)
		} else {
			fmt.Fprintf(&types, "  get %s(): string;\n  set %[1]s(value: %s);\n", f.name, f.kind)
		}
		fmt.Fprintf(&table, "| `%s` | %s | %s|\n", f.name, f.values, strings.TrimLeft(f.without+" ", " "))
	}
	fmt.Fprint(&list, "] as const;\n")
	write := func(name string, text []byte) {
		if *output != "" {
			name = filepath.Join(*output, filepath.Base(name))
		}
		if err := os.WriteFile(name, text, 0o644); err != nil {
			log.Fatal(err)
		}
	}
	write("widget/filters.ts", list.Bytes())
	const types0, types1 = "  // filters: go generate ./wasm/shell\n", "  // end\n"
	write("widget/gcm-pledges.d.ts", between("widget/gcm-pledges.d.ts", types0, types1, types.Bytes()))
	const table0, table1 = "<!-- filters: go generate ./wasm/shell -->\n", "<!-- end -->\n"
	write("../README.md", between("../README.md", table0, table1, table.Bytes()))
}

// filter is a line of filters.tsv.
type filter struct{ name, kind, about, values, without string }

// read reads the lines, which have to be the filters that there are.
func read(file string) (all []filter, err error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	lines := map[string]filter{}
	for i, line := range strings.Split(strings.TrimRight(string(content), "\n"), "\n")[1:] {
		cells := strings.Split(line, "\t")
		if len(cells) != 5 || slices.Contains(cells[:4], "") {
			return nil, fmt.Errorf("%s: line %d: %d cells, want 5, of which the last may be empty", file, i+2, len(cells))
		}
		if _, twice := lines[cells[0]]; twice {
			return nil, fmt.Errorf("%s: line %d: %q stands there twice", file, i+2, cells[0])
		}
		lines[cells[0]] = filter{cells[0], cells[1], cells[2], cells[3], cells[4]}
	}
	for name := range tally.Filters() {
		f, ok := lines[name]
		if !ok {
			return nil, fmt.Errorf("%s: there is no line of %q", file, name)
		}
		delete(lines, name)
		all = append(all, f)
	}
	for name := range lines {
		return nil, fmt.Errorf("%s: %q is no filter of package tally", file, name)
	}
	return all, nil
}

// between returns a file with other text between two lines.
func between(file, begin, end string, text []byte) []byte {
	content, err := os.ReadFile(file)
	if err != nil {
		log.Fatal(err)
	}
	before, rest, ok := bytes.Cut(content, []byte(begin))
	_, after, closed := bytes.Cut(rest, []byte(end))
	if !ok || !closed {
		log.Fatalf("%s has no place for the filters between %q and %q", file, begin, end)
	}
	return slices.Concat(before, []byte(begin), text, []byte(end), after)
}

//go:build ignore

// This program prints the table of the rules of a pledge as Markdown:
//
//	go run gen_rules.go               # prints it
//	go run gen_rules.go -w README.md  # puts it between <!-- rules --> and <!-- /rules -->
package main

import (
	"bytes"
	"flag"
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/gcmkit/gcmkit/pledge"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("gen_rules: ")
	file := flag.String("w", "", "file to write the table into")
	flag.Parse()
	if *file == "" {
		fmt.Print(table())
		return
	}
	content, err := os.ReadFile(*file)
	if err != nil {
		log.Fatal(err)
	}
	before, rest, begins := bytes.Cut(content, []byte("<!-- rules -->\n"))
	_, after, ends := bytes.Cut(rest, []byte("<!-- /rules -->"))
	if !begins || !ends {
		log.Fatalf("%s has no <!-- rules --> and <!-- /rules -->", *file)
	}
	out := fmt.Appendf(nil, "%s<!-- rules -->\n%s<!-- /rules -->%s", before, table(), after)
	if err := os.WriteFile(*file, out, 0o666); err != nil {
		log.Fatal(err)
	}
}

// table returns a row for each rule, and a second one where it is as severe in
// other fields.
func table() string {
	var b strings.Builder
	b.WriteString("| rule | field | what it asks for | submission | publication |\n| --- | --- | --- | --- | --- |\n")
	var rows []pledge.RuleInfo
	for r := range pledge.Rules() {
		last := len(rows) - 1
		field := "`" + r.Field + "`"
		if last >= 0 && rows[last].Rule == r.Rule && rows[last].Text == r.Text {
			rows[last].Field += " " + field
			continue
		}
		r.Field = field
		rows = append(rows, r)
	}
	for _, r := range rows {
		rule := "`" + r.Rule + "`"
		if r.Param != "" {
			rule += " " + r.Param
		}
		if r.Across {
			rule += " (across records)"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", rule, r.Field, r.Text, severity(r.Submission), severity(r.Publication))
	}
	return b.String()
}

func severity(s pledge.Severity) string {
	if s == pledge.Off {
		return "–"
	}
	return s.String()
}

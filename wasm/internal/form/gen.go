//go:build ignore

// This program checks the texts in messages_*.tsv and writes them to tables.go.
// It needs nothing but the standard library and no network:
//
//	go run gen.go            # writes tables.go
//	go run gen.go -o FILE    # writes FILE
package main

import (
	"bytes"
	"flag"
	"fmt"
	"go/format"
	"log"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A language is what a file of texts must have.
type language struct {
	code  string
	name  string   // in Go
	forms []string // of whole numbers (CLDR)
	exact []string // forms of a single number, which needn't show it
}

// The languages in the order of gcm.Language; English is the model of the rest.
var languages = []language{
	{"en", "English", []string{"one", "other"}, []string{"one"}},
	{"fr", "French", []string{"one", "many", "other"}, nil},
	{"es", "Spanish", []string{"one", "many", "other"}, []string{"one"}},
	{"ar", "Arabic", []string{"zero", "one", "two", "few", "many", "other"}, []string{"zero", "one", "two"}},
	{"ru", "Russian", []string{"one", "few", "many"}, nil},
	{"zh", "Chinese", []string{"other"}, nil},
}

// texts are those of a language by key and plural form, "problems few"; the
// form is left out where a message has none.
type texts map[string]string

func main() {
	log.SetFlags(0)
	log.SetPrefix("gen: ")
	output := flag.String("o", "tables.go", "file to write")
	flag.Parse()
	var files []texts
	for _, lang := range languages {
		name := "messages_" + lang.code + ".tsv"
		all, err := read(name)
		if err == nil {
			files = append(files, all)
			err = check(lang, all, files[0])
		}
		if err != nil {
			log.Fatalf("%s: %v", name, err)
		}
	}
	source, err := format.Source(generate(files))
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(*output, source, 0o666); err != nil {
		log.Fatal(err)
	}
}

var keyForm = regexp.MustCompile(`^[a-z_]+(\.[a-z_]+)*$`)

func read(name string) (texts, error) {
	content, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	all := texts{}
	header := true
	for i, line := range strings.Split(strings.ReplaceAll(string(content), "\r\n", "\n"), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != 3 {
			return nil, fmt.Errorf("line %d: %d cells, want 3", i+1, len(cells))
		}
		if header {
			header = false
			continue
		}
		if !keyForm.MatchString(cells[0]) {
			return nil, fmt.Errorf("line %d: message %q", i+1, cells[0])
		}
		key := strings.TrimSpace(cells[0] + " " + cells[1])
		if _, twice := all[key]; twice {
			return nil, fmt.Errorf("line %d: %s is there twice", i+1, key)
		}
		all[key] = cells[2]
	}
	return all, nil
}

// check compares a language with the model: the same messages, in the forms
// that the language needs, with the same places.
func check(lang language, all, model texts) error {
	want := map[string]string{} // a key and a text with its places
	for key, text := range model {
		if name, form, plural := strings.Cut(key, " "); !plural {
			want[key] = text
		} else if form == "other" {
			for _, form := range lang.forms {
				want[name+" "+form] = text
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(want)) {
		text, ok := all[key]
		if !ok {
			return fmt.Errorf("%s is missing", key)
		}
		_, form, _ := strings.Cut(key, " ")
		if err := checkText(lang, text, places(want[key]), slices.Contains(lang.exact, form)); err != nil {
			return fmt.Errorf("%s: %v", key, err)
		}
	}
	for key := range all {
		if _, ok := want[key]; !ok {
			return fmt.Errorf("%s is none of the messages and forms", key)
		}
	}
	return nil
}

var (
	place = regexp.MustCompile(`\{[a-z]+\}`)
	// In French a no-break space goes before these, but for https://.
	frenchSpace = regexp.MustCompile(`[^\x{00a0}\x{202f}][:;!?»](?:[^/]|$)|«[^\x{00a0}\x{202f}]`)
)

func checkText(lang language, text string, want []string, exact bool) error {
	if text == "" || !utf8.ValidString(text) || text != strings.TrimSpace(text) || strings.Contains(text, "  ") {
		return fmt.Errorf("%q is empty, not UTF-8, or has blanks too many", text)
	}
	for _, r := range text {
		if unicode.In(r, unicode.Cc, unicode.Cf) {
			return fmt.Errorf("%q has the invisible character %U", text, r)
		}
	}
	if strings.ContainsAny(place.ReplaceAllString(text, ""), "{}<>&") {
		return fmt.Errorf("%q has a brace, bracket or ampersand that means nothing", text)
	}
	if lang.code == "fr" && frenchSpace.MatchString(text) {
		return fmt.Errorf("%q has no no-break space before or inside of punctuation", text)
	}
	got := places(text)
	slices.Sort(got)
	slices.Sort(want)
	if exact && !slices.Contains(got, "{n}") {
		want = slices.DeleteFunc(want, func(p string) bool { return p == "{n}" })
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("%q has the places %q, want %q", text, got, want)
	}
	return nil
}

func places(text string) []string { return place.FindAllString(text, -1) }

func generate(files []texts) []byte {
	var b, tables bytes.Buffer
	count, size := 0, 0
	for i, all := range files {
		fmt.Fprintf(&tables, "\nvar texts%s = [...]text{\n", languages[i].name)
		for _, key := range slices.Sorted(maps.Keys(all)) {
			fmt.Fprintf(&tables, "{%q, %q},\n", key, all[key])
			count, size = count+1, size+len(all[key])
		}
		fmt.Fprint(&tables, "}\n")
	}
	fmt.Fprintf(&b, `// Code generated by gen.go from messages_*.tsv; DO NOT EDIT.

package form

import "github.com/gcmkit/gcmkit/gcm"

// texts are those of the form in %d languages, by key: %d texts of %d bytes.
// They are this project's own, in the terms of United Nations documents.
var texts = [...][]text{
`, len(files), count, size)
	for _, lang := range languages {
		fmt.Fprintf(&b, "gcm.%s: texts%s[:],\n", lang.name, lang.name)
	}
	fmt.Fprint(&b, "}\n")
	b.Write(tables.Bytes())
	return b.Bytes()
}

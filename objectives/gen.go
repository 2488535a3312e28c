//go:build ignore

// This program writes tables.go from objectives.tsv and titles.tsv, and
// tables_words.go, which has the titles in all languages but English. It needs
// nothing but the standard library and no network:
//
//	go run gen.go           # writes them here
//	go run gen.go -o DIR    # writes them to DIR
package main

import (
	"bytes"
	"flag"
	"fmt"
	"go/format"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// languages are those whose titles are verified, and toVerify those of titles.tsv.
var (
	languages = []string{"en", "fr", "es"}
	toVerify  = []string{"ar", "ru", "zh"}
)

// constants are their names in package gcm.
var constants = map[string]string{"en": "English", "fr": "French", "es": "Spanish", "ar": "Arabic", "ru": "Russian", "zh": "Chinese"}

const (
	count   = 23
	allSDGs = "ALL"
)

var (
	slugForm   = regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	targetForm = regexp.MustCompile(`^([1-9]|1[0-7])\.([1-9][0-9]?|[a-d])$`)
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("gen: ")
	output := flag.String("o", ".", "directory to write to")
	flag.Parse()
	rows, err := read("objectives.tsv")
	if err != nil {
		log.Fatal(err)
	}
	added, err := addTitles("titles.tsv", rows)
	if err != nil {
		log.Fatal(err)
	}
	titled := append(languages, added...)
	for name, text := range map[string][]byte{"tables.go": generate(rows, titled), "tables_words.go": generateWords(rows, titled)} {
		source, err := format.Source(text)
		if err != nil {
			log.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(*output, name), source, 0o666); err != nil {
			log.Fatal(err)
		}
	}
}

// A row is a line of the table: its cells by the name of their column.
type row map[string]string

// read returns the checked rows of a table with a header line. Lines that
// begin with # are comments.
func read(name string) ([]row, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	if !utf8.Valid(text) {
		return nil, fmt.Errorf("%s: not UTF-8", name)
	}
	var header []string
	var rows []row
	for i, line := range strings.Split(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "\t")
		if header == nil {
			header = cells
			continue
		}
		if len(cells) != len(header) {
			return nil, fmt.Errorf("%s:%d: %d cells, want %d", name, i+1, len(cells), len(header))
		}
		r := row{}
		for c, cell := range cells {
			if cell == "" || cell != strings.Join(strings.Fields(cell), " ") {
				return nil, fmt.Errorf("%s:%d: column %s is empty or has blanks too many", name, i+1, header[c])
			}
			r[header[c]] = cell
		}
		rows = append(rows, r)
		if err := check(r, len(rows)); err != nil {
			return nil, fmt.Errorf("%s:%d: %v", name, i+1, err)
		}
	}
	if len(rows) != count {
		return nil, fmt.Errorf("%s: %d objectives, want %d", name, len(rows), count)
	}
	return rows, nil
}

// addTitles adds the titles that a file has with their source to the rows, and
// returns the languages in which there are any.
func addTitles(name string, rows []row) (added []string, err error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	header := true
	seen := map[string]bool{}
	for i, line := range strings.Split(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		if header { // language, number, title, short, source
			header = false
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != 5 || !utf8.ValidString(line) {
			return nil, fmt.Errorf("%s:%d: want five cells of UTF-8", name, i+1)
		}
		lang, title, short, source := cells[0], cells[2], cells[3], cells[4]
		n, err := strconv.Atoi(cells[1])
		if err != nil || n < 1 || n > count || !slices.Contains(toVerify, lang) || seen[lang+cells[1]] {
			return nil, fmt.Errorf("%s:%d: no objective %q to verify in %q, or one that is there twice", name, i+1, cells[1], lang)
		}
		seen[lang+cells[1]] = true
		for _, cell := range cells {
			if cell != strings.Join(strings.Fields(cell), " ") {
				return nil, fmt.Errorf("%s:%d: blanks too many", name, i+1)
			}
		}
		if source == "" || title == "" {
			continue // nobody has verified it
		}
		rows[n-1]["title_"+lang], rows[n-1]["short_"+lang] = title, short
		if !slices.Contains(added, lang) {
			added = append(added, lang)
		}
	}
	return added, nil
}

// check reports what is wrong with the row of objective n.
func check(r row, n int) error {
	if r["number"] != strconv.Itoa(n) {
		return fmt.Errorf("number %q, want %d", r["number"], n)
	}
	if r["paragraph"] != strconv.Itoa(n+16) {
		return fmt.Errorf("paragraph %q, want %d", r["paragraph"], n+16)
	}
	if t := r["round_table"]; len(t) != 1 || t < "1" || t > "4" {
		return fmt.Errorf("round table %q, want 1 to 4", t)
	}
	if !slugForm.MatchString(r["slug"]) {
		return fmt.Errorf("slug %q", r["slug"])
	}
	for _, target := range strings.Fields(r["sdg_targets"]) {
		if !targetForm.MatchString(target) && r["sdg_targets"] != allSDGs {
			return fmt.Errorf("SDG target %q", target)
		}
	}
	for _, lang := range languages {
		if r["title_"+lang] == "" || r["short_"+lang] == "" {
			return fmt.Errorf("no title or no short title in %q", lang)
		}
	}
	return nil
}

const header = "// Code generated by gen.go from objectives.tsv and titles.tsv; DO NOT EDIT.\n\n"

// generate returns the source of tables.go.
func generate(rows []row, languages []string) []byte {
	size := 0
	for _, r := range rows {
		for column, cell := range r {
			if column != "number" && column != "paragraph" && column != "round_table" {
				size += len(cell)
			}
		}
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, `%spackage objectives

// %d objectives; titles and short titles in %d languages; %d bytes of text.
// Sources: A/RES/73/195, annex (titles); UN Network on Migration (short titles,
// SDG targets); A/RES/73/326 (round tables). Entry n of a table is objective n,
// entry 0 is empty, and so is a title that isn't verified.

`, header, len(rows), len(languages), size)

	fmt.Fprint(&b, "var roundTables = [Count + 1]uint8{")
	for i, r := range rows {
		fmt.Fprintf(&b, "%d: %s,", i+1, r["round_table"])
	}
	fmt.Fprint(&b, "}\n\n")

	fmt.Fprintf(&b, "// allSDGs stands for all goals in sdgTargets.\nconst allSDGs = %q\n\n", allSDGs)
	column(&b, "var sdgTargets = [Count + 1]string{", rows, "sdg_targets")
	fmt.Fprint(&b, "\n\n")
	column(&b, "var slugs = [Count + 1]string{", rows, "slug")

	words(&b, "en", rows)
	return b.Bytes()
}

// generateWords returns the source of tables_words.go.
func generateWords(rows []row, languages []string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `%s//go:build !gcmwords

package objectives

// tables are the words of the languages, in the order of gcm.Language; nil where no
// title is verified.
var tables = [...]*words{`, header)
	for _, lang := range []string{"en", "fr", "es", "ar", "ru", "zh"} {
		if slices.Contains(languages, lang) {
			fmt.Fprintf(&b, "&words%s,", constants[lang])
		} else {
			fmt.Fprint(&b, "nil,")
		}
	}
	fmt.Fprint(&b, "}")
	for _, lang := range languages[1:] {
		words(&b, lang, rows)
	}
	return b.Bytes()
}

// words writes the titles in a language.
func words(b *bytes.Buffer, lang string, rows []row) {
	fmt.Fprintf(b, "\n\nvar words%s = words{\n", constants[lang])
	column(b, "titles: [Count + 1]string{", rows, "title_"+lang)
	column(b, ",\nshorts: [Count + 1]string{", rows, "short_"+lang)
	fmt.Fprint(b, ",\n}")
}

// column writes an array of the cells of a column.
func column(b *bytes.Buffer, opening string, rows []row, name string) {
	fmt.Fprintln(b, opening)
	for i, r := range rows {
		fmt.Fprintf(b, "%d: %q,\n", i+1, r[name])
	}
	fmt.Fprint(b, "}")
}

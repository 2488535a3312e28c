//go:build ignore

// This program checks the texts in messages_*.tsv and writes them to tables.go, and
// those of all languages but English to tables_words.go. It needs nothing but the
// standard library and no network:
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
	"strings"
	"unicode"
	"unicode/utf8"
)

// A language is what a file of texts must have.
type language struct {
	code  string
	name  string   // in Go
	forms []string // of whole numbers, in CLDR's order
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

// A message is what one file says for one key.
type message struct {
	key   string
	doc   []string          // the comment above it
	texts map[string]string // by form; by "" if there are none
}

func (m *message) isPlural() bool { _, plain := m.texts[""]; return !plain }

func main() {
	log.SetFlags(0)
	log.SetPrefix("gen: ")
	output := flag.String("o", ".", "directory to write to")
	flag.Parse()
	var files [][]message
	for _, lang := range languages {
		name := "messages_" + lang.code + ".tsv"
		messages, err := read(name)
		if err == nil && len(files) > 0 {
			messages, err = align(messages, files[0])
		}
		if err != nil {
			log.Fatalf("%s: %v", name, err)
		}
		files = append(files, messages)
		if err := check(lang, messages, files[0]); err != nil {
			log.Fatalf("%s: %v", name, err)
		}
	}
	for name, text := range map[string][]byte{"tables.go": generate(files), "tables_words.go": generateWords(files)} {
		source, err := format.Source(text)
		if err != nil {
			log.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(*output, name), source, 0o666); err != nil {
			log.Fatal(err)
		}
	}
}

// read returns the messages of a file, those without plural forms first.
func read(name string) ([]message, error) {
	content, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var messages []message
	var doc []string
	header := false
	for i, line := range strings.Split(strings.ReplaceAll(string(content), "\r\n", "\n"), "\n") {
		if line == "" {
			doc = nil
			continue
		}
		if comment, ok := strings.CutPrefix(line, "#"); ok {
			doc = append(doc, strings.TrimSpace(comment))
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != 3 {
			return nil, fmt.Errorf("line %d: %d cells, want 3", i+1, len(cells))
		}
		if !header {
			header, doc = true, nil
			continue
		}
		key, form, text := cells[0], cells[1], cells[2]
		at := slices.IndexFunc(messages, func(m message) bool { return m.key == key })
		if at < 0 {
			at = len(messages)
			messages = append(messages, message{key, doc, map[string]string{}})
		}
		if _, twice := messages[at].texts[form]; twice {
			return nil, fmt.Errorf("line %d: %s %s is there twice", i+1, key, form)
		}
		messages[at].texts[form], doc = text, nil
	}
	slices.SortStableFunc(messages, func(a, b message) int { return number(a.isPlural()) - number(b.isPlural()) })
	return messages, nil
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}

// align returns messages in the order of the model, which has the same ones.
func align(messages, model []message) ([]message, error) {
	var aligned []message
	for _, m := range model {
		at := slices.IndexFunc(messages, func(n message) bool { return n.key == m.key })
		if at < 0 {
			return nil, fmt.Errorf("%s is missing", m.key)
		}
		aligned = append(aligned, messages[at])
	}
	for _, m := range messages {
		if !slices.ContainsFunc(model, func(n message) bool { return n.key == m.key }) {
			return nil, fmt.Errorf("%s is in no other language", m.key)
		}
	}
	return aligned, nil
}

var (
	keyForm = regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`)
	place   = regexp.MustCompile(`\{[a-z]+\}`)
	// In French a no-break space goes before these, and inside of quotation marks.
	frenchSpace = regexp.MustCompile(`[^\x{00a0}\x{202f}][:;!?»]|«[^\x{00a0}\x{202f}]`)
)

func check(lang language, messages, model []message) error {
	for i, m := range messages {
		if !keyForm.MatchString(m.key) {
			return fmt.Errorf("key %q", m.key)
		}
		want := []string{""}
		if model[i].isPlural() {
			want = lang.forms
		}
		for form := range m.texts {
			if !slices.Contains(want, form) {
				return fmt.Errorf("%s has the form %q, want %q", m.key, form, want)
			}
		}
		for _, form := range want {
			text, ok := m.texts[form]
			if !ok {
				return fmt.Errorf("%s has no form %q", m.key, form)
			}
			exact := slices.Contains(lang.exact, form)
			if err := checkText(text, places(model[i].texts[last(model[i])]), exact); err != nil {
				return fmt.Errorf("%s %s: %v", m.key, form, err)
			}
			if lang.code == "fr" && frenchSpace.MatchString(text) {
				return fmt.Errorf("%s %s: no no-break space before or inside of punctuation", m.key, form)
			}
		}
	}
	return nil
}

// last is the form of a model's text that has all places.
func last(m message) string {
	if m.isPlural() {
		return "other"
	}
	return ""
}

func checkText(text string, want []string, exact bool) error {
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

const header = "// Code generated by gen.go from messages_*.tsv; DO NOT EDIT.\n\n"

// write writes the texts of a language, and says how many there are of how many bytes.
func write(b *bytes.Buffer, lang language, messages []message) (texts, size int) {
	fmt.Fprintf(b, "\nvar texts%s = [...]string{\n", lang.name)
	for _, m := range messages {
		forms := []string{""}
		if m.isPlural() {
			forms = lang.forms
		}
		for _, form := range forms {
			fmt.Fprintf(b, "%q, // %s\n", m.texts[form], strings.TrimSpace(m.key+" "+form))
			texts, size = texts+1, size+len(m.texts[form])
		}
	}
	fmt.Fprint(b, "}\n")
	return texts, size
}

func generateWords(files [][]message) []byte {
	b := bytes.NewBufferString(header + "//go:build !gcmwords\n\npackage locale\n\n")
	fmt.Fprint(b, "// texts are those of the languages, in the order of gcm.Language.\nvar texts = [count][]string{")
	for _, lang := range languages {
		fmt.Fprintf(b, "texts%s[:],", lang.name)
	}
	fmt.Fprint(b, "}\n")
	for i := range languages[1:] {
		write(b, languages[i+1], files[i+1])
	}
	return b.Bytes()
}

func generate(files [][]message) []byte {
	var b, tables, others bytes.Buffer
	texts, size := write(&tables, languages[0], files[0])
	for i := range languages[1:] {
		n, bytes := write(&others, languages[i+1], files[i+1])
		texts, size = texts+n, size+bytes
	}
	model := files[0]
	fmt.Fprintf(&b, `%spackage locale

// %d messages in %d languages: %d texts of %d bytes. They are this project's
// own, in the terms of United Nations documents.
const (
`, header, len(model), len(files), texts, size)
	for i, m := range model {
		for _, line := range m.doc {
			fmt.Fprintf(&b, "// %s\n", line)
		}
		if want := goName(m.key) + " "; len(m.doc) == 0 || !strings.HasPrefix(m.doc[0], want) {
			log.Fatalf("messages_en.tsv: the comment above %s doesn't begin with %s", m.key, want)
		}
		fmt.Fprint(&b, goName(m.key))
		if i == 0 {
			fmt.Fprint(&b, " Message = iota")
		}
		fmt.Fprint(&b, "\n\n")
	}
	fmt.Fprint(&b, "messageCount\n)\n\n")
	first := slices.IndexFunc(model, func(m message) bool { return m.isPlural() })
	fmt.Fprintf(&b, "// firstPlural is the first message that has plural forms.\nconst firstPlural = %s\n\n", goName(model[first].key))
	fmt.Fprint(&b, "var messageNames = [messageCount]string{\n")
	for _, m := range model {
		fmt.Fprintf(&b, "%q,\n", m.key)
	}
	fmt.Fprint(&b, "}\n\n// forms are those of a language's plural messages, in the order of their texts.\nvar forms = [count][]Form{\n")
	for _, lang := range languages {
		fmt.Fprintf(&b, "{%s}, // %s\n", goName(strings.Join(lang.forms, ",_")), lang.code)
	}
	fmt.Fprint(&b, "}\n")
	b.Write(tables.Bytes())
	return b.Bytes()
}

// goName writes as_of as AsOf.
func goName(key string) string {
	name := ""
	for _, word := range strings.Split(key, "_") {
		name += strings.ToUpper(word[:1]) + word[1:]
	}
	return name
}

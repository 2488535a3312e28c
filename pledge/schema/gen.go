//go:build ignore

// This program writes the schemas from the templates beside it: what packages
// gcm and objectives know (codes, currencies and their decimals) is filled in,
// so that it can't differ. It needs no network:
//
//	go run gen.go            # writes *.schema.json
//	go run gen.go -o DIR     # writes them to DIR
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"iter"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"text/template"
	"unicode"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

// base is where the schemas are, as far as their identifiers say.
const base = "https://github.com/gcmkit/gcmkit/schema/"

func main() {
	log.SetFlags(0)
	log.SetPrefix("gen: ")
	dir := flag.String("o", ".", "the directory to write to")
	flag.Parse()

	for _, name := range []string{"pledge", "pledge-submission", "feed"} {
		t, err := template.New(name + ".schema.tmpl").Funcs(functions).ParseFiles(name + ".schema.tmpl")
		check(err)
		var b bytes.Buffer
		check(t.Execute(&b, nil))
		if !json.Valid(b.Bytes()) {
			log.Fatalf("%s.schema.tmpl doesn't make JSON", name)
		}
		check(os.WriteFile(filepath.Join(*dir, name+".schema.json"), b.Bytes(), 0o644))
	}
}

// functions are what the templates can fill in. The values of enumerations are
// the codes, the empty text and null, which both mean not stated.
var functions = template.FuncMap{
	"id":        func(name string) string { return base + name + ".schema.json" },
	"generated": func() string { return "Written by go generate from the template of the same name: change that." },
	"pattern":   pattern,
	"amount":    amount,

	"most": func(list string) int {
		return map[string]int{
			"pledgers": tally.MaxPledgers, "themes": tally.MaxThemes, "states": tally.MaxImplementing,
			"contributions": tally.MaxContributions, "links": tally.MaxLinks,
			"reports": tally.MaxReports, "indicators": tally.MaxIndicators,
		}[list]
	},

	"types":      func() string { return enum(gcm.Types()) },
	"natures":    func() string { return enum(gcm.Natures()) },
	"principles": func() string { return enum(gcm.Principles()) },
	"levels":     func() string { return enum(gcm.Levels()) },
	"statuses":   func() string { return enum(gcm.Statuses()) },
	"categories": func() string { return enum(gcm.Categories()) },
	"stages":     func() string { return enum(gcm.Stages()) },
	"states":     func() string { return enum(gcm.States()) },
	"objectives": func() string { return array(values(objectives.All()), "null") },
	"currencies": func() string { return array(quoted(gcm.Currencies())) },

	"jointTypes":      jointTypes,
	"objectiveTitles": objectiveTitles,
	"currenciesOf":    currenciesOf,
}

func enum[T fmt.Stringer](all iter.Seq[T]) string { return array(quoted(all), `""`, "null") }

func quoted[T fmt.Stringer](all iter.Seq[T]) (texts []string) {
	for v := range all {
		texts = append(texts, quote(v.String()))
	}
	return texts
}

func values[T fmt.Stringer](all iter.Seq[T]) (texts []string) {
	for v := range all {
		texts = append(texts, v.String())
	}
	return texts
}

// array writes an array of JSON values on one line, or on lines of up to 20.
func array(values []string, more ...string) string {
	const row = 20
	values = append(values, more...)
	if len(values) <= 2*row {
		return "[" + strings.Join(values, ", ") + "]"
	}
	var b strings.Builder
	b.WriteString("[")
	for i, v := range values {
		if i%row == 0 {
			b.WriteString("\n        ")
		}
		b.WriteString(v)
		if i < len(values)-1 {
			b.WriteString(", ")
		}
	}
	return strings.ReplaceAll(b.String(), ", \n", ",\n") + "\n      ]"
}

// quote writes a JSON string. What can't be seen is escaped, and "<" isn't.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == ' ' || unicode.IsGraphic(r) && !unicode.IsSpace(r):
			b.WriteRune(r)
		case r <= 0xffff:
			fmt.Fprintf(&b, "\\u%04x", r)
		default:
			log.Fatalf("%U would need two escapes", r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// jointTypes lists the types of pledges that several pledgers make.
func jointTypes() string {
	var all []string
	for t := range gcm.Types() {
		if t.Joint() {
			all = append(all, quote(t.String()))
		}
	}
	return array(all)
}

// objectiveTitles says which number is which, for people.
func objectiveTitles() string {
	var all []string
	for o := range objectives.All() {
		title, _ := o.Short(gcm.English)
		all = append(all, o.String()+" "+title)
	}
	return quote(strings.Join(all, "; ") + ".")
}

// currenciesOf lists the currencies of a number of decimals.
func currenciesOf(exponent int) string {
	return array(quoted(func(yield func(gcm.Currency) bool) {
		for c := range gcm.Currencies() {
			if c.Exponent() == exponent && !yield(c) {
				return
			}
		}
	}))
}

// amount is the pattern of amounts in currencies of a number of decimals. Money
// holds up to 9,223,372,036,854,775,807 minor units; the pattern allows all
// numbers of as many digits.
func amount(exponent int) string {
	decimals := ""
	if exponent > 0 {
		decimals = `([.][0-9]{1,` + strconv.Itoa(exponent) + `})?`
	}
	return quote(`^0*[0-9]{1,` + strconv.Itoa(19-exponent) + `}` + decimals + `$`)
}

// pattern returns a regular expression by name. They keep to what all dialects
// have in common: no \d and \s, which differ, and nothing that looks ahead,
// which RE2 doesn't do. Characters beyond ASCII stand for themselves. In Python
// "$" matches in front of a line break at the end as well, so the templates
// exclude line breaks apart.
func pattern(name string) (string, error) {
	const (
		uuid  = `[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}`
		zero  = `0{8}-0{4}-0{4}-0{4}-0{12}`
		month = `(0[1-9]|1[0-2])`
		leap  = `([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29`
		day   = `([0-9]{4}-(` + month + `-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)|` + leap + `)`
		clock = `([01][0-9]|2[0-3]):[0-5][0-9]`
		slug  = `[a-z0-9]+(-[a-z0-9]+)*`
		tag   = `([A-Za-z]{2,8}|[xX])(-[A-Za-z0-9]{1,8})*`
		hex   = `%[0-9A-Fa-f]{2}`
	)
	const (
		ascii = "\u0000-\u007f"
		host  = `([A-Za-z0-9._~!$&'()*+,;=<>"-]|[^` + ascii + `]|%[89A-Fa-f][0-9A-Fa-f])+`
		link  = `[hH][tT][tT][pP][sS]://(` + host + `|\[[0-9A-Fa-f:.]+\])(:[0-9]*)?(/([^?#%]|` + hex + `)*)?([?][^#]*)?(#([^%]|` + hex + `)*)?`
	)
	const override = "\u202a-\u202e\u2066-\u2069"
	space, control := class(unicode.White_Space), class(unicode.Cc)+override
	p, ok := map[string]string{
		"uuid":               `^` + uuid + `$`,
		"uuid or empty":      `^(` + uuid + `|` + zero + `)?$`,
		"date or empty":      `^([0-9]{4}(-` + month + `)?|` + day + `)?$`,
		"instant or empty":   `^(` + day + `[Tt]` + clock + `:[0-5][0-9]([.][0-9]+)?([Zz]|[+-]` + clock + `))?$`,
		"empty or not blank": `^$|[^` + space + `]`,
		"not a line":         `[` + control + `]`,
		"not prose":          "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f" + override + "]", // but tab, line feed, carriage return
		"slug or empty":      `^(` + slug + `)?$`,
		"language or empty":  `^(` + tag + `)?$`,
		"link or empty":      `^(` + link + `)?$`,
		"not a link":         `[` + space + control + `\\]`,
	}[name]
	if !ok {
		return "", fmt.Errorf("no pattern %q", name)
	}
	return quote(p), nil
}

// class writes a table as the inside of a character class. None of its
// characters means anything there.
func class(table *unicode.RangeTable) string {
	var b strings.Builder
	for _, r := range table.R16 {
		for c := rune(r.Lo); c <= rune(r.Hi); c += rune(r.Stride) {
			b.WriteRune(c)
			if r.Stride == 1 && r.Hi-r.Lo > 1 {
				b.WriteString("-" + string(rune(r.Hi)))
				break
			}
		}
	}
	return b.String()
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

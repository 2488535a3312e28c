package webform

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// A spreadsheet saves CSV in the encoding of its system, and on a Macintosh with
// lines that end with CR.
func TestEncodingsOfSpreadsheetsAreFoundOut(t *testing.T) {
	file := []byte("Numéro de la soumission;Intitulé de l’annonce de contribution;Pays;Nom et prénom(s)\n1;Données — d’été;Côte d’Ivoire;Canary\n")
	want, _ := importAll(t, file)
	for _, test := range []struct {
		name  string
		e     encoding.Encoding
		lines string
	}{
		{"Windows-1252", charmap.Windows1252, "\r\n"}, {"Windows-1252", charmap.Windows1252, "\r"},
		{"Macintosh", charmap.Macintosh, "\r"}, {"Macintosh", charmap.Macintosh, "\n"},
		{"UTF-8", encoding.Nop, "\r"}, {"UTF-8", encoding.Nop, "\r\r\n"},
	} {
		encoded, err := test.e.NewEncoder().Bytes(bytes.ReplaceAll(file, []byte("\n"), []byte(test.lines)))
		if err != nil {
			t.Fatal(err)
		}
		got, report := importAll(t, encoded)
		sameJSON(t, got, want)
		if report.Encoding != test.name || len(got) != 1 || len(got[0].Pledgers) != 1 {
			t.Errorf("%s with lines that end with %q is taken for %s", test.name, test.lines, report.Encoding)
		}
	}
}

func TestBytesThatAreNoTextAreReplaced(t *testing.T) {
	file := "Submission Number,Name of the pledge\n1," + strings.Repeat("a", maxHeader) + "\n2,Donn\xe9es\n"
	all, report := importAll(t, []byte(file))
	if all[1].Title != "Donn\ufffdes" || rules(report) != "warning utf-8" {
		t.Errorf("the title is %q, the report says %s", all[1].Title, rules(report))
	}
}

func TestEntitiesAreText(t *testing.T) {
	for in, want := range map[string]string{
		"":                          "",
		"Côte d&#039;Ivoire":        "Côte d'Ivoire",
		"A &amp; B":                 "A & B",
		"A &amp;amp; B":             "A & B",
		"&amp;#039;":                "'",
		"&lt;b&gt; &quot;x&quot;":   `<b> "x"`,
		"R&D; more":                 "R&D; more",
		"AT&T":                      "AT&T",
		"&copy 2022":                "&copy 2022",
		"&;&&;":                     "&;&&;",
		"&#x27;&nbsp;&eacute;":      "'\u00a0é",
		"& amp;":                    "& amp;",
		"Migration &amp":            "Migration &amp",
		"&notanentityatall; &amp;;": "&notanentityatall; &;",
	} {
		if got := unescape(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}

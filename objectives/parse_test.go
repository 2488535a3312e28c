package objectives

import (
	"errors"
	"iter"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/gcmkit/gcmkit/gcm"
)

func TestParseAcceptsWhatPeopleWrite(t *testing.T) {
	tests := []struct {
		input string
		want  Objective
	}{
		// Numbers.
		{"7", 7},
		{"07", 7},
		{" 23 ", 23},
		{"7.", 7},
		{"7)", 7},
		{"Objective 7", 7},
		{"OBJECTIVE  07:", 7},
		{"Objectif 7", 7},
		{"Objetivo\u00a07", 7},
		// Number and title.
		{"7. Address and reduce vulnerabilities in migration", 7},
		{"13 - Alternatives to detention", 13},
		{"13 – Alternatives à la rétention", 13},
		{"13—Alternativas a la detención", 13},
		{"13\u2011Alternatives to detention", 13},
		{"13) Alternatives to detention", 13},
		{"13: Alternatives to detention", 13},
		{"13.- Alternativas a la detención", 13},
		{"13 Alternatives to detention", 13},
		{"13.Alternatives to detention", 13},
		{"13 - alternatives-to-detention", 13},
		{"Objective 13: Use migration detention only as a measure of last resort and work towards alternatives.", 13},
		{"Objetivo 9. Reforzar la respuesta transnacional al tráfico ilícito de migrantes", 9},
		{"Objectif 7 : S’attaquer aux facteurs de vulnérabilité liés aux migrations et les réduire", 7},
		{"10. Prevent, combat and eradicate trafficking in persons in the context of international migration", 10},
		// Titles and slugs.
		{"Data", 1},
		{"données", 1},
		{"Données", 1},
		{"Donne\u0301es", 1}, // as some systems write é
		{"DONNÉES", 1},
		{"DONNEES", 1}, // as French capitals often are
		{"Eradicate trafficking", 10},
		{"éradiquer la traite de personnes", 10},
		{"reduce-vulnerabilities", 7},
		{"S'attaquer aux facteurs de vulnérabilité liés aux migrations et les réduire", 7},
		{"Fourniture d`informations", 3},
		// Blanks and invisible characters.
		{"Save\u00a0 \t\r\nlives", 8},
		{"\ufeffSave lives\u200b", 8},
		{"\u202fSave \u200e lives . ", 8},
		{"Remit\u00adtances", 20},
	}
	for _, tt := range tests {
		if got, err := Parse(tt.input); got != tt.want || err != nil {
			t.Errorf("Parse(%q) = %v, %v; want %v", tt.input, got, err, tt.want)
		}
	}
}

func TestParseTellsMalformedFromUnknown(t *testing.T) {
	tests := []struct {
		input   string
		want    error
		message string
	}{
		{"", ErrSyntax, `objectives: malformed objective "": empty`},
		{" \u00a0\u200b. ", ErrSyntax, `objectives: malformed objective " \u00a0\u200b. ": empty`},
		{"x!", ErrSyntax, `objectives: malformed objective "x!": unexpected "!"`},
		{"7;13", ErrSyntax, `objectives: malformed objective "7;13": unexpected ";"`},
		{"{Empty}", ErrSyntax, `objectives: malformed objective "{Empty}": unexpected "{"`},
		{"Save\x00lives", ErrSyntax, `objectives: malformed objective "Save\x00lives": unexpected "\x00"`},
		{"Donn\xe9es", ErrSyntax, `objectives: malformed objective "Donn\xe9es": unexpected "�"`},
		{"Donn\ufffdes", ErrSyntax, `objectives: malformed objective "Donn�es": unexpected "�"`},
		{"\u0090", ErrSyntax, `objectives: malformed objective "\u0090": unexpected "\u0090"`},
		{"-7", ErrSyntax, `objectives: malformed objective "-7": begins with "-"`},
		{strings.Repeat("Data ", 300), ErrSyntax, `objectives: malformed objective "` + strings.Repeat("Data ", 12) + `Data"...: longer than 1024 bytes`},
		{strings.Repeat("é", 600), ErrSyntax, `objectives: malformed objective "` + strings.Repeat("é", 32) + `"...: longer than 1024 bytes`},
		{"x" + strings.Repeat("é", 600), ErrSyntax, `objectives: malformed objective "x` + strings.Repeat("é", 31) + `"...: longer than 1024 bytes`},

		{"0", ErrUnknown, `objectives: unknown objective "0": objectives are numbered 1 to 23`},
		{"24", ErrUnknown, `objectives: unknown objective "24": objectives are numbered 1 to 23`},
		{"99. Data", ErrUnknown, `objectives: unknown objective "99. Data": objectives are numbered 1 to 23`},
		{"007", ErrUnknown, `objectives: unknown objective "007": objectives are numbered 1 to 23`},
		{strings.Repeat("9", 60), ErrUnknown, `objectives: unknown objective "` + strings.Repeat("9", 60) + `": objectives are numbered 1 to 23`},
		{"General", ErrUnknown, `objectives: unknown objective "General": no objective has this title`},
		{"Objective General", ErrUnknown, `objectives: unknown objective "Objective General": no objective has this title`},
		{"Objective Objectif 7", ErrUnknown, `objectives: unknown objective "Objective Objectif 7": no objective has this title`},
		{"Objective Data", ErrUnknown, `objectives: unknown objective "Objective Data": no objective has this title`},
		{"7th", ErrUnknown, `objectives: unknown objective "7th": no objective has this title`},
		{"8Save lives", ErrUnknown, `objectives: unknown objective "8Save lives": no objective has this title`},
		{"数据", ErrUnknown, `objectives: unknown objective "数据": no objective has this title`},
		{"Save lives and", ErrUnknown, `objectives: unknown objective "Save lives and": no objective has this title`},
		{"7. Save lives", ErrUnknown, `objectives: unknown objective "7. Save lives": number 7 with the title of objective 8`},
		{"7 – Datos", ErrUnknown, `objectives: unknown objective "7 – Datos": number 7 with the title of objective 1`},
		{"7. General", ErrUnknown, `objectives: unknown objective "7. General": number 7 with a title that no objective has, "general"`},
		{"7-13", ErrUnknown, `objectives: unknown objective "7-13": number 7 with a title that no objective has, "13"`},
		{"1.5", ErrUnknown, `objectives: unknown objective "1.5": number 1 with a title that no objective has, "5"`},
	}
	for _, tt := range tests {
		got, err := Parse(tt.input)
		var parseError *ParseError
		if got != 0 || !errors.Is(err, tt.want) || !errors.As(err, &parseError) {
			t.Errorf("Parse(%.80q) = %v, %v; want %v", tt.input, got, err, tt.want)
			continue
		}
		if err.Error() != tt.message {
			t.Errorf("Parse(%.80q):\n got %s\nwant %s", tt.input, err, tt.message)
		}
		if parseError.Input != tt.input {
			t.Errorf("Parse(%.80q): the error holds input %.80q", tt.input, parseError.Input)
		}
	}
	if got, want := new(ParseError).Error(), `objectives: not an objective: "": `; got != want {
		t.Errorf("the zero ParseError says %q, want %q", got, want)
	}
}

// titled yields the languages in which there are titles.
func titled() iter.Seq[gcm.Language] {
	return func(yield func(gcm.Language) bool) {
		for lang := range gcm.Languages() {
			if tables[lang-gcm.English] != nil && !yield(lang) {
				return
			}
		}
	}
}

// names returns everything that an objective is called.
func names(o Objective) []string {
	all := []string{o.Slug()}
	for lang := range titled() {
		title, _ := o.Title(lang)
		short, _ := o.Short(lang)
		all = append(all, title, short)
	}
	return all
}

func TestParseReadsEveryNameHoweverWritten(t *testing.T) {
	forms := map[string]func(number, name string) string{
		"name":             func(_, name string) string { return name },
		"capitals":         func(_, name string) string { return strings.ToUpper(name) },
		"straight quotes":  func(_, name string) string { return strings.ReplaceAll(name, "’", "'") },
		"no-break spaces":  func(_, name string) string { return strings.ReplaceAll(name, " ", "\u00a0") },
		"doubled spaces":   func(_, name string) string { return strings.ReplaceAll(name, " ", "  ") },
		"full stop":        func(_, name string) string { return name + "." },
		"number":           func(number, name string) string { return number + ". " + name },
		"number, no blank": func(number, name string) string { return number + "-" + name },
		"en dash":          func(number, name string) string { return number + " – " + name },
		"word":             func(number, name string) string { return "Objective " + number + ": " + name },
	}
	for o := range All() {
		for _, name := range names(o) {
			for form, write := range forms {
				if input := write(o.String(), name); !parsesTo(input, o) {
					got, err := Parse(input)
					t.Errorf("%s: Parse(%q) = %v, %v; want %v", form, input, got, err, o)
				}
			}
			other := o%Count + 1
			if got, err := Parse(other.String() + ". " + name); !errors.Is(err, ErrUnknown) {
				t.Errorf("Parse(%q) = %v, %v; want %v", other.String()+". "+name, got, err, ErrUnknown)
			}
		}
	}
}

func parsesTo(s string, want Objective) bool {
	got, err := Parse(s)
	return got == want && err == nil
}

func TestNoTwoObjectivesShareAName(t *testing.T) {
	owner := map[string]Objective{}
	for o := range All() {
		for _, name := range names(o) {
			key, wrong := normalize(name)
			if wrong != "" {
				t.Errorf("objective %v: %q can't be parsed: %s", o, name, wrong)
			}
			if other, taken := owner[key]; taken && other != o {
				t.Errorf("objectives %v and %v are both called %q", other, o, name)
			}
			owner[key] = o
		}
	}
}

// A reference is Parse with maps and regular expressions: slow and obvious.
type reference struct {
	owner map[string]Objective
}

var (
	invisible  = regexp.MustCompile(`[\x{300}-\x{36f}\x{ad}\x{200b}-\x{200f}\x{2060}\x{feff}]`)
	dash       = regexp.MustCompile(`[\x{2010}-\x{2015}\x{2212}]`)
	apostrophe = regexp.MustCompile("[`´ʼ‘’′]")
	wellFormed = regexp.MustCompile(`^[a-z0-9 ,.'):\x{a0}-\x{10ffff}-]*$`)
	numbered   = regexp.MustCompile(`^(?:(?:objective|objectif|objetivo) )?([0-9]+)(?:[ .):-]+(.*))?$`)
	accents    = strings.NewReplacer(
		"à", "a", "á", "a", "â", "a", "ã", "a", "ä", "a", "å", "a", "ç", "c",
		"è", "e", "é", "e", "ê", "e", "ë", "e", "ì", "i", "í", "i", "î", "i", "ï", "i", "ñ", "n",
		"ò", "o", "ó", "o", "ô", "o", "õ", "o", "ö", "o", "ù", "u", "ú", "u", "û", "u", "ü", "u", "ý", "y")
)

func newReference() reference {
	r := reference{map[string]Objective{}}
	for o := range All() {
		for _, name := range names(o) {
			r.owner[r.fold(name)] = o
		}
	}
	return r
}

func (r reference) fold(s string) string {
	s = strings.Map(func(r rune) rune {
		if r <= unicode.MaxLatin1 {
			return unicode.ToLower(r)
		}
		return r
	}, s)
	s = accents.Replace(invisible.ReplaceAllString(s, ""))
	s = apostrophe.ReplaceAllString(dash.ReplaceAllString(s, "-"), "'")
	return strings.Join(strings.Fields(s), " ")
}

func (r reference) parse(s string) (Objective, error) {
	if len(s) > 1024 || !utf8.ValidString(s) || strings.Contains(s, "\ufffd") {
		return 0, ErrSyntax
	}
	s = r.fold(s)
	if !wellFormed.MatchString(s) {
		return 0, ErrSyntax
	}
	s = strings.TrimRight(s, " .")
	if s == "" || strings.Contains(",.'):-", s[:1]) {
		return 0, ErrSyntax
	}
	named, isName := r.owner[s]
	m := numbered.FindStringSubmatch(s)
	if m == nil {
		if !isName {
			return 0, ErrUnknown
		}
		return named, nil
	}
	for o := range All() {
		if m[1] != o.String() && m[1] != "0"+o.String() || len(m[1]) > 2 {
			continue
		}
		if m[2] == "" || r.owner[m[2]] == o {
			return o, nil
		}
	}
	return 0, ErrUnknown
}

func TestFoldTreatsEveryLatinLetterAsTheReferenceDoes(t *testing.T) {
	ref := newReference()
	for c := rune(0); c < 0x2300; c++ {
		for _, s := range []string{string(c), "Donn" + string(c) + "es", "d" + string(c) + "informations", "7" + string(c) + "reduce-vulnerabilities"} {
			checkAgainst(t, ref, s)
		}
	}
}

func checkAgainst(t *testing.T, ref reference, s string) {
	t.Helper()
	got, err := Parse(s)
	want, wantErr := ref.parse(s)
	if got != want || !errors.Is(err, wantErr) {
		t.Errorf("Parse(%q) = %v, %v; the reference says %v, %v", s, got, err, want, wantErr)
	}
}

func FuzzParse(f *testing.F) {
	for o := range All() {
		for _, name := range names(o) {
			f.Add(name)
			f.Add(o.String() + " – " + name)
		}
	}
	for _, s := range []string{"", "7", "07", "24", "Objetivo 7.", "x!", "7;13", "General", "7. Save lives", "\xff", "Donne\u0301es", "13.-", "objective objectif 7"} {
		f.Add(s)
	}
	ref := newReference()
	f.Fuzz(func(t *testing.T, s string) {
		checkAgainst(t, ref, s)
		o, err := Parse(s)
		if o.IsValid() != (err == nil) {
			t.Errorf("Parse(%q) = %v, %v", s, o, err)
		}
		if err == nil && !parsesTo(o.String(), o) {
			t.Errorf("Parse(%q) = %v, which doesn't parse to itself", s, o)
		}
		if err != nil && len(err.Error()) > 600 {
			t.Errorf("Parse(%.80q): the message has %d bytes", s, len(err.Error()))
		}
	})
}

package locale_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// messages yields every message.
func messages(yield func(locale.Message) bool) {
	for m := locale.Message(0); m.In(gcm.English) != ""; m++ {
		if !yield(m) {
			return
		}
	}
}

func TestEveryLanguageSaysEverything(t *testing.T) {
	names := map[string]bool{}
	for m := range messages {
		if names[m.String()] {
			t.Errorf("two messages are called %v", m)
		}
		names[m.String()] = true
		for lang := range gcm.Languages() {
			for n := range 1_200 {
				if m.Counted(lang, n) == "" {
					t.Fatalf("%v has no text for %d in %v", m, n, lang)
				}
			}
			if m.Counted(lang, 3_000_000) == "" || m.Counted(lang, -1) == "" {
				t.Errorf("%v has no text for a million or for -1 in %v", m, lang)
			}
		}
	}
	if len(names) < 30 {
		t.Errorf("only %d messages", len(names))
	}
}

func TestPluralFormsOfPledges(t *testing.T) {
	tests := []struct {
		lang gcm.Language
		n    int
		want string
	}{
		{gcm.English, 0, "0 pledges"},
		{gcm.English, 1, "1 pledge"},
		{gcm.English, 158, "158 pledges"},
		{gcm.French, 0, "0 engagement"},
		{gcm.French, 158, "158 engagements"},
		{gcm.French, 2_000_000, "2\u202f000\u202f000 d’engagements"},
		{gcm.Spanish, 1, "1 compromiso"},
		{gcm.Spanish, 1_000_000, "1.000.000 de compromisos"},
		{gcm.Arabic, 0, "لا تعهّدات"},
		{gcm.Arabic, 1, "تعهّد واحد"},
		{gcm.Arabic, 2, "تعهّدان"},
		{gcm.Arabic, 7, "7 تعهّدات"},
		{gcm.Arabic, 158, "158 تعهّداً"},
		{gcm.Arabic, 200, "200 تعهّد"},
		{gcm.Russian, 21, "21 обязательство"},
		{gcm.Russian, 102, "102 обязательства"},
		{gcm.Russian, 158, "158 обязательств"},
		{gcm.Chinese, 158, "158项承诺"},
	}
	for _, test := range tests {
		got := locale.Pledges.Counted(test.lang, test.n).Fill(locale.Value{Name: "n", Text: locale.Number(test.lang, test.n)})
		if got != test.want {
			t.Errorf("%d pledges in %v = %q, want %q", test.n, test.lang, got, test.want)
		}
	}
}

func TestMessagesOutOfRangeAreEmpty(t *testing.T) {
	if got := locale.Message(200).In(gcm.French); got != "" {
		t.Errorf("message 200 is %q", got)
	}
	if got := locale.Message(200).String(); got != "Message(200)" {
		t.Errorf("message 200 is called %q", got)
	}
}

func TestTablesAreWhatTheGeneratorWrites(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("running the generator takes an operating system")
	}
	dir := t.TempDir()
	if out, err := exec.Command("go", "run", "gen.go", "-o", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, name := range []string{"tables.go", "tables_words.go"} {
		got, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what gen.go makes of messages_*.tsv; run go generate", name)
		}
	}
}

// A mistake of a translator is found where it was made.
func TestGeneratorFindsMistakes(t *testing.T) {
	if runtime.GOOS == "js" || testing.Short() {
		t.Skip("running the generator takes an operating system, and time")
	}
	tests := []struct {
		name, file, old, new, want string
	}{
		{"a lost message", "messages_ru.tsv", "mirror\t\t", "miroir\t\t", "mirror is missing"},
		{"a lost plural form", "messages_ar.tsv", "label\tfew\t", "label\ttwo\t", "label two is there twice"},
		{"a form that the language hasn't got", "messages_zh.tsv", "label\tother\t", "label\tone\t", `label has the form "one"`},
		{"a place by another name", "messages_es.tsv", "Datos al {date}", "Datos al {fecha}", "{fecha}"},
		{"a number left out where it isn't known", "messages_fr.tsv", "pledges\tone\t{n} ", "pledges\tone\tun ", "want [\"{n}\"]"},
		{"a space where a line may not break", "messages_fr.tsv", "Source\u00a0: {source}\n", "Source : {source}\n", "no-break space"},
		{"an invisible character", "messages_ar.tsv", "حتى {date}", "حتى \u202e{date}", "U+202E"},
	}
	binary := filepath.Join(t.TempDir(), "gen")
	if out, err := exec.Command("go", "build", "-o", binary, "gen.go").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			for lang := range gcm.Languages() {
				name := "messages_" + lang.String() + ".tsv"
				content, err := os.ReadFile(name)
				if err != nil {
					t.Fatal(err)
				}
				if name == test.file {
					if !bytes.Contains(content, []byte(test.old)) {
						t.Fatalf("%s has no %q", name, test.old)
					}
					content = bytes.Replace(content, []byte(test.old), []byte(test.new), 1)
				}
				if err := os.WriteFile(filepath.Join(dir, name), content, 0o666); err != nil {
					t.Fatal(err)
				}
			}
			command := exec.Command(binary)
			command.Dir = dir
			out, err := command.CombinedOutput()
			if err == nil || !strings.Contains(string(out), test.file) || !strings.Contains(string(out), test.want) {
				t.Errorf("the generator says %q (%v), want %s and %s", out, err, test.file, test.want)
			}
		})
	}
}

package objectives

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
)

func TestTablesAreWhatTheGeneratorWrites(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("js can't start the generator")
	}
	if testing.Short() {
		t.Skip("compiles the generator")
	}
	for _, input := range []string{"gen.go", "objectives.tsv", "titles.tsv"} {
		if _, err := os.Stat(input); err != nil { // and go test's cache learns what the result depends on
			t.Fatal(err)
		}
	}
	again := t.TempDir()
	if output, err := exec.Command("go", "run", "gen.go", "-o", again).CombinedOutput(); err != nil {
		t.Fatalf("go run gen.go: %v\n%s", err, output)
	}
	for _, name := range []string{"tables.go", "tables_words.go"} {
		want, err := os.ReadFile(filepath.Join(again, name))
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s and its tables differ: run go generate", name)
		}
	}
}

// A title counts as official only with the source that it was read in.
func TestTitleWithoutSourceIsNotShown(t *testing.T) {
	if runtime.GOOS == "js" || testing.Short() {
		t.Skip("compiles the generator")
	}
	dir := t.TempDir()
	for _, name := range []string{"gen.go", "objectives.tsv"} {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	generate := func(titles string) (tables string, err error) {
		if err := os.WriteFile(filepath.Join(dir, "titles.tsv"), []byte("language\tnumber\ttitle\tshort\tsource\n"+titles), 0o666); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("go", "run", "gen.go")
		cmd.Dir = dir
		if _, err := cmd.Output(); err != nil {
			return "", err
		}
		content, err := os.ReadFile(filepath.Join(dir, "tables_words.go"))
		return string(content), err
	}
	tables, err := generate("zh\t1\tverified\t\tA/RES/73/195, page 7\nzh\t2\tguessed\t\t\nru\t3\tguessed too\tguess\t\nar\t4\t\t\tA/RES/73/195\n")
	if err != nil || !strings.Contains(tables, `1:  "verified"`) || strings.Contains(tables, "guess") {
		t.Errorf("%v\n%s", err, tables)
	}
	if !strings.Contains(tables, `{&wordsEnglish, &wordsFrench, &wordsSpanish, nil, nil, &wordsChinese}`) {
		t.Error("languages without a verified title are there, or one with a title is not")
	}
	for _, wrong := range []string{"zh\t24\ta\t\tb\n", "de\t1\ta\t\tb\n", "zh\t1\ta\t\tb\nzh\t1\ta\t\tb\n", "zh\t1\ta\tb\n", "zh\t1\ta \t\tb\n"} {
		if _, err := generate(wrong); err == nil {
			t.Errorf("%q is taken", wrong)
		}
	}
}

// What titles.tsv has no source for is shown in English.
func TestTitlesAreOfficialOrEnglish(t *testing.T) {
	content, err := os.ReadFile("titles.tsv")
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for line := range strings.Lines(string(content)) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		n, err := strconv.Atoi(cells[min(1, len(cells)-1)])
		if line[0] == '#' || err != nil {
			continue
		}
		rows++
		o := Objective(n)
		var lang gcm.Language
		for l := range gcm.Languages() {
			if l.String() == cells[0] {
				lang = l
			}
		}
		title, given := o.Title(lang)
		want := cells[2]
		if cells[4] == "" || cells[2] == "" {
			want, lang = wordsEnglish.titles[o], gcm.English
		}
		if title != want || given != lang {
			t.Errorf("%v in %s is %q in %s", o, cells[0], title, given)
		}
	}
	if rows != 3*Count {
		t.Errorf("%d rows", rows)
	}
}

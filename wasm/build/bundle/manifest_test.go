//go:build !js

package bundle

import (
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/wasm/shell"
)

// elementsOf returns the elements of the manifest as it is published.
func elementsOf(t *testing.T) []*manifestElement {
	t.Helper()
	var m customElements
	if err := json.Unmarshal([]byte(made(t, ElementsName)), &m); err != nil {
		t.Fatal(err)
	}
	if m.SchemaVersion != "2.1.0" || len(m.Modules) != len(elements) {
		t.Fatalf("version %s, %d modules", m.SchemaVersion, len(m.Modules))
	}
	var all []*manifestElement
	for _, module := range m.Modules {
		all = append(all, module.Declarations...)
	}
	return all
}

func namesOf(items []manifestItem) (names []string) {
	for _, i := range items {
		names = append(names, i.Name)
	}
	slices.Sort(names)
	return names
}

// same fails the test unless both have the same names, in any order.
func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	slices.Sort(want)
	if want = slices.Compact(want); !slices.Equal(got, want) {
		t.Errorf("%s in the manifest:\n%v, in the sources:\n%v", what, got, want)
	}
}

// sourcesOf returns the text of the shell's files that match, without its types.
func sourcesOf(t *testing.T, pattern string) (all string) {
	t.Helper()
	names, err := fs.Glob(shell.Sources(), pattern)
	if err != nil || len(names) == 0 {
		t.Fatalf("%s: %v", pattern, err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, ".d.ts") {
			continue
		}
		text, err := fs.ReadFile(shell.Sources(), name)
		if err != nil {
			t.Fatal(err)
		}
		all += string(text)
	}
	return all
}

func matches(pattern, text string) (words []string) {
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
		words = append(words, strings.Fields(m[1])...)
	}
	return words
}

// The module says itself which attributes it observes.
func TestManifestListsWhatIsObserved(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	dir := t.TempDir()
	for i, found := range elementsOf(t) {
		file := filepath.Join(dir, elements[i].script)
		if err := os.WriteFile(file, []byte(made(t, elements[i].script)), 0o644); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(node, "--input-type=module", "-e",
			"const m = await import(process.argv[1]); console.log(JSON.stringify(m[process.argv[2]].observedAttributes))", file, found.Name).Output()
		var observed []string
		if err == nil {
			err = json.Unmarshal(out, &observed)
		}
		if err != nil {
			t.Fatal(err)
		}
		same(t, "attributes of "+found.TagName, namesOf(found.Attributes), observed)
	}
}

func TestManifestListsEveryEvent(t *testing.T) {
	found := elementsOf(t)
	told := func(pattern string) []string {
		isTag := func(name string) bool { return strings.HasPrefix(name, "gcm-pledge") }
		return slices.DeleteFunc(matches(`"(gcm-[a-z-]+)"`, sourcesOf(t, pattern)), isTag)
	}
	same(t, "events", namesOf(found[0].Events), told("widget/*.ts"))
	same(t, "events", namesOf(found[1].Events), told("form/form-*.ts"))
	for _, e := range found {
		for _, i := range slices.Concat(e.Events, e.Attributes, e.CSSProperties, e.CSSStates) {
			if i.Description == "" {
				t.Errorf("%s of %s isn't explained", i.Name, e.TagName)
			}
		}
	}
}

func TestManifestListsEveryCustomProperty(t *testing.T) {
	for i, e := range elementsOf(t) {
		css, err := styleSource(elements[i].style)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "custom properties of "+e.TagName, namesOf(e.CSSProperties), matches(`var\((--gcm-[a-z-]+)`, string(css)))
	}
}

func TestManifestListsEveryState(t *testing.T) {
	same(t, "states", namesOf(elementsOf(t)[0].CSSStates), matches(`"([a-z]+)"`, strings.Join(matches(`type State = ([^;]+);`, sourcesOf(t, "widget/display.ts")), " ")))
}

// Every part that a view has, that the shell adds, or that is styled.
func TestManifestListsEveryPart(t *testing.T) {
	parts := namesOf(elementsOf(t)[0].CSSParts)
	views, err := filepath.Glob(filepath.Join("..", "..", "..", "pledge", "view", "testdata", "*.html"))
	if err != nil || len(views) == 0 {
		t.Fatalf("no views: %v", err)
	}
	for _, view := range views {
		text, err := os.ReadFile(view)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range matches(`part="([a-z0-9 -]+)"`, string(text)) {
			if !slices.Contains(parts, name) {
				t.Errorf("the manifest lacks the part %s of %s", name, filepath.Base(view))
			}
		}
	}
	others := matches(`\("part", "([a-z -]+)"`, sourcesOf(t, "widget/*.ts"))
	for _, name := range append(others, matches(`\[part~?="([a-z0-9-]+)"\]`, sourcesOf(t, "widget/*.css"))...) {
		if !slices.Contains(parts, name) {
			t.Errorf("the manifest lacks the part %s", name)
		}
	}
	for _, e := range elementsOf(t) {
		if n := len(e.CSSParts); n != len(slices.Compact(namesOf(e.CSSParts))) {
			t.Errorf("a part of %s is there twice: %v", e.TagName, namesOf(e.CSSParts))
		}
	}
}

// What a manifest is made of is written down once; if it can't be read it is an
// error and not an empty list.
func TestUnreadableSourcesAreErrors(t *testing.T) {
	v, err := readVocabulary()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := newManifest(v, "package view"); err == nil {
		t.Error("a manifest without parts")
	}
	for _, text := range []string{
		"",
		"\nexport declare class A extends HTMLElement {\n",
		"\nexport declare class A extends HTMLElement {\n  [key: string]: unknown;\n}\n",
	} {
		if d, err := readDeclaration(text, "A"); err == nil {
			t.Errorf("%q is read as %+v", text, d)
		}
	}
}

func TestVersionIsThatOfTheLatestRelease(t *testing.T) {
	for changelog, want := range map[string]string{
		"# Changelog\n\n## Unreleased\n\n- **New**\n":                   unreleased,
		"# Changelog\n\n## Unreleased\n\n## v1.2.0, 2026\n\n## 1.1.0\n": "1.2.0",
		"## 2.0.0-rc.1\n": "2.0.0-rc.1",
	} {
		if got := latestRelease(changelog); got != want {
			t.Errorf("%s of %q, want %s", got, changelog, want)
		}
	}
	for _, version := range []string{"1.2", "v1.2.3", "1.2.3\"", "latest"} {
		if _, err := Build(t.Context(), Options{Dir: t.TempDir(), Version: version}); err == nil || !strings.Contains(err.Error(), "version") {
			t.Errorf("version %q: error %v", version, err)
		}
	}
}

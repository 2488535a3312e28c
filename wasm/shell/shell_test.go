//go:build !js

package shell

import (
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
)

// comments are taken out of a source before it is searched.
var comments = regexp.MustCompile(`(?s)/\*.*?\*/|//[^\n"]*(?:\n|$)`)

func sourceFiles(t *testing.T) map[string]string {
	t.Helper()
	texts := make(map[string]string)
	names, err := fs.Glob(Sources(), "*/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(Sources(), name)
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = string(text)
	}
	return texts
}

// What a page must be able to rely on is not there to be called by mistake.
func TestSourcesKeepAwayFromDangerousParts(t *testing.T) {
	forbidden := map[string]string{
		"innerHTML":          "foreign text would be parsed as HTML",
		"outerHTML =":        "foreign text would be parsed as HTML",
		"insertAdjacentHTML": "foreign text would be parsed as HTML",
		"document.write":     "foreign text would be parsed as HTML",
		"DOMParser":          "foreign text would be parsed as HTML",
		"eval(":              "forbidden by most policies",
		"new Function":       "forbidden by most policies",
		".style":             "the page's policy may forbid inline styles; use an attribute or a part",
		"window":             "nothing of ours belongs there",
		"localStorage":       "the widget keeps nothing about visitors; a form its draft, in form-draft.ts",
		"sessionStorage":     "the widget keeps nothing about visitors",
		"indexedDB":          "the widget keeps nothing about visitors",
		"cookie":             "the widget keeps nothing about visitors",
		"console.":           "the console is the page's; gcm-error says what went wrong",
		"setInterval":        "one timer a source, in source.ts",
		"document.":          "a page can have put an element there; see page.ts",
	}
	for name, text := range sourceFiles(t) {
		if !strings.HasSuffix(name, ".ts") {
			continue
		}
		code := comments.ReplaceAllString(strings.ReplaceAll(text, "https://", ""), "\n")
		for word, why := range forbidden {
			if strings.Contains(code, word) && !(name == "form/form-draft.ts" && word == "localStorage") {
				t.Errorf("%s uses %s: %s", name, word, why)
			}
		}
	}
}

var imported = regexp.MustCompile(`(?m)(?:from |^import |import\()"(\.[\w./-]+)"`)

// No file needs, not even for its types, one that needs it; and what both elements
// have in common knows neither, but for the types that they publish.
func TestSourcesImportInOneDirection(t *testing.T) {
	texts := sourceFiles(t)
	imports := map[string][]string{}
	for name, text := range texts {
		for _, m := range imported.FindAllStringSubmatch(comments.ReplaceAllString(text, "\n"), -1) {
			to := path.Join(path.Dir(name), m[1])
			for _, ext := range []string{"", ".ts", ".d.ts"} {
				if _, ok := texts[to+ext]; ok {
					imports[name] = append(imports[name], to+ext)
				}
			}
			if strings.HasPrefix(name, "common/") && !strings.HasPrefix(to, "common/") && texts[to+".d.ts"] == "" {
				t.Errorf("%s imports %s", name, to)
			}
		}
	}
	if len(imports) < 20 {
		t.Fatalf("only %d files import others", len(imports))
	}
	seen := map[string]int{} // 1: on the way here, 2: done
	var visit func(name string, way []string)
	visit = func(name string, way []string) {
		switch way = append(way, name); seen[name] {
		case 1:
			t.Errorf("a circle: %v", way)
		case 0:
			seen[name] = 1
			for _, to := range imports[name] {
				visit(to, way)
			}
			seen[name] = 2
		}
	}
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		visit(name, nil)
	}
}

// The codes are part of the API: pages branch on them.
func TestErrorCodesAreStable(t *testing.T) {
	want := []string{
		"engine-compile", "engine-exit", "engine-load", "engine-panic",
		"feed-http", "feed-load", "feed-size", "feed-syntax",
		"filter", "option", "unsupported", "words-load",
	}
	types := sourceFiles(t)["widget/gcm-pledges.d.ts"]
	_, union, _ := strings.Cut(types, "export type GcmErrorCode =")
	union, rest, _ := strings.Cut(union, ";")
	if rest == "" {
		t.Fatal("GcmErrorCode is not where this test looks for it")
	}
	var got []string
	for _, m := range regexp.MustCompile(`"([a-z-]+)"`).FindAllStringSubmatch(union, -1) {
		got = append(got, m[1])
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("GcmErrorCode has\n%v, want\n%v", got, want)
	}
	for _, code := range want {
		if !strings.Contains(types, "- `"+code+"`: ") {
			t.Errorf("the comment of GcmErrorCode does not explain %q", code)
		}
	}
}

// The view may grow an element only where the page lets it in.
func TestPageAcceptsWhatViewsConsistOf(t *testing.T) {
	doc, err := os.ReadFile(filepath.Join("..", "..", "pledge", "view", "doc.go"))
	if err != nil {
		t.Skip("the source of package view is not beside this one")
	}
	dom := sourceFiles(t)["widget/dom.ts"]
	for _, list := range regexp.MustCompile(`new Set\("([^"]+)"\.split`).FindAllStringSubmatch(dom, -1) {
		if !strings.Contains(string(doc), "\n//\t"+list[1]+"\n") {
			t.Errorf("dom.ts accepts %q; the comment of package view has another list", list[1])
		}
	}
	if n := strings.Count(dom, `.split(" ")`); n != 2 {
		t.Errorf("dom.ts has %d lists, want tags and attributes", n)
	}
}

// Every part of a view that the style sheet names exists.
func TestStyledPartsExist(t *testing.T) {
	doc, err := os.ReadFile(filepath.Join("..", "..", "pledge", "view", "doc.go"))
	if err != nil {
		t.Skip("the source of package view is not beside this one")
	}
	css := ""
	for name, text := range sourceFiles(t) {
		if strings.HasPrefix(name, "widget/") && strings.HasSuffix(name, ".css") {
			css += text
		}
	}
	for _, m := range regexp.MustCompile(`\[part~="([a-z0-9-]+)"\]`).FindAllStringSubmatch(css, -1) {
		if !regexp.MustCompile(`(?m)^//\t(?:.* )?` + m[1] + `(?: |$)`).Match(doc) {
			t.Errorf("a style sheet has part %q, which the comment of package view does not have", m[1])
		}
	}
}

// The schedule is pure, so it is tested as it is, in Node.
func TestSchedule(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("needs Node to run TypeScript's output")
	}
	const minute, hour = 60_000, 3_600_000
	tests := []struct {
		name, call string
		want       float64
	}{
		{"no attribute is the default", `interval(null)`, 5 * minute},
		{"seconds", `interval("30")`, 30_000},
		{"blanks around seconds", `interval(" 30 ")`, 30_000},
		{"zero is never", `interval("0")`, 0},
		{"less than a second is a second", `interval("0.01")`, 1000},
		{"empty is the default", `interval("")`, 5 * minute},
		{"a word is the default", `interval("often")`, 5 * minute},
		{"negative is the default", `interval("-1")`, 5 * minute},
		{"infinite is the default", `interval("Infinity")`, 5 * minute},
		{"never longer than a timer can be", `interval("1e12") * 1.1 < 2**31 ? 1 : 0`, 1},

		{"no failure, no jitter", `delay(60000, 0, 0, 0.5)`, minute},
		{"jitter of ten percent less", `delay(60000, 0, 0, 0)`, 0.9 * minute},
		{"jitter of ten percent more", `delay(60000, 0, 0, 1)`, 1.1 * minute},
		{"a failure doubles", `delay(60000, 1, 0, 0.5)`, 2 * minute},
		{"every failure doubles", `delay(60000, 4, 0, 0.5)`, 16 * minute},
		{"at most an hour", `delay(60000, 40, 0, 0.5)`, hour},
		{"even after a thousand failures", `delay(60000, 2000, 0, 0.5)`, hour},
		{"an interval of more than an hour stays", `delay(7200000, 3, 0, 0.5)`, 2 * hour},
		{"Retry-After makes it longer", `delay(1000, 1, 120, 0.5)`, 2 * minute},
		{"Retry-After does not make it shorter", `delay(600000, 0, 1, 0.5)`, 10 * minute},
		{"Retry-After is believed up to an hour", `delay(1000, 1, 86400, 0.5)`, hour},

		{"Retry-After in seconds", `retryAfter("120")`, 120},
		{"Retry-After as a date", `retryAfter("Fri, 20 May 2022 00:01:00 GMT", Date.UTC(2022, 4, 20))`, 60},
		{"Retry-After in the past", `retryAfter("Fri, 20 May 2022 00:01:00 GMT", Date.UTC(2023, 4, 20))`, 0},
		{"Retry-After missing", `retryAfter(null)`, 0},
		{"Retry-After unreadable", `retryAfter("soon")`, 0},
		{"Retry-After that isn't digits only", `Math.max(..."1e3 0x10 +5 1.5 Infinity".split(" ").map((text) => retryAfter(text, Date.UTC(2100, 0))))`, 0},
		{"Retry-After negative", `retryAfter("-5", Date.UTC(2022, 4, 20))`, 0},
	}
	var script strings.Builder
	pure := strings.Replace(sourceFiles(t)["common/schedule.ts"], `import { isHidden } from "./page";`, "const isHidden = () => false;", 1)
	code := api.Transform(pure, api.TransformOptions{Loader: api.LoaderTS})
	if len(code.Errors) > 0 {
		t.Fatal(code.Errors[0].Text)
	}
	script.Write(code.Code)
	script.WriteString("process.stdout.write(JSON.stringify([")
	for _, test := range tests {
		script.WriteString(test.call + ",\n")
	}
	script.WriteString("]));")
	cmd := exec.Command(node, "--input-type=module")
	cmd.Stdin = strings.NewReader(script.String())
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var got []float64
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(err)
	}
	for i, test := range tests {
		if d := got[i] - test.want; d > 1e-3 || d < -1e-3 {
			t.Errorf("%s: %s = %v, want %v", test.name, test.call, got[i], test.want)
		}
	}
}

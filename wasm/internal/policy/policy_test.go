package policy

import (
	"cmp"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/gcmkit/gcmkit"

var update = flag.Bool("update", false, "draw the directions into CONTRIBUTING.md")

// directions is a statement of policy: what each package may import of this
// module. Don't change it to make a build pass; a package that isn't listed
// imports nothing of the module.
var directions = map[string][]string{
	"objectives":                    {"gcm"},
	"gcm/internal/fold":             {},
	"gcm":                           {"gcm/internal/fold"},
	"pledge/internal/crew":          {"pledge/internal/frame"},
	"pledge/internal/frame":         {"gcm"},
	"pledge/internal/lex":           {"gcm"},
	"pledge/internal/intern":        {"pledge/internal/swar"},
	"pledge/internal/swar":          {},
	"pledge/internal/wire":          {"objectives", "gcm", "pledge/internal/lex"},
	"pledge/internal/cost":          {},
	"pledge/internal/hostile":       {"objectives", "gcm"},
	"pledge/tally/internal/fast":    {"objectives", "gcm", "pledge/internal/intern", "pledge/internal/swar", "pledge/internal/wire"},
	"pledge/tally/internal/search":  {},
	"pledge/tally":                  {"objectives", "gcm", "pledge/internal/crew", "pledge/internal/frame", "pledge/internal/intern", "pledge/internal/lex", "pledge/internal/spreadsheet", "pledge/internal/wire", "pledge/tally/internal/fast", "pledge/tally/internal/search"},
	"pledge":                        {"objectives", "gcm", "pledge/tally", "pledge/internal/crew", "pledge/internal/frame", "pledge/internal/intern", "pledge/internal/wire"},
	"pledge/internal/spreadsheet":   {},
	"pledge/feed/conditional":       {},
	"pledge/webform":                {"objectives", "gcm", "pledge", "pledge/internal/spreadsheet", "pledge/tally"},
	"pledge/table":                  {"objectives", "gcm", "pledge", "pledge/internal/spreadsheet", "pledge/tally"},
	"pledge/progress":               {"gcm", "pledge", "pledge/internal/spreadsheet", "pledge/tally"},
	"pledge/page":                   {"objectives", "gcm", "pledge", "pledge/tally", "pledge/view", "pledge/view/locale"},
	"pledge/feed":                   {"objectives", "gcm", "pledge/feed/conditional", "pledge", "pledge/internal/spreadsheet", "pledge/page", "pledge/table", "pledge/tally", "pledge/view", "pledge/view/locale"},
	"pledge/schema":                 {},
	"pledge/view/locale":            {"gcm"},
	"pledge/view":                   {"objectives", "gcm", "pledge/tally", "pledge/view/locale"},
	"wasm/internal/engine":          {"objectives", "gcm", "pledge/tally", "pledge/view", "pledge/view/locale"},
	"wasm/widget":                   {"wasm/internal/engine", "wasm/internal/binding"},
	"wasm/internal/form":            {"objectives", "gcm", "pledge", "pledge/tally", "pledge/view/locale"},
	"wasm/rules":                    {"wasm/internal/form", "wasm/internal/binding"},
	"wasm/internal/clients":         {},
	"wasm/internal/binding":         {},
	"wasm/shell":                    {},
	"wasm/build/bundle":             {"gcm", "wasm/shell", "wasm/internal/engine", "wasm/build/internal/compile", "wasm/build/internal/start"},
	"wasm/build/internal/measure":   {},
	"wasm/build":                    {"wasm/build/bundle"},
	"wasm/build/internal/toolchain": {},
	"wasm/build/internal/start":     {},
	"wasm/build/internal/wasmbin":   {},
	"wasm/build/internal/trim":      {"wasm/build/internal/toolchain", "wasm/build/internal/wasmbin"},
	"wasm/build/internal/overlay":   {"wasm/build/internal/toolchain"},
	"wasm/build/internal/peephole":  {"wasm/build/internal/wasmbin"},
	"wasm/build/internal/compile":   {"wasm/build/internal/toolchain", "wasm/build/internal/overlay", "wasm/build/internal/trim", "wasm/build/internal/peephole", "wasm/build/internal/start"},
	"wasm/build/internal/sizes":     {"wasm/build/internal/compile", "wasm/build/internal/overlay", "wasm/build/internal/start", "wasm/build/internal/measure"},
	"wasm/build/internal/trimexec":  {"wasm/build/internal/toolchain", "wasm/build/internal/compile", "wasm/build/internal/trim", "wasm/build/internal/peephole", "wasm/build/internal/overlay"},
}

// anything is a package that may import all others: nobody imports it.
func anything(pkg string) bool {
	return strings.HasPrefix(pkg, "examples/") || pkg == "pledge/internal/cost/entrances" || pkg == "wasm/internal/pagecost" || pkg == "wasm/internal/screenshot" || pkg == "wasm/internal/slowphone"
}

// page lists what is linked into a web page.
var page = []string{
	"objectives", "gcm/internal/fold", "gcm", "pledge/internal/crew", "pledge/internal/frame", "pledge/internal/intern", "pledge/internal/lex", "pledge/internal/spreadsheet", "pledge/internal/swar", "pledge/internal/wire", "pledge/tally/internal/fast", "pledge/tally/internal/search", "pledge/tally",
	"pledge/view/locale", "pledge/view", "wasm/internal/engine", "wasm/internal/binding", "wasm/widget",
}

// forbidden is what our page packages don't import themselves, and why.
var forbidden = map[string]string{
	"fmt":           "strconv says it with less",
	"reflect":       "keeps the linker from leaving methods out",
	"time":          "gcm.Instant and gcm.Date are all the page needs",
	"encoding/json": "112 KB on the page; pledge/internal/lex reads what we need",
	"html/template": "645 KB on the page, and no dead code is left out any more",
	"html":          "27 KB on the page for five characters",
	"regexp":        "a page package parses by hand",
	"net/http":      "1,394 KB on the page; the shell fetches",
}

// neverLinked is what must not be in the engine, by whomever it is imported.
var neverLinked = map[string]string{
	"github.com/go-playground/validator/v10":      "1,037 KB; full validation is a program of its own",
	"github.com/google/uuid":                      "56 KB; tally.ID is enough to count",
	"encoding/json":                               "112 KB",
	"github.com/go-json-experiment/json/jsontext": "41 KB; pledge/internal/lex reads and writes what we need",
	"html/template":                               "645 KB",
	"net/http":                                    "1,394 KB",
	"regexp":                                      "nobody needs it",
	module + "/pledge":                            "the model carries uuid and validator",
}

// edited is what an engine can't have, since wasm/build/internal/overlay leaves
// out what these ask the runtime for.
var edited = []string{"runtime/trace", "runtime/pprof", "runtime/metrics", "runtime/coverage", "plugin", "testing"}

type listed struct {
	ImportPath string
	Imports    []string
	Standard   bool
}

func list(t *testing.T, env []string, args ...string) (all []listed) {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-e", "-json=ImportPath,Imports,Standard"}, args...)...)
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

var wasm = []string{"GOOS=js", "GOARCH=wasm"}

func TestPackagesImportInOneDirection(t *testing.T) {
	needsGo(t)
	seen := map[string]bool{}
	for _, p := range append(list(t, nil, module+"/..."), list(t, wasm, module+"/...")...) {
		name := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
		seen[name] = true
		if anything(name) {
			continue
		}
		for _, imported := range p.Imports {
			rel, ours := strings.CutPrefix(imported, module+"/")
			if ours && !slices.Contains(directions[name], rel) {
				t.Errorf("%s imports %s, which is against the directions of the module", name, rel)
			}
		}
	}
	for name, allowed := range directions {
		for _, pkg := range append(allowed, name) {
			if !seen[pkg] {
				t.Errorf("the policy names %s, which isn't there", pkg)
			}
		}
	}
}

// What counts and shows doesn't know what ships it.
func TestNothingBelowPledgeImportsWasm(t *testing.T) {
	for name := range directions {
		for to := range directions {
			if !strings.HasPrefix(name, "wasm") && strings.HasPrefix(to, "wasm") && reaches(name, to) {
				t.Errorf("%s imports %s", name, to)
			}
		}
	}
}

// CONTRIBUTING.md has the directions as a table, which -update writes.
func TestDirectionsAreDrawnForContributors(t *testing.T) {
	const file, begin, end = "../../../CONTRIBUTING.md", "<!-- directions: go test ./wasm/internal/policy -update -->\n", "<!-- end -->\n"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(text), begin)
	_, after, ended := strings.Cut(rest, end)
	if !found || !ended {
		t.Fatalf("CONTRIBUTING.md has no room for the directions between %q and %q", begin, end)
	}
	drawn := before + begin + drawing() + end + after
	if *update {
		if err := os.WriteFile(file, []byte(drawn), 0o666); err != nil {
			t.Fatal(err)
		}
	} else if drawn != string(text) {
		t.Error("CONTRIBUTING.md draws other directions; write them with go test ./wasm/internal/policy -update")
	}
}

// drawing returns the directions of packages that others import or import from
// elsewhere: each below what it imports.
func drawing() string {
	var b strings.Builder
	b.WriteString("```\n")
	depth := map[string]int{}
	var deep func(name string) int
	deep = func(name string) int {
		if d, known := depth[name]; known {
			return d
		}
		most := 0
		for _, imported := range directions[name] {
			most = max(most, deep(imported)+1)
		}
		depth[name] = most
		return most
	}
	names := slices.SortedFunc(maps.Keys(directions), func(a, b string) int { return cmp.Or(deep(a)-deep(b), strings.Compare(a, b)) })
	for _, name := range names {
		imports := slices.DeleteFunc(slices.Clone(directions[name]), func(imported string) bool {
			// What another import brings anyway goes without saying.
			return slices.ContainsFunc(directions[name], func(other string) bool { return reaches(other, imported) })
		})
		slices.Sort(imports)
		if len(imports) == 0 {
			fmt.Fprintf(&b, "%s\n", name)
		} else {
			fmt.Fprintf(&b, "%-29s → %s\n", name, strings.Join(imports, ", "))
		}
	}
	b.WriteString("```\n")
	return b.String()
}

// reaches reports whether a package imports another one, through others as well.
func reaches(from, to string) bool {
	return slices.ContainsFunc(directions[from], func(imported string) bool { return imported == to || reaches(imported, to) })
}

func TestPagePackagesImportNothingHeavy(t *testing.T) {
	needsGo(t)
	for _, p := range list(t, wasm, prefixed(page)...) {
		for _, imported := range p.Imports {
			if why, bad := forbidden[imported]; bad || strings.HasPrefix(imported, "golang.org/x/text") {
				t.Errorf("%s imports %s: %s", p.ImportPath, imported, why)
			}
		}
	}
}

func TestEngineLinksNothingThatIsForbidden(t *testing.T) {
	needsGo(t)
	linked := map[string]bool{}
	for _, p := range list(t, wasm, "-deps", module+"/wasm/widget") {
		linked[p.ImportPath] = true
		if why, bad := neverLinked[p.ImportPath]; bad || strings.HasPrefix(p.ImportPath, "golang.org/x/text") {
			t.Errorf("the engine links %s: %s", p.ImportPath, why)
		}
		if rel, ours := strings.CutPrefix(p.ImportPath, module+"/"); ours && !slices.Contains(page, rel) {
			t.Errorf("the engine links %s, which isn't listed as a page package", rel)
		}
	}
	for _, pkg := range page {
		if !linked[module+"/"+pkg] {
			t.Errorf("%s is listed as a page package, but the engine doesn't link it", pkg)
		}
	}
}

func TestEnginesAskTheRuntimeForNothingThatIsLeftOut(t *testing.T) {
	needsGo(t)
	for _, p := range list(t, wasm, "-deps", module+"/wasm/widget", module+"/wasm/rules") {
		if slices.Contains(edited, p.ImportPath) {
			t.Errorf("an engine links %s", p.ImportPath)
		}
	}
}

func TestOnePackageImportsSafejs(t *testing.T) {
	needsGo(t)
	for _, p := range list(t, wasm, module+"/...") {
		if slices.Contains(p.Imports, "github.com/hack-pad/safejs") && p.ImportPath != module+"/wasm/internal/binding" {
			t.Errorf("%s imports safejs; wasm/internal/binding is there for that", p.ImportPath)
		}
	}
}

// The Makefile has some packages tested without the race detector.
func TestNothingRunsAtTheSameTimeWhereTheRaceDetectorIsOff(t *testing.T) {
	needsGo(t)
	makefile, err := os.ReadFile("../../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	line := regexp.MustCompile(`(?m)^ALONE := (.+)\$$`).FindSubmatch(makefile)
	if line == nil {
		t.Fatal("the Makefile doesn't say which packages are alone")
	}
	alone := regexp.MustCompile(string(line[1]))
	found := 0
	for _, p := range list(t, nil, module+"/...") {
		if !alone.MatchString(p.ImportPath) {
			continue
		}
		found++
		files, err := filepath.Glob("../../.." + strings.TrimPrefix(p.ImportPath, module) + "/*.go")
		if err != nil || len(files) == 0 {
			t.Fatal(p.ImportPath, err)
		}
		for _, file := range files {
			fset := token.NewFileSet()
			f, err := parser.ParseFile(fset, file, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(f, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.GoStmt:
					t.Errorf("%s: a goroutine", fset.Position(n.Pos()))
				case *ast.SelectorExpr:
					// Of a WaitGroup; of a test, or a benchmark; of tally.Reader.
					if slices.Contains([]string{"Go", "Parallel", "RunParallel", "ReadFrom"}, n.Sel.Name) {
						t.Errorf("%s: %s", fset.Position(n.Pos()), n.Sel.Name)
					}
				}
				return true
			})
		}
	}
	if found == 0 {
		t.Error("no package is alone")
	}
}

func prefixed(names []string) (paths []string) {
	for _, name := range names {
		paths = append(paths, module+"/"+name)
	}
	return paths
}

func needsGo(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("runs the go command")
	}
}

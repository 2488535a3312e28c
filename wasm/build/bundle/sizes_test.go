//go:build !js

package bundle

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/wasm/build/internal/compile"
	"github.com/gcmkit/gcmkit/wasm/build/internal/measure"
)

// The engine's budget, whatever the table says: what a page loads over the wire.
const mostOfEngine = 460_000

const (
	sizesFile = "testdata/sizes.tsv" // bytes of each file
	codeFile  = "testdata/code.tsv"  // bytes of code of each package in an engine
	sizesPage = "../../README.md"    // has sizesFile as a table
	howTo     = "if that is meant to be, go test ./wasm/build/bundle -run Sizes -update"
)

// What is published grows by a per cent at most unless somebody says so.
func TestSizesAreThoseOfTheTable(t *testing.T) {
	if testing.Short() {
		t.Skip("compresses all that is published")
	}
	dir, err := moduleDir(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	tmp := t.TempDir()
	c := compile.New(t.Context(), compile.Options{Dir: dir, Tmp: tmp, Log: &log})
	version, err := c.Version(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	packer := brotliVersion(t, dir)
	before := readSizes(t)
	if before.goVersion != version && !*update {
		text := "the table of sizes is of " + before.goVersion + ", and this is " + version + "; compare them and then " + howTo[len("if that is meant to be, "):]
		if os.Getenv("CI") != "" {
			t.Fatal(text)
		}
		t.Skip(text)
	}
	out := t.TempDir()
	r, err := Build(t.Context(), Options{Dir: out, Uncompressed: true, Log: &log})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(log.String(), "larger than they could be") || strings.Contains(log.String(), "larger than it could be") {
		t.Errorf("an engine isn't as small as it could be:\n%s", log.String())
	}
	var known map[string]sizes
	if before.goVersion == version && before.brotliVersion == packer {
		known = before.published
	}
	now, published := sizesOf(t, out, r, known)
	if n := now["gcm-pledges.wasm"][2]; n > mostOfEngine {
		t.Errorf("the widget's engine is %s bytes with brotli, more than %s", bytesOf(n), bytesOf(mostOfEngine))
	}
	if n := now[ScriptName][2]; n > mostOfScript {
		t.Errorf("%s is %s bytes with brotli, more than %s", ScriptName, bytesOf(n), bytesOf(mostOfScript))
	}
	if *update {
		writeSizes(t, version, packer, now, published)
		writeCode(t, c)
		return
	}
	if len(now) != len(before.files) {
		t.Errorf("%d files, %d in the table", len(now), len(before.files))
	}
	for _, name := range slices.Sorted(maps.Keys(now)) {
		grown := growth(before.files[name], now[name])
		if grown == "" {
			continue
		}
		t.Errorf("%s: %s; %s", name, grown, howTo)
		for _, e := range elements {
			if name == e.engine+".wasm" {
				t.Error(whatCame(readCode(t)[e.engine], codeOf(t, c, e)))
			}
		}
	}
}

// The README of the elements has the table of the sizes. It is made of sizesFile,
// so with -update this test comes after the one that writes that.
func TestREADMEHasTheSizes(t *testing.T) {
	const begin, end = "<!-- sizes: go test ./wasm/build/bundle -run Sizes -update -->\n", "<!-- end -->\n"
	page, err := os.ReadFile(sizesPage)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(page), begin)
	_, after, ended := strings.Cut(rest, end)
	if !found || !ended {
		t.Fatalf("%s has no room for the sizes between %q and %q", sizesPage, begin, end)
	}
	want := before + begin + readSizes(t).markdown() + end + after
	if *update {
		if err := os.WriteFile(sizesPage, []byte(want), 0o666); err != nil {
			t.Fatal(err)
		}
	} else if want != string(page) {
		t.Errorf("the sizes in %s aren't those of %s: go test ./wasm/build/bundle -run Sizes -update", sizesPage, sizesFile)
	}
}

// markdown returns the sizes as a table, and the version of Go that they are of.
func (table sizesTable) markdown() string {
	var b strings.Builder
	b.WriteString("| file | raw | gzip | brotli |\n| --- | ---: | ---: | ---: |\n")
	for _, name := range slices.Sorted(maps.Keys(table.files)) {
		s := table.files[name]
		if before, engine := strings.CutSuffix(name, ".wasm"); engine {
			name = before + "-HASH.wasm"
		} else if lang, words := strings.CutPrefix(name, wordsName); words {
			name = wordsName + "-HASH" + lang
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", name, bytesOf(s[0]), bytesOf(s[1]), bytesOf(s[2]))
	}
	fmt.Fprintf(&b, "\nThese are the bytes that `go run ./wasm/build -o DIR` writes, with Go %s.\n", strings.TrimPrefix(table.goVersion, "go"))
	return b.String()
}

// sizes are bytes raw, with gzip, with brotli.
type sizes [3]int

var columns = [...]string{"raw", "with gzip", "with brotli"}

// growth says which sizes have grown by more than a per cent; "" if none has.
func growth(before, now sizes) string {
	var all []string
	for i, column := range columns {
		if now[i]*100 > before[i]*101 {
			all = append(all, fmt.Sprintf("%s bytes %s, after %s", bytesOf(now[i]), column, bytesOf(before[i])))
		}
	}
	return strings.Join(all, ", ")
}

// whatCame lists packages that weren't there before, and those that have grown
// by more than 1,000 bytes.
func whatCame(before, now map[string]int) string {
	var b strings.Builder
	for _, pkg := range slices.Sorted(maps.Keys(now)) {
		switch was, ok := before[pkg]; {
		case !ok && now[pkg] == 0:
			fmt.Fprintf(&b, "  new: %s, no code\n", pkg)
		case !ok:
			fmt.Fprintf(&b, "  new: %s, %s bytes of code\n", pkg, bytesOf(now[pkg]))
		case now[pkg] > was+1000:
			fmt.Fprintf(&b, "  grown: %s, %s bytes of code after %s\n", pkg, bytesOf(now[pkg]), bytesOf(was))
		}
	}
	if b.Len() == 0 {
		return "no package has come in, and none has much more code: it is data that has grown"
	}
	return "what has come in:\n" + b.String()
}

var hash = regexp.MustCompile(`-[0-9a-f]{12}((?:-\w\w\.txt|\.wasm))$`)

// sizesOf packs the engines, their modules and the style sheet, and returns their sizes, and the
// names that they are published under, by their names without a hash. An engine
// whose very bytes are known to have been packed isn't packed again: equal in is
// equal out, and that takes most of a minute.
func sizesOf(t *testing.T, dir string, r *Result, known map[string]sizes) (all map[string]sizes, published map[string]string) {
	t.Helper()
	all, published = make(map[string]sizes), make(map[string]string)
	var files []artifact
	for _, f := range r.Files {
		name := hash.ReplaceAllString(f.Name, "$1")
		if name == f.Name && name != ScriptName && name != FormScriptName && name != StyleName {
			continue
		}
		published[name] = f.Name
		if s, ok := known[f.Name]; ok && name != f.Name && s[0] == f.Size {
			all[name] = s
			continue
		}
		files = append(files, newArtifact(f.Name, read(t, dir, f.Name)))
	}
	if err := compressAll(t.Context(), files, io.Discard); err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		all[hash.ReplaceAllString(f.Name, "$1")] = sizes{f.Size, len(f.gzip), len(f.brotli)}
	}
	return all, published
}

// brotliVersion is that of the module that packs.
func brotliVersion(t *testing.T, dir string) string {
	t.Helper()
	out, err := compile.Go(t.Context(), dir, nil, "list", "-m", "-f", "{{.Version}}", "github.com/andybalholm/brotli")
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// codeOf counts the bytes of code in an engine. Packages without any are there.
func codeOf(t *testing.T, c *compile.Compiler, e element) map[string]int {
	t.Helper()
	c = c.WithTags(e.tags)
	packages, err := c.Packages(t.Context(), e.command)
	if err != nil {
		t.Fatal(err)
	}
	wasm, err := c.Named(t.Context(), e.command)
	if err != nil {
		t.Fatal(err)
	}
	code, err := measure.Code(wasm, append(packages, "main"))
	if err != nil {
		t.Fatal(err)
	}
	delete(code, "")
	for _, pkg := range packages {
		code[pkg] += 0
	}
	return code
}

// A sizesTable is what sizesFile says.
type sizesTable struct {
	goVersion, brotliVersion string
	files                    map[string]sizes // by names without hashes
	published                map[string]sizes // by names with hashes
}

func readSizes(t *testing.T) (table sizesTable) {
	t.Helper()
	lines := tableLines(t, sizesFile)
	_, versions, _ := strings.Cut(lines[0], "with ")
	table.goVersion, table.brotliVersion, _ = strings.Cut(versions, " and brotli ")
	table.files, table.published = make(map[string]sizes), make(map[string]sizes)
	for _, line := range lines[2:] {
		cells := strings.Split(line, "\t")
		var s sizes
		for i := range s {
			n, err := strconv.Atoi(cells[i+1])
			if err != nil {
				t.Fatal(err)
			}
			s[i] = n
		}
		table.files[cells[0]], table.published[cells[4]] = s, s
	}
	return table
}

func writeSizes(t *testing.T, version, packer string, now map[string]sizes, published map[string]string) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# Bytes of what go run ./wasm/build writes, with %s and brotli %s\nfile\traw\tgzip\tbrotli\tpublished as\n", version, packer)
	for _, name := range slices.Sorted(maps.Keys(now)) {
		fmt.Fprintf(&b, "%s\t%d\t%d\t%d\t%s\n", name, now[name][0], now[name][1], now[name][2], published[name])
	}
	if err := os.WriteFile(sizesFile, b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
}

func readCode(t *testing.T) map[string]map[string]int {
	all := make(map[string]map[string]int)
	for _, line := range tableLines(t, codeFile)[1:] {
		cells := strings.Split(line, "\t")
		n, err := strconv.Atoi(cells[2])
		if err != nil {
			t.Fatal(err)
		}
		if all[cells[0]] == nil {
			all[cells[0]] = make(map[string]int)
		}
		all[cells[0]][cells[1]] = n
	}
	return all
}

func writeCode(t *testing.T, c *compile.Compiler) {
	b := []byte("engine\tpackage\tbytes of code, before compression\n")
	for _, e := range elements {
		code := codeOf(t, c, e)
		for _, pkg := range slices.Sorted(maps.Keys(code)) {
			b = fmt.Appendf(b, "%s\t%s\t%d\n", e.engine, pkg, code[pkg])
		}
	}
	if err := os.WriteFile(codeFile, b, 0o666); err != nil {
		t.Fatal(err)
	}
}

func tableLines(t *testing.T, name string) []string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(text)), "\n")
}

func TestGrowthIsNoticedAndExplained(t *testing.T) {
	if got := growth(sizes{100_000, 10_000, 1_000}, sizes{101_000, 10_100, 900}); got != "" {
		t.Errorf("a per cent is too much: %s", got)
	}
	if got, want := growth(sizes{100_000, 10_000, 1_000}, sizes{101_001, 10_000, 1_011}), "101,001 bytes raw, after 100,000, 1,011 bytes with brotli, after 1,000"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if growth(sizes{}, sizes{1, 1, 1}) == "" {
		t.Error("a new file isn't noticed")
	}
	before := map[string]int{"a": 10, "b": 10_000, "gone": 5}
	got := whatCame(before, map[string]int{"a": 900, "b": 12_000, "c": 0})
	if want := "what has come in:\n  grown: b, 12,000 bytes of code after 10,000\n  new: c, no code\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := whatCame(before, before); !strings.Contains(got, "it is data") {
		t.Errorf("got %q", got)
	}
}

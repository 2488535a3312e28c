//go:build !js

package bundle

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/andybalholm/brotli"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
	"github.com/gcmkit/gcmkit/wasm/build/internal/compile"
)

// stub stands for an engine where its content does not matter.
var stub = bytes.Repeat([]byte("not WebAssembly "), 1000)

// assembled makes the files with one stub for both engines and the real shell.
func assembled(t *testing.T, engine []byte) []artifact {
	t.Helper()
	root, err := compile.Go(t.Context(), "", nil, "env", "GOROOT")
	if err != nil {
		t.Fatal(err)
	}
	wasmExec, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		t.Fatal(err)
	}
	src, err := moduleSource()
	if err != nil {
		t.Fatal(err)
	}
	files, err := assemble(t.Context(), [][]byte{engine, engine}, wasmExec, src, false)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

var moduleSource = sync.OnceValues(func() (*source, error) {
	dir, err := moduleDir(context.Background())
	if err != nil {
		return nil, err
	}
	return readSource(context.Background(), dir, "1.2.3")
})

// made returns the content of a file that is made.
func made(t *testing.T, name string) string {
	t.Helper()
	for _, f := range assembled(t, stub) {
		if f.Name == name {
			return string(f.content)
		}
	}
	t.Fatalf("there is no %s", name)
	return ""
}

// counting is the module that the widget loads to count.
func counting(files []artifact) artifact { return files[3*len(elements)] }

func written(t *testing.T, o Options, engine []byte) *Result {
	t.Helper()
	r, err := write(t.Context(), o, assembled(t, engine), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func read(t *testing.T, dir, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

// The module stands before everything else a widget does, and is all that a page
// loads that counts nothing itself, so it has a budget. What does not fit belongs in a
// module that is loaded later, which have theirs, or in the engine.
const (
	mostOfScript    = 8 << 10
	mostOfCounting  = 6900
	mostOfFollowing = 2800
	mostOfDashboard = 1500
	mostOfCounter   = 10 << 10 // a live number: module, style sheet and view document
)

func TestScriptFitsItsBudget(t *testing.T) {
	engine := importing("runtime.wasmExit", "runtime.wasmWrite", "runtime.resetMemoryDataView", "runtime.nanotime1",
		"runtime.walltime", "runtime.scheduleTimeoutEvent", "runtime.clearTimeoutEvent", "runtime.getRandomData",
		"syscall/js.finalizeRef", "syscall/js.stringVal", "syscall/js.valueGet", "syscall/js.valueSet",
		"syscall/js.valueIndex", "syscall/js.valueSetIndex", "syscall/js.valueCall", "syscall/js.valueNew",
		"syscall/js.valueLength", "syscall/js.valuePrepareString", "syscall/js.valueLoadString", "syscall/js.copyBytesToGo")
	files := assembled(t, engine) // TestSizesAreThoseOfTheTable looks at the real ones
	for _, s := range []struct {
		artifact
		most int
	}{{files[0], mostOfScript}, {files[3*len(elements)], mostOfCounting}, {files[3*len(elements)+1], mostOfFollowing}, {files[3*len(elements)+2], mostOfDashboard}} {
		if err := s.compress(t.Context()); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d bytes, %d gzip, %d brotli", s.Name, s.Size, len(s.gzip), len(s.brotli))
		if len(s.brotli) > s.most {
			t.Errorf("%s is %d bytes with brotli, more than %d", s.Name, len(s.brotli), s.most)
		}
	}
}

// A page that shows a number loads a module, a style sheet and a view document.
func TestLiveNumberFitsItsBudget(t *testing.T) {
	var r tally.Reader
	r.Write(data.Published())
	feed, err := r.Close()
	if err != nil {
		t.Fatal(err)
	}
	snapshot, err := feed.Snapshot(tally.Query{})
	if err != nil {
		t.Fatal(err)
	}
	beside := 0
	for _, f := range assembled(t, stub) {
		if f.Name == ScriptName || f.Name == CounterStyleName {
			if err := f.compress(t.Context()); err != nil {
				t.Fatal(err)
			}
			beside += len(f.brotli)
		}
	}
	for l := range gcm.Languages() {
		content, err := view.Document{Language: l, Feed: "countable.json"}.AppendJSON(nil, snapshot)
		if err != nil {
			t.Fatal(err)
		}
		f := newArtifact("counter.json", content)
		if err := f.compress(t.Context()); err != nil {
			t.Fatal(err)
		}
		t.Logf("%v: %d bytes with brotli, %d of them the document", l, beside+len(f.brotli), len(f.brotli))
		if n := beside + len(f.brotli); n > mostOfCounter {
			t.Errorf("a counter in %v is %d bytes with brotli, more than %d", l, n, mostOfCounter)
		}
	}
}

// importing is what an engine begins with that imports these functions.
func importing(functions ...string) []byte {
	b := append([]byte("\x00asm"), stub...)
	for _, name := range functions {
		b = append(append(append(b, "\x04gojs"...), byte(len(name))), name...)
	}
	return b
}

func TestScriptOffersWhatItsEngineImports(t *testing.T) {
	script := func(engine []byte) string { return string(counting(assembled(t, engine)).content) }
	all := script(stub)
	some := script(importing("runtime.wasmExit", "syscall/js.valueInvoke"))
	for name, want := range map[string]bool{
		"runtime.wasmExit": true, "syscall/js.valueInvoke": true,
		"runtime.wasmWrite": false, "syscall/js.valueCall": false, "syscall/js.valueInstanceOf": false, "_gotest": false, "testExport": false,
	} {
		if !strings.Contains(all, name) {
			t.Errorf("nothing is offered under %s to an engine that may import everything", name)
		}
		if strings.Contains(some, name) != want {
			t.Errorf("%s is offered: %v, want %v", name, !want, want)
		}
	}
}

// What answers in the place of files and processes is left out with them, and
// stays where something is left that needs it.
func TestScriptRefusesNothingThatItDoesNotOffer(t *testing.T) {
	const refusing = "(() => {\n\tconst enosys = () => {\n\t\treturn new Error(\"not implemented\");\n\t};\n\tif (!globalThis.fs) globalThis.fs = { read() { throw enosys(); } };\n\tglobalThis.Go = class {};\n"
	for _, test := range []struct {
		more string
		want bool
	}{{"})();", false}, {"\tglobalThis.other = enosys;\n})();", true}} {
		got, err := wrapped([]byte(refusing + test.more))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(got, []byte("not implemented")) != test.want || !bytes.Contains(got, []byte("class")) {
			t.Errorf("with %q: %s", test.more, got)
		}
	}
}

// What never comes up where the program runs is left out, and nothing around it.
func TestScriptLeavesOutWhatNeverHappens(t *testing.T) {
	const running = "globalThis.Go = class {\n\tconstructor() {\n" +
		"\t\t\tthis.exit = (code) => {\n\t\t\t\tif (code !== 0) {\n\t\t\t\t\tconsole.warn(\"never\", code);\n\t\t\t\t}\n\t\t\t};\n\t\t\tthis.kept = () => \"kept\";\n\t}\n\trun(instance) {\n" +
		"\t\t\tif (!(instance instanceof WebAssembly.Instance)) {\n\t\t\t\tthrow new Error(\"never\");\n\t\t\t}\n" +
		"\t\t\tconst keys = Object.keys(this.env).sort();\n\t\t\tkeys.forEach((key) => {\n\t\t\t\tuse(\"never\", key);\n\t\t\t});\n\t\t\tuse(\"kept\");\n" +
		"\t\t\tif (other) {\n\t\t\t\tthrow new Error(\"kept\");\n\t\t\t}\n\t\t\tif (this.exited) {\n\t\t\t\tresolve(\"kept\");\n\t\t\t}\n\t}\n};\n"
	got, err := wrapped([]byte(running))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(got, []byte("never")) || bytes.Count(got, []byte("kept")) != strings.Count(running, "kept") {
		t.Errorf("%s", got)
	}
	real := string(counting(assembled(t, stub)).content)
	for _, text := range []string{"Instance expected", "total length of", "already exited", "exit code:"} {
		if strings.Contains(real, text) {
			t.Errorf("%q is in the module", text)
		}
	}
}

func TestScriptNamesItsEngineAndNoMachine(t *testing.T) {
	files := assembled(t, stub)
	for i, e := range elements {
		t.Run(e.script, func(t *testing.T) {
			script := string(files[3*i].content)
			for i := range e.later { // one of which runs the engine; the first one says where they are
				later := files[3*len(elements)+i]
				for _, want := range []string{`new URL("` + later.Name + `",import.meta.url)`, `"` + later.Integrity + `"`} {
					if !strings.Contains(script, want) {
						t.Errorf("the module lacks %s", want)
					}
				}
				script += string(later.content)
			}
			namesItsEngine(t, script, files[3*i+1])
			if !strings.Contains(script, e.function) {
				t.Errorf("the module doesn't call %s", e.function)
			}
		})
	}
}

func namesItsEngine(t *testing.T, script string, engine artifact) {
	for _, want := range []string{
		`new URL("` + engine.Name + `",import.meta.url)`,
		`"` + engine.Integrity + `"`,
		"Copyright 2018 The Go Authors",
	} {
		if !strings.Contains(script, want) {
			t.Errorf("the module lacks %s", want)
		}
	}
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for _, unwanted := range []string{dir, "ENGINE_FILE", "sourceMappingURL", "innerHTML"} {
		if strings.Contains(script, unwanted) {
			t.Errorf("the module contains %s", unwanted)
		}
	}
}

func TestEngineNameFollowsItsContent(t *testing.T) {
	name := func(content string) string { return hashedName(elements[0].engine, []byte(content), ".wasm") }
	a, b := name("a"), name("b")
	if a == b || a != name("a") {
		t.Errorf("names %s and %s", a, b)
	}
}

func TestWrittenFilesAreWhatTheManifestSays(t *testing.T) {
	dir := t.TempDir()
	r := written(t, Options{Dir: dir}, stub)
	engine, rules, counting, following, dashboard := r.Files[1].Name, r.Files[4].Name, r.Files[6].Name, r.Files[7].Name, r.Files[8].Name

	want := []string{StyleName + ".txt", AssetsTypesName, FormTypesName, TypesName, ElementsName, JSXName, LicenseName, ManifestName, TextName, PackageName, ReadmeName, OtherLicensesName}
	for _, name := range []string{
		FormScriptName, rules, engine, counting, following, dashboard, ScriptName, StyleName, CounterStyleName, DashboardStyleName, RoomName,
		EmbedName, "embed.js", EmbedParentName, BuilderName, "builder.css", "builder.js", AssetsName,
	} {
		want = append(want, name, name+".br", name+".gz")
	}
	for _, f := range wordsFiles() {
		want = append(want, f.Name, f.Name+".br", f.Name+".gz")
	}
	slices.Sort(want)
	if got := names(t, dir); strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("wrote %v, want %v", got, want)
	}

	var manifest map[string]struct {
		Integrity           string
		Bytes, Gzip, Brotli int
	}
	if err := json.Unmarshal(read(t, dir, ManifestName), &manifest); err != nil {
		t.Fatal(err)
	}
	if len(manifest) != len(r.Files) {
		t.Errorf("the manifest has %d files, want %d", len(manifest), len(r.Files))
	}
	for _, f := range r.Files {
		content, entry := read(t, dir, f.Name), manifest[f.Name]
		sum := sha512.Sum384(content)
		integrity := "sha384-" + base64.StdEncoding.EncodeToString(sum[:])
		if f.Integrity != integrity || entry.Integrity != integrity {
			t.Errorf("%s: integrity %s in the result, %s in the manifest, want %s", f.Name, f.Integrity, entry.Integrity, integrity)
		}
		if f.Size != len(content) || entry.Bytes != f.Size || entry.Gzip != f.Gzip || entry.Brotli != f.Brotli {
			t.Errorf("%s: sizes %+v in the manifest, %+v in the result", f.Name, entry, f)
		}
		if f.Brotli == 0 {
			continue
		}
		br, gz := read(t, dir, f.Name+".br"), read(t, dir, f.Name+".gz")
		if len(br) != f.Brotli || len(gz) != f.Gzip {
			t.Errorf("%s: copies of %d and %d bytes, want %d and %d", f.Name, len(br), len(gz), f.Brotli, f.Gzip)
		}
		if got, err := io.ReadAll(brotli.NewReader(bytes.NewReader(br))); err != nil || !bytes.Equal(got, content) {
			t.Errorf("%s.br does not unpack to the file: %v", f.Name, err)
		}
		zr, err := gzip.NewReader(bytes.NewReader(gz))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(zr); err != nil || !bytes.Equal(got, content) {
			t.Errorf("%s.gz does not unpack to the file: %v", f.Name, err)
		}
	}
}

// A server that prefers gcm-pledges.js.br to gcm-pledges.js would go on serving
// the old module.
func TestFastBuildRemovesCopiesOfAnEarlierModule(t *testing.T) {
	dir := t.TempDir()
	old := written(t, Options{Dir: dir}, []byte("an older engine")).Files[1].Name
	foreign := "logo.svg.br"
	if err := os.WriteFile(filepath.Join(dir, foreign), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	now := written(t, Options{Dir: dir, Uncompressed: true}, stub)
	left := strings.Join(names(t, dir), " ")
	if strings.Contains(left, ScriptName+".") {
		t.Errorf("copies of the old module are left: %s", left)
	}
	for _, want := range []string{old, old + ".br", now.Files[1].Name, foreign} {
		if !strings.Contains(left, want) {
			t.Errorf("%s is gone: %s", want, left)
		}
	}
	for _, f := range now.Files {
		if f.Gzip != 0 || f.Brotli != 0 {
			t.Errorf("%s claims compressed copies: %+v", f.Name, f)
		}
	}
}

// An element that unpacks its engine checks the packed bytes, so the copy has to
// be the very one that it was linked with.
func TestCopyIsTheOneThatAnElementLoads(t *testing.T) {
	for _, uncompressed := range []bool{false, true} {
		dir := t.TempDir()
		files := assembled(t, stub)
		loaded := []byte("packed by somebody else")
		files[1].gzip = loaded
		r, err := write(t.Context(), Options{Dir: dir, Uncompressed: uncompressed}, files, io.Discard)
		if err != nil {
			t.Fatal(err)
		}
		f := r.Files[1]
		if got := read(t, dir, f.Name+".gz"); !bytes.Equal(got, loaded) || f.Gzip != len(loaded) {
			t.Errorf("wrote %d bytes and noted %d, not the %d that were there", len(got), f.Gzip, len(loaded))
		}
		if _, err := os.Stat(filepath.Join(dir, f.Name+".br")); uncompressed != (err != nil) || uncompressed != (f.Brotli == 0) {
			t.Errorf("with Uncompressed %v the copy with brotli has %d bytes, %v", uncompressed, f.Brotli, err)
		}
	}
}

func TestTable(t *testing.T) {
	r := Result{Files: []File{{Name: "a.js", Size: 1234567, Gzip: 999, Brotli: 1000}, {Name: "b.d.ts", Size: 5}}}
	var b strings.Builder
	if err := r.WriteTable(&b); err != nil {
		t.Fatal(err)
	}
	want := "        raw  gzip  brotli  file\n" +
		"  1,234,567   999   1,000  a.js\n" +
		"          5     -       -  b.d.ts\n"
	if b.String() != want {
		t.Errorf("table\n%swant\n%s", b.String(), want)
	}
}

func TestCompressionIsReproducible(t *testing.T) {
	for _, first := range assembled(t, stub) {
		second := artifact{File: first.File, content: bytes.Clone(first.content)}
		if err := errors.Join(first.compress(t.Context()), second.compress(t.Context())); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first.brotli, second.brotli) || !bytes.Equal(first.gzip, second.gzip) {
			t.Errorf("%s is compressed differently the second time", first.Name)
		}
	}
}

func TestCompressionStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := compressAll(ctx, assembled(t, stub), io.Discard); err != context.Canceled {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
}

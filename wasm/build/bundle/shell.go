package bundle

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/gcmkit/gcmkit/wasm/shell"
)

// The licence of wasm_exec.js asks for its notice in what is made of it.
const banner = "/*! gcmkit, MIT. wasm_exec.js: Copyright 2018 The Go Authors, BSD, go.dev/LICENSE */"

// mangled are properties that only the scripts themselves know: not the page, not
// Go, and not the browser.
const mangled = "^(_(exitPromise|resolveExitPromise|scheduledTimeouts|nextCallbackTimeoutID|goRefCounts|values|ids|idPool|inst|resume)|" +
	"argv|env|exited|importObject|reading|failure|failures|retryAfter|ready|busy|internals|retract|settle|expect|forget|chosen|interval|hush|say|" +
	"dead|worker|lost|culprit|hear|dress|cursor|enter|address|number|known|whole|weight|ask|region|leave|engine|etag|call|stream|show|start|end|tell|sources|asks|plan|fail|ended|prepare|gather|listen|follow|waits|press|document|put|unfold|limit|full|take|module|unspoken|speak|check|made|watch|file|begin)$"

// wasm_exec.js reads and writes properties of globalThis and uses a few bare
// globals. Inside this function both mean the scope it is given.
const (
	wrapHead = "export default (scope) => {\nconst { console, fs, setTimeout, clearTimeout } = scope;\n"
	wrapTail = "\nreturn scope.Go;\n};\n"
)

// offered matches what wasm_exec.js offers to a program, a function each, and what
// it offers to the tests of Go itself.
var offered = regexp.MustCompile(`(?ms)^\t{5}"([\w./]+)": \(\w+\) => \{\n.*?^\t{5}\},\n|^\t{4}_gotest: \{\n.*?^\t{4}\},\n|^\t{3}const testCallExport = .*?^\t{3}\}\n`)

// asked returns wasm_exec.js without what the engine doesn't import. What isn't an
// engine may import everything.
func asked(wasmExec, engine []byte) []byte {
	if !bytes.HasPrefix(engine, []byte("\x00asm")) {
		return wasmExec
	}
	return offered.ReplaceAllFunc(wasmExec, func(function []byte) []byte {
		name := offered.FindSubmatch(function)[1]
		imported := binary.AppendUvarint([]byte("\x04gojs"), uint64(len(name))) // as WebAssembly writes it
		if len(name) > 0 && bytes.Contains(engine, append(imported, name...)) {
			return function
		}
		return nil
	})
}

// looksForFiles reports whether a program has the packages of Go's library in which
// the name of a flag of files is, and without which there is no time zone either.
func looksForFiles(program []byte) bool { return bytes.Contains(program, []byte("O_WRONLY")) }

// refusal matches the function with which wasm_exec.js answers in the place of what
// a page doesn't have.
var refusal = regexp.MustCompile(`(?ms)^\tconst enosys = \(\) => \{\n.*?^\t\};\n`)

// never matches what doesn't come up where program.ts runs the program: something
// else than an instance, an environment, arguments that are too long, a call after
// the end, an end that nobody is told of, and warnings, which go nowhere.
var never = regexp.MustCompile(`(?ms)^\t+if \((?:!\(instance instanceof WebAssembly\.Instance\)|offset >= wasmMinDataAddr|this\.exited)\) \{\n\t+throw new Error\([^\n]*\n\t+\}\n|^\t{3}const keys = Object\.keys\(this\.env\)\.sort\(\);\n\t{3}keys\.forEach\(\(key\) => \{\n.*?^\t{3}\}\);\n|^\t{3}this\.exit = \(code\) => \{\n.*?^\t{3}\};\n|^\t+console\.warn\("[^"\n]*"\);\n`)

// wrapped returns wasm_exec.js as a module with that function.
func wrapped(wasmExec []byte) ([]byte, error) {
	wasmExec = never.ReplaceAll(wasmExec, nil)
	code, err := shaken(refusal.ReplaceAll(wasmExec, nil))
	if bytes.Contains(code, []byte("enosys")) { // something still refuses
		code, err = shaken(wasmExec)
	}
	return slices.Concat([]byte(wrapHead), code, []byte(wrapTail)), err
}

// shaken returns wasm_exec.js without what never runs. It makes what a page doesn't
// have (files, processes) if it isn't there, and refuses what is too old; the scope
// has all that, so the linker may leave it out.
func shaken(wasmExec []byte) ([]byte, error) {
	define := map[string]string{"globalThis": "scope"}
	for _, name := range []string{"fs", "process", "path", "crypto", "performance", "TextEncoder", "TextDecoder"} {
		define["globalThis."+name] = "true"
	}
	js := api.Transform(string(wasmExec), api.TransformOptions{
		Loader: api.LoaderJS, Sourcefile: "wasm_exec.js", Charset: api.CharsetUTF8, Define: define, MinifySyntax: true,
		LogOverride: map[string]api.LogLevel{"assign-to-define": api.LogLevelSilent}, // where it never gets
	})
	return js.Code, messages(js.Errors, js.Warnings)
}

// namespace marks the modules that come from memory. They have no place on disk,
// so no path of the building machine can get into the bundle.
const namespace = "shell"

// A script is what is linked into one file.
type script struct {
	entry, out string
	format     api.Format
	banner     string
	define     map[string]string
	mangled    string         // properties that get shorter names, as an expression
	names      map[string]any // those that have got some already; link adds to them
	read       func(name string) ([]byte, error)
}

// bundleShell links the shell's sources of an element and wasm_exec.js into ES
// modules: the first one of the element, and those that it loads later. They load
// the given engine from their own directory, and unpack it if it is a .gz, and the
// words of languages. program is the engine as it is then.
func bundleShell(e element, engine File, words []artifact, program, wasmExec []byte) ([]artifact, error) {
	s := script{
		entry: sources + e.entry, out: e.script, format: api.FormatESModule, banner: banner, mangled: mangled,
		define: map[string]string{
			"ELEMENT":          strconv.Quote(e.tag),
			"ENGINE_FILE":      strconv.Quote(engine.Name),
			"ENGINE_INTEGRITY": strconv.Quote(engine.Integrity),
			"ENGINE_GZIP":      strconv.FormatBool(path.Ext(engine.Name) == ".gz"),
			"ENGINE_FUNCTION":  strconv.Quote(e.function),
			"ENGINE_FILES":     strconv.FormatBool(looksForFiles(program)),
			"WORKER_FILE":      strconv.Quote(e.script),
		},
		read: func(name string) ([]byte, error) {
			switch name {
			case "wasm_exec":
				return wrapped(asked(wasmExec, program))
			case "words":
				return wordsModule(words), nil
			case "words_integrity":
				return integrityModule(words), nil
			}
			return sourceOf(name)
		},
	}
	constants := maps.Clone(s.define)
	s.names = map[string]any{} // all have the same names for what they give each other
	// The first of these may load those behind it.
	more := make([]artifact, len(e.later))
	for i, l := range slices.Backward(e.later) {
		m := s
		m.entry, m.define = sources+l.entry, maps.Clone(constants)
		m.define["WORKER_FILE"] = `""` // itself
		content, err := m.link()
		if err != nil {
			return nil, err
		}
		a := newArtifact(hashedName(e.tag+"-"+l.name, content, ".js"), content)
		constants[strings.ToUpper(l.name)+"_FILE"] = strconv.Quote(a.Name)
		constants[strings.ToUpper(l.name)+"_INTEGRITY"] = strconv.Quote(a.Integrity)
		more[i] = a
	}
	s.define = constants
	if len(more) > 0 { // one of which runs the engine
		s.banner = "/*! gcmkit, MIT */"
	}
	content, err := s.link()
	return append([]artifact{newArtifact(e.script, content)}, more...), err
}

// Directories of sources, below that of all that ships to a page: of the elements,
// and of the scripts of pages.
const (
	sources = "shell/"
	pages   = "build/bundle/files/"
)

// sourceOf returns a source of the elements.
func sourceOf(name string) ([]byte, error) {
	name = strings.TrimPrefix(name, sources)
	if path.Ext(name) == ".css" {
		return styleSource(name)
	}
	return fs.ReadFile(shell.Sources(), name)
}

// computedImport matches an import of an address that is known in the page only.
// Bundlers leave it alone where a comment says so, which is lost as it is made small.
var computedImport = regexp.MustCompile(`\bimport\((\w+\.href)\)`)

// link returns the script with all that it imports, made small.
func (s script) link() ([]byte, error) {
	result := api.Build(api.BuildOptions{
		EntryPoints:       []string{s.entry},
		Outfile:           s.out,
		Bundle:            true,
		Write:             false,
		Format:            s.format,
		Platform:          api.PlatformBrowser,
		Target:            api.ES2022,
		Charset:           api.CharsetUTF8,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		MangleProps:       s.mangled,
		MangleCache:       s.names,
		TreeShaking:       api.TreeShakingTrue,
		LegalComments:     api.LegalCommentsNone,
		Banner:            map[string]string{"js": s.banner},
		// Not one that lies about near the working directory. Fields that are
		// assigned need no declaration as well.
		TsconfigRaw: `{"compilerOptions":{"useDefineForClassFields":false}}`,
		Define:      s.define,
		Plugins: []api.Plugin{{Name: namespace, Setup: func(b api.PluginBuild) {
			b.OnResolve(api.OnResolveOptions{Filter: ".*"}, resolve)
			b.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: namespace},
				func(a api.OnLoadArgs) (api.OnLoadResult, error) { return load(a.Path, s.read) })
		}}},
	})
	if err := messages(result.Errors, result.Warnings); err != nil {
		return nil, err
	}
	if s.names != nil {
		maps.Copy(s.names, result.MangleCache)
	}
	return computedImport.ReplaceAll(result.OutputFiles[0].Contents, []byte("import(/*webpackIgnore:true*//*@vite-ignore*/$1)")), nil
}

func resolve(a api.OnResolveArgs) (api.OnResolveResult, error) {
	name := a.Path
	if strings.HasPrefix(name, ".") { // another one is an entry, or made here
		name = path.Join(path.Dir(a.Importer), name)
		if path.Ext(name) == "" {
			name += ".ts"
		}
	}
	return api.OnResolveResult{Path: name, Namespace: namespace}, nil
}

func load(name string, read func(string) ([]byte, error)) (api.OnLoadResult, error) {
	source, err := read(name)
	if err != nil {
		return api.OnLoadResult{}, err
	}
	text, loader := string(source), api.LoaderTS
	switch path.Ext(name) {
	case "":
		loader = api.LoaderJS
	case ".css": // becomes a string
		if text, err = minifyCSS(name, source); err != nil {
			return api.OnLoadResult{}, err
		}
		text, loader = strings.TrimSpace(text), api.LoaderText
	}
	return api.OnLoadResult{Contents: &text, Loader: loader}, nil
}

func minifyCSS(name string, source []byte) (string, error) {
	css := api.Transform(string(source), api.TransformOptions{
		Loader: api.LoaderCSS, Sourcefile: name, Charset: api.CharsetUTF8,
		MinifyWhitespace: true, MinifySyntax: true,
	})
	return string(css.Code), messages(css.Errors, css.Warnings)
}

// messages turns what esbuild says into an error; a warning is one too.
func messages(lists ...[]api.Message) error {
	var errs []error
	for _, list := range lists {
		for _, m := range list {
			where := ""
			if l := m.Location; l != nil {
				where = l.File + ":" + strconv.Itoa(l.Line) + ":" + strconv.Itoa(l.Column) + ": "
			}
			errs = append(errs, errors.New("bundling the shell: "+where+m.Text))
		}
	}
	return errors.Join(errs...)
}

// types returns the published types. Among themselves they name each other as
// Node resolves names, with the extension; what the attributes can be is in them.
func types(e element) ([]byte, error) {
	text, err := fs.ReadFile(shell.Sources(), e.types)
	if err != nil {
		return nil, err
	}
	vocabulary, err := fs.ReadFile(shell.Sources(), vocabularyTypes)
	if err != nil {
		return nil, err
	}
	_, unions, _ := bytes.Cut(vocabulary, []byte("\n\n")) // without its first lines
	text = vocabularyImport.ReplaceAll(text, nil)
	text = bytes.Replace(text, []byte("export type * from \"./vocabulary\";\n"), unions, 1)
	return bytes.ReplaceAll(text, []byte(`from "../widget/gcm-pledges"`), []byte(`from "./gcm-pledges.js"`)), nil
}

// vocabularyTypes are what the attributes of the widget can be.
const vocabularyTypes = "widget/vocabulary.d.ts"

var vocabularyImport = regexp.MustCompile(`import type \{[^}]*\} from "\./vocabulary";\n`)

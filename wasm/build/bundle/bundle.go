// Package bundle builds all that a web site needs to show <gcm-pledges> and
// <gcm-pledge-form>: each element as an ES module, its engine as WebAssembly,
// both compressed, with types and a manifest of integrity hashes; beside them
// pages to embed with, and what makes the directory a package for npm. Command
// wasm/build is its command line; a server can call [Build] itself when it
// starts.
//
// It needs a Go toolchain and nothing else: no Node, no npm. The same module version
// and the same toolchain give the same bytes, in any directory and on any machine. How
// engines can be made small follows from the toolchain's sources. Where these aren't
// known, engines are larger, and a warning says what isn't known. Where Node is there,
// each engine is started once before it is written.
package bundle

import (
	"context"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path"

	"github.com/gcmkit/gcmkit/wasm/build/internal/start"
)

// Names of the files that do not depend on their content.
const (
	ScriptName     = "gcm-pledges.js"
	TypesName      = "gcm-pledges.d.ts"
	FormScriptName = "gcm-pledge-form.js"
	FormTypesName  = "gcm-pledge-form.d.ts"
	ManifestName   = "integrity.json"
)

// An element is what is built for one custom element. The two know nothing of
// each other: a page that has no form loads nothing of it.
type element struct {
	tag, class    string
	script, types string                              // published names
	entry, style  string                              // sources
	later         []later                             // modules that it loads once they are needed
	engine        string                              // published name, without hash and extension
	command       string                              // package of the engine
	tags          string                              // build tags of the engine
	function      string                              // that the engine puts on its scope
	program       func(wasmExec []byte) start.Program // how it is started

	// What the types don't say: properties that can be set and have no
	// attribute, attributes that aren't what the property of their name is, and
	// defaults.
	properties []string
	attributes map[string]string
	defaults   map[string]string
}

// A later module is linked by itself, under a name that changes with its content.
type later struct{ name, entry string }

var elements = [...]element{
	{
		tag: "gcm-pledges", class: "GcmPledgesElement", script: ScriptName, types: "widget/" + TypesName,
		entry: "widget/index.ts", style: "widget/style.css",
		later:  []later{{"counting", "widget/counting.ts"}, {"following", "widget/following.ts"}, {"dashboard", "widget/dashboard.ts"}},
		engine: "gcm-pledges", command: modulePath + "/wasm/widget", function: "gcmEngine", program: startWidget,
		tags:       loadsWords,
		attributes: map[string]string{"refresh": "Seconds between two readings; 0 reads once."},
		defaults:   map[string]string{"view": "counter", "refresh": "300", "loading": "lazy", "theme": "auto"},
	},
	{
		tag: "gcm-pledge-form", class: "GcmPledgeFormElement", script: FormScriptName, types: "form/" + FormTypesName,
		entry: "form/form.ts", style: "form/form.css",
		engine: "gcm-pledge-rules", command: modulePath + "/wasm/rules", function: "gcmRules", program: start.Rules,
		properties: []string{"value"},
	},
}

// Options says what to build and where. Only Dir must be set.
type Options struct {
	// Dir is the directory to write to; it is made if it does not exist.
	Dir string
	// Uncompressed leaves out the .br and .gz files, which take most of the
	// time. Default: they are written.
	Uncompressed bool
	// Tags are build tags for the engines, comma-separated. Default: none.
	Tags string
	// Gunzip has the elements load the .gz of their engines and unpack it in the
	// page, for hosts that send .wasm files as they are. Such a host must not
	// announce a Content-Encoding for a .gz. Default: they load the .wasm, and
	// compressing is the host's business.
	Gunzip bool
	// KeepNames keeps the names of functions and files in the engines, so that
	// a panic says where it was. Default: they are left out.
	KeepNames bool
	// Version is that of the npm package, as 1.2.3. Default: the latest release
	// in the changelog, or 0.0.0-dev.
	Version string
	// Log receives a line before each long step, and lines that begin with
	// "warning: " about engines that are larger than they could be, or that
	// couldn't be started for want of Node. Each is one write. Default: nobody is
	// told.
	Log io.Writer
}

// File is one published file.
type File struct {
	Name      string
	Integrity string // for integrity="...": sha384
	Size      int    // bytes
	Gzip      int    // bytes of Name.gz; 0 = not written
	Brotli    int    // bytes of Name.br; 0 = not written
}

// artifact is a file that is still to be written.
type artifact struct {
	File
	content      []byte
	gzip, brotli []byte // its copies; nil = there is none
}

// Result lists what was written.
type Result struct {
	// Files holds the module, the engine and the types, in this order, of
	// <gcm-pledges> and then of <gcm-pledge-form>, then the modules that are loaded
	// later, the words of each language, and the others; not their compressed copies,
	// nor the list of hashes.
	Files []File
}

// Build writes to o.Dir:
//
//	gcm-pledges.js              <gcm-pledges>, an ES module
//	gcm-pledges-counting-HASH.js
//	gcm-pledges-following-HASH.js
//	gcm-pledges-dashboard-HASH.js
//	                            modules that it loads where something is counted in
//	                            the page, where a stream is followed or a map is
//	                            shown, and for a dashboard; the names change with the
//	                            content, so that they can be cached for ever
//	gcm-pledges-HASH.wasm       its engine, loaded by that one
//	gcm-words-HASH-fr.txt       what it says in French, and so on: the engine has
//	                            English, and a page loads what its widgets speak
//	gcm-pledge-form.js          <gcm-pledge-form>, an ES module
//	gcm-pledge-rules-HASH.wasm  its engine
//	gcm-pledges.css             the widget's style sheet, for a shadow root that
//	                            a server has rendered; with what a dashboard needs
//	                            as .css.txt, where a bundler makes a script of a
//	                            style sheet
//	gcm-pledges-counter.css     what of it a counter needs
//	gcm-pledges-dashboard.css   the same for a dashboard, with what only that needs
//	gcm-pledges-room.css        room for the views before they come, for the page
//	embed.html .js              a page with one widget, for iframes; embed-parent.js
//	                            is for the page around it and gives it its height
//	builder.html .js .css       a page to pick a widget and copy the snippet
//	assets.js                   for pages that a bundler makes: which files there
//	                            are, and where the page has them
//	*.br *.gz                   all these, compressed for servers that send such
//	                            files
//	*.d.ts                      types for TypeScript, React and Vue
//	custom-elements.json        the elements, for editors and documentation
//	package.json README.md      what makes the directory a package for npm
//	LICENSE THIRD-PARTY.txt
//	llms.txt                    the same for programs that read text
//	integrity.json              integrity and sizes of each
//
// Each file is replaced at once, engines and words before the module that names
// them. Those of earlier builds are left alone, since pages in a cache may still
// ask for them. On an error the files that were there are whole, old or new.
func Build(ctx context.Context, o Options) (*Result, error) {
	log := o.Log
	if log == nil {
		log = io.Discard
	}
	if o.Dir == "" {
		return nil, fmt.Errorf("no directory to write to")
	}
	// First, since a wrong directory should not cost a minute.
	if err := checkDir(o.Dir); err != nil {
		return nil, err
	}
	if err := checkVersion(o.Version); err != nil {
		return nil, err
	}
	dir, err := moduleDir(ctx)
	if err != nil {
		return nil, err
	}
	fmt.Fprintln(log, "building the engines (the first time takes a minute)")
	engines, wasmExec, err := buildEngines(ctx, dir, o, log)
	if err != nil {
		return nil, err
	}
	src, err := readSource(ctx, dir, o.Version)
	if err != nil {
		return nil, err
	}
	files, err := assemble(ctx, engines, wasmExec, src, o.Gunzip)
	if err != nil {
		return nil, err
	}
	return write(ctx, o, files, log)
}

// assemble names and links the published files, in the order of [Result.Files].
// It takes an engine for each of the elements.
func assemble(ctx context.Context, engines [][]byte, wasmExec []byte, src *source, gunzip bool) (files []artifact, err error) {
	var more []artifact
	words := wordsFiles()
	for i, e := range elements {
		wasm := newArtifact(hashedName(e.engine, engines[i], ".wasm"), engines[i])
		loaded := wasm.File
		if gunzip {
			if wasm.gzip, err = gzipped(ctx, wasm.content); err != nil {
				return nil, err
			}
			loaded = newArtifact(wasm.Name+".gz", wasm.gzip).File
		}
		var loads []artifact
		if e.tags == loadsWords {
			loads = words
		}
		scripts, err := bundleShell(e, loaded, loads, engines[i], wasmExec)
		if err != nil {
			return nil, err
		}
		types, err := types(e)
		if err != nil {
			return nil, err
		}
		files = append(files, scripts[0], wasm, newArtifact(path.Base(e.types), types))
		more = append(more, scripts[1:]...)
	}
	files = append(append(files, more...), words...)
	beside, err := assemblePackage(files, src)
	return append(files, beside...), err
}

func newArtifact(name string, content []byte) artifact {
	sum := sha512.Sum384(content)
	return artifact{
		File: File{
			Name:      name,
			Integrity: "sha384-" + base64.StdEncoding.EncodeToString(sum[:]),
			Size:      len(content),
		},
		content: content,
	}
}

// hashedName is a name that changes with the content.
func hashedName(name string, content []byte, ext string) string {
	sum := sha256.Sum256(content)
	return name + "-" + hex.EncodeToString(sum[:6]) + ext
}

// checkDir makes the directory and makes sure that files can be written there.
func checkDir(dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("cannot make the directory: %w", err)
	}
	probe, err := os.CreateTemp(dir, ".gcm-pledges-*")
	if err != nil {
		return fmt.Errorf("cannot write to the directory: %w", err)
	}
	probe.Close()
	return os.Remove(probe.Name())
}

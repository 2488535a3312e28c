// Package bundle builds all that a web site needs to show <gcm-pledges> and
// <gcm-pledge-form>: each element as an ES module, its engine as WebAssembly,
// both compressed, with types and a manifest of integrity hashes. Command
// wasm/build is its command line; a server can call [Build] itself when it
// starts.
//
// It needs a Go toolchain and nothing else: no Node, no npm. The same module
// version and the same toolchain give the same bytes, in any directory and on
// any machine.
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
	script, types string // published names
	entry         string // source of the module
	engine        string // published name, without hash and extension
	command       string // package of the engine
	function      string // that the engine puts on its scope
}

var elements = [...]element{
	{ScriptName, TypesName, "index.ts", "gcm-pledges", modulePath + "/wasm/widget", "gcmEngine"},
	{FormScriptName, FormTypesName, "form.ts", "gcm-pledge-rules", modulePath + "/wasm/rules", "gcmRules"},
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
	// KeepNames keeps the names of functions and files in the engines, so that
	// a panic says where it was. Default: they are left out.
	KeepNames bool
	// Log receives a line before each long step. Default: nobody is told.
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
	content []byte
}

// Result lists what was written.
type Result struct {
	// Files holds the module, the engine and the types, in this order, of
	// <gcm-pledges> and then of <gcm-pledge-form>; not their compressed
	// copies, nor the manifest.
	Files []File
}

// Build writes to o.Dir:
//
//	gcm-pledges.js              <gcm-pledges>, an ES module
//	gcm-pledges-HASH.wasm       its engine; the name changes with the content,
//	                            so that it can be cached for ever
//	gcm-pledge-form.js          <gcm-pledge-form>, an ES module
//	gcm-pledge-rules-HASH.wasm  its engine
//	*.js.br *.js.gz ...         all four, compressed for servers that send
//	                            such files
//	*.d.ts                      types for TypeScript
//	integrity.json              integrity and sizes of each
//
// Each file is replaced at once, an engine before the module that names it.
// Engines of earlier builds are left alone, since pages in a cache may still
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
	fmt.Fprintln(log, "building the engines (the first time takes a minute)")
	engines, wasmExec, err := buildEngines(ctx, o, log)
	if err != nil {
		return nil, err
	}
	files, err := assemble(engines, wasmExec)
	if err != nil {
		return nil, err
	}
	return write(ctx, o, files, log)
}

// assemble names and links the published files, in the order of [Result.Files].
// It takes an engine for each of the elements.
func assemble(engines [][]byte, wasmExec []byte) (files []artifact, err error) {
	for i, e := range elements {
		wasm := newArtifact(engineName(e, engines[i]), engines[i])
		script, err := bundleShell(e, wasm.File, wasmExec)
		if err != nil {
			return nil, err
		}
		types, err := types(e)
		if err != nil {
			return nil, err
		}
		files = append(files, newArtifact(e.script, script), wasm, newArtifact(e.types, types))
	}
	return files, nil
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

func engineName(e element, engine []byte) string {
	sum := sha256.Sum256(engine)
	return e.engine + "-" + hex.EncodeToString(sum[:6]) + ".wasm"
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

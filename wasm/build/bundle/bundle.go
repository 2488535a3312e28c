// Package bundle builds all that a web site needs to show <gcm-pledges>: the
// element as an ES module, the engine as WebAssembly, both compressed, with
// types and a manifest of integrity hashes. Command wasm/build is its command
// line; a server can call [Build] itself when it starts.
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
	ScriptName   = "gcm-pledges.js"
	TypesName    = "gcm-pledges.d.ts"
	ManifestName = "integrity.json"
)

// Options says what to build and where. Only Dir must be set.
type Options struct {
	// Dir is the directory to write to; it is made if it does not exist.
	Dir string
	// Uncompressed leaves out the .br and .gz files, which take most of the
	// time. Default: they are written.
	Uncompressed bool
	// Tags are build tags for the engine, comma-separated. Default: none.
	Tags string
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
	// Files holds the module, the engine and the types, in this order; not
	// their compressed copies, nor the manifest.
	Files []File
}

// Build writes to o.Dir:
//
//	gcm-pledges.js          the element, an ES module
//	gcm-pledges-HASH.wasm   the engine; its name changes with its content, so
//	                        that it can be cached for ever
//	*.js.br *.js.gz ...     both, compressed for servers that send such files
//	gcm-pledges.d.ts        types for TypeScript
//	integrity.json          integrity and sizes of each
//
// Each file is replaced at once, the engine before the module that names it.
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
	fmt.Fprintln(log, "building the engine (the first time takes a minute)")
	engine, wasmExec, err := buildEngine(ctx, o.Tags)
	if err != nil {
		return nil, err
	}
	files, err := assemble(engine, wasmExec)
	if err != nil {
		return nil, err
	}
	return write(ctx, o, files, log)
}

// assemble names and links the published files, in the order of [Result.Files].
func assemble(engine, wasmExec []byte) ([]artifact, error) {
	wasm := newArtifact(engineName(engine), engine)
	script, err := bundleShell(wasm.File, wasmExec)
	if err != nil {
		return nil, err
	}
	types, err := types()
	if err != nil {
		return nil, err
	}
	return []artifact{newArtifact(ScriptName, script), wasm, newArtifact(TypesName, types)}, nil
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

func engineName(engine []byte) string {
	sum := sha256.Sum256(engine)
	return "gcm-pledges-" + hex.EncodeToString(sum[:6]) + ".wasm"
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

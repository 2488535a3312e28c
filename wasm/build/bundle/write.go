package bundle

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"sync"
)

// write writes the files with their compressed copies, the manifest last. Who
// looks meanwhile finds old or new files, each whole; the order is such that a
// module never names an engine, or words, that are not there yet.
func write(ctx context.Context, o Options, files []artifact, log io.Writer) (*Result, error) {
	if !o.Uncompressed {
		if err := compressAll(ctx, files, log); err != nil {
			return nil, err
		}
	}
	for order := range named("") + 1 {
		for i := range files {
			if f := &files[i]; named(f.Name) == order {
				if err := writeFile(o.Dir, f); err != nil {
					return nil, err
				}
			}
		}
	}
	r := new(Result)
	for _, f := range files {
		r.Files = append(r.Files, f.File)
	}
	manifest, err := r.manifest()
	if err != nil {
		return nil, err
	}
	return r, replace(o.Dir, ManifestName, manifest)
}

var hashedModule = regexp.MustCompile(`-[0-9a-f]{12}\.js$`)

// named says in which order files name each other: an engine and words name none, the
// module that counts an engine, and the first module both.
func named(name string) int {
	switch {
	case hashedModule.MatchString(name):
		return 1
	case Immutable(name):
		return 0
	}
	return 2
}

// isLoaded says whether browsers load a file, so that copies of it are of use.
func isLoaded(name string) bool {
	switch path.Ext(name) {
	case ".wasm", ".js", ".css", ".html":
		return true
	}
	return Immutable(name)
}

// compressAll packs files beside each other: the two engines take nearly all of
// the time, and one processor each.
func compressAll(ctx context.Context, files []artifact, log io.Writer) error {
	var all sync.WaitGroup
	errs := make([]error, len(files))
	for i := range files {
		if f := &files[i]; isLoaded(f.Name) {
			fmt.Fprintf(log, "compressing %s (%d bytes)\n", f.Name, f.Size)
			all.Go(func() { errs[i] = f.compress(ctx) })
		}
	}
	all.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// writeFile writes a file after its copies. Those of an earlier build, which
// would be served in its place, go.
func writeFile(dir string, f *artifact) error {
	if isLoaded(f.Name) {
		f.Brotli, f.Gzip = len(f.brotli), len(f.gzip)
		if err := errors.Join(writeCopy(dir, f.Name+".br", f.brotli), writeCopy(dir, f.Name+".gz", f.gzip)); err != nil {
			return err
		}
	}
	return replace(dir, f.Name, f.content)
}

func writeCopy(dir, name string, content []byte) error {
	if content != nil {
		return replace(dir, name, content)
	}
	if err := os.Remove(filepath.Join(dir, name)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// replace puts a file in the place of the one with this name, if any, at once.
func replace(dir, name string, content []byte) (err error) {
	tmp, err := os.CreateTemp(dir, "."+name+"-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(tmp.Name())
		}
	}()
	_, err = tmp.Write(content)
	// A temporary file is private; a published one is for the web server, too.
	if err := errors.Join(err, tmp.Chmod(0o644), tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), filepath.Join(dir, name))
}

// manifest is integrity.json: an object with the files' names as its keys.
func (r *Result) manifest() ([]byte, error) {
	type entry struct {
		Integrity string `json:"integrity"`
		Bytes     int    `json:"bytes"`
		Gzip      int    `json:"gzip,omitempty"`
		Brotli    int    `json:"brotli,omitempty"`
	}
	entries := make(map[string]entry)
	for _, f := range r.Files {
		entries[f.Name] = entry{f.Integrity, f.Size, f.Gzip, f.Brotli}
	}
	text, err := json.MarshalIndent(entries, "", "  ") // keys are sorted
	return append(text, '\n'), err
}

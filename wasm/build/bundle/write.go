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
)

// write writes the files with their compressed copies, the manifest last. Who
// looks meanwhile finds old or new files, each whole; the order is such that a
// module never names an engine that is not there yet.
func write(ctx context.Context, o Options, files []artifact, log io.Writer) (*Result, error) {
	isEngine := func(f *artifact) bool { return path.Ext(f.Name) == ".wasm" }
	for _, engines := range []bool{true, false} {
		for i := range files {
			if f := &files[i]; isEngine(f) == engines {
				if err := writeFile(ctx, o, f, log); err != nil {
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

// writeFile writes a file, after its copies if it is one that browsers load.
func writeFile(ctx context.Context, o Options, f *artifact, log io.Writer) error {
	switch path.Ext(f.Name) {
	case ".wasm", ".js", ".css", ".html":
		if o.Uncompressed {
			// The copies of an earlier build would be served in its place.
			if err := removeCopies(o.Dir, f.Name); err != nil {
				return err
			}
			if f.gzip == nil {
				break
			}
			f.Gzip = len(f.gzip)
			if err := replace(o.Dir, f.Name+".gz", f.gzip); err != nil {
				return err
			}
			break
		}
		fmt.Fprintf(log, "compressing %s (%d bytes)\n", f.Name, f.Size)
		if err := writeCopies(ctx, o.Dir, f); err != nil {
			return err
		}
	}
	return replace(o.Dir, f.Name, f.content)
}

func writeCopies(ctx context.Context, dir string, f *artifact) error {
	packed, err := compress(ctx, f.content)
	if err != nil {
		return err
	}
	f.Brotli, f.Gzip = len(packed.brotli), len(packed.gzip)
	return errors.Join(
		replace(dir, f.Name+".br", packed.brotli),
		replace(dir, f.Name+".gz", packed.gzip))
}

func removeCopies(dir, name string) error {
	for _, ext := range []string{".br", ".gz"} {
		err := os.Remove(filepath.Join(dir, name+ext))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
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

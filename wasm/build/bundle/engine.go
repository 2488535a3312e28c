package bundle

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/gcmkit/gcmkit/wasm/build/internal/compile"
)

const modulePath = "github.com/gcmkit/gcmkit"

// buildEngines compiles the engine of each element, from the module in dir, and
// reads wasm_exec.js, which must be of the very toolchain that compiled them:
// the two speak a private protocol.
func buildEngines(ctx context.Context, dir string, o Options, log io.Writer) (engines [][]byte, wasmExec []byte, err error) {
	tmp, err := os.MkdirTemp("", "gcm-pledges-")
	if err != nil {
		return nil, nil, err
	}
	defer os.RemoveAll(tmp)

	co := compile.Options{Dir: dir, Tmp: tmp, Tags: o.Tags, KeepNames: o.KeepNames, Log: log}
	co.Starts = func(ctx context.Context, pkg string, engine []byte) error {
		i := slices.IndexFunc(elements[:], func(e element) bool { return e.command == pkg })
		return elements[i].program(wasmExec).Start(ctx, engine)
	}
	c := compile.New(ctx, co)
	root, err := c.Root(ctx)
	if err != nil {
		return nil, nil, err
	}
	if wasmExec, err = os.ReadFile(filepath.Join(root, "lib", "wasm", "wasm_exec.js")); err != nil {
		return nil, nil, fmt.Errorf("the Go installation is not complete: %w", err)
	}
	for _, e := range elements {
		engine, err := c.WithTags(e.tags).Engine(ctx, e.engine, e.command)
		if err != nil {
			return nil, nil, err
		}
		engines = append(engines, engine)
	}
	return engines, wasmExec, nil
}

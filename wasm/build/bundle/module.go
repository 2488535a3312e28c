package bundle

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime/debug"

	"github.com/gcmkit/gcmkit/wasm/build/internal/compile"
)

// moduleDir finds the directory with this module's source. The engine is built
// there, as its own main module: then its dependencies have the versions that
// were tested with it, whatever else the user's module requires.
//
// The source must be of the same version as this program, which has the shell's
// source inside. There are two cases, told apart by what the linker noted:
//
//   - The module came from a version (go run .../wasm/build@v1.2.3, or another
//     module requires it): the note has its checksum, and the module cache has
//     the source or can get it.
//   - It is a working copy (a clone, a replace directive, a workspace): no
//     checksum; the go command in the working directory knows where it is.
func moduleDir(ctx context.Context) (string, error) {
	noted := notedModule()
	if noted.Sum != "" {
		return downloaded(ctx, noted)
	}
	dir, err := listed(ctx)
	if err == nil {
		return dir, nil
	}
	if noted.Version != "" && noted.Version != "(devel)" { // a vendored copy has a version, but no checksum
		if dir, err := downloaded(ctx, noted); err == nil {
			return dir, nil
		}
	}
	return "", fmt.Errorf("cannot find the source of %s; run this inside a module that requires it, or inside its clone: %w", modulePath, err)
}

// notedModule is this module as the linker noted it in the running program; the
// zero value if it did not.
func notedModule() debug.Module {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return debug.Module{}
	}
	for _, m := range append(info.Deps, &info.Main) {
		if m.Path == modulePath {
			if m.Replace != nil {
				return *m.Replace
			}
			return *m
		}
	}
	return debug.Module{}
}

// listed asks for the module in the working directory.
func listed(ctx context.Context) (string, error) {
	return askDir(ctx, "list", "-m", "-json", modulePath)
}

// downloaded asks the module cache, which asks the module proxy if it must.
func downloaded(ctx context.Context, m debug.Module) (string, error) {
	return askDir(ctx, "mod", "download", "-json", m.Path+"@"+m.Version)
}

func askDir(ctx context.Context, args ...string) (string, error) {
	out, err := compile.Go(ctx, "", nil, args...)
	if err != nil {
		return "", err
	}
	var module struct{ Dir string }
	if err := json.Unmarshal(out, &module); err != nil {
		return "", fmt.Errorf("go %s: %w", args[0], err)
	}
	if module.Dir == "" {
		return "", fmt.Errorf("go %s %s knows no directory", args[0], args[len(args)-1])
	}
	return module.Dir, nil
}

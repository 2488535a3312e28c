//go:build !js

package trim

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"slices"
	"sync"
	"testing"

	"github.com/gcmkit/gcmkit/wasm/build/internal/toolchain"
)

var update = flag.Bool("update", false, "note the sums of the functions that this toolchain has, after reading how they differ")

func goCommand(ctx context.Context, env []string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Env = append(append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0", "GOWORK=off", "GOFLAGS="), env...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, errors.New(stderr.String())
	}
	return out, nil
}

func sources(t *testing.T) *toolchain.Sources {
	t.Helper()
	s, err := toolchain.Find(t.Context(), goCommand)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// layout is that of the toolchain that runs the tests.
var layout = sync.OnceValues(func() (*Layout, error) {
	s, err := toolchain.Find(context.Background(), goCommand)
	if err != nil {
		return nil, err
	}
	return ReadLayout(s)
})

func known(t *testing.T) *Layout {
	t.Helper()
	l, err := layout()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestThisToolchainIsKnown(t *testing.T) {
	if *update {
		s := sources(t)
		runtime, err := s.Check("runtime", nil)
		if err != nil {
			t.Fatal(err)
		}
		r := newLayoutReader(s, runtime)
		r.layout()
		sums, err := r.relied()
		if err := errors.Join(r.err, err); err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		for _, name := range slices.Sorted(maps.Keys(sums)) {
			fmt.Fprintln(&b, name, sums[name])
		}
		if err := os.WriteFile("known.txt", b.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	l, err := layout()
	if err != nil {
		t.Fatalf("%v; read what has changed, and then go test -update", err)
	}
	t.Logf("%+v", *l)
}

//go:build !js

package cost_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/pledge/internal/cost"
)

var large = flag.Bool("large", false, "give the entrances inputs that are eight times as large")

// TestEntrances holds everything that takes foreign input to its promise: it costs
// no more than in proportion to the bytes, whatever is in them.
func TestEntrances(t *testing.T) {
	program := filepath.Join(t.TempDir(), "entrances")
	build := exec.Command("go", "build", "-cover", "-covermode=atomic", "-coverpkg=github.com/gcmkit/gcmkit/...", "-o", program, "./entrances")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	run := exec.Command(program, "-large="+strconv.FormatBool(*large))
	run.Env = append(os.Environ(), "GOCOVERDIR="+t.TempDir())
	run.Stderr = os.Stderr
	out, err := run.Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	for _, line := range lines {
		var l struct {
			Entrance, Shape string
			Bytes           int
			Work            [3]cost.Work
		}
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		t.Run(l.Entrance+"/"+l.Shape, func(t *testing.T) {
			if l.Work[0].Statements == 0 {
				t.Error("no statement was counted")
			}
			cost.Check(t, l.Bytes, l.Work)
		})
	}
	if len(lines) < len(cost.Feeds()) {
		t.Errorf("only %d lines", len(lines))
	}
}

// failures notes what a test would have failed for.
type failures struct {
	testing.TB
	all []string
}

func (f *failures) Helper() {}

func (f *failures) Errorf(format string, args ...any) {
	f.all = append(f.all, fmt.Sprintf(format, args...))
}

// TestDoubling has one of each that grows as it should, and as it shouldn't.
func TestDoubling(t *testing.T) {
	var sink []byte
	for _, test := range []struct {
		name string
		work func(n int) cost.Work
		want int // complaints
	}{
		{"nothing", func(int) cost.Work { return cost.Work{} }, 0},
		{"linear", func(n int) cost.Work { return cost.Work{Statements: uint64(n)} }, 0},
		{"quadratic", func(n int) cost.Work { return cost.Work{Statements: uint64(n * n)} }, 2},
		{"quadratic beside something large", func(n int) cost.Work { return cost.Work{Statements: uint64(n*n + 1000)} }, 1},
		{"linear memory", func(n int) cost.Work { return cost.Allocated(func() { sink = make([]byte, 65536*n) }) }, 0},
		{"quadratic memory", func(n int) cost.Work { return cost.Allocated(func() { sink = make([]byte, 65536*n*n) }) }, 2},
	} {
		f := failures{TB: t}
		cost.Doubling(&f, 16, test.work)
		if len(f.all) != test.want {
			t.Errorf("%s: %q, want %d complaints", test.name, f.all, test.want)
		}
	}
	_ = sink
}

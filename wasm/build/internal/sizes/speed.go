package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/gcmkit/gcmkit/wasm/build/internal/compile"
)

const (
	rounds   = 5
	counting = "./wasm/build/internal/sizes/testdata/counting"
	onClock  = "./wasm/build/internal/sizes/testdata/processor.cjs" // of the processor
)

// printSpeed runs the program that reads and counts by turns, so that what else
// the machine does hits both forms of it, and prints the best of each. V8
// compiles all with its optimizing compiler first: when it would otherwise take
// over depends on what else the machine does.
func printSpeed(ctx context.Context, c *compile.Compiler, tmp string, stdout, stderr io.Writer) error {
	root, err := c.Root(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintln(stderr, "building the program that counts")
	plain, err1 := c.Plain(ctx, counting)
	shipped, err2 := c.Engine(ctx, "counting", counting)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	times := [2]map[string][]float64{{}, {}}
	var order []string
	for round := range rounds {
		fmt.Fprintf(stderr, "round %d of %d\n", round+1, rounds)
		for i, program := range [][]byte{plain, shipped} {
			file := filepath.Join(tmp, "counting.wasm")
			if err := os.WriteFile(file, program, 0o666); err != nil {
				return err
			}
			out, err := runInNode(ctx, root, file)
			if err != nil {
				return err
			}
			found := results(out)
			if len(found) != 5 {
				return fmt.Errorf("the program printed\n%s", out)
			}
			for _, r := range found {
				if i == 0 && times[i][r.name] == nil {
					order = append(order, r.name)
				}
				times[i][r.name] = append(times[i][r.name], r.ns)
			}
		}
	}
	t := tabwriter.NewWriter(stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "as the toolchain makes it\tas shipped\tratio\t  of 100,000 pledges, µs of the processor in Node\t")
	for _, name := range order {
		a, b := slices.Min(times[0][name]), slices.Min(times[1][name])
		fmt.Fprintf(t, "%s\t%s\t%.2f\t  %s\n", grouped(int(a/1000)), grouped(int(b/1000)), b/a, name)
	}
	return t.Flush()
}

func runInNode(ctx context.Context, root, file string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "node", "--stack-size=8192", "--no-liftoff", "--single-threaded", "--require", onClock,
		filepath.Join(root, "lib", "wasm", "wasm_exec_node.js"), file)
	// Go's js/wasm refuses a large environment.
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME")}
	out, err := cmd.CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("%w\n%s", err, out)
	}
	return out, nil
}

type result struct {
	name string
	ns   float64
}

// results reads lines of a name and nanoseconds.
func results(out []byte) (all []result) {
	for line := range strings.Lines(string(out)) {
		name, number, _ := strings.Cut(strings.TrimSpace(line), "\t")
		if ns, err := strconv.ParseFloat(number, 64); err == nil {
			all = append(all, result{name, ns})
		}
	}
	return all
}

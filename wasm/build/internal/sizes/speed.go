package main

import (
	"bufio"
	"bytes"
	"context"
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
	rounds     = 3
	benchmarks = "Reader/1$|Count"
)

// printSpeed runs benchmarks by turns, so that what else the machine does hits
// both.
func printSpeed(ctx context.Context, c *compile.Compiler, tmp string, stdout, stderr io.Writer) error {
	root, err := c.Root(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintln(stderr, "building the benchmarks")
	plain, shipped, err := c.Tests(ctx, "./pledge/tally")
	if err != nil {
		return err
	}
	times := [2]map[string][]float64{{}, {}}
	var order []string
	for round := range rounds {
		fmt.Fprintf(stderr, "round %d of %d\n", round+1, rounds)
		for i, program := range [][]byte{plain, shipped} {
			file := filepath.Join(tmp, "tests.wasm")
			if err := os.WriteFile(file, program, 0o666); err != nil {
				return err
			}
			out, err := benchmark(ctx, root, file)
			if err != nil {
				return err
			}
			for _, r := range results(out) {
				if times[i][r.name] == nil && i == 0 {
					order = append(order, r.name)
				}
				times[i][r.name] = append(times[i][r.name], r.ns)
			}
		}
	}
	t := tabwriter.NewWriter(stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "as the toolchain makes it\tas shipped\tratio\t  benchmark, ns in Node\t")
	for _, name := range order {
		a, b := median(times[0][name]), median(times[1][name])
		fmt.Fprintf(t, "%s\t%s\t%.2f\t  %s\n", grouped(int(a)), grouped(int(b)), b/a, name)
	}
	return t.Flush()
}

func benchmark(ctx context.Context, root, file string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, filepath.Join(root, "lib", "wasm", "go_js_wasm_exec"), file,
		"-test.run=^$", "-test.bench="+benchmarks, "-test.benchtime=100ms", "-test.short")
	cmd.Dir = filepath.Join("pledge", "tally")
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

// results reads lines such as "BenchmarkX-1   100   12345 ns/op".
func results(out []byte) (all []result) {
	for s := bufio.NewScanner(bytes.NewReader(out)); s.Scan(); {
		f := strings.Fields(s.Text())
		if len(f) < 4 || f[3] != "ns/op" {
			continue
		}
		if ns, err := strconv.ParseFloat(f[2], 64); err == nil {
			all = append(all, result{strings.TrimPrefix(f[0], "Benchmark"), ns})
		}
	}
	return all
}

func median(all []float64) float64 {
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[len(all)/2]
}

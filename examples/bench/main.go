// Bench runs gcmkit and the tools that one would use in its place side by side
// on the same pledges, and says what each took:
//
//	go run .
//
// See -h for the rest.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const help = `usage: go run . [flags]        (in examples/bench)

Generates pledges, one a line, always the same; has each tool read them and
count (task "read"), and count what a click on two filters selects once all is
loaded (task "count"); checks that every tool gives the very numbers that the
generator counted; and writes tables (bench.md), all measurements (bench.json)
and plots (reading.svg, clicking.svg, memory.svg).

With -load it has pledge.Book.Load and other decoders of JSON load them instead, on
all cores and on one; checks that all hold the same pledges; prints a table, and
writes it (loading.md, loading.json).

With -search it has Index.Search and other tools look for texts; prints a table of what
they find and how fast, and writes all measurements (searching.json).

It needs Go and Node with npm, which fetches the tools that run in Node. Every
run is a process of its own. Progress goes to the standard error. The exit
status is 1 if a tool is wrong or couldn't run.

`

type options struct {
	sizes        []int
	runs         int
	only         []string
	data, out    string
	readme       string
	load         bool
	search       bool
	allowMissing bool
	timeout      time.Duration
	memory       int64 // bytes
}

func main() { os.Exit(status(os.Args[1:], os.Stderr)) }

func status(args []string, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	o, err := parse(args, stderr)
	if err == nil {
		err = run(ctx, o, &progress{out: stderr, start: time.Now()})
	}
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return 0
	case ctx.Err() != nil:
		err = errors.New("interrupted")
	}
	fmt.Fprintln(stderr, "bench:", err)
	return 1
}

func parse(args []string, stderr io.Writer) (o options, err error) {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprint(stderr, help)
		flags.PrintDefaults()
	}
	sizes := flags.String("sizes", "1k,10k,100k,1M", "numbers of pledges; 10M takes 3.4 GB of disk, and memory accordingly")
	only := flags.String("only", "", "`names` of the tools to run, as in bench.json: ours,duckdb; all if empty")
	memory := flags.Int64("memory", 0, "`MiB` that a process may take before it is stopped; 0 is three quarters of what is available")
	flags.IntVar(&o.runs, "runs", 3, "how often each tool reads; once if that takes a minute or longer")
	flags.StringVar(&o.data, "data", "", "`directory` to keep the pledges in; if empty they are removed")
	flags.StringVar(&o.out, "o", "results", "`directory` for what comes out")
	flags.StringVar(&o.readme, "readme", "", "`file` in which to replace what stands between <!-- bench --> and <!-- /bench -->, with -load loading, with -search searching")
	flags.BoolVar(&o.load, "load", false, "compare loading pledges, and nothing else")
	flags.BoolVar(&o.search, "search", false, "compare searching, and nothing else")
	flags.BoolVar(&o.allowMissing, "allow-missing", false, "exit with 0 though a tool couldn't run")
	flags.DurationVar(&o.timeout, "timeout", 10*time.Minute, "how long a process may take")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if flags.NArg() > 0 || o.runs < 1 {
		return o, errors.New("there are flags only, and -runs is 1 or more; -h says more")
	}
	for _, s := range strings.Split(*sizes, ",") {
		n, err := parseSize(s)
		if err != nil {
			return o, err
		}
		o.sizes = append(o.sizes, n)
	}
	if *only != "" {
		o.only = strings.Split(*only, ",")
	}
	if o.memory = *memory << 20; o.memory == 0 {
		o.memory = memoryAvailable() / 4 * 3
	}
	return o, nil
}

// parseSize reads 1000, 10k or 1M.
func parseSize(s string) (int, error) {
	digits, unit := strings.TrimSpace(s), 1
	for suffix, u := range map[string]int{"k": 1_000, "M": 1_000_000} {
		if cut, ok := strings.CutSuffix(digits, suffix); ok {
			digits, unit = cut, u
			break
		}
	}
	n, err := strconv.Atoi(digits)
	if err != nil || n < 1 || n > 10_000_000/unit {
		return 0, fmt.Errorf("-sizes %s: not a number from 1 to 10M", s)
	}
	return n * unit, nil
}

func run(ctx context.Context, o options, p *progress) error {
	if _, err := os.Stat(nodeDir); err != nil {
		return errors.New("run it in examples/bench, where its tools are")
	}
	if o.load {
		return compareLoading(ctx, o, p)
	}
	if o.search {
		return compareSearching(ctx, o, p)
	}
	tools, err := choose(o.only)
	if err != nil {
		return err
	}
	temp, err := os.MkdirTemp("", "gcmkit-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	if o.data == "" {
		o.data = temp
	}
	p.say("building the tools")
	built, err := build(ctx, temp, tools, p)
	if err != nil {
		return err
	}
	b := &bench{options: o, progress: p, temp: temp, tools: tools, built: built, missing: map[string]string{}}
	b.report.describe(built)
	for _, n := range o.sizes {
		if err := b.measure(ctx, n); err != nil {
			return err
		}
	}
	if err := write(o, &b.report); err != nil {
		return err
	}
	p.say("%s", filepath.Join(o.out, "bench.md"))
	if problems := b.report.problems(); len(problems) > 0 && !o.allowMissing {
		return fmt.Errorf("not every tool could run:\n%s", strings.Join(problems, "\n"))
	}
	return nil
}

// progress says what is going on, with the seconds since the start.
type progress struct {
	out   io.Writer
	start time.Time
}

func (p *progress) say(format string, args ...any) {
	fmt.Fprintf(p.out, "%5.0f s  %s\n", time.Since(p.start).Seconds(), fmt.Sprintf(format, args...))
}

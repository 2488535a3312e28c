// Command sizes prints what the engines consist of, what an import costs on a
// page, and, with -speed, how fast the counting is in them. It is what make
// sizes and make speed run.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"

	"github.com/gcmkit/gcmkit/wasm/build/internal/compile"
)

const usage = `sizes prints what the engines consist of: bytes of code by package, before
compression, and what leaving out has saved. Then it builds small programs that
import one package each, and prints what each import costs with brotli: as the
toolchain makes the program, and as engines are made here. At last it builds the
widget's engine once without each of the edits of Go's library, and prints what
the edit saves. All that takes about five minutes.

usage: go run ./wasm/build/internal/sizes [-edits [NAME ...]] [-speed]

  -edits  only print what each edit saves, or each of some; and start each of
          the engines in Node, where it is there, as an edit that doesn't
          match a toolchain is left out alone
  -speed  read and count 100,000 pledges in Node instead, as the toolchain
          makes the program and as engines are made, by turns five times, and
          print the least time of the processor; needs Node
`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "sizes:", err)
		stop()
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("sizes", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	speed := flags.Bool("speed", false, "")
	edits := flags.Bool("edits", false, "")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(stdout, usage)
		return err
	} else if err != nil || flags.NArg() > 0 && !*edits {
		return errors.Join(err, errors.New("-h explains"))
	}
	tmp, err := os.MkdirTemp("", "sizes-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	dir, err := os.Getwd()
	if err != nil {
		return err
	}
	o := compile.Options{Dir: dir, Tmp: tmp, Log: stderr}
	if *edits {
		return printEdits(ctx, o, flags.Args(), stdout, stderr)
	}
	c := compile.New(ctx, o)
	if *speed {
		return printSpeed(ctx, c, tmp, stdout, stderr)
	}
	if err := printEngines(ctx, c, stdout, stderr); err != nil {
		return err
	}
	if err := printImports(ctx, c, tmp, stdout, stderr); err != nil {
		return err
	}
	fmt.Fprintln(stdout)
	return printEdits(ctx, o, nil, stdout, stderr)
}

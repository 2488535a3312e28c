// Reports adds the progress reports of a table to a feed:
//
//	go run ./examples/reports -template > reports.csv
//	go run ./examples/reports -n pledges.json reports.csv
//	go run ./examples/reports -o new.json pledges.json reports.csv
//
// See -h for the rest.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/gcmkit/gcmkit/examples/internal/output"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/progress"
)

const help = `usage: reports [flags] FEED TABLE

Reads a feed of pledges and a table with a progress report a row, and writes the
feed with the reports. Each pledge that gets one gets a new revision.

TABLE is CSV in UTF-8; -template writes its head. A row names its pledge by id or
ref. It replaces the report of the same date and body.

What is wrong goes to the standard error, with its line, and a sum at the end. The
exit status is 0 if there was no problem, 1 if rows or cells were left out (the
feed is written without them), and 2 if nothing is written. "go run" says 1 for any
but 0.

`

// The exit statuses.
const (
	clean = iota
	problems
	unusable
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr, time.Now())) }

func run(args []string, stdout, stderr io.Writer, now time.Time) int {
	flags := flag.NewFlagSet("reports", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprint(stderr, help)
		flags.PrintDefaults()
	}
	out := flags.String("o", "-", "`file` to write the feed to; a hyphen is the standard output")
	dry := flags.Bool("n", false, "write no feed: say only what would become of the rows")
	template := flags.Bool("template", false, "write the head of a table, and nothing else")
	asOf, offset := gcm.InstantOfUnix(now.Unix(), 0), 0
	flags.Func("as-of", "`instant` of the new revisions and of the feed, as in 2026-05-08T00:00:00+02:00 (default now)", func(s string) (err error) {
		asOf, offset, err = gcm.ParseInstantAt(s)
		return err
	})
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return clean
	case err != nil:
		return unusable
	case *template:
		stdout.Write(progress.AppendTemplate(nil))
		return clean
	case flags.NArg() != 2:
		fmt.Fprintln(stderr, "reports: give a feed and a table; -h says more")
		return unusable
	}
	book, loaded, err := load(flags.Arg(0))
	if err != nil {
		fmt.Fprintln(stderr, "reports:", err)
		return unusable
	}
	sheet, err := read(flags.Arg(1))
	if err != nil {
		fmt.Fprintln(stderr, "reports:", err)
		return unusable
	}
	plan := progress.PlanFor(book.All(), sheet.Rows, asOf)
	for _, p := range append(sheet.Problems, plan.Problems...) {
		fmt.Fprintf(stderr, "%s: %v\n", flags.Arg(1), p)
	}
	for _, name := range sheet.Ignored {
		fmt.Fprintf(stderr, "%s: the column %s isn't known, and not read\n", flags.Arg(1), gcm.Quote(name))
	}
	wrong := len(sheet.Problems) + len(plan.Problems)
	fmt.Fprintf(stderr, "%d pledges revised: %d reports added, %d replaced, %d known already; %d problems\n",
		len(plan.Revised), plan.Added, plan.Replaced, plan.Known, wrong)
	if !*dry {
		for _, p := range plan.Revised {
			if _, err := book.Put(p); err != nil {
				fmt.Fprintln(stderr, "reports:", err)
				return unusable
			}
		}
		loaded.Header.AsOf, loaded.Header.AsOfOffset = asOf, offset
		if err := output.Write(*out, stdout, func(w io.Writer) error { return encode(w, book, loaded) }); err != nil {
			fmt.Fprintln(stderr, "reports:", err)
			return unusable
		}
	}
	if wrong > 0 {
		return problems
	}
	return clean
}

// load reads a feed of which no pledge may be lost, as it is written again.
func load(name string) (*pledge.Book, pledge.Loaded, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, pledge.Loaded{}, err
	}
	defer file.Close()
	book := new(pledge.Book)
	loaded, err := book.Load(file)
	if err == nil && len(loaded.Problems) > 0 {
		err = fmt.Errorf("what can't be read would be lost: %v", loaded.Problems[0])
	}
	if err != nil {
		err = fmt.Errorf("%s: %w", name, err)
	}
	return book, loaded, err
}

func read(name string) (progress.Sheet, error) {
	file, err := os.Open(name)
	if err != nil {
		return progress.Sheet{}, err
	}
	defer file.Close()
	sheet, err := progress.Read(file)
	if err != nil {
		err = fmt.Errorf("%s: %w", name, err)
	}
	return sheet, err
}

func encode(w io.Writer, book *pledge.Book, loaded pledge.Loaded) error {
	e := pledge.NewEncoder(w)
	e.Header = loaded.Header
	for p := range book.All() {
		if err := e.Encode(&p); err != nil {
			return err
		}
	}
	return e.Close()
}

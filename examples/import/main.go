// Import turns a CSV export of the pledging web form into a feed of pledges:
//
//	go run ./examples/import export.csv -o pledges.json
//
// See -h for the rest.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/webform"
)

const help = `usage: import [flags] FILE.csv

Reads a CSV export of the pledging web form (UTF-8 or UTF-16; commas,
semicolons or tabs; English, French or Spanish labels), checks the pledges by
the rules for records, and writes a feed of them. Contact columns are never
read. A hyphen for FILE is the standard input. An example:

	import export.csv -o pledges.json -title "Pledges" -as-of 2022-05-20T00:00:00Z

The report of every row and column goes to the standard error; as JSON, to the
standard output unless the pledges go there. The exit status is 0 if there was
no problem, 1 if there were problems in rows or values (the feed is written),
and 2 if nothing could be made of the file (no feed is written).

`

// The exit statuses.
const (
	clean = iota
	problems
	unusable
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

type options struct {
	file, out string
	source    string
	report    string
	quiet     bool
	header    tally.Header
}

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	o, err := parse(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return clean
	}
	var s *summary
	if err == nil {
		s, err = convert(o, stdin, stdout, stderr)
	}
	if err == nil {
		err = s.write(o, stdout, stderr)
	}
	switch {
	case err != nil:
		fmt.Fprintln(stderr, "import:", err)
		return unusable
	case !s.clean():
		return problems
	}
	return clean
}

// parse reads the flags, which may stand before and behind the file.
func parse(args []string, stderr io.Writer) (o options, err error) {
	flags := flag.NewFlagSet("import", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprint(stderr, help)
		flags.PrintDefaults()
	}
	flags.StringVar(&o.out, "o", "-", "`file` to write the feed to; a hyphen is the standard output")
	flags.StringVar(&o.source, "source", webform.DefaultSource, "`URI` of where the export comes from; the pledges' ids are made from it")
	flags.StringVar(&o.header.Title, "title", "", "title of the feed")
	flags.StringVar(&o.header.Publisher, "publisher", "", "publisher of the feed")
	flags.TextVar(&o.header.AsOf, "as-of", gcm.Instant{}, "`instant` at which the export was complete, as in 2022-05-20T00:00:00Z")
	flags.StringVar(&o.report, "report", "text", "form of the report: `text or json`")
	flags.BoolVar(&o.quiet, "q", false, "no report and no progress")
	var files []string
	for len(args) > 0 {
		if err := flags.Parse(args); err != nil {
			return o, err
		}
		if args = flags.Args(); len(args) > 0 {
			files, args = append(files, args[0]), args[1:]
		}
	}
	switch {
	case len(files) != 1:
		return o, errors.New("give one file, or a hyphen for the standard input; -h says more")
	case o.report != "text" && o.report != "json":
		return o, fmt.Errorf("-report %s: not text or json", o.report)
	}
	o.file = files[0]
	return o, nil
}

// convert reads the export and writes the feed.
func convert(o options, stdin io.Reader, stdout, stderr io.Writer) (*summary, error) {
	in, size := stdin, int64(0)
	if o.file != "-" {
		file, err := os.Open(o.file)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		if info, err := file.Stat(); err == nil {
			size = info.Size()
		}
		in = file
	}
	p := &progress{in: in, size: size}
	if !o.quiet {
		p.show(stderr)
	}
	im := webform.NewImporter(p, &webform.Options{Source: o.source})
	report := &summary{Import: im.Report()}
	err := output(o.out, stdout, func(w io.Writer) error {
		e := pledge.NewEncoder(w)
		e.Header = o.header
		for record, err := range im.Records() {
			if err != nil {
				return err
			}
			report.check(&record)
			if err := e.Encode(&record.Pledge); err != nil {
				return err
			}
			p.row(record.Row)
		}
		return e.Close()
	})
	p.end()
	return report, err
}

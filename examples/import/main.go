// Import turns an export of the pledging web form, as CSV or as a workbook, into
// a feed of pledges:
//
//	go -C examples/import install .
//	import export.xlsx -o pledges.json
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
	"strings"
	"syscall"
	"time"
	_ "time/tzdata" // -zone works where the system has no zones

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/webform"
)

const help = `usage: import [flags] FILE

Reads an export of the pledging web form, checks the pledges by the rules for
records, and writes a feed of them. An example:

	import export.csv -o pledges.json -title "Pledges" -as-of 2022-05-20T00:00:00Z

FILE is CSV in any way that the form or a spreadsheet writes it (UTF-8, UTF-16,
Windows or Macintosh; any separator and line end), or an .xlsx workbook; a hyphen
is the standard input. Labels and values are English, French or Spanish, or the
form's keys. Columns that hold people's names and addresses are never read.

The report says what became of every row and every column. It goes to the
standard error, with a line that sums it up at the end; as JSON, to the standard
output unless the pledges go there.

The exit status is 0 if there was no problem, 1 if there were problems in rows or
values (the feed is written without them), and 2 if nothing could be made of the
file, or it was stopped (no feed is written). "go run" says 1 for any but 0: build
the program or install it.

`

// The exit statuses.
const (
	clean = iota
	problems
	unusable
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

type options struct {
	file, out string
	dry       bool
	sheet     int
	report    string
	quiet     bool
	header    tally.Header
	importing webform.Options
}

func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	o, err := parse(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return clean
	}
	var s *summary
	if err == nil {
		s, err = convert(ctx, o, stdin, stdout, stderr)
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
	flags.BoolVar(&o.dry, "n", false, "write no feed: say only what would become of the file")
	flags.IntVar(&o.sheet, "sheet", 0, "`number` of the workbook's sheet to read, from 1; the first that is an export if it is 0")
	flags.StringVar(&o.importing.Source, "source", webform.DefaultSource, "`URI` of where the export comes from; the pledges' ids are made from it")
	flags.Func("zone", "time `zone` of the dates, such as Europe/Paris or +01:00 (default +08:00, that of the form's pages)", func(s string) (err error) {
		o.importing.Zone, err = zone(s)
		return err
	})
	flags.TextVar(&o.importing.Dates, "dates", webform.AnyOrder, "`order` of dates like 06/02/2022: month-first, day-first, or any to find it out")
	flags.IntVar(&o.importing.MaxRecord, "max-record", webform.DefaultMaxRecord, "`bytes` that a pledge may have; a larger one is left out")
	flags.StringVar(&o.header.Title, "title", "", "title of the feed")
	flags.StringVar(&o.header.Publisher, "publisher", "", "publisher of the feed")
	flags.Func("as-of", "`instant` at which the export was complete, as in 2022-05-20T00:00:00+02:00; its day is the one that is shown", func(s string) (err error) {
		o.header.AsOf, o.header.AsOfOffset, err = gcm.ParseInstantAt(s)
		return err
	})
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
	case o.importing.MaxRecord <= 0 || o.sheet < 0:
		return o, errors.New("-max-record and -sheet take numbers above 0")
	}
	o.file = files[0]
	return o, nil
}

// zone returns the time zone of a name or of a difference from UTC.
func zone(s string) (*time.Location, error) {
	if strings.HasPrefix(s, "+") || strings.HasPrefix(s, "-") {
		t, err := time.Parse("-07:00", s)
		if err != nil {
			return nil, errors.New("a difference from UTC is written +08:00")
		}
		_, seconds := t.Zone()
		return time.FixedZone("UTC"+s, seconds), nil
	}
	if s == "" || s == "Local" {
		return nil, errors.New("name a zone, or its difference from UTC")
	}
	return time.LoadLocation(s)
}

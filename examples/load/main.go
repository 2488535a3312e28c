// Load measures what one node of pledge/feed carries, on this machine and on
// loopback only:
//
//	go run ./examples/load
//	go run ./examples/load -readers 1000 -writes 3 -lasting 1s
//
// It starts a server in a process of its own, opens event streams and writes
// revisions, opens streams that nobody reads, and asks for snapshots and feeds.
// It stops by itself, after about a minute.
//
//	go run ./examples/load -o examples/load/measured.json    # keeps what was measured
//	go run ./examples/load -scale -o examples/load/SCALE.md  # how many page views a day that carries
package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	log.SetFlags(0)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr); err != nil && !errors.Is(err, flag.ErrHelp) {
		log.Fatal("load: ", err)
	}
}

//go:embed measured.json
var measuredJSON []byte

func run(ctx context.Context, args []string, in io.Reader, out, progress io.Writer) error {
	flags := flag.NewFlagSet("load", flag.ContinueOnError)
	flags.SetOutput(progress)
	var o options
	flags.IntVar(&o.pledges, "pledges", 1000, "`number` of pledges in the feed")
	flags.IntVar(&o.readers, "readers", 10_000, "`number` of readers of the event stream")
	flags.IntVar(&o.writes, "writes", 10, "`number` of revisions that are written while they read")
	flags.DurationVar(&o.interval, "interval", time.Second, "`time` between two of them")
	flags.IntVar(&o.silent, "silent", 100, "`number` of readers that never read")
	flags.IntVar(&o.beside, "beside", 50, "`number` of readers beside these")
	flags.IntVar(&o.clients, "clients", 16, "`number` of connections that send requests")
	flags.DurationVar(&o.lasting, "lasting", 3*time.Second, "`time` for requests of each kind")
	output := flags.String("o", "", "write what was measured, as JSON, or with -scale the text to this `file` as well")
	scale := flags.Bool("scale", false, "measure nothing: work out and simulate how many page views a day the numbers in -from carry")
	from := flags.String("from", "", "with -scale, read what was measured from this `file`; by default what was measured last for this repository")
	child := flags.Int(serveFlag[1:], 0, "serve so many pledges and obey what comes in; this is what the program starts to be measured")
	flags.Usage = func() {
		fmt.Fprint(progress, "Load measures what one node of pledge/feed carries, on this machine and on loopback only.\n\nusage: go run ./examples/load [flags]\n\n")
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("unexpected %q; -h explains the flags", flags.Arg(0))
	}
	if *child > 0 {
		return serve(*child, in, out)
	}
	var text bytes.Buffer
	if *scale {
		m, err := readMeasured(*from)
		if err != nil {
			return err
		}
		writeScale(&text, m)
		out.Write(text.Bytes())
	} else {
		if err := o.check(); err != nil {
			return err
		}
		m, err := measure(ctx, o, progress)
		if err != nil {
			return err
		}
		m.write(out)
		e := json.NewEncoder(&text)
		e.SetIndent("", " ")
		e.Encode(m)
	}
	if *output == "" {
		return nil
	}
	return os.WriteFile(*output, text.Bytes(), 0o644)
}

// check says what can't be measured here.
func (o options) check() error {
	for name, n := range map[string]int{"-pledges": o.pledges, "-readers": o.readers, "-writes": o.writes, "-silent": o.silent, "-beside": o.beside, "-clients": o.clients} {
		if n < 1 {
			return fmt.Errorf("%s is %d, and has to be 1 or more", name, n)
		}
	}
	if o.interval <= 0 || o.lasting <= 0 {
		return errors.New("-interval and -lasting have to be more than 0")
	}
	const others = 100 // files, and what the program has open anyway
	if most := descriptors() - others; max(o.readers, o.silent+o.beside, o.clients) > most {
		return fmt.Errorf("a process may have %d connections here, so no more than %d readers; see ulimit -n", descriptors(), most)
	}
	return nil
}

func readMeasured(file string) (m Measured, err error) {
	text := measuredJSON
	if file != "" {
		if text, err = os.ReadFile(file); err != nil {
			return m, err
		}
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&m); err != nil {
		return m, fmt.Errorf("what was measured: %w", err)
	}
	return m, nil
}

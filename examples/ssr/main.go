// Ssr serves a page whose numbers are rendered on the server, for each request,
// under a strict Content Security Policy:
//
//	go run ./examples/ssr
//	go run ./examples/ssr -feed pledges.json -addr 127.0.0.1:9000
//
// The numbers are there without any script: each element comes with its view in
// a declarative shadow root, and with a sentence for browsers that know none.
// Filters are links, such as /?region=africa&lang=fr, and any filter of the
// element can be in the address. Where scripts run, the engine takes over and
// follows the feed.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/examples/internal/site"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/wasm/build/bundle"
)

func main() {
	log.SetFlags(0)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil && !errors.Is(err, flag.ErrHelp) {
		log.Fatal("ssr: ", err)
	}
}

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("ssr", flag.ContinueOnError)
	addr := flags.String("addr", "127.0.0.1:8080", "serve the page on this `address`")
	feed := flags.String("feed", "", "show this `file` of pledges (JSON: a feed object, an array, or a pledge a line);\nby default an illustrative feed of 158 pledges")
	refresh := flags.Int("refresh", 10, "`seconds` after which the open page reads the feed again")
	flags.Usage = func() {
		fmt.Fprint(flags.Output(), "Ssr builds the widget <gcm-pledges> and serves a page that comes with its numbers.\n\n"+
			"usage: go run ./examples/ssr [flags]\n\n")
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("unexpected %q; -h explains the flags", flags.Arg(0))
	}
	if *feed != "" {
		if _, err := os.Stat(*feed); err != nil {
			return err
		}
	}

	// First, as a taken address shouldn't cost the time of a build.
	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		return err
	}
	defer listener.Close()
	dir, err := os.MkdirTemp("", "gcmkit-ssr-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	built, err := bundle.Build(ctx, bundle.Options{Dir: dir, Uncompressed: true, Log: os.Stderr})
	if err != nil {
		return err
	}
	fmt.Printf("The page is at http://%s/. Try it without scripts, and /?lang=ar&region=africa.\nStop with Ctrl-C.\n", listener.Addr())
	now := func() gcm.Instant { return gcm.InstantOfUnix(time.Now().Unix(), 0) }
	s := server{open: opener(*feed), now: now, refresh: *refresh}
	return site.Run(ctx, listener, s.handler(dir, built))
}

// opener returns what opens the feed: a file, or the illustrative one.
func opener(file string) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) {
		if file == "" {
			return io.NopCloser(bytes.NewReader(data.Reference())), nil
		}
		return os.Open(file)
	}
}

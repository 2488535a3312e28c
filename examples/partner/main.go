// Partner builds the widget and serves a partner's page with live counters,
// under a strict Content Security Policy:
//
//	go run ./examples/partner
//	go run ./examples/partner -feed pledges.json -addr 127.0.0.1:9000
//
// Change the feed file and watch the number on the open page. The address /form
// has a pledge form, and /start leads to other ways to embed the widget: moved by
// a script, in React (if npm can be had), in an iframe, and the builder that
// makes the snippets.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/examples/internal/site"
	"github.com/gcmkit/gcmkit/wasm/build/bundle"
)

func main() {
	log.SetFlags(0)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil && !errors.Is(err, flag.ErrHelp) {
		log.Fatal("partner: ", err)
	}
}

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("partner", flag.ContinueOnError)
	addr := flags.String("addr", "127.0.0.1:8080", "serve the page on this `address`")
	feed := flags.String("feed", "", "show this `file` of pledges (JSON: a feed object, an array, or a pledge a line);\nby default a copy of twenty published pledges, in a folder of its own")
	refresh := flags.Int("refresh", 2, "`seconds` after which the open page reads the feed again")
	flags.Usage = func() {
		fmt.Fprint(flags.Output(), "Partner builds the widget <gcm-pledges> and serves a page that uses it.\n"+
			"Change the feed file, and the number on the open page follows.\n\n"+
			"usage: go run ./examples/partner [flags]\n\n")
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("unexpected %q; -h explains the flags", flags.Arg(0))
	}

	// First, as a taken address shouldn't cost the time of a build.
	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		return err
	}
	defer listener.Close()

	dir, err := os.MkdirTemp("", "gcmkit-partner-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if *feed == "" {
		*feed = filepath.Join(dir, "pledges.json")
		if err := os.WriteFile(*feed, data.Published(), 0o644); err != nil {
			return err
		}
	} else if _, err := os.Stat(*feed); err != nil {
		return err
	}
	var reactScript []byte
	npm := make(chan error, 1)
	go func() {
		var err error
		reactScript, err = buildReact(ctx, filepath.Join(dir, "npm"))
		npm <- err
	}()
	widget := filepath.Join(dir, "widget")
	built, err := bundle.Build(ctx, bundle.Options{Dir: widget, Uncompressed: true, Log: os.Stderr})
	missing := <-npm // also before the folder is removed
	if err != nil {
		return err
	}
	if missing != nil {
		log.Print("partner: the page in React is left out: ", missing)
	}
	fmt.Printf("The page is at http://%s/, a pledge form at /form, and other ways to embed at /start.\nIts feed is %s: change it and watch.\nStop with Ctrl-C.\n", listener.Addr(), *feed)
	return site.Run(ctx, listener, handler(*feed, widget, built, reactScript, *refresh))
}

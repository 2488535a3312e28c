// Registry takes pledges in over HTTP, keeps them in a NATS JetStream stream, and
// serves them to any number of readers while they change:
//
//	go run -C examples/registry .
//
// It needs nothing else: a NATS server is inside, and a page with live widgets.
// Several such processes make a cluster in which any node takes writes and
// answers readers. README.md says how, and what is guaranteed; -h lists the flags.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	err := command(os.Args[1:])
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "registry:", err)
		os.Exit(1)
	}
}

func command(args []string) error {
	c, err := parse(args, os.Stderr)
	if err != nil {
		return err
	}
	if c.newToken != "" {
		return newToken(c, os.Stdout)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second one ends it at once
	r, err := start(ctx, c)
	if err != nil {
		return err
	}
	return r.run(ctx)
}

package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/gcmkit/gcmkit/examples/registry/internal/api"
	"github.com/gcmkit/gcmkit/examples/registry/internal/listen"
	"github.com/gcmkit/gcmkit/examples/registry/internal/natsd"
	"github.com/gcmkit/gcmkit/examples/registry/internal/node"
	"github.com/gcmkit/gcmkit/examples/registry/internal/record"
	"github.com/gcmkit/gcmkit/examples/registry/internal/replica"
	"github.com/gcmkit/gcmkit/examples/registry/internal/tokens"
	"github.com/gcmkit/gcmkit/pledge/feed"
	"github.com/nats-io/nats.go"
)

// registry is a running node.
type registry struct {
	config
	locked   *os.File
	listener *listen.Listener
	admin    net.Listener
	gate     *tokens.Gate
	newToken bool
	secret   string // of the cluster, if it was made by this start

	server  *natsd.Server // nil with -nats
	conn    *nats.Conn
	replica *replica.Replica
	node    *node.Node
	metrics *metrics
	health  health
	page    *page

	stream atomic.Pointer[record.Stream] // nil until it is open
	feed   atomic.Pointer[feed.Server]   // nil until the record has been read
	saved  atomic.Uint64                 // sequence of the last snapshot
}

// start takes what others could have taken, and starts or connects to NATS. What
// takes longer is for run.
func start(ctx context.Context, c config) (_ *registry, err error) {
	r := &registry{config: c, replica: &replica.Replica{Log: c.log}}
	defer func() {
		if err != nil {
			r.close()
		}
	}()
	// First what fails fast.
	l, err := net.Listen("tcp", c.addr)
	if err != nil {
		return nil, err
	}
	r.listener = listen.New(l, c.maxConnections)
	if c.admin != "" {
		if r.admin, err = net.Listen("tcp", c.admin); err != nil {
			return nil, err
		}
	}
	if err := os.MkdirAll(c.data, 0o700); err != nil {
		return nil, err
	}
	if r.locked, err = lock(filepath.Join(c.data, "lock")); err != nil {
		return nil, err
	}
	all, made, err := writers(&c)
	if err != nil {
		return nil, err
	}
	r.newToken, r.gate = made, tokens.NewGate(all, c.rate, c.burst)

	if c.nats != "" {
		var o []nats.Option
		if c.creds != "" {
			o = append(o, nats.UserCredentials(c.creds))
		}
		if r.conn, err = natsd.Connect(c.nats, o...); err != nil {
			return nil, err
		}
	} else {
		s, made, err := c.server()
		if err != nil {
			return nil, err
		}
		if made {
			r.secret = s.Secret
		}
		if r.server, err = natsd.Start(s); err != nil {
			return nil, err
		}
		if r.conn, err = r.server.Connect(); err != nil {
			return nil, err
		}
	}
	r.page = newPage(&r.config)
	r.metrics = newMetrics(r)
	r.node = &node.Node{Replica: r.replica, Log: c.log}
	return r, nil
}

// close gives back what start has taken.
func (r *registry) close() {
	if r.conn != nil {
		r.conn.Close()
	}
	if r.server != nil {
		r.server.Stop()
	}
	if r.listener != nil {
		r.listener.Close()
	}
	if r.admin != nil {
		r.admin.Close()
	}
	if r.locked != nil {
		r.locked.Close()
	}
}

// run serves until the context ends or something fails.
func (r *registry) run(ctx context.Context) error {
	defer r.close()
	work, stop := context.WithCancelCause(ctx)
	defer stop(nil)

	public := r.serve(r.listener, r.handler(), stop)
	if r.admin != nil {
		private := &http.Server{Handler: r.metrics.handler(), ReadHeaderTimeout: 10 * time.Second}
		go func() { stop(private.Serve(r.admin)) }()
		defer private.Close()
	}
	r.announce()
	go r.page.build(work, r.log)

	// Reading goes on while connections are closed, so that the last writers
	// get their answers.
	reading, endReading := context.WithCancel(context.WithoutCancel(ctx))
	defer endReading()
	read := make(chan error, 1)
	go func() {
		err := r.read(reading)
		if reading.Err() == nil {
			stop(err)
		}
		read <- err
	}()
	go r.watch(reading)
	go r.reload(work)
	go r.saveOften(work)

	<-work.Done()
	cause := context.Cause(work)
	r.log.Info("stopping", "reason", cause)
	r.shutdown(public)
	endReading()
	<-read
	r.save()
	if ctx.Err() != nil {
		return nil // as asked
	}
	return cause
}

// shutdown closes connections: first it says that it will, then streams end, and
// then it waits for requests that are being answered.
func (r *registry) shutdown(public *http.Server) {
	r.health.stopping.Store(true)
	if r.drain > 0 {
		time.Sleep(r.drain)
	}
	ctx, cancel := context.WithTimeout(context.Background(), r.writeTimeout+5*time.Second)
	defer cancel()
	if s := r.feed.Load(); s != nil {
		if err := s.Shutdown(ctx); err != nil {
			r.log.Warn("readers of the stream are cut off", "error", err)
		}
	}
	if err := public.Shutdown(ctx); err != nil {
		r.log.Warn("requests are cut off", "error", err)
		public.Close()
	}
}

// reload reads the file of writers again when it is told to.
func (r *registry) reload(ctx context.Context) {
	hangup := make(chan os.Signal, 1)
	signal.Notify(hangup, hangupSignal)
	defer signal.Stop(hangup)
	for {
		select {
		case <-ctx.Done():
			return
		case <-hangup:
		}
		all, _, err := writers(&r.config)
		if err != nil {
			r.log.Error("the writers stay as they are", "error", err)
			continue
		}
		r.gate.Replace(all)
		r.log.Info("writers read again", "writers", len(all))
	}
}

// newAPI makes the part of the handler that writes.
func (r *registry) newAPI() *api.API {
	return &api.API{
		Node: r.node, Gate: r.gate, Log: r.log, Timeout: r.writeTimeout, MaxImport: r.maxImport,
		Ready: func() bool { return r.feed.Load() != nil }, Space: r.health.space, Observe: r.metrics.observe,
	}
}

// announce says what there is to who has started this by hand.
func (r *registry) announce() {
	scheme := "http"
	if r.cert != "" {
		scheme = "https"
	}
	url := scheme + "://" + r.listener.Addr().String()
	fmt.Fprintf(r.out, "The page is at %s/\n", url)
	if r.admin != nil {
		fmt.Fprintf(r.out, "Metrics are at http://%s/metrics\n", r.admin.Addr())
	}
	if r.tokens == "" {
		file := tokenFile(&r.config)
		if r.newToken {
			if token, err := os.ReadFile(file); err == nil {
				fmt.Fprintf(r.out, "The token for writing, kept in %s, is %s", file, token)
			}
		} else {
			fmt.Fprintf(r.out, "The token for writing is in %s\n", file)
		}
	}
	if r.secret != "" {
		fmt.Fprintf(r.out, "The secret of the cluster, kept in %s, is %s\nAll nodes need the same file.\n", r.secretFile, r.secret)
	}
	if !loopback(r.listener.Addr().String()) && r.cert == "" {
		r.log.Warn("others can reach this address, and tokens travel in the clear: use -tls-cert, or a proxy that does TLS")
	}
}

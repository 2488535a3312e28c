package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gcmkit/gcmkit/examples/registry/internal/natsd"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

// config is what the flags say.
type config struct {
	addr, admin string
	cert, key   string
	data        string
	header      tally.Header
	widget      string

	tokens, newToken string
	rate             float64
	burst            int
	writeTimeout     time.Duration
	maxImport        int64 // bytes

	sync          time.Duration
	snapshotEvery time.Duration
	minFree       uint64 // bytes
	maxBytes      int64

	name, cluster, advertise string
	routes                   []string
	secretFile               string
	nats, creds              string
	replicas                 int

	maxConnections int
	drain          time.Duration
	logForm        string
	verbose        bool

	log *slog.Logger // to stderr, if it isn't set
	out io.Writer    // for what is announced; stdout, if it isn't set
}

const usage = `Registry takes pledges in over HTTP, keeps them in a NATS JetStream stream, and
serves them while they change. Without flags it starts with a NATS server inside
and its store in ./data, makes a token for writing, builds the widget and serves a
page with it at http://127.0.0.1:8080/.

usage: go run -C examples/registry . [flags]

Writing needs the token that the first start prints (also in data/token):

  TOKEN=$(cat examples/registry/data/token)

  submit     curl -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \
               -H "Idempotency-Key: our-first-pledge" --data @pledge.json http://127.0.0.1:8080/api/pledges
  revise     curl -X PUT -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \
               -H 'If-Match: ETAG' --data @pledge.json http://127.0.0.1:8080/api/pledges/ID
  withdraw   curl -X POST -H "Authorization: Bearer $TOKEN" -H 'If-Match: ETAG' http://127.0.0.1:8080/api/pledges/ID/withdraw
  import     curl -H "Authorization: Bearer $TOKEN" -H "Content-Type: text/csv" --data-binary @export.csv \
               "http://127.0.0.1:8080/api/import?source=https://example.org/pledges&dry-run=true"
             (ETAG is that of the pledge as you have read it, with its quotation marks; or *)
  history    curl -H "Authorization: Bearer $TOKEN" http://127.0.0.1:8080/api/pledges/ID/revisions

Reading needs none:

  /pledges.json /countable.json /snapshot.json /counts.json /counts.csv /counts.metadata.json
  /view.json (a view for the widget)
  /events (a stream that resumes)  /badge.svg /badge.json /card.svg  /api/pledges/ID

README.md beside this program has a pledge.json to begin with, and says how to run
a cluster, to back up, to restore, to upgrade, and what is guaranteed.

`

func parse(args []string, out io.Writer) (config, error) {
	var c config
	var routes string
	var maxImport, minFree, maxBytes int64
	f := flag.NewFlagSet("registry", flag.ContinueOnError)
	f.SetOutput(out)

	f.StringVar(&c.addr, "addr", "127.0.0.1:8080", "serve on this `address`")
	f.StringVar(&c.cert, "tls-cert", "", "`file` with the certificate of -addr; without it tokens travel in the clear, which is\nfor loopback and for behind a proxy")
	f.StringVar(&c.key, "tls-key", "", "`file` with the key of the certificate")
	f.StringVar(&c.admin, "admin", "127.0.0.1:8081", "loopback `address` of /metrics (Prometheus) and /debug/pprof; - for none")
	f.StringVar(&c.data, "data", "data", "`folder` of the store, the snapshot and the token; made if it isn't there")
	f.StringVar(&c.widget, "widget", "build", "`folder` with what wasm/build has written; build builds it into the data folder, which needs\na Go toolchain; none does without")

	f.StringVar(&c.header.Feed, "feed", "", "`URI` of the feed")
	f.StringVar(&c.header.Title, "title", "Pledges", "`title` of the feed")
	f.StringVar(&c.header.Publisher, "publisher", "", "`name` of who publishes the feed")
	f.StringVar(&c.header.License, "license", "", "`URI` of the licence of the feed")
	f.BoolVar(&c.header.Illustrative, "illustrative", false, "say that the pledges are made up")

	f.StringVar(&c.tokens, "tokens", "", "`file` of who may write: a name and the SHA-256 of a token a line; read again on SIGHUP.\nBy default one token is made, and kept in the data folder")
	f.StringVar(&c.newToken, "new-token", "", "make a token for this `name`, print it with its line for -tokens, and end")
	f.Float64Var(&c.rate, "rate", 50, "`requests` a second that each token may write")
	f.IntVar(&c.burst, "burst", 100, "`requests` that it may write at once")
	f.DurationVar(&c.writeTimeout, "write-timeout", 20*time.Second, "`time` after which a writer is told that nobody knows whether it is stored;\nlonger than a cluster takes to choose another leader")
	f.Int64Var(&maxImport, "max-import", 64, "size of a file to import, in `MiB`")

	f.DurationVar(&c.sync, "sync", 0, "force what is written to the disk this `often`; 0: before it is acknowledged.\nAnything else is faster and may lose acknowledged pledges when the power fails")
	f.DurationVar(&c.snapshotEvery, "snapshot-every", 10*time.Minute, "`time` between two snapshots for a fast start; also when it ends")
	f.Int64Var(&minFree, "min-free", 128, "`MiB` of the disk that are left alone: writers get 507 before the store is in trouble")
	f.Int64Var(&maxBytes, "max-bytes", 0, "`MiB` that the stream may take; 0 for no limit")

	f.StringVar(&c.name, "name", "", "`name` of this node, unlike the others of the cluster")
	f.StringVar(&c.cluster, "cluster", "", "`address` for the other nodes; without it the NATS server can't be reached from outside")
	f.StringVar(&c.advertise, "advertise", "", "`address` that the others are told instead")
	f.StringVar(&routes, "routes", "", "`addresses` of the other nodes, with commas between")
	f.StringVar(&c.secretFile, "cluster-secret", "", "`file` with a secret that all nodes share, needed with -cluster; made if it isn't there")
	f.StringVar(&c.nats, "nats", "", "use these NATS servers instead of an own one: `URLs` with commas between")
	f.StringVar(&c.creds, "nats-creds", "", "`file` with the credentials for -nats")
	f.IntVar(&c.replicas, "replicas", 0, "`servers` that store each pledge before it is acknowledged, 1, 3 or 5;\nby default 3, or as many as there are if they are fewer")

	f.IntVar(&c.maxConnections, "max-connections", 0, "`connections` at once, three quarters of which may be readers of the stream;\nby default four fifths of the files that may be open")
	f.DurationVar(&c.drain, "drain", 0, "on SIGTERM, be unready for this `long` before closing anything, for load balancers")
	f.StringVar(&c.logForm, "log", "text", "`form` of the log on stderr: text or json")
	f.BoolVar(&c.verbose, "v", false, "log what is of interest to who looks for something")
	f.Usage = func() {
		fmt.Fprint(out, usage)
		f.PrintDefaults()
	}
	if err := f.Parse(args); err != nil {
		return c, err
	}
	if f.NArg() > 0 {
		return c, fmt.Errorf("unexpected %q; -h explains the flags", f.Arg(0))
	}
	if routes != "" {
		c.routes = strings.Split(routes, ",")
	}
	for name, v := range map[string]int64{"max-import": maxImport, "min-free": minFree, "max-bytes": maxBytes} {
		if v < 0 || v > 1<<40 {
			return c, fmt.Errorf("-%s %d: out of range", name, v)
		}
	}
	c.maxImport, c.minFree, c.maxBytes = maxImport<<20, uint64(minFree)<<20, maxBytes<<20
	return c, c.check()
}

// check says what can't be, and fills in what follows from the rest.
func (c *config) check() error {
	if c.admin == "-" {
		c.admin = ""
	}
	if c.admin != "" && !loopback(c.admin) {
		return fmt.Errorf("-admin %s: only a loopback address, such as 127.0.0.1:8081: who can reach it can read the memory", c.admin)
	}
	if (c.cert == "") != (c.key == "") {
		return errors.New("-tls-cert and -tls-key need each other")
	}
	if c.nats != "" && (c.cluster != "" || len(c.routes) > 0) {
		return errors.New("-nats is for servers of their own, -cluster and -routes for those inside; not both")
	}
	if c.creds != "" && c.nats == "" {
		return errors.New("-nats-creds needs -nats")
	}
	if c.cluster == "" && (len(c.routes) > 0 || c.advertise != "" || c.secretFile != "") {
		return errors.New("-routes, -advertise and -cluster-secret need -cluster")
	}
	if c.cluster != "" && c.name == "" {
		return errors.New("-cluster needs a -name")
	}
	if c.cluster != "" && c.secretFile == "" {
		return errors.New("-cluster needs a -cluster-secret: a file that all nodes share, which is made if it isn't there")
	}
	if c.rate <= 0 || c.burst < 1 {
		return errors.New("-rate and -burst must be more than 0")
	}
	if c.logForm != "text" && c.logForm != "json" {
		return fmt.Errorf("-log %q: text or json", c.logForm)
	}
	switch c.replicas {
	case 0:
		c.replicas = 1
		if n := len(c.routes) + 1; c.cluster != "" && n >= 3 {
			c.replicas = 3
		}
		if c.nats != "" && strings.Count(c.nats, ",") >= 2 {
			c.replicas = 3
		}
	case 1, 3, 5:
	default:
		return fmt.Errorf("-replicas %d: 1, 3 or 5", c.replicas)
	}
	if c.maxConnections == 0 {
		c.maxConnections = openFiles() / 5 * 4
	}
	if c.maxConnections < 4 {
		return errors.New("-max-connections must be 4 or more")
	}
	if c.out == nil {
		c.out = os.Stdout
	}
	if c.log == nil {
		o := &slog.HandlerOptions{}
		if c.verbose {
			o.Level = slog.LevelDebug
		}
		c.log = slog.New(slog.NewTextHandler(os.Stderr, o))
		if c.logForm == "json" {
			c.log = slog.New(slog.NewJSONHandler(os.Stderr, o))
		}
	}
	return nil
}

// loopback reports whether only this machine reaches an address.
func loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// server is the configuration of the NATS server inside; made says that the
// secret of the cluster is new.
func (c *config) server() (s natsd.Config, made bool, err error) {
	s = natsd.Config{
		Dir: filepath.Join(c.data, "store"), Sync: c.sync, Log: c.log.With("part", "nats"),
		Name: c.name, Listen: c.cluster, Advertise: c.advertise, Routes: c.routes,
	}
	if c.cluster != "" {
		s.Secret, made, err = clusterSecret(c.secretFile)
	}
	return s, made, err
}

package peers

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/summerwind/h2spec/config"
	"github.com/summerwind/h2spec/generic"
	"github.com/summerwind/h2spec/hpack"
	"github.com/summerwind/h2spec/http2"
	"github.com/summerwind/h2spec/spec"
)

// faultsOfNetHTTP are the cases that net/http fails, whatever it serves: the test
// has it serve something else as well.
var faultsOfNetHTTP = map[string]string{
	"http2/4.2/3":     "it takes frames of up to 1 MiB, and says so in its settings, which the case doesn't read",
	"http2/6.5.3/1":   "it takes a setting that comes twice for an attack, and ends the connection",
	"http2/8.1.2.2/1": "it answers a header that HTTP/2 forbids, such as Connection, with status 400 and no error of the stream",
	"http2/8.1.2.2/2": "the same for another value of TE than trailers",
}

// suite is where a case of h2spec is run.
type suite struct{ feed, other *config.Config }

// overHTTP2 serves a handler over HTTP/2, for h2spec.
func overHTTP2(t *testing.T, h http.Handler) *config.Config {
	t.Helper()
	server := httptest.NewUnstartedServer(h)
	server.EnableHTTP2 = true
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	host, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	number, err := strconv.Atoi(port)
	if err != nil {
		t.Fatal(err)
	}
	return &config.Config{Host: host, Port: number, Path: "/pledges.json", Timeout: 1500 * time.Millisecond, MaxHeaderLen: 4000, TLS: true, Insecure: true, Strict: true}
}

// The suite of h2spec says whether HTTP/2 is as RFC 7540 and 7541 want it, frame by
// frame; -v lists its cases.
func TestHTTP2IsThatOfItsSpecification(t *testing.T) {
	s := newServer(t, 5)
	t.Cleanup(func() { s.Shutdown(context.Background()) })
	on := suite{overHTTP2(t, s), overHTTP2(t, http.NotFoundHandler())}
	seen := map[string]bool{}
	t.Run("cases", func(t *testing.T) {
		for _, g := range []*spec.TestGroup{generic.Spec(), http2.Spec(), hpack.Spec()} {
			on.group(t, g, seen)
		}
	})
	if len(seen) < 140 {
		t.Errorf("%d cases", len(seen))
	}
	for name := range faultsOfNetHTTP {
		if !seen[name] {
			t.Errorf("there is no case %s", name)
		}
	}
}

func (on suite) group(t *testing.T, g *spec.TestGroup, seen map[string]bool) {
	for i, test := range slices.Concat(g.Tests, g.StrictTests) {
		name := g.ID() + "/" + strconv.Itoa(i+1)
		seen[name] = true
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if reason, known := faultsOfNetHTTP[name]; known {
				if run(t, test, on.feed, 1) == nil || run(t, test, on.other, 1) == nil {
					t.Errorf("%s: it passes, though %s", test.Desc, reason)
				}
			} else if err := run(t, test, on.feed, 3); err != nil {
				t.Errorf("%s: %v (%s)", test.Desc, err, test.Requirement)
			}
		})
	}
	for _, inner := range g.Groups {
		on.group(t, inner, seen)
	}
}

// run runs a case, and returns what is wrong. One that depends on who is faster has
// some attempts.
func run(t *testing.T, test *spec.TestCase, c *config.Config, attempts int) (err error) {
	t.Helper()
	for range attempts {
		var conn *spec.Conn
		if conn, err = spec.Dial(c); err != nil {
			t.Fatal(err)
		}
		err = test.Run(c, conn)
		conn.Close()
		if err == nil || errors.Is(err, spec.ErrSkipped) {
			return nil
		}
	}
	return err
}

package peers

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/feed"
	"github.com/quic-go/quic-go/http3"
	"github.com/r3labs/sse/v2"
	gosse "github.com/tmaxmax/go-sse"
)

func numbered(n int) pledge.Pledge {
	return pledge.Pledge{
		ID: pledge.IDFromRef("https://example.org/", strconv.Itoa(n)), Title: "Pledge " + strconv.Itoa(n),
		Updated: gcm.InstantOfUnix(1_650_000_000+int64(n), 0),
	}
}

func newServer(t *testing.T, n int) *feed.Server {
	s := feed.New(new(pledge.Book), feed.Options{Rebuild: -1, Retry: time.Millisecond, Heartbeat: 50 * time.Millisecond})
	for i := range n {
		if _, err := s.Apply(uint64(i+1), numbered(i)); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// overHTTP3 serves a handler over HTTP/3 and returns a client of it.
func overHTTP3(t *testing.T, h http.Handler) (*http.Client, string) {
	t.Helper()
	certified := httptest.NewUnstartedServer(h) // for its certificate
	certified.StartTLS()
	certified.Close()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &http3.Server{Handler: h, TLSConfig: http3.ConfigureTLSConfig(&tls.Config{Certificates: certified.TLS.Certificates})}
	go server.Serve(conn)
	roots := x509.NewCertPool()
	roots.AddCert(certified.Certificate())
	transport := &http3.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, ServerName: "example.com"}}
	t.Cleanup(func() {
		transport.Close()
		server.Close()
		conn.Close()
	})
	return &http.Client{Transport: transport}, "https://" + conn.LocalAddr().String()
}

// A request of HTTP/3 doesn't say whether content comes, and its answer mustn't
// have the header Connection.
func TestEverythingIsServedOverHTTP3(t *testing.T) {
	s := newServer(t, 5)
	client, url := overHTTP3(t, s)
	get := func(path string, headers ...string) (*http.Response, string) {
		t.Helper()
		r, err := http.NewRequest("GET", url+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		answer, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		body, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		if answer.ProtoMajor != 3 || answer.Header.Get("Connection") != "" {
			t.Errorf("%s: %s %v", path, answer.Proto, answer.Header)
		}
		return answer, string(body)
	}
	for resource := range feed.Resources() {
		if !resource.Plain() {
			continue
		}
		answer, body := get("/" + string(resource))
		if answer.StatusCode != 200 || body == "" {
			t.Fatalf("%s: %s %s", resource, answer.Status, body)
		}
		if again, _ := get("/"+string(resource), "If-None-Match", answer.Header.Get("ETag")); again.StatusCode != 304 {
			t.Errorf("%s: %s", resource, again.Status)
		}
		if part, got := get("/"+string(resource), "Range", "bytes=0-3", "Accept-Encoding", "identity"); part.StatusCode != 206 || len(got) != 4 {
			t.Errorf("%s: %s %q", resource, part.Status, got)
		}
	}
	if answer, _ := get("/snapshot.json?region=atlantis"); answer.StatusCode != 400 {
		t.Error(answer.Status)
	}
	// With content that is stated.
	r, _ := http.NewRequest("GET", url+"/pledges.json", strings.NewReader("x"))
	answer, err := client.Do(r)
	if err != nil || answer.StatusCode != 400 || answer.Header.Get("Connection") != "" {
		t.Errorf("%v %v", answer, err)
	}
}

func TestStreamGoesOnOverHTTP3(t *testing.T) {
	s := newServer(t, 5)
	client, url := overHTTP3(t, s)
	follow(t, s, client, url)
}

// seen is an event as another program has read it.
type seen struct{ id, event, data string }

// follow reads the stream by a client that others have written, and comes back
// where the connection was cut.
func follow(t *testing.T, s *feed.Server, client *http.Client, url string) {
	t.Helper()
	last, next := "", uint64(6)
	for turn := range 3 {
		ctx, cut := context.WithCancel(t.Context())
		r, err := http.NewRequestWithContext(ctx, "GET", url+"/events", nil)
		if err != nil {
			t.Fatal(err)
		}
		if last != "" {
			r.Header.Set("Last-Event-ID", last)
		}
		answer, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		want, beats := "snapshot", 0
		if turn > 0 {
			want = "pledge"
			s.Apply(next, numbered(int(next)))
			next++
		}
		for e, err := range gosse.Read(answer.Body, nil) {
			if err != nil {
				t.Fatal(err)
			}
			if e.Type == "heartbeat" {
				beats++
				continue
			}
			if e.Type != want || e.LastEventID == last {
				t.Errorf("in turn %d came %s %s after %s", turn, e.Type, e.LastEventID, last)
			}
			last = e.LastEventID
			break
		}
		if beats == 0 {
			t.Error("no heartbeat was seen")
		}
		cut()
		answer.Body.Close()
	}
}

// Clients that others have written read the same events, and come back with the id
// of the last one on their own.
func TestOthersReadTheStream(t *testing.T) {
	for name, read := range map[string]func(ctx context.Context, url string, got chan<- seen){
		"tmaxmax/go-sse": func(ctx context.Context, url string, got chan<- seen) {
			r, _ := http.NewRequestWithContext(ctx, "GET", url, nil)
			c := gosse.NewConnection(r)
			c.SubscribeToAll(func(e gosse.Event) { got <- seen{e.LastEventID, e.Type, e.Data} })
			c.Connect()
		},
		"r3labs/sse": func(ctx context.Context, url string, got chan<- seen) {
			c := sse.NewClient(url)
			c.SubscribeRawWithContext(ctx, func(e *sse.Event) { got <- seen{string(e.ID), string(e.Event), string(e.Data)} })
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, 5)
			server := httptest.NewServer(s)
			defer server.Close()
			defer s.Shutdown(context.Background())
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			got := make(chan seen, 1000)
			go read(ctx, server.URL+"/events", got)
			next := func() seen {
				for e := range got {
					if e.event != "heartbeat" {
						return e
					}
				}
				return seen{}
			}
			if e := next(); e.event != "snapshot" || !strings.HasPrefix(e.id, "5-") || !strings.Contains(e.data, `"sequence":5`) {
				t.Errorf("%+v", e)
			}
			for sequence := uint64(6); sequence < 12; sequence++ {
				s.Apply(sequence, numbered(int(sequence)))
				if e := next(); e.event != "pledge" || !strings.HasPrefix(e.id, strconv.FormatUint(sequence, 10)+"-") || !strings.Contains(e.data, "Pledge "+strconv.FormatUint(sequence, 10)) {
					t.Errorf("at %d came %+v", sequence, e)
				}
				if sequence%2 == 0 { // it comes back on its own
					server.CloseClientConnections()
				}
			}
		})
	}
}

package clients

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/feed"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

// upstream is a server that can stop answering, behind a proxy.
type upstream struct {
	*httptest.Server
	feed  *feed.Server
	down  atomic.Bool
	asked atomic.Int64 // for pledges.json
}

func startUpstream(t *testing.T) *upstream {
	u := &upstream{feed: feed.New(new(pledge.Book), feed.Options{Header: tally.Header{Title: "T"}, Retry: time.Millisecond, MaxAge: time.Second, Rebuild: -1})}
	mux := http.NewServeMux()
	u.feed.Register(mux, "/pledges/")
	u.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if u.down.Load() {
			panic(http.ErrAbortHandler)
		}
		if strings.HasSuffix(r.URL.Path, "/pledges.json") {
			u.asked.Add(1)
		}
		mux.ServeHTTP(w, r)
	}))
	u.write(t, 1, before)
	t.Cleanup(func() {
		u.feed.Shutdown(context.Background())
		u.Close()
	})
	return u
}

func (u *upstream) write(t *testing.T, from, to int) {
	t.Helper()
	for n := from; n <= to; n++ {
		if _, err := u.feed.Apply(uint64(n), revision(n)); err != nil {
			t.Error(err)
		}
	}
}

// proxyProgram is a program with a configuration, a whole one or what README says. In a
// configuration ORIGIN stands for where the upstream is, LISTEN for the address to
// listen at, and DIR for a folder.
type proxyProgram struct {
	name, program string
	file, config  string
	args          []string
	caches        bool // keeps answers, also for when the upstream is gone
	weakens       bool // compresses by itself, so that tags become weak
}

// Each proxy as README says, and as those have it who haven't read that: with
// compression of everything switched on, and nothing said of the stream.
func proxies(t *testing.T) []proxyProgram {
	readme, err := os.ReadFile("../../../pledge/feed/README.md")
	if err != nil {
		t.Fatal(err)
	}
	said := func(language string) string {
		block := regexp.MustCompile("(?s)\n```" + language + "\n(.*?)\n```\n").FindSubmatch(readme)
		if block == nil {
			t.Fatal("README of feed has no block of " + language)
		}
		return strings.NewReplacer("127.0.0.1:8080", "ORIGIN", "/var/cache/nginx", "DIR", `"8080"`, `"PORT"`, `"127.0.0.1"`, `"HOST"`).Replace(string(block[1]))
	}
	nginx := func(text string) string {
		dirs := ""
		for _, of := range []string{"client_body", "proxy", "fastcgi", "uwsgi", "scgi"} {
			dirs += of + "_temp_path DIR/" + of + ";\n"
		}
		kept, locations, _ := strings.Cut(text, "\n\n")
		return "daemon off;\nmaster_process off;\nerror_log stderr;\npid DIR/pid;\nevents {}\nhttp {\naccess_log off;\n" + dirs + kept + "\nserver {\nlisten LISTEN;\n" + locations + "\n}\n}\n"
	}
	caddy := func(text string) string {
		return "{\nadmin off\nauto_https off\nstorage file_system DIR\n}\nhttp://LISTEN {\n" + text + "\n}\n"
	}
	apache := func(text string) string {
		modules := ""
		for _, name := range []string{"mpm_event", "authz_core", "filter", "deflate", "proxy", "proxy_http"} {
			modules += "LoadModule " + name + "_module /usr/lib/apache2/modules/mod_" + name + ".so\n"
		}
		return modules + "ServerName localhost\nServerRoot DIR\nDefaultRuntimeDir DIR\nPidFile DIR/pid\nErrorLog /dev/stderr\nListen LISTEN\n" + text
	}
	var (
		apacheArgs  = []string{"-DFOREGROUND", "-f", "FILE"}
		nginxArgs   = []string{"-p", "DIR", "-e", "stderr", "-c", "FILE"}
		caddyArgs   = []string{"run", "--adapter", "caddyfile", "--config", "FILE"}
		varnishArgs = []string{"-j", "none", "-F", "-n", "DIR", "-a", "LISTEN", "-s", "malloc,16m", "-f", "FILE"}
	)
	return []proxyProgram{
		{name: "nginx as README says", program: "nginx", file: "nginx.conf", config: nginx(said("nginx")), args: nginxArgs, caches: true},
		{name: "nginx that compresses and buffers", program: "nginx", file: "nginx.conf", args: nginxArgs, weakens: true, config: nginx(
			"gzip on; gzip_types *; gzip_proxied any; gzip_min_length 0; gzip_http_version 1.0; proxy_buffering on;\n\n" +
				`location / { proxy_pass http://ORIGIN; proxy_set_header Accept-Encoding ""; }`)},
		{name: "Caddy as README says", program: "caddy", file: "Caddyfile", config: caddy(said("caddy")), args: caddyArgs},
		{name: "Caddy that compresses", program: "caddy", file: "Caddyfile", args: caddyArgs, config: caddy(
			"encode gzip {\nminimum_length 1\nmatch {\nheader Content-Type *\n}\n}\nreverse_proxy ORIGIN {\nheader_up -Accept-Encoding\n}")},
		{name: "Apache that compresses", program: "apache2", file: "apache.conf", args: apacheArgs, config: apache(
			"SetOutputFilter DEFLATE\nProxyPass / http://ORIGIN/")},
		{name: "Varnish as README says", program: "varnishd", file: "feed.vcl", config: said("vcl"), args: varnishArgs, caches: true},
		{name: "Varnish without any words", program: "varnishd", file: "feed.vcl", args: varnishArgs, config: `vcl 4.1; backend default { .host = "HOST"; .port = "PORT"; }`},
	}
}

// run starts the proxy in front of an upstream, and returns its address.
func (p *proxyProgram) run(t *testing.T, u *upstream) string {
	need(t, p.program)
	dir, err := os.MkdirTemp("", "proxy") // a socket of Varnish's is in it, whose path has to be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listen := l.Addr().String()
	l.Close()
	origin := strings.TrimPrefix(u.URL, "http://")
	host, port, _ := net.SplitHostPort(origin)
	file := filepath.Join(dir, p.file)
	fill := strings.NewReplacer("ORIGIN", origin, "LISTEN", listen, "DIR", dir, "FILE", file, "HOST", host, "PORT", port).Replace
	if err := os.WriteFile(file, []byte(fill(p.config)), 0o644); err != nil {
		t.Fatal(err)
	}
	args := make([]string, len(p.args))
	for i, arg := range p.args {
		args[i] = fill(arg)
	}
	ctx, stop := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, p.program, args...)
	cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_CONFIG_HOME="+dir)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // its workers too
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	t.Cleanup(func() {
		stop()
		<-ended
	})
	url := "http://" + listen + "/pledges"
	for {
		answer, err := http.Get(url + "/counts.json")
		if err == nil {
			answer.Body.Close()
			if answer.StatusCode == 200 {
				return url
			}
		}
		select {
		case err := <-ended:
			ended <- err
			t.Fatalf("%v\n%s", err, &said)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// visitor reads what comes through a proxy, for a while.
type visitor struct {
	*testing.T
	ctx context.Context
	url string
}

func (v *visitor) open(address string, fields ...string) *http.Response {
	v.Helper()
	r, err := http.NewRequestWithContext(v.ctx, "GET", address, nil)
	if err != nil {
		v.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", "gzip, br")
	r.Header.Set("Origin", "https://partner.example")
	for i := 0; i < len(fields); i += 2 {
		r.Header.Set(fields[i], fields[i+1])
	}
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		v.Fatal(err)
	}
	return answer
}

// decoded returns the body of an answer without its coding.
func (v *visitor) decoded(answer *http.Response) io.Reader {
	v.Helper()
	switch coding := answer.Header.Get("Content-Encoding"); {
	case answer.StatusCode == http.StatusNotModified:
	case coding == "gzip":
		z, err := gzip.NewReader(answer.Body)
		if err != nil {
			v.Fatal(err)
		}
		return z
	case coding == "br":
		return brotli.NewReader(answer.Body)
	}
	return answer.Body
}

// fetch asks for something as a browser does, which decodes what it gets.
func (v *visitor) fetch(address string, fields ...string) (*http.Response, string) {
	v.Helper()
	answer := v.open(address, fields...)
	defer answer.Body.Close()
	b, err := io.ReadAll(v.decoded(answer))
	if err != nil {
		v.Fatalf("%s: %v", address, err)
	}
	return answer, string(b)
}

// eventReader reads events as they come.
type eventReader struct {
	*visitor
	in *bufio.Scanner
}

func (v *visitor) listen(query string, fields ...string) *eventReader {
	v.Helper()
	answer := v.open(v.url+"/events"+query, fields...)
	v.Cleanup(func() { answer.Body.Close() })
	if answer.StatusCode != 200 || answer.Header.Get("Content-Type") != "text/event-stream" {
		v.Fatalf("%s %v", answer.Status, answer.Header)
	}
	in := bufio.NewScanner(v.decoded(answer))
	in.Buffer(nil, 1<<20)
	return &eventReader{v, in}
}

// next waits for the event of a sequence.
func (r *eventReader) next(sequence int) {
	r.Helper()
	for r.in.Scan() {
		if id, ok := strings.CutPrefix(r.in.Text(), "id: "); ok {
			if got, _, _ := strings.Cut(id, "-"); got != strconv.Itoa(sequence) {
				r.Fatalf("%s came instead of %d", id, sequence)
			}
			return
		}
	}
	r.Fatalf("the stream has ended before %d: %v", sequence, r.in.Err())
}

func TestFeedAndStreamComeThroughProxies(t *testing.T) {
	if testing.Short() {
		t.Skip("runs nginx, Caddy and Varnish")
	}
	for _, p := range proxies(t) {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			u := startUpstream(t)
			url := p.run(t, u)
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second) // for what never comes
			defer cancel()
			v := &visitor{t, ctx, url}
			v.getsTheSame(u, &p)
			v.losesNothing(u)
			v.staysWhenTheUpstreamGoes(u, &p)
		})
	}
}

// getsTheSame compares what comes through the proxy with what the upstream says.
func (v *visitor) getsTheSame(u *upstream, p *proxyProgram) {
	for resource := range feed.Resources() {
		if !resource.Plain() {
			continue
		}
		address, direct := v.url+"/"+string(resource), u.URL+"/pledges/"+string(resource)
		_, want := v.fetch(direct, "Accept-Encoding", "identity")
		for _, coding := range []string{"gzip, br", "gzip", "br", "identity"} {
			answer, got := v.fetch(address, "Accept-Encoding", coding)
			if answer.StatusCode != 200 || got != want || answer.Header.Get("Access-Control-Allow-Origin") != "*" {
				v.Errorf("%s in %s: %s %v\n%q\n%q", resource, coding, answer.Status, answer.Header, got, want)
			}
			tag := answer.Header.Get("ETag")
			if weak := strings.HasPrefix(tag, "W/"); p.weakens && weak != (answer.Header.Get("Content-Encoding") != "") || tag == "" {
				v.Errorf("%s in %s has the tag %s", resource, coding, tag)
			}
			if again, _ := v.fetch(address, "Accept-Encoding", coding, "If-None-Match", tag); again.StatusCode != 304 {
				v.Errorf("%s in %s: %s for %s", resource, coding, again.Status, tag)
			}
			part, got := v.fetch(address, "Accept-Encoding", "identity", "Range", "bytes=1-4")
			if part.StatusCode == 206 && got != want[1:5] || part.StatusCode == 200 && got != want || part.StatusCode != 200 && part.StatusCode != 206 {
				v.Errorf("%s: %s %q", resource, part.Status, got)
			}
		}
	}
	for path, status := range map[string]int{"/snapshot.json?region=atlantis": 400, "/nothing.json": 404, "/events?after=x": 400} {
		if answer, body := v.fetch(v.url + path); answer.StatusCode != status || !strings.HasPrefix(answer.Header.Get("Content-Type"), "application/problem+json") {
			v.Errorf("%s: %s %v %s", path, answer.Status, answer.Header, body)
		}
	}
}

// losesNothing reads the stream: each event has to come before there is another one.
func (v *visitor) losesNothing(u *upstream) {
	fresh := v.listen("")
	fresh.next(before)
	back := v.listen("", "Last-Event-ID", u.id(before-2))
	back.next(before - 1)
	back.next(before)
	// A page goes on from what it has read, which may come from a cache.
	kept, _ := v.fetch(v.url + "/pledges.json")
	var others []*eventReader
	for range 5 {
		r := v.listen("")
		r.next(before)
		others = append(others, r)
	}
	for n := before + 1; n <= before+3; n++ {
		u.write(v.T, n, n)
		for _, r := range append(others, fresh, back) {
			r.next(n)
		}
	}
	again, body := v.fetch(v.url + "/pledges.json")
	if tag := again.Header.Get("ETag"); !strings.Contains(body, `"sequence":`+strings.Trim(tag, `W/"`)[:2]) {
		v.Errorf("the feed with the tag %s says %.100s", tag, body)
	}
	for _, answer := range []*http.Response{kept, again} {
		tag := answer.Header.Get("ETag")
		n, err := strconv.Atoi(strings.Trim(tag, `W/"`)[:2])
		if err != nil {
			v.Fatal(err)
		}
		r := v.listen("?after=" + strings.ReplaceAll(tag, `"`, "%22"))
		for n++; n <= before+3; n++ {
			r.next(n)
		}
	}
}

// id returns the id of an event.
func (u *upstream) id(sequence int) string {
	w := httptest.NewRecorder()
	s := feed.New(new(pledge.Book), feed.Options{Header: tally.Header{Title: "T"}, Rebuild: -1})
	for n := 1; n <= sequence; n++ {
		s.Apply(uint64(n), revision(n))
	}
	s.ServeHTTP(w, httptest.NewRequest("GET", "/counts.json", nil))
	return strings.Trim(w.Header().Get("ETag"), `"`)
}

func (v *visitor) staysWhenTheUpstreamGoes(u *upstream, p *proxyProgram) {
	const path = "/pledges.json"
	_, want := v.fetch(v.url + path)
	asked := u.asked.Load()
	for range 20 {
		v.fetch(v.url + path)
	}
	// One second may have passed, and another one if the machine is busy.
	if more := u.asked.Load() - asked; p.caches && more > 5 {
		v.Errorf("the proxy has asked %d times for 20 answers", more)
	}
	u.down.Store(true)
	u.CloseClientConnections()
	for gone := time.Now(); time.Since(gone) < 2500*time.Millisecond; time.Sleep(100 * time.Millisecond) {
		answer, body := v.fetch(v.url + path)
		if p.caches && (answer.StatusCode != 200 || body != want) {
			v.Fatalf("without the upstream comes %s %s", answer.Status, body)
		}
		if answer.StatusCode == 200 && body != want || answer.StatusCode != 200 && answer.StatusCode < 502 {
			v.Errorf("without the upstream comes %s %s", answer.Status, body)
		}
		if !p.caches {
			break
		}
	}
	u.down.Store(false)
	u.write(v.T, before+4, before+4)
	for {
		answer, body := v.fetch(v.url + path)
		if answer.StatusCode == 200 && strings.Contains(body, `"sequence":`+strconv.Itoa(before+4)) {
			break
		}
		select {
		case <-v.ctx.Done():
			v.Fatal("the proxy doesn't come back")
		case <-time.After(50 * time.Millisecond):
		}
	}
	for {
		answer := v.open(v.url + "/events")
		answer.Body.Close()
		if answer.StatusCode == 200 {
			break
		}
	}
	v.listen("").next(before + 4)
}

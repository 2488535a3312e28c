package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/gcmkit/gcmkit/pledge"
)

// fullSize runs the tests with faults at full size: go test -full.
var fullSize = flag.Bool("full", false, "run the tests with faults at full size: 10,000 submissions, 10,000 idle connections, 1 GB bodies")

// size is a number of things, and another one at full size.
func size(few, all int) int {
	if *fullSize {
		return all
	}
	return few
}

// asServer makes the test binary the program, so that tests can kill it.
const asServer = "GCM_REGISTRY_TEST_AS_SERVER"

func TestMain(m *testing.M) {
	if os.Getenv(asServer) != "" {
		if err := command(os.Args[1:]); err != nil {
			fmt.Fprintln(os.Stderr, "registry:", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	flag.Parse()
	// They wait for each other's elections and disks most of the time.
	flag.Set("test.parallel", "5")
	os.Exit(m.Run())
}

// deadline is how long a test waits for what must happen, on the slowest machine.
const deadline = 2 * time.Minute

// process is a registry in a process of its own.
type process struct {
	t     testing.TB
	dir   string
	url   string
	token string
	cmd   *exec.Cmd
	ended chan struct{} // closed when it has

	mu  sync.Mutex
	log bytes.Buffer
}

// spawn starts a registry with its data in a folder and waits until it is ready.
func spawn(t testing.TB, dir string, args ...string) *process {
	t.Helper()
	p := begin(t, dir, args...)
	p.waitReady()
	return p
}

// begin starts a registry and waits until it listens.
func begin(t testing.TB, dir string, args ...string) *process {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := &process{t: t, dir: dir, ended: make(chan struct{})}
	p.cmd = exec.Command(self, append([]string{
		"-addr", "127.0.0.1:0", "-admin", "-", "-widget", "none", "-data", dir,
		"-rate", "1000000", "-burst", "1000000", "-v",
	}, args...)...)
	p.cmd.Env = append(os.Environ(), asServer+"=1", "GORACE=halt_on_error=1")
	p.cmd.SysProcAttr = dieWithParent()
	p.cmd.Stderr = p
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said := make(chan string, 1)
	go func() {
		in := bufio.NewScanner(out)
		for in.Scan() {
			if url, ok := strings.CutPrefix(in.Text(), "The page is at "); ok {
				said <- strings.TrimSuffix(url, "/")
			}
		}
		p.cmd.Wait()
		close(p.ended)
	}()
	t.Cleanup(func() {
		p.kill()
		if log := p.logged(); t.Failed() || strings.Contains(log, "DATA RACE") || strings.Contains(log, "panic:") {
			if !t.Failed() {
				t.Error("a race or a panic")
			}
			if len(log) > 12000 {
				log = log[:6000] + "\n[…]\n" + log[len(log)-6000:]
			}
			t.Logf("log of %s:\n%s", filepath.Base(dir), log)
		}
	})
	select {
	case p.url = <-said:
	case <-p.ended:
		t.Fatalf("it ended: %s", p.logged())
	case <-time.After(deadline):
		t.Fatal("it doesn't start")
	}
	token, err := os.ReadFile(filepath.Join(dir, "token"))
	if err != nil {
		t.Fatal(err)
	}
	p.token = strings.TrimSpace(string(token))
	return p
}

func (p *process) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.log.Write(b)
}

func (p *process) logged() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.log.String()
}

// kill ends the process as a power cut does for it: it gets to do nothing more.
func (p *process) kill() {
	p.cmd.Process.Kill()
	<-p.ended
}

// stop ends it as an operator does.
func (p *process) stop() {
	p.t.Helper()
	p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.ended:
		if code := p.cmd.ProcessState.ExitCode(); code != 0 {
			p.t.Errorf("it ended with %d:\n%s", code, p.logged())
		}
	case <-time.After(deadline):
		p.t.Fatalf("it doesn't stop:\n%s", p.logged())
	}
}

func (p *process) waitReady() {
	p.t.Helper()
	eventually(p.t, "ready", func() error {
		select {
		case <-p.ended:
			p.t.Fatalf("it ended:\n%s", p.logged())
		default:
		}
		status, _, body, err := p.get("/readyz", nil)
		if err == nil && status != 200 {
			err = fmt.Errorf("%d: %s", status, body)
		}
		return err
	})
}

// eventually waits until something is so.
func eventually(t testing.TB, what string, check func() error) {
	t.Helper()
	begin := time.Now()
	for {
		err := check()
		if err == nil {
			return
		}
		if time.Since(begin) > deadline {
			t.Fatalf("never %s: %v", what, err)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// client has a connection for each of many writers.
var client = &http.Client{
	Transport: &http.Transport{MaxIdleConnsPerHost: 256, DisableCompression: true},
	Timeout:   time.Minute,
}

func (p *process) get(path string, header http.Header) (int, http.Header, []byte, error) {
	req, err := http.NewRequest("GET", p.url+path, nil)
	if err != nil {
		return 0, nil, nil, err
	}
	for name, values := range header {
		req.Header[name] = values
	}
	return do(req)
}

func do(req *http.Request) (int, http.Header, []byte, error) {
	r, err := client.Do(req)
	if err != nil {
		return 0, nil, nil, err
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	return r.StatusCode, r.Header, body, err
}

// send writes with the node's token.
func (p *process) send(method, path string, body []byte, headers ...string) (int, http.Header, []byte, error) {
	req, err := http.NewRequest(method, p.url+path, bytes.NewReader(body))
	if err != nil {
		return 0, nil, nil, err
	}
	req.Header.Set("Authorization", "Bearer "+p.token)
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	return do(req)
}

// body is a pledge that can be submitted, unlike all of other numbers.
func body(n int) []byte {
	return fmt.Appendf(nil, `{"title": "Pledge number %d", "description": %q, "language": "en", "type": "individual", "natures": ["policy"],
 "pledgers": [{"name": "Municipality number %d", "category": "local-authority"}], "objectives": [%d], "status": "planned"}`,
		n, strings.Repeat(fmt.Sprintf("We will do what number %d says. ", n), 12), n, 1+n%23)
}

// key is the Idempotency-Key of a pledge.
func key(n int) string { return fmt.Sprintf("pledge-%d", n) }

// answer is that to a write.
type answer struct {
	ID       string `json:"id"`
	Sequence uint64 `json:"sequence"`
}

// submit submits a pledge once; the error says why it isn't known to be stored.
func (p *process) submit(n int) (a answer, err error) {
	status, _, text, err := p.send("POST", "/api/pledges", body(n), "Idempotency-Key", key(n))
	if err != nil {
		return a, err
	}
	if status != http.StatusCreated {
		return a, &statusError{status, string(text)}
	}
	return a, json.Unmarshal(text, &a)
}

type statusError struct {
	status int
	body   string
}

func (e *statusError) Error() string { return fmt.Sprintf("%d: %s", e.status, e.body) }

// pledges reads the feed of a node.
func (p *process) pledges() (byID map[string]pledge.Pledge, sequence uint64) {
	p.t.Helper()
	status, _, body, err := p.get("/pledges.json", nil)
	if err != nil || status != 200 {
		p.t.Fatal(status, err)
	}
	d := pledge.NewDecoder(bytes.NewReader(body))
	byID = make(map[string]pledge.Pledge)
	for record, err := range d.Records() {
		if err != nil || record.Lost || len(record.Problems) > 0 {
			p.t.Fatal(err, record.Problems)
		}
		if _, twice := byID[record.Pledge.ID.String()]; twice {
			p.t.Errorf("%s is there twice", record.Pledge.ID)
		}
		byID[record.Pledge.ID.String()] = record.Pledge
	}
	return byID, d.Header().Sequence
}

// waitFor waits until the feed of a node has come to a sequence, and returns it
// with its tag.
func (p *process) waitFor(sequence uint64) (feed []byte, tag string) {
	p.t.Helper()
	eventually(p.t, fmt.Sprintf("at sequence %d", sequence), func() error {
		status, header, body, err := p.get("/pledges.json", nil)
		if err != nil {
			return err
		}
		if status != 200 {
			return &statusError{status, string(body)}
		}
		var head struct {
			Sequence uint64 `json:"sequence"`
		}
		if err := json.Unmarshal(body, &head); err != nil {
			return err
		}
		if head.Sequence != sequence {
			return fmt.Errorf("it is at %d", head.Sequence)
		}
		feed, tag = body, header.Get("ETag")
		return nil
	})
	return feed, tag
}

// event is one of the stream.
type event struct {
	id   string
	kind string
	data string
}

// cursor returns the id of an event for who has seen what a node serves.
func (p *process) cursor() string {
	p.t.Helper()
	_, header, _, err := p.get("/snapshot.json", nil)
	parts := strings.SplitN(strings.Trim(header.Get("ETag"), `"`), "-", 3)
	if err != nil || len(parts) != 3 {
		p.t.Fatal(header, err)
	}
	return parts[0] + "-" + parts[1]
}

// sequenceOf returns the sequence in the id of an event.
func sequenceOf(id string) string {
	sequence, _, _ := strings.Cut(id, "-")
	return sequence
}

// follow reads events until the context ends, the stream does, or yield is false.
func (p *process) follow(ctx context.Context, after string, yield func(event) bool) error {
	req, err := http.NewRequestWithContext(ctx, "GET", p.url+"/events", nil)
	if err != nil {
		return err
	}
	req.Header.Set("Last-Event-ID", after)
	r, err := (&http.Client{Transport: client.Transport}).Do(req)
	if err != nil {
		return err
	}
	defer r.Body.Close()
	if r.StatusCode != 200 {
		return &statusError{r.StatusCode, ""}
	}
	var e event
	in := bufio.NewReader(r.Body)
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return err
		}
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		switch name {
		case "id":
			e.id = value
		case "event":
			e.kind = value
		case "data":
			e.data = value
		case "":
			if e.kind != "" && e.kind != "heartbeat" && !yield(e) {
				return errEnough
			}
			e = event{}
		}
	}
}

var errEnough = errors.New("enough")

package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// raw sends bytes to a node and returns the status line of the answer, "" if there
// is none.
func (p *process) raw(t testing.TB, request string) string {
	t.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(p.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(deadline))
	if _, err := io.WriteString(c, request); err != nil {
		return ""
	}
	line, _ := bufio.NewReader(c).ReadString('\n')
	return strings.TrimSpace(line)
}

func TestHostileRequestsAreRefusedAndOthersServed(t *testing.T) {
	t.Parallel()
	node := spawn(t, t.TempDir(), "-max-import", "1")
	c := newCrowd(node)
	c.submit(t, 1, 0, 1, nil)
	t.Cleanup(func() {
		c.submit(t, 1, 1, 2, nil)
		node.waitFor(2) // nothing else has come into the record
	})

	t.Run("paths", func(t *testing.T) {
		for _, path := range []string{
			"/../data/token", "/..%2fdata%2ftoken", "/%2e%2e/data/token", "/widget/../token", "/widget/..%2f..%2ftoken",
			"/widget/%2e%2e%2ftoken", "/widget/..", "/widget/.hidden", "/widget/", "//etc/passwd", "/api//pledges", "/api/pledges/../../token",
			"/api/pledges/%00", "/api/pledges/0190a0b0%2Dc0d0-7e0f-8a1b-2c3d4e5f6071", "/pledges.json/", "/pledges.json%00", "/./pledges.json", "/data/token", "/token",
			"/api/pledges/{0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6071}", "/api/pledges/urn:uuid:0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6071", "/debug/pprof/", "/metrics", "/c:\\token", "/..\\token",
		} {
			if got := node.raw(t, "GET "+path+" HTTP/1.1\r\nHost: x\r\n\r\n"); !strings.HasPrefix(got, "HTTP/1.1 4") {
				t.Errorf("GET %s: %s", path, got)
			}
		}
	})

	t.Run("requests", func(t *testing.T) {
		auth := "Authorization: Bearer " + node.token + "\r\nContent-Type: application/json\r\n"
		for _, request := range []string{
			"GET /\r\n\r\n", "G\x00T / HTTP/1.1\r\nHost: x\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
			"GET / HTTP/9.9\r\nHost: x\r\n\r\n", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
			"POST /api/pledges HTTP/1.1\r\nHost: x\r\n" + auth + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
			"POST /api/pledges HTTP/1.1\r\nHost: x\r\n" + auth + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
			"POST /api/pledges HTTP/1.1\r\nHost: x\r\n" + auth + "Content-Length: -1\r\n\r\n",
			"GET / HTTP/1.1\r\nHost: x\r\nX: " + strings.Repeat("x", 1<<20) + "\r\n\r\n",
			"GET /?" + strings.Repeat("x", 1<<20) + " HTTP/1.1\r\nHost: x\r\n\r\n",
			"CONNECT evil:80 HTTP/1.1\r\nHost: evil:80\r\n\r\n", "TRACE / HTTP/1.1\r\nHost: x\r\n\r\n", "DELETE /pledges.json HTTP/1.1\r\nHost: x\r\n\r\n",
		} {
			if got := node.raw(t, request); got != "" && !strings.HasPrefix(got, "HTTP/1.1 4") && !strings.HasPrefix(got, "HTTP/1.1 505") && !strings.HasPrefix(got, "HTTP/1.0 4") {
				t.Errorf("%.60q: %s", request, got)
			}
		}
	})

	t.Run("bodies", func(t *testing.T) {
		good := body(1)
		deep := []byte(`{"title":` + strings.Repeat("[", 30_000) + strings.Repeat("]", 30_000) + `}`)
		for name, b := range map[string]struct {
			body   []byte
			status int
		}{
			"nothing":            {nil, 400},
			"bad UTF-8":          {bytes.Replace(good, []byte("We will"), []byte("We w\xffll"), 1), 400},
			"half a surrogate":   {bytes.Replace(good, []byte("We will"), []byte(`\ud800`), 1), 400},
			"UTF-16":             {[]byte("\xff\xfe{\x00}\x00"), 400},
			"a name twice":       {bytes.Replace(good, []byte(`{"title"`), []byte(`{"title": "x", "title"`), 1), 400},
			"two objects":        {append(bytes.Clone(good), good...), 400},
			"an array":           {append(append([]byte("["), good...), ']'), 422},
			"deep":               {deep, 400},
			"override of text":   {bytes.Replace(good, []byte("We will"), []byte("We \u202ewill"), 1), 422},
			"a control":          {bytes.Replace(good, []byte("We will"), []byte(`We\u0000will`), 1), 422},
			"a script as link":   {bytes.Replace(good, []byte(`{"title"`), []byte(`{"links": ["javascript:alert(1)"], "title"`), 1), 422},
			"an unknown value":   {bytes.Replace(good, []byte("planned"), []byte("whatever"), 1), 422},
			"an object as title": {bytes.Replace(good, []byte(`"Pledge number 1"`), []byte(`{}`), 1), 422},
			"too large":          {append(bytes.Clone(good), bytes.Repeat([]byte(" "), 64<<10)...), 413},
		} {
			status, header, text, err := node.send("POST", "/api/pledges", b.body, "Content-Type", "application/json")
			if err != nil || status != b.status || header.Get("Content-Type") != "application/problem+json" {
				t.Errorf("%s: %d, not %d: %s %v", name, status, b.status, text, err)
			}
		}
		for kind, status := range map[string]int{"": 415, "text/plain": 415, "application/json; charset=utf-16": 415, "application/json;;;": 415} {
			if got, _, _, err := node.send("POST", "/api/pledges", good, "Content-Type", kind); err != nil || got != status {
				t.Errorf("type %q: %d %v", kind, got, err)
			}
		}
		if got, _, _, err := node.send("POST", "/api/pledges", good, "Content-Encoding", "gzip"); err != nil || got != 415 {
			t.Error("compressed: ", got, err)
		}
	})

	t.Run("writers", func(t *testing.T) {
		for _, value := range []string{"", "Bearer", "Bearer ", "Bearer x", "Basic " + node.token, node.token, "Bearer " + node.token + "x", "Bearer " + node.token[:len(node.token)-1]} {
			if status, header, _, err := node.send("POST", "/api/pledges", body(1), "Authorization", value); err != nil || status != 401 || header.Get("WWW-Authenticate") == "" {
				t.Errorf("%q: %d %v", value, status, err)
			}
		}
	})

	// Whoever says that much, or sends it without saying how much, is cut off
	// long before it is through.
	t.Run("huge bodies", func(t *testing.T) {
		for _, path := range []string{"/api/pledges", "/api/import", "/pledges.json", "/nowhere"} {
			for _, declared := range []int64{1 << 30, -1} {
				sent := &zeros{left: 1 << 30}
				req, err := http.NewRequest("POST", node.url+path, sent)
				if err != nil {
					t.Fatal(err)
				}
				req.ContentLength = declared
				req.Header.Set("Authorization", "Bearer "+node.token)
				req.Header.Set("Content-Type", map[bool]string{true: "text/csv", false: "application/json"}[path == "/api/import"])
				status, _, _, err := do(req)
				// The connection may be closed while the client still sends.
				if err == nil && status < 400 {
					t.Errorf("%s, declared %d: %d", path, declared, status)
				}
				if most := int64(32 << 20); sent.read() > most {
					t.Errorf("%s, declared %d: %d bytes were taken", path, declared, sent.read())
				}
			}
		}
	})
}

// zeros is a large body.
type zeros struct {
	mu   sync.Mutex
	left int64
	done int64
}

func (z *zeros) Read(b []byte) (int, error) {
	z.mu.Lock()
	defer z.mu.Unlock()
	n := int(min(int64(len(b)), z.left))
	if n == 0 {
		return 0, io.EOF
	}
	clear(b[:n])
	z.left -= int64(n)
	z.done += int64(n)
	return n, nil
}

func (z *zeros) read() int64 {
	z.mu.Lock()
	defer z.mu.Unlock()
	return z.done
}

// Many connections that say nothing, or say it slowly, keep nobody out: there is
// room for far fewer than there are.
func TestIdleAndSlowConnectionsKeepNobodyOut(t *testing.T) {
	t.Parallel()
	idle := size(500, 10_000)
	most := size(100, 2000)
	node := spawn(t, t.TempDir(), "-max-connections", fmt.Sprint(most))
	c := newCrowd(node)
	var conns []net.Conn
	defer func() {
		for _, c := range conns {
			c.Close()
		}
	}()
	for i := range idle {
		conn, err := net.Dial("tcp", strings.TrimPrefix(node.url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		conns = append(conns, conn)
		switch i % 4 {
		case 1: // headers that never end
			io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
		case 2: // waits for its second request
			io.WriteString(conn, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
		case 3: // a part of a request line
			io.WriteString(conn, "GE")
		}
		if i%(idle/10) == 0 {
			c.submit(t, 2, i, i+2, nil)
		}
	}
	if len(c.acked) != 20 {
		t.Errorf("%d pledges were taken", len(c.acked))
	}
	node.waitFor(20)
	// Those that are slow are closed by and by, with nobody else asking.
	slow, err := net.Dial("tcp", strings.TrimPrefix(node.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer slow.Close()
	ended := make(chan error, 1)
	go func() {
		slow.SetReadDeadline(time.Now().Add(deadline))
		_, err := io.Copy(io.Discard, slow)
		ended <- err
	}()
	for i := 0; ; i++ {
		select {
		case err := <-ended:
			var timeout net.Error
			if errors.As(err, &timeout) && timeout.Timeout() {
				t.Error("a client that sends its headers byte by byte is never cut off")
			}
			return
		case <-time.After(100 * time.Millisecond):
			if i == 0 {
				io.WriteString(slow, "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
			}
			io.WriteString(slow, "x")
		}
	}
}

// A body that comes byte by byte is cut off as well.
func TestSlowBodyIsCutOff(t *testing.T) {
	if testing.Short() {
		t.Skip("takes as long as a body may")
	}
	t.Parallel()
	node := spawn(t, t.TempDir())
	conn, err := net.Dial("tcp", strings.TrimPrefix(node.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "POST /api/pledges HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n", node.token)
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			select {
			case <-stop:
				return
			case <-time.After(200 * time.Millisecond):
				io.WriteString(conn, " ")
			}
		}
	})
	conn.SetReadDeadline(time.Now().Add(deadline))
	line, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "HTTP/1.1 408") {
		t.Errorf("%q %v", line, err)
	}
	close(stop)
	wg.Wait()
}

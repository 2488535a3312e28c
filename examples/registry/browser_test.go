package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// driver drives Chromium over W3C WebDriver.
type driver struct{ session string }

func (d driver) call(method, path string, body, value any) error {
	var text bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&text).Encode(body); err != nil {
			return err
		}
	}
	req, err := http.NewRequest(method, d.session+path, &text)
	if err != nil {
		return err
	}
	r, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer r.Body.Close()
	answer, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	if r.StatusCode != http.StatusOK {
		return fmt.Errorf("%s %s: %s", method, path, answer)
	}
	wrapped := struct{ Value any }{value}
	return json.Unmarshal(answer, &wrapped)
}

// openBrowser starts Chromium. Where it isn't installed the test is skipped, and
// fails in CI.
func openBrowser(t *testing.T) driver {
	t.Helper()
	for _, name := range []string{"chromedriver", "chromium"} {
		if _, err := exec.LookPath(name); err != nil {
			if os.Getenv("CI") != "" {
				t.Fatal(err)
			}
			t.Skip(err)
		}
	}
	address := freeAddress(t)
	_, port, _ := strings.Cut(address, ":")
	cmd := exec.Command("chromedriver", "--port="+port)
	cmd.SysProcAttr = dieWithParent()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	d := driver{"http://" + address + "/session"}
	var session struct{ SessionID string }
	eventually(t, "a browser", func() error {
		return d.call("POST", "", map[string]any{"capabilities": map[string]any{"alwaysMatch": map[string]any{
			"goog:chromeOptions": map[string]any{"args": []string{"--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"}},
		}}}, &session)
	})
	d.session += "/" + session.SessionID
	t.Cleanup(func() {
		if err := d.call("DELETE", "", nil, nil); err != nil {
			t.Error(err)
		}
	})
	return d
}

// between passes everything on, and remembers how the stream is asked for and
// whether it has begun afresh.
type between struct {
	*httptest.Server
	mu     sync.Mutex
	asked  []string // cursors of those who open the stream
	afresh int
}

func newBetween(t *testing.T, node string) *between {
	target, err := url.Parse(node)
	if err != nil {
		t.Fatal(err)
	}
	b := new(between)
	proxy := &httputil.ReverseProxy{
		Rewrite:       func(r *httputil.ProxyRequest) { r.SetURL(target) },
		FlushInterval: -1,
		ErrorLog:      log.New(io.Discard, "", 0),
		ModifyResponse: func(r *http.Response) error {
			if r.Request.URL.Path != "/events" {
				return nil
			}
			after := r.Request.Header.Get("Last-Event-ID")
			if after == "" {
				after = r.Request.URL.Query().Get("after")
			}
			b.mu.Lock()
			defer b.mu.Unlock()
			b.asked = append(b.asked, after)
			r.Body = &heard{r.Body, b}
			return nil
		},
	}
	b.Server = httptest.NewServer(proxy)
	t.Cleanup(func() {
		b.CloseClientConnections()
		b.Close()
	})
	return b
}

// heard is a stream that is listened to.
type heard struct {
	io.ReadCloser
	between *between
}

func (h *heard) Read(b []byte) (int, error) {
	n, err := h.ReadCloser.Read(b)
	if bytes.Contains(b[:n], []byte("event: snapshot")) {
		h.between.mu.Lock()
		h.between.afresh++
		h.between.mu.Unlock()
	}
	return n, err
}

func (b *between) cursors() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.asked)
}

// The page that is open shows a pledge without being loaded again, and goes on from
// where it is when its stream is cut.
func TestOpenPageShowsAPledgeThatIsSubmitted(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the widget")
	}
	t.Parallel()
	browser := openBrowser(t)
	node := spawn(t, t.TempDir(), "-widget", "build")
	front := newBetween(t, node.url)
	shows := func(want string) func() error {
		return func() error {
			var text string
			err := browser.call("POST", "/execute/sync", map[string]any{
				"script": "return document.querySelector('gcm-pledges.counter')?.shadowRoot?.textContent ?? ''", "args": []any{},
			}, &text)
			if err == nil && !strings.HasPrefix(strings.TrimSpace(text), want) {
				err = fmt.Errorf("it shows %q", text)
			}
			return err
		}
	}
	// At first without the widget, then with it, by itself.
	if err := browser.call("POST", "/url", map[string]any{"url": front.URL + "/"}, nil); err != nil {
		t.Fatal(err)
	}
	eventually(t, "0", shows("0"))
	if err := browser.call("POST", "/execute/sync", map[string]any{"script": "window.sameOne = true", "args": []any{}}, nil); err != nil {
		t.Fatal(err)
	}
	// One number and a sentence, and no page of zeros, until the first pledge is there.
	rest := func(want bool) {
		t.Helper()
		var shown bool
		if err := browser.call("POST", "/execute/sync", map[string]any{
			"script": "const none = document.querySelector('.none'); return document.querySelector('gcm-pledges.objectives').checkVisibility() && !none", "args": []any{},
		}, &shown); err != nil || shown != want {
			t.Errorf("the rest of the page is shown: %v, want %v (%v)", shown, want, err)
		}
	}
	rest(false)
	for n := range 3 {
		if _, err := node.submit(n); err != nil {
			t.Fatal(err)
		}
		begin := time.Now()
		eventually(t, "counted on the page", shows(fmt.Sprint(n+1)))
		t.Logf("pledge %d was on the page after %s", n, time.Since(begin).Round(10*time.Millisecond))
		opened := len(front.cursors())
		front.CloseClientConnections()
		eventually(t, "the stream is there again", func() error {
			if cursors := front.cursors(); len(cursors) == opened {
				return fmt.Errorf("it was opened after %q", cursors)
			}
			return nil
		})
	}
	marked := regexp.MustCompile(`^[0-9]+-[0-9a-f]{16}$`)
	cursors := front.cursors()
	for i, cursor := range cursors {
		if !marked.MatchString(cursor) {
			t.Errorf("the page asks for what comes after %q", cursors)
		}
		if n, _, _ := strings.Cut(cursor, "-"); i > 0 && n != fmt.Sprint(i) {
			t.Errorf("after pledge %d the page goes on from %q", i, cursor)
		}
	}
	if front.afresh > 0 {
		t.Errorf("the stream has begun afresh %d times, after %q", front.afresh, cursors)
	}
	rest(true)
	var same bool
	if err := browser.call("POST", "/execute/sync", map[string]any{"script": "return window.sameOne === true", "args": []any{}}, &same); err != nil || !same {
		t.Error("the page was loaded again: ", err)
	}
}

package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A record that is restored from a backup and goes on gives its sequences again.
// Neither a reader nor a writer of the lost one takes the new one for it.
func TestRestoredRecordIsToldFromTheOneThatWasLost(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	data, backup := filepath.Join(dir, "data"), filepath.Join(dir, "backup")
	submit := func(n *process, numbers ...int) {
		t.Helper()
		for _, i := range numbers {
			if _, err := n.submit(i); err != nil {
				t.Fatal(err)
			}
		}
	}
	node := spawn(t, data)
	submit(node, 1, 2)
	node.waitFor(2)
	common := node.cursor()
	node.stop()
	if err := os.CopyFS(backup, os.DirFS(data)); err != nil {
		t.Fatal(err)
	}
	node = spawn(t, data)
	submit(node, 3)
	id := map[string]string{}
	status, header, _, err := node.send("PUT", idAddress(t, node, 1), body(11), "If-Match", "*")
	if err != nil || status != 200 {
		t.Fatal(status, err)
	}
	id["lost"] = header.Get("ETag") // 4
	node.waitFor(4)
	lost := node.cursor()
	node.stop()

	if err := os.RemoveAll(data); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(backup, data); err != nil {
		t.Fatal(err)
	}
	node = spawn(t, data)
	submit(node, 5)
	address := idAddress(t, node, 1)
	if status, header, _, err = node.send("PUT", address, body(12), "If-Match", "*"); err != nil || status != 200 || sequenceOf(header.Get("ETag")) != sequenceOf(id["lost"]) {
		t.Fatal(status, header, err)
	}
	submit(node, 6)
	node.waitFor(5)
	first := func(last string) (e event) {
		t.Helper()
		ctx, cancel := context.WithTimeout(t.Context(), deadline)
		defer cancel()
		_ = node.follow(ctx, last, func(got event) bool {
			e = got
			return false
		})
		return e
	}
	for _, seen := range []string{lost, "4", "3"} {
		if e := first(seen); e.kind != "snapshot" || sequenceOf(e.id) != "5" {
			t.Errorf("a reader of %s gets %s %s", seen, e.kind, e.id)
		}
	}
	if status, _, text, err := node.send("PUT", address, body(13), "If-Match", id["lost"]); err != nil || status != 412 {
		t.Errorf("a writer who has read what was lost: %d %s %v", status, text, err)
	}
	if status, _, text, err := node.send("PUT", address, body(13), "If-Match", header.Get("ETag")); err != nil || status != 200 {
		t.Errorf("a writer who has read what is there: %d %s %v", status, text, err)
	}
	// What both have in common goes on: this process has all that came behind it.
	if e := first(common); e.kind != "pledge" || sequenceOf(e.id) != "3" {
		t.Errorf("a reader of %s gets %s %s", common, e.kind, e.id)
	}
}

// idAddress returns the address of a pledge that was submitted with a key.
func idAddress(t *testing.T, n *process, number int) string {
	t.Helper()
	a, err := n.submit(number) // again
	if err != nil {
		t.Fatal(err)
	}
	return "/api/pledges/" + a.ID
}

// HTTP/2 says that there is no content when the request is there already.
func TestLengthOfNothingNeedNotBeKnown(t *testing.T) {
	n := here(t, t.TempDir())
	header, _ := n.must(t, 201, "POST", "/api/pledges", body(1))
	n.waitFor(1)
	server := httptest.NewUnstartedServer(n.handler())
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	ask := func(method, path string) *http.Response {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), method, server.URL+path, io.NopCloser(strings.NewReader("")))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+n.token)
		r.Header.Set("If-Match", "*")
		answer, err := server.Client().Do(r)
		if err != nil || answer.ProtoMajor != 2 {
			t.Fatal(answer, err)
		}
		return answer
	}
	for _, path := range []string{"/pledges.json", "/", "/readyz", "/events", header.Get("Location"), header.Get("Location") + "/revisions"} {
		answer := ask("GET", path)
		if answer.StatusCode != 200 {
			t.Errorf("%s: %s", path, answer.Status)
		}
		if path == "/events" {
			if line, err := bufio.NewReader(answer.Body).ReadString('\n'); err != nil || !strings.HasPrefix(line, "retry: ") {
				t.Errorf("%q %v", line, err)
			}
		}
		answer.Body.Close()
	}
	if answer := ask("POST", header.Get("Location")+"/withdraw"); answer.StatusCode != 200 {
		t.Errorf("withdrawing: %s", answer.Status)
	}
}

package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Neither the page nor what isn't there counts: all rivals have the same.
func TestMeterCountsWhatIsBesideThePage(t *testing.T) {
	m := &meter{dir: t.TempDir(), page: "<!doctype html>", files: map[string][]byte{"counts.csv": []byte("dimension,count\ntotal,158\n")}}
	if err := os.WriteFile(filepath.Join(m.dir, "gcm-pledges.js"), []byte(strings.Repeat("export {};", 500)), 0o644); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer((&line{}).handler(m))
	defer server.Close()
	sent := 0
	for path, want := range map[string]string{"/": "<!doctype html>", "/counts.csv": "total,158\n", "/gcm-pledges.js": "export {};", "/favicon.ico": "404"} {
		answer, err := http.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if err != nil || !strings.HasSuffix(string(body), want) && !strings.HasPrefix(string(body), want) {
			t.Errorf("%s: %q %v", path, body, err)
		}
		sent += len(body)
	}
	if m.requests != 2 || m.bytes == 0 || m.bytes > sent/10 {
		t.Errorf("%d requests, %d bytes of %d", m.requests, m.bytes, sent)
	}
}

// What the element and the iframe read is the view of the same counts.
func TestRivalsShowTheSameNumber(t *testing.T) {
	s, err := snapshot()
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	if err := ours(files, s); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"counter.json", "frame.html"} {
		if !strings.Contains(string(files[name]), "158") {
			t.Errorf("%s: %.200s", name, files[name])
		}
	}
	for _, r := range rivals {
		if !strings.Contains(watchOf(r), r.number) || r.text == "" || r.page == "" {
			t.Errorf("%+v", r)
		}
	}
}

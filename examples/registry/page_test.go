package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWidgetIsServedFromAFolder(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"gcm-pledges.js": "plain", "gcm-pledges.js.br": "brotli", "gcm-pledges.js.gz": "gzip", "gcm-pledges-0.wasm": "wasm", ".hidden": "x", "sub/file": "x", "embed.html": "x",
	} {
		os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755)
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	n := here(t, t.TempDir(), "-widget", dir)
	eventually(t, "there", func() error {
		if _, text := n.must(t, 200, "GET", "/", nil); !bytes.Contains(text, []byte("/widget/gcm-pledges.js")) || !bytes.Contains(text, []byte("/widget/gcm-pledges-room.css")) {
			return fmt.Errorf("no script in the page, or no room")
		}
		return nil
	})
	for coding, want := range map[string]string{"": "plain", "gzip": "gzip", "gzip, br": "brotli", "deflate": "plain", "gzip;q=0.1, BR;q=0": "gzip", "br;q=0.000, brotli": "plain"} {
		for span, status := range map[string]int{"bytes=-0": 416, "bytes=1-2": 206, "bytes=0-0,2-2": 200} {
			header, text := n.must(t, status, "GET", "/widget/gcm-pledges.js", nil, "Accept-Encoding", coding, "Range", span)
			if status == 206 && string(text) != want[1:3] || status == 416 && header.Get("Content-Range") != fmt.Sprintf("bytes */%d", len(want)) {
				t.Errorf("%q of %q: %s %v", span, coding, text, header)
			}
		}
		if header, text := n.must(t, 200, "GET", "/widget/gcm-pledges.js", nil, "Accept-Encoding", coding); string(text) != want || !strings.HasPrefix(header.Get("Content-Type"), "text/javascript") {
			t.Errorf("%q: %s %v", coding, text, header)
		}
	}
	if header, _ := n.must(t, 200, "GET", "/widget/gcm-pledges-0.wasm", nil); header.Get("Content-Type") != "application/wasm" || !strings.Contains(header.Get("Cache-Control"), "immutable") {
		t.Error(header)
	}
	if header, _ := n.must(t, 200, "GET", "/widget/embed.html", nil); header.Get("Content-Security-Policy") != "" {
		t.Error(header)
	}
	for _, path := range []string{"/widget/.hidden", "/widget/sub", "/widget/none.js"} {
		n.must(t, 404, "GET", path, nil)
	}
}

package main

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/wasm/internal/browser"
)

func TestPageHasAsManyElements(t *testing.T) {
	for _, n := range []int{1, 10, 40} {
		if got := strings.Count(elements(n), "<gcm-pledges "); got != n {
			t.Errorf("%d elements, want %d", got, n)
		}
	}
}

func TestThePageIsWhereItsWorkerIs(t *testing.T) {
	thread := func(process int, main bool, name string) browser.Thread {
		return browser.Thread{Process: process, Main: main, Name: name}
	}
	for name, threads := range map[string][]browser.Thread{
		"firefox":  {thread(1, true, "firefox-esr"), thread(1, false, "DOM Worker"), thread(4, true, "Privileged Cont"), thread(4, false, "DOM Worker"), thread(7, true, "Isolated Web Co"), thread(7, false, "DOM Worker"), thread(8, true, "Web Content")},
		"chromium": {thread(1, true, "chromium"), thread(7, true, "chromium"), thread(7, false, "DedicatedWorker")},
	} {
		if got := pageProcess(threads); got != 7 {
			t.Errorf("%s: process %d", name, got)
		}
	}
	if got := pageProcess([]browser.Thread{thread(1, true, "firefox-esr"), thread(1, false, "DOM Worker")}); got != 0 {
		t.Errorf("without a page: process %d", got)
	}
}

func TestSiteServesItsPledges(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "gcm-pledges.js"), []byte("export {};"), 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := newSite(dir, 1000)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	s.show(elements(2))
	get := func(path string) string {
		t.Helper()
		answer, err := http.Get(s.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		body, err := io.ReadAll(answer.Body)
		if err != nil || answer.StatusCode != http.StatusOK {
			t.Fatal(path, answer.Status, err)
		}
		return string(body)
	}
	var r tally.Reader
	if _, err := io.WriteString(&r, get("/pledges/countable.json")); err != nil {
		t.Fatal(err)
	}
	f, err := r.Close()
	if err != nil || f.Index.Len() != 1000 {
		t.Fatal(f, err)
	}
	if answer, err := http.Post(s.URL+"/revise", "", nil); err != nil || answer.StatusCode != http.StatusOK {
		t.Fatal(answer, err)
	}
	if n := s.book.Len(); n != 1001 {
		t.Errorf("%d pledges after one has come in", n)
	}
	if page := get("/"); strings.Count(page, "<gcm-pledges ") != 2 || !strings.Contains(page, "requestAnimationFrame") {
		t.Error(page)
	}
	if script := get("/gcm-pledges.js"); script != "export {};" { // or its hash would be another one
		t.Error(script)
	}
	ask, err := http.NewRequest(http.MethodGet, s.URL+"/gcm-pledges.js", nil)
	if err != nil {
		t.Fatal(err)
	}
	ask.Header.Set("Sec-Fetch-Dest", "worker")
	answer, err := http.DefaultClient.Do(ask)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if script, err := io.ReadAll(answer.Body); err != nil || string(script) != probe+"export {};" {
		t.Error(string(script), err)
	}
	if answer, err := http.Get(s.URL + "/none.js"); err != nil || answer.StatusCode != http.StatusNotFound {
		t.Error(answer, err)
	}
}

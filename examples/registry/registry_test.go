package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gcmkit/gcmkit/pledge/webform"
)

// node is a registry in this process, with the methods of one in another.
type testNode struct {
	*process
	*registry
	log *bytes.Buffer
}

// here starts a registry in this process, which the race detector watches.
func here(t testing.TB, dir string, args ...string) *testNode {
	t.Helper()
	c, err := parse(append([]string{
		"-addr", "127.0.0.1:0", "-admin", "127.0.0.1:0", "-widget", "none", "-data", dir, "-sync", "1s",
		"-rate", "1000000", "-burst", "1000000",
	}, args...), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	n := &testNode{process: &process{t: t, dir: dir}, log: new(bytes.Buffer)}
	c.out, c.log = n.log, slog.New(slog.DiscardHandler)
	ctx, cancel := context.WithCancel(context.Background())
	if n.registry, err = start(ctx, c); err != nil {
		cancel()
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- n.run(ctx) }()
	t.Cleanup(func() {
		cancel()
		select {
		case err := <-ended:
			if err != nil {
				t.Error(err)
			}
		case <-time.After(deadline):
			t.Error("it doesn't stop")
		}
		client.CloseIdleConnections()
	})
	n.process.url = "http://" + n.listener.Addr().String()
	if c.tokens == "" {
		token, err := os.ReadFile(filepath.Join(dir, "token"))
		if err != nil {
			t.Fatal(err)
		}
		n.token = strings.TrimSpace(string(token))
	}
	eventually(t, "ready", func() error { return n.unready() })
	return n
}

func (n *testNode) must(t testing.TB, want int, method, path string, body []byte, headers ...string) (http.Header, []byte) {
	t.Helper()
	status, header, text, err := n.send(method, path, body, headers...)
	if err != nil || status != want {
		t.Fatalf("%s %s: %d, not %d: %s %v", method, path, status, want, text, err)
	}
	return header, text
}

func TestPledgeIsSubmittedRevisedAndWithdrawn(t *testing.T) {
	n := here(t, t.TempDir())
	header, text := n.must(t, 201, "POST", "/api/pledges", body(1))
	address := header.Get("Location")
	first := header.Get("ETag")
	if !strings.HasPrefix(first, `"1-`) || !strings.HasPrefix(address, "/api/pledges/") || !strings.Contains(string(text), `"linked"`) {
		t.Error(header, string(text))
	}
	header, text = n.must(t, 200, "GET", address, nil)
	if header.Get("ETag") != first || !strings.Contains(string(text), "Pledge number 1") {
		t.Error(header, string(text))
	}
	n.must(t, 304, "GET", address, nil, "If-None-Match", first)

	n.must(t, 428, "PUT", address, body(2))
	// A sequence alone may be that of a record from before a backup was restored.
	n.must(t, 412, "PUT", address, body(2), "If-Match", `"1"`)
	n.must(t, 412, "PUT", address, body(2), "If-Match", `"1-00c0ffee00c0ffee"`)
	n.must(t, 412, "PUT", address, body(2), "If-Match", `"9-00c0ffee00c0ffee"`)
	n.must(t, 412, "PUT", address, body(2), "If-Match", "W/"+first)
	header, _ = n.must(t, 200, "PUT", address, body(2), "If-Match", first)
	second := header.Get("ETag")
	if !strings.HasPrefix(second, `"2-`) {
		t.Error(header)
	}
	// Its writer got no answer and sends it again; another one comes too late.
	n.must(t, 200, "PUT", address, body(2), "If-Match", first)
	_, text = n.must(t, 412, "PUT", address, body(3), "If-Match", first)
	if !strings.Contains(string(text), `"sequence": 2`) {
		t.Error(string(text))
	}
	n.must(t, 428, "POST", address+"/withdraw", nil)
	n.must(t, 412, "POST", address+"/withdraw", nil, "If-Match", first)
	n.must(t, 200, "POST", address+"/withdraw", nil, "If-Match", second)
	n.must(t, 200, "POST", address+"/withdraw", nil, "If-Match", second)
	n.must(t, 200, "POST", address+"/withdraw", nil, "If-Match", "*")

	_, text = n.must(t, 200, "GET", address+"/revisions", nil)
	var all []revisionSeen
	if err := json.Unmarshal(text, &all); err != nil || len(all) != 3 || all[0].Action != "submit" || all[1].Action != "revise" || all[2].Action != "withdraw" || all[2].Writer != "first" {
		t.Error(err, string(text))
	}
	if status, _, _, _ := n.get(address+"/revisions", nil); status != 401 {
		t.Error("anybody may know who has written: ", status)
	}
	feed, _ := n.waitFor(3)
	if !bytes.Contains(feed, []byte(`"status":"withdrawn"`)) || bytes.Contains(feed, []byte("first")) {
		t.Error(string(feed))
	}
	for path, status := range map[string]int{
		"/api/pledges/0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6071":           404,
		"/api/pledges/0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6071/revisions": 404,
		"/api/pledges/x": 404, "/api/pledges": 405, "/api/nothing": 404,
	} {
		n.must(t, status, "GET", path, nil)
	}
	n.must(t, 404, "PUT", "/api/pledges/0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6071", body(1), "If-Match", "*")
	other := bytes.Replace(body(1), []byte(`{"title"`), []byte(`{"id": "0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6071", "title"`), 1)
	n.must(t, 422, "PUT", address, other, "If-Match", "*")
	n.must(t, 201, "POST", "/api/pledges", other)
	n.must(t, 409, "POST", "/api/pledges", bytes.Replace(other, []byte("number 1"), []byte("number 2"), 1))
}

type revisionSeen struct {
	Sequence       uint64
	Action, Writer string
}

func TestSubmissionIsStoredOnceForAKey(t *testing.T) {
	n := here(t, t.TempDir())
	one, text := n.must(t, 201, "POST", "/api/pledges", body(1), "Idempotency-Key", "k")
	again, textAgain := n.must(t, 201, "POST", "/api/pledges", body(1), "Idempotency-Key", "k")
	if one.Get("Location") != again.Get("Location") || !bytes.Equal(text, textAgain) {
		t.Errorf("%s and %s", text, textAgain)
	}
	n.must(t, 200, "PUT", one.Get("Location"), body(2), "If-Match", one.Get("ETag"))
	if again, _ = n.must(t, 201, "POST", "/api/pledges", body(1), "Idempotency-Key", "k"); again.Get("ETag") != one.Get("ETag") {
		t.Error(again)
	}
	n.must(t, 409, "POST", "/api/pledges", body(3), "Idempotency-Key", "k")
	n.must(t, 400, "POST", "/api/pledges", body(3), "Idempotency-Key", strings.Repeat("k", 256))
	n.must(t, 201, "POST", "/api/pledges", body(3), "Idempotency-Key", "l")
	n.must(t, 200, "POST", "/api/pledges?dry-run=true", body(4), "Idempotency-Key", "m")
	n.must(t, 400, "POST", "/api/pledges?dry-run=perhaps", body(4))
	n.waitFor(3)
}

func TestProblemsAreInTheWritersLanguage(t *testing.T) {
	n := here(t, t.TempDir())
	english := map[string]bool{}
	for _, test := range [][2]string{
		{"", "en"}, {"¿", "en"}, {"fr-CH, en;q=0.5", "fr"}, {"de, es;q=0.3", "es"}, {"ar", "ar"}, {"zh-Hant-TW", "zh"}, {"ru;q=0.1, de", "ru"},
	} {
		accept, want := test[0], test[1]
		header, text := n.must(t, 422, "POST", "/api/pledges", []byte(`{"title": "ONLY CAPITALS HERE", "objectives": [24], "announced": "soon"}`), "Accept-Language", accept)
		if header.Get("Content-Language") != want || header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%q: %v", accept, header)
		}
		for _, rule := range []string{`"required"`, `"text-capitals"`, `"unknown"`} {
			if !bytes.Contains(text, []byte(rule)) {
				t.Errorf("no %s in %s", rule, text)
			}
		}
		var said struct {
			Detail   string
			Problems []struct{ Rule, Message string }
		}
		if err := json.Unmarshal(text, &said); err != nil {
			t.Fatal(err)
		}
		messages := []string{said.Detail}
		for _, p := range said.Problems {
			messages = append(messages, p.Message)
		}
		for _, m := range messages {
			// What is in English in one of the other languages was said by nobody in it.
			if english[m] && want != "en" || m == "" {
				t.Errorf("%s: %q", want, m)
			}
			if want == "en" {
				english[m] = true
			}
		}
	}
	n.must(t, 200, "GET", "/readyz", nil)
	n.waitFor(0)
}

func TestExportOfTheFormIsImportedOnceHoweverOften(t *testing.T) {
	n := here(t, t.TempDir())
	file, err := os.ReadFile("../import/testdata/export.csv")
	if err != nil {
		t.Fatal(err)
	}
	imports := func(status int, query string, file []byte) (a struct {
		Added, Revised, Unchanged, Refused int
		Stopped                            string
		File                               webform.Report
	}) {
		t.Helper()
		_, text := n.must(t, status, "POST", "/api/import"+query, file, "Content-Type", "text/csv")
		if err := json.Unmarshal(text, &a); err != nil {
			t.Fatal(err)
		}
		return a
	}
	if a := imports(200, "?dry-run=true", file); a.Added != 5 || a.File.Rows != 7 || a.File.Drafts != 1 || a.File.Lost != 1 {
		t.Error(a)
	}
	n.waitFor(0)
	if a := imports(200, "", file); a.Added != 5 || a.Revised+a.Unchanged+a.Refused != 0 {
		t.Error(a)
	}
	if a := imports(200, "", file); a.Unchanged != 5 || a.Added+a.Revised+a.Refused != 0 {
		t.Error(a)
	}
	// Of another source they are other pledges.
	if a := imports(200, "?source=https://example.org/", file); a.Added != 5 {
		t.Error(a)
	}
	n.waitFor(10)
	if a := imports(400, "", []byte("no,labels\n1,2\n")); a.Stopped == "" {
		t.Error(a)
	}
	n.must(t, 415, "POST", "/api/import", file)
	n.must(t, 401, "POST", "/api/import", file, "Content-Type", "text/csv", "Authorization", "Bearer x")
}

func TestLargeImportGoesOnWhereItWasInterrupted(t *testing.T) {
	n := here(t, t.TempDir(), "-write-timeout", "1s")
	const rows = 3000
	var file bytes.Buffer
	fmt.Fprintln(&file, "Submission Number,Completed,Changed,Name of entity submitting the pledge,Pledging entity,Name of the pledge")
	for i := range rows {
		// Every tenth row revises the one before.
		fmt.Fprintf(&file, "%d,2022-05-01 10:00,2022-05-%02d 10:00,Network %d,Civil society,Pledge %d\n", i-i%10/9, 1+i%10, i, i)
	}
	interrupted := make(chan struct{})
	go func() {
		defer close(interrupted)
		for n.replica.Applied() < rows/4 {
			time.Sleep(time.Millisecond)
		}
		if err := n.server.Restart(); err != nil {
			t.Error(err)
		}
	}()
	var a struct{ Added, Revised, Unchanged, Refused int }
	for {
		status, _, text, err := n.send("POST", "/api/import", file.Bytes(), "Content-Type", "text/csv")
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(text, &a); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if status == 200 {
			break
		}
		if status != 503 && status != 507 {
			t.Fatalf("%d: %s", status, text)
		}
	}
	<-interrupted
	if a.Added+a.Revised+a.Unchanged != rows || n.replica.Book().Len() != rows-rows/10 {
		t.Error(a, n.replica.Book().Len())
	}
}

func TestWriterWhoWritesTooOftenIsToldWhenToComeBack(t *testing.T) {
	n := here(t, t.TempDir(), "-rate", "0.01", "-burst", "2")
	n.must(t, 201, "POST", "/api/pledges", body(1))
	n.must(t, 422, "POST", "/api/pledges", []byte("{}"))
	if header, _ := n.must(t, 429, "POST", "/api/pledges", body(2)); header.Get("Retry-After") == "" {
		t.Error(header)
	}
	if status, _, _, err := n.get("/pledges.json", nil); err != nil || status != 200 {
		t.Error(status, err)
	}
}

func TestPageHasTheNumberInItsText(t *testing.T) {
	n := here(t, t.TempDir(), "-title", "Our <pledges>")
	for lang, want := range map[string]string{"en": "No pledges yet.", "fr": "Aucun engagement", "ar": "لا توجد تعهّدات بعد."} {
		if _, text := n.must(t, 200, "GET", "/?lang="+lang, nil); !bytes.Contains(text, []byte(want)) || !bytes.Contains(text, []byte(`class="stack later" hidden`)) {
			t.Errorf("%s: an empty registry says %s", lang, text)
		}
	}
	n.must(t, 201, "POST", "/api/pledges", body(1))
	if _, text := n.must(t, 200, "GET", "/", nil); bytes.Contains(text, []byte("hidden")) || bytes.Contains(text, []byte("page.js")) {
		t.Errorf("one with a pledge says %s", text)
	}
	for lang, want := range map[string]string{"": ">1 pledge to the Global Compact for Migration ·", "xx": ">1 pledge to the Global Compact for Migration ·", "fr": ">1 engagement au titre du Pacte mondial pour les migrations ·", "ar": `dir="rtl"`} {
		header, text := n.must(t, 200, "GET", "/?lang="+lang, nil)
		if !bytes.Contains(text, []byte(want)) || !bytes.Contains(text, []byte("Our &lt;pledges&gt;")) || !strings.Contains(header.Get("Content-Security-Policy"), "require-trusted-types-for") {
			t.Errorf("%s: no %q in %v %s", lang, want, header, text)
		}
	}
	for _, path := range []string{"/style.css", "/page.js", "/icon.svg", "/badge.svg", "/badge.json", "/card.svg", "/counts.csv", "/snapshot.json", "/countable.json", "/healthz"} {
		n.must(t, 200, "GET", path, nil)
	}
	n.must(t, 404, "GET", "/widget/gcm-pledges.js", nil)
}

func TestMetricsAndProfilesAreOnTheirOwnAddress(t *testing.T) {
	n := here(t, t.TempDir())
	n.must(t, 201, "POST", "/api/pledges", body(1))
	n.must(t, 404, "GET", "/metrics", nil)
	n.must(t, 404, "GET", "/debug/pprof/", nil)
	for path, want := range map[string]string{
		"/metrics":      "gcm_applied_sequence 1\n",
		"/debug/pprof/": "goroutine",
	} {
		r, err := client.Get("http://" + n.admin.Addr().String() + path)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r.Body)
		r.Body.Close()
		if err != nil || r.StatusCode != 200 || !bytes.Contains(text, []byte(want)) {
			t.Errorf("%s: %d %v %s", path, r.StatusCode, err, text)
		}
		if path != "/metrics" {
			continue
		}
		for _, want := range []string{
			`gcm_api_request_seconds_count{operation="submit",status="201"} 1`, "gcm_pledges 1\n", "gcm_missing_messages 0\n", "gcm_ready 1\n", "gcm_stream_readers 0\n", "go_goroutines", "process_open_fds",
		} {
			if !bytes.Contains(text, []byte(want)) {
				t.Errorf("no %s", want)
			}
		}
	}
}

func TestFlagsThatCannotBeMeantAreErrors(t *testing.T) {
	for _, args := range [][]string{
		{"x"}, {"-admin", "0.0.0.0:8081"}, {"-admin", ":8081"}, {"-admin", "192.0.2.1:1"}, {"-tls-cert", "x"}, {"-nats", "nats://x", "-cluster", "127.0.0.1:1", "-name", "a"},
		{"-routes", "x:1"}, {"-cluster", "127.0.0.1:6222", "-cluster-secret", "x"}, {"-cluster", "127.0.0.1:6222", "-name", "a"}, {"-cluster", "0.0.0.0:6222", "-name", "a"}, {"-cluster-secret", "x"}, {"-nats-creds", "x"}, {"-replicas", "2"}, {"-rate", "0"}, {"-burst", "0"},
		{"-log", "xml"}, {"-min-free", "-1"}, {"-max-connections", "1"},
	} {
		if _, err := parse(args, io.Discard); err == nil {
			t.Errorf("%q: no error", args)
		}
	}
	short := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(short, []byte("fifteen letters\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"-addr", "nowhere:http"}, {"-tokens", "no such file"}, {"-cluster", "127.0.0.1:x", "-name", "a", "-cluster-secret", filepath.Join(t.TempDir(), "s")},
		{"-cluster", "127.0.0.1:0", "-name", "a", "-cluster-secret", short}} {
		c, err := parse(append([]string{"-addr", "127.0.0.1:0", "-admin", "-", "-data", t.TempDir(), "-widget", "none"}, args...), io.Discard)
		if err != nil {
			t.Fatal(err)
		}
		if r, err := start(t.Context(), c); err == nil {
			r.close()
			t.Errorf("%q: no error", args)
		}
	}
	c, err := parse([]string{"-nats", "nats://a,nats://b,nats://c"}, io.Discard)
	if err != nil || c.replicas != 3 {
		t.Error(c.replicas, err)
	}
}

func TestOnlyOneProcessUsesAFolder(t *testing.T) {
	dir := t.TempDir()
	here(t, dir)
	c, err := parse([]string{"-addr", "127.0.0.1:0", "-admin", "-", "-data", dir, "-widget", "none"}, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if r, err := start(t.Context(), c); err == nil || !strings.Contains(err.Error(), "another process") {
		t.Error(err)
		r.close()
	}
}

func TestFirstStartMakesATokenThatOnlyItsOwnerCanRead(t *testing.T) {
	dir := t.TempDir()
	n := here(t, dir)
	info, err := os.Stat(filepath.Join(dir, "token"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Error(info.Mode(), err)
	}
	if !n.newToken {
		t.Error("nobody was told")
	}
	var out bytes.Buffer
	if err := newToken(config{newToken: "partner"}, &out); err != nil || !strings.Contains(out.String(), "\npartner ") {
		t.Error(out.String(), err)
	}
	for _, what := range []string{"curl", "-cluster", "/api/import", "If-Match"} {
		var help bytes.Buffer
		parse([]string{"-h"}, &help)
		if !strings.Contains(help.String(), what) {
			t.Errorf("-h doesn't explain %s", what)
		}
	}
}

// A reader that has seen more than this node must not be sent back to where the
// node is, unless there is no more.
func TestReaderWhoIsAheadIsNotSentBack(t *testing.T) {
	n := here(t, t.TempDir())
	n.must(t, 201, "POST", "/api/pledges", body(1))
	first := func(after string) (e event) {
		t.Helper()
		ctx, cancel := context.WithTimeout(t.Context(), deadline)
		defer cancel()
		if err := n.follow(ctx, after, func(got event) bool {
			e = got
			return false
		}); ctx.Err() != nil {
			t.Fatal(err)
		}
		return e
	}
	if e := first("7"); e.kind != "snapshot" || sequenceOf(e.id) != "1" {
		t.Errorf("the record ends before, and it gets %+v", e)
	}
	n.server.Stop() // cut off
	if e := first("7"); e.kind != "" {
		t.Errorf("the node is cut off, and it gets %+v", e)
	}
	if e := first(""); e.kind != "snapshot" {
		t.Errorf("a new reader gets %+v", e)
	}
	if err := n.server.Restart(); err != nil {
		t.Fatal(err)
	}
	n.must(t, 201, "POST", "/api/pledges", body(2))
	n.waitFor(2)
	seen := n.cursor()
	n.must(t, 201, "POST", "/api/pledges", body(3))
	if e := first(seen); e.kind != "pledge" || sequenceOf(e.id) != "3" {
		t.Errorf("it gets %+v", e)
	}
}

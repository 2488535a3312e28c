package clients

import (
	"bufio"
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// install installs packages of npm into a folder of the test.
func install(t *testing.T, packages ...string) (dir string) {
	t.Helper()
	need(t, "node")
	need(t, "npm")
	dir = t.TempDir()
	cmd := exec.Command("npm", append([]string{"install", "--prefix", dir, "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=0"}, packages...)...)
	if out, err := cmd.CombinedOutput(); err != nil && os.Getenv("CI") == "" {
		t.Skipf("%v\n%s", err, out)
	} else if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return dir
}

// proxy passes everything on as it comes, and compresses what may be.
const proxy = `
import express from "express";
import compression from "compression";
import http from "node:http";
const app = express();
app.use(compression());
app.use((request, answer) => {
	const onward = http.request(process.argv[2] + request.url, { method: request.method, headers: request.headers }, (got) => {
		answer.writeHead(got.statusCode, got.headers);
		got.pipe(answer);
	});
	answer.on("close", () => onward.destroy());
	request.pipe(onward);
});
const server = app.listen(0, "127.0.0.1", () => console.log(server.address().port));
`

// A proxy that compresses waits until there is enough to compress, so it has to
// leave the stream alone.
func TestStreamComesThroughAProxyThatCompresses(t *testing.T) {
	dir := install(t, "express@5.1.0", "compression@1.8.1")
	script := filepath.Join(dir, "proxy.mjs")
	if err := os.WriteFile(script, []byte(proxy), 0o644); err != nil {
		t.Fatal(err)
	}
	f, url := start(t)
	f.most = 1000
	cmd := exec.CommandContext(t.Context(), "node", script, url)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Wait()
	defer cmd.Process.Kill()
	port, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	ask := func(path string) *http.Response {
		r, err := http.NewRequestWithContext(t.Context(), "GET", "http://127.0.0.1:"+strings.TrimSpace(port)+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept-Encoding", "gzip, deflate, br")
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		return answer
	}
	answer := ask("/events")
	defer answer.Body.Close()
	if answer.StatusCode != 200 || answer.Header.Get("Content-Encoding") != "identity" {
		t.Fatalf("%s %v", answer.Status, answer.Header)
	}
	in := bufio.NewScanner(answer.Body)
	in.Buffer(nil, 1<<20)
	for n := before; n < before+3; n++ {
		for in.Scan() && !strings.HasPrefix(in.Text(), "id: "+strconv.Itoa(n)+"-") {
		}
		if in.Err() != nil {
			t.Fatal(in.Err())
		}
		f.write(t, n+1, n+1) // which comes only once what was there has
	}
	feed := ask("/pledges.json")
	feed.Body.Close()
	if feed.StatusCode != 200 || feed.Header.Get("Content-Encoding") == "" {
		t.Errorf("the feed comes as it is: %s %v", feed.Status, feed.Header)
	}
}

func TestNodePackageFollowsTheStream(t *testing.T) {
	dir := install(t, "eventsource@5.1.5")
	script := filepath.Join(dir, "listen.mjs")
	text := `import { EventSource } from "eventsource";
setInterval(() => {}, 1e6); // which keeps Node alive while the package waits for its next try
const source = new EventSource(process.argv[2]);
const take = (e) => console.log(JSON.stringify({ ID: e.lastEventId, Type: e.type, Data: e.data }));
source.addEventListener("snapshot", take);
source.addEventListener("pledge", take);
`
	if err := os.WriteFile(script, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	f, url := start(t)
	cmd := exec.CommandContext(t.Context(), "node", script, url+"/events")
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Wait()
	defer cmd.Process.Kill()
	var events []got
	for lines := bufio.NewReader(out); len(events) < 1+after; {
		line, err := lines.ReadBytes('\n')
		var e got
		if err == nil {
			err = json.Unmarshal(line, &e)
		}
		if err != nil {
			t.Fatal(err)
		}
		if events = append(events, e); len(events) == 1 {
			go f.write(t, before+1, before+after)
		}
	}
	f.complete(t, events)
}

// curl doesn't come back on its own, but one who reads the last id can.
func TestCurlFollowsTheStream(t *testing.T) {
	need(t, "curl")
	f, url := start(t)
	// It begins before what is written, whatever of that is there already: the
	// entity tag of what it has read says where.
	tag, err := exec.Command("curl", "--silent", "--show-error", "--fail", "--output", os.DevNull, "--write-out", "%header{etag}", url+"/snapshot.json").Output()
	if err != nil {
		t.Fatal(err)
	}
	go f.write(t, before+1, before+after)
	events := []got{{ID: string(tag)}}
	for events[len(events)-1].sequence() != strconv.Itoa(before+after) {
		last := events[len(events)-1].ID
		out, err := exec.Command("curl", "--silent", "--show-error", "--no-buffer", "--fail", "--header", "Last-Event-ID: "+last, url+"/events").Output()
		if err != nil {
			t.Fatal(err, string(out))
		}
		events = append(events, parse(t, string(out))...)
	}
	for i, e := range events[1:] {
		if e.sequence() != strconv.Itoa(before+1+i) || e.Type != "pledge" {
			t.Errorf("%d: %+v", i, e)
		}
	}
	if len(events) != 1+after || f.events.Load() != after {
		t.Errorf("%d events, of %d sent", len(events), f.events.Load())
	}
}

// parse reads whole events as curl has written them.
func parse(t *testing.T, text string) (events []got) {
	for block := range strings.SplitSeq(text, "\n\n") {
		lines := strings.Split(block, "\n")
		if len(lines) != 3 || strings.HasPrefix(lines[0], "retry: ") {
			continue // a heartbeat
		}
		id, ok1 := strings.CutPrefix(lines[0], "id: ")
		kind, ok2 := strings.CutPrefix(lines[1], "event: ")
		data, ok3 := strings.CutPrefix(lines[2], "data: ")
		if !ok1 || !ok2 || !ok3 {
			t.Errorf("%q", block)
		}
		events = append(events, got{id, kind, data})
	}
	return events
}

// What operators do by hand: ask again with a tag, fetch compressed, and go on
// with a download.
func TestCurlFetchesTheFeed(t *testing.T) {
	need(t, "curl")
	_, url := start(t)
	dir := t.TempDir()
	curl := func(args ...string) string {
		cmd := exec.Command("curl", append([]string{"--silent", "--show-error", "--write-out", "%{http_code}"}, args...)...)
		cmd.Dir = dir
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%v: %v", args, err)
		}
		return string(out)
	}
	file := func(name string) []byte {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	address := url + "/pledges.json"
	if s := curl("--output", "whole", "--etag-save", "tag", address); s != "200" {
		t.Error(s)
	}
	if s := curl("--output", "again", "--etag-compare", "tag", address); s != "304" {
		t.Error(s)
	}
	if s := curl("--output", "packed", "--compressed", address); s != "200" || !bytes.Equal(file("packed"), file("whole")) {
		t.Error(s)
	}
	if err := os.WriteFile(filepath.Join(dir, "part"), file("whole")[:100], 0o644); err != nil {
		t.Fatal(err)
	}
	if s := curl("--output", "part", "--continue-at", "-", address); s != "206" || !bytes.Equal(file("part"), file("whole")) {
		t.Error(s)
	}
	if s := curl("--output", "none", "--path-as-is", url+"/../pledges.json"); s != "404" {
		t.Error(s)
	}
	if s := curl("--output", "none", "--request", "PUT", "--data", "{}", address); s != "405" || !bytes.Contains(file("none"), []byte(`"status":405`)) {
		t.Errorf("%s %s", s, file("none"))
	}
}

package feed

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

// isProblem reports whether an answer is a problem that says its own status.
func isProblem(t *testing.T, answer *http.Response, body string) bool {
	t.Helper()
	var p problem
	if answer.Header.Get("Content-Type") != "application/problem+json" || answer.Header.Get("Cache-Control") != "no-store" || answer.Header.Get("ETag") != "" {
		return false
	}
	if answer.Request != nil && answer.Request.Method == "HEAD" || body == "" {
		return answer.ContentLength > 0
	}
	err := json.Unmarshal([]byte(body), &p)
	return err == nil && p.Status == answer.StatusCode && p.Title == http.StatusText(p.Status) && p.Detail != "" && answer.Header.Get("Content-Length") == strconv.Itoa(len(body))
}

func TestEveryResourceIsServedToEveryOrigin(t *testing.T) {
	s := newServer(t, 30, Options{})
	for resource := range Resources() {
		if !resource.Plain() {
			continue
		}
		answer, body := ask(t, s, "GET", "/"+string(resource))
		h := answer.Header
		if answer.StatusCode != 200 || body == "" || h.Get("Content-Length") != strconv.Itoa(len(body)) {
			t.Fatalf("%q: %s, %v", resource, answer.Status, h)
		}
		if h.Get("ETag") == "" || strings.HasPrefix(h.Get("ETag"), "W/") || !strings.HasPrefix(h.Get("ETag"), `"30-`) {
			t.Errorf("%q: the tag is %s", resource, h.Get("ETag"))
		}
		if h.Get("Cache-Control") != "public, max-age=10, stale-while-revalidate=10, stale-if-error=86400" || h.Get("Vary") != "Accept-Encoding" || h.Get("Accept-Ranges") != "bytes" {
			t.Errorf("%q: %v", resource, h)
		}
		if strings.HasSuffix(string(resource), ".json") && !json.Valid([]byte(body)) {
			t.Errorf("%q isn't JSON: %s", resource, body)
		}
		head, none := ask(t, s, "HEAD", "/"+string(resource))
		if head.StatusCode != 200 || none != "" || !equalHeaders(head.Header, h) {
			t.Errorf("%q: HEAD has %v, and GET %v", resource, head.Header, h)
		}
		again, none := ask(t, s, "GET", "/"+string(resource), "If-None-Match", h.Get("ETag"))
		if again.StatusCode != 304 || none != "" || again.Header.Get("ETag") != h.Get("ETag") || again.Header.Get("Cache-Control") != h.Get("Cache-Control") || again.Header.Get("Vary") != h.Get("Vary") {
			t.Errorf("%q: %s, %v", resource, again.Status, again.Header)
		}
		for _, answer := range []*http.Response{answer, head, again} {
			if answer.Header.Get("Access-Control-Allow-Origin") != "*" || !strings.Contains(answer.Header.Get("Access-Control-Expose-Headers"), "ETag") || answer.Header.Get("X-Content-Type-Options") != "nosniff" {
				t.Errorf("%q: %v", resource, answer.Header)
			}
		}
		s.Handler(resource) // mounted on its own it is the same
		if alone, same := ask(t, s.Handler(resource), "GET", "/somewhere/else"); alone.StatusCode != 200 || same != body {
			t.Errorf("%q alone: %s", resource, alone.Status)
		}
	}
}

func equalHeaders(a, b http.Header) bool {
	for name := range a {
		if !slices.Equal(a[name], b[name]) {
			return false
		}
	}
	return len(a) == len(b)
}

// The rules of RFC 9110 that matter to who reads a feed.
func TestConditionsRangesAndNegotiation(t *testing.T) {
	s := newServer(t, 30, Options{})
	whole, body := ask(t, s, "GET", "/pledges.json")
	tag, size := whole.Header.Get("ETag"), strconv.Itoa(len(body))
	zipped, _ := ask(t, s, "GET", "/pledges.json", "Accept-Encoding", "gzip")
	tagGzip := zipped.Header.Get("ETag")
	if tagGzip == tag || zipped.Header.Get("Content-Encoding") != "gzip" {
		t.Fatal(zipped.Header)
	}
	for _, test := range []struct {
		name    string
		method  string
		headers []string
		status  int
		want    string // of the body, or Content-Range, where it isn't the whole
	}{
		{"no condition", "GET", nil, 200, ""},
		{"the tag of another", "GET", []string{"If-None-Match", `"x"`}, 200, ""},
		{"one of several tags", "GET", []string{"If-None-Match", `"x", ` + tag}, 304, ""},
		{"tags in several fields", "GET", []string{"If-None-Match", `"x"`, "If-None-Match", tag}, 304, ""},
		{"a weak tag, which compares weakly", "GET", []string{"If-None-Match", "W/" + tag}, 304, ""},
		{"any tag", "GET", []string{"If-None-Match", "*"}, 304, ""},
		{"any tag, for HEAD", "HEAD", []string{"If-None-Match", "*"}, 304, ""},
		{"the tag of another coding", "GET", []string{"If-None-Match", tagGzip}, 200, ""},
		{"the tag of the coding", "GET", []string{"Accept-Encoding", "gzip", "If-None-Match", tagGzip}, 304, ""},
		{"a tag without quotes", "GET", []string{"If-None-Match", strings.Trim(tag, `"`)}, 200, ""},
		{"a date, of which nothing is known", "GET", []string{"If-Modified-Since", "Fri, 20 May 2022 00:00:00 GMT"}, 200, ""},
		{"what must be there is", "GET", []string{"If-Match", tag}, 200, ""},
		{"what must be there isn't", "GET", []string{"If-Match", `"x"`}, 412, ""},
		{"what must be there isn't, for HEAD", "HEAD", []string{"If-Match", `"x"`}, 412, ""},
		{"a weak tag never matches strongly", "GET", []string{"If-Match", "W/" + tag}, 412, ""},
		{"If-Match comes first", "GET", []string{"If-Match", `"x"`, "If-None-Match", tag}, 412, ""},
		{"both hold", "GET", []string{"If-Match", tag, "If-None-Match", tag}, 304, ""},

		{"the first bytes", "GET", []string{"Range", "bytes=0-9"}, 206, "bytes 0-9/" + size},
		{"the last bytes", "GET", []string{"Range", "bytes=-10"}, 206, "bytes " + strconv.Itoa(len(body)-10) + "-" + strconv.Itoa(len(body)-1) + "/" + size},
		{"the rest", "GET", []string{"Range", "bytes=7-"}, 206, "bytes 7-" + strconv.Itoa(len(body)-1) + "/" + size},
		{"more than there is", "GET", []string{"Range", "bytes=0-99999999"}, 206, "bytes 0-" + strconv.Itoa(len(body)-1) + "/" + size},
		{"behind the end", "GET", []string{"Range", "bytes=99999999-"}, 416, "bytes */" + size},
		{"a suffix of no bytes", "GET", []string{"Range", "bytes=-0"}, 416, "bytes */" + size},
		{"more than any number", "GET", []string{"Range", "bytes=7-99999999999999999999"}, 206, "bytes 7-" + strconv.Itoa(len(body)-1) + "/" + size},
		{"a list of tags for If-Match", "GET", []string{"If-Match", `"x", ` + tag}, 200, ""},
		{"in capitals", "GET", []string{"Range", "BYTES=0-9"}, 206, "bytes 0-9/" + size},
		{"the same bytes", "GET", []string{"Range", "bytes=0-9", "If-Range", tag}, 206, "bytes 0-9/" + size},
		{"the bytes of another", "GET", []string{"Range", "bytes=0-9", "If-Range", `"x"`}, 200, ""},
		{"a weak tag says nothing of bytes", "GET", []string{"Range", "bytes=0-9", "If-Range", "W/" + tag}, 200, ""},
		{"bytes of a coding", "GET", []string{"Range", "bytes=0-9", "If-Range", tagGzip, "Accept-Encoding", "gzip"}, 206, "bytes 0-9/" + zipped.Header.Get("Content-Length")},
		{"bytes of another coding", "GET", []string{"Range", "bytes=0-9", "If-Range", tagGzip}, 200, ""},
		{"nothing new, and no range of it", "GET", []string{"Range", "bytes=0-9", "If-None-Match", tag}, 304, ""},
		{"several ranges, which may be passed over", "GET", []string{"Range", "bytes=0-1,4-5"}, 200, ""},
		{"several fields", "GET", []string{"Range", "bytes=0-1", "Range", "bytes=4-5"}, 200, ""},
		{"an unknown unit", "GET", []string{"Range", "lines=0-9"}, 200, ""},
		{"no range", "GET", []string{"Range", "bytes=x"}, 200, ""},
		{"a range backwards", "GET", []string{"Range", "bytes=9-0"}, 200, ""},
		{"of HEAD there is no range", "HEAD", []string{"Range", "bytes=0-9"}, 200, ""},

		{"the type", "GET", []string{"Accept", "application/json"}, 200, ""},
		{"the kind of type", "GET", []string{"Accept", "text/html, application/*;q=0.1"}, 200, ""},
		{"what a browser sends", "GET", []string{"Accept", "text/html,application/xhtml+xml,*/*;q=0.8"}, 200, ""},
		{"another type", "GET", []string{"Accept", "text/html"}, 406, ""},
		{"anything but the type", "GET", []string{"Accept", "*/*, application/json;q=0"}, 406, ""},
		{"no coding at all", "GET", []string{"Accept-Encoding", "identity;q=0"}, 406, ""},
		{"an unknown coding", "GET", []string{"Accept-Encoding", "zstd"}, 200, ""},
		{"other methods", "POST", nil, 405, ""},
		{"methods that nobody knows", "BREW", nil, 405, ""},
		{"DELETE", "DELETE", []string{"If-Match", tag}, 405, ""},
	} {
		answer, got := ask(t, s, test.method, "/pledges.json", test.headers...)
		if answer.StatusCode != test.status {
			t.Errorf("%s: %s, want %d", test.name, answer.Status, test.status)
			continue
		}
		if answer.Header.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s: other origins can't read this", test.name)
		}
		switch test.status {
		case 200:
			if want := body; test.method == "GET" && got != want || test.method == "HEAD" && (got != "" || answer.Header.Get("Content-Length") != size) {
				t.Errorf("%s: %d bytes", test.name, len(got))
			}
		case 206, 416:
			if answer.Header.Get("Content-Range") != test.want {
				t.Errorf("%s: Content-Range is %q, want %q", test.name, answer.Header.Get("Content-Range"), test.want)
			}
		}
		if test.status >= 400 && !isProblem(t, answer, got) {
			t.Errorf("%s: %v %s", test.name, answer.Header, got)
		}
		if test.status == 405 && answer.Header.Get("Allow") != "GET, HEAD, OPTIONS" {
			t.Errorf("%s: Allow is %q", test.name, answer.Header.Get("Allow"))
		}
	}
}

func TestBytesOfARangeAreThoseOfTheWhole(t *testing.T) {
	s := newServer(t, 30, Options{})
	for _, accept := range []string{"", "gzip", "br"} {
		whole, body := ask(t, s, "GET", "/countable.json", "Accept-Encoding", accept)
		for _, span := range [][2]int{{0, 1}, {5, 200}, {len(body) - 3, len(body) - 1}} {
			field := "bytes=" + strconv.Itoa(span[0]) + "-" + strconv.Itoa(span[1])
			part, got := ask(t, s, "GET", "/countable.json", "Accept-Encoding", accept, "Range", field)
			if part.StatusCode != 206 || got != body[span[0]:span[1]+1] || part.Header.Get("ETag") != whole.Header.Get("ETag") || part.Header.Get("Content-Encoding") != accept {
				t.Errorf("%q %s: %s, %d bytes", accept, field, part.Status, len(got))
			}
		}
	}
}

func TestCodingsHoldTheSameBytes(t *testing.T) {
	s := newServer(t, 400, Options{})
	if _, body := ask(t, s, "GET", "/pledges.json"); len(body) < large {
		t.Fatalf("%d bytes", len(body))
	}
	for _, path := range []string{"/pledges.json", "/countable.json", "/snapshot.json?region=africa", "/counts.csv", "/card.svg?view=objectives", "/pledges.json", "/counts.json"} {
		_, plain := ask(t, s, "GET", path)
		for name, reader := range map[string]func(io.Reader) (io.Reader, error){
			"gzip": func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
			"br":   func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil },
		} {
			answer, body := ask(t, s, "GET", path, "Accept-Encoding", name)
			r, err := reader(strings.NewReader(body))
			if err != nil {
				t.Fatal(path, name, err)
			}
			unpacked, err := io.ReadAll(r)
			if err != nil || string(unpacked) != plain || len(body) >= len(plain) || answer.Header.Get("Content-Length") != strconv.Itoa(len(body)) {
				t.Errorf("%s in %s: %v, %d bytes of %d", path, name, err, len(body), len(plain))
			}
		}
	}
}

func TestBrowsersMayAskFromOtherOrigins(t *testing.T) {
	s := newServer(t, 1, Options{})
	for _, path := range []string{"/", "/pledges.json", "/events"} {
		answer, body := ask(t, s, "OPTIONS", path, "Origin", "https://partner.example", "Access-Control-Request-Method", "GET", "Access-Control-Request-Headers", "last-event-id")
		h := answer.Header
		if answer.StatusCode != 204 || body != "" || h.Get("Access-Control-Allow-Origin") != "*" || h.Get("Access-Control-Allow-Methods") != "GET, HEAD, OPTIONS" || !strings.Contains(h.Get("Access-Control-Allow-Headers"), "Last-Event-ID") || !strings.HasPrefix(h.Get("Access-Control-Allow-Headers"), "*, Authorization, ") {
			t.Errorf("%s: %s, %v", path, answer.Status, h)
		}
	}
}

func TestWhatMeansNothingIsAnError(t *testing.T) {
	s := newServer(t, 3, Options{})
	for _, test := range []struct {
		path   string
		status int
		name   string
	}{
		{"/snapshot.json?regoin=africa", 400, "regoin"},
		{"/snapshot.json?region=atlantis", 400, "region"},
		{"/snapshot.json?region=africa&region=asia", 400, "region"},
		{"/snapshot.json?objective=24", 400, "objective"},
		{"/snapshot.json?objective=%ff", 400, "objective"},
		{"/snapshot.json?topic=%ff", 400, "topic"},
		{"/snapshot.json?theme=climate", 400, "theme"},
		{"/snapshot.json?lang=fr", 400, "lang"},
		{"/snapshot.json?Region=africa", 400, "Region"},
		{"/snapshot.json?regions=africa", 400, "regions"},
		{"/snapshot.json?objectve=7", 400, "objectve"},
		{"/snapshot.json?utm_source=x&stste=DEU", 400, "stste"},
		{"/snapshot.json?region=africa;objective=7", 400, "region"},
		{"/snapshot.json?x=1;objective=7", 400, "objective"},
		{"/snapshot.json?region=%zz", 400, "region"},
		{"/snapshot.json?topic=" + strings.Repeat("x", 5000), 414, ""},
		{"/pledges.json?region=africa", 400, "region"},
		{"/counts.csv?lang=de", 400, "lang"},
		{"/counts.csv?lang=%00", 400, "lang"},
		{"/card.svg?view=pie", 400, "view"},
		{"/view.json?view=pie", 400, "view"},
		{"/view.json?size=huge", 400, "size"},
		{"/view.json?sort=name", 400, "sort"},
		{"/snapshot.json?sort=most", 400, "sort"},
		{"/view.json?theme=dark", 400, "theme"},
		{"/view.json?lang=de", 400, "lang"},
		{"/card.svg?theme=climate", 400, "theme"}, // of a card it is the colours
		{"/events?after=-1", 400, "after"},
		{"/events?after=99999999999999999999", 400, "after"},
		{"/events?after=18446744073709551616", 400, "after"},
		{"/events?after=+1", 400, "after"},
		{"/events?after=1-2", 400, "after"},
		{"/events?after=1-0123456789abcdeg", 400, "after"},
		{"/nothing", 404, ""},
		{"/pledges.json/", 404, ""},
		{"/PLEDGES.JSON", 404, ""},
		{"//pledges.json", 404, ""},
		{"/../pledges.json", 404, ""},
		{"/%2e%2e/pledges.json", 404, ""},
		{"/pledges.json%00", 404, ""},
	} {
		answer, body := ask(t, s, "GET", test.path)
		var p problem
		json.Unmarshal([]byte(body), &p)
		if answer.StatusCode != test.status || !isProblem(t, answer, body) || p.Name != test.name || answer.Header.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%.60s: %s %s", test.path, answer.Status, body)
		}
	}
}

// Whatever others append to an address, the answer is the same.
func TestWhatOthersAppendIsPassedOver(t *testing.T) {
	s := newServer(t, 3, Options{})
	appended := []string{
		"fbclid=IwAR0x", "gclid=a", "utm_source=x&utm_medium=y&utm_campaign=100%", "v=2", "_=1650000000000", "lastEventId=7", "%zz", "a;b", "fbclid=1&fbclid=2", "=", "&&",
		"x=%ff", "cb=1;2", "ref=" + strings.Repeat("x", 2000),
	}
	for _, path := range []string{"/snapshot.json?region=africa", "/pledges.json?", "/counts.csv?lang=fr", "/card.svg?view=objectives", "/badge.svg?"} {
		want, body := ask(t, s, "GET", path)
		for _, extra := range appended {
			for _, address := range []string{path + "&" + extra, strings.Replace(path, "?", "?"+extra+"&", 1)} {
				if answer, got := ask(t, s, "GET", address); answer.StatusCode != 200 || got != body || !equalHeaders(answer.Header, want.Header) {
					t.Errorf("%.80s: %s", address, answer.Status)
				}
			}
		}
	}
	if st := s.Stats(); st.Rendered != 5 {
		t.Errorf("%d answers were rendered, and others taken from the cache", st.Rendered)
	}
	if answer, _ := ask(t, s, "HEAD", "/events?lastEventId=7&fbclid=x"); answer.StatusCode != 200 {
		t.Error(answer.Status)
	}
}

// Every filter of the library is a parameter, and nothing else is.
func TestParametersAreTheNamesOfAQuery(t *testing.T) {
	values := map[string]string{
		"objective": "7", "principle": "child-sensitive", "region": "africa", "state": "DEU", "implementing": "KEN", "category": "member-state",
		"type": "individual", "nature": "financial", "status": "planned", "reported": "fulfilled", "evidence": "confirmed", "mirror": "true", "topic": "climate,data", "withdrawn": "true",
		"since": "2022", "until": "2026-05-08",
	}
	q, err := tally.ParseQuery(func(name string) string { return values[name] })
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for name := range q.All() {
		names = append(names, name)
	}
	names = slices.Insert(names, len(names)-1, "forum") // which stands for since and until
	if !slices.Equal(names, queryNames) {
		t.Errorf("the query has %v, and requests %v", names, queryNames)
	}
	s := newServer(t, 3, Options{})
	for name, value := range values {
		if answer, body := ask(t, s, "GET", "/snapshot.json?"+name+"="+value); answer.StatusCode != 200 || !strings.Contains(body, `"query":{"`+name+`":"`+value+`"`) {
			t.Errorf("%s: %s %s", name, answer.Status, body)
		}
	}
}

func TestPicturesAreThoseOfTheWidget(t *testing.T) {
	s := newServer(t, 30, Options{})
	_, text := ask(t, s, "GET", "/snapshot.json?region=africa")
	var r tally.Reader
	r.Write([]byte(text))
	read, err := r.Close()
	if err != nil {
		t.Fatal(err)
	}
	q, _ := tally.ParseQuery(func(name string) string { return map[string]string{"region": "africa"}[name] })
	snapshot, err := read.Snapshot(q)
	if err != nil {
		t.Fatal(err)
	}
	lang := request{language: 2} // French
	show := func(k view.Kind) *view.View {
		v, err := view.Render(snapshot, view.Options{View: k, Language: lang.language})
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for path, want := range map[string][]byte{
		"/badge.svg?lang=fr&region=africa":                           view.BadgeOf(show(view.Counter)).AppendSVG(nil),
		"/badge.json?lang=fr&region=africa":                          view.BadgeOf(show(view.Counter)).AppendJSON(nil, 10),
		"/card.svg?lang=fr&region=africa&view=objectives&theme=dark": view.AppendCard(nil, show(view.Objectives), view.Dark),
	} {
		answer, got := ask(t, s, "GET", path, "Accept", "image/avif,image/webp,*/*;q=0.8")
		if answer.StatusCode != 200 || !bytes.Equal([]byte(got), want) {
			t.Errorf("%s: %s\ngot  %s\nwant %s", path, answer.Status, got, want)
		}
		if strings.Contains(path, ".svg") && answer.Header.Get("Content-Security-Policy") != picturePolicy {
			t.Errorf("%s: no policy", path)
		}
	}
}

func TestServerIsMountedWhereOneLikes(t *testing.T) {
	s := newServer(t, 3, Options{})
	for _, path := range []string{"/", "/pledges", "/a/b/"} {
		mux := http.NewServeMux()
		s.Register(mux, path)
		prefix := strings.TrimSuffix(path, "/")
		if answer, body := ask(t, mux, "GET", prefix+"/counts.csv"); answer.StatusCode != 200 || !strings.HasPrefix(body, "dimension,") {
			t.Errorf("%s: %s", path, answer.Status)
		}
		if answer, body := ask(t, mux, "GET", prefix+"/"); answer.StatusCode != 200 || !strings.Contains(body, `"href": "events"`) {
			t.Errorf("%s: %s", path, answer.Status)
		}
		if answer, body := ask(t, mux, "GET", prefix+"/none"); answer.StatusCode != 404 || !isProblem(t, answer, body) {
			t.Errorf("%s: %s", path, answer.Status)
		}
	}
}

func TestCachesAskEachTimeIfToldSo(t *testing.T) {
	s := newServer(t, 3, Options{MaxAge: -1})
	if answer, _ := ask(t, s, "GET", "/pledges.json"); answer.Header.Get("Cache-Control") != "public, no-cache" {
		t.Error(answer.Header)
	}
}

// Who asks for what can't be is told what can; and all of that can be.
func TestWrongValueIsAnsweredWithThoseThereAre(t *testing.T) {
	s := newServer(t, 3, Options{})
	for path, names := range map[string][]string{
		"/view.json": append(slices.Clone(queryNames), "lang", "view", "size", "sort"),
		"/card.svg":  {"theme"},
	} {
		for _, name := range names {
			if name == "topic" || name == "since" || name == "until" { // any text, any date
				continue
			}
			answer, body := ask(t, s, "GET", path+"?"+name+"=nonsense")
			var p problem
			if err := json.Unmarshal([]byte(body), &p); err != nil || answer.StatusCode != 400 || p.Name != name || len(p.Values) < 2 || !strings.HasPrefix(p.Detail, `"nonsense" is not a value of `+name) {
				t.Errorf("%s: %s %s", name, answer.Status, body)
				continue
			}
			last := p.Values[len(p.Values)-1]
			if len(p.Values) < 20 && !strings.Contains(p.Detail, ", "+last) {
				t.Errorf("%s: %s", name, p.Detail)
			}
			for _, value := range []string{p.Values[0], last} {
				if answer, body := ask(t, s, "GET", path+"?"+name+"="+value); answer.StatusCode != 200 {
					t.Errorf("%s=%s: %s", name, value, body)
				}
			}
		}
	}
	for path, want := range map[string]string{
		"/snapshot.json?regoin=africa": `there is no parameter "regoin" here; there are objective, principle, region`,
		"/pledges.json?region=africa":  `there is no parameter "region" here; there is none`,
	} {
		if _, body := ask(t, s, "GET", path); !strings.Contains(strings.ReplaceAll(body, `\"`, `"`), want) {
			t.Errorf("%s: %s", path, body)
		}
	}
}

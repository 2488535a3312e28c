package main

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/examples/internal/site"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/wasm/build/bundle"
)

// clock tells the time of two days after the illustrative numbers.
func clock() gcm.Instant { return gcm.InstantOfUnix(1_653_177_600, 0) }

// get asks a server that shows a feed, without a widget.
func get(t *testing.T, feed, path, ifNoneMatch string) (*http.Response, string) {
	t.Helper()
	s := server{open: opener(feed), now: clock, refresh: 10}
	r := httptest.NewRequest("GET", path, nil)
	r.Header.Set("If-None-Match", ifNoneMatch)
	w := httptest.NewRecorder()
	s.handler(t.TempDir(), &bundle.Result{}).ServeHTTP(w, r)
	answer := w.Result()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, string(body)
}

func TestPageShowsItsNumbersWithoutScripts(t *testing.T) {
	for lang, want := range map[string]string{
		"": "158 pledges", "xx": "158 pledges", "fr": "158 engagements", "es": "158 compromisos",
		"ar": "158 تعهّداً", "ru": "158 обязательств", "zh": "《移民问题全球契约》下的158项承诺",
	} {
		r, body := get(t, "", "/?lang="+lang, "")
		if r.StatusCode != 200 || r.Header.Get("Content-Security-Policy") != site.Policy {
			t.Errorf("%s: %s, policy %q", lang, r.Status, r.Header.Get("Content-Security-Policy"))
		}
		for _, view := range views {
			_, element, _ := strings.Cut(body, `<gcm-pledges src="pledges.json" view="`+view.String()+`"`)
			element, _, found := strings.Cut(element, "</gcm-pledges>")
			shadow, text, hasShadow := strings.Cut(element, "</template>")
			if !found || !hasShadow || !strings.Contains(shadow, `<strong part="number">158</strong>`) || !strings.HasPrefix(text, want) {
				t.Errorf("%s: the element %v is %s", lang, view, element)
			}
			if !strings.Contains(shadow, `<link rel="stylesheet" href="gcm-pledges.css">`) || !strings.Contains(shadow, `part="illustrative"`) ||
				!strings.Contains(shadow, `part="fresh fresh-current"`) {
				t.Errorf("%s: in the shadow root of %v: %s", lang, view, shadow)
			}
		}
		if strings.Count(body, "<script") != 1 || strings.Contains(body, "style=") || strings.Contains(body, "<style") {
			t.Errorf("%s: what the policy forbids is in\n%s", lang, body)
		}
	}
}

func TestFilterOfTheAddressIsThatOfTheElements(t *testing.T) {
	var feed struct {
		Pledges []struct {
			Status     string
			Objectives []int
		}
	}
	if err := json.Unmarshal(data.Reference(), &feed); err != nil {
		t.Fatal(err)
	}
	want := 0
	for _, p := range feed.Pledges {
		for _, o := range p.Objectives {
			if o == 7 && p.Status == "fulfilled" {
				want++
			}
		}
	}
	r, body := get(t, "", "/?lang=fr&objective=7&status=fulfilled", "")
	if r.StatusCode != 200 || strings.Count(body, ` objective="7" status="fulfilled" lang="fr"`) != len(views) {
		t.Errorf("%s\n%s", r.Status, body)
	}
	if n := strings.Count(body, `<strong part="number">`+strconv.Itoa(want)+`</strong>`); want == 0 || want == 158 || n != len(views) {
		t.Errorf("%d times %d in\n%s", n, want, body)
	}
	for _, link := range []string{
		`href="/?lang=ar&amp;objective=7&amp;status=fulfilled"`,
		`href="/?lang=fr&amp;objective=7&amp;region=africa&amp;status=fulfilled">Afrique`,
	} {
		if !strings.Contains(body, link) {
			t.Errorf("no link %s in\n%s", link, body)
		}
	}
	if _, body := get(t, "", "/?region=africa", ""); !strings.Contains(body, `href="/?lang=en" aria-current="true">Africa`) {
		t.Errorf("no link takes the choice back:\n%s", body)
	}
}

func TestWrongFiltersAndFeedsAreErrors(t *testing.T) {
	file := filepath.Join(t.TempDir(), "pledges.json")
	if err := os.WriteFile(file, []byte("<html>"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		feed, path string
		status     int
	}{
		{"", "/?region=atlantis", 400},
		{"", "/?topic=%00", 400},
		{"", "/?topic=climate", 200},
		{file, "/", 503},
		{file + "x", "/", 503},
		{file + "x", "/pledges.json", 503},
		{"", "/other", 404},
	} {
		if r, body := get(t, test.feed, test.path, ""); r.StatusCode != test.status || strings.Contains(body, "<script>") {
			t.Errorf("%s: %s, want %d\n%s", test.path, r.Status, test.status, body)
		}
	}
}

func TestPageIsSentOnceUntilItChanges(t *testing.T) {
	for _, path := range []string{"/", "/pledges.json", "/style.css", "/icon.svg"} {
		first, _ := get(t, "", path, "")
		if again, _ := get(t, "", path, first.Header.Get("ETag")); first.StatusCode != 200 || again.StatusCode != 304 {
			t.Errorf("%s: %s, and then %s", path, first.Status, again.Status)
		}
	}
}

func TestWidgetIsServedAsItWasBuilt(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a-1.wasm"), []byte("\x00asm"), 0o644); err != nil {
		t.Fatal(err)
	}
	s := server{open: func() (io.ReadCloser, error) { return nil, errors.New("no feed") }}
	h := s.handler(dir, &bundle.Result{Files: []bundle.File{{Name: "a-1.wasm"}}})
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/a-1.wasm", nil))
	if w.Body.String() != "\x00asm" || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("%v %q", w.Header(), w.Body)
	}
}

func TestWrongArgumentsAreErrors(t *testing.T) {
	for _, args := range [][]string{{"x"}, {"-feed", "no such file"}, {"-addr", "nowhere:http"}} {
		if err := run(t.Context(), append([]string{"-addr", "127.0.0.1:0"}, args...)); err == nil {
			t.Errorf("%q: no error", args)
		}
	}
}

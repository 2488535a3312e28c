package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/examples/internal/site"
	"github.com/gcmkit/gcmkit/wasm/build/bundle"
)

// serveSite serves the page with a feed file, without a widget.
func serveSite(t *testing.T) (url, feed string) {
	t.Helper()
	feed = filepath.Join(t.TempDir(), "pledges.json")
	if err := os.WriteFile(feed, data.Published(), 0o644); err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(handler(feed, "", &bundle.Result{}, []byte("// react"), 2))
	t.Cleanup(s.Close)
	return s.URL, feed
}

func get(t *testing.T, url, ifNoneMatch string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequest("GET", url, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("If-None-Match", ifNoneMatch)
	r, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r, string(body)
}

func TestPageHasItsNumbersInEveryLanguage(t *testing.T) {
	url, _ := serveSite(t)
	for lang, want := range map[string]string{
		"":   ">20 pledges to the Global Compact for Migration · Latest change: October 10, 2023<",
		"xx": ">20 pledges to the Global Compact for Migration · ",
		"fr": ">20 engagements au titre du Pacte mondial pour les migrations · ",
		"es": ">20 compromisos en el marco del Pacto Mundial para la Migración · ",
		"ar": `dir="rtl"`,
		"ru": ">20 обязательств по Глобальному договору о миграции · ",
		"zh": ">《移民问题全球契约》下的20项承诺 · ",
	} {
		r, body := get(t, url+"/?lang="+lang, "")
		if r.StatusCode != 200 || !strings.Contains(body, want) {
			t.Errorf("%s: %d, no %q in\n%s", lang, r.StatusCode, want, body)
		}
		if r.Header.Get("Content-Security-Policy") != site.Policy {
			t.Errorf("policy %q", r.Header.Get("Content-Security-Policy"))
		}
		if !strings.Contains(body, "158 ") || strings.Contains(body, "—<") {
			t.Errorf("%s: a number is missing:\n%s", lang, body)
		}
	}
}

func TestRealPledgesComeFirstWithTheirSources(t *testing.T) {
	url, feed := serveSite(t)
	_, body := get(t, url, "")
	sections := strings.Split(body, "<section")[1:]
	if len(sections) != 4 {
		t.Fatalf("%d sections", len(sections))
	}
	if n := strings.Count(sections[0], "<li>"); n != 20 || strings.Count(sections[0], `<p><a href="https://`) != n {
		t.Errorf("not each of %d pledges has its source:\n%s", n, sections[0])
	}
	// One large number first, and where a reader goes from there.
	order := -1
	for _, part := range []string{`view="counter" size="hero"`, `view="map"`, `view="objectives"`, `href="/explore?lang=en"`} {
		if at := strings.Index(sections[0], part); at <= order {
			t.Errorf("%s isn’t where it should be:\n%s", part, sections[0])
		} else {
			order = at
		}
	}
	// Braga’s is in three registries, and counts once: 20 and 23 make 40.
	if !strings.Contains(sections[1], `src="pledges.json local-actions.json" view="counter" refresh="2">40 pledges`) {
		t.Error(sections[1])
	}
	_, braga, _ := strings.Cut(sections[1], "<bdi>Local and Regional Governments’ Pledge for Children Displaced by the Conflict in Ukraine</bdi>")
	braga, _, _ = strings.Cut(braga, "</li>")
	for _, registry := range []string{">UN Network on Migration<", ">Entry of the pledge form<", ">Call to Local Action<"} {
		if strings.Count(braga, registry) != 1 {
			t.Errorf("not once %s in\n%s", registry, braga)
		}
	}
	// Money that isn’t known to be pledged is in no number.
	if strings.Contains(sections[2], "<gcm-pledges") || strings.Count(sections[2], "<li>") != 5 {
		t.Error(sections[2])
	}
	// What is made up is marked, and apart from what is real.
	for i, s := range sections {
		if madeUp := i == len(sections)-1; strings.HasPrefix(s, ` class="made-up"`) != madeUp || strings.Contains(s, "<h2>Made up: ") != madeUp || strings.Contains(s, "reference.json") != madeUp {
			t.Errorf("section %d: %s", i, s)
		}
	}
	for _, name := range []string{"local-actions.json", "announcements.json"} {
		if r, content := get(t, url+"/"+name, ""); r.StatusCode != 200 || !strings.HasPrefix(content, `{`) || strings.Contains(content, `"illustrative"`) {
			t.Error(name, r.Status)
		}
	}
	// A snapshot has no pledges to list, and can’t be merged.
	if err := os.WriteFile(feed, []byte(`{"snapshot":1,"query":{},"counts":{"total":12}}`), 0o644); err != nil {
		t.Fatal(err)
	}
	if r, body := get(t, url, ""); r.StatusCode != 200 || !strings.Contains(body, "158 pledges") {
		t.Error(r.Status, body)
	}
}

func TestPageSaysWhichTitlesAreOfficial(t *testing.T) {
	url, _ := serveSite(t)
	if _, body := get(t, url+"/?lang=ru", ""); !strings.Contains(body, "Official titles of the 23 objectives are here in English, French and Spanish.") {
		t.Error(body)
	}
}

func TestIllustrativeNumbersSaySoWithoutScripts(t *testing.T) {
	url, _ := serveSite(t)
	_, body := get(t, url, "")
	if !strings.Contains(body, ">158 pledges to the Global Compact for Migration · As of May 20, 2022 · Illustrative data, not a UN record<") {
		t.Error(body)
	}
}

func TestFeedIsServedAsItIsNow(t *testing.T) {
	url, feed := serveSite(t)
	first, body := get(t, url+"/pledges.json", "")
	if body != string(data.Published()) || first.Header.Get("Content-Type") != "application/json" {
		t.Error(body)
	}
	if again, _ := get(t, url+"/pledges.json", first.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
		t.Errorf("%d for an ETag that is current", again.StatusCode)
	}
	if err := os.WriteFile(feed, data.Reference(), 0o644); err != nil {
		t.Fatal(err)
	}
	if next, body := get(t, url+"/pledges.json", first.Header.Get("ETag")); next.StatusCode != 200 || body != string(data.Reference()) {
		t.Error(next.Status)
	}
	os.Remove(feed)
	if gone, _ := get(t, url+"/pledges.json", ""); gone.StatusCode != http.StatusNotFound {
		t.Error(gone.Status)
	}
}

func TestPageSurvivesAFeedThatCannotBeRead(t *testing.T) {
	url, feed := serveSite(t)
	for _, spoil := range []func() error{
		func() error { return os.WriteFile(feed, []byte("<html>"), 0o644) },
		func() error { return os.Remove(feed) },
	} {
		if err := spoil(); err != nil {
			t.Fatal(err)
		}
		r, body := get(t, url, "")
		if r.StatusCode != 200 || !strings.Contains(body, ">—<") || !strings.Contains(body, "158 pledges") {
			t.Errorf("%d\n%s", r.StatusCode, body)
		}
	}
}

func TestWrongArgumentsAreErrors(t *testing.T) {
	for _, args := range [][]string{{"x"}, {"-feed", "no such file"}, {"-addr", "nowhere:http"}} {
		if err := run(t.Context(), append([]string{"-addr", "127.0.0.1:0"}, args...)); err == nil {
			t.Errorf("%q: no error", args)
		}
	}
}

func TestFormIsThereInEveryLanguage(t *testing.T) {
	url, _ := serveSite(t)
	for lang, want := range map[string]string{"": `lang="en"`, "xx": `lang="en"`, "fr": `lang="fr" dir="ltr"`, "ar": `lang="ar" dir="rtl"`} {
		r, body := get(t, url+"/form?lang="+lang, "")
		if r.StatusCode != 200 || !strings.Contains(body, "<html "+want) || !strings.Contains(body, "<gcm-pledge-form ") {
			t.Errorf("%s: %d, no %q in\n%s", lang, r.StatusCode, want, body)
		}
		if r.Header.Get("Content-Security-Policy") != site.Policy {
			t.Errorf("policy %q", r.Header.Get("Content-Security-Policy"))
		}
	}
	if r, body := get(t, url+"/form.js", ""); r.Header.Get("Content-Type") != "text/javascript; charset=utf-8" || !strings.Contains(body, "gcm-submit") {
		t.Error(r.Status, body)
	}
}

func TestEveryPageLeadsToTheOthers(t *testing.T) {
	url, _ := serveSite(t)
	for _, page := range []string{"/?lang=fr", "/explore?lang=fr", "/form?lang=fr"} {
		_, body := get(t, url+page, "")
		for _, link := range []string{`"/?lang=fr"`, `"/explore?lang=fr"`, `"/form?lang=fr"`, `"/start"`, `"builder.html?src=pledges.json"`} {
			if !strings.Contains(body, "href="+link) {
				t.Errorf("%s doesn't lead to %s:\n%s", page, link, body)
			}
		}
		if strings.Count(body, ` aria-current="page"`) != 1 || !strings.Contains(body, `<a href="`+page+`" aria-current="page">`) {
			t.Errorf("%s doesn't say where one is:\n%s", page, body)
		}
	}
	if _, body := get(t, url+"/start", ""); !strings.Contains(body, `href="explore"`) || !strings.Contains(body, `href="form"`) || !strings.Contains(body, `href="./"`) {
		t.Error(body)
	}
}

// The dashboard shows the feed as it is, in the language of the page.
func TestDashboardHasItsNumberInEveryLanguage(t *testing.T) {
	url, _ := serveSite(t)
	for lang, want := range map[string]string{"": "20 pledges", "fr": "20 engagements", "ar": "20"} {
		if _, body := get(t, url+"/explore?lang="+lang, ""); !strings.Contains(body, `view="dashboard" hash refresh="2">`+want) {
			t.Errorf("%s:\n%s", lang, body)
		}
	}
}

func TestWaysToEmbedAreListedAndThere(t *testing.T) {
	url, _ := serveSite(t)
	_, start := get(t, url+"/start", "")
	for path, want := range map[string]string{
		"moved":  `data-action="remove"`,
		"react":  `src="react.js"`,
		"iframe": `sandbox="allow-scripts allow-popups"`,
	} {
		if !strings.Contains(start, `href="`+path+`"`) {
			t.Errorf("the start page doesn't lead to %s:\n%s", path, start)
		}
		r, body := get(t, url+"/"+path, "")
		if r.StatusCode != 200 || !strings.Contains(body, want) {
			t.Errorf("%s: %d, no %s in\n%s", path, r.StatusCode, want, body)
		}
		if !strings.HasPrefix(r.Header.Get("Content-Security-Policy"), site.Policy) {
			t.Errorf("%s: policy %q", path, r.Header.Get("Content-Security-Policy"))
		}
	}
	if !strings.Contains(start, "builder.html?src=") {
		t.Error("the start page doesn't lead to the builder")
	}
	for _, script := range []string{"moved.js", "react.js"} {
		if r, body := get(t, url+"/"+script, ""); r.Header.Get("Content-Type") != "text/javascript; charset=utf-8" || body == "" {
			t.Error(script, r.Status)
		}
	}
	if r, _ := get(t, url+"/iframe", ""); !strings.HasSuffix(r.Header.Get("Content-Security-Policy"), "; frame-src 'self'") {
		t.Error("the page forbids its frame")
	}
}

func TestPageInReactIsLeftOutWithoutNPM(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	script, err := buildReact(t.Context(), t.TempDir())
	if err == nil || !strings.Contains(err.Error(), "npm") {
		t.Errorf("error %v", err)
	}
	s := httptest.NewServer(handler("", "", &bundle.Result{}, script, 2))
	defer s.Close()
	if r, _ := get(t, s.URL+"/react", ""); r.StatusCode != http.StatusNotFound {
		t.Error(r.Status)
	}
	if _, start := get(t, s.URL+"/start", ""); strings.Contains(start, `href="react"`) || !strings.Contains(start, "npm") {
		t.Error(start)
	}
}

// A frame without an origin may read the widget and the feed, and the pages that
// bring a policy are served with no other.
func TestFrameWithoutOriginIsServed(t *testing.T) {
	dir := t.TempDir()
	built := &bundle.Result{}
	for _, name := range []string{bundle.EmbedName, bundle.BuilderName, bundle.ScriptName} {
		built.Files = append(built.Files, bundle.File{Name: name})
		if err := os.WriteFile(filepath.Join(dir, name), []byte("content"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s := httptest.NewServer(handler("", dir, built, nil, 2))
	defer s.Close()
	for path, policy := range map[string]string{bundle.EmbedName: "", bundle.BuilderName: "", bundle.ScriptName: site.Policy, "reference.json": site.Policy} {
		r, body := get(t, s.URL+"/"+path, "")
		if r.Header.Get("Content-Security-Policy") != policy || r.Header.Get("Access-Control-Allow-Origin") != "*" || body == "" {
			t.Errorf("%s: %v", path, r.Header)
		}
	}
}

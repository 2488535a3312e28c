package shelltest

import (
	"net/http"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
)

// mistakesAreExplained: what can't be is told with what can, in the event and, if it
// is asked for, in the page.
func mistakesAreExplained(t *testing.T, v visit, s *site) {
	s.feed("/feed.json", strings.Replace(string(data.Reference()), `"pledges":[`, `"pledges":[{"id":"00000000-0000-4000-8000-000000000001","type":"bilateral"},`, 1))
	s.put("/old/view.json", file{status: http.StatusBadRequest, kind: "application/problem+json", body: `{"title":"Bad Request","detail":"there are africa, americas"}`})
	s.put("/broken/view.json", file{status: http.StatusServiceUnavailable, kind: "application/problem+json", body: `{"title":`, header: map[string]string{"Retry-After": "7"}})
	s.put("/plain/view.json", file{status: http.StatusBadRequest, kind: "text/plain", body: `no`})
	for _, test := range []struct {
		attributes string
		shown      bool
		code, says string // of the last error
	}{
		{"src=/feed.json view=objectives data-region=x regional _ngcontent-c1 title=t", true, "", ""},
		{"src=/feed.json view=pie", true, "option", `"pie" is not a value of view; there are counter, objectives, principles`},
		{"src=/feed.json theme=blue view=List", true, "option", `"blue" is not a value of theme; there are auto, light, dark`},
		{"src=/feed.json region=europa", false, "filter", `"europa" is not a value of region; there are africa, americas, asia, europe, oceania`},
		{"src=/feed.json mirror=yes", false, "filter", `"yes" is not a value of mirror; there are true, false`},
		{"src=/feed.json state=Chile", false, "filter", `"Chile" is not a value of state, an ISO 3166-1 alpha-3 code`},
		{"src=/feed.json regoin=africa", false, "option", `there is no attribute "regoin"; there are objective, principle, region`},
		{"src=/feed.json regions=africa", false, "option", `there is no attribute "regions"`},
		{"src=/feed.json viev=list", false, "option", `there is no attribute "viev"`},
		{"src=/old/view.json region=europa", false, "feed-http", `/old/view.json?region=europa&lang=en there are africa, americas`},
		{"src=/broken/view.json", false, "feed-http", `HTTP 503 for `},
		{"src=/plain/view.json", false, "feed-http", `/plain/view.json?lang=en `},
	} {
		s.page("/", `<gcm-pledges refresh=0 loading=eager `+test.attributes+`>some pledges</gcm-pledges>`)
		v.open("about:blank")
		v.open(s.URL)
		if test.shown {
			v.live(1)
		} else {
			v.until(`document.probe.errors.length > 0`)
		}
		var errors []struct{ Code, Message, Source string }
		v.eval(&errors, `return document.probe.errors`)
		if shown := v.shown() != ""; shown != test.shown || len(errors) != min(len(test.code), 1) {
			t.Errorf("%s: shown is %v, %q", test.attributes, shown, errors)
		} else if test.code != "" && (errors[0].Code != test.code || !strings.Contains(errors[0].Message, test.says) || errors[0].Source == "") {
			t.Errorf("%s: %q", test.attributes, errors)
		}
	}

	// In the page: the text between the tags stays until there is a view.
	s.page("/", `<gcm-pledges refresh=0 debug>some pledges</gcm-pledges>`)
	v.open("about:blank")
	v.open(s.URL)
	say := func(want ...string) {
		t.Helper()
		v.until(`[...document.querySelector("gcm-pledges").shadowRoot.querySelectorAll("[part=debug] p")].map((p) => p.textContent).join("\n") === arguments[0]`, strings.Join(want, "\n"))
	}
	set := func(name, value string) {
		v.eval(nil, `document.querySelector("gcm-pledges").setAttribute(arguments[0], arguments[1])`, name, value)
	}
	say("there is no src, so nothing is read")
	var text string
	v.eval(&text, `return document.querySelector("gcm-pledges").innerText`)
	if text != "some pledges" {
		t.Errorf("the page's own text is %q", text)
	}
	set("region", "europa")
	set("size", "huge")
	set("src", "/feed.json")
	unread := `feed: record 0/type: unknown: "bilateral"`
	region := `filter: tally: "europa" is not a value of region; there are africa, americas, asia, europe, oceania`
	size := `option: "huge" is not a value of size; there are standard, inline, compact, hero`
	say(region, size)
	set("region", "europe")
	say(size, unread)
	var children []string
	v.eval(&children, `return [...document.querySelector("gcm-pledges").shadowRoot.children].map((e) => e.localName + " " + e.getAttribute("part"))`)
	equal(t, children, []string{"div view counter", "div debug"})
	set("size", "hero")
	say(unread)
	set("view", "map")
	set("viwe", "map")
	set("refresh", "9")
	say(`option: there is no attribute "viwe"; there are objective, principle, region, state, implementing, category, type, nature, status, reported, evidence, mirror, topic, since, until, forum, withdrawn, src, live, view, size, sort, loading, theme, hash, debug, refresh, lang`, unread)
	v.eval(nil, `document.querySelector("gcm-pledges").debug = false`)
	v.until(`!document.querySelector("gcm-pledges").shadowRoot.querySelector("[part=debug]")`)
	if codes := strings.Join(v.codes(), " "); codes != "option filter option" {
		t.Errorf("errors %s", codes)
	}
}

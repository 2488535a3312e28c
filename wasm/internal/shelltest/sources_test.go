package shelltest

import (
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
)

// few is a feed of some of nine pledges.
func few(ids string) string {
	var b strings.Builder
	b.WriteString(`{"title":"Few","pledges":[`)
	for i, id := range ids {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(`{"id":"00000000-0000-4000-8000-00000000000` + string(id) + `"}`)
	}
	return b.String() + "]}"
}

func sourcesAreOne(t *testing.T, v visit, s *site) {
	s.feed("/a.json", string(data.Reference()))
	s.feed("/b.json", few("123"))
	s.feed("/c.json", few("34"))
	s.page("/", `<gcm-pledges loading=eager id=all src=" /a.json
/b.json /c.json /b.json " refresh=0>-</gcm-pledges>
<gcm-pledges loading=eager id=two src="/c.json /b.json" refresh=0>-</gcm-pledges>
<gcm-pledges loading=eager id=one src="/a.json" refresh=0>-</gcm-pledges>`)
	release := s.hold("/c.json")
	v.open(s.URL)
	v.counts("one", 158)
	var early bool
	if v.eval(&early, `return !!document.getElementById("all").shadowRoot`); early {
		t.Error("a number of which a part is still under way")
	}
	release()
	v.counts("all", 162)
	v.counts("two", 4)
	for _, path := range []string{"/a.json", "/b.json", "/c.json"} {
		if n := len(s.requests(path)); n != 1 {
			t.Errorf("%d requests of %s", n, path)
		}
	}
	// A change of one changes all that show it.
	s.feed("/c.json", few("345"))
	v.await(nil, `await document.getElementById("two").refresh()`)
	v.counts("all", 163)
	v.counts("two", 5)
	var source string
	v.eval(&source, `return document.probe.updates.at(-1).source`)
	if source != s.URL+"/c.json "+s.URL+"/b.json" && source != s.URL+"/a.json "+s.URL+"/b.json "+s.URL+"/c.json" {
		t.Errorf("source %s", source)
	}
	v.eval(nil, `document.getElementById("two").src = "/b.json"`)
	v.counts("two", 3)
	v.eval(nil, `document.kept = document.getElementById("all"); document.kept.remove()`)
	v.until(`document.probe.wake() || document.probe.timers.size === 0`) // the announcer's rings once, and in ten seconds
	v.eval(nil, `document.body.append(document.kept)`)
	v.counts("all", 163)
	v.quiet()
}

func failingSourceLeavesOthers(t *testing.T, v visit, s *site) {
	s.feed("/a.json", string(data.Reference()))
	s.page("/", `<gcm-pledges src="/a.json /b.json /b.json" refresh=0>158 pledges</gcm-pledges>`)
	v.open(s.URL)
	v.live(1)
	failed := func(want ...string) {
		t.Helper()
		var got []string
		v.eval(&got, `return document.probe.errors.splice(0).map((e) => e.code + " " + new URL(e.source).pathname)`)
		equal(t, got, want)
	}
	states := func(want string) {
		t.Helper()
		var got string
		v.eval(&got, `return ["loading", "live", "stale", "error"].filter((s) => { try { return document.querySelector("gcm-pledges").matches(":state(" + s + ")") } catch { return false } }).join(" ")`)
		if got != want {
			t.Errorf("states %q, want %q", got, want)
		}
	}
	const missing = "1 of 2 sources cannot be read at present"
	shows := func(total, words string, note bool) {
		t.Helper()
		html := v.shown()
		if !strings.Contains(html, `<strong part="number">`+total+`<`) || strings.Contains(html, missing) != (words != "") || (v.note() != "") != note {
			t.Errorf("want %s, %q: got note %q, %s", total, words, v.note(), html)
		}
	}
	// One that has never been read isn't counted, and the view says so.
	shows("158", missing, false)
	failed("feed-http /b.json")
	states("live error")
	v.refresh()
	failed()
	s.feed("/b.json", few("12"))
	v.refresh()
	shows("160", "", false)
	failed()
	states("live")
	// One that was read counts on, but the number isn't current any more.
	s.remove("/b.json")
	v.refresh()
	shows("160", "", true)
	failed("feed-http /b.json")
	states("stale error")
	s.feed("/a.json", "{")
	v.refresh()
	shows("160", "", true)
	failed("feed-syntax /a.json")
	s.feed("/a.json", string(data.Reference()))
	s.feed("/b.json", few("12"))
	v.refresh()
	shows("160", "", false)
	states("live")
	v.caught()

	// If all fail from the beginning the page's own text stays.
	s.page("/", `<gcm-pledges src="/x.json /y.json" refresh=0>158 pledges</gcm-pledges>`)
	v.open(s.URL + "/?none")
	v.until("document.probe.errors.length === 2")
	failed("feed-http /x.json", "feed-http /y.json")
	if v.light() != "158 pledges" || v.shown() != "" {
		t.Errorf("the page's text didn't stay: %q %q", v.light(), v.shown())
	}
	v.eval(nil, `document.querySelector("gcm-pledges").src = "/a.json http://["`)
	v.until("document.probe.errors.length === 1")
	if codes := v.codes(); codes[0] != "option" {
		t.Errorf("errors: %v", codes)
	}
	v.caught()
}

// breaksBetweenSources: whatever an engine takes with it comes back.
func breaksBetweenSources(t *testing.T, v visit, s *site) {
	s.feed("/a.json", string(data.Reference()))
	s.feed("/b.json", few("12"))
	// The next answer with a view is as good as none.
	s.put("/break.js", file{kind: "text/javascript", body: `{ const parse = JSON.parse;
JSON.parse = (text, ...rest) => {
  if (document.breaks && text.startsWith('{"changes"')) { document.breaks = false; throw new Error("broken"); }
  return parse(text, ...rest);
} }`})
	s.page("/", `<script src=/break.js></script><gcm-pledges loading=eager id=a src="/a.json" refresh=0>-</gcm-pledges>
<gcm-pledges loading=eager id=b src="/b.json" refresh=0>-</gcm-pledges>
<gcm-pledges loading=eager id=both src="/a.json /b.json" refresh=0>-</gcm-pledges>`)
	v.open(s.URL)
	v.live(3)
	s.feed("/a.json", oneMore(string(data.Reference()), "09"))
	v.eval(nil, `document.breaks = true`)
	v.refresh()
	if v.note() == "" || !strings.Contains(v.shown(), ">158<") {
		t.Errorf("the last number isn't there, or isn't marked: %q %q", v.note(), v.shown())
	}
	// What shows the other source, too, has it read again by a new engine.
	v.counts("both", 2)
	v.counts("b", 2)
	for _, code := range v.codes() {
		if code != "engine-panic" {
			t.Errorf("error %s", code)
		}
	}
	v.refresh()
	v.counts("a", 159)
	v.counts("both", 161)
	v.until(`![...document.querySelectorAll("gcm-pledges")].some((w) => w.shadowRoot.querySelector("[part=stale],[part=missing]"))`)
	v.caught()
}

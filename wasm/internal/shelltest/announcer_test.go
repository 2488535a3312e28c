package shelltest

import (
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
)

// clock keeps the module's timers, but not those of the engine, until a test
// lets time pass, and says what the widget has announced by then.
const clock = `
{
  const timers = new Map(), set = setTimeout, clear = clearTimeout;
  let now = 0, last = 0, said = "";
  // A turn of the page (see schedule.ts) takes hardly any time.
  window.setTimeout = (f, ms) => ms > 20 && /gcm-pledges\.js/.test(Error().stack) && !/wasm/.test(Error().stack) ? (timers.set(--last, { f, at: now + ms }), last) : set(f, ms);
  window.clearTimeout = (id) => { if (!timers.delete(id)) clear(id); };
  const clock = {
    timers,
    // What was announced while so much time passed.
    pass(ms) {
      const heard = [];
      for (const end = now + ms; ; ) {
        const next = [...timers].sort((a, b) => a[1].at - b[1].at)[0];
        if (!next || next[1].at > end) {
          now = end;
          return heard;
        }
        timers.delete(next[0]);
        now = next[1].at;
        next[1].f();
        const text = clock.region()?.textContent ?? "";
        if (text !== said && text) heard.push(text);
        said = text;
      }
    },
    region: () => document.querySelector("gcm-pledges").shadowRoot.querySelector("[role=status]"),
  };
  Object.defineProperty(document, "clock", { value: clock });
}
`

func announcesPolitely(t *testing.T, v visit, s *site) {
	feed := string(data.Reference())
	s.feed("/feed.json", feed)
	s.put("/clock.js", file{kind: "text/javascript", body: clock})
	s.page("/", `<script src=/clock.js></script><gcm-pledges view=dashboard src="/feed.json" refresh="0">158 pledges</gcm-pledges>`)
	v.open(s.URL)
	v.live(1)
	// passes checks what is announced while so many milliseconds pass.
	passes := func(ms int, want ...string) {
		t.Helper()
		var got []string
		v.eval(&got, `return document.clock.pass(arguments[0])`, ms)
		for i := range got {
			got[i], _, _ = strings.Cut(got[i], " ·")
		}
		equal(t, got, want)
	}
	changes := func(ids ...string) {
		t.Helper()
		more := feed
		for _, id := range ids {
			more = oneMore(more, id)
		}
		s.feed("/feed.json", more)
		v.refresh()
	}
	is := func(what, condition string) {
		t.Helper()
		var ok bool
		if v.eval(&ok, "return "+condition); !ok {
			t.Errorf("not so: %s", what)
		}
	}
	passes(60_000)
	is("nothing was said, so there is nothing that says it", `!document.clock.region()`)

	// The region is there before its text is.
	changes("01")
	is("the region is there, and empty", `document.clock.region().textContent === "" && document.clock.region().lang === "en"`)
	passes(99)
	passes(1, "159 pledges to the Global Compact for Migration")
	// Of several within ten seconds the last is said, after these.
	changes("01", "02")
	changes("01", "02", "03")
	passes(9_999)
	passes(1, "161 pledges to the Global Compact for Migration")
	// Another revision with the same total is nothing to interrupt for.
	s.feed("/feed.json", oneMore(oneMore(oneMore(feed, "04"), "05"), "06"))
	v.refresh()
	v.eval(nil, `document.querySelector("gcm-pledges").lang = "fr"`)
	v.until(`document.clock.region().lang === "fr"`)
	v.eval(nil, `document.querySelector("gcm-pledges").lang = "en"`)
	v.until(`document.clock.region().lang === "en"`)
	passes(60_000)
	is("what was said doesn't stay", `document.clock.region().textContent === "" && document.clock.timers.size === 0`)

	// What the reader asks for is said at once.
	changes("01")
	passes(100, "159 pledges to the Global Compact for Migration")
	v.eval(nil, `document.querySelector("gcm-pledges").shadowRoot.querySelector("button[name=region][value=africa]").click()`)
	v.until(`document.querySelector("gcm-pledges").summary.query.region === "africa"`)
	passes(100, "26 pledges to the Global Compact for Migration")
	v.eval(nil, `document.querySelector("gcm-pledges").shadowRoot.querySelector("button[name=region][value=africa]").click()`)
	v.until(`!document.querySelector("gcm-pledges").summary.query.region`)
	passes(100, "159 pledges to the Global Compact for Migration")
	passes(60_000)

	// A hidden page keeps silent.
	v.eval(nil, `document.hid = true; Object.defineProperty(Document.prototype, "hidden", { get: () => document.hid, configurable: true })`)
	changes("01", "02")
	passes(60_000)
	v.eval(nil, `document.hid = false`)
	passes(60_000)

	// That the number isn't current is said, too, and only there is it a status.
	s.remove("/feed.json")
	v.refresh()
	v.refresh()
	passes(60_000, strings.TrimSuffix(v.note(), " Try again"))
	is("one status", `document.querySelector("gcm-pledges").shadowRoot.querySelectorAll("[role]").length === 1`)
	changes("01", "02")
	is("the note is gone", `!document.querySelector("gcm-pledges").shadowRoot.querySelector("[part=stale]")`)
	passes(60_000)

	// Whoever is gone says nothing.
	changes("01")
	v.eval(nil, `document.querySelector("gcm-pledges").replaceWith(document.createElement("gcm-pledges"))`)
	v.until(`document.clock.timers.size === 0`)
	v.caught()
}

package shelltest

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

// watchWorkers knows all workers of the page, can hold back what they say, and
// knows whether a Go program was started in the page itself.
const watchWorkers = `
{
  const workers = [], held = [];
  let holding = false;
  const hear = Object.getOwnPropertyDescriptor(Worker.prototype, "onmessage");
  window.Worker = class extends Worker {
    constructor(...args) {
      super(...args);
      this.alive = true;
      workers.push(this);
    }
    set onmessage(f) { hear.set.call(this, (e) => { if (!holding) f(e); else if (this.alive) held.push(() => f(e)); }); }
    terminate() { this.alive = false; super.terminate(); }
  };
  const watched = {
    made: () => workers.length,
    alive: () => workers.filter((w) => w.alive).length,
    last: () => workers.at(-1),
    hold() { holding = true; },
    held: () => held.length,
    release() { holding = false; for (const f of held.splice(0)) f(); },
    here: 0,
  };
  const instantiate = WebAssembly.instantiate;
  WebAssembly.instantiate = (...args) => { watched.here++; return instantiate(...args); };
  Object.defineProperty(document, "workers", { value: watched });
}
`

// openWatched opens a page with these elements that shows the reference feed.
func (v visit) openWatched(s *site, body string) {
	v.t.Helper()
	s.feed("/feed.json", string(data.Reference()))
	s.put("/workers.js", file{kind: "text/javascript", body: watchWorkers})
	s.page("/", `<script src=/workers.js></script>`+body)
	v.open(s.URL)
	v.live(strings.Count(body, "<gcm-pledges"))
}

func (v visit) workers(made, alive, here int) {
	v.t.Helper()
	var got [3]int
	v.eval(&got, `return [document.workers.made(), document.workers.alive(), document.workers.here]`)
	if got != [3]int{made, alive, here} {
		v.t.Errorf("%d workers made, %d alive, %d programs in the page; want %d, %d, %d", got[0], got[1], got[2], made, alive, here)
	}
}

func engineIsBesideThePage(t *testing.T, v visit, s *site) {
	v.openWatched(s, strings.Repeat(widget, 3))
	v.workers(1, 1, 0)
	// The last one to leave ends it, and the next one has it again.
	v.eval(nil, `document.kept = [...document.querySelectorAll("gcm-pledges")]; document.kept[0].remove()`)
	v.refresh()
	v.workers(1, 1, 0)
	v.eval(nil, `for (const w of document.kept) w.remove()`)
	v.until(`document.workers.alive() === 0 && document.probe.timers.size === 0`)
	v.eval(nil, `document.body.append(document.kept[1])`)
	v.refresh()
	v.workers(2, 1, 0)
	if n := len(s.requests("/" + s.built.wasm)); n != 1 {
		t.Errorf("the engine was fetched %d times", n)
	}
	// Gone at once, and gone before it has begun.
	v.eval(nil, `document.kept[1].remove()`)
	v.until(`document.workers.alive() === 0`)
	v.await(nil, `document.body.append(document.kept[2]); await null; document.kept[2].remove(); await document.kept[2].refresh()`)
	v.workers(2, 0, 0)
	v.await(nil, `document.body.append(document.kept[2]);
while (document.workers.made() < 3) await document.probe.pause();
document.kept[2].remove()`)
	v.until(`document.workers.made() === 3 && document.workers.alive() === 0 && document.probe.timers.size === 0`)
	v.quiet()
}

// What is held back here is the view, so it is on its way for as long as it takes.
func viewsOnTheirWay(t *testing.T, v visit, s *site) {
	const asked = `document.workers.hold(); document.querySelector("gcm-pledges").lang = "fr"`
	const onItsWay = `document.workers.held() > 0`
	shows := func(l gcm.Language, feed string) {
		t.Helper()
		v.until(`document.querySelector("gcm-pledges").shadowRoot.firstElementChild.lang === arguments[0]`, l.String())
		if got, want := v.shown(), fresh(t, feed, view.Options{Language: l}, tally.Query{}); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
	feed := string(data.Reference())
	more := oneMore(feed, "01")
	v.openWatched(s, widget+widget)

	// Whoever has left hears nothing, and comes back to what it wants then.
	v.eval(nil, asked)
	v.until(onItsWay)
	v.await(nil, `document.probe.updates.length = 0; document.kept = document.querySelector("gcm-pledges"); document.kept.remove();
await new Promise((left) => setTimeout(left)); document.workers.release();`)
	v.eval(nil, `document.kept.lang = "es"; document.body.prepend(document.kept)`)
	shows(gcm.Spanish, feed)
	var heard []string
	if v.eval(&heard, `return document.probe.updates.map((u) => u.text)`); len(heard) != 1 {
		t.Errorf("updates of one that had left, and came back once: %q", heard)
	}

	// Of several wishes the last one stays.
	v.eval(nil, asked)
	v.until(onItsWay)
	v.await(nil, `const w = document.querySelector("gcm-pledges"); w.lang = "ru"; await null; await null; w.lang = "ar"; await null; await null; document.workers.release();`)
	shows(gcm.Arabic, feed)

	// A reading is over once it is on the page.
	s.feed("/feed.json", more)
	v.eval(nil, `document.workers.hold(); document.over = false; document.querySelector("gcm-pledges").refresh().then(() => { document.over = true; })`)
	v.until(onItsWay)
	var over bool
	if v.eval(&over, `return document.over`); over {
		t.Error("over before it is shown")
	}
	v.eval(nil, `document.workers.release()`)
	v.until(`document.over`)
	shows(gcm.Arabic, more)
	v.quiet()

	// If the engine breaks, all that wait for it hear of it, and have another.
	v.eval(nil, `for (const w of document.querySelectorAll("gcm-pledges")) w.lang = "zh"; document.workers.hold();`)
	v.until(onItsWay)
	v.eval(nil, `const w = document.workers.last(); w.dispatchEvent(new ErrorEvent("error", { message: "as the test asked", cancelable: true })); document.workers.release()`)
	v.until(`document.probe.errors.length === 2`)
	if codes := strings.Join(v.codes(), " "); codes != "engine-panic engine-panic" || v.note() == "" {
		t.Errorf("errors %s, note %q", codes, v.note())
	}
	v.refresh()
	shows(gcm.Chinese, more)
	v.until(`[...document.querySelectorAll("gcm-pledges")].every((w) => w.shadowRoot.firstElementChild.lang === "zh" && !w.shadowRoot.querySelector("[part=stale]"))`)
	v.workers(2, 1, 0)
	v.caught()
}

// Where there can't be a worker the engine works in the page, as well.
func worksWithoutWorker(t *testing.T, v visit, s *site) {
	s.put("/none.js", file{kind: "text/javascript", body: `delete window.Worker`})
	s.put("/refused.js", file{kind: "text/javascript", body: `window.Worker = class { constructor() { throw new DOMException("no", "SecurityError") } }`})
	s.put("/silent.js", file{kind: "text/javascript", body: `window.Worker = class { postMessage() { document.asked = true } terminate() { document.ended = true } }`})
	s.put("/lost.js", file{kind: "text/javascript", body: `{ const old = Worker; window.Worker = class extends old { constructor(_, options) { super("/not-there.js", options) } } }`})
	s.put("/older.js", file{kind: "text/javascript", body: `{ const old = Worker; window.Worker = class extends old { constructor(_, options) { super("/older-pledges.js", options); document.asked = true } } }`})
	s.put("/older-pledges.js", file{kind: "text/javascript", body: strings.ReplaceAll(string(s.built.files[s.built.counting()]), s.built.wasm, "gcm-pledges-000000000000.wasm")})
	untyped := strings.Replace(strict, "; require-trusted-types-for 'script'", "", 1)
	for _, c := range []struct{ name, script, policy string }{
		{"a browser without workers", "/none.js", strict},
		{"one that refuses", "/refused.js", strict},
		{"one that never answers", "/silent.js", strict},
		{"one whose script is gone", "/lost.js", untyped},
		{"one of another version", "/older.js", untyped},
		{"a policy without workers", "", strict + "; worker-src 'none'"},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := visit{v.Browser, t}
			s.feed("/feed.json", string(data.Reference()))
			body := widget
			if c.script != "" {
				body = "<script src=" + c.script + "></script>" + body
			}
			s.page("/", body)
			s.policy = c.policy
			defer func() { s.policy = strict }()
			v.open(s.URL + "/?" + strings.ReplaceAll(c.name, " ", "-"))
			if c.script == "/silent.js" || c.script == "/older.js" {
				v.until(`document.asked && document.probe.timers.size === 1`)
				v.eval(nil, `document.probe.wake()`)
			}
			v.live(1)
			if codes := v.codes(); len(codes) > 0 || !strings.Contains(v.shown(), "158") {
				t.Errorf("errors %v, shown %s", codes, v.shown())
			}
			s.feed("/feed.json", oneMore(string(data.Reference()), "01"))
			v.refresh()
			if !strings.Contains(v.shown(), "159") {
				t.Errorf("the second reading: %s", v.shown())
			}
			if c.policy != strict && c.policy != untyped { // the browser says what the policy forbids
				v.eval(nil, `document.probe.uncaught = document.probe.uncaught.filter((u) => !u.startsWith("policy: "))`)
				v.Log()
			}
			if c.script == "/lost.js" {
				v.Log()
			}
			v.quiet()
		})
	}
}

// elsewhere serves the built files from another origin, as a CDN does.
func elsewhere(t *testing.T, s *site) *httptest.Server {
	cdn := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		s.ServeHTTP(w, r)
	}))
	t.Cleanup(cdn.Close)
	return cdn
}

func shellOfAnotherOrigin(t *testing.T, v visit, s *site) {
	cdn := elsewhere(t, s)
	s.feed("/feed.json", string(data.Reference()))
	s.put("/workers.js", file{kind: "text/javascript", body: watchWorkers})
	s.put("/", file{kind: "text/html", body: "<!doctype html><html lang=en><title>p</title><script src=/probe.js></script><script src=/workers.js></script>" +
		"<script type=module src=" + cdn.URL + "/gcm-pledges.js></script>" + widget})
	policy := strings.NewReplacer("script-src 'self'", "script-src 'self' "+cdn.URL, "connect-src 'self'", "connect-src 'self' "+cdn.URL).Replace(strict)
	defer func() { s.policy = strict }()

	s.policy = policy + "; worker-src blob:"
	v.open(s.URL)
	v.live(1)
	v.workers(1, 1, 0)
	v.refresh()
	v.quiet()

	// The browser says what the policy forbids, once; the number is there all the same.
	s.policy = policy
	v.open(s.URL + "/?forbidden")
	v.live(1)
	v.refresh()
	var alive, here int
	v.eval(&alive, `return document.workers.alive()`)
	if v.eval(&here, `return document.workers.here`); alive != 0 || here != 1 || len(v.codes()) > 0 {
		t.Errorf("%d workers, %d programs in the page, errors %v", alive, here, v.codes())
	}
	var said []string
	v.eval(&said, `return document.probe.uncaught`)
	if len(said) > 1 || len(said) == 1 && !strings.HasPrefix(said[0], "policy: worker-src blob") {
		t.Errorf("said %q", said)
	}
	v.Log()
}

package shelltest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
)

// tabs are windows of one origin, by their names. A page without widgets opens and
// closes them.
type tabs struct {
	visit
	stream *eventStream
}

// open opens a window, and waits until it shows a total.
func (w *tabs) open(name string, total int) {
	w.t.Helper()
	w.eval(nil, `(document.tabs ??= {})[arguments[0]] = window.open("/tab", "", "popup,width=400,height=300")`, name)
	w.shows(total, name)
}

// close closes a window, as its reader does.
func (w *tabs) close(name string) {
	w.t.Helper()
	w.eval(nil, `document.tabs[arguments[0]].close(); delete document.tabs[arguments[0]]`, name)
}

// hide hides the page of a window, or shows it.
func (w *tabs) hide(name string, hide bool) {
	w.t.Helper()
	w.eval(nil, `const [name, hidden] = arguments, tab = document.tabs[name];
Object.defineProperty(tab.Document.prototype, "hidden", { get: () => hidden, configurable: true });
tab.document.dispatchEvent(new tab.Event("visibilitychange", { bubbles: true }))`, name, hide)
}

// joined waits until so many windows stand in line for the lock.
func (w *tabs) joined(waiting int) {
	w.t.Helper()
	w.await(nil, `while ((await navigator.locks.query()).pending.length !== arguments[0]) await new Promise((later) => setTimeout(later, 5))`, waiting)
}

// wake lets the timers of windows ring.
func (w *tabs) wake(names ...string) {
	w.t.Helper()
	w.eval(nil, `for (const name of arguments[0]) document.tabs[name].document.probe.wake()`, names)
}

func (w *tabs) shows(total int, names ...string) {
	w.t.Helper()
	w.until(`arguments[1].every((name) => document.tabs[name].document.querySelector("gcm-pledges").shadowRoot.querySelector("[part=number]").textContent === "" + arguments[0])`, total, names)
}

// marked waits until the number is marked as not current, or isn't.
func (w *tabs) marked(marked bool, names ...string) {
	w.t.Helper()
	w.until(`arguments[1].every((name) => !!document.tabs[name].document.querySelector("gcm-pledges").shadowRoot.querySelector("[part=stale]")?.textContent === arguments[0])`, marked, names)
}

// connections waits for so many connections, and checks from where on all have been asked for so far.
func (w *tabs) connections(open int, asked ...string) {
	w.t.Helper()
	w.readers(w.stream, open)
	if got := w.stream.requests(); !slices.Equal(got, asked) {
		w.t.Errorf("the stream was asked for after %q, want %q", got, asked)
	}
}

// tabsShare: the windows of an origin have one connection in all, and each of them
// shows what it would show by itself.
func tabsShare(t *testing.T, v visit, s *site) {
	w := &tabs{v, newEventStream(t, 5)}
	s.policy = strings.Replace(strict, "connect-src 'self'", "connect-src 'self' "+w.stream.URL, 1)
	feed := func(sequence int, more ...string) {
		feed := string(data.Reference())
		for _, id := range more {
			feed = oneMore(feed, id)
		}
		s.feed("/feed.json", strings.Replace(feed, "{", fmt.Sprintf(`{"sequence":%d,`, sequence), 1))
	}
	feed(5)
	s.page("/tab", `<gcm-pledges loading=eager src="/feed.json" live="`+w.stream.URL+`/events" refresh=0>-</gcm-pledges>`)
	s.put("/", file{kind: "text/html", body: "<!doctype html><title>p</title>"})
	v.open(s.URL)
	defer func() {
		v.eval(nil, `for (const tab of Object.values(document.tabs)) tab.close()`)
		w.readers(w.stream, 0)
		v.Log()
	}()
	w.open("a", 158)
	w.connections(1, "5")
	w.open("b", 158)
	w.joined(1)
	w.stream.say("01")
	w.shows(159, "a", "b")
	w.connections(1, "5")

	// One whose feed is older than what was said has that said once more.
	w.open("c", 159)
	w.connections(1, "5", "5")
	feed(6, "01")
	w.open("d", 159)
	w.joined(3)
	w.connections(1, "5", "5")

	// The one that reads says nothing any more: another one reads by itself when two
	// heartbeats are missing, and nobody has an answer for it.
	v.eval(nil, `document.tabs.a.BroadcastChannel.prototype.postMessage = () => {}`)
	w.stream.say("02")
	w.shows(160, "a")
	w.shows(159, "b", "c", "d")
	w.wake("b")
	w.marked(true, "b")
	w.wake("b")
	w.shows(160, "b")
	w.marked(false, "b")
	w.connections(2, "5", "5", "6", "6") // once more by the silent one, which was asked
	// Once that is closed it reads for all, and none has missed anything.
	w.close("a")
	w.shows(160, "c", "d")
	w.readers(w.stream, 1)

	// The one that reads is closed, or hidden: the next one goes on, and nothing is missed.
	w.close("d")
	w.open("a", 159) // of the older feed
	w.shows(160, "a")
	w.joined(2)
	w.stream.say("03")
	w.shows(161, "a", "b", "c")
	w.hide("b", true)
	w.stream.say("04")
	w.shows(162, "a", "c")
	w.close("c")
	w.stream.say("05")
	w.shows(163, "a")
	w.shows(161, "b")
	w.hide("b", false)
	w.shows(163, "b")
	w.readers(w.stream, 1)

	// The server is gone: all are marked. Once it is there again one reads, for all.
	w.stream.set(func(s *eventStream) { s.status = http.StatusBadGateway })
	w.stream.CloseClientConnections()
	w.marked(true, "a", "b")
	w.stream.set(func(s *eventStream) { s.status = 0 })
	w.stream.say("06")
	w.wake("a", "b")
	w.shows(164, "a", "b")
	w.marked(false, "a", "b")
	w.readers(w.stream, 1)

	// Another site that shows one in a frame has a connection of its own.
	other := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(rw, "<!doctype html><title>p</title><iframe src=%q></iframe>", s.URL+"/tab")
	}))
	defer other.Close()
	v.eval(nil, `document.tabs.other = window.open(arguments[0], "", "popup,width=400,height=300")`, strings.Replace(other.URL, "127.0.0.1", "localhost", 1))
	w.readers(w.stream, 2)
}

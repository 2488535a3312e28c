package shelltest

import (
	"net/http"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
)

// streamOutlives: two feeds follow one stream, and nobody asks them. What goes wrong
// with it takes nothing with it, is no storm of requests, and is marked until it is
// over.
func streamOutlives(t *testing.T, v visit, s *site) {
	stream := newEventStream(t, 5)
	s.policy = strings.Replace(strict, "connect-src 'self'", "connect-src 'self' "+stream.URL, 1)
	defer func() { s.policy = strict }()
	feeds := func(sequence string, more ...string) {
		feed := string(data.Reference())
		for _, id := range more {
			feed = oneMore(feed, id)
		}
		s.feed("/a.json", strings.Replace(feed, "{", `{"sequence":`+sequence+`,`, 1))
		s.feed("/b.json", strings.Replace(few("3"), "{", `{"sequence":`+sequence+`,`, 1))
	}
	feeds("5")
	live := `" live="` + stream.URL + `/events" refresh=0 loading=eager>-</gcm-pledges>`
	s.page("/", `<gcm-pledges id=a src="/a.json`+live+`<gcm-pledges id=b src="/b.json`+live)
	v.open(s.URL)
	v.live(2)
	v.readers(stream, 1)
	states := func(want string) {
		t.Helper()
		v.until(`[...document.querySelectorAll("gcm-pledges")].every((w) => { try { return w.matches(":state(" + arguments[0] + ")") } catch { return true } }) &&
			!!document.querySelector("[id=a]").shadowRoot.querySelector("[part=stale]") === (arguments[0] === "stale")`, want)
	}
	states("live")
	// Timers ring at once where a test would have to wait.
	wake := func() { t.Helper(); v.eval(nil, `document.probe.wake()`) }
	reopened := func() {
		t.Helper()
		v.until(`document.probe.wake() || true`)
		v.readers(stream, 1)
		states("live")
	}

	// A bad event leaves those around it, is reported, and is what a reading is for.
	stream.send(livePledge("01", ""), `{"id":`, livePledge("02", ""), `7`, livePledge("04", `,"themes":["a"]`))
	v.counts("a", 161)
	v.counts("b", 4)
	var errors []string
	v.until(`document.probe.errors.length === 2`)
	if v.eval(&errors, `return document.probe.errors.splice(0).map((e) => e.code + " " + e.message)`); !strings.HasPrefix(errors[0], "feed-syntax events 7,9: ") {
		t.Errorf("%q", errors)
	}
	states("stale")
	feeds("10", "01", "02", "04", "05")
	v.await(nil, `await Promise.all([...document.querySelectorAll("gcm-pledges")].map((w) => w.refresh()))`)
	v.counts("a", 162)
	states("live")
	v.readers(stream, 1)

	// One that ends each connection at once and wants everybody back without a
	// pause has them back after a second.
	stream.set(func(s *eventStream) { s.cut, s.retry = true, "0" })
	before := len(stream.requests())
	stream.CloseClientConnections()
	states("stale")
	v.await(nil, `await new Promise((later) => setTimeout(later, 700))`)
	if n := len(stream.requests()) - before; n > 3 {
		t.Errorf("%d connections", n)
	}
	stream.set(func(s *eventStream) { s.cut, s.retry = false, "10" })
	reopened()

	// A deploy.
	stream.set(func(s *eventStream) { s.status = http.StatusBadGateway })
	stream.CloseClientConnections()
	states("stale")
	stream.set(func(s *eventStream) { s.status = 0 })
	stream.say("06")
	v.eval(nil, `dispatchEvent(new Event("online"))`) // brings everybody back, too
	v.readers(stream, 1)
	v.counts("a", 163)
	states("live")

	// Silence.
	wake()
	states("stale")
	reopened()

	// More than a feed may be long.
	v.eval(nil, `document.probe.errors.length = 0`)
	large := livePledge("07", `,"x":"`+strings.Repeat("x", 900_000)+`"`)
	for range 40 {
		stream.send(large)
	}
	v.until(`document.probe.errors.length === 2`)
	if got := strings.Join(v.codes(), " "); got != "feed-size feed-size" {
		t.Errorf("errors %s", got)
	}
	v.readers(stream, 0)
	states("stale")
	feeds("51", "01", "02", "04", "05", "06", "07")
	reopened()
	v.counts("a", 164)
	v.caught()
}

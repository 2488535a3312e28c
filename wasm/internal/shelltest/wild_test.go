package shelltest

import (
	_ "embed"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

var (
	wildSeeds = flag.Int("wild", 10, "how many days in the wild each browser has; make wild has a thousand")
	wildSeed  = flag.Uint64("wildseed", 1, "seed of the first of them")
)

// kept are days on which something was found: a record that was restored to what was
// read at first, and one that was restored while revisions waited to be shown.
var kept = []uint64{204, 600}

//go:embed testdata/wild.js
var wildScript string

// day is a page on one day.
type day struct {
	visit
	*wilderness
	site    *site
	random  *rand.Rand
	lang    string
	hidden  bool
	history []string
}

// Milliseconds of the page's clock.
const (
	beatMS   = 15_000
	answerMS = 2_000 // that another tab has for an answer
	secondMS = 1_000
)

// late is after how long each widget is right or marked, whatever has happened: one
// heartbeat after what should have come has not. That is the second heartbeat of a
// stream, which would have been there after the first one, or the answer to a reading.
var late = [...]int{
	2*beatMS + answerMS, // the stream is all that this one has
	60*1100 + beatMS,    // it asks each minute while there is no stream, and a tenth of that later
	30*1100 + beatMS,    // or each half of one
}

// daysInTheWild runs pages through faults that are drawn by a seed. Whatever
// happens, what is shown is the number of the feed or is marked; nothing is thrown
// that nobody catches; nobody asks in a storm; and in the end all is well.
func daysInTheWild(t *testing.T, v visit, s *site) {
	s.put("/wild.js", file{kind: "text/javascript", body: wildScript})
	s.put("/other", file{kind: "text/html; charset=utf-8", body: "<!doctype html><html lang=en><title>p</title>another page"})
	begin := func(t *testing.T, seed uint64) *day {
		d := &day{visit: visit{v.Browser, t}, wilderness: newWilderness(t), site: s, random: rand.New(rand.NewPCG(seed, 0)), lang: "en"}
		d.begin()
		return d
	}
	t.Run("a clock that is set back puts nothing off", func(t *testing.T) {
		d := begin(t, 0)
		d.set(badGateway)
		d.eval(nil, `document.probe.setClock(-86400000)`)
		d.more(2)
		d.wait("with a clock that is set back", false)
	})
	seeds := slices.Clone(kept)
	for n := range uint64(*wildSeeds) {
		seeds = append(seeds, *wildSeed+n)
	}
	for _, seed := range seeds {
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
			d := begin(t, seed)
			defer func() {
				if t.Failed() {
					t.Logf("with -wildseed %d -wild 1: %s", seed, strings.Join(d.history, ", "))
				}
			}()
			for range 8 {
				d.step()
			}
			d.history = append(d.history, "all is well")
			d.set(well)
			d.hide(false, false)
			d.eval(nil, `document.probe.stalled = false; dispatchEvent(new Event("online"))`)
			d.wait("all is well again", true)
		})
	}
}

// begin opens a page with three widgets: one follows the stream, one the stream or
// else the feed, and one the feed.
func (d *day) begin() {
	s := d.site
	s.put("/beat", file{kind: "text/plain", header: map[string]string{"Cache-Control": "no-store"}, stream: d.beat})
	s.policy = strings.Replace(strict, "connect-src 'self'", "connect-src 'self' "+d.URL, 1)
	d.visit.t.Cleanup(func() { s.policy = strict })
	live := `" live="` + d.URL + `/events" loading=eager refresh=`
	s.put("/wild", file{kind: "text/html; charset=utf-8", body: "<!doctype html><html lang=en><meta charset=utf-8><title>p</title>" +
		"<script src=/wild.js></script><script type=module src=/gcm-pledges.js></script><body>" +
		`<div><gcm-pledges src="` + d.URL + `/countable.json` + live + `0>-</gcm-pledges></div>` +
		`<div><gcm-pledges src="` + d.URL + `/pledges.json` + live + `60>-</gcm-pledges></div>` +
		`<div><gcm-pledges src="` + d.URL + `/snapshot.json" loading=eager refresh=30>-</gcm-pledges></div>`})
	d.open(s.URL + "/wild")
	d.wait("everything is shown", true)
}

// step lets something happen, and some time go by.
func (d *day) step() {
	n := func(n int) int { return d.random.IntN(n) }
	did := func(format string, args ...any) { d.history = append(d.history, fmt.Sprintf(format, args...)) }
	d.eval(nil, `document.probe.asked.length = document.probe.heard.length = 0`)
	before := d.count()
	for range 1 + n(3) {
		switch n(12) {
		case 0, 1:
			m := mode(1 + n(int(modes)-1))
			did("%v", m)
			d.eval(nil, `document.probe.stalled = arguments[0]; if (arguments[1]) dispatchEvent(new Event("offline"))`, m == stalled, m == offline)
			d.set(m)
		case 2, 3:
			did("well")
			d.eval(nil, `document.probe.stalled = false`)
			old := d.mode
			d.set(well)
			if old == offline {
				d.eval(nil, `dispatchEvent(new Event("online"))`)
			}
		case 4:
			more := 1 + n(3)
			did("%d more", more)
			d.more(more)
		case 5:
			did("cut in mid-event")
			inEvent := n(2) == 0
			for _, s := range d.all() {
				s.cut(inEvent)
			}
		case 6:
			days := 2*n(2) - 1
			did("clock by %d days", days)
			d.eval(nil, `document.probe.setClock(arguments[0] * 86400000)`, days)
		case 7:
			hide, freeze := !d.hidden, n(2) == 0
			did("hidden %v, frozen %v", hide, freeze && hide)
			d.hide(hide, freeze)
		case 8:
			hours := 1 + n(20)
			did("asleep for %d hours", hours)
			for _, s := range d.all() {
				s.mute() // nobody keeps a connection for that long
			}
			d.eval(nil, `document.probe.sleep(arguments[0] * 3600000)`, hours)
		case 9:
			d.lang = []string{"en", "fr", "es", "ar", "ru", "zh"}[n(6)]
			did("in %s", d.lang)
			d.eval(nil, `document.documentElement.lang = arguments[0]`, d.lang)
		case 10:
			i := n(3)
			did("element %d moved", i)
			d.eval(nil, `const w = document.probe.widgets[arguments[0]], places = [...document.querySelectorAll("div")];
				let frame = document.querySelector("iframe");
				if (!frame) document.body.append(frame = document.createElement("iframe"));
				if (w.ownerDocument !== document || arguments[1]) places[arguments[0]].append(w);
				else frame.contentDocument.body.append(w);`, i, n(2) == 0)
		case 11:
			if n(2) == 0 {
				fewer, more := n(5), n(5)
				did("restored without %d, with %d", fewer, more)
				d.restore(fewer, more)
				break
			}
			did("another page and back")
			d.open(d.site.URL + "/other")
			d.back()
		}
	}
	d.wait("", false)
	var asked []string
	d.eval(&asked, `return document.probe.asked`)
	if n := max(len(asked), d.count()-before); n > mostRequests {
		d.visit.t.Errorf("%d requests in one step; the page made %q", n, asked)
	} else {
		did("[%d]", n)
	}
}

// mostRequests is how many there may be in a step of about two minutes
const mostRequests = 60

func (d *day) count() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.asked
}

// hide hides the page, whose timers may be frozen then, or shows it.
func (d *day) hide(hide, freeze bool) {
	d.hidden = hide
	d.eval(nil, `document.probe.hide(arguments[0]); document.probe.frozen = arguments[1]`, hide, hide && freeze)
}

// back goes back, and waits until the page is there again, as it was or anew.
func (d *day) back() {
	d.visit.t.Helper()
	if err := d.Back(); err != nil {
		d.visit.t.Fatal(err)
	}
	d.until(`!!document.probe?.advance && document.readyState === "complete"`)
	// What loads has its time, while the page's clock stands: up to the stream, if there
	// will be one.
	for range 100 {
		var follows bool
		d.eval(&follows, `return document.hidden || document.probe.asked.some((address) => address.includes("/events"))`)
		if follows {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	d.eval(&d.hidden, `return document.hidden`)
	d.eval(&d.lang, `return document.documentElement.lang`)
	d.eval(nil, `document.probe.stalled = arguments[0]`, d.mode == stalled)
}

// wait lets time go by until what is shown is right, or marked if that will do.
func (d *day) wait(what string, right bool) {
	t := d.visit.t
	t.Helper()
	now := 0
	for _, ms := range slices.Sorted(slices.Values(late[:])) {
		d.await(nil, `await document.probe.advance(arguments[0])`, ms+secondMS-now)
		now = ms + secondMS
		// What is under way comes; the page's clock stands.
		for turn := range 100 {
			good, look := d.good(now, right)
			if good || right || d.hidden { // nobody looks
				break
			}
			if turn == 99 {
				d.fatal(what, look)
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
	for turn := 1; right; turn++ { // after all that failed it is asked for later each time
		good, look := d.good(now, right)
		if good {
			break
		}
		if turn == 100 {
			d.fatal(what, look)
		}
		d.await(nil, `await document.probe.advance(arguments[0])`, now*turn)
	}
	var uncaught []string
	if d.eval(&uncaught, `return document.probe.uncaught`); len(uncaught) > 0 {
		t.Fatalf("not caught: %q", uncaught)
	}
}

// good reports whether each widget is right, or marked if that will do, of which that
// can be expected now.
func (d *day) good(now int, right bool) (good bool, look []look) {
	d.visit.t.Helper()
	d.mu.Lock()
	want := strconv.Itoa(d.total)
	d.mu.Unlock()
	d.eval(&look, `return document.probe.look()`)
	good = len(look) == len(late)
	for i, w := range look {
		good = good && (late[i] > now || (w.Marked && !right || w.Number == want && !(right && w.Marked)) && (w.Lang == "" || w.Lang == d.lang))
	}
	return good, look
}

// look is what visitors see of a widget.
type look struct {
	Number, Lang string
	Marked       bool
}

func (d *day) fatal(what string, look []look) {
	t := d.visit.t
	t.Helper()
	var asked, heard []string
	d.eval(&asked, `return document.probe.asked`)
	d.eval(&heard, `return document.probe.heard`)
	t.Logf("the page has asked for %q and heard %q", asked, heard)
	t.Fatalf("%s: shown is %+v, the feed has %d in %s", what, look, d.total, d.lang)
}

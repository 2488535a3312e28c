package shelltest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/feed"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

var documentScenarios = []scenario{
	{"documents are shown without an engine", documentsAreShown},
	{"a document grows older", documentGrowsOlder},
	{"a document follows its file", documentFollowsItsFile},
	{"a document of what a server has rendered", documentOfAServerIsTakenOver},
	{"a document of something else", wrongDocument},
	{"the engine takes over from documents", engineTakesOver},
	{"ten documents of one publisher", tenDocuments},
	{"what is loaded later is checked", laterModulesAreChecked},
	{"a document where WebAssembly isn't allowed", documentWithoutItsEngine},
}

// documented publishes a view document of a feed.
func (s *site) documented(path, of string, d view.Document, q tally.Query) {
	s.t.Helper()
	snapshot, err := read(s.t, of).Snapshot(q)
	if err != nil {
		s.t.Fatal(err)
	}
	text, err := d.AppendJSON(nil, snapshot)
	if err != nil {
		s.t.Fatal(err)
	}
	s.feed(path, string(text))
}

// asked returns the paths that were asked for and end like this.
func (s *site) asked(suffix string) (paths []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for path := range s.seen {
		if strings.HasSuffix(path, suffix) {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths
}

// follows reports whether a script is the module that follows streams and the readers
// of maps.
func follows(path string) bool { return strings.HasPrefix(path, "/gcm-pledges-following-") }

// countsNothing fails the test if the page has asked for an engine, or for another
// module than the first, but for the one that follows.
func (s *site) countsNothing() {
	s.t.Helper()
	for _, suffix := range []string{".wasm", ".gz"} {
		if asked := s.asked(suffix); len(asked) > 0 {
			s.t.Errorf("an engine was asked for: %q", asked)
		}
	}
	if asked := slices.DeleteFunc(s.asked(".js"), follows); !slices.Equal(asked, []string{"/gcm-pledges.js", "/probe.js"}) {
		s.t.Errorf("scripts: %q", asked)
	}
}

// documentsAreShown: each view, in two languages, byte for byte as the engine
// shows it, and without one.
func documentsAreShown(t *testing.T, v visit, s *site) {
	feed := string(data.Reference())
	var body strings.Builder
	var want []string
	for kind := range view.Kinds() {
		for _, l := range []gcm.Language{gcm.English, gcm.Arabic} {
			path := "/views/" + kind.String() + "." + l.String() + ".json"
			s.documented(path, feed, view.Document{View: kind, Language: l}, tally.Query{})
			body.WriteString(`<gcm-pledges loading=eager src="` + path + `">-</gcm-pledges>`)
			snapshot, err := read(t, feed).Snapshot(tally.Query{})
			if err != nil {
				t.Fatal(err)
			}
			want = append(want, shown(t, snapshot, view.Options{View: kind, Language: l})) // without pledges there is nothing to take away
		}
	}
	body.WriteString(`<gcm-pledges loading=eager src="/views/counter.en.json">-</gcm-pledges>`) // once more
	s.page("/", body.String())
	v.open(s.URL)
	v.live(len(want) + 1)
	var got []string
	v.eval(&got, `return [...document.querySelectorAll("gcm-pledges")].map((w) => w.shadowRoot.querySelector("[part~=view]").outerHTML)`)
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("got\n%s\nwant\n%s", got[i], want[i])
		}
	}
	s.countsNothing()
	if n := len(s.requests("/views/counter.en.json")); n != 1 {
		t.Errorf("two elements asked %d times", n)
	}
	var detail []any
	v.eval(&detail, `const w = document.querySelector("gcm-pledges"), u = document.probe.updates.find((u) => u.source.endsWith("counter.en.json"));
let live = true; try { live = w.matches(":state(live)") } catch {}
return [u.total, u.summary.total_only, u.summary === w.summary, u.changed, u.problems, live]`)
	if got, want := fmt.Sprint(detail), "[158 true true true [] true]"; got != want {
		t.Errorf("gcm-update says %s, want %s", got, want)
	}
	v.quiet()
}

// documentGrowsOlder while the page is open: the next day it says so, and nobody
// is asked.
func documentGrowsOlder(t *testing.T, v visit, s *site) {
	feed := string(data.Reference())
	s.documented("/views/counter.json", feed, view.Document{Ageing: 9}, tally.Query{})
	s.page("/", `<gcm-pledges src="/views/counter.json" refresh=0>-</gcm-pledges>`)
	v.open(s.URL)
	v.live(1)
	snapshot, err := read(t, feed).Snapshot(tally.Query{})
	if err != nil {
		t.Fatal(err)
	}
	now, _ := gcm.ParseInstant(today)
	sec, _ := now.Unix()
	for _, days := range []int64{1, 7, 30, 400, 100_000} {
		later, err := view.Render(snapshot, view.Options{Ageing: 9, Now: gcm.InstantOfUnix(sec+days*24*60*60, 0)})
		if days == 100_000 { // too old to say how old
			later, err = view.Render(snapshot, view.Options{})
		}
		if err != nil {
			t.Fatal(err)
		}
		v.eval(nil, `document.probe.later = arguments[0] * 864e5; document.probe.wake()`, days)
		v.until(`document.querySelector("gcm-pledges").shadowRoot.querySelector("[part~=view]").outerHTML === arguments[0]`, later.HTML())
	}
	if n := len(s.requests("/views/counter.json")); n != 1 {
		t.Errorf("asked %d times", n)
	}
	v.eval(nil, `document.querySelector("gcm-pledges").remove()`)
	v.until(`document.probe.timers.size === 0`)
	s.countsNothing()
	v.quiet()
}

// documentFollowsItsFile: a later one changes what is another one, counts to the new
// total, and says it; one that can't be read leaves the last one, marked.
func documentFollowsItsFile(t *testing.T, v visit, s *site) {
	feed := string(data.Reference())
	s.documented("/views/counter.json", feed, view.Document{}, tally.Query{})
	s.page("/", `<gcm-pledges src="/views/counter.json" refresh=0>-</gcm-pledges>`)
	v.open(s.URL)
	v.live(1)
	v.eval(nil, counting+`document.first = number(); root.querySelector("details").open = true;`)
	s.documented("/views/counter.json", more(900), view.Document{}, tally.Query{})
	v.refresh()
	v.until(`document.frames.length > 1 && !document.querySelector("gcm-pledges").shadowRoot.querySelector("[data-count]")`)
	want := strings.Replace(fresh(t, more(900), view.Options{}, tally.Query{}), `<details part="foot"`, `<details part="foot" open=""`, 1)
	if got := v.shown(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	var same bool
	v.eval(&same, `return document.first === document.querySelector("gcm-pledges").shadowRoot.querySelector("[part=number]")`)
	if !same {
		t.Error("the number is another element")
	}
	v.until(`document.querySelector("gcm-pledges").shadowRoot.querySelector("[role=status]").textContent.startsWith("1,058 pledges")`)
	for _, broken := range []string{`{"gcm_view":"counter","tree":[`, `{"gcm_view":"counter","tree":["p",{}]}`} {
		s.feed("/views/counter.json", broken)
		v.refresh()
		if codes := v.codes(); codes[len(codes)-1] != "feed-syntax" || v.note() == "" || !strings.Contains(v.shown(), "1,058") {
			t.Errorf("%s: %q, %q", broken, codes, v.note())
		}
	}
	s.countsNothing()
	v.quiet()
}

// documentOfAServerIsTakenOver: what a server has rendered of the same counts stays
// as it is.
func documentOfAServerIsTakenOver(t *testing.T, v visit, s *site) {
	feed := string(data.Reference())
	var body strings.Builder
	for kind := range view.Kinds() {
		o := view.Options{View: kind, Language: gcm.French}
		path := "/views/" + kind.String() + ".json"
		s.documented(path, feed, view.Document{View: kind, Language: gcm.French}, tally.Query{})
		body.WriteString(strings.Replace(served(t, feed, o), `"/feed.json"`, `"`+path+`"`, 1))
	}
	s.put("/watch.js", file{kind: "text/javascript", body: watch})
	s.page("/", body.String()+"<script src=/watch.js></script>")
	v.open(s.URL)
	n := 0
	for range view.Kinds() {
		n++
	}
	v.live(n)
	var changed []string
	v.eval(&changed, `return document.watched.flatMap(({ view, root, records }) => root.querySelector("[part~=view]") === view && !records.filter(({ target }) => view.contains(target)).length ? [] : [view.getAttribute("part")])`)
	equal(t, changed, nil)
	if asked := slices.DeleteFunc(s.asked(".js"), follows); !slices.Equal(asked, []string{"/gcm-pledges.js", "/probe.js", "/watch.js"}) {
		t.Errorf("scripts: %q", asked)
	}
	v.quiet()
}

// wrongDocument: one that shows something else than the page says is no number of
// it.
func wrongDocument(t *testing.T, v visit, s *site) {
	feed := string(data.Reference())
	s.documented("/views/seven.json", feed, view.Document{}, tally.Query{Objective: tally.AnyOf(objectives.Objective(7))})
	for attributes, ok := range map[string]bool{
		"": true, "objective=7": true, "objective=07x": false, "objective=8": false, "region=africa": false,
		"view=counter": true, "view=COUNTER objective=' 7 '": true, "view=timeline": false, "lang=fr": true,
	} {
		s.page("/", `<gcm-pledges src="/views/seven.json" refresh=0 `+attributes+`>some pledges</gcm-pledges>`)
		v.open("about:blank")
		v.open(s.URL)
		v.until(`document.probe.updates.length + document.probe.errors.length > 0`)
		if shown := v.shown() != ""; shown != ok || !ok && v.codes()[0] != "option" {
			t.Errorf("%q: shown is %v, %q", attributes, shown, v.codes())
		}
	}
	s.countsNothing()
	v.quiet()
}

// engineTakesOver where more is to be counted than a document says.
func engineTakesOver(t *testing.T, v visit, s *site) {
	all := string(data.Reference())
	s.feed("/data/feed.json", all)
	dated := strings.Replace(few("123"), "{", `{"as_of":"2022-05-20T00:00:00Z",`, 1)
	s.feed("/data/few.json", dated)
	d := view.Document{View: view.Dashboard, Feed: "../data/feed.json"}
	s.documented("/views/dashboard.json", all, d, tally.Query{Region: tally.AnyOf(gcm.Africa)})
	s.documented("/views/few.json", dated, view.Document{Feed: "../data/few.json"}, tally.Query{})
	s.documented("/views/alone.json", all, view.Document{View: view.Dashboard}, tally.Query{})
	s.page("/", `<gcm-pledges src="/views/dashboard.json" refresh=0>-</gcm-pledges>`)
	v.open(s.URL)
	v.live(1)
	s.countsNothing()
	// A choice.
	v.eval(nil, `document.querySelector("gcm-pledges").shadowRoot.querySelector("button[name=objective][value='7']").click()`)
	v.live(2)
	page := tally.Query{Region: tally.AnyOf(gcm.Africa)}
	want, _ := explored(t, page, tally.Query{Objective: tally.AnyOf(objectives.Objective(7))})
	if got := v.shown(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	// It is taken back, and the engine's view is that of the document.
	v.eval(nil, `document.querySelector("gcm-pledges").shadowRoot.querySelector("button[name=objective][value='7']").click()`)
	v.live(3)
	if got, want := v.shown(), fresh(t, all, view.Options{View: view.Dashboard}, page); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if codes := v.codes(); len(codes) > 0 {
		t.Errorf("errors %q", codes)
	}

	// Several sources are added up.
	s.page("/", `<gcm-pledges src="/views/few.json /data/feed.json" refresh=0>-</gcm-pledges>`)
	v.open("about:blank")
	v.open(s.URL)
	v.until(`document.probe.updates.at(-1)?.total === 161`)
	if codes := v.codes(); len(codes) > 0 {
		t.Errorf("errors %q", codes)
	}

	// Of a document that names no feed nothing can be chosen.
	s.page("/", `<gcm-pledges src="/views/alone.json" refresh=0>-</gcm-pledges>`)
	v.open("about:blank")
	v.open(s.URL)
	v.live(1)
	before := v.shown()
	v.eval(nil, `document.chosen = []; addEventListener("gcm-choice", (e) => document.chosen.push(JSON.stringify(e.detail.choices))); document.querySelector("gcm-pledges").shadowRoot.querySelector("button[name=objective][value='7']").click()`)
	v.until(`document.chosen.join() === '{"objective":"7"},{}'`)
	if codes := v.codes(); len(codes) > 0 || v.shown() != before {
		t.Errorf("%q\n%s", codes, v.shown())
	}
	v.quiet()
}

// tenDocuments of one publisher: what the attributes say is what is asked for, there
// is one stream for all, and after a change each is read once more.
func tenDocuments(t *testing.T, v visit, s *site) {
	book := new(pledge.Book)
	if _, err := book.Load(strings.NewReader(string(data.Reference()))); err != nil {
		t.Fatal(err)
	}
	header := read(t, string(data.Reference())).Header
	header.Sequence = 7
	// Only the first heartbeat comes, and the last document once the stream is live.
	server := feed.New(book, feed.Options{Header: header, Rebuild: -1, Spread: -1, Heartbeat: time.Hour})
	live := make(chan struct{})
	mux := http.NewServeMux()
	server.Register(mux, "/pledges/")
	var mu sync.Mutex
	var asked []string
	publisher := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked = append(asked, r.URL.RequestURI())
		mu.Unlock()
		if strings.Contains(r.URL.RawQuery, "objective=10&") {
			<-live
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(func() { publisher.CloseClientConnections(); publisher.Close() })
	requests := func() []string {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(asked)
	}
	s.policy = strings.Replace(strict, "connect-src 'self'", "connect-src 'self' "+publisher.URL, 1)
	defer func() { s.policy = strict }()
	var body strings.Builder
	for i := range 10 {
		body.WriteString(`<gcm-pledges loading=eager src="` + publisher.URL + `/pledges/view.json" live="` + publisher.URL + `/pledges/events" objective=` + strconv.Itoa(i+1) + ` lang=fr-CA>-</gcm-pledges>`)
	}
	s.page("/", body.String())
	v.open(s.URL)
	v.until(`[...document.querySelectorAll("gcm-pledges:state(live)")].length === 9`)
	close(live)
	v.live(10)
	v.until(`[...document.querySelectorAll("gcm-pledges")].every((w) => w.shadowRoot.querySelector("[part~=fresh-current]").textContent === arguments[0])`, string(locale.Live.In(gcm.French)))
	count := func(what string) (n int) {
		for _, uri := range requests() {
			if strings.Contains(uri, what) {
				n++
			}
		}
		return n
	}
	if all, streams, one := len(requests()), count("/events?after=7-"), count("view.json?objective=3&lang=fr"); all != 11 || streams != 1 || one != 1 {
		t.Errorf("%q", requests())
	}
	snapshot := book.Snapshot(header, tally.Query{Objective: tally.AnyOf(objectives.Objective(1))})
	want := render(t, snapshot, view.Options{Language: gcm.French, Live: true})
	if got := v.shown(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	total := snapshot.Counts.Total
	p := pledge.Pledge{ID: pledge.IDFromRef("https://example.org/", "new"), Title: "New", Updated: gcm.InstantOfUnix(1_653_100_000, 0), Objectives: objectives.SetOf(1)}
	if _, err := server.Apply(8, p); err != nil {
		t.Fatal(err)
	}
	v.until(`document.querySelector("gcm-pledges").summary.counts.total === arguments[0]`, total+1)
	v.until(`[...document.querySelectorAll("gcm-pledges")].every((w) => w.summary.sequence === 8)`)
	if all := len(requests()); all != 21 {
		t.Errorf("%d requests: %q", all, requests())
	}
	s.countsNothing()
	if codes := v.codes(); len(codes) > 0 {
		t.Errorf("errors %q", codes)
	}
}

// laterModulesAreChecked: one that isn't the one that was built doesn't run, nor does
// the engine that it would have started; once it is there again all goes on.
func laterModulesAreChecked(t *testing.T, v visit, s *site) {
	name := s.built.counting()
	good := string(s.built.files[name])
	s.feed("/feed.json", string(data.Reference()))
	s.page("/", widget)
	for _, bad := range []file{{body: good + "\ndocument.ran = true;", kind: "text/javascript"}, {status: 404}} {
		s.put("/"+name, bad)
		v.open("about:blank")
		v.open(s.URL)
		v.until(`document.probe.errors.length > 0`)
		if codes := v.codes(); codes[0] != "engine-load" || v.light() != "158 pledges" || v.shown() != "" {
			t.Errorf("%q, %q, %q", codes, v.light(), v.shown())
		}
		var ran bool
		v.eval(&ran, `return !!document.ran`)
		if asked := s.asked(".wasm"); ran || len(asked) > 0 {
			t.Errorf("it ran: %v; engines: %q", ran, asked)
		}
		v.Log() // what the browser says of it
		v.eval(nil, `document.probe.uncaught.length = 0`)
	}
	s.put("/"+name, file{body: good, kind: "text/javascript"})
	v.refresh()
	v.live(1)
	v.quiet()

	// A policy that lists Trusted Types has to list ours, where the browser knows them.
	s.policy = strict + "; trusted-types another"
	defer func() { s.policy = strict }()
	v.open("about:blank")
	v.open(s.URL)
	v.until(`document.probe.errors.length + document.probe.updates.length > 0`)
	var typed bool
	v.eval(&typed, `return "trustedTypes" in window`)
	if codes := v.codes(); typed && (len(codes) != 1 || codes[0] != "engine-load" || v.light() != "158 pledges") {
		t.Errorf("with other Trusted Types: %q, %q", codes, v.light())
	}
	v.Log()
}

// documentWithoutItsEngine: where a page doesn't allow WebAssembly a document is
// shown all the same.
func documentWithoutItsEngine(t *testing.T, v visit, s *site) {
	s.documented("/views/counter.json", string(data.Reference()), view.Document{}, tally.Query{})
	s.policy = strings.Replace(strict, " 'wasm-unsafe-eval'", "", 1)
	defer func() { s.policy = strict }()
	s.page("/", `<gcm-pledges src="/views/counter.json" refresh=0>-</gcm-pledges>`)
	v.open(s.URL)
	v.live(1)
	s.countsNothing()
	v.quiet()
}

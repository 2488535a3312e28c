package shelltest

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

// scenario is what happens on a page.
type scenario struct {
	name string
	run  func(*testing.T, visit, *site)
}

// scenarios are what is tested of the widget in every browser.
var scenarios = []scenario{
	{"the page's text stays until the engine has come", textStays},
	{"the number follows the feed and is marked when the feed is gone", numberFollows},
	{"counts are those of every platform", countsAreThose},
	{"what is shown after updates is what is rendered afresh", patchedIsFresh},
	{"snapshots and filters", snapshotsAndFilters},
	{"pledges are selected by topic", selectsByTopic},
	{"the browser revalidates with the ETag", revalidates},
	{"nothing new on window", nothingOnWindow},
	{"ten widgets share one engine and one feed", tenShare},
	{"removed widgets leave nothing behind", removedLeaveNothing},
	{"readings pause while the page is hidden", pausesWhileHidden},
	{"a second Go program goes on", secondProgram},
	{"a hostile feed", hostileFeed},
	{"what a server has rendered is taken over untouched", takesOver},
	{"an older view of a server makes room", olderViewMakesRoom},
	{"a large view is made in turns", takesTurns},
	{"each element starts in a turn of its own", startsInTurns},
	{"a large view is laid out in parts", laysOutInParts},
	{"a number counts to a new one", numberCountsUp},
	{"numbers that change move nothing", numbersMoveNothing},
	{"there is room for every view, and nothing is too wide for a telephone, nor too small for a finger", viewsFit},
	{"a page with text makes room", textMakesRoom},
	{"what a page says of its text stays outside", pagesKeepOut},
	{"a map is read by pointer and keys", mapIsRead},
	{"a dashboard is clicked through", dashboardIsClicked},
	{"a dashboard is read page by page, and taken away", dashboardIsRead},
	{"a dashboard is searched while one types", dashboardIsSearched},
	{"a dashboard has a sheet where there is no room for a column", dashboardHasASheet},
	{"rows are sorted as a reader wants", rowsAreSorted},
	{"a reader reads a source again", readsAgain},
	{"an inline counter stands in a line", standsInALine},
	{"choices are kept in the address if it is asked for", choicesInAddress},
	{"several sources are one", sourcesAreOne},
	{"a source that fails leaves the others", failingSourceLeavesOthers},
	{"changes are announced, politely", announcesPolitely},
	{"themes and properties", themesAndProperties},
	{"the engine works beside the page and ends with the last widget", engineIsBesideThePage},
	{"views that are on their way", viewsOnTheirWay},
	{"where there can't be a worker the page does its work", worksWithoutWorker},
	{"the module of another origin", shellOfAnotherOrigin},
	{"a stream is followed", followsStream},
	{"the first pledge of all is shown when it is said", firstPledge},
	{"without a stream the feed is asked", pollsWithoutStream},
	{"a stream is one for all, and outlives what goes wrong", streamOutlives},
	{"the tabs of an origin share a stream", tabsShare},
	{"a page that names its elements like what scripts need", clobberedPage},
	{"elements in other places and under other names", otherPlaces},
	{"dates and codes are written forwards in Arabic", viewsAreWrittenForwards},
	{"faults of feeds", feedFaults},
	{"faults on the way to the engine", loadFaults},
	{"faults of the engine", engineFaults},
	{"a feed that the engine dies of leaves the others", otherFeeds},
	{"an engine breaks between sources", breaksBetweenSources},
	{"an engine that is sent packed", engineIsUnpacked},
	{"words are loaded for the languages of a page", wordsAreLoaded},
	{"mistakes are explained", mistakesAreExplained},
	{"without the words of its language a view is in English", wordsAreMissing},
	{"words outlive an engine", wordsOutlive},
}

const widget = `<gcm-pledges src="/feed.json" refresh="0">158 pledges</gcm-pledges>`

func textStays(t *testing.T, v visit, s *site) {
	s.page("/", widget)
	s.feed("/feed.json", string(data.Reference()))
	release := s.hold("/" + s.built.wasm)
	v.open(s.URL)
	v.until(`customElements.get("gcm-pledges")`)
	var rendered string
	v.eval(&rendered, `const w = document.querySelector("gcm-pledges"); return w.innerText + (w.shadowRoot ? " and a shadow root" : "")`)
	if rendered != "158 pledges" {
		t.Errorf("before the engine: %q", rendered)
	}
	release()
	v.live(1)
	if got := v.shown(); !strings.Contains(got, "158") || !strings.Contains(got, "Illustrative") {
		t.Errorf("after: %s", got)
	}
	if v.light() != "158 pledges" {
		t.Error("the page's own text was changed")
	}
	v.quiet()
}

func oneMore(feed, id string) string {
	return strings.Replace(feed, `"pledges":[`, `"pledges":[{"id":"00000000-0000-4000-8000-0000000000`+id+`","objectives":[7]},`, 1)
}

func numberFollows(t *testing.T, v visit, s *site) {
	s.page("/", `<gcm-pledges src="/feed.json" refresh="1">158 pledges</gcm-pledges>`)
	feed := string(data.Reference())
	s.feed("/feed.json", feed)
	v.open(s.URL)
	v.live(1)
	s.feed("/feed.json", oneMore(feed, "01"))
	v.until(`document.probe.updates.at(-1).total === 159 && document.querySelector("gcm-pledges").shadowRoot.textContent.includes("159")`)
	if v.note() != "" {
		t.Errorf("marked while it is current: %s", v.note())
	}
	s.remove("/feed.json")
	v.until(`document.querySelector("gcm-pledges").shadowRoot.querySelector("[part=stale]").textContent`)
	if !strings.Contains(v.shown(), "159") || !strings.HasPrefix(v.note(), "Not current") {
		t.Errorf("after the feed had gone: %s, %s", v.note(), v.shown())
	}
	var live bool
	v.eval(&live, `return document.querySelector("gcm-pledges").matches(":state(live)")`)
	if live {
		t.Error("still in the state live")
	}
	s.feed("/feed.json", feed)
	v.refresh()
	if v.note() != "" || strings.Contains(v.shown(), "159") {
		t.Errorf("after it came back: %s, %s", v.note(), v.shown())
	}
	if got := strings.Join(v.codes(), " "); got != "feed-http" {
		t.Errorf("errors: %s", got)
	}
}

func countsAreThose(t *testing.T, v visit, s *site) {
	want, err := os.ReadFile(filepath.FromSlash("../engine/testdata/reference.summary.json"))
	if err != nil {
		t.Fatal(err)
	}
	s.page("/", widget)
	s.feed("/feed.json", string(data.Reference()))
	v.open(s.URL)
	v.live(1)
	// The engine's own words, as numbers that JavaScript writes are in another order.
	var answer string
	v.eval(&answer, `return document.probe.answers.find((a) => a.includes('"summary":'))`)
	_, got, _ := strings.Cut(answer, `"summary":`)
	if got != strings.TrimSpace(string(want))+"}" {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// fresh is what Go renders on a server for a feed, when it is today.
func fresh(t *testing.T, feed string, o view.Options, q tally.Query) string {
	t.Helper()
	snapshot, err := read(t, feed).Snapshot(q)
	if err != nil {
		t.Fatal(err)
	}
	return render(t, snapshot, o)
}

func read(t *testing.T, feed string) *tally.Feed {
	t.Helper()
	r := tally.Reader{Items: true}
	r.Write([]byte(feed))
	f, err := r.Close()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// render renders a view as the engine does.
func render(t *testing.T, s *tally.Snapshot, o view.Options) string {
	t.Helper()
	o.Tools = true
	return shown(t, s, o)
}

func shown(t *testing.T, s *tally.Snapshot, o view.Options) string {
	t.Helper()
	o.Now, _ = gcm.ParseInstant(today)
	v, err := view.Render(s, o)
	if err != nil {
		t.Fatal(err)
	}
	return v.HTML()
}

func patchedIsFresh(t *testing.T, v visit, s *site) {
	feed := string(data.Reference())
	feeds := []string{
		feed,
		oneMore(feed, "01"),
		strings.ReplaceAll(oneMore(oneMore(feed, "01"), "02"), `"title":"Illustrative pledges, generated"`, `"title":"A \"title\" <b>&\u00a0more"`),
		`{"feed":"https://example.org/x?a=1&b=2","as_of":"2023-01-01T00:00:00Z","pledges":[{"id":"00000000-0000-4000-8000-000000000001"},{"id":7}]}`,
		feed,
	}
	var body strings.Builder
	type shown struct {
		o view.Options
		q tally.Query
	}
	var widgets []shown
	for kind, language := range everyView() {
		for _, objective := range []string{"", "7"} {
			w := shown{o: view.Options{View: kind, Language: language}}
			if objective != "" {
				w.q.Objective = tally.AnyOf(objectives.Objective(7))
			}
			widgets = append(widgets, w)
			body.WriteString(`<gcm-pledges loading=eager src="/feed.json" refresh="0" view="` + kind.String() + `" lang="` + language.String() + `" objective="` + objective + `">-</gcm-pledges>`)
		}
	}
	s.page("/", body.String())
	for i, feed := range feeds {
		s.feed("/feed.json", feed)
		if i == 0 {
			v.open(s.URL)
			v.live(len(widgets))
		} else {
			v.refresh()
		}
		var got []string
		v.eval(&got, `return [...document.querySelectorAll("gcm-pledges")].map((w) => w.shadowRoot.firstElementChild.outerHTML)`)
		for j, w := range widgets {
			if want := fresh(t, feed, w.o, w.q); got[j] != want {
				t.Fatalf("step %d, %s in %s: got\n%s\nwant\n%s", i, w.o.View, w.o.Language, got[j], want)
			}
		}
	}
	v.quiet()
}

func snapshotsAndFilters(t *testing.T, v visit, s *site) {
	summary, err := os.ReadFile(filepath.FromSlash("../engine/testdata/reference.summary.json"))
	if err != nil {
		t.Fatal(err)
	}
	s.feed("/feed.json", string(data.Reference()))
	s.feed("/snapshot.json", string(summary))
	s.page("/", `<gcm-pledges src="/feed.json" refresh=0>-</gcm-pledges>
<gcm-pledges src="/snapshot.json" refresh=0>-</gcm-pledges>
<gcm-pledges src="/feed.json" refresh=0 region=africa>-</gcm-pledges>
<gcm-pledges src="/snapshot.json" refresh=0 region=africa>-</gcm-pledges>
<gcm-pledges src="/feed.json" refresh=0 region=atlantis>-</gcm-pledges>
<gcm-pledges src="/snapshot.json" refresh=0 region=africa objective=7>-</gcm-pledges>`)
	v.open(s.URL)
	v.live(4)
	v.until("document.probe.errors.length >= 2")
	var totals []*int
	v.eval(&totals, `return [...document.querySelectorAll("gcm-pledges")].map((w) => w.summary?.counts.total ?? null)`)
	if *totals[0] != 158 || *totals[1] != 158 || *totals[2] != *totals[3] || totals[4] != nil || totals[5] != nil {
		t.Errorf("%v", totals)
	}
	if got := strings.Join(v.codes(), " "); got != "filter filter" {
		t.Errorf("errors: %s", got)
	}
	v.eval(nil, `document.querySelector("gcm-pledges").region = "europe"; document.querySelector("gcm-pledges").lang = "fr"`)
	v.until(`document.querySelector("gcm-pledges").shadowRoot.textContent.includes("Europe") && document.querySelector("gcm-pledges").shadowRoot.firstElementChild.lang === "fr"`)
	v.quiet()
}

func revalidates(t *testing.T, v visit, s *site) {
	s.page("/", widget)
	s.feed("/feed.json", string(data.Reference()))
	v.open(s.URL)
	v.live(1)
	v.refresh()
	got := s.requests("/feed.json")
	// WebKit under automation keeps no cache to ask with.
	if len(got) != 2 || v.Engine() != "webkit" && (got[1].ifNoneMatch == "" || got[1].status != 304) {
		t.Errorf("%+v", got)
	}
	var decoded int
	v.eval(&decoded, `return document.probe.answers.filter((a) => a.includes('"kind":')).length`)
	if decoded != 1 {
		t.Errorf("a feed that hasn't changed was decoded %d times", decoded)
	}
	v.quiet()
}

func nothingOnWindow(t *testing.T, v visit, s *site) {
	// ret_nodes is chromedriver's own.
	const names = `return Object.getOwnPropertyNames(window).filter((n) => n !== "ret_nodes").sort().join(" ")`
	const page = "<!doctype html><title>p</title>"
	s.put("/", file{kind: "text/html", body: page + widget})
	v.open(s.URL)
	var before, after string
	v.eval(&before, names)
	s.feed("/feed.json", string(data.Reference()))
	s.put("/", file{kind: "text/html", body: page + "<script type=module src=/gcm-pledges.js></script>" + widget})
	v.open(s.URL + "/?again")
	v.until(`document.querySelector("gcm-pledges").summary`)
	v.eval(&after, names)
	for _, name := range strings.Fields(after) {
		if !strings.Contains(" "+before+" ", " "+name+" ") {
			t.Errorf("%s is new on window", name)
		}
	}
}

func tenShare(t *testing.T, v visit, s *site) {
	s.page("/", strings.Repeat(widget, 10))
	s.feed("/feed.json", string(data.Reference()))
	v.open(s.URL)
	v.live(10)
	if e, f := len(s.requests("/"+s.built.wasm)), len(s.requests("/feed.json")); e != 1 || f != 1 {
		t.Errorf("%d requests of the engine, %d of the feed", e, f)
	}
	v.quiet()
}

func removedLeaveNothing(t *testing.T, v visit, s *site) {
	s.page("/", strings.Repeat(`<gcm-pledges src="/feed.json" refresh="60">-</gcm-pledges>`, 3))
	s.feed("/feed.json", string(data.Reference()))
	v.open(s.URL)
	v.live(3)
	v.until("document.probe.timers.size === 1")
	v.eval(nil, `document.kept = [...document.querySelectorAll("gcm-pledges")]; document.kept.forEach((w) => w.remove())`)
	v.until("document.probe.timers.size === 0")
	v.eval(nil, `document.body.append(document.kept[0])`)
	v.live(4)
	v.until("document.probe.timers.size === 1")
	// Moving it isn't removing it.
	v.eval(nil, `document.body.prepend(document.kept[0])`)
	v.until("document.probe.timers.size === 1")
	if n := len(s.requests("/feed.json")); n != 2 {
		t.Errorf("%d requests of the feed", n)
	}
	v.quiet()
}

func pausesWhileHidden(t *testing.T, v visit, s *site) {
	s.page("/", `<gcm-pledges src="/feed.json" refresh="1">-</gcm-pledges>`)
	feed := string(data.Reference())
	s.feed("/feed.json", feed)
	v.open(s.URL)
	v.live(1)
	v.eval(nil, `document.hid = true; Object.defineProperty(Document.prototype, "hidden", { get: () => document.hid, configurable: true });
document.dispatchEvent(new Event("visibilitychange", { bubbles: true }))`)
	v.until("document.probe.timers.size === 0")
	s.feed("/feed.json", oneMore(feed, "01"))
	v.eval(nil, `document.hid = false; document.dispatchEvent(new Event("visibilitychange", { bubbles: true }))`)
	v.until("document.probe.updates.at(-1).total === 159")
	v.quiet()
}

func secondProgram(t *testing.T, v visit, s *site) {
	second, err := secondGo()
	if err != nil {
		t.Fatal(err)
	}
	s.put("/second.wasm", file{kind: "application/wasm", body: second[0]})
	s.put("/wasm_exec.js", file{kind: "text/javascript", body: second[1]})
	s.put("/second.js", file{kind: "text/javascript", body: `const go = new Go();
WebAssembly.instantiateStreaming(fetch("/second.wasm"), go.importObject).then((r) => go.run(r.instance));`})
	s.page("/", `<script src=/wasm_exec.js></script><script src=/second.js></script>`+widget)
	s.feed("/feed.json", string(data.Reference()))
	v.open(s.URL)
	v.live(1)
	v.until("document.second")
	var n [2]int
	v.eval(&n[0], "return document.second()")
	v.refresh()
	v.eval(&n[1], "return document.second()")
	if n != [2]int{1, 2} {
		t.Error(n)
	}
	v.quiet()
}

func buildSecond() (files [2]string, err error) {
	dir, err := os.MkdirTemp("", "gcmkit-second-")
	if err != nil {
		return files, err
	}
	defer os.RemoveAll(dir)
	out := filepath.Join(dir, "second.wasm")
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", out, "./testdata/second")
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if text, err := cmd.CombinedOutput(); err != nil {
		return files, &buildError{err, string(text)}
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return files, err
	}
	for i, name := range []string{out, filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js")} {
		content, err := os.ReadFile(name)
		if err != nil {
			return files, err
		}
		files[i] = string(content)
	}
	return files, nil
}

type buildError struct {
	err  error
	text string
}

func (e *buildError) Error() string { return e.err.Error() + "\n" + e.text }

func hostileFeed(t *testing.T, v visit, s *site) {
	quote := func(s string) string {
		b, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	id := func(n string) string { return `"id":"00000000-0000-4000-8000-00000000000` + n + `"` }
	s.feed("/feed.json", `{"title":"<img src=x onerror=document.probe.errors.push(1)>\u202e\u0007","publisher":"<script>document.probe.errors.push(2)</script>",
"feed":"javascript:document.probe.errors.push(3)","as_of":"2022-05-20T00:00:00Z","license":`+quote(strings.Repeat("x", 100_000))+`,"pledges":[
{`+id("1")+`,"title":"<svg onload=document.probe.errors.push(4)>","pledgers":[{"name":`+quote(strings.Repeat("\u202en", 250_000))+`}]},
{`+id("2")+`,"objectives":[7`+strings.Repeat(",24", 10_000)+`]},
{`+id("3")+`,"objectives":[1e999,-1e999,1e-999,7],"contributions":[{"amount":1e999,"currency":"EUR"}],"announced":1e999},
{`+id("4")+`,"title":`+quote(strings.Repeat("y", 2<<20))+`},
{`+id("5")+`,"x":`+strings.Repeat("[", 5000)+strings.Repeat("]", 5000)+`},
{`+id("6")+`,"type":"common","type":"individual"},
{"id":"<img src=x>"},{"`+strings.Repeat("z", 70_000)+`":1},7,null,"x",
{`+id("7")+`}]}`)
	s.page("/", strings.Replace(widget, "<gcm-pledges", `<gcm-pledges view="objectives"`, 1))
	v.open(s.URL)
	v.live(1)
	var got struct {
		Total    int
		Problems []struct{ Path, Rule string }
		Unread   int
		Foreign  int
	}
	v.eval(&got, `const u = document.probe.updates[0], root = document.querySelector("gcm-pledges").shadowRoot;
return { total: u.total, problems: u.problems, unread: u.summary.unread, foreign: root.querySelectorAll("img,script,iframe,style,a:not([href^='https:'])").length }`)
	if got.Total != 4 || got.Unread != 8 || got.Foreign != 0 || len(got.Problems) != 10 {
		t.Errorf("%+v", got)
	}
	if codes := v.codes(); len(codes) > 0 {
		t.Errorf("a script ran, or an error came: %v", codes)
	}
	if html := v.shown(); strings.Contains(html, "\u202e") || strings.Contains(html, "\a") || len(html) > 20_000 {
		t.Errorf("%d bytes: %.2000s", len(html), html)
	}
	v.quiet()
}

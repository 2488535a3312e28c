package engine

import (
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

var update = flag.Bool("update", false, "write the golden files anew")

// answer is what the shell makes of an answer.
type answer struct {
	Error *struct{ Code, Message string }

	Kind     string
	Records  int
	Unread   int
	Problems []struct {
		Record, Offset    int
		Path, Rule, Value string
		Lost              bool
	}
	ProblemCount int `json:"problem_count"`

	Changes []json.RawMessage
	Text    string
	Stale   string
	Count   []string
	Summary json.RawMessage
}

func parse(t *testing.T, b []byte) (a answer) {
	t.Helper()
	if err := json.Unmarshal(b, &a); err != nil {
		t.Fatalf("%v in %s", err, b)
	}
	return a
}

// read gives a feed to an engine, in chunks as they come from a network.
func read(t *testing.T, e *Engine, id string, feed []byte) answer {
	t.Helper()
	parse(t, e.Call(Feed, id, ""))
	for len(feed) > 0 {
		n := min(1000, len(feed))
		if a := parse(t, e.Chunk(id, feed[:n])); a.Error != nil {
			return a
		}
		feed = feed[n:]
	}
	return parse(t, e.Call(Done, id, ""))
}

// The same bytes come out natively, under Node and in the browsers: their
// suite compares with this file too.
func TestCountsAreTheSameOnEveryPlatform(t *testing.T) {
	var e Engine
	read(t, &e, "s", data.Reference())
	a := parse(t, e.Call(View, "w", `{"source":"s"}`))
	const golden = "testdata/reference.summary.json"
	if *update {
		if err := os.WriteFile(golden, append(a.Summary, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if string(a.Summary)+"\n" != string(want) {
		t.Errorf("got\n%s\nwant\n%s", a.Summary, want)
	}
}

func TestReadingReportsWhatItFound(t *testing.T) {
	var e Engine
	a := read(t, &e, "s", data.Reference())
	if a.Error != nil || a.Kind != "feed" || a.Records != 158 || a.ProblemCount != 0 {
		t.Errorf("%+v", a)
	}
	bad := `{"id":"00000000-0000-4000-8000-000000000001","objectives":[99]}` + "\n{}\n{"
	a = read(t, &e, "s", []byte(bad))
	if a.Records != 3 || a.Unread != 2 || a.ProblemCount != 3 || a.Problems[0].Path != "/objectives/0" || !a.Problems[1].Lost {
		t.Errorf("%+v", a)
	}
	a = read(t, &e, "s", []byte(strings.Repeat("{}\n", 12)+bad))
	if a.Records != 15 || a.Unread != 14 || a.ProblemCount != 15 {
		t.Errorf("%+v", a)
	}
}

func TestFailedReadingLeavesTheSourceAsItWas(t *testing.T) {
	var e Engine
	read(t, &e, "s", data.Reference())
	before := parse(t, e.Call(View, "w", `{"source":"s"}`)).Summary
	for _, in := range []string{"", "<html>", `{"pledges":[{"id":`, `{"counts":{"total":-1}}`} {
		if a := read(t, &e, "s", []byte(in)); a.Error == nil || a.Error.Code != CodeSyntax {
			t.Errorf("%q: %+v", in, a)
		}
		after := parse(t, e.Call(View, "w", `{"source":"s"}`))
		if string(after.Summary) != string(before) || len(after.Changes) != 0 {
			t.Errorf("%q changed what is shown: %s", in, after.Changes)
		}
	}
	// A reading that is given up in the middle.
	e.Call(Feed, "s", "")
	e.Chunk("s", []byte(`[{"id":`))
	if after := parse(t, e.Call(View, "w", `{"source":"s"}`)); string(after.Summary) != string(before) {
		t.Error("half a reading changed what is shown")
	}
}

func TestSnapshotIsShownLikeAFeed(t *testing.T) {
	var feed, snapshot Engine
	read(t, &feed, "s", data.Reference())
	whole := parse(t, feed.Call(View, "w", `{"source":"s"}`))
	if a := read(t, &snapshot, "s", whole.Summary); a.Kind != "snapshot" || a.Records != 158 {
		t.Fatalf("%+v", a)
	}
	for _, o := range []string{`{"source":"s"}`, `{"source":"s","view":"objectives","lang":"ar"}`} {
		a, b := parse(t, feed.Call(View, o, o)), parse(t, snapshot.Call(View, o, o))
		if string(a.Summary) != string(b.Summary) || a.Text != b.Text {
			t.Errorf("%s: %s, from a snapshot %s", o, a.Text, b.Text)
		}
	}
	a := parse(t, feed.Call(View, "f", `{"source":"s","region":"africa"}`))
	b := parse(t, snapshot.Call(View, "f", `{"source":"s","region":"africa"}`))
	if a.Text == "" || a.Text != b.Text {
		t.Errorf("%q, from a snapshot %q", a.Text, b.Text)
	}
	if a := parse(t, snapshot.Call(View, "f", `{"source":"s","region":"africa","objective":"7"}`)); a.Error == nil || a.Error.Code != CodeFilter {
		t.Errorf("a snapshot answered what it doesn't hold: %+v", a)
	}
}

func TestErrorsHaveStableCodes(t *testing.T) {
	var e Engine
	read(t, &e, "s", data.Reference())
	for in, want := range map[string]string{
		`{"source":"nobody"}`:                  CodeSource,
		`{"source":"s","objective":"24"}`:      CodeFilter,
		`{"source":"s","region":"atlantis"}`:   CodeFilter,
		`{"source":"s","state":"Deutschland"}`: CodeFilter,
		`{"source":7}`:                         CodeOption,
		`[]`:                                   CodeOption,
		``:                                     CodeOption,
		`{"source":"s"} x`:                     CodeOption,
		`{"source":"s","source":"s"}`:          CodeOption,
	} {
		if a := parse(t, e.Call(View, "w", in)); a.Error == nil || a.Error.Code != want {
			t.Errorf("%s: %+v, want %s", in, a.Error, want)
		}
	}
	if a := parse(t, e.Chunk("x", nil)); a.Error.Code != CodeSource {
		t.Errorf("%+v", a.Error)
	}
	if a := parse(t, e.Call(Done, "x", "")); a.Error.Code != CodeSource {
		t.Errorf("%+v", a.Error)
	}
	if a := parse(t, Panicked("boom")); a.Error.Code != CodePanic || a.Error.Message != "boom" {
		t.Errorf("%+v", a.Error)
	}
}

func TestUnknownLooksMeanTheDefault(t *testing.T) {
	var e Engine
	read(t, &e, "s", data.Reference())
	want := parse(t, e.Call(View, "a", `{"source":"s"}`))
	if len(want.Count) != 0 {
		t.Errorf("a first view counts: %q", want.Count)
	}
	got := parse(t, e.Call(View, "b", `{"source":"s","view":"hologram","lang":"tlh","read":"now","colour":"red"}`))
	if got.Error != nil || got.Text != want.Text {
		t.Errorf("%+v", got)
	}
}

// Without the time of day a view says nothing that time makes untrue.
func TestFreshnessIsSaidWhereTheTimeIsKnown(t *testing.T) {
	var e Engine
	read(t, &e, "s", data.Reference())
	for now, want := range map[string]string{
		``:                              "",
		`,"now":"soon"`:                 "",
		`,"now":"2022-05-21T00:00:00Z"`: `"fresh fresh-current"`,
		`,"now":"2032-05-21T00:00:00Z"`: `"fresh fresh-stale"`,
	} {
		a := parse(t, e.Call(View, "w"+now, `{"source":"s"`+now+`}`))
		if got := string(a.Changes[0]); strings.Contains(got, "fresh") != (want != "") || !strings.Contains(got, want) {
			t.Errorf("%s: %s", now, got)
		}
	}
}

func TestWidgetIsToldOnlyWhatChanged(t *testing.T) {
	var e Engine
	feed := string(data.Reference())
	read(t, &e, "s", []byte(feed))
	first := parse(t, e.Call(View, "w", `{"source":"s"}`))
	if len(first.Changes) != 1 || !strings.HasPrefix(string(first.Changes[0]), `["root"`) {
		t.Fatalf("%s", first.Changes)
	}
	if again := parse(t, e.Call(View, "w", `{"source":"s"}`)); len(again.Changes) != 0 {
		t.Errorf("nothing changed, but %s", again.Changes)
	}
	more := strings.Replace(feed, `"pledges":[`, `"pledges":[{"id":"00000000-0000-4000-8000-000000000001"},`, 1)
	read(t, &e, "s", []byte(more))
	next := parse(t, e.Call(View, "w", `{"source":"s"}`))
	if len(next.Changes) == 0 || strings.HasPrefix(string(next.Changes[0]), `["root"`) || !strings.HasPrefix(next.Text, "159 pledges") {
		t.Errorf("%q %s", next.Text, next.Changes)
	}
	e.Call(Forget, "w", "")
	if fresh := parse(t, e.Call(View, "w", `{"source":"s"}`)); !strings.HasPrefix(string(fresh.Changes[0]), `["root"`) {
		t.Error("a forgotten widget is remembered")
	}
	e.Call(Drop, "s", "")
	if gone := parse(t, e.Call(View, "w", `{"source":"s"}`)); gone.Error == nil {
		t.Error("a dropped source is still there")
	}
}

func TestEngineShowsWhatTheLibraryRenders(t *testing.T) {
	var e Engine
	read(t, &e, "s", data.Reference())
	var r tally.Reader
	r.Write(data.Reference())
	feed, err := r.Close()
	if err != nil {
		t.Fatal(err)
	}
	snapshot, _ := feed.Snapshot(tally.Query{Region: tally.AnyOf(gcm.Europe)})
	v, err := view.Render(snapshot, view.Options{View: view.Objectives, Language: gcm.French})
	if err != nil {
		t.Fatal(err)
	}
	a := parse(t, e.Call(View, "w", `{"source":"s","view":"objectives","lang":"fr-CA","region":"europe"}`))
	want := view.AppendChanges(nil, view.Changes(nil, v))
	if got := "[" + string(a.Changes[0]) + "]"; got != string(want) || a.Text != v.Text() {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// What a server has rendered, and what stays of an engine that broke, isn't sent
// again; what a reader has unfolded in it makes no difference.
func TestViewThatIsShownAlreadyIsNotSent(t *testing.T) {
	var first Engine
	read(t, &first, "s", data.Reference())
	html := ""
	for _, kind := range []string{"counter", "dashboard"} {
		ask := func(e *Engine, shown string) answer {
			options, err := json.Marshal(map[string]string{"source": "s", "view": kind, "shown": shown})
			if err != nil {
				t.Fatal(err)
			}
			return parse(t, e.Call(View, "w", string(options)))
		}
		if len(ask(&first, html).Changes) == 0 {
			t.Errorf("%s: another view that is shown is taken for it", kind)
		}
		html = first.widgets["w"].view.HTML()
		var next Engine
		read(t, &next, "s", data.Reference())
		unfolded := strings.Replace(html, `<details part="foot">`, `<details part="foot" open="">`, 1)
		if a := ask(&next, unfolded); len(a.Changes) != 0 || a.Text == "" || len(a.Summary) == 0 {
			t.Errorf("%s: %d changes of what is there, %+v", kind, len(a.Changes), a)
		}
		// From here on the engine knows it.
		read(t, &next, "s", []byte(strings.Replace(string(data.Reference()), `"objectives":[`, `"objectives":[1,`, 1)))
		if a := ask(&next, ""); kind == "dashboard" && (len(a.Changes) == 0 || strings.HasPrefix(string(a.Changes[0]), `["root"`)) {
			t.Errorf("%s: changes %s", kind, a.Changes)
		}
	}
}

package engine

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
)

// some returns a feed of the pledges with these numbers.
func some(header string, numbers ...int) []byte {
	var records []string
	for _, n := range numbers {
		id := "00000000-0000-4000-8000-" + strconv.Itoa(100_000_000_000+n)
		records = append(records, `{"id":"`+id+`","title":"Pledge `+strconv.Itoa(n)+`","objectives":[`+strconv.Itoa(1+n%23)+`]}`)
	}
	return []byte(`{` + header + `"pledges":[` + strings.Join(records, ",") + `]}`)
}

func TestSeveralSourcesAreOne(t *testing.T) {
	var e Engine
	read(t, &e, "a", some(`"title":"A","as_of":"2022-05-20T00:00:00Z",`, 1, 2, 3))
	read(t, &e, "b", append(some(`"title":"B","illustrative":true,"as_of":"2021-01-01T00:00:00Z",`, 3, 4), ' '))
	read(t, &e, "c", some(`"title":"A","as_of":"2023-05-20T00:00:00Z",`, 5))
	for options, want := range map[string]string{
		`"source":"a"`:               "3 pledges to the Global Compact for Migration · As of May 20, 2022",
		`"source":"a b"`:             "4 pledges to the Global Compact for Migration · As of January 1, 2021 · Illustrative data, not a UN record",
		`"source":" b  a "`:          "4 pledges to the Global Compact for Migration · As of January 1, 2021 · Illustrative data, not a UN record",
		`"source":"a a"`:             "3 pledges to the Global Compact for Migration · As of May 20, 2022",
		`"source":"a c"`:             "4 pledges to the Global Compact for Migration · As of May 20, 2022",
		`"source":"a","missing":"2"`: "3 pledges to the Global Compact for Migration · As of May 20, 2022 · 2 of 3 sources cannot be read at present",
		`"source":"a c","missing":"1","lang":"ru","objective":"2"`: "1 обязательство по Глобальному договору о миграции · Цель 2: Minimize adverse drivers · По состоянию на 20 мая 2022 г. · Сейчас недоступен 1 источник из 3",
		`"source":"a","missing":"-1"`:                              "3 pledges to the Global Compact for Migration · As of May 20, 2022",
		`"source":"a","missing":"many"`:                            "3 pledges to the Global Compact for Migration · As of May 20, 2022",
	} {
		if a := parse(t, e.Call(View, options, `{`+options+`}`)); a.Error != nil || a.Text != want {
			t.Errorf("%s: %q %+v, want %q", options, a.Text, a.Error, want)
		}
	}
	a := parse(t, e.Call(View, "w", `{"source":"a b c"}`))
	root := string(a.Changes[0])
	if strings.Count(root, `["p",{"part":"source"}`) != 2 || strings.Index(root, `"A"`) > strings.Index(root, `"B"`) {
		t.Errorf("not named once each: %s", root)
	}
	var summary struct {
		Title   string
		Sources []struct{ Title string }
		Items   []struct{ Title string }
	}
	if err := json.Unmarshal(a.Summary, &summary); err != nil || summary.Title != "" || len(summary.Sources) != 3 || len(summary.Items) != 5 {
		t.Errorf("%+v %v", summary, err)
	}
}

func TestWhatCannotBeMerged(t *testing.T) {
	var e Engine
	read(t, &e, "a", data.Reference())
	read(t, &e, "s", parse(t, e.Call(View, "w", `{"source":"a"}`)).Summary)
	e.Call(Feed, "reading", "")
	for source, want := range map[string]string{"a s": CodeFilter, "s a": CodeFilter, "a nobody": CodeSource, "a reading": CodeSource, "": CodeSource, "  ": CodeSource} {
		if a := parse(t, e.Call(View, "w", `{"source":"`+source+`"}`)); a.Error == nil || a.Error.Code != want {
			t.Errorf("%q: %+v, want %s", source, a.Error, want)
		}
	}
	if a := parse(t, e.Call(View, "w", `{"source":"s"}`)); a.Error != nil {
		t.Errorf("%+v", a.Error)
	}
}

func TestSumFollowsItsSources(t *testing.T) {
	var e Engine
	read(t, &e, "a", some("", 1))
	read(t, &e, "b", some("", 2))
	text := func() string { return parse(t, e.Call(View, "w", `{"source":"a b"}`)).Text }
	if got := text(); got != "2 pledges to the Global Compact for Migration" {
		t.Fatal(got)
	}
	before := e.merged["a b"].feed
	if text(); e.merged["a b"].feed != before {
		t.Error("merged anew for nothing")
	}
	read(t, &e, "b", some("", 2, 3))
	if got := text(); got != "3 pledges to the Global Compact for Migration" {
		t.Error(got)
	}
	read(t, &e, "b", []byte("<html>")) // a reading that fails
	if got := text(); got != "3 pledges to the Global Compact for Migration" {
		t.Error(got)
	}
	e.Call(Drop, "b", "")
	if a := parse(t, e.Call(View, "w", `{"source":"a b"}`)); a.Error == nil || a.Error.Code != CodeSource {
		t.Errorf("%+v", a)
	}
}

// What is merged takes as much memory as its sources, so there is one for each
// combination that a widget shows, and no more.
func TestSumsAreForgotten(t *testing.T) {
	var e Engine
	for _, id := range []string{"a", "b", "c"} {
		read(t, &e, id, some("", 1))
	}
	view := func(id, source string) { parse(t, e.Call(View, id, `{"source":"`+source+`"}`)) }
	for i, step := range []struct {
		do   func()
		want int
	}{
		{func() { view("v", "a b") }, 1},
		{func() { view("w", "a b") }, 1},
		{func() { view("v", "a c") }, 2},
		{func() { view("v", "a b c") }, 2},
		{func() { view("v", "c") }, 1},
		{func() { e.Call(Forget, "w", "") }, 0},
		{func() { view("v", "b c"); view("w", "a c") }, 2},
		{func() { read(t, &e, "b", some("", 2)) }, 1},
		{func() { e.Call(Drop, "c", "") }, 0},
		{func() {
			for range 5 { // fails each time
				e.Call(View, "x", `{"source":"a b","objective":"99"}`)
			}
			view("v", "a")
		}, 0},
	} {
		if step.do(); len(e.merged) != step.want {
			t.Errorf("step %d: %d are kept, want %d", i, len(e.merged), step.want)
		}
	}
}

func TestRevisionsAreCountedOnce(t *testing.T) {
	var e Engine
	read(t, &e, "a", some(`"title":"A","sequence":7,"as_of":"2022-05-20T00:00:00Z",`, 1, 2))
	read(t, &e, "b", some(`"title":"B",`, 2, 3))
	total := func(sources string, want string) {
		t.Helper()
		if a := parse(t, e.Call(View, "w"+sources, `{"source":"`+sources+`"}`)); a.Error != nil || !strings.HasPrefix(a.Text, want+" pledges") {
			t.Errorf("%s: %q %+v, want %s", sources, a.Text, a.Error, want)
		}
	}
	total("a b", "3")
	pledge := func(n int, more string) string {
		return `{"id":"00000000-0000-4000-8000-` + strconv.Itoa(100_000_000_000+n) + `","updated":"2022-05-21T00:00:00Z"` + more + `}`
	}
	for range 2 { // the second time changes nothing
		if a := parse(t, e.Call(Revise, "a", pledge(4, "")+","+pledge(1, `,"status":"withdrawn"`)+","+pledge(5, ""))); a.Error != nil {
			t.Fatalf("%+v", a.Error)
		}
		total("a", "3")
		total("a b", "4")
		total("b", "2")
	}
	if a := parse(t, e.Call(View, "w", `{"source":"a"}`)); !strings.Contains(a.Text, "May 21, 2022") {
		t.Errorf("as of its newest revision: %q", a.Text)
	}
	// What can't be read changes nothing.
	for _, bad := range []string{`{`, `7`, `{"id":"x"}`, `{"query":{},"counts":{"total":9}}`} {
		if a := parse(t, e.Call(Revise, "a", bad)); a.Error == nil || a.Error.Code != CodeSyntax {
			t.Errorf("%s: %+v", bad, a)
		}
		total("a", "3")
	}
	if a := parse(t, e.Call(Revise, "none", pledge(1, ""))); a.Error == nil || a.Error.Code != CodeSource {
		t.Errorf("%+v", a.Error)
	}
	// Counts are replaced by later counts.
	read(t, &e, "s", []byte(`{"query":{},"counts":{"total":9},"sequence":3}`))
	total("s", "9")
	e.Call(Revise, "s", `{"query":{},"counts":{"total":12},"sequence":4}`)
	total("s", "12")
}

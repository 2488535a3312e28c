package start

import (
	"fmt"
	"strconv"
)

// Widget is the engine of <gcm-pledges>. After its calls it has read enough for the
// garbage collector to run several times, counted, drawn each kind of view, and
// recovered from a panic.
func Widget(wasmExec []byte) Program {
	var calls []Call
	const pledges = 2000
	feed := []byte(`{"feed":"https://example.org/","as_of":"2026-05-08T00:00:00Z","pledges":[`)
	for i := range pledges {
		if i > 0 {
			feed = append(feed, ',')
		}
		feed = fmt.Appendf(feed, `{"id":"0196b0a6-0000-7000-8000-%012x","updated":"2026-05-08T00:00:00Z","title":"Pledge %d","objectives":[%d],`+
			`"pledgers":[{"name":"Pledger %d","category":"civil-society"}],"announced":"2026-0%d"}`, i, i, i%23+1, i%100, i%9+1)
	}
	feed = append(feed, "]}"...)
	for i := range 4 {
		id := string(rune('a' + i))
		calls = append(calls,
			Call{Args: []string{"feed", id}, Want: "{"},
			Call{Args: []string{"chunk", id, string(feed)}, Bytes: true, Want: "{"},
			Call{Args: []string{"done", id}, Want: strconv.Itoa(pledges)})
		for _, view := range []string{"counter", "objectives", "timeline", "states", "map", "list", "dashboard"} {
			calls = append(calls, Call{Args: []string{"view", id + view, `{"source":"` + id + `","view":"` + view + `"}`}, Want: "2,000"})
		}
	}
	calls = append(calls, Call{Args: []string{"chunk", "a", "no bytes"}, Want: "engine-panic"})
	return Program{wasmExec, "gcmEngine", calls}
}

// Rules is the engine of <gcm-pledge-form>. It says what the form consists of, and
// finds what is wrong with a pledge.
func Rules(wasmExec []byte) Program {
	return Program{wasmExec, "gcmRules", []Call{
		{Args: []string{"form", `{"lang":"fr"}`}, Want: "objectives"},
		{Args: []string{"check", `{"lang":"en","pledge":{"title":""}}`}, Want: `"ok":false`},
		{Args: []string{"check", "no JSON"}, Want: "option"},
	}}
}

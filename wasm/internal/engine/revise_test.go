package engine

import (
	"bytes"
	"encoding/json"
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// gathered revises a source as the shell does with events that it has gathered:
// those that are JSON all at once, and one by one where one of them can't be read.
// It returns which couldn't.
func gathered(t *testing.T, e *Engine, events []string) (bad []int) {
	t.Helper()
	taken := func(some ...string) bool {
		a := parse(t, e.Call(Revise, "s", strings.Join(some, ",")))
		if a.Error != nil && a.Error.Code != CodeSyntax {
			t.Fatalf("%q: %+v", some, a.Error)
		}
		return a.Error == nil && a.Unread == 0
	}
	var sound []string
	for _, event := range events {
		if json.Valid([]byte(event)) {
			sound = append(sound, event)
		}
	}
	if len(sound) == len(events) && taken(events...) {
		return nil
	}
	taken(sound...)
	for i, event := range events {
		if !json.Valid([]byte(event)) || !taken(event) {
			bad = append(bad, i)
		}
	}
	return bad
}

func event(n int, more string) string {
	return fmt.Sprintf(`{"id":"00000000-0000-4000-8000-%012d","updated":"2023-05-21T00:00:00Z","objectives":[%d]%s}`, n, 1+n%23, more)
}

// A bad event takes none of those with it that come in the same moment.
func TestBadEventsLeaveTheOthers(t *testing.T) {
	for _, bad := range []string{``, `{`, `7`, `null`, `"`, `[`, `}`, `{"id":"x"}`, `<html>`, "\x00", `{"query":{},"counts":{"total":9}}`, event(9, `,"id":"twice"`), `{"pledges":`} {
		for at := range 3 {
			var e Engine
			read(t, &e, "s", some("", 1))
			events := []string{event(11, ""), event(12, "")}
			events = append(events[:at], append([]string{bad}, events[at:]...)...)
			got := gathered(t, &e, events)
			if len(got) != 1 || got[0] != at {
				t.Errorf("%q at %d: bad are %d", bad, at, got)
			}
			if a := parse(t, e.Call(View, "w", `{"source":"s"}`)); !strings.HasPrefix(a.Text, "3 pledges ") {
				t.Errorf("%q at %d: %s", bad, at, a.Text)
			}
		}
	}
}

// FuzzEvents checks that it doesn't matter which events are gathered, whatever is in
// them: all at once or one by one, the numbers are the same.
func FuzzEvents(f *testing.F) {
	f.Add([]byte(event(1, "") + "\n" + event(2, `,"status":"withdrawn"`) + "\n{\n" + event(1, `,"themes":["a"]`)))
	f.Add([]byte(`[` + event(1, "") + `]` + "\n" + event(2, "")))
	f.Add([]byte(`{"pledges":[` + event(1, "") + `]}` + "\n" + event(2, `,"counts":{"total":999}`)))
	f.Add([]byte(event(3, `,"pledges":[]`) + "\n" + event(2, `,"query":{},"counts":{"total":0}`)))
	f.Fuzz(func(t *testing.T, stream []byte) {
		events := strings.Split(string(stream), "\n")
		var together, single Engine
		for _, e := range []*Engine{&together, &single} {
			read(t, e, "s", some("", 1, 2))
		}
		gathered(t, &together, events)
		for _, one := range events {
			gathered(t, &single, []string{one})
		}
		a, b := parse(t, together.Call(View, "w", `{"source":"s"}`)), parse(t, single.Call(View, "w", `{"source":"s"}`))
		if !bytes.Equal(a.Summary, b.Summary) || a.Text != b.Text {
			t.Errorf("together\n%s\none by one\n%s", a.Summary, b.Summary)
		}
	})
}

// What events cost is in proportion to their bytes: there is no more than 2.5 times
// as much to allocate for twice as many.
func TestEventsCostWhatTheyAreLong(t *testing.T) {
	long := strings.Repeat(`"a-theme",`, 50)
	for name, make := range map[string]func(i int) string{
		"new":       func(i int) string { return event(i, "") },
		"revisions": func(i int) string { return event(i%7, fmt.Sprintf(`,"title":"%d"`, i)) },
		"bad":       func(i int) string { return `{"id":` },
		"large":     func(i int) string { return event(i%3, fmt.Sprintf(`,"themes":[%s"t%d"]`, long, i)) },
		"one bad in ten": func(i int) string {
			if i%10 == 0 {
				return "}"
			}
			return event(i, "")
		},
	} {
		t.Run(name, func(t *testing.T) {
			var before uint64
			for _, n := range []int{100, 200, 400} {
				var e Engine
				read(t, &e, "s", some("", 1))
				var events []string
				for i := range n {
					events = append(events, make(i))
				}
				work := allocated(func() {
					for len(events) > 0 { // as many as come in a tenth of a second
						some := min(50, len(events))
						gathered(t, &e, events[:some])
						events = events[some:]
						e.Call(View, "w", `{"source":"s"}`)
					}
				})
				if before > 0 && float64(work) > 2.5*float64(before) {
					t.Errorf("%d events: %d bytes, after %d for half as many", n, work, before)
				}
				before = work
			}
		})
	}
}

func allocated(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

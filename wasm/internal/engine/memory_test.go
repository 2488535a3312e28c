package engine

import (
	"flag"
	"fmt"
	"runtime"
	"strings"
	"testing"
)

var revisions = flag.Int("revisions", 6_000, "how many revisions come in TestMemoryStaysFlat; 86,400 is one a second for a day")

// TestMemoryStaysFlat: a page that is open for a day has seen every pledge revised
// many times, by pledgers and with themes, titles and places that come and go. What
// isn't there any more takes no memory. The first third fills what is filled once.
func TestMemoryStaysFlat(t *testing.T) {
	const pledges = 500
	revision := func(n int) string {
		return fmt.Sprintf(`{"id":"00000000-0000-4000-8000-%012d","updated":"2026-%02d-%02dT%02d:%02d:%02dZ","title":"Title %d","objectives":[%d],`+
			`"pledgers":[{"name":"Body %d","category":"ngo"},{"state":"FJI","category":"member-state"}],"themes":["theme-%d"],`+
			`"implementation":{"states":["%s","%s"]},"announced":"%d-%02d","links":["https://example.org/%d"]}`,
			n%pledges, 1+n/86400%12, 1+n/86400/12, n/3600%24, n/60%60, n%60, n, 1+n%23, n, n,
			codes[n%len(codes)], codes[n/7%len(codes)], 2019+n/12%6, 1+n%12, n)
	}
	var e Engine
	var feed []string
	for n := range pledges {
		feed = append(feed, revision(n))
	}
	read(t, &e, "s", []byte("["+strings.Join(feed, ",")+"]"))
	const together = 5 // as they come in a moment
	third := *revisions / 3
	var after [3]uint64
	for part := range after {
		for n := 0; n < third; n += together {
			var some []string
			for i := range together {
				some = append(some, revision(pledges+part*third+n+i))
			}
			if a := parse(t, e.Call(Revise, "s", strings.Join(some, ","))); a.Error != nil || a.Unread > 0 {
				t.Fatalf("%+v", a)
			}
			if n%50 == 0 {
				if a := parse(t, e.Call(View, "w", `{"source":"s"}`)); !strings.HasPrefix(a.Text, "500 pledges") {
					t.Fatal(a.Text)
				}
			}
		}
		runtime.GC()
		runtime.GC() // what a pool holds goes with the second one
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		after[part] = m.HeapAlloc
	}
	runtime.KeepAlive(&e)
	if after[2] > after[0]+after[0]/20+64<<10 {
		t.Errorf("%d bytes after a third of %d revisions, %d after two thirds, %d at the end", after[0], *revisions, after[1], after[2])
	}
	t.Log(after)
}

var codes = [...]string{"DEU", "FRA", "BGD", "PHL", "MAR", "MEX", "KEN", "CAN", "PRT", "IRQ", "NPL"}

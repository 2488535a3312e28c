package view_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

// What it costs to show a snapshot is at most in proportion to what is in it,
// whatever that is: there is no more than 2.5 times as much to allocate for twice as
// much.
func TestViewsCostWhatIsInThem(t *testing.T) {
	item := func(i int, more string) string {
		return fmt.Sprintf(`{"id":"00000000-0000-4000-8000-%012d",%s}`, i, more)
	}
	lines := func(n int, more func(i int) string) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			b.WriteString(item(i, more(i)) + "\n")
		}
		return b.String()
	}
	feed := func(header string) func(n int) string {
		return func(n int) string {
			return fmt.Sprintf(`{`+header+`,"pledges":[`+item(1, `"objectives":[7]`)+`]}`, strings.Repeat("\u202eé ", n/7))
		}
	}
	for name, shape := range map[string]func(n int) string{
		"themes": func(n int) string { return lines(n, func(i int) string { return fmt.Sprintf(`"themes":["t%d"]`, i) }) },
		"months": func(n int) string {
			return lines(n, func(i int) string { return fmt.Sprintf(`"announced":"%04d-%02d"`, 1+i/12%9000, 1+i%12) })
		},
		"pledgers": func(n int) string {
			return lines(n, func(i int) string {
				return fmt.Sprintf(`"pledgers":[{"name":"N%d","category":"member-state","state":"%s"}]`, i, []string{"DEU", "FRA", "KEN"}[i%3])
			})
		},
		"money": func(n int) string {
			return lines(n, func(i int) string {
				return fmt.Sprintf(`"contributions":[{"amount":"%s1.5","currency":"%s"}]`, strings.Repeat("9", i%30), []string{"EUR", "USD", "CHF", "JPY"}[i%4])
			})
		},
		"a long title":     feed(`"title":"%s"`),
		"a long publisher": feed(`"publisher":"%s"`),
		"a long address":   feed(`"feed":"https://example.org/%s"`),
		"titles of pledges": func(n int) string {
			return lines(n, func(int) string { return `"title":"` + strings.Repeat("wörd ", 200) + `"` })
		},
	} {
		t.Run(name, func(t *testing.T) {
			var before uint64
			for i := range 4 {
				r := tally.Reader{Items: true}
				r.Write([]byte(shape(16 << 10 << i)))
				f, err := r.Close()
				if err != nil {
					t.Fatal(err)
				}
				s, err := f.Snapshot(tally.Query{})
				if err != nil {
					t.Fatal(err)
				}
				var a, b runtime.MemStats
				runtime.ReadMemStats(&a)
				for kind := range view.Kinds() {
					v, err := view.Render(s, view.Options{View: kind, Language: gcm.Arabic})
					if err != nil {
						t.Fatal(err)
					}
					v.HTML()
					view.AppendChanges(nil, view.Changes(nil, v))
					view.AppendCard(nil, v, view.Auto)
					view.BadgeOf(v).AppendSVG(nil)
				}
				runtime.ReadMemStats(&b)
				work := b.TotalAlloc - a.TotalAlloc
				if i > 1 && float64(work) > 2.5*float64(before) { // the first makes what is made once
					t.Errorf("%d bytes for a feed of %d KiB, after %d for half of it", work, 16<<i, before)
				}
				before = work
			}
		})
	}
}

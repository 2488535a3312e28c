package view_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

func totalOf(t *testing.T, n int, l gcm.Language) *view.View {
	t.Helper()
	v, err := view.Render(&tally.Snapshot{TotalOnly: true, Counts: tally.Counts{Total: n}}, view.Options{Language: l})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestCountLiesBetweenTheTwoNumbers(t *testing.T) {
	for _, test := range [][2]int{{158, 160}, {160, 158}, {0, 1_000_000}, {1_000_000, 999_000}, {7, 19}, {0, 1 << 30}} {
		from, to := test[0], test[1]
		count := totalOf(t, to, gcm.Chinese).CountFrom(totalOf(t, from, gcm.Chinese))
		if len(count) == 0 || len(count) > 30 {
			t.Errorf("%v: %d numbers", test, len(count))
		}
		last, moved := from, 0
		for i, text := range count {
			n, err := strconv.Atoi(strings.ReplaceAll(text, ",", ""))
			if err != nil {
				t.Fatal(err)
			}
			if (n-last)*(to-from) < 0 || (n-from)*(n-to) > 0 {
				t.Errorf("%v: %d after %d", test, n, last)
			}
			if last = n; i == len(count)/2 {
				moved = n - from
			}
		}
		if big := to - from; big > 100 && moved < big*3/4 {
			t.Errorf("%v: half the time has gone, and only %d", test, moved)
		}
	}
}

func TestCountIsWrittenAsTheLanguageWritesIt(t *testing.T) {
	for l := range gcm.Languages() {
		count := totalOf(t, 2_000_000, l).CountFrom(totalOf(t, 1_000_000, l))
		if want := locale.Number(l, 1_119_864); count[0] != want {
			t.Errorf("%s: %q, want %q", l, count[0], want)
		}
	}
}

func TestThereIsNoCountFromNothing(t *testing.T) {
	v := totalOf(t, 158, gcm.English)
	for name, old := range map[string]*view.View{
		"nil": nil, "the zero View": {}, "the same": v, "the one before": totalOf(t, 157, gcm.English),
		"the one behind": totalOf(t, 159, gcm.English), "another language": totalOf(t, 7, gcm.French), "far away": totalOf(t, 1<<41, gcm.English),
	} {
		if count := v.CountFrom(old); len(count) != 0 {
			t.Errorf("%s: %q", name, count)
		}
	}
}

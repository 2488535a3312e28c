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

// announcedBy is the slow and obvious way to count the pledges announced by the
// end of a month; of those announced in a year that is all that is known, in
// December.
func announcedBy(all []tally.Facets, month gcm.Date) (n int) {
	for _, f := range all {
		if f.Status != gcm.Withdrawn && f.Announced.IsValid() && f.Announced.Last().Compare(month.Last()) <= 0 {
			n++
		}
	}
	return n
}

func TestTimelineIsWhatWasAnnounced(t *testing.T) {
	choose := random(7)
	for range 40 {
		var x tally.Index
		var all []tally.Facets
		for i := range 1 + choose(60) {
			f := anyFacets(choose, i)
			x.Put(f)
			all = append(all, f)
		}
		s := &tally.Snapshot{Counts: x.Count(tally.Query{})}
		s.AsOf = instant("2026-06-01T00:00:00Z")
		v := render(t, s, view.Options{View: view.Timeline})
		html := v.HTML()
		rows := map[string][]int{}
		for _, l := range lines(t, v) {
			rows[l.heading] = l.numbers
		}
		before, undated := 0, announcedBy(all, gcm.DateOf(9999, 12, 0))
		undated = s.Counts.Total - undated
		for m := range 12 * 8 {
			month := gcm.DateOf(2020+m/12, 1+m%12, 0)
			n := announcedBy(all, month)
			row := rows[locale.Date(gcm.English, month)]
			if n == before && row != nil || n > before && (len(row) != 2 || row[0] != n || row[1] != n-before) {
				t.Errorf("%v has the row %v, want %d, %d", month, row, n, n-before)
			}
			before = n
		}
		if said := strings.Contains(html, "without a date"); said != (undated > 0) ||
			said && !strings.Contains(html, `<p part="note">`+strconv.Itoa(undated)+" pledge") {
			t.Errorf("%d have no date: %s", undated, html)
		}
		for _, forum := range []gcm.Date{gcm.DateOf(2022, 5, 0), gcm.DateOf(2026, 5, 0)} {
			want := "Forum, " + locale.Date(gcm.English, forum) + ": " + strconv.Itoa(announcedBy(all, forum)) + " pledge"
			began := announcedBy(all, forum) > 0 || len(rows[locale.Date(gcm.English, forum)]) > 0
			if strings.Contains(html, want) != began {
				t.Errorf("%s is said: %v", want, !began)
			}
		}
		if n := strings.Count(html, `part="mark"`); n != strings.Count(html, `part="forum"`) {
			t.Errorf("%d marks, and not as many explanations", n)
		}
	}
}

// The area goes from the one edge to the other, never back and never down, and
// ends where the number is greatest.
func TestAreaGrows(t *testing.T) {
	choose := random(8)
	for range 300 {
		s := anySnapshot(choose)
		html := render(t, s, view.Options{View: view.Timeline}).HTML()
		_, box, found := strings.Cut(html, `viewBox="0 0 `)
		if !found {
			continue
		}
		box, _, _ = strings.Cut(box, " 1000\"")
		width, err := strconv.Atoi(box)
		if err != nil || width < 1 || width > 240 {
			t.Fatalf("the chart is %q months wide", box)
		}
		_, points, _ := strings.Cut(html, `points="`)
		points, _, _ = strings.Cut(points, `"`)
		lastX, lastY := 0, 1000
		corners := strings.Fields(points)
		for i, corner := range corners {
			x, y := 0, 0
			left, right, _ := strings.Cut(corner, ",")
			x, err1 := strconv.Atoi(left)
			y, err2 := strconv.Atoi(right)
			last := i == len(corners)-1
			if err1 != nil || err2 != nil || x < lastX || x > width || y < 0 || y > lastY && !last || last && (x != width || y != 1000) {
				t.Fatalf("corner %d of %s, %d wide", i, points, width)
			}
			lastX, lastY = x, y
		}
	}
}

// Labels of years stand within the picture, and apart.
func TestYearsHaveRoom(t *testing.T) {
	for months := 1; months <= 300; months++ {
		for _, begin := range []int{1, 7, 12} {
			s := &tally.Snapshot{}
			last := gcm.DateOf(2000+(begin-1+months-1)/12, 1+(begin-1+months-1)%12, 0)
			s.Counts.Months = []tally.MonthCount{{Month: gcm.DateOf(2000, begin, 0), Number: 1}, {Month: last, Number: 1}}
			html := render(t, s, view.Options{View: view.Timeline}).HTML()
			labels := strings.Split(html, `part="year" x="`)[1:]
			if len(labels) == 0 || len(labels) > 7 {
				t.Fatalf("%d labels for %d months", len(labels), months)
			}
			at := -100.0
			for _, label := range labels {
				label, _, _ = strings.Cut(label, `%"`)
				x, err := strconv.ParseFloat(label, 64)
				if err != nil || x < 4.5 || x > 95.5 || x-at < 9.5 {
					t.Errorf("%d months from %d: a label at %v%% after one at %v%%, %v", months, begin, x, at, err)
				}
				at = x
			}
		}
	}
}

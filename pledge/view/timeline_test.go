package view_test

import (
	"slices"
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
		if n := strings.Count(html, `part="mark"`); n != strings.Count(html, "Migration Review Forum,") {
			t.Errorf("%d marks, and not as many explanations", n)
		}
	}
}

// drawn returns the corners of a line in the picture, and how wide that is.
func drawn(t *testing.T, html, part string) (corners [][2]int, width int) {
	t.Helper()
	_, box, _ := strings.Cut(html, `viewBox="0 0 `)
	box, _, _ = strings.Cut(box, " 1000\"")
	width, err := strconv.Atoi(box)
	if err != nil {
		t.Fatal(err)
	}
	_, points, _ := strings.Cut(html, `part="`+part+`" points="`)
	points, _, _ = strings.Cut(points, `"`)
	for _, corner := range strings.Fields(points) {
		left, right, _ := strings.Cut(corner, ",")
		x, err1 := strconv.Atoi(left)
		y, err2 := strconv.Atoi(right)
		if err1 != nil || err2 != nil {
			t.Fatalf("%s is %s", part, points)
		}
		corners = append(corners, [2]int{x, y})
	}
	return corners, width
}

// The line goes from the one edge to the other, and up: never back, never down, and
// never aslant, as between two pledges nothing grows. In the middle of each month it
// is at what had been announced by the month's end. What is below it is the area.
func TestTheLineGoesInSteps(t *testing.T) {
	choose := random(8)
	for range 300 {
		s := anySnapshot(choose)
		html := render(t, s, view.Options{View: view.Timeline}).HTML()
		if !strings.Contains(html, "viewBox") {
			continue
		}
		line, width := drawn(t, html, "line")
		last := [2]int{0, 1000}
		for i, c := range line {
			if c[0] < last[0] || c[1] > last[1] || i > 0 && c[0] != last[0] && c[1] != last[1] || c[1] < 0 {
				t.Fatalf("corner %d of %v, %d wide", i, line, width)
			}
			last = c
		}
		if last[0] != width || width < 2 || width > 480 || width%2 != 0 {
			t.Errorf("%v in a picture %d wide", line, width)
		}
		area, _ := drawn(t, html, "area")
		if want := append(append([][2]int{{0, 1000}}, line...), [2]int{width, 1000}); !slices.Equal(area, want) {
			t.Errorf("the area is %v below the line %v", area, line)
		}
		if end, _ := drawn(t, html, "end"); !slices.Equal(end, [][2]int{last, last}) {
			t.Errorf("the end of %v is %v", line, end)
		}
	}
}

// Two pledges are two steps: nobody has announced half a pledge between them.
func TestTwoPledgesAreTwoSteps(t *testing.T) {
	s := &tally.Snapshot{}
	s.Counts.Total = 2
	s.Counts.Months = []tally.MonthCount{{Month: gcm.DateOf(2022, 1, 0), Number: 1}, {Month: gcm.DateOf(2022, 5, 0), Number: 1}}
	line, width := drawn(t, render(t, s, view.Options{View: view.Timeline}).HTML(), "line")
	if want := [][2]int{{0, 1000}, {0, 500}, {8, 500}, {8, 0}, {10, 0}}; width != 10 || !slices.Equal(line, want) {
		t.Errorf("%v in a picture %d wide, want %v", line, width, want)
	}
}

// The numbers of a scale are 1, 2 or 5 or ten times that and so on, two to four of
// them unless there is just one pledge, and the last one isn't below the line.
func TestScalesHaveRoundNumbers(t *testing.T) {
	for _, test := range []struct {
		greatest   int
		step, last int
	}{
		{1, 1, 1}, {2, 1, 2}, {4, 1, 4}, {5, 2, 6}, {8, 2, 8}, {9, 5, 10}, {20, 5, 20}, {21, 10, 30}, {35, 10, 40},
		{73, 20, 80}, {158, 50, 200}, {200, 50, 200}, {201, 100, 300}, {1_000_000, 500_000, 1_000_000},
		{1 << 62, 500_000_000_000_000_000, 1_500_000_000_000_000_000},
	} {
		step, last := view.ScaleOf(test.greatest)
		if step != test.step || last != test.last {
			t.Errorf("up to %d there are %d, ... %d, want %d, ... %d", test.greatest, step, last, test.step, test.last)
		}
	}
}

// Ticks stand within the picture, and apart, also where there is room for some only.
func TestTicksHaveRoom(t *testing.T) {
	for months := 1; months <= 300; months++ {
		for _, begin := range []int{1, 2, 7, 12} {
			s := &tally.Snapshot{}
			last := gcm.DateOf(2000+(begin-1+months-1)/12, 1+(begin-1+months-1)%12, 0)
			s.Counts.Months = []tally.MonthCount{{Month: gcm.DateOf(2000, begin, 0), Number: 1}, {Month: last, Number: 1}}
			html := render(t, s, view.Options{View: view.Timeline}).HTML()
			labels := strings.Split(html, `<text part="tick`)[1:]
			if len(labels) != min(months, 3) && (len(labels) < 3 || len(labels) > 5) {
				t.Fatalf("%d labels for %d months", len(labels), months)
			}
			at, major := -100.0, -100.0
			for _, label := range labels {
				part, rest, _ := strings.Cut(label, `" x="`)
				x, _, _ := strings.Cut(rest, `%"`)
				place, err := strconv.ParseFloat(x, 64)
				if edge := strings.Contains(part, " first") && place == 0 || strings.Contains(part, " last") && place == 100; err != nil ||
					!edge && (place < 6 || place > 94) {
					t.Errorf("%d months from %d: %s at %v%%, %v", months, begin, part, place, err)
				}
				if place-at < 12 {
					t.Errorf("%d months from %d: a label at %v%% after one at %v%%", months, begin, place, at)
				}
				at = place
				if strings.Contains(part, " minor") {
					continue
				}
				if place-major < 24 {
					t.Errorf("%d months from %d: a label at %v%% after one at %v%%, where there is little room", months, begin, place, major)
				}
				major = place
			}
		}
	}
}

// Of forums near each other the later one is named, and each has its mark.
func TestNamesOfForumsStandApart(t *testing.T) {
	for _, test := range []struct {
		from gcm.Date
		want []string
	}{
		{gcm.DateOf(2021, 12, 0), []string{`"event first minor" x="9.5%"`, `"event last" x="92.2%"`}},
		{gcm.DateOf(2010, 1, 0), []string{`"event last" x="97.8%"`}},
		{gcm.DateOf(2024, 1, 0), []string{`"event last" x="86.4%"`}},
	} {
		s := &tally.Snapshot{}
		s.AsOf = instant("2026-09-30T00:00:00Z")
		s.Counts.Months = []tally.MonthCount{{Month: test.from, Number: 1}}
		html := render(t, s, view.Options{View: view.Timeline}).HTML()
		if names := strings.Count(html, "Review Forum 20"); names != len(test.want) {
			t.Errorf("from %v there are %d names", test.from, names)
		}
		for _, want := range test.want {
			if !strings.Contains(html, want) {
				t.Errorf("from %v there is no %s in %s", test.from, want, html)
			}
		}
	}
}

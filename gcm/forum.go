package gcm

import "iter"

// A Forum is one International Migration Review Forum, where the General
// Assembly reviews the progress of the Compact every four years, beginning in
// 2022 (paragraph 49 of the Compact; resolution 73/326). The zero Forum is none.
type Forum struct {
	Year int

	// Start and End are the first and the last day. They are zero if they
	// are not known yet.
	Start, End Date

	// Declaration is the symbol of the resolution with the Progress
	// Declaration of the forum; "" if there is none known.
	Declaration string
}

const (
	firstForum = 2022
	forumEvery = 4
	lastForum  = firstForum + (maxYear-firstForum)/forumEvery*forumEvery
)

// Forums yields the forums up to a year, in the order of time. Those that are
// not scheduled yet have no dates.
func Forums(upTo int) iter.Seq[Forum] {
	return func(yield func(Forum) bool) {
		for year := firstForum; year <= min(upTo, lastForum); year += forumEvery {
			if !yield(forum(year)) {
				return
			}
		}
	}
}

// ForumOn returns the forum that is held at a date: during all the days that
// the date covers. The result is false if there is none.
func ForumOn(d Date) (Forum, bool) {
	f := forum(d.Year())
	held := f.Start.IsValid() && d.IsValid() &&
		f.Start.Compare(d.First()) <= 0 && d.Last().Compare(f.End) <= 0
	if !held {
		return Forum{}, false
	}
	return f, true
}

// NextForum returns the first forum that begins after every day that a date
// covers: that of 2026 for 2026-05-01, and that of 2030 for 2026. A forum whose
// days are not known is taken to be still to come throughout its year. It
// returns the zero Forum if the date is not valid or the forum would be after
// the year 9999.
func NextForum(after Date) Forum {
	if !after.IsValid() {
		return Forum{}
	}
	for f := range Forums(max(firstForum, after.Year()+forumEvery)) {
		if after.Before(f.Start) || f.Start == (Date{}) && after.Year() <= f.Year {
			return f
		}
	}
	return Forum{}
}

// forum returns what is known of the forum of a year.
func forum(year int) Forum {
	f := Forum{Year: year}
	switch year {
	case 2022:
		f.Start, f.End = DateOf(2022, 5, 17), DateOf(2022, 5, 20)
		f.Declaration = "A/RES/76/266"
	case 2026:
		f.Start, f.End = DateOf(2026, 5, 5), DateOf(2026, 5, 8)
	}
	return f
}

package view

import (
	"errors"
	"strconv"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

// A Document says how a snapshot is written as a view document: a file from which
// the element shows a view, live and dated, without counting anything itself. It is
// a value; the zero Document is a [Counter] in English.
type Document struct {
	View     Kind
	Language gcm.Language // English if it isn't valid
	Size     Size         // of a [Counter]; [Standard] if it isn't valid
	Sort     Sort         // of the rows of a table; [Usual] if it isn't valid

	// Current and Ageing are those of [Options].
	Current, Ageing int

	// Feed is the address of the feed, https or relative to the document. The
	// page counts from it what the document doesn't say: what a reader chooses,
	// or the sum of several sources. Without it nothing can be chosen.
	Feed string

	// Spread is over how many seconds pages read the document again after a stream has
	// said that it changed. Each page waits for a time of its own, so that not all ask
	// at the same moment. 0 means that none waits.
	Spread int
}

// ErrUndated says that a snapshot has no date. A document of it couldn't say how old
// its numbers are.
var ErrUndated = errors.New("the numbers have no date")

// mostAges is how many ages a document has: those of ten years. After them the view
// says the date alone.
const mostAges = 56

// mostDays is how old numbers can be in a document: 100 years.
const mostDays = 36525

// AppendJSON appends the document of a snapshot. Equal snapshots give equal bytes at
// any time. The page says by its own clock how old the numbers are.
//
//	gcm_view   the kind of the view, by which a document is known as one
//	lang       its language
//	query      what is selected, by the names of the element's attributes
//	tree       the view without its age, as [View.AppendJSON] writes it
//	text       [View.Text] of it
//	stale      [View.Stale], and retry, which is [View.TryAgain]
//	size       of a counter
//	sort       the order of rows, and order, which is how the view says that; neither
//	           is there where nobody can choose one
//	live       what changes in the tree while the source says at once what changes,
//	           as [AppendChanges] writes it, and the text then
//	ages       [days, changes, text]: what changes, so many days after the one before
//	           it, and the first after January 1, 1970, in UTC, in what the one before
//	           has made of the tree; and the text, where that isn't what becomes of it
//	           if a text that changes in the tree is replaced in it once; a change is
//	           never one of the tree's root
//	feed       the address of the feed, if there is one
//	spread     see [Document], if it isn't 0
//	summary    the snapshot; of a [Counter] the total only, and of the definition what
//	           the publisher adds to [tally.Definition]
//
// On an error, which is [ErrUndated], an [*ElementError], or that of [Render], b is
// returned as it was.
func (d Document) AppendJSON(b []byte, s *tally.Snapshot) ([]byte, error) {
	if d.Feed != "" && !isAddress(d.Feed) {
		return b, &ElementError{Name: "feed", Value: d.Feed, Err: ErrAttribute}
	}
	if !d.Size.IsValid() {
		d.Size = Standard
	}
	o := Options{View: d.View, Language: d.Language, Size: d.Size, Sort: d.Sort, Current: d.Current, Ageing: d.Ageing}
	undated, err := Render(s, o)
	if err != nil {
		return b, err
	}
	_, _, at, offset := (&renderer{s: s}).when()
	if !at.IsValid() {
		return b, ErrUndated
	}
	host, err := withQuery(element("gcm-pledges"), s)
	if err != nil {
		return b, err
	}
	b = tally.AppendText(append(b, `{"gcm_view":`...), d.View.String())
	b = tally.AppendText(append(b, `,"lang":`...), undated.lang.String())
	b = append(b, `,"query":{`...)
	for i, a := range host.attrs {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(tally.AppendText(b, a.name), ':')
		b = tally.AppendText(b, a.value)
	}
	b = undated.AppendJSON(append(b, `},"tree":`...))
	b = tally.AppendText(append(b, `,"text":`...), undated.Text())
	b = tally.AppendText(append(b, `,"stale":`...), undated.Stale())
	b = tally.AppendText(append(b, `,"retry":`...), undated.TryAgain())
	b = tally.AppendText(append(b, `,"size":`...), d.Size.String())
	if order := undated.content.order(); order != "" {
		b = tally.AppendText(append(b, `,"sort":`...), d.Sort.String())
		b = tally.AppendText(append(b, `,"order":`...), order)
	}
	// Only the foot of a view knows of time.
	r := &renderer{s: s, lang: undated.lang, o: o}
	c := undated.content
	on := func(days int, live bool) *View {
		r.o.Now, r.o.Live = onDay(days), live
		c.foot = r.foot()
		return &View{content: c, root: c.tree(), text: r.sentence(&c), lang: r.lang, total: undated.total}
	}
	from := day(at, offset)
	live := on(from, true)
	b = AppendChanges(append(b, `,"live":[`...), Changes(undated, live))
	b = tally.AppendText(append(b, ','), live.Text())
	b = append(b, `],"ages":[`...)
	before, some, said, last := undated, 0, " ", 0
	for days := -1; before != undated || some == 0; days++ { // -1, as calendars may differ by one
		next := undated
		if days <= mostDays && some < mostAges {
			r.o.Now, r.o.Live = onDay(from+days), false
			fresh, age := r.fresh()
			if fresh+" "+age == said {
				continue
			}
			next, said = on(from+days, false), fresh+" "+age
		}
		if some > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(append(b, '['), int64(from+days-last), 10)
		last = from + days
		changes, text := Changes(before, next), before.text
		for i := range changes {
			text = changes[i].within(text, before.root)
		}
		b = AppendChanges(append(b, ','), changes)
		if next.text != text {
			b = tally.AppendText(append(b, ','), next.text)
		}
		b = append(b, ']')
		before, some = next, some+1
	}
	b = append(b, ']')
	if d.Feed != "" {
		b = tally.AppendText(append(b, `,"feed":`...), d.Feed)
	}
	if d.Spread > 0 {
		b = strconv.AppendInt(append(b, `,"spread":`...), int64(d.Spread), 10)
	}
	if d.View == Counter { // most of a snapshot is of no use to it
		short := *s
		short.Counts, short.TotalOnly, short.Items = tally.Counts{Total: s.Counts.Total}, true, nil
		short.Definition = strings.TrimSpace(strings.TrimPrefix(s.Definition, tally.Definition)) // that one is in the view
		s = &short
	}
	b = append(b, `,"summary":`...)
	return append(s.AppendJSON(b), '}'), nil
}

// within returns a text in which the change is made, if it is one of a text that the
// other one has in it.
func (c *Change) within(text string, root node) string {
	if c.op != opText {
		return text
	}
	for _, step := range c.path {
		root = root.children[step]
	}
	return strings.Replace(text, root.text, c.value, 1)
}

func onDay(days int) gcm.Instant { return gcm.InstantOfUnix(int64(days)*24*60*60, 0) }

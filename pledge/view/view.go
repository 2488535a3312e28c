package view

import (
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// Options say how a snapshot is shown. The zero value shows a [Counter] in
// English.
type Options struct {
	View     Kind
	Language gcm.Language // English if it isn't valid
	Size     Size         // of a [Counter]; [Standard] if it isn't valid
	Sort     Sort         // of the rows of a table; [Usual] if it isn't valid

	// Read is when the source was read. It is shown where the snapshot has
	// no date of its own.
	Read gcm.Instant

	// Now is when the view is looked at. Only if it is set does the view say how fresh
	// the numbers are, so a page that is rendered once and kept stays true.
	Now gcm.Instant

	// Numbers are current if they are of at most Current days ago, 7 if it is
	// 0; ageing up to Ageing days, 31 if it is 0; and stale after that. A day
	// is one of the calendar in UTC.
	Current, Ageing int

	// Live is whether the source says at once what changes, and nothing has
	// been missed: then the numbers are current, whatever day they are of.
	Live bool

	// Missing is how many further sources couldn't be read. The view says so,
	// and of how many, if it isn't 0.
	Missing int

	// Choices are what a reader has chosen in a [Dashboard], and what the other
	// choices would give; nil if nothing is chosen.
	Choices *tally.Choices

	// Without is for choices in a [Dashboard] that no pledge meets together. It says how
	// many pledges there are without each of them.
	Without []Without

	// Part is the part of the list of pledges that a [Dashboard] shows; nil for the
	// newest ones, which the snapshot has.
	Part *Part

	// Tools is whether a [Dashboard] has buttons with which a reader passes on or
	// downloads what is chosen. They need the engine.
	Tools bool
}

// A Without is how many pledges there are if what is chosen of one filter, the one with
// this name, is taken back.
type Without struct {
	Name   string
	Number int
}

// A Part is some pledges of the list of all that a query selects.
type Part struct {
	Order Order
	From  int // how many come before them in that order
	Items []tally.Item
}

// A View is what a snapshot looks like. It is made by [Render] and never
// changes, so it may be shared and used from many goroutines. The zero View
// shows nothing.
type View struct {
	content content
	root    node
	text    string
	lang    gcm.Language
	total   int
}

// Render makes a view of a snapshot, which it only reads. Equal snapshots and
// options make equal views. The error is a [*ViewError]: there is no such view,
// or the snapshot doesn't have what it shows.
func Render(s *tally.Snapshot, o Options) (*View, error) {
	r := &renderer{s: s, lang: o.Language, o: o}
	if !r.lang.IsValid() {
		r.lang = gcm.English
	}
	if !o.Size.IsValid() {
		r.o.Size = Standard
	}
	if !o.View.IsValid() {
		return nil, &ViewError{View: o.View.String(), Err: ErrUnknown}
	}
	if s.TotalOnly && o.View != Counter {
		return nil, &ViewError{View: o.View.String(), Err: ErrTotalOnly}
	}
	c := r.content()
	return &View{content: c, root: c.tree(), text: r.sentence(&c), lang: r.lang, total: s.Counts.Total}, nil
}

// HTML returns the view as HTML: one element, on one line.
func (v *View) HTML() string { return string(v.AppendHTML(nil)) }

// AppendHTML appends what HTML returns.
func (v *View) AppendHTML(b []byte) []byte { return v.root.appendHTML(b) }

// Text returns the view as one line of plain text, to show where there is no
// HTML: the total, what is selected, of when it is, and what else must be known
// to read it right, such as "12 pledges · Africa · As of May 20, 2022". Words
// whose direction may not be that of the language are between the isolates
// U+2068 and U+2069.
func (v *View) Text() string { return v.text }

// Language returns the language of the view, zero for the zero View. It says
// the direction of writing, too; see [gcm.Language.RightToLeft].
func (v *View) Language() gcm.Language { return v.lang }

// Stale returns the sentence to show beside the view once its source can't be
// read any more: "Not current: ..." in the view's language.
func (v *View) Stale() string { return string(locale.Stale.In(v.lang)) }

// TryAgain returns the words of a button beside that sentence, which reads the source
// again.
func (v *View) TryAgain() string { return string(locale.TryAgain.In(v.lang)) }

// Said returns what a screen reader says when v takes the place of old. If a reader has
// changed the order of the rows or the part of a list, it is the new order and part.
// Otherwise it is [View.Text].
func (v *View) Said(old *View) string {
	if old == nil || old.lang != v.lang || old.text != v.text {
		return v.text
	}
	if order := v.content.order(); order != "" && order != old.content.order() {
		return order
	}
	return v.text
}

// order returns in which order the rows are, "Pledges by objective · Most pledges", and
// which part of a list it is; nothing if nobody can change that.
func (c *content) order() string {
	for _, s := range c.body {
		switch s := s.(type) {
		case *table:
			return ordered(s.caption, s.sort)
		case *board:
			if l := s.list; l != nil && l.pager != nil {
				return ordered(l.caption, l.sort) + separator + l.pager.words
			}
		}
	}
	return ""
}

func ordered(caption string, orders []choice) string {
	for i := range orders {
		if orders[i].pressed {
			return caption + separator + orders[i].words
		}
	}
	return ""
}

package view

import (
	"strconv"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// A Badge is the number of pledges in two or three words. [BadgeOf] makes it; all
// fields may be changed. It is a value. The zero Badge is an empty one in English.
type Badge struct {
	Language gcm.Language

	// Label is the selection, such as "Africa", and empty if there is none; a badge
	// without a label has one half. Message says how many pledges, "158 pledges":
	// one text, as the noun goes by the number. A number that is made up, that
	// nobody knows the date of, or that isn't to be relied on is called so in
	// Message.
	Label, Message string

	// Title is the whole sentence, [View.Text].
	Title string

	// Failed says that there is no number to be relied on: one of its sources is
	// missing, or there is none.
	Failed bool
}

// BadgeOf returns the number of pledges of a view as a badge. That of the zero
// View is one of no number, in English.
func BadgeOf(v *View) Badge {
	c := &v.content
	if c.head.number == "" {
		return Unavailable(v.lang)
	}
	b := Badge{
		Language: v.lang,
		Label:    c.head.selection.isolated(v.lang.RightToLeft()),
		Message:  locale.Pledges.Counted(v.lang, v.total).Fill(locale.Value{Name: "n", Text: c.head.number}),
		Title:    v.text,
	}
	if c.head.illustrative != "" {
		b.Message += separator + string(locale.MadeUp.In(v.lang))
	}
	if c.foot.date == nil {
		b.Message += separator + string(locale.NoDate.In(v.lang))
	}
	if c.foot.freshness == stale {
		b.Message += separator + c.foot.fresh
	}
	if c.head.missing != "" {
		b.Message += separator + c.head.missing
		b.Failed = true
	}
	return b
}

// Unavailable returns the badge for a source that can't be read.
func Unavailable(lang gcm.Language) Badge {
	label, message := string(locale.PledgesColumn.In(lang)), string(locale.Unavailable.In(lang))
	return Badge{Language: lang, Label: label, Message: message, Title: label + separator + message, Failed: true}
}

// mostOnBadge is how wide a label or message on a badge can be, in pixels.
const mostOnBadge = 400

// AppendSVG appends the badge as a picture, 20 pixels high: the label on dark
// grey if there is one, and the message on blue, or on red if it failed. It is a
// file of its own like those of [AppendCard], and the same in light and dark.
func (b Badge) AppendSVG(dst []byte) []byte {
	const height, margin, base = 20, 7, 14
	f := font{size: 11}
	if !b.Language.IsValid() {
		b.Language = gcm.English
	}
	d := drawing{theme: Light, reverse: b.Language.RightToLeft()}
	var halves [2]setting
	for i, s := range [...]string{b.Label, b.Message} {
		for _, l := range f.wrap([]span{{text: s}}, mostOnBadge, 1) {
			halves[i] = l
			d.width += l.width + 2*margin
		}
	}
	colors := [...]string{badgeGrey, badgeBlue}
	if b.Failed {
		colors[1] = badgeRed
	}
	x := 0
	for i, l := range halves {
		if l.width == 0 {
			continue
		}
		width := l.width + 2*margin
		left := x
		if d.reverse {
			left = d.width - x - width
		}
		d.nodes = append(d.nodes, boxed(element("rect"), left, 0, width, height).with("fill", colors[i]))
		d.write(l, x+margin, base, l.width, f, ground, false)
		x += width
	}
	return appendSVG(dst, picture(d.width, height, b.Title, b.Language.String(), d.reverse, d.nodes...))
}

const (
	badgeGrey = "#3f4650"
	badgeBlue = "#1b65a6"
	badgeRed  = "#a3312b"
)

// AppendJSON appends the badge as badge services read it, such as the endpoint
// badge of shields.io: schemaVersion 1, label, message, isError if it failed,
// and for how many seconds they may keep it, which is left out if it is 0.
func (b Badge) AppendJSON(dst []byte, cacheSeconds int) []byte {
	dst = tally.AppendText(append(dst, `{"schemaVersion":1,"label":`...), b.Label)
	dst = tally.AppendText(append(dst, `,"message":`...), b.Message)
	if b.Failed {
		dst = append(dst, `,"isError":true`...)
	}
	if cacheSeconds > 0 {
		dst = strconv.AppendInt(append(dst, `,"cacheSeconds":`...), int64(cacheSeconds), 10)
	}
	return append(dst, '}')
}

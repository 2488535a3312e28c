package view

import (
	"strconv"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// A Badge is the number of pledges in two or three words. [BadgeOf] makes it; all
// fields may be changed. It is a value. The zero Badge is an empty one in English.
type Badge struct {
	Language gcm.Language

	// Label is the selection, such as "Africa". It is empty if everything is selected;
	// the badge has one half then. Message says how many of what, such as "158 pledges
	// to the Global Compact for Migration". It is one text, because the form of the noun
	// depends on the number. It also says if the number is made up, has no date, or
	// can't be relied on.
	Label, Message string

	// Title is the whole sentence, [View.Text].
	Title string

	// Failed says that there is no number to be relied on: one of its sources is
	// missing, or there is none.
	Failed bool
}

// BadgeOf returns the number of pledges of a view as a badge. The badge of the zero
// View has no number and is in English.
func BadgeOf(v *View) Badge {
	c := &v.content
	if c.head.number == "" {
		return Unavailable(v.lang)
	}
	b := Badge{
		Language: v.lang,
		Label:    c.head.selection.isolated(v.lang.RightToLeft()),
		Message: locale.Counted.In(v.lang).Fill(locale.Value{Name: "pledges",
			Text: locale.Pledges.Counted(v.lang, v.total).Fill(locale.Value{Name: "n", Text: c.head.number})}),
		Title: v.text,
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

// The measures of a badge in pixels.
const (
	badgeHeight = 24
	badgeBase   = 17
	badgeMargin = space2
	mostOnBadge = 400 // how wide its parts can be, each
)

// AppendSVG appends the badge as a picture, 24 pixels high: the number on a tint
// behind a line, what it counts, and the label if there is one. The line has the
// accent, or the colour of a warning if the badge failed. It is a file of its own
// like those of [AppendCard], light or dark as the reader prefers.
func (b Badge) AppendSVG(dst []byte) []byte {
	if !b.Language.IsValid() {
		b.Language = gcm.English
	}
	type part struct {
		line setting
		font font
		at   int
	}
	var parts [3]part
	d := drawing{reverse: b.Language.RightToLeft(), width: lineMark}
	number, rest := leadingNumber(b.Message)
	for i, s := range [...]string{number, rest, b.Label} {
		f := font{size: textSmall, bold: i == 0}
		for _, l := range f.wrap([]span{{text: s}}, mostOnBadge, 1) {
			parts[i] = part{l, f, d.width + badgeMargin}
			d.width += l.width + 2*badgeMargin
		}
	}
	back := d.color(boxed(element("rect"), 0, 0, d.width, badgeHeight), ground)
	if n := &parts[0]; n.line.width > 0 {
		d.rect(lineMark, 0, n.line.width+2*badgeMargin, badgeHeight, tint)
	}
	if l := &parts[2]; l.line.width > 0 {
		d.rect(l.at-badgeMargin, 0, lineRule, badgeHeight, line)
	}
	edge := accent
	if b.Failed {
		edge = warn
	}
	d.rect(0, 0, lineMark, badgeHeight, edge)
	d.nodes = append(d.nodes, d.frame(0, 0, d.width, badgeHeight, lineFocus, line))
	for i := range parts {
		if p := &parts[i]; p.line.width > 0 {
			d.write(p.line, p.at, badgeBase, p.line.width, p.font, ink, false)
		}
	}
	nodes := append([]node{d.style(), back}, d.nodes...)
	return appendSVG(dst, picture(d.width, badgeHeight, b.Title, b.Language.String(), d.reverse, nodes...))
}

// leadingNumber returns the number that a text begins with, if it does, and the
// rest. A language may write blanks, commas and stops into a number.
func leadingNumber(s string) (number, rest string) {
	end := 0
	for i, r := range s {
		if r >= '0' && r <= '9' {
			end = i + 1
		} else if !strings.ContainsRune("\u00a0\u202f.,", r) {
			break
		}
	}
	return s[:end], strings.TrimLeft(s[end:], " ")
}

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

package view

import (
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// A renderer is a snapshot on its way to becoming a view.
type renderer struct {
	s    *tally.Snapshot
	lang gcm.Language
	o    Options
}

// content returns what a view shows.
func (r *renderer) content() content {
	c := content{kind: r.o.View, size: r.o.Size, lang: r.lang, head: r.head(), foot: r.foot()}
	c.body = r.body(&c.head)
	return c
}

// body returns what is in a view of its kind only.
func (r *renderer) body(h *head) []section {
	switch r.o.View {
	case States:
		return r.states()
	case Map:
		return r.tiles()
	case Status:
		return []section{r.status()}
	case Progress:
		return r.progress()
	case Timeline:
		return r.timeline()
	case Money:
		return r.money()
	case List:
		return []section{r.newest()}
	case Dashboard:
		return r.dashboard(h)
	}
	if d, ok := dimensionOf(r.o.View); ok {
		return r.breakdown(d)
	}
	if r.o.Size == Hero {
		return r.hero()
	}
	return nil // other counters have none
}

// say returns a message without places.
func (r *renderer) say(m locale.Message) string { return string(m.In(r.lang)) }

// number returns a number as the language writes it.
func (r *renderer) number(n int) string { return locale.Number(r.lang, n) }

// counted returns a message about a number, in the form that the number asks for,
// with it and more values in their places.
func (r *renderer) counted(m locale.Message, n int, more ...locale.Value) string {
	return m.Counted(r.lang, n).Fill(append(more, locale.Value{Name: "n", Text: r.number(n)})...)
}

// share returns "At least one pledge for 19 of 23 objectives".
func (r *renderer) share(m locale.Message, n, all int) coverage {
	return coverage(m.In(r.lang).Fill(locale.Value{Name: "n", Text: r.number(n)}, locale.Value{Name: "all", Text: r.number(all)}))
}

// columns returns the headings of a table.
func (r *renderer) columns(all ...locale.Message) (headings []string) {
	for _, m := range all {
		headings = append(headings, r.say(m))
	}
	return headings
}

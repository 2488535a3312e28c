package view

import (
	"cmp"
	"slices"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// An Order is in which order pledges are listed. The zero Order is [OrderNewest].
type Order uint8

const (
	// OrderNewest is by the date of announcement, the newest first.
	OrderNewest Order = iota

	// OrderPledger is by the first pledger: of States by their names in the language
	// of the view.
	OrderPledger

	// OrderTitle is by title.
	OrderTitle
)

var orderNames = [...]string{"newest", "pledger", "title"}

// ParseOrder returns the order of a name, such as "title"; [OrderNewest] and false if
// there is none of that name.
func ParseOrder(s string) (Order, bool) {
	i := slices.Index(orderNames[:], s)
	return Order(max(i, 0)), i >= 0
}

// IsValid reports whether o is one of the constants.
func (o Order) IsValid() bool { return int(o) < len(orderNames) }

// String returns the name, "newest" for what is out of range.
func (o Order) String() string {
	if !o.IsValid() {
		o = OrderNewest
	}
	return orderNames[o]
}

// code returns the name, nothing for the order that needn't be named.
func (o Order) code() string {
	if o == OrderNewest {
		return ""
	}
	return o.String()
}

// Key returns the text by which a list in that order sorts pledges, for
// [tally.Index.Listed]; nil for the newest first.
func (o Order) Key(lang gcm.Language) func(*tally.Item) string {
	const last = "\U0010ffff" // what has no title, or no pledger
	switch o {
	case OrderPledger:
		return func(i *tally.Item) string {
			if i.State.IsValid() {
				return locale.StateOrder(lang, i.State)
			}
			return cmp.Or(locale.Sorted(i.Pledger), last)
		}
	case OrderTitle:
		return func(i *tally.Item) string { return cmp.Or(locale.Sorted(i.Title), last) }
	}
	return nil
}

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

	// OrderBest is by how well pledges have the words of a search, see
	// [tally.Index.Search]. A list of what a search has found is in this order, unless
	// another one is asked for.
	OrderBest
)

var orderNames = [...]string{"newest", "pledger", "title", "best"}

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

// Key returns the text by which a list in that order sorts pledges, for
// [tally.Feed.Listed]; nil for the best ones first. Of the newest first it is the same
// for all, but Listed without a key is quicker at that.
func (o Order) Key(lang gcm.Language) func(*tally.Item) string {
	const last = "\U0010ffff" // what has no title, or no pledger
	switch o {
	case OrderNewest:
		return func(*tally.Item) string { return "" }
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

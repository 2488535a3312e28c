package view

import "github.com/gcmkit/gcmkit/gcm"

// A content is what a view shows. It is made of a snapshot first, and then
// written: as a tree for HTML and JSON (tree.go), as a picture (card.go) and as a
// badge (badge.go). The writers are beside each other, and read only this.
type content struct {
	kind Kind
	size Size
	lang gcm.Language
	head head
	body []section
	foot foot
}

// A head is the number, and what must be known to read it right. What isn't to
// be said is empty.
type head struct {
	number, blank string // "158", " "
	label         phrase // "pledges to the Global Compact for Migration"
	selection     phrase
	memberStates  string
	zero          string // what is said of no pledges
	illustrative  string
	madeUp        string // the same in a word or two
	missing       string // sources
	unread        string // records
	bar           *bar   // of a dashboard
}

// A section is one of the types below, which stand between head and foot.
type section any

type (
	// A coverage says how much of what there could be has a pledge.
	coverage string

	// A note stands in the place of a table that has no rows.
	note string

	// notes are what must be known to read a table or a chart right. They are
	// one section however many there are, so that nothing else on the page
	// changes where one comes or goes.
	notes []string

	// facts are some more numbers beside a large one.
	facts []fact

	// A strip is a table whose rows share the total among themselves.
	strip struct {
		*table
		parts []segment
	}

	// An amounts is a table of money: a row for each currency, a column for each
	// stage.
	amounts struct {
		caption, currency string // of the first column
		stages            []string
		rows              []currencyRow
	}

	// A data is a table to unfold, of what a chart shows.
	data struct {
		summary string
		table   section
		below   notes // what the marks of the chart mean
	}

	// A list is of pledges, or a note in their place.
	list struct {
		caption, note string
		sortBy        string   // what stands before the orders
		sort          []choice // in which order a reader can have them, if there are several
		items         []item
		pager         *pager // if a reader can have others
	}
)

// An item is a pledge in a list: its title, who pledges and since when, how far it
// has come, and the objectives that it supports.
type item struct {
	title, by  phrase
	state      string // its part
	status     string
	objectives string   // what the numbers are of
	numbers    []string // of objectives
}

// A pager says which part of a list is shown, and leads to the parts beside it. A
// choice that leads nowhere has no value.
type pager struct {
	words          string
	previous, next choice
}

// A fact is a number of how many there could be, such as "25 of 193".
type fact struct {
	label string
	words phrase
}

// A segment is the part that one row has of a strip.
type segment struct {
	_     [0]func() // without a function that compares two, which would be in the page
	name  string    // its part
	label string
	value string
	n     int
}

// A currencyRow is the amounts in a currency.
type currencyRow struct {
	currency string
	cells    []amount
}

// An amount is one of money, and of how many pledges. The zero amount is none.
type amount struct{ sum, pledges string }

// A table is of numbers of pledges, for each of some things that pledges have
// in common.
type table struct {
	caption string
	sortBy  string   // what stands before the orders
	sort    []choice // in which a reader can have the rows, if there are several
	named   string   // how much of what there could be has a pledge, and why rows don't add up
	columns []string // headings of all columns but that of the bars
	rows    []row
	fold    *fold
	bars    bool // whether rows have pictures of their numbers
}

// A fold is rows of a table that one has to ask for.
type fold struct {
	summary string
	note    string // says on a card what the rows would say, "" if they are drawn there
	rows    []row
}

// A row is a line of a table.
type row struct {
	key     string // the number of an objective, which stands before the heading
	heading phrase
	about   []phrase // what there is to say about it to whoever asks
	choice  *choice  // what the row chooses where it is clicked, nil for nothing
	values  []string // what stands in the columns after the heading
	share   int      // of the greatest number, in thousandths; noBar for no picture
	none    bool     // it is about pledges that state nothing of the kind
	zero    bool     // there are no pledges
}

const noBar = -1

// A choice is a value of a filter, or an order.
type choice struct {
	_           [0]func() // without a function that compares two, which would be in the page
	name, value string
	words       string // of an order
	label       phrase // of a chip
	pressed     bool
}

// A foot is where the numbers are from and of when they are, in one line, and to
// unfold what they mean. What isn't known is empty.
type foot struct {
	source     phrase // the source by its title; or how many there are
	dating     string // the part that says which date it is: as-of, latest or read
	date       phrase // "As of May 20, 2022"
	freshness  string // one of the constants in fresh.go
	fresh      string // how old that is
	dated      phrase // both, in the line
	month      phrase // the date where there is little room
	summary    string // what is behind the line
	definition definition
	sources    []phrase
	cite       phrase
}

// A definition is what the numbers mean: in short, exactly, and what the publisher
// says about it.
type definition struct {
	short, exact string
	publisher    phrase
}

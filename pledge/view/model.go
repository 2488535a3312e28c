package view

import "github.com/gcmkit/gcmkit/gcm"

// A content is what a view shows. It is made of a snapshot first, and then
// written: as a tree for HTML and JSON (tree.go), as a picture (card.go) and as a
// badge (badge.go). The writers are beside each other, and read only this.
type content struct {
	kind       Kind
	lang       gcm.Language
	head       head
	body       []section
	foot       foot
	definition definition
}

// A head is the number, and what must be known to read it right. What isn't to
// be said is empty.
type head struct {
	number, blank, label string // "158", " ", "pledges"
	selection            phrase
	memberStates         string
	illustrative         string
	missing              string // sources
	unread               string // records
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

	// A clearing is the button that takes all choices back.
	clearing struct {
		words    string
		disabled bool
	}

	// A data is a table to unfold, of what a chart shows.
	data struct {
		summary string
		table   section
	}

	// A list is the newest pledges, or a note in their place.
	list struct {
		caption, note string
		items         []item
	}
)

// An item is a pledge in a list: its title, and below it who pledges and since
// when.
type item struct{ title, by phrase }

// A table is of numbers of pledges, for each of some things that pledges have
// in common.
type table struct {
	caption string
	columns []string // headings of all columns but that of the bars
	rows    []row
	bars    bool // whether rows have pictures of their numbers
	amounts bool // whether it is the one of money
}

// A row is a line of a table.
type row struct {
	heading phrase
	choice  *choice  // what the heading chooses where it is clicked, nil for nothing
	values  []string // what stands in the columns after the heading
	share   int      // of the greatest number, in thousandths; noBar for no picture
	none    bool     // it is about pledges that state nothing of the kind
}

const noBar = -1

// A choice is a value of a filter.
type choice struct {
	name, value string
	pressed     bool
}

// A foot is of when the numbers are, and where from. What isn't known is empty.
type foot struct {
	dating    string // the part that says which date it is: as-of, latest or read
	date      phrase
	freshness string // one of the constants in fresh.go
	fresh     string
	sources   []phrase
}

// A definition is what the numbers mean, and what the publisher says about it.
type definition struct {
	summary, words string
	publisher      phrase
}

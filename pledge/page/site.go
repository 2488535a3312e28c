package page

import (
	"cmp"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
	"github.com/google/uuid"
)

// A What is a kind of page or file.
type What uint8

// What there may be at a [Place]. The zero What is the page of a view.
const (
	View       What = iota // a view: its kind, query and language, and a dated copy of it by its edition
	Frame                  // the same for a frame of another page
	OEmbed                 // how to embed it
	Picture                // it as a PNG
	Pledge                 // a pledge: its ID and language
	PledgeJSON             // the same for programs
	List                   // a page of the list of pledges: query, language, number from 1
	CountsCSV              // the numbers: query, language
	PledgesCSV             // the pledges as a table: query, language
	Workbook               // the same for spreadsheets
	Stylesheet
	SiteMap // its number, or 0 for the one that names all
)

// A Place says which page or file is meant. It is a value.
type Place struct {
	What     What
	View     view.Kind
	Query    tally.Query
	Language gcm.Language
	ID       uuid.UUID
	Number   int
	Edition  Edition
}

// An Edition tells the numbers of one state of a feed from those of all others. The
// zero Edition is the newest numbers.
type Edition struct {
	AsOf gcm.Date // of when the numbers are, by the clocks of the publisher
	ID   string   // the sequence of the feed, or what else tells its states apart
}

// A Site says where pages are. The zero Site knows of none.
type Site struct {
	// Address returns where something is, relative to the folder that all pages are
	// in; "" if it isn't there. Without it nothing is.
	Address func(Place) string

	// Base is the https address of that folder, with a slash at its end. Without it
	// pages can be read all the same, but others can't be told where they are: there
	// are no pictures for social networks, no oEmbed and no site map.
	Base string
}

// at returns where something is, "" if it isn't there.
func (s *Site) at(p Place) string {
	if s.Address == nil {
		return ""
	}
	return s.Address(p)
}

// Absolute returns the whole address of something, "" if it isn't known.
func (s *Site) Absolute(p Place) string {
	if at := s.at(p); s.Base != "" && at != "" {
		return s.Base + at
	}
	return ""
}

// best returns the whole address where it is known, and else the relative one.
func (s *Site) best(p Place) string { return cmp.Or(s.Absolute(p), s.at(p)) }

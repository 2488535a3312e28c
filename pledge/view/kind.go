package view

import (
	"errors"
	"iter"
	"strconv"

	"github.com/gcmkit/gcmkit/gcm"
)

// A Kind is what a view shows. The zero Kind is [Counter].
type Kind uint8

const (
	// Counter is the number of pledges. It comes first because a widget that names no
	// view shows it.
	Counter Kind = iota

	// Objectives is the number of pledges for each of the 23 objectives.
	Objectives

	// Principles is the number of pledges for each of the 10 guiding principles.
	Principles

	// Regions is the number of pledges from each of the 5 regions in which
	// pledgers are based.
	Regions

	// States is the States with the most pledges, by their number.
	States

	// Map is a tile for each State, about where it lies in the world, in a shade
	// for how many pledges it has.
	Map

	// Categories is the number of pledges by each category of pledgers.
	Categories

	// Status is the number of pledges by how far they have come.
	Status

	// Progress is what became of the pledges: how many have been reported on, are under
	// way and are fulfilled, when last, and how that is known.
	Progress

	// Natures is the number of pledges of each nature.
	Natures

	// Timeline is a chart of how many pledges had been announced by the end of
	// each month.
	Timeline

	// Money is the amounts that pledges contribute, by currency and stage.
	Money

	// List is the newest pledges: title, pledger, date of announcement, link.
	List

	// Dashboard is all of these: the number of pledges by objective, principle,
	// region, State, category, status, nature and type, each of which a reader can
	// choose, and beside it the map, the timeline, all pledges in parts of ten, and
	// money, which recount with every choice.
	Dashboard
)

var kindNames = [...]string{
	"counter", "objectives", "principles", "regions", "states", "map", "categories", "status", "progress", "natures", "timeline",
	"money", "list", "dashboard",
}

// Why a view can't be made.
var (
	// ErrUnknown says that there is no such kind of view.
	ErrUnknown = errors.New("no such view")

	// ErrTotalOnly says that a view needs more than the total, and the snapshot
	// has only that; see [tally.Snapshot].
	ErrTotalOnly = errors.New("the snapshot has only the total")
)

// A ViewError says which view can't be made, and why.
type ViewError struct {
	View string // as it was asked for
	Err  error  // ErrUnknown or ErrTotalOnly
}

// Error gives the message, with the view in quotes and cut to 64 bytes.
func (e *ViewError) Error() string {
	return "view: view " + gcm.Quote(e.View) + ": " + e.Err.Error()
}

// Unwrap returns e.Err.
func (e *ViewError) Unwrap() error { return e.Err }

// Kinds yields all kinds.
func Kinds() iter.Seq[Kind] {
	return func(yield func(Kind) bool) {
		for i := range kindNames {
			if !yield(Kind(i)) {
				return
			}
		}
	}
}

// ParseKind returns the kind of a name, such as "objectives"; [Counter] for the
// empty one. The error is a [*ViewError].
func ParseKind(s string) (Kind, error) {
	for k := range Kinds() {
		if kindNames[k] == s || k == 0 && s == "" {
			return k, nil
		}
	}
	return 0, &ViewError{View: s, Err: ErrUnknown}
}

// IsValid reports whether k is one of the constants.
func (k Kind) IsValid() bool { return int(k) < len(kindNames) }

// String returns the name, "Kind(77)" for what is out of range.
func (k Kind) String() string {
	if !k.IsValid() {
		return "Kind(" + strconv.Itoa(int(k)) + ")"
	}
	return kindNames[k]
}

// AppendText appends the name; it fails if k is out of range.
func (k Kind) AppendText(b []byte) ([]byte, error) {
	if !k.IsValid() {
		return b, &ViewError{View: k.String(), Err: ErrUnknown}
	}
	return append(b, kindNames[k]...), nil
}

// MarshalText returns the name; it fails if k is out of range.
func (k Kind) MarshalText() ([]byte, error) { return k.AppendText(nil) }

// UnmarshalText reads what [ParseKind] reads.
func (k *Kind) UnmarshalText(text []byte) error {
	v, err := ParseKind(string(text))
	if err == nil {
		*k = v
	}
	return err
}

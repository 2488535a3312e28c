package view

import "slices"

// A Size is how large a [Counter] is. The zero Size is [Standard]. Other views have
// one size.
type Size uint8

const (
	// Standard is the number and what it counts, how much of it is by Member
	// States, and the foot.
	Standard Size = iota

	// Inline stands within a line of text: the number, what it counts, what is
	// selected, and that it is made up or old if it is.
	Inline

	// Compact is for sidebars: the number is smaller, and nothing is said of
	// Member States.
	Compact

	// Hero is for the top of a page: the number is as large as the column allows,
	// with some more numbers beside it and the pledges by status below.
	Hero
)

var sizeNames = [...]string{"standard", "inline", "compact", "hero"}

// ParseSize returns the size of a name, such as "hero"; [Standard] and false if there
// is none of that name.
func ParseSize(s string) (Size, bool) {
	i := slices.Index(sizeNames[:], s)
	return Size(max(i, 0)), i >= 0
}

// IsValid reports whether s is one of the constants.
func (s Size) IsValid() bool { return int(s) < len(sizeNames) }

// String returns the name, "standard" for what is out of range.
func (s Size) String() string {
	if !s.IsValid() {
		s = Standard
	}
	return sizeNames[s]
}

// A Sort is in which order the rows of a table are. The zero Sort is [Usual].
type Sort uint8

const (
	// Usual is the order that a view has by itself: that of the Compact and of the
	// other lists, but the States by their pledges.
	Usual Sort = iota

	// Listed is the order of the list: of objectives by their numbers, of States by
	// their names.
	Listed

	// Most is the order by the number of pledges, the most first.
	Most
)

var sortNames = [...]string{"usual", "listed", "most"}

// ParseSort returns the order of a name, such as "most"; [Usual] and false if there
// is none of that name.
func ParseSort(s string) (Sort, bool) {
	i := slices.Index(sortNames[:], s)
	return Sort(max(i, 0)), i >= 0
}

// IsValid reports whether s is one of the constants.
func (s Sort) IsValid() bool { return int(s) < len(sortNames) }

// String returns the name, "usual" for what is out of range.
func (s Sort) String() string {
	if !s.IsValid() {
		s = Usual
	}
	return sortNames[s]
}

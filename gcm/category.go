package gcm

import "iter"

// A Category says what kind of entity makes a pledge: those that the Compact
// calls upon in paragraphs 15 (j) and 44, with the values of the pledging web
// form. The zero Category means that none is stated.
type Category uint8

// The categories in the order of the form's groups: States, the United Nations,
// other public bodies, civil society in the wide sense, and the rest last.
const (
	MemberState               Category = 1 + iota // a Member State of the United Nations
	UNSystem                                      // a body of the United Nations system
	InternationalOrganization                     // an intergovernmental organization outside the system
	LocalAuthority                                // a city, municipality or local authority
	CivilSociety
	MigrantDiaspora // an organization of migrants or of a diaspora
	FaithBased
	PrivateSector
	TradeUnion
	Parliamentarians
	HumanRightsInstitution // a national human rights institution
	RedCrossRedCrescent    // a part of the International Movement
	Academia
	Media
	Youth
	OtherEntity // any other entity
)

var categories = codes[Category]{"Category", []string{
	"member-state",
	"un-system",
	"international-organization",
	"local-authority",
	"civil-society",
	"migrant-diaspora",
	"faith-based",
	"private-sector",
	"trade-union",
	"parliamentarians",
	"human-rights-institution",
	"red-cross-red-crescent",
	"academia",
	"media",
	"youth",
	"other",
}}

// Categories yields every Category, in the order of the constants.
func Categories() iter.Seq[Category] { return categories.all() }

// CategoryFromCode returns the Category that has exactly this code.
func CategoryFromCode(code string) (Category, bool) { return categories.find(code) }

// ParseCategory reads a code, or a label in any of the six languages or as the web
// form writes it, whatever its case. The error is [ErrSyntax] if s is empty or
// not UTF-8, and [ErrUnknown] if it names no Category.
func ParseCategory(s string) (Category, error) { return parse(&categories, categoryKeys[:], s) }

// IsValid reports whether c is one of the constants.
func (c Category) IsValid() bool { return categories.has(c) }

// Label returns the name of c to show to people, in English if lang is not
// stated; "" if c is not valid.
func (c Category) Label(lang Language) string { return label(categoryLabels, c, lang) }

// String returns the code, "" for zero and "Category(77)" for what is out of range.
func (c Category) String() string { return categories.text(c) }

// AppendText appends the code; it fails if c is out of range.
func (c Category) AppendText(b []byte) ([]byte, error) { return categories.appendTo(b, c) }

// MarshalText returns the code; it fails if c is out of range.
func (c Category) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText accepts codes only; empty text gives the zero Category.
func (c *Category) UnmarshalText(text []byte) error { return categories.unmarshal(c, text) }

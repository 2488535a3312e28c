package gcm

import "iter"

// A Region is one of the five regions of the United Nations statistical
// standard M49. Reviews of the Compact use other lists, which overlap and
// disagree. The zero Region means that none is stated.
type Region uint8

// The regions in alphabetical order of their English names.
const (
	Africa Region = 1 + iota
	Americas
	Asia
	Europe
	Oceania
)

var regions = codes[Region]{"Region", []string{"africa", "americas", "asia", "europe", "oceania"}}

// Regions yields the five regions in alphabetical order.
func Regions() iter.Seq[Region] { return regions.all() }

// RegionFromCode returns the Region that has exactly this code: "africa".
func RegionFromCode(code string) (Region, bool) { return regions.find(code) }

// ParseRegion reads a code, an M49 number of three digits, or a name in any of
// the six languages, whatever its case. The error is [ErrSyntax] if s is empty
// or not UTF-8, and [ErrUnknown] if it names no Region.
func ParseRegion(s string) (Region, error) { return parse(&regions, regionKeys[:], s) }

// IsValid reports whether r is one of the constants.
func (r Region) IsValid() bool { return regions.has(r) }

// M49 returns the number of r in the standard, as three digits; "" if r is not
// valid.
func (r Region) M49() string {
	const numbers = "002019142150009"
	if !r.IsValid() {
		return ""
	}
	return numbers[3*(r-1):][:3]
}

// Name returns the name of r to show to people, in English if lang is not
// stated; "" if r is not valid.
func (r Region) Name(lang Language) string { return label(regionLabels, r, lang) }

// String returns the code, "" for zero and "Region(77)" for what is out of range.
func (r Region) String() string { return regions.text(r) }

// AppendText appends the code; it fails if r is out of range.
func (r Region) AppendText(b []byte) ([]byte, error) { return regions.appendTo(b, r) }

// MarshalText returns the code; it fails if r is out of range.
func (r Region) MarshalText() ([]byte, error) { return r.AppendText(nil) }

// UnmarshalText accepts codes only; empty text gives the zero Region.
func (r *Region) UnmarshalText(text []byte) error { return regions.unmarshal(r, text) }

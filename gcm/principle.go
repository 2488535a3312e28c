package gcm

import "iter"

// A Principle is one of the ten guiding principles of the Compact, paragraph
// 15 (a) to (j) of the annex to General Assembly resolution 73/195. The zero
// Principle means that none is stated.
type Principle uint8

// The principles in the order of the paragraph: 1 is (a) and 10 is (j).
const (
	PeopleCentred Principle = 1 + iota
	InternationalCooperation
	NationalSovereignty
	RuleOfLaw
	SustainableDevelopment
	HumanRights
	GenderResponsive
	ChildSensitive
	WholeOfGovernment
	WholeOfSociety
)

var principles = codes[Principle]{"Principle", []string{
	"people-centred",
	"international-cooperation",
	"national-sovereignty",
	"rule-of-law",
	"sustainable-development",
	"human-rights",
	"gender-responsive",
	"child-sensitive",
	"whole-of-government",
	"whole-of-society",
}}

// Principles yields the ten principles in the order of the paragraph.
func Principles() iter.Seq[Principle] { return principles.all() }

// PrincipleFromCode returns the Principle that has exactly this code.
func PrincipleFromCode(code string) (Principle, bool) { return principles.find(code) }

// ParsePrinciple reads a code, or a title in English, French, Spanish or
// Chinese or as the web form writes it, whatever its case. The error is
// [ErrSyntax] if s is empty or not UTF-8, and [ErrUnknown] if it names no
// Principle; "Global geographic scope", which the form's list also has, is
// unknown.
func ParsePrinciple(s string) (Principle, error) { return parse(&principles, principleKeys[:], s) }

// IsValid reports whether p is one of the constants.
func (p Principle) IsValid() bool { return principles.has(p) }

// Letter returns the subparagraph of paragraph 15, 'a' to 'j'; 0 if p is not
// valid.
func (p Principle) Letter() byte {
	if !p.IsValid() {
		return 0
	}
	return 'a' + byte(p-1)
}

// Title returns the official title of p in a language, and the language it is
// given in: titles are known in English, French, Spanish and Chinese, and the
// English one stands in for the others. Both are zero if p is not valid.
func (p Principle) Title(lang Language) (text string, given Language) {
	if text = label(principleLabels, p, lang); text != "" && lang.IsValid() {
		return text, lang
	}
	if text = label(principleLabels, p, English); text == "" {
		return "", 0
	}
	return text, English
}

// String returns the code, "" for zero and "Principle(77)" for what is out of
// range.
func (p Principle) String() string { return principles.text(p) }

// AppendText appends the code; it fails if p is out of range.
func (p Principle) AppendText(b []byte) ([]byte, error) { return principles.appendTo(b, p) }

// MarshalText returns the code; it fails if p is out of range.
func (p Principle) MarshalText() ([]byte, error) { return p.AppendText(nil) }

// UnmarshalText accepts codes only; empty text gives the zero Principle.
func (p *Principle) UnmarshalText(text []byte) error { return principles.unmarshal(p, text) }

package gcm

import (
	"iter"
	"strconv"
)

// A State is a State that can take part in the review of the Compact: the 193
// Member States of the United Nations, the two observer States, and the two
// States that are in neither group. The zero State means that none is stated.
//
// The numbers follow the order of the ISO 3166-1 alpha-3 codes and change when
// a State is added: they are good for indexing a table of a running program, and
// what is stored or sent is the text form, the alpha-3 code.
type State uint8

// States yields every State in the order of the alpha-3 codes.
func States() iter.Seq[State] {
	return func(yield func(State) bool) {
		for s := range State(stateCount) {
			if !yield(s + 1) {
				return
			}
		}
	}
}

// StateFromAlpha3 returns the State that has exactly this alpha-3 code, in
// capital letters: "DEU".
func StateFromAlpha3(code string) (State, bool) {
	if len(code) != 3 || code[0] < 'A' || code[0] > 'Z' {
		return 0, false
	}
	first, end := stateInitials[code[0]-'A'], stateInitials[code[0]-'A'+1]
	for i := first; i < end; i++ {
		if stateAlpha3[int(i)*3:][:3] == code {
			return State(i + 1), true
		}
	}
	return 0, false
}

// IsValid reports whether s is one of the States.
func (s State) IsValid() bool { return 0 < s && s <= stateCount }

// IsMember reports whether s is a Member State of the United Nations.
func (s State) IsMember() bool { return s.Membership() == Member }

// Alpha2 returns the ISO 3166-1 alpha-2 code, "DE"; "" if s is not valid.
func (s State) Alpha2() string { return s.column(stateAlpha2, 2) }

// Alpha3 returns the ISO 3166-1 alpha-3 code, "DEU"; "" if s is not valid.
func (s State) Alpha3() string { return s.column(stateAlpha3, 3) }

// M49 returns the number of s in the United Nations standard M49, which is also
// its ISO 3166-1 number, as three digits: "004"; "" if s is not valid.
func (s State) M49() string { return s.column(stateM49, 3) }

// Membership says what s is to the United Nations; zero if s is not valid.
func (s State) Membership() Membership { return Membership(s.digit(stateMemberships)) }

// Region returns the M49 region of s; zero if s is not valid.
func (s State) Region() Region { return Region(s.digit(stateRegions)) }

// Subregion returns the English name of the M49 sub-region of s, such as
// "Sub-Saharan Africa"; "" if s is not valid.
func (s State) Subregion() string {
	if !s.IsValid() {
		return ""
	}
	return subregionNames[stateSubregions[s-1]-'a']
}

// Name returns the short name of s that the United Nations uses, in English if
// lang is not stated; "" if s is not valid.
func (s State) Name(lang Language) string {
	if !s.IsValid() {
		return ""
	}
	w := wordsOf(lang)
	start := 0
	for i := range int(s - 1) {
		start += int(w.sizes[i])
	}
	return w.states[start:][:w.sizes[s-1]]
}

// String returns the alpha-3 code, "" for zero and "State(250)" for what is out
// of range.
func (s State) String() string {
	if s > stateCount {
		return "State(" + strconv.Itoa(int(s)) + ")"
	}
	return s.Alpha3()
}

// AppendText appends the alpha-3 code; it fails if s is out of range.
func (s State) AppendText(b []byte) ([]byte, error) {
	if s > stateCount {
		return b, stateError(s.String(), ErrUnknown)
	}
	return append(b, s.Alpha3()...), nil
}

// MarshalText returns the alpha-3 code; it fails if s is out of range.
func (s State) MarshalText() ([]byte, error) { return s.AppendText(nil) }

// UnmarshalText accepts alpha-3 codes in capital letters only; empty text gives
// the zero State. [ParseState] accepts names.
func (s *State) UnmarshalText(text []byte) error {
	v, ok := StateFromAlpha3(string(text))
	if len(text) == 0 {
		v, ok = 0, true
	}
	if !ok {
		return stateError(string(text), ErrUnknown)
	}
	*s = v
	return nil
}

// column returns the text of s in a column of fixed width.
func (s State) column(table string, width int) string {
	if !s.IsValid() {
		return ""
	}
	return table[int(s-1)*width:][:width]
}

// digit returns the number of s in a column of digits.
func (s State) digit(table string) uint8 {
	if !s.IsValid() {
		return 0
	}
	return table[s-1] - '0'
}

func stateError(input string, err error) error {
	return &ParseError{What: "State", Input: input, Err: err}
}

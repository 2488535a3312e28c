package tally

import (
	"iter"
	"math/bits"
	"slices"
	"sort"
	"strings"
)

// Any is a set of values of which a pledge must have at least one to be selected. The
// zero Any asks for nothing, so it selects every pledge. It is comparable.
type Any[E ~uint8] struct{ set numberSet }

// AnyOf returns the set of these values, without the zero value of E.
func AnyOf[E ~uint8](values ...E) (a Any[E]) {
	for _, v := range values {
		a.set.add(int(v))
	}
	return a
}

// IsZero reports whether a asks for nothing.
func (a Any[E]) IsZero() bool { return a.set == numberSet{} }

// Has reports whether v is one of the values.
func (a Any[E]) Has(v E) bool { return a.set.has(int(v)) }

// All yields the values in the order of their numbers.
func (a Any[E]) All() iter.Seq[E] {
	return func(yield func(E) bool) {
		for _, v := range a.set.list() {
			if !yield(E(v)) {
				return
			}
		}
	}
}

// numberSet is a set of the numbers 1 to 255.
type numberSet [4]uint64

func (n *numberSet) add(v int) {
	if v > 0 && v < 256 {
		n[v>>6] |= 1 << (v & 63)
	}
}

func (n *numberSet) has(v int) bool { return n[v>>6]>>(v&63)&1 != 0 }

// single returns the only number of the set, 0 if it is empty or has several.
func (n *numberSet) single() (v int) {
	for i, w := range n {
		if w == 0 {
			continue
		}
		if v != 0 || w&(w-1) != 0 {
			return 0
		}
		v = i<<6 + bits.TrailingZeros64(w)
	}
	return v
}

// list returns the numbers in ascending order.
func (n *numberSet) list() (all []int) {
	for i, w := range n {
		for ; w != 0; w &= w - 1 {
			all = append(all, i<<6+bits.TrailingZeros64(w))
		}
	}
	return all
}

// AnyTheme is a set of themes of which a pledge must have at least one, as [Any] is for
// other values. It is comparable.
type AnyTheme struct {
	list string // as it is written in a query, in ascending order
}

// AnyThemeOf returns the set of these themes, without empty ones.
func AnyThemeOf(themes ...string) AnyTheme {
	all := slices.Clone(themes)
	sort.Stable(sort.StringSlice(all)) // the page has it already
	var b strings.Builder
	for i, t := range all {
		if t == "" || i > 0 && t == all[i-1] {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(',')
		}
		for _, c := range []byte(t) {
			if c == ',' || c == '\\' {
				b.WriteByte('\\')
			}
			b.WriteByte(c)
		}
	}
	return AnyTheme{b.String()}
}

// IsZero reports whether a asks for nothing.
func (a AnyTheme) IsZero() bool { return a.list == "" }

// String returns the themes as [ParseQuery] reads them, with commas between them.
func (a AnyTheme) String() string { return a.list }

// All yields the themes in ascending order.
func (a AnyTheme) All() iter.Seq[string] { return wordsOf(a.list) }

// Has reports whether a theme is one of those.
func (a AnyTheme) Has(theme string) bool {
	for t := range a.All() {
		if t == theme {
			return true
		}
	}
	return false
}

// wordsOf yields the values of a list with commas between them. A backslash in front of
// a comma, or of another one, says that it is part of a value.
func wordsOf(list string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for list != "" {
			value := []byte(nil)
			i := 0
			for ; i < len(list) && list[i] != ','; i++ {
				if list[i] == '\\' && i+1 < len(list) && (list[i+1] == ',' || list[i+1] == '\\') {
					i++
				}
				value = append(value, list[i])
			}
			list = list[min(i+1, len(list)):]
			if !yield(string(value)) {
				return
			}
		}
	}
}

package tally

import "iter"

// FilterValues yields the values that a filter can have, in the order of the
// vocabulary: "africa", "americas" and so on for region. The filter is named as in
// [ParseQuery]. There are none for a topic, which is any text, for a date, and for a
// name that no filter has.
func FilterValues(filter string) iter.Seq[string] {
	if filter == nameForum {
		return forums
	}
	d := filteredBy(filter)
	return func(yield func(string) bool) {
		for n := 1; d.hasValue(n) && yield(d.Code(n)); n++ {
		}
	}
}

// filteredBy returns the dimension of a filter, [ByMirror] for the one that is none but
// has its values, and one that isn't valid if there is no such filter.
func filteredBy(filter string) Dimension {
	if filter == nameWithdrawn {
		return ByMirror
	}
	for d := range Dimensions() {
		if d.Filter() == filter {
			return d
		}
	}
	return dimensions
}

// hasValue reports whether a dimension has a value with that number.
func (d Dimension) hasValue(n int) bool {
	if d < fewValues {
		return n < int(table[d].size)
	}
	return d.Code(n) != ""
}

// explainValues says what a filter can be, in English.
func explainValues(filter string) string {
	switch filter {
	case nameSince, nameUntil:
		return ", a date such as 2022, 2022-05 or 2022-05-21"
	case ByState.Filter(), ByImplementing.Filter():
		return ", an ISO 3166-1 alpha-3 code"
	}
	list := ""
	for value := range FilterValues(filter) {
		list += ", " + value
	}
	if list != "" {
		list = "; there are" + list[1:]
	}
	if filter == nameForum {
		list = ", or has other dates beside it" + list
	}
	return list
}

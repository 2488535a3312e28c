// Package data holds the feeds that the examples show.
//
// [Published], [LocalActions] and [Announcements] are real: facts only, as public
// pages state them. Texts stay on the pages, to which each record has its links.
// They are selections, made by gen.go from published.jsonl, which says of every
// field how sure it is and of what is left out why. A date, a State or an objective
// that no page states is not stated here either.
//
// [Reference] is made up: 158 pledges whose counts give the headline of May 2022. So is
// [Progress]: the same pledges with progress reports.
package data

import _ "embed"

//go:generate go run gen.go gen_reference.go gen_progress.go

//go:embed pledges.json
var published []byte

//go:embed local-actions.json
var localActions []byte

//go:embed announcements.json
var announcements []byte

//go:embed reference.json
var reference []byte

//go:embed progress.json
var progress []byte

// Published returns 20 pledges that the United Nations Network on Migration, or
// one of those who pledge, has published. The ID of an entry of the pledge form is
// that which an import of the form's export gives it.
func Published() []byte { return append([]byte(nil), published...) }

// LocalActions returns 23 commitments of cities to the Call to Local Action.
// Three of them are in Published, too, with the same ID.
func LocalActions() []byte { return append([]byte(nil), localActions...) }

// Announcements returns five announcements of money, or reports of a commitment,
// that aren't known to be recorded as pledges.
func Announcements() []byte { return append([]byte(nil), announcements...) }

// Reference returns an illustrative feed: 158 pledges, 104 of them by 25
// Member States.
func Reference() []byte { return append([]byte(nil), reference...) }

// Progress returns an illustrative feed: the pledges of Reference as they might be at
// the Forum of 2026, with progress reports on 105 of them, which is 66 %, and of these
// two thirds fulfilled or under way. These are the proportions of comparable reviews;
// nothing in it says anything of a real pledge.
func Progress() []byte { return append([]byte(nil), progress...) }

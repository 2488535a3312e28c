// Package data holds the feeds that the examples show.
//
// [Published] is a selection of real pledges: facts only, as the pages state
// them; their texts stay on the pages that each links to. [Reference] is made
// up: 158 pledges whose counts give the headline of May 2022, made by gen.go.
package data

import _ "embed"

//go:generate go run gen.go

//go:embed pledges.json
var published []byte

//go:embed reference.json
var reference []byte

// Published returns a feed of seven published pledges.
func Published() []byte { return append([]byte(nil), published...) }

// Reference returns an illustrative feed: 158 pledges, 104 of them by 25
// Member States.
func Reference() []byte { return append([]byte(nil), reference...) }

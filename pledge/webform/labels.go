package webform

import (
	_ "embed"
	"iter"
	"strings"
	"sync"
)

// Use says what is done with a column.
type Use uint8

// The uses. The zero Use is that of a column nobody knows: only columns that
// are known to belong to a pledge are read, all others are left out.
const (
	Unknown  Use = iota // in no table of labels: not read
	Imported            // read
	Ignored             // known, and nothing that a pledge has: not read
	Personal            // known to hold personal data: not read
)

var uses = [...]string{"unknown", "imported", "ignored", "personal"}

// String returns the code, such as "personal".
func (u Use) String() string { return code("Use", uses[:], int(u)) }

// MarshalText returns the code.
func (u Use) MarshalText() ([]byte, error) { return []byte(u.String()), nil }

// UnmarshalText accepts the codes.
func (u *Use) UnmarshalText(text []byte) error { return uncode(u, "use", uses[:], text) }

// field is what a column holds.
type field uint8

// The fields that are read, then those that aren't. Fields that Export adds to
// the form's own come last of those that are read.
const (
	noField field = iota
	number
	submissionID
	uuidField
	created
	completed
	changed
	draft
	language
	entity
	category
	country
	homeState
	champion
	title
	description
	kind
	mirror
	actors
	matchTitle
	matchRef
	natures
	objectivesField
	principles
	countries
	otherCountries
	pledgeID
	via
	level
	themes
	announced
	deadline
	status
	contributions
	links
	source
	other
	lastImported = other
	ignored      = other + 1
	personal     = other + 2
	fieldCount   = other + 1 // of those that are read
)

// fieldNames are the names in labels.tsv of the fields that are read.
var fieldNames = [fieldCount]string{
	number: "number", submissionID: "submission-id", uuidField: "uuid",
	created: "created", completed: "completed", changed: "changed", draft: "draft", language: "language",
	entity: "entity", category: "category", country: "country", homeState: "state", champion: "champion",
	title: "title", description: "description", kind: "type", mirror: "mirror", actors: "actors",
	matchTitle: "match-title", matchRef: "match-ref", natures: "natures",
	objectivesField: "objectives", principles: "principles", countries: "countries", otherCountries: "other-countries",
	pledgeID: "id", via: "via", level: "level", themes: "themes", announced: "announced", deadline: "deadline",
	status: "status", contributions: "contributions", links: "links", source: "source", other: "other",
}

// ignoredNames are the names of those that are known and not read.
var ignoredNames = [...]string{"region", "file", "uri", "flagged", "webform", "locked", "sticky", "page"}

// use says what is done with a column of f.
func (f field) use() Use {
	switch {
	case f == noField:
		return Unknown
	case f == ignored:
		return Ignored
	case f == personal:
		return Personal
	}
	return Imported
}

// fieldNamed returns the field of a name in labels.tsv.
func fieldNamed(name string) (field, bool) {
	if name == "personal" {
		return personal, true
	}
	for _, n := range ignoredNames {
		if n == name {
			return ignored, true
		}
	}
	for f, n := range fieldNames {
		if n == name && n != "" {
			return field(f), true
		}
	}
	return noField, false
}

//go:embed labels.tsv
var labelsTSV string

// table is what labels.tsv says.
type table struct {
	fields map[string]field   // by folded label
	first  [fieldCount]string // the label that Export writes
}

// labels reads labels.tsv once. It isn't turned into Go beforehand, unlike the
// tables that a page links: no page reads exports.
var labels = sync.OnceValue(func() table {
	t := table{fields: make(map[string]field)}
	for cells := range rows(labelsTSV) {
		f, _ := fieldNamed(cells[0]) // a test knows them all
		t.fields[fold(cells[2])] = f
		if f.use() == Imported && t.first[f] == "" {
			t.first[f] = cells[2]
		}
	}
	return t
})

// rows yields the rows of a table of three columns, but for its header.
func rows(tsv string) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		header := true
		for line := range strings.Lines(tsv) {
			line = strings.TrimRight(line, "\r\n")
			if line == "" || line[0] == '#' {
				continue
			}
			if header {
				header = false
				continue
			}
			if !yield(strings.Split(line, "\t")) {
				return
			}
		}
	}
}

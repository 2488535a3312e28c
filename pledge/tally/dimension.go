package tally

import (
	"iter"
	"strconv"
	"unsafe"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
)

// A Dimension is what pledges are told apart by, such as their objectives or the
// regions of their pledgers. A query filters by it, and counts have a number for each
// of its values. The zero Dimension is [ByObjective].
type Dimension uint8

// The dimensions: at first those that have a few values, in the order in which counts
// are written.
const (
	ByObjective Dimension = iota
	ByPrinciple
	ByType
	ByNature
	ByStatus
	ByCategory     // of pledgers
	ByRegion       // in which pledgers are based
	ByReported     // status, by the latest report that says one
	ByEvidence     // how it is known; of a pledge without a report that nothing is reported
	ByMirror       // whether it is relevant to the Global Compact on Refugees as well
	ByTheme        // a word of the feed
	ByState        // that pledges as a State
	ByImplementing // State in which the pledge is implemented

	fewValues  = ByTheme        // those below have a bitmap for each value
	arrays     = ByEvidence + 1 // those below have an array in Counts
	dimensions = ByImplementing + 1
)

// How many numbers a dimension has: one for each value, the last of which stands here,
// and index 0.
const (
	objectiveSize = objectives.Count + 1
	principleSize = gcm.WholeOfSociety + 1
	typeSize      = gcm.Matching + 1
	natureSize    = gcm.Policy + 1
	statusSize    = gcm.Withdrawn + 1
	categorySize  = gcm.OtherEntity + 1
	regionSize    = gcm.Oceania + 1
	evidenceSize  = gcm.Confirmed + 1
	answerSize    = gcm.No + 1
)

// Values hold something for each value of the dimensions that have a few. Index 0 is
// for the pledges that state nothing of the kind; the other indexes are the values of
// the type.
type Values[T any] struct {
	Objectives [objectiveSize]T
	Principles [principleSize]T
	Types      [typeSize]T
	Natures    [natureSize]T
	Statuses   [statusSize]T
	Categories [categorySize]T // of pledgers
	Regions    [regionSize]T   // in which pledgers are based
	Reported   [statusSize]T   // by status, of the latest report that says one
	Evidence   [evidenceSize]T // of what is reported; nothing stands at index 0
}

// dimension is what there is to know of one.
type dimension struct {
	name   string // of a value: the column of a table
	key    string // of all: the member of counts in JSON
	filter string // of a query, unless it is the name
	first  uint8  // where its array begins, in sets
	size   uint8  // of the array, 0 if there is none

	pledgers bool // are what has the values
}

// table has a row for each dimension. What depends on the type of its values stands
// in the functions below it.
var table = [dimensions]dimension{
	ByObjective:    {name: "objective", key: "objectives", first: uint8(unsafe.Offsetof(layout.Objectives)), size: objectiveSize},
	ByPrinciple:    {name: "principle", key: "principles", first: uint8(unsafe.Offsetof(layout.Principles)), size: uint8(principleSize)},
	ByType:         {name: "type", key: "types", first: uint8(unsafe.Offsetof(layout.Types)), size: uint8(typeSize)},
	ByNature:       {name: "nature", key: "natures", first: uint8(unsafe.Offsetof(layout.Natures)), size: uint8(natureSize)},
	ByStatus:       {name: "status", key: "statuses", first: uint8(unsafe.Offsetof(layout.Statuses)), size: uint8(statusSize)},
	ByCategory:     {name: "category", key: "categories", first: uint8(unsafe.Offsetof(layout.Categories)), size: uint8(categorySize), pledgers: true},
	ByRegion:       {name: "region", key: "regions", first: uint8(unsafe.Offsetof(layout.Regions)), size: uint8(regionSize), pledgers: true},
	ByReported:     {name: "reported", key: "reported", first: uint8(unsafe.Offsetof(layout.Reported)), size: uint8(statusSize)},
	ByEvidence:     {name: "evidence", key: "evidence", first: uint8(unsafe.Offsetof(layout.Evidence)), size: uint8(evidenceSize)},
	ByMirror:       {name: "mirror", first: uint8(unsafe.Offsetof(layout.mirror)), size: uint8(answerSize)},
	ByTheme:        {name: "theme", key: "themes", filter: "topic"}, // the theme of a widget is its colours
	ByState:        {name: "state", key: "states"},
	ByImplementing: {name: "implementing", key: "implementing"},
}

// filters are the dimensions in the order in which a query is written.
var filters = [dimensions]Dimension{
	ByObjective, ByPrinciple, ByRegion, ByState, ByImplementing, ByCategory, ByType, ByNature, ByStatus, ByReported, ByEvidence, ByMirror, ByTheme,
}

// The filters that are no dimensions. A forum stands for two bounds.
const (
	nameSince     = "since"
	nameUntil     = "until"
	nameForum     = "forum"
	nameWithdrawn = "withdrawn"
)

// layout is where the arrays of sets are, counted in sets.
var layout struct {
	Values[byte]
	mirror [answerSize]byte
}

// values are sets of values, one for each dimension that has a few: bit n stands for
// the value n.
type values [fewValues]uint32

// values returns those that a pledge states itself, and not by its pledgers.
func (f *facts) values() (v values) {
	v.set(f)
	return v
}

// set sets those that a pledge states itself, and not by its pledgers.
func (v *values) set(f *facts) {
	const stated = ^uint32(1) // 0 is none
	v[ByObjective] = f.Objectives.Bits()
	v[ByPrinciple] = f.Principles.Bits()
	v[ByType] = 1 << f.Type & stated
	v[ByNature] = f.Natures.Bits()
	v[ByStatus] = 1 << f.Status & stated
	v[ByReported] = 1 << f.progress.Status & stated
	v[ByEvidence] = 1 << f.progress.evidence()
	v[ByMirror] = 1 << f.Mirror & stated
}

// add undoes values, one by one.
func (f *facts) add(d Dimension, v int) {
	switch d {
	case ByObjective:
		f.Objectives = f.Objectives.With(objectives.Objective(v))
	case ByPrinciple:
		f.Principles = f.Principles.With(gcm.Principle(v))
	case ByType:
		f.Type = gcm.Type(v)
	case ByNature:
		f.Natures = f.Natures.With(gcm.Nature(v))
	case ByStatus:
		f.Status = gcm.Status(v)
	case ByReported:
		f.progress.Status = gcm.Status(v)
	case ByEvidence:
		if f.progress.Evidence = gcm.Evidence(v); f.progress.Evidence == gcm.NothingReported {
			f.progress.Evidence = 0
		}
	case ByMirror:
		f.Mirror = gcm.Answer(v)
	}
}

// add adds the values of a pledger.
func (v *values) add(k kind) {
	v[ByCategory] |= 1 << stated(k.category) &^ 1
	v[ByRegion] |= 1 << k.region &^ 1
}

// kindOf returns what of a pledger there are bitmaps for.
func kindOf(p *Pledger) kind {
	return kind{category: p.Category, region: p.State.Region(), member: p.pledgesAsState() && p.State.IsMember(), state: p.State}
}

// asked returns where a query holds the values of a dimension; nil for themes, which
// have no numbers.
func (q *Query) asked(d Dimension) *numberSet {
	switch d {
	case ByObjective:
		return &q.Objective.set
	case ByPrinciple:
		return &q.Principle.set
	case ByType:
		return &q.Type.set
	case ByNature:
		return &q.Nature.set
	case ByStatus:
		return &q.Status.set
	case ByCategory:
		return &q.Category.set
	case ByRegion:
		return &q.Region.set
	case ByReported:
		return &q.Reported.set
	case ByEvidence:
		return &q.Evidence.set
	case ByMirror:
		return &q.Mirror.set
	case ByState:
		return &q.State.set
	case ByImplementing:
		return &q.Implementing.set
	}
	return nil
}

// Code returns the code of a value, as queries and counts have it in JSON; "" for 0 and
// for themes, which have no numbers.
func (d Dimension) Code(v int) string {
	if v <= 0 || v > 255 {
		return ""
	}
	switch d {
	case ByObjective:
		return objectives.Objective(v).String()
	case ByPrinciple:
		return gcm.Principle(v).String()
	case ByType:
		return gcm.Type(v).String()
	case ByNature:
		return gcm.Nature(v).String()
	case ByStatus, ByReported:
		return gcm.Status(v).String()
	case ByEvidence:
		return gcm.Evidence(v).String()
	case ByCategory:
		return gcm.Category(v).String()
	case ByRegion:
		return gcm.Region(v).String()
	case ByMirror:
		switch gcm.Answer(v) {
		case gcm.Yes:
			return "true"
		case gcm.No:
			return "false"
		}
	case ByState, ByImplementing:
		return gcm.State(v).Alpha3()
	}
	return ""
}

// Label returns the name of a value to show to people, and the language that it is in:
// English where there is none in lang. It is the official title of an objective or a
// principle; "" for 0, for themes, and for an answer.
func (d Dimension) Label(v int, lang gcm.Language) (label string, in gcm.Language) {
	if v <= 0 || v > 255 {
		return "", lang
	}
	switch d {
	case ByObjective:
		return objectives.Objective(v).Title(lang)
	case ByPrinciple:
		return gcm.Principle(v).Title(lang)
	case ByType:
		label = gcm.Type(v).Label(lang)
	case ByNature:
		label = gcm.Nature(v).Label(lang)
	case ByStatus, ByReported:
		label = gcm.Status(v).Label(lang)
	case ByEvidence:
		label = gcm.Evidence(v).Label(lang)
	case ByCategory:
		label = gcm.Category(v).Label(lang)
	case ByRegion:
		label = gcm.Region(v).Name(lang)
	case ByState, ByImplementing:
		label = gcm.State(v).Name(lang)
	}
	return label, lang
}

// find returns the value of a code.
func (d Dimension) find(code string) (v int, ok bool) {
	if d >= ByState {
		s, ok := gcm.StateFromAlpha3(code)
		return int(s), ok
	}
	for v := 1; v < int(table[d].size); v++ {
		if d.Code(v) == code {
			return v, true
		}
	}
	return 0, false
}

// Dimensions yields all dimensions, in the order of the constants.
func Dimensions() iter.Seq[Dimension] {
	return func(yield func(Dimension) bool) {
		for d := range dimensions {
			if !yield(d) {
				return
			}
		}
	}
}

// Filters yields the names by which a query is written, in its order: see [ParseQuery].
func Filters() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, d := range filters {
			if !yield(d.Filter()) {
				return
			}
		}
		_ = yield(nameSince) && yield(nameUntil) && yield(nameForum) && yield(nameWithdrawn)
	}
}

// IsValid reports whether d is one of the constants.
func (d Dimension) IsValid() bool { return d < dimensions }

// String returns the name of d, such as "objective"; "Dimension(77)" for what is out
// of range.
func (d Dimension) String() string {
	if !d.IsValid() {
		return "Dimension(" + strconv.Itoa(int(d)) + ")"
	}
	return table[d].name
}

// Filter returns the name by which a query filters: that of d, but "topic" for themes.
func (d Dimension) Filter() string {
	if d.IsValid() && table[d].filter != "" {
		return table[d].filter
	}
	return d.String()
}

// Of returns what there is for the values of a dimension, by their numbers; nil if the
// dimension isn't one that has a few. It is that of v, not a copy.
func (v *Values[T]) Of(d Dimension) []T {
	if d >= arrays {
		return nil
	}
	return v.all()[table[d].first:][:table[d].size]
}

// all returns what there is, which lies side by side.
func (v *Values[T]) all() []T {
	return unsafe.Slice(&v.Objectives[0], unsafe.Sizeof(*v)/unsafe.Sizeof(v.Objectives[0]))
}

package tally

import (
	"slices"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/internal/frame"
	"github.com/gcmkit/gcmkit/pledge/internal/wire"
)

// decoder reads the countable part of records.
type decoder struct {
	wire  wire.Reader
	names *names
	items bool // whether to read the texts of pledges
	depth int  // that records may have
	lines bool // whether a line break ends a record

	words words     // the names of fields, with their numbers
	first knownWord // in front of the first name
	codes words

	states  []gcm.State // of an implementation
	padded  []byte
	waiting [16]waiting
	waits   int // how many of these
	asked   struct{ pledgers, places []spelled }
	batch   batch
	note    func(problems []Problem, ok bool) // called for a record that isn't perfect
}

func newDecoder(x *Index, items bool, depth int, note func([]Problem, bool)) decoder {
	d := decoder{names: newNames(x), items: items, depth: depth, note: note}
	for i, name := range fieldNames {
		d.words.add(name, `":`, uint8(i+1))
	}
	for _, name := range [...]string{"ref", "description", "matches", "deadline", "champion", "source"} {
		d.words.add(name, `":`, otherField)
	}
	for v := gcm.Type(1); v.IsValid(); v++ {
		d.codes.add(v.String(), `"`, typeCode|uint8(v))
	}
	for v := gcm.Status(1); v.IsValid(); v++ {
		d.codes.add(v.String(), `"`, statusCode|uint8(v))
	}
	for v := gcm.Nature(1); v.IsValid(); v++ {
		d.codes.add(v.String(), `"`, natureCode|uint8(v))
	}
	return d
}

// The kinds of codes, beside a value.
const (
	typeCode = iota << 5
	statusCode
	natureCode
	kindMask = 7 << 5
)

// The fields that are counted, and those that lists show.
const (
	fieldID = iota + 1
	fieldUpdated
	fieldType
	fieldStatus
	fieldMirror
	fieldNatures
	fieldObjectives
	fieldPrinciples
	fieldThemes
	fieldPledgers
	fieldImplementation
	fieldAnnounced
	fieldContributions
	fieldTitle
	fieldLanguage
	fieldLinks

	otherField = 0xff // isn't looked at
)

var fieldNames = [...]string{
	fieldID - 1:             "id",
	fieldUpdated - 1:        "updated",
	fieldType - 1:           "type",
	fieldStatus - 1:         "status",
	fieldMirror - 1:         "mirror",
	fieldNatures - 1:        "natures",
	fieldObjectives - 1:     "objectives",
	fieldPrinciples - 1:     "principles",
	fieldThemes - 1:         "themes",
	fieldPledgers - 1:       "pledgers",
	fieldImplementation - 1: "implementation",
	fieldAnnounced - 1:      "announced",
	fieldContributions - 1:  "contributions",
	fieldTitle - 1:          "title",
	fieldLanguage - 1:       "language",
	fieldLinks - 1:          "links",
}

// read is scan for any record, and says what is wrong with it.
func (d *decoder) read(record []byte, e *entry) (problems []wire.Problem, ok bool) {
	d.begin(e)
	problems, ok = d.wire.Read(record, func(name string) {
		field := slices.Index(fieldNames[:], name) + 1
		if field == 0 {
			d.words.add(name, `":`, otherField)
		}
		d.member(field, e)
	})
	if frame.Deeper(record, d.depth, d.wire.Deepest(), ok) {
		return []wire.Problem{{Rule: wire.Rule(frame.TooDeep)}}, false
	}
	return problems, ok
}

// begin begins a record.
func (d *decoder) begin(e *entry) {
	if e.begin(); d.items {
		e.texts = new(texts)
	}
}

// member reads the value of a field into e.
func (d *decoder) member(field int, e *entry) {
	r := &d.wire
	switch field {
	case fieldID:
		e.id = wire.ID(r)
	case fieldUpdated:
		e.updated = wire.Instant(r)
	case fieldType:
		e.kind = wire.Enum(r, gcm.TypeFromCode)
	case fieldStatus:
		e.status = wire.Enum(r, gcm.StatusFromCode)
	case fieldMirror:
		e.mirror = wire.Answer(r)
	case fieldNatures:
		e.natures = wire.Natures(r)
	case fieldObjectives:
		e.objectives = wire.Objectives(r)
	case fieldPrinciples:
		e.principles = wire.Principles(r)
	case fieldThemes:
		wire.Texts(r, MaxThemes, func(s string) { e.themes = append(e.themes, d.names.theme(s)) })
	case fieldPledgers:
		wire.Pledgers(r, func(p *wire.Pledger, written string) {
			if d.items && len(e.pledgers) == 0 {
				e.texts.setPledger(strings.Clone(p.Name))
			}
			number, known := d.names.pledgers.find(written)
			if !known {
				number = d.names.pledger(p, d.lasting(written))
			}
			e.pledgers = append(e.pledgers, number)
		})
	case fieldImplementation:
		d.states = d.states[:0]
		written := r.Written(func() {
			e.global, _ = wire.Implementation(r, func(s gcm.State) { d.states = append(d.states, s) })
		})
		e.place = d.names.place(d.states, e.global, d.lasting(written))
	case fieldAnnounced:
		e.announced = wire.Date(r)
	case fieldContributions:
		wire.Contributions(r, func(c wire.Contribution) {
			e.money = append(e.money, Contribution{c.Money, c.Stage})
		})
	case fieldTitle, fieldLanguage, fieldLinks:
		switch {
		case d.items:
			e.texts.read(r, field)
		case field == fieldLinks:
			r.SkipList(MaxLinks)
		default:
			r.Skip()
		}
	default:
		r.Skip()
	}
}

// lasting returns what to remember of how a value is written: nothing where it
// can't be so in another record.
func (d *decoder) lasting(written string) string {
	if d.lines && strings.Contains(written, "\n") || // as the first record may have it
		d.wire.Deepest() > d.depth {
		return ""
	}
	return written
}

// read reads the value of a field that is one of the texts.
func (t *texts) read(r *wire.Reader, field int) {
	switch field {
	case fieldTitle:
		t.setTitle(r.Text())
	case fieldLanguage:
		t.setLanguage(r.Text())
	case fieldLinks:
		wire.Texts(r, MaxLinks, t.addLink)
	}
}

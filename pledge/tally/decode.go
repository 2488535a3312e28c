package tally

import (
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/internal/wire"
)

// decoder reads the countable part of records.
type decoder struct {
	wire  wire.Reader
	shape wire.Shape
	names *names
	items bool // whether to read the texts of pledges

	entry entry // the last one
	batch batch
}

func newDecoder(x *Index, items bool) decoder {
	return decoder{shape: wire.Shape{Fields: fieldNames[:]}, names: newNames(x), items: items}
}

// The fields that are counted.
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
}

// decode reads a record into e, the problems found, and whether the record can
// be counted.
func (d *decoder) decode(text []byte, e *entry) (problems []wire.Problem, ok bool) {
	r := &d.wire
	e.record = record{}
	e.reset()
	if e.texts = nil; d.items {
		e.texts = new(texts)
	}
	problems, ok = r.ReadFields(text, &d.shape, func(field int, name string) {
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
			wire.Texts(r, func(s string) { e.themes = append(e.themes, d.names.theme(s)) })
		case fieldPledgers:
			wire.Pledgers(r, func(written string) bool {
				if d.wantsName(e) {
					return false
				}
				n, known := d.names.pledgers.find(written)
				if known {
					e.pledgers = append(e.pledgers, n)
				}
				return known
			}, func(p *wire.Pledger, written string) {
				if d.wantsName(e) {
					e.texts.setPledger(strings.Clone(p.Name))
					if n, known := d.names.pledgers.find(written); known {
						e.pledgers = append(e.pledgers, n)
						return
					}
				}
				e.pledgers = append(e.pledgers, d.names.pledger(p, written))
			})
		case fieldImplementation:
			e.global, _ = wire.Implementation(r, func(s gcm.State) { e.implementing = append(e.implementing, uint32(s)) })
		case fieldAnnounced:
			e.announced = wire.Date(r)
		case fieldContributions:
			wire.Contributions(r, func(c wire.Contribution) {
				e.money = appendMoney(e.money, Contribution{c.Money, c.Stage})
			})
		default:
			if !d.items || !e.texts.member(r, name) {
				r.Skip()
			}
		}
	})
	e.month = d.names.month(e.announced)
	return wire.Identified(e.id, problems, ok)
}

// wantsName reports whether the next pledger is one whose name is kept.
func (d *decoder) wantsName(e *entry) bool { return d.items && len(e.pledgers) == 0 }

// member reads the member of a record that is one of the texts; it reports
// whether name is one.
func (t *texts) member(r *wire.Reader, name string) bool {
	switch name {
	case "title":
		t.setTitle(r.Text())
	case "language":
		t.setLanguage(r.Text())
	case "links":
		wire.Texts(r, t.addLink)
	default:
		return false
	}
	return true
}

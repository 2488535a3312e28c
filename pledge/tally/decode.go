package tally

import (
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/internal/wire"
)

// decoder reads the countable part of records.
type decoder struct {
	wire  wire.Reader
	names *names
}

// decode reads a record into e, the problems found, and whether the record can
// be counted.
func (d *decoder) decode(text []byte, e *entry) (problems []wire.Problem, ok bool) {
	r := &d.wire
	e.record = record{}
	e.reset()
	problems, ok = r.Read(text, func(name string) {
		switch name {
		case "id":
			e.id = wire.ID(r)
		case "updated":
			e.updated = wire.Instant(r)
		case "type":
			e.kind = wire.Enum(r, gcm.TypeFromCode)
		case "status":
			e.status = wire.Enum(r, gcm.StatusFromCode)
		case "mirror":
			e.mirror = wire.Answer(r)
		case "natures":
			e.natures = wire.Natures(r)
		case "objectives":
			e.objectives = wire.Objectives(r)
		case "principles":
			e.principles = wire.Principles(r)
		case "themes":
			wire.Texts(r, func(s string) { e.themes = append(e.themes, d.names.theme(s)) })
		case "pledgers":
			wire.Pledgers(r, func(p *wire.Pledger) {
				e.pledgers = append(e.pledgers, d.names.pledger(p.Name, p.Category, p.State))
			})
		case "implementation":
			e.global, _ = wire.Implementation(r, func(s gcm.State) { e.implementing = append(e.implementing, uint32(s)) })
		case "announced":
			e.announced = wire.Date(r)
		case "contributions":
			wire.Contributions(r, func(c wire.Contribution) {
				e.money = appendMoney(e.money, Contribution{c.Money, c.Stage})
			})
		default:
			r.Skip()
		}
	})
	e.month = d.names.month(e.announced)
	return wire.Identified(e.id, problems, ok)
}

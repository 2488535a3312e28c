package tally

import (
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/internal/wire"
)

// decoder reads the countable part of a record.
type decoder struct {
	wire wire.Reader
}

// decode returns the facets of a record, the problems found, and whether the
// record can be counted.
func (d *decoder) decode(record []byte) (f Facets, problems []wire.Problem, ok bool) {
	r := &d.wire
	problems, ok = r.Read(record, func(name string) {
		switch name {
		case "id":
			f.ID = wire.ID(r)
		case "updated":
			f.Updated = wire.Instant(r)
		case "type":
			f.Type = wire.Enum(r, gcm.TypeFromCode)
		case "status":
			f.Status = wire.Enum(r, gcm.StatusFromCode)
		case "mirror":
			f.Mirror = wire.Answer(r)
		case "natures":
			f.Natures = wire.Natures(r)
		case "objectives":
			f.Objectives = wire.Objectives(r)
		case "principles":
			f.Principles = wire.Principles(r)
		case "themes":
			f.Themes = wire.Texts(r)
		case "pledgers":
			for _, p := range wire.Pledgers(r) {
				f.Pledgers = append(f.Pledgers, Pledger{PledgerKey(p.Name, p.Category, p.State), p.Category, p.State})
			}
		case "implementation":
			i := wire.ReadImplementation(r)
			f.Implementing, f.Global = i.States, i.Global
		case "announced":
			f.Announced = wire.Date(r)
		case "contributions":
			for _, c := range wire.Contributions(r) {
				f.Contributions = append(f.Contributions, Contribution{c.Money, c.Stage})
			}
		default:
			r.Skip()
		}
	})
	problems, ok = wire.Identified(f.ID, problems, ok)
	return f, problems, ok
}

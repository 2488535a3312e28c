package form

import (
	"encoding/json"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
)

// Readers of feeds leave out a pledger without a name, and a contribution
// without an amount or a currency. In a form these are merely not filled in yet,
// and it is for the rules to say so, at the right field. So they get stand-ins
// before the record is read, which are taken out again before it is checked.
const (
	nameStandIn     = `"-"`
	amountStandIn   = `"0"` // which no rule accepts; it stays
	currencyStandIn = `"EUR"`
)

// standIns says where there are stand-ins, by place in the record.
type standIns struct{ names, currencies map[int]bool }

type object = map[string]json.RawMessage

// complete returns the record with stand-ins. A record that is not of the form
// of a pledge is returned as it is, for the reader to say what is wrong.
func complete(record []byte) ([]byte, standIns) {
	at := standIns{map[int]bool{}, map[int]bool{}}
	var members object
	if json.Unmarshal(record, &members) != nil {
		return record, at
	}
	put := func(list, member, standIn string, places map[int]bool) bool {
		var items []object
		if json.Unmarshal(members[list], &items) != nil {
			return false
		}
		for i, item := range items {
			if text := string(item[member]); item != nil && (text == "" || text == `""`) {
				item[member] = json.RawMessage(standIn)
				places[i] = true
			}
		}
		if len(places) > 0 {
			members[list] = marshal(items)
		}
		return len(places) > 0
	}
	changed := put("pledgers", "name", nameStandIn, at.names)
	changed = put("contributions", "amount", amountStandIn, map[int]bool{}) || changed
	changed = put("contributions", "currency", currencyStandIn, at.currencies) || changed
	if !changed {
		return record, at
	}
	return marshal(members), at
}

// remove takes the stand-ins out. places are those in the record of the
// contributions that could be read.
func (at standIns) remove(p *pledge.Pledge, places []int) {
	for i := range p.Pledgers {
		if at.names[i] {
			p.Pledgers[i].Name = ""
		}
	}
	for i, place := range places {
		if at.currencies[place] {
			p.Contributions[i].Money = gcm.Money{}
		}
	}
}

package pledge

import (
	"strings"

	"github.com/gcmkit/gcmkit/pledge/internal/intern"
	"github.com/gcmkit/gcmkit/pledge/internal/wire"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

// known is what one who loads a book knows from the records before: the pledgers,
// where pledges are implemented and words, which repeat from record to record. What
// is known as it is written isn't read again, and pledges share it.
type known struct {
	byPledger intern.Values[knownPledger] // as they are written
	byPlace   intern.Values[knownPlace]
	words     intern.Values[string]
	writer    *tally.Writer

	// Of the record that was read last.
	by    []knownPledger
	place tally.Number
}

// knownPledger is a pledger, who is mostly the only one of a pledge.
type knownPledger struct {
	alone  []Pledger // one, which isn't touched to hand it out
	number tally.Number
}

// knownPlace is where a pledge is implemented.
type knownPlace struct {
	Implementation
	number tally.Number
}

// mostKnown is how many texts are known before all are forgotten.
const mostKnown = 1 << 16

// isFull reports whether it is time to forget all.
func (k *known) isFull() bool { return k.writer.Len()+k.words.Len() > mostKnown }

// forget forgets all. Nothing may wait to be put.
func (k *known) forget() {
	k.writer.Forget()
	*k = known{writer: k.writer}
}

func (k *known) begin() { k.by, k.place = k.by[:0], tally.Number{} }

func (k *known) word(borrowed string) string {
	word, ok := k.words.Find(borrowed)
	if !ok {
		word = strings.Clone(borrowed)
		k.words.Add(word, word)
	}
	return word
}

// pledgers reads an array of pledgers, which must not be written to.
func (k *known) pledgers(d *recordDecoder) []Pledger {
	d.wire.List(wire.MaxPledgers, func() {
		if by, size := k.byPledger.Object(d.wire.Ahead()); size > 0 {
			d.wire.Pass(size)
			k.by = append(k.by, by)
			return
		}
		k.newPledger(d)
	})
	switch len(k.by) {
	case 0:
		return nil
	case 1:
		return k.by[0].alone
	}
	all := make([]Pledger, len(k.by))
	for i, by := range k.by {
		all[i] = by.alone[0]
	}
	return all
}

// newPledger reads a pledger who isn't known.
func (k *known) newPledger(d *recordDecoder) {
	wire.OnePledger(&d.wire, func(p *wire.Pledger, written string) {
		alone := []Pledger{pledgerOf(p)}
		by := knownPledger{alone, k.writer.Pledger(alone[0].facets())}
		k.by = append(k.by, by)
		k.byPledger.Add(d.lasting(written), by)
	})
}

// implementation reads where a pledge is implemented, which must not be written to.
func (k *known) implementation(d *recordDecoder) Implementation {
	place, size := k.byPlace.Object(d.wire.Ahead())
	if size > 0 {
		d.wire.Pass(size)
	} else {
		place = k.newPlace(d)
	}
	k.place = place.number
	return place.Implementation
}

// newPlace reads a place that isn't known.
func (k *known) newPlace(d *recordDecoder) (place knownPlace) {
	written := d.wire.Written(func() { place.Implementation = readImplementation(&d.wire) })
	place.number = k.writer.Place(place.States)
	k.byPlace.Add(d.lasting(written), place)
	return place
}

// lasting returns what to remember of how a value is written: nothing where records
// have it that nest too deep.
func (d *recordDecoder) lasting(written string) string {
	if d.wire.Deepest() > d.depth {
		return ""
	}
	return written
}

// own makes copies of the texts that are borrowed, see [recordDecoder.text]: one for
// all, as the pledge has them for as long as it is there.
func (p *Pledge) own() {
	texts := [...]*string{&p.Title, &p.Description, &p.Ref, &p.Matches.Ref, &p.Matches.Title}
	size := 0
	for _, t := range texts {
		size += len(*t)
	}
	var all strings.Builder
	all.Grow(size)
	for _, t := range texts {
		all.WriteString(*t)
	}
	rest := all.String()
	for _, t := range texts {
		*t, rest = rest[:len(*t)], rest[len(*t):]
	}
}

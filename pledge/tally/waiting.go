package tally

import (
	"github.com/gcmkit/gcmkit/pledge/internal/frame"
	"github.com/gcmkit/gcmkit/pledge/internal/wire"
)

// waiting is a record that has been scanned, but for its pledgers and where it is
// implemented. Finding those is mostly waiting for memory; for several records at
// once one waits no longer than for one.
type waiting struct {
	entry
	text    []byte // of the record
	index   int    // of the record
	offset  int64
	asked   struct{ pledgers, places run } // of what decoder.asked has
	at, end int                            // where the array of pledgers begins, and seems to end
}

// run is some of those in a list.
type run struct{ first, end int }

// take decodes a record, to be put with others. It has to stay as it is until
// the next settle.
func (d *decoder) take(record frame.Record) {
	if record.Fault != "" {
		d.note([]Problem{{Record: record.Index, Offset: record.Offset, Rule: string(record.Fault), Lost: true}}, false)
		return
	}
	w := &d.waiting[d.waits]
	w.text, w.index, w.offset = record.Bytes, record.Index, record.Offset
	if d.depth < plainDepth || d.scan(d.pad(record.Bytes), len(record.Bytes), w) != len(record.Bytes) {
		d.readAll(w)
	} else if d.waits++; d.waits == len(d.waiting) {
		d.settle()
	}
}

// pad returns a record with a margin behind it.
func (d *decoder) pad(record []byte) []byte {
	if n := len(record); cap(record)-n >= margin {
		return record[:n+margin]
	}
	d.padded = append(append(d.padded[:0], record...), make([]byte, margin)...)
	return d.padded
}

// ahead decodes records that the splitter stands in front of, as long as they are
// plain, and returns how many these were. Where such a record ends is known once
// it is read, so nobody has to look for that before.
func (d *decoder) ahead(split *frame.Splitter) (records int) {
	if d.depth < plainDepth {
		return 0
	}
	d.settle()
	for {
		for d.waits < len(d.waiting) {
			w := &d.waiting[d.waits]
			b := split.Ahead()
			w.index, w.offset = split.Position()
			size := d.scan(b, len(b)-margin, w)
			if size == 0 || !split.Pass(size) {
				break
			}
			w.text = b[:size]
			d.waits++
		}
		all := d.fetch()
		for i := range all {
			w := &all[i]
			if !d.lookUp(w) {
				split.Back(w.index, w.offset)
				return records
			}
			d.finish(w, nil, true)
			records++
		}
		d.trim()
		if len(all) < len(d.waiting) {
			return records
		}
	}
}

// settle decodes the records that wait.
func (d *decoder) settle() {
	all := d.fetch()
	for i := range all {
		if w := &all[i]; d.lookUp(w) {
			d.finish(w, nil, true)
		} else {
			d.readAll(w)
		}
	}
	d.trim()
}

// ask begins to ask for what the next record to wait has.
func (d *decoder) ask(w *waiting) {
	w.asked.pledgers, w.asked.places = run{}, run{}
	if d.waits > 0 {
		last := &d.waiting[d.waits-1].asked
		w.asked.pledgers, w.asked.places = last.pledgers.behind(), last.places.behind()
	}
	d.asked.pledgers = d.asked.pledgers[:w.asked.pledgers.end]
	d.asked.places = d.asked.places[:w.asked.places.end]
}

// behind returns the empty run behind another.
func (r run) behind() run { return run{r.end, r.end} }

// fetch returns the records that have waited, with all that they ask for brought
// from memory.
func (d *decoder) fetch() []waiting {
	all := d.waiting[:d.waits]
	d.waits = 0
	d.names.pledgers.fetch(d.asked.pledgers)
	d.names.places.fetch(d.asked.places)
	return all
}

// lookUp finds the pledgers of a record and where it is implemented. What isn't
// known as it is written is read; lookUp reports false if it isn't what scan has
// taken it for, or anything is to be said about it.
func (d *decoder) lookUp(w *waiting) bool {
	for _, p := range d.asked.places[w.asked.places.first:w.asked.places.end] {
		written, known := d.names.places.findSpelled(&p, view(w.text[p.start:p.end]))
		if known {
			w.place, w.global = written>>1, written&1 != 0
		} else if d.value(w.text, p.start, fieldImplementation, &w.entry) != p.end {
			return false
		}
	}
	for _, p := range d.asked.pledgers[w.asked.pledgers.first:w.asked.pledgers.end] {
		number, known := d.names.pledgers.findSpelled(&p, view(w.text[p.start:p.end]))
		if !known {
			w.pledgers = w.pledgers[:0]
			return d.value(w.text, w.at, fieldPledgers, &w.entry) == w.end
		}
		w.pledgers = append(w.pledgers, number)
	}
	return true
}

// readAll decodes a record that isn't plain.
func (d *decoder) readAll(w *waiting) {
	problems, ok := d.read(w.text, &w.entry)
	d.finish(w, problems, ok)
}

// finish gathers a record, unless it can't be counted, and notes its problems.
func (d *decoder) finish(w *waiting, found []wire.Problem, ok bool) {
	if found, ok = wire.Identified(w.id, found, ok); ok {
		w.month = d.names.month(w.announced)
		w.unique(nil, nil)
		if d.batch.add(&w.entry, d.names.kinds); d.batch.full() {
			d.names.index.putBatch(&d.batch)
		}
	}
	if len(found) > 0 || !ok {
		problems := appendProblems(nil, w.index, w.offset, found)
		if len(problems) > 0 {
			problems[len(problems)-1].Lost = !ok
		}
		d.note(problems, ok)
	}
}

// trim forgets names if there are too many of them. No record may wait: it may have
// numbers that are used by nobody else.
func (d *decoder) trim() {
	if d.names.tooMany() {
		d.names.index.putBatch(&d.batch)
		d.names.forget()
	}
}

// end says that no more records come.
func (d *decoder) end() {
	d.settle()
	d.names.index.putBatch(&d.batch)
	d.names.forget()
}

package tally

import (
	"bytes"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/internal/frame"
	"github.com/gcmkit/gcmkit/pledge/internal/wire"
	"github.com/gcmkit/gcmkit/pledge/tally/internal/fast"
)

// decoder reads the countable part of records into an index. [decoder.read] is all
// there is to it: it reads any record, and says what is wrong with it. The others have
// a [fast.Scanner] read what is as plain as nearly all records are, in batches.
type decoder struct {
	wire  wire.Reader
	names *names
	items bool                              // keep what lists show
	depth int                               // that records may have
	note  func(problems []Problem, ok bool) // called for a record that isn't perfect

	states []gcm.State // of an implementation
	texts  texts       // of the record
	report wire.Report
	batch  batch

	scanner fast.Scanner
	current *waiting // that the scanner reads
	padded  []byte
	waiting [16]waiting
	waits   int // how many of these
}

// waiting is a record that the scanner has read, but for its pledgers and its place.
type waiting struct {
	entry
	fast.Pending
	index  int // of the record
	offset int64
}

func newDecoder(x *Index, items bool, depth int, note func([]Problem, bool)) decoder {
	names := newNames(x, items)
	d := decoder{names: names, items: items, depth: depth, note: note}
	d.scanner = fast.Scanner{Pledgers: &names.pledgers, Places: &names.places}
	d.scanner.Init()
	return d
}

// read reads a record into w, and says what is wrong with it.
func (d *decoder) read(record []byte, w *waiting) (problems []wire.Problem, ok bool) {
	w.begin()
	w.Listed = fast.Listed{}
	problems, ok = d.wire.Read(record, func(name string) {
		field := fast.FieldOf(name)
		if field == 0 {
			d.scanner.Ignore(name)
		}
		d.member(field, record, w)
	})
	if frame.Deeper(record, d.depth, d.wire.Deepest(), ok) {
		return []wire.Problem{{Rule: wire.Rule(frame.TooDeep)}}, false
	}
	return problems, ok
}

// member reads the value of a field of a record into w.
func (d *decoder) member(field fast.Field, record []byte, w *waiting) {
	r, e := &d.wire, &w.entry
	switch field {
	case fast.FieldID:
		e.ID = wire.ID(r)
	case fast.FieldUpdated:
		e.Updated = wire.Instant(r)
	case fast.FieldType:
		e.Type = wire.Enum(r, gcm.TypeFromCode)
	case fast.FieldStatus:
		e.Status = wire.Enum(r, gcm.StatusFromCode)
	case fast.FieldMirror:
		e.Mirror = wire.Answer(r)
	case fast.FieldNatures:
		e.Natures = wire.Natures(r)
	case fast.FieldObjectives:
		e.Objectives = wire.Objectives(r)
	case fast.FieldPrinciples:
		e.Principles = wire.Principles(r)
	case fast.FieldThemes:
		wire.Texts(r, MaxThemes, func(s string) { e.themes = append(e.themes, d.names.theme(s)) })
	case fast.FieldPledgers:
		wire.Pledgers(r, func(p *wire.Pledger, written string) {
			number, known := d.names.pledgers.Find(written)
			if !known {
				number = d.names.pledger(p, d.lasting(written))
			}
			e.pledgers = append(e.pledgers, number)
		})
	case fast.FieldImplementation:
		d.states = d.states[:0]
		written := r.Written(func() {
			e.Global, _ = wire.Implementation(r, func(s gcm.State) { d.states = append(d.states, s) })
		})
		e.Place = d.names.place(d.states, e.Global, d.lasting(written))
	case fast.FieldAnnounced:
		e.Announced = wire.Date(r)
	case fast.FieldDeadline:
		e.Deadline = wire.Date(r)
	case fast.FieldReports:
		wire.Reports(r, &d.report, nil, func() {
			e.reports = append(e.reports, Report{d.report.Date, d.report.Status, EvidenceOf(d.report.By, d.report.Links)})
		})
	case fast.FieldContributions:
		wire.Contributions(r, func(c wire.Contribution) {
			e.money = append(e.money, Contribution{c.Money, c.Stage})
		})
	case fast.FieldTitle, fast.FieldLanguage, fast.FieldLinks:
		d.listed(field, record, &w.Listed)
	default:
		r.Skip()
	}
}

// lasting returns what to remember of how a value is written: nothing where it
// can't be so in another record.
func (d *decoder) lasting(written string) string {
	if d.scanner.Lines && strings.Contains(written, "\n") || // as the first record may have it
		d.wire.Deepest() > d.depth {
		return ""
	}
	return written
}

// listed notes where the value of a field stands that only lists show.
func (d *decoder) listed(field fast.Field, record []byte, l *fast.Listed) {
	r := &d.wire
	switch {
	case !d.items && field == fast.FieldLinks:
		r.SkipList(MaxLinks)
	case !d.items:
		r.Skip()
	case field == fast.FieldTitle:
		l.Title = r.Span()
	case field == fast.FieldLanguage:
		l.Language = r.Span()
	default:
		l.Link = wire.Span{}
		r.List(MaxLinks, func() {
			if s := r.Span(); l.Link.End == 0 && fast.IsLink(string(s.Append(d.texts[:0], record))) {
				l.Link = s
			}
		})
	}
}

// Take implements [crew.Hand]: it decodes a record, to be put with others. It has to
// stay as it is until the next Settle.
func (d *decoder) Take(record frame.Record) {
	if record.Fault != "" {
		d.note([]Problem{{Record: record.Index, Offset: record.Offset, Rule: string(record.Fault), Lost: true}}, false)
		return
	}
	w := &d.waiting[d.waits]
	w.Text, w.index, w.offset = record.Bytes, record.Index, record.Offset
	if d.depth < fast.Depth || d.scan(d.pad(record.Bytes), len(record.Bytes), w) != len(record.Bytes) {
		d.readAll(w)
	} else if d.wait(); d.waits == len(d.waiting) {
		d.Settle()
	}
}

// pad returns a record with a margin behind it.
func (d *decoder) pad(record []byte) []byte {
	if n := len(record); cap(record)-n >= fast.Margin {
		return record[:n+fast.Margin]
	}
	d.padded = append(append(d.padded[:0], record...), make([]byte, fast.Margin)...)
	return d.padded
}

// ahead decodes records that the splitter stands in front of, as long as they are
// plain, and returns how many these were. Where such a record ends is known once
// it is read, so nobody has to look for that before.
func (d *decoder) ahead(split *frame.Splitter) (records int) {
	if d.depth < fast.Depth {
		return 0
	}
	d.Settle()
	for {
		for d.waits < len(d.waiting) {
			w := &d.waiting[d.waits]
			b := split.Ahead()
			w.index, w.offset = split.Position()
			size := d.scan(b, len(b)-fast.Margin, w)
			if size == 0 || !split.Pass(size) {
				break
			}
			w.Text = b[:size]
			d.wait()
		}
		all := d.fetch()
		for i := range all {
			w := &all[i]
			if !d.resolve(w) {
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

// scan has the scanner read a record that b begins with: see [fast.Scanner.Scan].
func (d *decoder) scan(b []byte, n int, w *waiting) (size int) {
	w.begin()
	d.current = w
	return d.scanner.Scan(b, n, &w.Fields, &w.Pending, d)
}

// wait has the record that has been scanned last wait for others.
func (d *decoder) wait() {
	d.scanner.Wait(&d.waiting[d.waits].Pending)
	d.waits++
}

// Settle implements [crew.Hand]: it decodes the records that wait.
func (d *decoder) Settle() {
	all := d.fetch()
	for i := range all {
		if w := &all[i]; d.resolve(w) {
			d.finish(w, nil, true)
		} else {
			d.readAll(w)
		}
	}
	d.trim()
}

// fetch returns the records that have waited, with what resolving them needs brought
// from memory.
func (d *decoder) fetch() []waiting {
	all := d.waiting[:d.waits]
	d.waits = 0
	d.scanner.Prefetch()
	return all
}

// resolve finds the pledgers and the place of a record: see [fast.Scanner.Resolve].
func (d *decoder) resolve(w *waiting) bool {
	d.current = w
	return d.scanner.Resolve(&w.Pending, &w.Fields, &w.pledgers, d)
}

// Value reads a value of the current record that isn't plain: see [fast.Slow].
func (d *decoder) Value(record []byte, i int, field fast.Field) int {
	d.wire.Member(record, i)
	d.member(field, record, d.current)
	end, ok := d.wire.Offset()
	if !ok || d.wire.Deepest() > d.depth || d.scanner.Lines && bytes.IndexByte(record[i:end], '\n') >= 0 {
		return 0
	}
	return end
}

// readAll decodes a record that isn't plain.
func (d *decoder) readAll(w *waiting) {
	problems, ok := d.read(w.Text, w)
	d.finish(w, problems, ok)
}

// finish gathers a record, unless it can't be counted, and notes its problems.
func (d *decoder) finish(w *waiting, found []wire.Problem, ok bool) {
	if found, ok = wire.Identified(w.ID, found, ok); ok {
		w.month = d.names.month(w.Announced)
		if w.Deadline.IsValid() || len(w.reports) > 0 {
			w.progress = ProgressOf(w.Updated, w.Deadline, w.Status, w.reports)
			w.Deadline = monthOf(w.Deadline)
			w.number(d.names.month)
		}
		w.unique(d.names.kinds, nil, nil)
		if d.items {
			d.texts = appendTexts(d.texts[:0], w.Text, &w.Listed)
			w.texts = d.texts
		}
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

// End implements [crew.Hand].
func (d *decoder) End() {
	d.Settle()
	d.names.index.putBatch(&d.batch)
	d.names.forget()
}

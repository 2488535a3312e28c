package pledge

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/internal/frame"
	"github.com/gcmkit/gcmkit/pledge/internal/wire"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/google/uuid"
)

// ProblemsError says that a pledge couldn't be taken as it stands.
type ProblemsError struct {
	Problems []tally.Problem // at least one
}

func (e *ProblemsError) Error() string {
	s := "pledge: " + e.Problems[0].String()
	if more := len(e.Problems) - 1; more > 0 {
		s += " and " + strconv.Itoa(more) + " more"
	}
	return s
}

// UnmarshalJSON reads one pledge strictly: any value that can't be taken is a
// [*ProblemsError], though p holds the rest. Use a [Decoder] for feeds.
func (p *Pledge) UnmarshalJSON(b []byte) error {
	d := recordDecoder{depth: frame.Limits{}.WithDefaults().Depth}
	*p = Pledge{}
	found, ok := d.decode(frame.Record{Bytes: b}, p)
	if len(found) > 0 {
		return &ProblemsError{problems(frame.Record{}, found, ok)}
	}
	return nil
}

// MarshalJSON returns the pledge as a JSON object, leaving out what isn't
// stated. Equal pledges give equal bytes.
func (p Pledge) MarshalJSON() ([]byte, error) { return p.AppendJSON(nil), nil }

// AppendJSON appends what [Pledge.MarshalJSON] returns.
func (p *Pledge) AppendJSON(b []byte) []byte {
	o := wire.Begin(b)
	if p.ID != uuid.Nil {
		o.Text("id", p.ID.String())
	}
	o.TextIf("ref", p.Ref)
	o.CodeIf("updated", p.Updated)
	o.TextIf("title", p.Title)
	o.TextIf("description", p.Description)
	o.TextIf("language", p.Language)
	o.CodeIf("type", p.Type)
	if p.Matches != (Match{}) {
		o.Open("matches")
		if p.Matches.ID != uuid.Nil {
			o.Text("id", p.Matches.ID.String())
		}
		o.TextIf("ref", p.Matches.Ref)
		o.TextIf("title", p.Matches.Title)
		o.Close()
	}
	answer(&o, "mirror", p.Mirror)
	if !p.Natures.IsEmpty() {
		o.Name("natures")
		o.B = appendJSON(o.B, p.Natures)
	}
	wire.ArrayIf(&o, "pledgers", p.Pledgers, appendPledger)
	if !p.Objectives.IsEmpty() {
		o.Name("objectives")
		o.B = appendJSON(o.B, p.Objectives)
	}
	if !p.Principles.IsEmpty() {
		o.Name("principles")
		o.B = appendJSON(o.B, p.Principles)
	}
	wire.ArrayIf(&o, "themes", p.Themes, wire.AppendText)
	if i := p.Implementation; len(i.States) > 0 || i.Global || i.Level.IsValid() {
		o.Open("implementation")
		wire.ArrayIf(&o, "states", i.States, appendState)
		o.BoolIf("global", i.Global)
		o.CodeIf("level", i.Level)
		o.Close()
	}
	o.CodeIf("announced", p.Announced)
	o.CodeIf("deadline", p.Deadline)
	o.CodeIf("status", p.Status)
	wire.ArrayIf(&o, "contributions", p.Contributions, appendContribution)
	wire.ArrayIf(&o, "reports", p.Reports, appendReport)
	answer(&o, "champion", p.Champion)
	wire.ArrayIf(&o, "links", p.Links, wire.AppendText)
	o.TextIf("source", p.Source)
	return o.End()
}

func answer(o *wire.Object, name string, a gcm.Answer) {
	if a.IsValid() {
		o.Bool(name, a == gcm.Yes)
	}
}

// appendJSON appends the JSON of a set. Sets can't fail to marshal.
func appendJSON(b []byte, set interface{ MarshalJSON() ([]byte, error) }) []byte {
	text, _ := set.MarshalJSON()
	return append(b, text...)
}

func appendState(b []byte, s gcm.State) []byte { return wire.AppendText(b, s.Alpha3()) }

func appendPledger(b []byte, p Pledger) []byte {
	o := wire.Begin(b)
	o.TextIf("name", p.Name)
	o.CodeIf("category", p.Category)
	o.TextIf("state", p.State.Alpha3())
	o.TextIf("via", p.Via)
	return o.End()
}

func appendContribution(b []byte, c Contribution) []byte {
	o := wire.Begin(b)
	o.Text("amount", c.Money.Amount())
	o.Text("currency", c.Money.Currency().String())
	o.CodeIf("stage", c.Stage)
	o.TextIf("to", c.To)
	return o.End()
}

// recordDecoder reads records one after the other.
type recordDecoder struct {
	wire  wire.Reader
	depth int      // that records may have
	texts []string // of a list
	known memory   // of other records, for who loads a book; nil otherwise
}

// memory is what is known from other records. It is an interface so that a form, which
// loads no book, has nothing of it.
type memory interface {
	begin()                      // a record
	word(borrowed string) string // a copy of a text that is likely to be in others
	pledgers(d *recordDecoder) []Pledger
	implementation(d *recordDecoder) Implementation
}

// decode writes the pledge of a record into p, which is zero. It returns the problems found, and
// whether the record is one: JSON, within the limits, with an ID.
func (d *recordDecoder) decode(record frame.Record, p *Pledge) (found []wire.Problem, ok bool) {
	if d.known != nil {
		d.known.begin()
	}
	if record.Fault != "" {
		return []wire.Problem{{Rule: wire.Rule(record.Fault)}}, false
	}
	r := &d.wire
	found, ok = r.Read(record.Bytes, func(name string) {
		switch name {
		case "id":
			p.ID = wire.ID(r)
		case "ref":
			p.Ref = d.text()
		case "updated":
			p.Updated = wire.Instant(r)
		case "title":
			p.Title = d.text()
		case "description":
			p.Description = d.text()
		case "language":
			p.Language = d.word(r.Borrow())
		case "type":
			p.Type = wire.Enum(r, gcm.TypeFromCode)
		case "matches":
			d.match(&p.Matches)
		case "mirror":
			p.Mirror = wire.Answer(r)
		case "natures":
			p.Natures = wire.Natures(r)
		case "pledgers":
			p.Pledgers = d.pledgers()
		case "objectives":
			p.Objectives = wire.Objectives(r)
		case "principles":
			p.Principles = wire.Principles(r)
		case "themes":
			p.Themes = d.list(tally.MaxThemes, d.word)
		case "implementation":
			p.Implementation = d.implementation()
		case "announced":
			p.Announced = wire.Date(r)
		case "deadline":
			p.Deadline = wire.Date(r)
		case "status":
			p.Status = wire.Enum(r, gcm.StatusFromCode)
		case "contributions":
			wire.Contributions(r, func(c wire.Contribution) {
				p.Contributions = append(p.Contributions, Contribution{c.Money, c.Stage, d.word(c.To)})
			})
		case "reports":
			p.Reports = d.reports()
		case "champion":
			p.Champion = wire.Answer(r)
		case "links":
			p.Links = d.list(tally.MaxLinks, strings.Clone)
		case "source":
			p.Source = d.word(r.Borrow())
		default: // a field of somebody else's: never fatal
			r.Skip()
		}
	})
	if frame.Deeper(record.Bytes, d.depth, r.Deepest(), ok) {
		return []wire.Problem{{Rule: wire.Rule(frame.TooDeep)}}, false
	}
	return wire.Identified(p.ID, found, ok)
}

// text reads a text that seldom repeats. It is borrowed for who loads a book, and
// puts all of a pledge together: see [Pledge.own].
func (d *recordDecoder) text() string {
	if d.known != nil {
		return d.wire.Borrow()
	}
	return d.wire.Text()
}

// word returns a copy of a text that is likely to be in other records, too.
func (d *recordDecoder) word(borrowed string) string {
	if d.known != nil {
		return d.known.word(borrowed)
	}
	return strings.Clone(borrowed)
}

func (d *recordDecoder) match(m *Match) {
	d.wire.Object(func(name string) {
		switch name {
		case "id":
			m.ID = wire.ID(&d.wire)
		case "ref":
			m.Ref = d.text()
		case "title":
			m.Title = d.text()
		default:
			d.wire.Skip()
		}
	})
}

func (d *recordDecoder) pledgers() []Pledger {
	if d.known != nil {
		return d.known.pledgers(d)
	}
	return readPledgers(&d.wire)
}

func readPledgers(r *wire.Reader) (all []Pledger) {
	wire.Pledgers(r, func(by *wire.Pledger, _ string) { all = append(all, pledgerOf(by)) })
	return all
}

func pledgerOf(by *wire.Pledger) Pledger {
	return Pledger{strings.Clone(by.Name), by.Category, by.State, strings.Clone(by.Via)}
}

func (d *recordDecoder) implementation() Implementation {
	if d.known != nil {
		return d.known.implementation(d)
	}
	return readImplementation(&d.wire)
}

func readImplementation(r *wire.Reader) (in Implementation) {
	in.Global, in.Level = wire.Implementation(r, func(s gcm.State) { in.States = append(in.States, s) })
	return in
}

// list reads a list of texts, of which own makes copies.
func (d *recordDecoder) list(most int, own func(string) string) []string {
	d.texts = d.texts[:0]
	wire.Texts(&d.wire, most, func(s string) { d.texts = append(d.texts, own(s)) })
	if len(d.texts) == 0 {
		return nil
	}
	return slices.Clone(d.texts)
}

package wire

import (
	"errors"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/internal/lex"
)

// Enum reads one of the codes that from knows.
func Enum[T any](r *Reader, from func(string) (T, bool)) (v T) {
	s := r.borrow()
	if s == "" {
		return v
	}
	v, ok := from(s)
	if !ok {
		r.Report(Unknown, s)
	}
	return v
}

// Each reads an array of the codes that from knows.
func Each[T any](r *Reader, from func(string) (T, bool), add func(T)) {
	r.Array(func() {
		s := r.borrow()
		if v, ok := from(s); ok {
			add(v)
		} else if s != "" {
			r.Report(Unknown, s)
		}
	})
}

// Answer reads true or false; null and absent are not stated.
func Answer(r *Reader) gcm.Answer {
	switch yes, ok := r.Bool(); {
	case !ok:
		return 0
	case yes:
		return gcm.Yes
	default:
		return gcm.No
	}
}

// Objectives reads an array of the numbers 1 to 23.
func Objectives(r *Reader) (set objectives.Set) {
	r.Array(func() {
		s, ok := r.Number()
		if !ok {
			return
		}
		if o, known := objectives.FromCode(s); known {
			set = set.With(o)
		} else {
			r.Report(Unknown, s)
		}
	})
	return set
}

// Principles reads an array of slugs.
func Principles(r *Reader) (set gcm.Principles) {
	Each(r, gcm.PrincipleFromCode, func(p gcm.Principle) { set = set.With(p) })
	return set
}

// Natures reads an array of codes.
func Natures(r *Reader) (set gcm.Natures) {
	Each(r, gcm.NatureFromCode, func(n gcm.Nature) { set = set.With(n) })
	return set
}

// Texts reads an array of strings, leaving out empty ones. They are borrowed.
func Texts(r *Reader, add func(string)) {
	r.Array(func() {
		if s := r.borrow(); s != "" {
			add(s)
		}
	})
}

// Date reads a partial date.
func Date(r *Reader) gcm.Date { return parsed(r, gcm.ParseDate) }

// Instant reads an RFC 3339 instant.
func Instant(r *Reader) gcm.Instant { return parsed(r, gcm.ParseInstant) }

func parsed[T any](r *Reader, parse func(string) (T, error)) (v T) {
	s := r.borrow()
	if s == "" {
		return v
	}
	v, err := parse(s)
	if err != nil {
		r.Report(Malformed, s)
	}
	return v
}

// Pledger is one who pledges.
type Pledger struct {
	Name     string
	Category gcm.Category
	State    gcm.State
	Via      string
}

// Pledgers reads an array of pledgers, the texts of which are borrowed. One
// with neither a name nor a State can't be told from any other, so it is a
// problem and left out.
//
// add gets each as it is written as well, "" if there was a problem.
func Pledgers(r *Reader, add func(p *Pledger, written string)) {
	r.Array(func() {
		var p Pledger
		var ok bool
		written := r.Written(func() { p, ok = readPledger(r) })
		if ok {
			add(&p, written)
		}
	})
}

func readPledger(r *Reader) (p Pledger, ok bool) {
	ok = r.Object(func(name string) {
		switch name {
		case "name":
			p.Name = r.borrow()
		case "category":
			p.Category = Enum(r, gcm.CategoryFromCode)
		case "state":
			p.State = Enum(r, gcm.StateFromAlpha3)
		case "via":
			p.Via = r.borrow()
		default:
			r.Skip()
		}
	})
	if ok && p.Name == "" && !p.State.IsValid() {
		r.Report(Required, "a pledger without a name")
		return p, false
	}
	return p, ok
}

// Implementation reads where and on what level a pledge is implemented, calling
// add for each State.
func Implementation(r *Reader, add func(gcm.State)) (global bool, level gcm.Level) {
	r.Object(func(name string) {
		switch name {
		case "states":
			Each(r, gcm.StateFromAlpha3, add)
		case "global":
			global, _ = r.Bool()
		case "level":
			level = Enum(r, gcm.LevelFromCode)
		default:
			r.Skip()
		}
	})
	return global, level
}

// Contribution is an amount of money that a pledge names.
type Contribution struct {
	Money gcm.Money
	Stage gcm.Stage
	To    string
}

// Contributions reads an array of contributions, the texts of which are
// borrowed. The amount is a decimal string, or a number of which every written
// digit counts. One whose amount or currency can't be read is a problem and
// left out: half an amount is not an amount.
func Contributions(r *Reader, add func(Contribution)) {
	r.Array(func() {
		var c Contribution
		var amount, currency string
		var behindAmount int
		ok := r.Object(func(name string) {
			switch name {
			case "amount":
				if r.lex.Kind() == '"' {
					amount = r.borrow()
				} else {
					amount, _ = r.Number()
				}
				behindAmount = r.lex.Offset()
			case "currency":
				currency = r.borrow()
			case "stage":
				c.Stage = Enum(r, gcm.StageFromCode)
			case "to":
				c.To = r.borrow()
			default:
				r.Skip()
			}
		})
		if !ok {
			return
		}
		if amount == "" || currency == "" {
			r.Report(Required, "a contribution without an amount or a currency")
			return
		}
		code, known := gcm.CurrencyFromCode(currency)
		if !known {
			r.Report(Unknown, currency)
			return
		}
		money, err := gcm.ParseMoney(amount, code)
		if err != nil {
			r.reportAt(behindAmount, Malformed, amount)
			return
		}
		c.Money = money
		add(c)
	})
}

// errID is what a malformed id is.
var errID = errors.New("not a UUID of 36 characters")

// groups is where the digits of a UUID stand in its 36 characters.
var groups = [...][2]int{{0, 8}, {9, 13}, {14, 18}, {19, 23}, {24, 36}}

// ParseID reads a UUID in its 36-character form and in no other.
func ParseID(s string) (id [16]byte, err error) {
	if len(s) != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return id, errID
	}
	at, all := 0, byte(0)
	for _, g := range groups {
		for i := g[0]; i < g[1]; i += 2 {
			high, low := lex.Hex(s[i]), lex.Hex(s[i+1])
			all |= high | low
			id[at] = high<<4 | low
			at++
		}
	}
	if all > 15 {
		return [16]byte{}, errID
	}
	return id, nil
}

// ID reads a UUID in its 36-character form.
func ID(r *Reader) [16]byte { return parsed(r, ParseID) }

// Identified adds the problem of a record without an ID, which can't be told
// from any other and so is lost.
func Identified(id [16]byte, found []Problem, ok bool) ([]Problem, bool) {
	if ok && id == [16]byte{} {
		return append(found, Problem{Path: "/id", Rule: Required}), false
	}
	return found, ok
}

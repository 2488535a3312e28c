package wire

import (
	"errors"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
)

// Enum reads one of the codes that from knows.
func Enum[T any](r *Reader, from func(string) (T, bool)) (v T) {
	s := r.Borrow()
	if s == "" {
		return v
	}
	v, ok := from(s)
	if !ok {
		r.Report(Unknown, s)
	}
	return v
}

// Each reads an array of the codes that from knows, of at most so many; 0 is any
// number.
func Each[T any](r *Reader, most int, from func(string) (T, bool), add func(T)) {
	r.List(most, func() {
		s := r.Borrow()
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
func Principles(r *Reader) (set gcm.PrincipleSet) {
	Each(r, 0, gcm.PrincipleFromCode, func(p gcm.Principle) { set = set.With(p) })
	return set
}

// Natures reads an array of codes.
func Natures(r *Reader) (set gcm.NatureSet) {
	Each(r, 0, gcm.NatureFromCode, func(n gcm.Nature) { set = set.With(n) })
	return set
}

// Texts reads an array of strings, of at most so many (0 is any number), leaving out
// empty ones. They are borrowed.
func Texts(r *Reader, most int, add func(string)) {
	r.List(most, func() {
		if s := r.Borrow(); s != "" {
			add(s)
		}
	})
}

// Date reads a partial date.
func Date(r *Reader) gcm.Date { return parsed(r, gcm.ParseDate) }

// Instant reads an RFC 3339 instant.
func Instant(r *Reader) gcm.Instant { return parsed(r, gcm.ParseInstant) }

// InstantAt reads an RFC 3339 instant and its offset from UTC in minutes.
func InstantAt(r *Reader) (t gcm.Instant, offset int) {
	t = parsed(r, func(s string) (t gcm.Instant, err error) {
		t, offset, err = gcm.ParseInstantAt(s)
		return t, err
	})
	return t, offset
}

func parsed[T any](r *Reader, parse func(string) (T, error)) (v T) {
	s := r.Borrow()
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
	r.List(MaxPledgers, func() { OnePledger(r, add) })
}

// OnePledger reads one of the pledgers of an array, as Pledgers reads each.
func OnePledger(r *Reader, add func(p *Pledger, written string)) {
	var p Pledger
	var ok bool
	written := r.Written(func() { p, ok = readPledger(r) })
	if ok {
		add(&p, written)
	}
}

func readPledger(r *Reader) (p Pledger, ok bool) {
	ok = r.Object(func(name string) {
		switch name {
		case "name":
			p.Name = r.Borrow()
		case "category":
			p.Category = Enum(r, gcm.CategoryFromCode)
		case "state":
			p.State = Enum(r, gcm.StateFromAlpha3)
		case "via":
			p.Via = r.Borrow()
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
			Each(r, MaxStates, gcm.StateFromAlpha3, add)
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
	r.List(MaxContributions, func() {
		var c Contribution
		var amount, currency string
		var behindAmount int
		ok := r.Object(func(name string) {
			switch name {
			case "amount":
				if r.lex.Kind() == '"' {
					amount = r.Borrow()
				} else {
					amount, _ = r.Number()
				}
				behindAmount = r.lex.Offset()
			case "currency":
				currency = r.Borrow()
			case "stage":
				c.Stage = Enum(r, gcm.StageFromCode)
			case "to":
				c.To = r.Borrow()
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

// ParseID reads a UUID in its 36-character form and in no other.
func ParseID(s string) (id [16]byte, err error) {
	if len(s) != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return id, errID
	}
	all := put8(id[0:4], eight(s[0:])) |
		put8(id[4:8], eight(s[9:])&0xffffffff|eight(s[14:])<<32) |
		put8(id[8:12], eight(s[19:])&0xffffffff|eight(s[24:])<<32) |
		put8(id[12:16], eight(s[28:]))
	if all != 0 {
		return [16]byte{}, errID
	}
	return id, nil
}

// eight returns the first eight bytes as a number.
func eight(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// put8 reads eight hexadecimal digits at once. It returns 0 if they are: adding to
// a byte below 0x80 sets its high bit if it was at least so much.
func put8(b []byte, x uint64) (bad uint64) {
	const each, high = 0x0101010101010101, 0x8080808080808080
	letter := x | each*0x20
	digits := (x + each*(0x80-'0')) &^ (x + each*(0x7f-'9'))
	letters := (letter + each*(0x80-'a')) &^ (letter + each*(0x7f-'f'))
	bad = x&high | high&^(digits|letters)

	x = x&(each*0xf) + x>>6&each*9
	x = x<<4 | x>>8 // each second byte has both digits now
	_ = b[3]
	b[0], b[1], b[2], b[3] = byte(x), byte(x>>16), byte(x>>32), byte(x>>48)
	return bad
}

// ID reads a UUID in its 36-character form.
func ID(r *Reader) [16]byte { return parsed(r, ParseID) }

// HasID reports whether what an object begins with has an ID.
func HasID(begin []byte) (has bool) {
	var r Reader
	r.Read(begin, func(name string) {
		if name == "id" {
			has = ID(&r) != [16]byte{}
		} else {
			r.Skip()
		}
	})
	return has
}

// Identified adds the problem of a record without an ID, which can't be told
// from any other and so is lost.
func Identified(id [16]byte, found []Problem, ok bool) ([]Problem, bool) {
	if ok && id == [16]byte{} {
		return append(found, Problem{Path: "/id", Rule: Required}), false
	}
	return found, ok
}

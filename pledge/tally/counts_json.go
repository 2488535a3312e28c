package tally

import (
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/internal/wire"
)

// notStated is the key under which JSON holds index 0 of an array.
const notStated = "not-stated"

// dimension ties an array of [Counts] to its member in JSON.
type dimension struct {
	name   string
	counts []int
	code   func(i int) string
	index  func(code string) (int, bool)
}

func (c *Counts) dimensions() [7]dimension {
	return [...]dimension{
		dimensionOf("objectives", c.Objectives[:], objectives.FromCode),
		dimensionOf("principles", c.Principles[:], gcm.PrincipleFromCode),
		dimensionOf("types", c.Types[:], gcm.TypeFromCode),
		dimensionOf("natures", c.Natures[:], gcm.NatureFromCode),
		dimensionOf("statuses", c.Statuses[:], gcm.StatusFromCode),
		dimensionOf("categories", c.Categories[:], gcm.CategoryFromCode),
		dimensionOf("regions", c.Regions[:], gcm.RegionFromCode),
	}
}

func dimensionOf[E interface {
	~uint8
	String() string
}](name string, counts []int, from func(string) (E, bool)) dimension {
	return dimension{name, counts,
		func(i int) string { return E(i).String() },
		func(code string) (int, bool) { e, ok := from(code); return int(e), ok },
	}
}

// numbers ties the single numbers of [Counts] to their members in JSON.
func (c *Counts) numbers() [9]struct {
	name string
	n    *int
} {
	return [...]struct {
		name string
		n    *int
	}{
		{"total", &c.Total},
		{"pledgers", &c.Pledgers},
		{"member_states", &c.MemberStates},
		{"by_member_states", &c.ByMemberStates},
		{"global", &c.Global},
		{"joint", &c.Joint},
		{"mirror", &c.Mirror},
		{"matching", &c.Matching},
		{"financial", &c.Financial},
	}
}

// AppendJSON appends the counts as a JSON object: single numbers, then an
// object a dimension in which values without pledges are left out and
// "not-stated" is index 0. Equal counts give equal bytes.
func (c *Counts) AppendJSON(b []byte) []byte {
	o := wire.Begin(b)
	for _, n := range c.numbers() {
		o.Int(n.name, int64(*n.n))
	}
	for _, d := range c.dimensions() {
		o.Open(d.name)
		for i, n := range d.counts {
			if n != 0 && i == 0 {
				o.Int(notStated, int64(n))
			} else if n != 0 {
				o.Int(d.code(i), int64(n))
			}
		}
		o.Close()
	}
	o.Open("themes")
	for _, t := range c.Themes {
		o.Int(t.Theme, int64(t.Number))
	}
	o.Close()
	for _, states := range [...]struct {
		name   string
		counts []StateCount
	}{{"states", c.States}, {"implementing", c.Implementing}} {
		o.Open(states.name)
		for _, s := range states.counts {
			o.Int(s.State.Alpha3(), int64(s.Number))
		}
		o.Close()
	}
	o.Open("months")
	for _, m := range c.Months {
		key := notStated
		if m.Month.IsValid() {
			key = m.Month.String()
		}
		o.Int(key, int64(m.Number))
	}
	o.Close()
	o.Open("cumulative")
	for m, n := range c.Cumulative() {
		o.Int(m.String(), int64(n))
	}
	o.Close()
	wire.Array(&o, "sums", c.Sums, appendSum)
	return o.End()
}

// MarshalJSON is [Counts.AppendJSON].
func (c Counts) MarshalJSON() ([]byte, error) { return c.AppendJSON(nil), nil }

func appendSum(b []byte, s MoneySum) []byte {
	o := wire.Begin(b)
	o.Text("currency", s.Currency.String())
	o.CodeIf("stage", s.Stage)
	o.Text("amount", s.Sum.Amount(s.Currency))
	o.Int("pledges", int64(s.Number))
	return o.End()
}

// readCounts reads what AppendJSON writes. Without a total they are no counts: it
// would be shown as none.
func readCounts(r *wire.Reader) (c Counts) {
	total := false
	isObject := r.Object(func(name string) {
		for _, n := range c.numbers() {
			if n.name == name {
				*n.n = readCount(r)
				total = total || n.n == &c.Total
				return
			}
		}
		for _, d := range c.dimensions() {
			if d.name == name {
				readDimension(r, d)
				return
			}
		}
		switch name {
		case "themes":
			r.Object(func(t string) { c.Themes = append(c.Themes, ThemeCount{strings.Clone(t), readCount(r)}) })
		case "states":
			c.States = readStates(r)
		case "implementing":
			c.Implementing = readStates(r)
		case "months":
			r.Object(func(key string) {
				n := readCount(r)
				m, err := gcm.ParseDate(key)
				if err != nil && key != notStated {
					r.Report(wire.Malformed, key)
					return
				}
				c.Months = append(c.Months, MonthCount{m, n})
			})
		case "sums":
			c.Sums = readSums(r)
		default: // cumulative follows from months
			r.Skip()
		}
	})
	if isObject && !total {
		r.Report(wire.Required, "counts without a total")
	}
	return c
}

func readDimension(r *wire.Reader, d dimension) {
	r.Object(func(code string) {
		n := readCount(r)
		if i, ok := d.index(code); ok {
			d.counts[i] = n
		} else if code == notStated {
			d.counts[0] = n
		} else {
			r.Report(wire.Unknown, code)
		}
	})
}

func readStates(r *wire.Reader) (all []StateCount) {
	r.Object(func(code string) {
		n := readCount(r)
		if s, ok := gcm.StateFromAlpha3(code); ok {
			all = append(all, StateCount{s, n})
		} else {
			r.Report(wire.Unknown, code)
		}
	})
	return all
}

func readSums(r *wire.Reader) (all []MoneySum) {
	r.Array(func() {
		var s MoneySum
		var amount, currency string
		r.Object(func(name string) {
			switch name {
			case "currency":
				currency = r.Text()
			case "stage":
				s.Stage = wire.Enum(r, gcm.StageFromCode)
			case "amount":
				amount = r.Text()
			case "pledges":
				s.Number = readCount(r)
			default:
				r.Skip()
			}
		})
		var ok bool
		if s.Currency, ok = gcm.CurrencyFromCode(currency); !ok {
			r.Report(wire.Unknown, currency)
			return
		}
		var err error
		if s.Sum, err = gcm.ParseSum(amount, s.Currency); err != nil {
			r.Report(wire.Malformed, amount)
			return
		}
		all = append(all, s)
	})
	return all
}

func readCount(r *wire.Reader) int { return readNumber[int](r, 31) }

// readNumber reads a whole number of so many bits.
func readNumber[T int | uint64](r *wire.Reader, bits int) T {
	s, ok := r.Number()
	if !ok {
		return 0
	}
	n, most := uint64(0), uint64(1)<<bits-1
	for _, c := range []byte(s) {
		digit := uint64(c - '0')
		if digit > 9 || n > (most-digit)/10 {
			r.Report(wire.Malformed, s)
			return 0
		}
		n = 10*n + digit
	}
	return T(n)
}

package tally

import (
	"iter"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/internal/wire"
)

// Counts is what a [Query] counts. In every array index 0 holds the pledges
// that state nothing of the kind, the other indexes are the values of the
// type, and a pledge counts once in each of its values: arrays don't add up to
// Total. The zero value counts nothing.
type Counts struct {
	Total int // pledges

	Values[int] // Objectives, Principles and so on

	Themes       []ThemeCount // by slug
	States       []StateCount // that pledge as States, by alpha-3
	Implementing []StateCount // in which pledges are implemented, by alpha-3
	Months       []MonthCount // of announcement, ascending; the first may be the zero Date
	Sums         []MoneySum   // by currency, then stage

	Reports   []MonthCount // of the latest progress report; pledges without one aren't there
	Deadlines []MonthCount // of the deadline; pledges without one aren't there
	Due       []MonthCount // of Deadlines, the pledges that are open: see [Progress]
	// Progress says of each status how it is known that pledges have it, by the latest
	// report that says one. Those of which nothing is reported aren't there.
	Progress [statusSize][evidenceSize]int
	// ReportedSums are Sums of the pledges of which there is a report, by status.
	ReportedSums []StatusSum

	Pledgers       int // distinct, see [PledgerKey]
	MemberStates   int // distinct Member States that pledge
	ByMemberStates int // pledges in which at least one Member State pledges
	Global         int // pledges implemented globally

	Joint     int // common and partnership pledges
	Mirror    int // pledges that are relevant to the Global Compact on Refugees as well
	Matching  int // pledges that match another one
	Financial int // pledges of a financial nature
}

// ThemeCount is how many pledges have a theme.
type ThemeCount struct {
	Theme  string
	Number int
}

// StateCount is how many pledges have to do with a State.
type StateCount struct {
	State  gcm.State
	Number int
}

// MonthCount is how many pledges were announced in a month; in a year where
// the month isn't stated; at an unknown time where Month is the zero Date.
type MonthCount struct {
	Month  gcm.Date
	Number int
}

// MoneySum is the exact sum of contributions in one currency at one stage.
type MoneySum struct {
	Currency gcm.Currency
	Stage    gcm.Stage // 0 where it isn't stated
	Sum      gcm.Sum
	Number   int // of pledges that contribute to it
}

// StatusSum is the sum of contributions of the pledges that have a status by their
// latest report that says one; 0 where none does.
type StatusSum struct {
	Status gcm.Status
	MoneySum
}

// Cumulative yields, for each month in which pledges were announced, how many
// had been announced by its end. A pledge of which only the year is known
// counts from that year's December, one without a date not at all.
func (c *Counts) Cumulative() iter.Seq2[gcm.Date, int] {
	return func(yield func(gcm.Date, int) bool) {
		sum, waiting := 0, 0 // announced by now; in this year, without a month
		for i, m := range c.Months {
			year, month := m.Month.Year(), m.Month.Month()
			switch {
			case year == 0: // without a date
				continue
			case month == 0: // comes before the months of its year
				waiting = m.Number
			default:
				sum += m.Number
			}
			// December waits for the year's own number.
			if month != 0 && (month < 12 || waiting == 0) && !yield(gcm.DateOf(year, month, 0), sum) {
				return
			}
			if last := i+1 == len(c.Months) || c.Months[i+1].Month.Year() != year; last && waiting > 0 {
				sum, waiting = sum+waiting, 0
				if !yield(gcm.DateOf(year, 12, 0), sum) {
					return
				}
			}
		}
	}
}

// notStated is the key under which JSON holds index 0 of an array.
const notStated = "not-stated"

// OfStates returns the numbers of a dimension whose values are States; nil for any
// other. It is that of c, not a copy.
func (c *Counts) OfStates(d Dimension) []StateCount {
	if all := c.states(d); all != nil {
		return *all
	}
	return nil
}

func (c *Counts) states(d Dimension) *[]StateCount {
	switch d {
	case ByState:
		return &c.States
	case ByImplementing:
		return &c.Implementing
	}
	return nil
}

// monthly ties the counts by month to their members in JSON.
func (c *Counts) monthly() [4]struct {
	name string
	all  *[]MonthCount
} {
	return [...]struct {
		name string
		all  *[]MonthCount
	}{
		{"months", &c.Months},
		{"reports", &c.Reports},
		{"deadlines", &c.Deadlines},
		{"due", &c.Due},
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
	for d := range Dimensions() {
		if table[d].key == "" {
			continue
		}
		o.Open(table[d].key)
		for i, n := range c.Of(d) {
			if n != 0 && i == 0 {
				o.Int(notStated, int64(n))
			} else if n != 0 {
				o.Int(d.Code(i), int64(n))
			}
		}
		if d == ByTheme {
			for _, t := range c.Themes {
				o.Int(t.Theme, int64(t.Number))
			}
		}
		if states := c.states(d); states != nil {
			for _, s := range *states {
				o.Int(s.State.Alpha3(), int64(s.Number))
			}
		}
		o.Close()
	}
	for _, m := range c.monthly() {
		o.Open(m.name)
		for _, m := range *m.all {
			key := notStated
			if m.Month.IsValid() {
				key = m.Month.String()
			}
			o.Int(key, int64(m.Number))
		}
		o.Close()
	}
	o.Open("cumulative")
	for m, n := range c.Cumulative() {
		o.Int(m.String(), int64(n))
	}
	o.Close()
	wire.Array(&o, "sums", c.Sums, appendSum)
	o.Open("progress")
	for s := range c.Progress {
		if c.Progress[s] == [evidenceSize]int{} {
			continue
		}
		o.Open(codeOr(ByReported, s))
		for e, n := range c.Progress[s] {
			if n != 0 {
				o.Int(ByEvidence.Code(e), int64(n))
			}
		}
		o.Close()
	}
	o.Close()
	wire.Array(&o, "reported_sums", c.ReportedSums, func(b []byte, s StatusSum) []byte {
		o := wire.Begin(b)
		o.CodeIf("status", s.Status)
		return appendSumTo(o, &s.MoneySum)
	})
	return o.End()
}

// MarshalJSON is [Counts.AppendJSON].
func (c Counts) MarshalJSON() ([]byte, error) { return c.AppendJSON(nil), nil }

// codeOr returns the code of a value, or what stands for none.
func codeOr(d Dimension, v int) string {
	if v == 0 {
		return notStated
	}
	return d.Code(v)
}

func appendSum(b []byte, s MoneySum) []byte { return appendSumTo(wire.Begin(b), &s) }

func appendSumTo(o wire.Object, s *MoneySum) []byte {
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
		for d := range Dimensions() {
			if table[d].key == name {
				c.readDimension(r, d)
				return
			}
		}
		for _, m := range c.monthly() {
			if m.name == name {
				readMonths(r, m.all)
				return
			}
		}
		switch name {
		case "progress":
			c.readProgress(r)
		case "sums":
			r.Array(func() {
				if s, ok := readSum(r); ok {
					c.Sums = append(c.Sums, s.MoneySum)
				}
			})
		case "reported_sums":
			r.Array(func() {
				if s, ok := readSum(r); ok {
					c.ReportedSums = append(c.ReportedSums, s)
				}
			})
		default: // cumulative follows from months
			r.Skip()
		}
	})
	if isObject && !total {
		r.Report(wire.Required, "counts without a total")
	}
	return c
}

func (c *Counts) readDimension(r *wire.Reader, d Dimension) {
	r.Object(func(code string) {
		if d == ByTheme {
			c.Themes = append(c.Themes, ThemeCount{strings.Clone(code), readCount(r)})
			return
		}
		n := readCount(r)
		v, ok := d.find(code)
		switch states := c.states(d); {
		case states == nil && (ok || code == notStated):
			c.Of(d)[v] = n
		case ok:
			*states = append(*states, StateCount{gcm.State(v), n})
		default:
			r.Report(wire.Unknown, code)
		}
	})
}

func readMonths(r *wire.Reader, all *[]MonthCount) {
	r.Object(func(key string) {
		n := readCount(r)
		m, err := gcm.ParseDate(key)
		if err != nil && key != notStated {
			r.Report(wire.Malformed, key)
			return
		}
		*all = append(*all, MonthCount{m, n})
	})
}

func (c *Counts) readProgress(r *wire.Reader) {
	r.Object(func(status string) {
		s, ok := ByReported.find(status)
		if !ok && status != notStated {
			r.Report(wire.Unknown, status)
			r.Skip()
			return
		}
		r.Object(func(evidence string) {
			n := readCount(r)
			e, ok := ByEvidence.find(evidence)
			if !ok {
				r.Report(wire.Unknown, evidence)
			}
			c.Progress[s][e] = n
		})
	})
}

// readSum reads a sum, which may be one of a status.
func readSum(r *wire.Reader) (s StatusSum, ok bool) {
	var amount, currency string
	if !r.Object(func(name string) {
		switch name {
		case "currency":
			currency = r.Text()
		case "stage":
			s.Stage = wire.Enum(r, gcm.StageFromCode)
		case "status":
			s.Status = wire.Enum(r, gcm.StatusFromCode)
		case "amount":
			amount = r.Text()
		case "pledges":
			s.Number = readCount(r)
		default:
			r.Skip()
		}
	}) {
		return s, false
	}
	if s.Currency, ok = gcm.CurrencyFromCode(currency); !ok {
		r.Report(wire.Unknown, currency)
		return s, false
	}
	var err error
	if s.Sum, err = gcm.ParseSum(amount, s.Currency); err != nil {
		r.Report(wire.Malformed, amount)
	}
	return s, err == nil
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

package wire

import "github.com/gcmkit/gcmkit/gcm"

// Report is a progress report of a pledge.
type Report struct {
	_          [0]func() // without a function that compares two, which would be in the page
	Date       gcm.Date
	Status     gcm.Status
	Share      gcm.Number
	Indicators []Indicator
	States     []gcm.State
	Links      []string
	By         string
	Summary    string
	Language   string
}

// Indicator is one of the values that a report says something by.
type Indicator struct {
	Name, Unit               string
	Baseline, Target, Actual gcm.Number
}

// Reports reads an array of progress reports into report, one after the other, and
// calls add for each. Texts are borrowed, and lists hold until the next report. A
// report without a date can't say what became of a pledge by when, so it is a problem
// and left out; and so is an indicator without a name.
func Reports(r *Reader, report *Report, add func()) {
	r.List(MaxReports, func() {
		*report = Report{Indicators: report.Indicators[:0], States: report.States[:0], Links: report.Links[:0]}
		if !r.Object(func(name string) { report.member(r, name) }) {
			return
		}
		if !report.Date.IsValid() {
			r.Report(Required, "a report without a date")
			return
		}
		add()
	})
}

func (p *Report) member(r *Reader, name string) {
	switch name {
	case "date":
		p.Date = Date(r)
	case "status":
		p.Status = Enum(r, gcm.StatusFromCode)
	case "share":
		p.Share = Number(r)
	case "indicators":
		r.List(MaxIndicators, func() {
			if i := readIndicator(r); i.Name != "" {
				p.Indicators = append(p.Indicators, i)
			}
		})
	case "states":
		Each(r, MaxStates, gcm.StateFromAlpha3, func(s gcm.State) { p.States = append(p.States, s) })
	case "links":
		Texts(r, MaxLinks, func(s string) { p.Links = append(p.Links, s) })
	case "by":
		p.By = r.Borrow()
	case "summary":
		p.Summary = r.Borrow()
	case "language":
		p.Language = r.Borrow()
	default:
		r.Skip()
	}
}

func readIndicator(r *Reader) (i Indicator) {
	ok := r.Object(func(name string) {
		switch name {
		case "name":
			i.Name = r.Borrow()
		case "unit":
			i.Unit = r.Borrow()
		case "baseline":
			i.Baseline = Number(r)
		case "target":
			i.Target = Number(r)
		case "actual":
			i.Actual = Number(r)
		default:
			r.Skip()
		}
	})
	if ok && i.Name == "" {
		r.Report(Required, "an indicator without a name")
	}
	return i
}

// Number reads a decimal number, as a string or as a number of which every written
// digit counts.
func Number(r *Reader) gcm.Number {
	if k := r.lex.Kind(); k == '"' || k == 'n' {
		return parsed(r, gcm.ParseNumber)
	}
	s, ok := r.Number()
	if !ok {
		return gcm.Number{}
	}
	n, err := gcm.ParseNumber(s)
	if err != nil {
		r.Report(Malformed, s)
	}
	return n
}

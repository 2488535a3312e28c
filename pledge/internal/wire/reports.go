package wire

import "github.com/gcmkit/gcmkit/gcm"

// Report is what is counted of a progress report.
type Report struct {
	_      [0]func() // without a function that compares two, which would be in the page
	Date   gcm.Date
	Status gcm.Status
	Links  []string
	By     string
}

// ReportDetails are what isn't counted of it, which no page reads.
type ReportDetails struct {
	Share             gcm.Number
	Indicators        []Indicator
	States            []gcm.State
	Summary, Language string
}

// Indicator is one of the values that a report says something by.
type Indicator struct {
	Name, Unit               string
	Baseline, Target, Actual gcm.Number
}

// Reports reads an array of progress reports into report, one after the other, and
// calls add for each. Texts are borrowed, and lists hold until the next report. A
// report without a date can't say what became of a pledge by when, so it is a problem
// and left out. What isn't counted is skipped, unless details returns what reads it,
// for each report.
func Reports(r *Reader, report *Report, details func() func(name string), add func()) {
	skip := func(name string) {
		switch name {
		case "indicators":
			r.SkipList(MaxIndicators)
		case "states":
			r.SkipList(MaxStates)
		default:
			r.Skip()
		}
	}
	r.List(MaxReports, func() {
		*report = Report{Links: report.Links[:0]}
		other := skip
		if details != nil {
			other = details()
		}
		if !r.Object(func(name string) { report.member(r, name, other) }) {
			return
		}
		if !report.Date.IsValid() {
			r.Report(Required, "a report without a date")
			return
		}
		add()
	})
}

func (p *Report) member(r *Reader, name string, other func(name string)) {
	switch name {
	case "date":
		p.Date = Date(r)
	case "status":
		p.Status = Enum(r, gcm.StatusFromCode)
	case "links":
		Texts(r, MaxLinks, func(s string) { p.Links = append(p.Links, s) })
	case "by":
		p.By = r.Borrow()
	default:
		other(name)
	}
}

// Read reads a member that isn't counted. An indicator without a name is a problem and
// left out.
func (d *ReportDetails) Read(r *Reader, name string) {
	switch name {
	case "share":
		d.Share = Number(r)
	case "indicators":
		r.List(MaxIndicators, func() {
			if i := readIndicator(r); i.Name != "" {
				d.Indicators = append(d.Indicators, i)
			}
		})
	case "states":
		Each(r, MaxStates, gcm.StateFromAlpha3, func(s gcm.State) { d.States = append(d.States, s) })
	case "summary":
		d.Summary = r.Borrow()
	case "language":
		d.Language = r.Borrow()
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

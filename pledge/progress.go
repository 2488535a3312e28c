package pledge

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/internal/wire"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

// ProgressReport says what had become of a pledge by a day. It isn't a [Report], which
// is about a record. No field holds personal data: whoever reports is a body, not a
// person. Assigning a ProgressReport shares its slices.
type ProgressReport struct {
	// Date is the day, the month or the year of which the report speaks. A report
	// without one isn't read.
	Date   gcm.Date   `validate:"-"`
	Status gcm.Status `validate:"unknown"` // what it says of the pledge; zero if it says nothing of the kind
	// Share is how much of what was pledged is done, in percent, from 0 to 100.
	Share      gcm.Number  `validate:"-"`
	Indicators []Indicator `validate:"dive"`
	States     []gcm.State `validate:"dive,unknown"` // where something was done
	// Links lead to what shows it; https only.
	Links []string `validate:"dive,link-https"`
	// By is the name of another body that reports, such as an evaluator; empty if
	// the pledgers report themselves.
	By       string `validate:"line"`
	Summary  string `validate:"lines"`    // what was done, in words
	Language string `validate:"language"` // of the summary and of the indicators, BCP 47
}

// Indicator is a value by which one can see how far a pledge has come, as the results
// of the International Aid Transparency Initiative (IATI) have it. Numbers are exact,
// and the zero Number is one that isn't stated.
type Indicator struct {
	Name     string     `validate:"required,line"` // what is counted or measured: "people trained"
	Unit     string     `validate:"line"`          // "people", "%", "km"
	Baseline gcm.Number `validate:"-"`             // before the pledge
	Target   gcm.Number `validate:"-"`             // what it is to become
	Actual   gcm.Number `validate:"-"`             // what it was on the date of the report
}

// countedReports returns what is counted of reports.
func countedReports(all []ProgressReport) (counted []tally.Report) {
	for i := range all {
		r := &all[i]
		counted = append(counted, tally.Report{Date: r.Date, Status: r.Status, Evidence: tally.EvidenceOf(r.By, r.Links)})
	}
	return counted
}

func cloneReports(all []ProgressReport) []ProgressReport {
	all = slices.Clone(all)
	for i := range all {
		r := &all[i]
		r.Indicators, r.States, r.Links = slices.Clone(r.Indicators), slices.Clone(r.States), slices.Clone(r.Links)
	}
	return all
}

// compare orders reports by all that they say, in an arbitrary but fixed order.
func (r ProgressReport) compare(q ProgressReport) int {
	return cmp.Or(
		r.Date.Compare(q.Date),
		cmp.Compare(r.Status, q.Status),
		r.Share.Compare(q.Share),
		strings.Compare(r.By, q.By),
		strings.Compare(r.Summary, q.Summary),
		strings.Compare(r.Language, q.Language),
		slices.Compare(r.Links, q.Links),
		slices.Compare(r.States, q.States),
		slices.CompareFunc(r.Indicators, q.Indicators, Indicator.compare),
	)
}

func (i Indicator) compare(j Indicator) int {
	return cmp.Or(
		strings.Compare(i.Name, j.Name), strings.Compare(i.Unit, j.Unit),
		i.Baseline.Compare(j.Baseline), i.Target.Compare(j.Target), i.Actual.Compare(j.Actual),
	)
}

func appendReport(b []byte, r ProgressReport) []byte {
	o := wire.Begin(b)
	o.CodeIf("date", r.Date)
	o.CodeIf("status", r.Status)
	o.CodeIf("share", r.Share)
	wire.ArrayIf(&o, "indicators", r.Indicators, appendIndicator)
	wire.ArrayIf(&o, "states", r.States, appendState)
	wire.ArrayIf(&o, "links", r.Links, wire.AppendText)
	o.TextIf("by", r.By)
	o.TextIf("summary", r.Summary)
	o.TextIf("language", r.Language)
	return o.End()
}

func appendIndicator(b []byte, i Indicator) []byte {
	o := wire.Begin(b)
	o.TextIf("name", i.Name)
	o.TextIf("unit", i.Unit)
	o.CodeIf("baseline", i.Baseline)
	o.CodeIf("target", i.Target)
	o.CodeIf("actual", i.Actual)
	return o.End()
}

// reports reads an array of reports. Names and units repeat, from report to report.
func (d *recordDecoder) reports() (all []ProgressReport) {
	var read wire.Report
	var details wire.ReportDetails
	member := func(name string) { details.Read(&d.wire, name) }
	begin := func() func(name string) {
		details = wire.ReportDetails{Indicators: details.Indicators[:0], States: details.States[:0]}
		return member
	}
	wire.Reports(&d.wire, &read, begin, func() {
		r := ProgressReport{
			Date: read.Date, Status: read.Status, Share: details.Share, States: append([]gcm.State(nil), details.States...),
			By: d.word(read.By), Summary: strings.Clone(details.Summary), Language: d.word(details.Language),
		}
		for _, link := range read.Links {
			r.Links = append(r.Links, strings.Clone(link))
		}
		for _, i := range details.Indicators {
			r.Indicators = append(r.Indicators, Indicator{d.word(i.Name), d.word(i.Unit), i.Baseline, i.Target, i.Actual})
		}
		all = append(all, r)
	})
	return all
}

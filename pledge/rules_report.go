package pledge

import (
	"strconv"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/go-playground/validator/v10"
)

// checkReports checks what reports say together, and beside the pledge.
func checkReports(l validator.StructLevel, p *Pledge) {
	var furthest, latest gcm.Status // of the reports so far
	var latestDate gcm.Date
	for i := range p.Reports {
		r := &p.Reports[i]
		report := func(field, code, param string) {
			name := "reports." + strconv.Itoa(i) + "." + field
			l.ReportError(r, name, name, code, param)
		}
		if tally.Foretells(r.Date, p.Updated) {
			report("date", "report-ahead", p.Updated.Date().String())
		}
		if r.Date.Before(p.Announced) {
			report("date", "report-early", p.Announced.String())
		}
		if i > 0 && r.Date.Before(p.Reports[i-1].Date) {
			report("date", "report-order", p.Reports[i-1].Date.String())
		}
		if r.By != "" && p.isPledger(r.By) {
			report("by", "report-pledger", "")
		}
		if !r.Status.IsValid() {
			continue
		}
		if r.Status < furthest {
			report("status", "report-back", furthest.String())
		}
		furthest = max(furthest, r.Status)
		if r.Date.Compare(latestDate) >= 0 && !tally.Foretells(r.Date, p.Updated) {
			latest, latestDate = r.Status, r.Date
		}
	}
	if p.Status.IsValid() && latest.IsValid() && p.Status != latest {
		l.ReportError(p.Status, "status", "Status", "report-status", latest.String())
	}
}

// isPledger reports whether a name is that of a pledger, in whatever case and however
// spaced, or of a State that pledges in any language.
func (p *Pledge) isPledger(name string) bool {
	state, _ := gcm.ParseState(name)
	for i := range p.Pledgers {
		by := &p.Pledgers[i]
		if tally.PledgerKey(by.Name, 0, 0) == tally.PledgerKey(name, 0, 0) ||
			by.Category == gcm.MemberState && state.IsValid() && state == by.State {
			return true
		}
	}
	return false
}

// checkReport checks that a report is dated, and that its numbers say something.
func checkReport(l validator.StructLevel) {
	r := l.Current().Addr().Interface().(*ProgressReport)
	if !r.Date.IsValid() {
		l.ReportError(r.Date, "date", "Date", "required", "")
	}
	zero, all := gcm.NumberOf(0), gcm.NumberOf(100)
	if r.Share.IsValid() && (r.Share.Compare(zero) < 0 || r.Share.Compare(all) > 0) {
		l.ReportError(r.Share, "share", "Share", "share-range", "")
	}
	for n := range r.Indicators {
		if i := &r.Indicators[n]; !i.Baseline.IsValid() && !i.Target.IsValid() && !i.Actual.IsValid() {
			name := "indicators." + strconv.Itoa(n)
			l.ReportError(i, name, name, "indicator-values", "")
		}
	}
}

package hostile

import (
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/gcmkit/gcmkit/gcm"
)

// report is what is counted of a progress report: all as it is written.
type report struct {
	date, status string
	evidence     string
}

// evidences are in the order of their strength.
var evidences = []string{"nothing-reported", "stated", "linked", "confirmed"}

func strength(evidence string) int {
	for i, e := range evidences {
		if e == evidence {
			return i
		}
	}
	return -1
}

func (r *reading) reports(n node) (all []report) {
	for _, m := range r.elements(n) {
		if !r.is(m, "{") {
			continue
		}
		var date gcm.Date
		var status gcm.Status
		linked, by := false, ""
		for i, v := range m.members {
			switch m.names[i] {
			case "date":
				date, _ = parsed(r, v, "malformed", valid(gcm.ParseDate))
			case "status":
				status, _ = parsed(r, v, "unknown", gcm.StatusFromCode)
			case "links":
				linked = secure(r.texts(v)) != ""
			case "by":
				by = r.text(v)
			default:
				if r.fields == All {
					r.detail(m.names[i], v)
				}
			}
		}
		if !date.IsValid() {
			r.note(m, "required")
			continue
		}
		evidence := "stated"
		if linked {
			evidence = "linked"
		}
		if len(strings.Fields(by)) > 0 {
			evidence = "confirmed"
		}
		all = append(all, report{date.String(), status.String(), evidence})
	}
	return all
}

// detail reads what isn't counted.
func (r *reading) detail(name string, n node) {
	switch name {
	case "share":
		r.number(n)
	case "indicators":
		r.indicators(n)
	case "states":
		each(r, n, gcm.StateFromAlpha3)
	case "summary", "language":
		r.text(n)
	}
}

func (r *reading) indicators(n node) {
	for _, m := range r.elements(n) {
		if !r.is(m, "{") {
			continue
		}
		name := ""
		for i, v := range m.members {
			switch m.names[i] {
			case "name":
				name = r.text(v)
			case "unit":
				r.text(v)
			case "baseline", "target", "actual":
				r.number(v)
			}
		}
		if name == "" {
			r.note(m, "required")
		}
	}
}

var decimal = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

// number reads a decimal number of 18 digits at most, as a string or as a number.
func (r *reading) number(n node) {
	if n.kind != '"' && !r.is(n, "0") || n.text == "" {
		return
	}
	ok := decimal.MatchString(n.text)
	if ok {
		// Without a point, and without what could be left out.
		whole, decimals, _ := strings.Cut(n.text, ".")
		decimals = strings.TrimRight(decimals, "0")
		all, _ := new(big.Int).SetString(whole+decimals, 10)
		ok = len(all.Abs(all).String()) <= 18 && len(decimals) <= 18
	}
	if !ok {
		r.note(n, "malformed")
	}
}

// progress is what is counted of the reports of a pledge.
type progress struct {
	reported, status, evidence string
	open                       bool
}

// progress looks at all reports, in the most obvious way.
func (p *pledge) progress() (g progress) {
	g.evidence = "nothing-reported"
	var counted []report
	for _, r := range p.reports {
		if first, _ := days(r.date); !p.updated.IsValid() || first <= lastDay(p.updated) {
			counted = append(counted, r)
		}
	}
	later := func(a, b string) bool { // a than b, or as late
		if b == "" {
			return true
		}
		firstA, _ := days(a)
		firstB, _ := days(b)
		return firstA > firstB || firstA == firstB && len(a) >= len(b)
	}
	latest, of := "", ""
	for _, r := range counted {
		if later(r.date, latest) {
			latest = r.date
		}
		if r.status != "" && later(r.date, of) {
			of, g.status = r.date, r.status
		}
	}
	for _, r := range counted {
		if (g.status == "" || r.status == g.status) && strength(r.evidence) > strength(g.evidence) {
			g.evidence = r.evidence
		}
	}
	g.reported = latest[:min(len(latest), len("2022-05"))]
	if p.deadline.IsValid() {
		g.open = true
		_, due := days(p.deadline.String())
		for _, r := range counted {
			if _, last := days(r.date); last >= due {
				g.open = false
			}
		}
		for _, s := range []string{p.status.String(), g.status} {
			if s == "fulfilled" || s == "withdrawn" {
				g.open = false
			}
		}
	}
	return g
}

// lastDay is the day of an instant where it is the latest on Earth.
func lastDay(t gcm.Instant) string {
	seconds, _ := t.Unix()
	utc := time.Unix(seconds, 0).UTC()
	day := utc.Add(14 * time.Hour)
	if day.Year() > 9999 {
		day = utc
	}
	return day.Format("2006-01-02")
}

func (s source) report() string {
	var m members
	if !s.in(12) {
		m.add(s, "date", s.date())
	}
	if !s.in(4) {
		m.add(s, "status", s.code(statusCodes...))
	}
	if s.in(4) {
		m.add(s, "share", s.decimal())
	}
	if s.in(4) {
		m.add(s, "indicators", s.array(s.upTo(3), s.indicator))
	}
	if s.in(5) {
		m.add(s, "states", s.array(s.upTo(3), s.state))
	}
	if s.in(3) {
		m.add(s, "links", s.array(s.upTo(3), func() string {
			return s.quote(pick(s, "https://example.org/1", "http://example.org", "https://", s.junk()))
		}))
	}
	if s.in(4) {
		m.add(s, "by", s.quote(pick(s, "OECD", "A court of audit", " ", "")))
	}
	if s.in(6) {
		m.add(s, "summary", s.quote(pick(s, "<img src=x onerror=alert(1)>", s.junk())))
	}
	if s.in(9) {
		m.add(s, "language", s.quote("fr"))
	}
	return m.object(s)
}

func (s source) indicator() string {
	var m members
	if !s.in(9) {
		m.add(s, "name", s.quote(pick(s, "people trained", s.name())))
	}
	if s.in(2) {
		m.add(s, "unit", s.quote(pick(s, "people", "%", s.junk())))
	}
	for _, name := range []string{"baseline", "target", "actual"} {
		if s.in(2) {
			m.add(s, name, s.decimal())
		}
	}
	return m.object(s)
}

// decimal draws a number, or what seems to be one.
func (s source) decimal() string {
	n := pick(s, "0", "40", "37.5", "-1.50", "100", strconv.Itoa(s.IntN(5000)), "999999999999999999", "0.000000000000000001", "1.10000000000000000000000")
	if s.in(12) {
		n = pick(s, "1000000000000000000", "0.0000000000000000001", "1e3", "1,5", ".5", "5.", "+1", "--1", "NaN", " 1", "٣", "007", "")
	}
	if n == "0" || strings.Trim(n, "0123456789") == "" && n != "" && n[0] != '0' {
		if s.in(2) {
			return n
		}
	} else if s.in(4) && decimal.MatchString(n) && n != "007" || n == "1e3" {
		return n
	}
	return s.quote(n)
}

package hostile

import (
	"strconv"
	"strings"
	"time"
)

// Query is what a count is narrowed to, as names and values.
type Query map[string]string

// query draws a query, of which most select something.
func (s source) query() Query {
	q := Query{}
	add := func(name, value string) {
		for old := range strings.SplitSeq(q[name], ",") {
			if old == value {
				return
			}
		}
		if q[name] != "" {
			value = q[name] + pick(s, ",", ", ", " ,") + value
		}
		q[name] = value
	}
	for s.in(2) {
		kind := s.IntN(17)
		for again := true; again; again = s.in(3) {
			switch kind {
			case 0:
				add("objective", strconv.Itoa(1+s.IntN(23)))
			case 1:
				add("principle", pick(s, principleCodes...))
			case 2:
				add("region", pick(s, "africa", "americas", "asia", "europe", "oceania"))
			case 3:
				add("state", pick(s, "DEU", "FRA", "KEN", "PSE", "VAT", pick(s, states...).Alpha3()))
			case 4:
				add("implementing", pick(s, "KEN", "SLE", "TUV", pick(s, states...).Alpha3()))
			case 5:
				add("category", pick(s, append(categoryCodes, "member-state", "member-state")...))
			case 6:
				add("type", pick(s, typeCodes...))
			case 7:
				add("nature", pick(s, natureCodes...))
			case 8:
				add("status", pick(s, statusCodes...))
			case 9:
				add("mirror", pick(s, "true", "false"))
			case 10:
				add("topic", pick(s, "climate", "data", "child-detention", "xn--", "thème", "the\u0300me", "nowhere"))
			case 11:
				q["withdrawn"] = "true"
			case 12:
				q["since"] = pick(s, "2021", "2022", "2022-05", "2022-05-20", "2023-12-01")
			case 13:
				q["until"] = pick(s, "2021-12", "2022", "2022-05", "2022-05-19", "2024-02")
			case 15:
				add("reported", pick(s, statusCodes...))
			case 16:
				add("evidence", pick(s, evidences...))
			case 14:
				q["forum"] = pick(s, "2022", "2026", "2030")
			}
		}
	}
	if q["since"] != "" || q["until"] != "" { // which a forum stands for
		delete(q, "forum")
	}
	return q
}

// Get returns the value of a name.
func (q Query) Get(name string) string { return q[name] }

// selects reports whether the query selects a pledge.
func (q Query) selects(p *pledge) bool {
	one := func(name string, values map[string]bool) bool {
		found := q[name] == ""
		for asked := range strings.SplitSeq(q[name], ",") {
			found = found || values[strings.TrimSpace(asked)]
		}
		return found
	}
	is := func(name, value string) bool { return one(name, map[string]bool{value: true}) }
	categories, regions, states := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, by := range p.pledgers {
		categories[by.category.String()] = true
		regions[by.state.Region().String()] = true
		if by.pledgesAsState() {
			states[by.state.Alpha3()] = true
		}
	}
	status := p.status.String()
	since, until := q["since"], q["until"]
	switch q["forum"] {
	case "2022":
		until = "2022-05-20"
	case "2026":
		since, until = "2022-05-21", "2026-05-08"
	case "2030":
		since = "2026-05-09"
	}
	first, last := days(p.announced.String())
	if from, _ := days(since); since != "" && (first == "" || first < from) {
		return false
	}
	if _, to := days(until); until != "" && (last == "" || last > to) {
		return false
	}
	return (status != "withdrawn" || q["withdrawn"] == "true" || strings.Contains(q["status"], "withdrawn")) &&
		is("type", p.kind.String()) && is("status", status) && is("reported", p.progress().status) && is("evidence", p.progress().evidence) && is("mirror", mirrors[p.mirror.String()]) &&
		one("objective", texts(p.objectives)) && one("principle", texts(p.principles)) && one("nature", texts(p.natures)) &&
		one("topic", set(p.themes)) && one("implementing", states3(p.implementing)) &&
		one("category", categories) && one("region", regions) && one("state", states)
}

var mirrors = map[string]string{"yes": "true", "no": "false"}

// days returns the first and the last day of a day, a month or a year; "" of nothing.
func days(date string) (first, last string) {
	for _, layout := range []string{"2006-01-02", "2006-01", "2006"} {
		if t, err := time.Parse(layout, date); err == nil {
			end := map[int]time.Time{10: t, 7: t.AddDate(0, 1, -1), 4: t.AddDate(1, 0, -1)}[len(date)]
			return t.Format("2006-01-02"), end.Format("2006-01-02")
		}
	}
	return "", ""
}

package hostile

import "strconv"

// Query is what a count is narrowed to, as names and values.
type Query map[string]string

// query draws a query, of which most select something.
func (s source) query() Query {
	q := Query{}
	for s.in(2) {
		switch s.IntN(12) {
		case 0:
			q["objective"] = strconv.Itoa(1 + s.IntN(23))
		case 1:
			q["principle"] = pick(s, principleCodes...)
		case 2:
			q["region"] = pick(s, "africa", "americas", "asia", "europe", "oceania")
		case 3:
			q["state"] = pick(s, "DEU", "FRA", "KEN", "PSE", "VAT", pick(s, states...).Alpha3())
		case 4:
			q["implementing"] = pick(s, "KEN", "SLE", "TUV", pick(s, states...).Alpha3())
		case 5:
			q["category"] = pick(s, append(categoryCodes, "member-state", "member-state")...)
		case 6:
			q["type"] = pick(s, typeCodes...)
		case 7:
			q["nature"] = pick(s, natureCodes...)
		case 8:
			q["status"] = pick(s, statusCodes...)
		case 9:
			q["mirror"] = pick(s, "true", "false")
		case 10:
			q["topic"] = pick(s, "climate", "data", "child-detention", "xn--", "thème", "the\u0300me", "nowhere")
		case 11:
			q["withdrawn"] = "true"
		}
	}
	return q
}

// Get returns the value of a name.
func (q Query) Get(name string) string { return q[name] }

// selects reports whether the query selects a pledge.
func (q Query) selects(p *pledge) bool {
	is := func(name, value string) bool { return q[name] == "" || q[name] == value }
	one := func(name string, values map[string]bool) bool { return q[name] == "" || values[q[name]] }
	categories, regions, states := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, by := range p.pledgers {
		categories[by.category.String()] = true
		regions[by.state.Region().String()] = true
		if by.pledgesAsState() {
			states[by.state.Alpha3()] = true
		}
	}
	status := p.status.String()
	return (status != "withdrawn" || q["withdrawn"] == "true" || q["status"] == "withdrawn") &&
		is("type", p.kind.String()) && is("status", status) && is("mirror", mirrors[p.mirror.String()]) &&
		one("objective", texts(p.objectives)) && one("principle", texts(p.principles)) && one("nature", texts(p.natures)) &&
		one("topic", set(p.themes)) && one("implementing", states3(p.implementing)) &&
		one("category", categories) && one("region", regions) && one("state", states)
}

var mirrors = map[string]string{"yes": "true", "no": "false"}

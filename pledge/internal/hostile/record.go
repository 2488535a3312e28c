package hostile

import (
	"strconv"
	"strings"
)

// members is what an object consists of, as it is written.
type members struct {
	names, values []string
}

// add adds a member, with a value that isn't its own now and then.
func (m *members) add(s source, name, value string) {
	switch {
	case s.in(70):
		value = s.odd()
	case s.in(900):
		value = s.broken()
	}
	m.names = append(m.names, name)
	m.values = append(m.values, value)
}

// object writes the object: mostly as a program would, at times as nobody would.
func (m *members) object(s source) string {
	colon, comma := ":", ","
	if s.in(10) {
		colon, comma = pick(s, ": ", " : ", ":\t", ":\r"), pick(s, ", ", " ,", ",\t", " , ")
	}
	order := make([]int, len(m.names))
	for i := range order {
		order[i] = i
	}
	if s.in(6) {
		s.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	}
	var b strings.Builder
	b.WriteByte('{')
	for n, i := range order {
		if n > 0 {
			b.WriteString(comma)
		}
		name := s.quote(m.names[i])
		if !s.in(40) && !strings.ContainsAny(m.names[i], "\\\"\n") {
			name = `"` + m.names[i] + `"`
		}
		b.WriteString(name + colon + m.values[i])
	}
	if s.ends(300) {
		b.WriteString(pick(s, ",", ",,", `,"a"`, ":", "}", "]", "{", "[", `"`))
	}
	b.WriteByte('}')
	return b.String()
}

// record draws one record: a pledge, more or less.
func (s source) record() string {
	switch {
	case s.in(80):
		return pick(s, "null", "true", "0", "-1e5", `"x"`, "[]", "{}", "[[[[[[[[]]]]]]]]", `[{"id":1}]`, `{"counts":{"total":999}}`, `{"id":null}`, strings.Repeat("[", 40)+strings.Repeat("]", 40), s.oddString())
	case s.in(150):
		return pick(s, s.broken(), `{"counts":{"total":999},"title":"a"}`)
	}
	var m members
	if !s.in(40) {
		m.add(s, "id", s.id())
	}
	if !s.in(12) {
		m.add(s, "updated", s.instant())
	}
	for _, field := range s.fields() {
		if s.in(2) {
			m.add(s, field.name, field.value())
		}
	}
	for s.in(12) {
		m.add(s, pick(s, "counts", "pledges", "feed", "as_of", "sequence", "query", "Id", "ID", "id ", "statut", "", "pledger", "implementation.states", "a/b~c", "\u0000", "émis", strings.Repeat("n", s.IntN(40)), "x"+strconv.Itoa(s.IntN(90))),
			pick(s, `{"total":999}`, "[]", "[1,2]", "{}", s.odd(), s.quote(s.junk()), `[{"id":"x","pledges":[{"counts":{}}]}]`))
	}
	if s.in(120) { // a name for the second time
		i := s.IntN(len(m.names) + 1)
		if i < len(m.names) {
			m.add(s, m.names[i], m.values[i])
		}
	}
	if s.in(200) { // more problems than are listed
		m.add(s, "natures", s.array(18+s.IntN(6), func() string { return s.quote("n" + strconv.Itoa(s.IntN(9))) }))
	}
	return m.object(s)
}

// field is a member that a record may have.
type field struct {
	name  string
	value func() string
}

func (s source) fields() []field {
	text := func() string { return s.quote(pick(s, s.name(), s.junk(), "A pledge")) }
	flag := func() string { return pick(s, "true", "false") }
	return []field{
		{"ref", text},
		{"title", func() string {
			if s.in(60) { // too long for a list
				return s.quote(strings.Repeat(s.name(), 10+s.IntN(60)))
			}
			return text()
		}},
		{"description", text},
		{"language", func() string { return s.quote(pick(s, "en", "fr", "zh-Hant", "x", strings.Repeat("l", 36))) }},
		{"type", func() string { return s.code(typeCodes...) }},
		{"matches", func() string {
			var m members
			m.add(s, "id", s.id())
			m.add(s, "ref", text())
			return m.object(s)
		}},
		{"mirror", flag},
		{"natures", func() string { return s.array(s.upTo(5), func() string { return s.code(natureCodes...) }) }},
		{"pledgers", func() string { return s.array(s.length(), s.pledger) }},
		{"objectives", func() string { return s.array(s.upTo(6), s.objective) }},
		{"principles", func() string { return s.array(s.upTo(5), func() string { return s.code(principleCodes...) }) }},
		{"themes", func() string { return s.array(s.length(), s.theme) }},
		{"implementation", s.implementation},
		{"announced", s.date},
		{"deadline", s.date},
		{"status", func() string { return s.code(statusCodes...) }},
		{"contributions", func() string { return s.array(s.upTo(3), s.contribution) }},
		{"reports", func() string {
			if s.in(200) {
				return s.array(99+s.IntN(3), func() string { return "{}" })
			}
			return s.array(s.upTo(4), s.report)
		}},
		{"champion", flag},
		{"links", func() string {
			return s.array(s.upTo(3), func() string {
				return s.quote(pick(s, "https://example.org/1", "HTTPS://example.org/2", "http://example.org", "javascript:alert(1)", "https://", s.junk(), "https://"+strings.Repeat("é", 240+s.IntN(10))))
			})
		}},
		{"source", text},
	}
}

// length draws how long a list is: short, or about as long as what is done at once.
func (s source) length() int {
	if s.in(150) {
		return pick(s, 15, 16, 17, 31, 32, 33, 63, 64, 65, 130)
	}
	return s.upTo(4)
}

// revised draws another revision of a record: mostly of the same instant, with one
// thing in it another one.
func (s source) revised(record string) string {
	switch s.IntN(4) {
	case 0:
		return record
	case 3:
		for s.in(2) { // a value in a list is another one
			pair := pick(s, [2]string{"IOM", "ILO"}, [2]string{`"KEN"`, `"FRA"`}, [2]string{`"DEU"`, `"KEN"`}, [2]string{"climate", "data"}, [2]string{`"x"`, `"y"`}, [2]string{"xn--", "climate"}, [2]string{`"EUR"`, `"USD"`}, [2]string{"200000", "1"}, [2]string{`"name":"`, `"name":"A `})
			record = strings.Replace(record, pair[0], pair[1], 1)
		}
		return record
	case 1:
		for _, f := range s.fields() {
			if s.in(6) {
				return strings.Replace(record, `{"id":`, `{"`+f.name+`":`+f.value()+`,"id":`, 1) // at times for the second time
			}
		}
	}
	return strings.Replace(record, "2022-05-20T10:00:00Z", pick(s, "2022-05-20T10:00:01Z", "2022-05-20T12:00:00+02:00", "2022-05-20T09:00:00Z"), 1)
}

package hostile

import "bytes"

// Case is a feed that was drawn.
type Case struct {
	Seed   uint64
	Limits Limits
	Feed   []byte
	parts  [][]byte // of which it consists, to be left out one by one
	Query  Query
}

// Limits are those of a reader; a zero field means the default.
type Limits struct {
	Record, Records, Depth int
	snapshot               int
}

// Draw draws the case of a seed.
func Draw(seed uint64) *Case {
	s := newSource(seed)
	s.large = s.in(600)
	c := &Case{Seed: seed, Query: s.query()}
	if s.ends(6) {
		c.Limits.Record = pick(s, 40, 150, 300, 600)
	}
	if s.ends(6) {
		c.Limits.Depth = 1 + s.IntN(6)
	}
	if s.ends(40) {
		c.Limits.Records = 1 + s.IntN(20)
	}
	c.parts = s.feed()
	if len(c.parts) > 0 && s.ends(25) { // the connection breaks
		n := s.IntN(len(c.parts))
		c.parts = append(c.parts[:n:n], s.cut(c.parts[n]))
	}
	if len(c.parts) > 0 && s.ends(25) {
		n := s.IntN(len(c.parts))
		c.parts[n] = s.spoil(c.parts[n], false)
	}
	c.Feed = bytes.Join(c.parts, nil)
	return c
}

// size draws how many records there are: few, or about as many as are read, put
// or kept at once.
func (s source) size() int {
	switch {
	case s.large:
		return 5900 + s.IntN(600) // of which about 4,096 are pledges
	case s.in(40):
		return pick(s, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 257)
	}
	return s.upTo(16)
}

// feed draws the parts of a feed.
func (s source) feed() (parts [][]byte) {
	add := func(texts ...string) {
		for _, text := range texts {
			parts = append(parts, []byte(text))
		}
	}
	if s.in(20) {
		add("\ufeff")
	}
	if s.in(8) {
		add(s.blanks())
	}
	size := s.size()
	var records []string
	for range size {
		record := ""
		if len(records) > 0 && s.in(5) {
			record = s.revised(pick(s, records...))
		} else {
			record = s.record()
		}
		if s.in(60) {
			record = string(s.spoil([]byte(record), !s.ends(12)))
		}
		records = append(records, record)
	}
	switch s.IntN(5) {
	case 0:
		add("[")
		s.list(records, add)
		add("]")
	case 1, 2:
		s.lines(records, add)
	default:
		s.object(records, add)
	}
	if s.in(10) {
		add(s.blanks())
	}
	if s.ends(60) {
		add(pick(s, "x", "]", "}", ",", "{}", "[]", "\x00", "null", "\ufeff", "\xa0"))
	}
	return parts
}

// list writes the records of an array.
func (s source) list(records []string, add func(...string)) {
	comma := pick(s, ",", ",", ",\n", "\r\n,\t", " , ")
	for i, record := range records {
		if i > 0 {
			add(comma)
		}
		if s.in(60) {
			add(s.blanks())
		}
		if add(record); s.ends(400) {
			add(pick(s, ",", ",,", ":", "]", "}", "x", `"`))
		}
	}
	if s.in(8) {
		add(s.blanks())
	}
}

// lines writes a record a line.
func (s source) lines(records []string, add func(...string)) {
	end := pick(s, "\n", "\n", "\n", "\n", "\r\n", "\n\n", "\n\r\n\n", "\n \t\n", " \t\n", "\n\t")
	if s.in(30) {
		end = pick(s, "\r", "\n\r", "\v\n", "\f\n", "\u2028", "\u0085\n", ",\n", "\x1e", "\n# no\n", "\n// no\n", "\n;\n", "\x00\n", "\n\ufeff")
	}
	for i, record := range records {
		if add(record); i+1 < len(records) || s.in(2) {
			add(end)
		}
	}
}

// object writes a feed object: its header before its records, and behind them.
func (s source) object(records []string, add func(...string)) {
	add("{")
	comma := ""
	member := func(name, value string) {
		add(comma + name + pick(s, ":", ":", ":", " : ", ":\n") + value)
		comma = pick(s, ",", ",", ",\n")
	}
	used := map[string]bool{}
	header := func(often int) {
		for s.in(often) {
			if name, value := s.headerMember(); !used[name] || s.in(40) {
				member(name, value)
				used[name] = true
			}
		}
	}
	header(2)
	for s.in(80) { // a second one
		member(s.quotedPledges(), "[]")
	}
	if !s.in(60) {
		member(s.quotedPledges(), pick(s, "[", "[", "[", " [\n"))
		s.list(records, add)
		add("]")
	}
	header(4)
	if s.in(60) {
		member(`"pledges"`, pick(s, "[]", "null", `[{"id":1}]`))
	}
	add("}")
}

func (s source) quotedPledges() string {
	if s.in(100) {
		return pick(s, `"\u0070ledges"`, `"Pledges"`, `"pledges "`, `"\"pledges"`, `"x\\"pledges"`, `pledges`)
	}
	return `"pledges"`
}

// headerMember draws a member of a feed object that isn't its records.
func (s source) headerMember() (name, value string) {
	name = pick(s, "feed", "title", "publisher", "license", "as_of", "as_of", "illustrative", "sequence", "sequence", "counts", "x", "query", "id")
	switch {
	case s.in(5):
		value = s.odd()
	case s.in(100):
		value = s.broken()
	case name == "as_of":
		value = s.instant()
	case name == "illustrative":
		value = pick(s, "true", "false")
	case name == "sequence":
		value = pick(s, "1", "41", "9007199254740993", "18446744073709551615", "18446744073709551616", "-1", "1.5", "1e3", "0")
	case name == "counts":
		value = `{"total":999}`
	case name == "x":
		value = pick(s, `{"pledges":[{}]}`, `[[]]`, `"\"pledges\":["`, `["pledges"]`)
	default:
		value = s.quote(pick(s, s.name(), s.junk(), "https://example.org"))
	}
	return `"` + name + `"`, value
}

// Split returns feeds that have the parts of the case between them, each in the
// form of another one.
func (c *Case) Split(n int) [][]byte {
	s := newSource(c.Seed ^ 1<<63)
	all := make([][]byte, n)
	for _, part := range c.parts {
		i := s.IntN(n)
		switch s.IntN(12) {
		case 0: // in two of them
			j := s.IntN(n)
			all[j] = append(append(all[j], part...), '\n')
		case 1:
			continue
		}
		if len(part) > 20 { // rather a record than what is around it
			all[i] = append(append(all[i], part...), '\n')
		}
	}
	return all
}

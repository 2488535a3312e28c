package hostile

import (
	"bytes"
	"strings"
)

// piece is one record as it stands in a feed.
type piece struct {
	offset int
	text   []byte
	fault  string // the rule for which it is refused as a whole
}

// stream is a feed that has been cut into records.
type stream struct {
	records []piece
	lines   bool

	object     bool // a feed object: its header is
	head, tail []byte
	from, to   int // where these two begin
}

// stop is where a feed can't be cut any further.
type stop struct{ offset int }

const blank = " \t\r\n"

// cutter cuts a feed into records; it panics with a stop.
type cutter struct {
	feed  []byte
	limit Limits
	at    int
	stream
}

func cutFeed(feed []byte, limit Limits) (stream, *stop) {
	c := cutter{feed: feed, limit: limit}
	broken := until(c.all)
	return c.stream, broken
}

// until calls f, and returns the stop that it panics with.
func until(f func()) (broken *stop) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case stop:
			broken = &r
		default:
			panic(r)
		}
	}()
	f()
	return nil
}

func (c *cutter) fail(offset int) { panic(stop{offset}) }

// next returns the next byte that isn't blank; it is an error if there is none.
func (c *cutter) next() byte {
	c.blanks()
	if c.at == len(c.feed) {
		c.fail(c.at)
	}
	return c.feed[c.at]
}

func (c *cutter) blanks() {
	for c.at < len(c.feed) && strings.IndexByte(blank, c.feed[c.at]) >= 0 {
		c.at++
	}
}

func (c *cutter) all() {
	if bytes.HasPrefix(c.feed, []byte("\ufeff")) {
		c.at = 3
	}
	switch c.next() {
	case '[':
		c.at++
		c.elements()
	case '{':
		start := c.at
		v := value{from: start, first: true}
		switch c.scan(&v) {
		case isPledges:
			c.object, c.from, c.head = true, start, c.feed[start:c.at]
			c.elements()
			c.rest()
		case isBroken:
			v.fault = "broken"
			if end := bytes.IndexByte(c.feed[c.at:], '\n'); end >= 0 {
				c.at += end
			} else {
				c.at = len(c.feed)
			}
			fallthrough
		default:
			c.lines = true
			c.add(v)
			c.eachLine()
			return
		}
	default:
		c.fail(c.at)
	}
	if c.blanks(); c.at < len(c.feed) {
		c.fail(c.at)
	}
}

// elements cuts the elements of an array of which the bracket has been read.
func (c *cutter) elements() {
	if c.next() == ']' {
		c.at++
		return
	}
	for {
		if first := c.next(); first == ',' || first == ']' || first == '}' {
			c.fail(c.at)
		}
		v := value{from: c.at}
		if c.scan(&v) == isBroken {
			c.fail(c.at)
		}
		c.add(v)
		last := c.next()
		if last != ',' && last != ']' {
			c.fail(c.at)
		}
		if c.at++; last == ']' {
			return
		}
	}
}

// rest cuts what is behind the records of a feed object.
func (c *cutter) rest() {
	c.to = c.at - 1
	v := value{from: c.to, due: "}]", tail: true}
	if c.at--; c.scan(&v) == isBroken {
		c.fail(c.at)
	}
	if c.at-c.to > c.limit.Record {
		c.fail(c.to)
	}
	c.tail = c.feed[c.to:c.at]
}

// eachLine cuts the lines behind the first record.
func (c *cutter) eachLine() {
	for c.blanks(); c.at < len(c.feed); c.blanks() {
		v := value{from: c.at}
		line, _, _ := bytes.Cut(c.feed[c.at:], []byte("\n"))
		c.at += len(line)
		if len(line) <= c.limit.Record {
			inside := cutter{feed: bytes.TrimRight(line, blank), limit: c.limit}
			v.fault = inside.nested()
		}
		c.add(v)
	}
}

// nested returns the fault of a line whose brackets nest too deep.
func (c *cutter) nested() string {
	var v value
	until(func() { c.scan(&v) }) // or to the end of the line
	return v.fault
}

// add adds the record that ends here.
func (c *cutter) add(v value) {
	if len(c.records) == c.limit.Records {
		c.fail(v.from)
	}
	if c.at-v.from > c.limit.Record && v.fault == "" {
		v.fault = "too-large"
	}
	p := piece{offset: v.from, fault: v.fault}
	if v.fault == "" || v.first && v.fault == "too-large" { // which may be a snapshot
		p.text = bytes.TrimRight(c.feed[v.from:c.at], blank)
	}
	c.records = append(c.records, p)
}

// value is a JSON value, or what has the brackets and quotes of one.
type value struct {
	from  int
	first bool   // it may be a feed object, or a line
	tail  bool   // behind the records of a feed object
	due   string // the brackets that close it, the outermost first
	fault string
}

// What a scan has found.
const (
	isValue   = iota
	isPledges // the bracket of the records of a feed object
	isBroken
)

// scan moves behind a value, or to what is wrong with it.
func (c *cutter) scan(v *value) int {
	text, bare, begun := false, v.due == "", false // inside a string; no bracket yet; neither blanks nor commas only
	tooDeep := 0                                   // brackets beyond the limit; which ones isn't looked at
	for ; c.at < len(c.feed); c.at++ {
		b := c.feed[c.at]
		if c.at-v.from > c.most(v) && v.fault == "" {
			v.fault = "too-large"
		}
		if v.tail && v.fault != "" {
			c.fail(v.from)
		}
		switch {
		case text && v.first && b == '\n':
			return isBroken
		case text && b == '\\':
			if c.at+1 < len(c.feed) && !(v.first && c.feed[c.at+1] == '\n') {
				c.at++
			}
		case text && b == '"':
			if text = false; v.due == "" {
				c.at++
				return isValue
			}
		case text:
		case b == '"' || b == '{' || b == '[':
			if bare && begun {
				return isValue
			}
			if bare = false; b == '"' {
				text = true
			} else if len(v.due) == c.limit.Depth {
				if tooDeep++; v.fault == "" {
					v.fault = "too-deep"
				}
			} else if v.due += string(b + 2); b == '[' && v.first && len(v.due) == 2 && v.fault == "" && c.isRecords(v.from) {
				if c.at+1-v.from <= c.limit.Record {
					c.at++
					return isPledges
				}
				v.fault = "too-large"
			}
		case b == '}' || b == ']':
			if v.due == "" {
				return isValue
			}
			if tooDeep > 0 {
				tooDeep--
				continue
			}
			if v.due[len(v.due)-1] != b {
				return isBroken
			}
			if v.due = v.due[:len(v.due)-1]; v.due == "" {
				c.at++
				return isValue
			}
		case strings.IndexByte(","+blank, b) < 0:
			begun = true
		case bare && begun:
			return isValue
		}
	}
	if v.tail && v.fault != "" {
		c.fail(v.from)
	}
	c.fail(len(c.feed))
	return isBroken
}

// most is how large a value may be: a reader that only counts goes on with the first
// object, as that may be a snapshot.
func (c *cutter) most(v *value) int {
	if v.first {
		return max(c.limit.Record, c.limit.snapshot)
	}
	return c.limit.Record
}

// hasID reports whether there is an ID in what an object begins with.
func hasID(begin []byte) bool {
	n, _ := parse(begin)
	for i, m := range n.members {
		if n.names[i] == "id" && m.kind == '"' {
			id, ok := parseID(m.text)
			return ok && strings.Trim(id, "0-") != ""
		}
	}
	return false
}

// isRecords reports whether the value that begins here is that of a name
// "pledges", written so, of an object that isn't a pledge.
func (c *cutter) isRecords(from int) bool {
	before := strings.TrimRight(string(c.feed[from:c.at]), blank)
	before, colon := strings.CutSuffix(before, ":")
	before, name := strings.CutSuffix(strings.TrimRight(before, blank), `"pledges"`)
	return colon && name && !strings.HasSuffix(before, `\`) && !hasID(c.feed[from:c.at])
}

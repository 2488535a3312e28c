package hostile

import (
	"encoding/json"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
)

// Recounted is what the oracle says of a feed.
type Recounted struct {
	// Broken is where the feed can't be read any further; -1 if it can be read to
	// its end.
	Broken  int64
	Records int
	Lost    int
	pledges map[string]*pledge

	// Problems are those of records, in their order, and then those of the header.
	Problems []Problem
	Found    int // how many there are, listed or not
	// BadHeader says that the feed object itself isn't JSON: the last of the
	// problems says why.
	BadHeader bool
	// Snapshot says that the first record is taken for counts.
	Snapshot bool
}

// maxProblems is how many problems of a record are listed.
const maxProblems = 20

// Recount reads a feed plainly.
func Recount(feed []byte, limits Limits, fields Fields) *Recounted {
	if fields < All {
		limits.snapshot = 8 << 20
	}
	defaults := Limits{Record: 1 << 20, Records: 10_000_000, Depth: 32}
	for _, l := range []struct{ limit, or *int }{{&limits.Record, &defaults.Record}, {&limits.Records, &defaults.Records}, {&limits.Depth, &defaults.Depth}} {
		if *l.limit == 0 {
			*l.limit = *l.or
		}
	}
	c := &Recounted{Broken: -1, pledges: map[string]*pledge{}}
	s, broken := cutFeed(feed, limits)
	if broken != nil {
		c.Broken = int64(broken.offset)
	}
	for i, record := range s.records {
		c.record(i, record, fields)
		if s.lines && i == 0 && isSnapshot(record.text) {
			c.Snapshot = true
		}
	}
	if c.Broken < 0 && s.object {
		c.header(&s)
	}
	return c
}

// read reads a record, up to the first fault.
func read(text []byte) (node, *fault) {
	n, bad := parse(text)
	if long := tooLong(n); long != nil && (bad == nil || long.offset < bad.offset) {
		return n, long
	}
	return n, bad
}

func isSnapshot(text []byte) bool {
	n, _ := parse(text)
	counts := false
	for i, m := range n.members {
		switch n.names[i] {
		case "counts":
			counts = m.kind == '{'
		case "id", "updated", "type", "status", "mirror", "natures", "objectives", "principles", "themes", "pledgers", "implementation", "announced", "contributions", "language", "links", "deadline", "reports":
			return false
		}
	}
	return counts
}

func (c *Recounted) record(index int, record piece, fields Fields) {
	r := reading{fields: fields}
	var p *pledge
	if record.fault != "" {
		r.problems = []Problem{{Rule: record.fault}}
	} else if n, bad := read(record.text); bad != nil {
		r.problems = []Problem{{Rule: bad.rule, Path: bad.path, Offset: int64(bad.offset)}}
	} else {
		p = r.record(n)
	}
	if n := len(r.problems); p == nil {
		r.problems[n-1].Lost = true
		c.Lost++
	} else if old, ok := c.pledges[p.id]; !ok || p.compare(old) > 0 {
		c.pledges[p.id] = p
	}
	for _, problem := range listed(r.problems) {
		c.Found += max(1, problem.More)
		problem.Record = index
		problem.Offset += int64(record.offset)
		c.Problems = append(c.Problems, problem)
	}
	c.Records++
}

// listed returns those problems of a record that are listed.
func listed(all []Problem) []Problem {
	last := len(all) - 1
	lost := last >= 0 && all[last].Rule == "required" && all[last].Path == "/id"
	values := all
	if lost {
		values = all[:last]
	}
	if len(values) >= maxProblems {
		kept := slices.Clone(values[:maxProblems])
		kept[maxProblems-1].Rule, kept[maxProblems-1].Path, kept[maxProblems-1].More = "too-many", "", len(values)-maxProblems+1
		values = kept
	}
	if lost {
		return append(slices.Clone(values), all[last])
	}
	return values
}

// header reads the members of a feed object that aren't its records.
func (c *Recounted) header(s *stream) {
	r := reading{}
	n, bad := parse(slices.Concat(s.head, s.tail))
	if bad != nil {
		c.BadHeader = true
		r.problems = []Problem{{Rule: bad.rule, Path: bad.path, Offset: int64(bad.offset)}}
	}
	for i, m := range n.members {
		if bad != nil {
			break
		}
		switch n.names[i] {
		case "id":
			if id, ok := parsed(&r, m, "malformed", parseID); ok && strings.Trim(id, "0-") != "" {
				c.BadHeader = true
			}
		case "feed", "title", "publisher", "license":
			r.text(m)
		case "as_of":
			parsed(&r, m, "malformed", valid(gcm.ParseInstant))
		case "illustrative":
			r.flag(m)
		case "sequence":
			if r.is(m, "0") {
				if _, err := strconv.ParseUint(m.text, 10, 64); err != nil {
					r.note(m, "malformed")
				}
			}
		}
	}
	all := listed(r.problems)
	if bad == nil && c.BadHeader { // it is a pledge
		all = append([]Problem{{Path: "/id", Rule: "unknown"}}, all...)
	}
	for _, p := range all {
		c.Found += max(1, p.More)
		p.Record = -1
		if p.Offset += int64(s.from); p.Offset > int64(s.from+len(s.head)) {
			p.Offset += int64(s.to - s.from - len(s.head))
		}
		c.Problems = append(c.Problems, p)
	}
}

// Merge adds what another feed has; only its pledges.
func (c *Recounted) Merge(other *Recounted) {
	for id, p := range other.pledges {
		if old, ok := c.pledges[id]; !ok || p.compare(old) > 0 {
			c.pledges[id] = p
		}
	}
}

// IDs returns the IDs of the pledges, withdrawn ones included, in their order.
func (c *Recounted) IDs() (ids []string) {
	for id := range c.pledges {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// Remove forgets a pledge.
func (c *Recounted) Remove(id string) { delete(c.pledges, id) }

// Count counts the pledges that a query selects. It returns the JSON that counts
// are published as, as [Canonical] has it.
func (c *Recounted) Count(q Query) string {
	t := tally{}
	pledgers, members := map[string]bool{}, map[string]bool{}
	for _, name := range []string{"total", "global", "joint", "mirror", "matching", "financial", "by_member_states"} {
		t[name] = 0
	}
	for _, name := range []string{"objectives", "principles", "types", "natures", "statuses", "categories", "regions", "themes", "states", "implementing", "months", "cumulative",
		"reported", "evidence", "reports", "deadlines", "due"} {
		t[name] = map[string]int{}
	}
	t["progress"] = map[string]map[string]int{}
	sums := map[[3]string]*sum{}
	for _, p := range c.pledges {
		if q.selects(p) {
			t.add(p, pledgers, members, sums)
		}
	}
	t["pledgers"], t["member_states"] = len(pledgers), len(members)
	t["sums"], t["reported_sums"] = listSums(sums, false), listSums(sums, true)
	t.cumulate()
	return marshal(t)
}

// tally is counts in the form of their JSON.
type tally map[string]any

func (t tally) one(name string, when bool) {
	if when {
		t[name] = t[name].(int) + 1
	}
}

// each counts a pledge once in each value of a dimension, or as one that states
// none.
func (t tally) each(name string, values map[string]bool) {
	delete(values, "")
	if len(values) == 0 && name != "themes" && name != "states" && name != "implementing" {
		values = map[string]bool{"not-stated": true}
	}
	for v := range values {
		t[name].(map[string]int)[v]++
	}
}

func (t tally) add(p *pledge, pledgers, members map[string]bool, sums map[[3]string]*sum) {
	categories, regions, asStates := map[string]bool{}, map[string]bool{}, map[string]bool{}
	byMember := false
	for _, by := range p.pledgers {
		pledgers[by.key] = true
		categories[by.category.String()] = true
		regions[by.state.Region().String()] = true
		if by.pledgesAsState() {
			asStates[by.state.Alpha3()] = true
			if by.state.IsMember() {
				members[by.state.Alpha3()], byMember = true, true
			}
		}
	}
	t.one("total", true)
	t.one("global", p.global)
	t.one("joint", p.kind == gcm.Common || p.kind == gcm.Partnership)
	t.one("matching", p.kind == gcm.Matching)
	t.one("mirror", p.mirror == gcm.Yes)
	t.one("financial", slices.Contains(p.natures, gcm.Financial))
	t.one("by_member_states", byMember)
	t.each("objectives", texts(p.objectives))
	t.each("principles", texts(p.principles))
	t.each("natures", texts(p.natures))
	t.each("types", set([]string{p.kind.String()}))
	t.each("statuses", set([]string{p.status.String()}))
	t.each("categories", categories)
	t.each("regions", regions)
	t.each("themes", set(p.themes))
	t.each("states", asStates)
	t.each("implementing", states3(p.implementing))
	month := p.announced.String()
	t.each("months", set([]string{month[:min(len(month), len("2022-05"))]}))
	g := p.progress()
	t.each("reported", set([]string{g.status}))
	t.each("evidence", set([]string{g.evidence}))
	deadline := p.deadline.String()
	deadline = deadline[:min(len(deadline), len("2022-05"))]
	for name, when := range map[string]bool{"deadlines": true, "due": g.open} {
		if deadline != "" && when {
			t[name].(map[string]int)[deadline]++
		}
	}
	if g.reported != "" {
		t["reports"].(map[string]int)[g.reported]++
		all, status := t["progress"].(map[string]map[string]int), g.status
		if status == "" {
			status = "not-stated"
		}
		if all[status] == nil {
			all[status] = map[string]int{}
		}
		all[status][g.evidence]++
	}
	met := map[[3]string]bool{}
	for _, m := range p.money {
		key := [3]string{"", m.money.Currency().String(), string('0' + rune(m.stage))}
		for _, ofStatus := range []bool{false, true} {
			if ofStatus && g.reported == "" {
				continue
			} else if ofStatus {
				status, _ := gcm.StatusFromCode(g.status)
				key[0] = string('0' + rune(status))
			}
			if sums[key] == nil {
				sums[key] = &sum{contribution: m, status: g.status}
			}
			if sums[key].minor.Add(&sums[key].minor, big.NewInt(m.money.Minor())); !met[key] {
				sums[key].pledges++
				met[key] = true
			}
		}
	}
}

// sum is an amount in one currency at one stage.
type sum struct {
	contribution
	status  string
	minor   big.Int
	pledges int
}

// listSums lists those of all pledges, or those by status of pledges with a report.
func listSums(sums map[[3]string]*sum, byStatus bool) []any {
	var keys [][3]string
	for key := range sums {
		if byStatus == (key[0] != "") {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(a, b [3]string) int { return slices.Compare(a[:], b[:]) })
	list := []any{}
	for _, key := range keys {
		s := sums[key]
		currency := s.money.Currency()
		digits, decimals := s.minor.String(), currency.Exponent()
		if short := decimals + 1 - len(digits); short > 0 {
			digits = strings.Repeat("0", short) + digits
		}
		if whole := len(digits) - decimals; decimals > 0 {
			digits = digits[:whole] + "." + digits[whole:]
		}
		entry := map[string]any{"currency": currency.String(), "amount": digits, "pledges": s.pledges}
		if s.stage.IsValid() {
			entry["stage"] = s.stage.String()
		}
		if byStatus && s.status != "" {
			entry["status"] = s.status
		}
		list = append(list, entry)
	}
	return list
}

// cumulate adds up the months; those of which only the year is known are added in
// its December.
func (t tally) cumulate() {
	announced := map[string]int{}
	for month, n := range t["months"].(map[string]int) {
		switch len(month) {
		case len("2022"):
			announced[month+"-12"] += n
		case len("2022-05"):
			announced[month] += n
		}
	}
	for month := range announced {
		n := 0
		for other, more := range announced {
			if other <= month {
				n += more
			}
		}
		t["cumulative"].(map[string]int)[month] = n
	}
}

func texts[E interface{ String() string }](values []E) map[string]bool {
	s := map[string]bool{}
	for _, v := range values {
		s[v.String()] = true
	}
	return s
}

func states3(states []gcm.State) map[string]bool {
	s := map[string]bool{}
	for _, state := range states {
		s[state.Alpha3()] = true
	}
	return s
}

func set(values []string) map[string]bool {
	s := map[string]bool{}
	for _, v := range values {
		s[v] = true
	}
	return s
}

// Canonical returns JSON with the members of objects in one order, so that what is
// equal is written alike; the text itself if it isn't JSON.
func Canonical(text []byte) string {
	var v any
	if json.Unmarshal(text, &v) != nil {
		return string(text)
	}
	return marshal(v)
}

func marshal(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

package hostile

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
)

// Fields says which fields of a record are read.
type Fields int

// The fields: those that are counted; also those that lists show; all.
const (
	Counted Fields = iota
	Listed
	All
)

// Problem is what is wrong with a record, or with one value in it.
type Problem struct {
	Record int
	Offset int64
	Path   string
	Rule   string
	Lost   bool
	More   int // problems that aren't listed
}

// pledge is what is counted of a record.
type pledge struct {
	id           string
	updated      gcm.Instant
	kind         gcm.Type
	status       gcm.Status
	mirror       gcm.Answer
	natures      []gcm.Nature
	objectives   []objectives.Objective
	principles   []gcm.Principle
	themes       []string
	pledgers     []pledger
	implementing []gcm.State
	global       bool
	announced    gcm.Date
	money        []contribution
	deadline     gcm.Date
	reports      []report
	shown
}

type pledger struct {
	key      string
	category gcm.Category
	state    gcm.State
}

func (p pledger) pledgesAsState() bool { return p.category == gcm.MemberState && p.state.IsValid() }

type contribution struct {
	money gcm.Money
	stage gcm.Stage
}

// reading is a record that is being read.
type reading struct {
	fields   Fields
	problems []Problem // their offsets from the start of the record
}

func (r *reading) note(n node, rule string) {
	r.problems = append(r.problems, Problem{Path: n.path, Offset: int64(n.end), Rule: rule})
}

// is reports whether a value is of one of the kinds; null says nothing.
func (r *reading) is(n node, kinds string) bool {
	ok := strings.IndexByte(kinds, n.kind) >= 0
	if !ok && n.kind != 'n' {
		r.note(n, "type")
	}
	return ok
}

// longest is how many values the lists of a record may have.
var longest = map[string]int{"/pledgers": 500, "/themes": 64, "/contributions": 100, "/links": 50, "/implementation/states": 197, "/reports": 100,
	"/reports/*/indicators": 50, "/reports/*/links": 50, "/reports/*/states": 197}

// tooLong finds the first list of a record that is longer than it may be. Nobody
// reads such a record, also who doesn't read the list.
func tooLong(n node) *fault {
	path := inReport.ReplaceAllString(n.path, "/reports/*$1")
	most := longest[path]
	members := n.members
	if n.kind == '[' && most > 0 && len(members) > most {
		if path != "/reports" {
			return &fault{"too-long", n.path, members[most].start}
		}
		members = members[:most]
	}
	if n.kind == '{' && (path == "" || path == "/implementation" || path == "/reports/*") || n.kind == '[' && path == "/reports" {
		for _, m := range members {
			if long := tooLong(m); long != nil {
				return long
			}
		}
	}
	if len(members) < len(n.members) {
		return &fault{"too-long", n.path, n.members[most].start}
	}
	return nil
}

// inReport is a path in a report.
var inReport = regexp.MustCompile(`^/reports/[0-9]+(/(indicators|links|states))?$`)

// text returns a string, which is empty if there is none.
func (r *reading) text(n node) string {
	r.is(n, `"`)
	if n.kind != '"' {
		return ""
	}
	return n.text
}

// parsed reads a string that isn't empty.
func parsed[T any](r *reading, n node, rule string, parse func(string) (T, bool)) (v T, ok bool) {
	if s := r.text(n); s != "" {
		if v, ok = parse(s); !ok {
			r.note(n, rule)
		}
	}
	return v, ok
}

func valid[T any](parse func(string) (T, error)) func(string) (T, bool) {
	return func(s string) (T, bool) { v, err := parse(s); return v, err == nil }
}

// each reads an array of codes.
func each[T any](r *reading, n node, from func(string) (T, bool)) (all []T) {
	for _, m := range r.elements(n) {
		if v, ok := parsed(r, m, "unknown", from); ok {
			all = append(all, v)
		}
	}
	return all
}

func (r *reading) elements(n node) []node {
	if !r.is(n, "[") {
		return nil
	}
	return n.members
}

func (r *reading) flag(n node) gcm.Answer {
	if !r.is(n, "tf") {
		return 0
	} else if n.kind == 't' {
		return gcm.Yes
	}
	return gcm.No
}

var uuid = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)

func parseID(s string) (string, bool) {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return "", false // some have a lower case of ASCII
		}
	}
	if s = strings.ToLower(s); !uuid.MatchString(s) {
		return "", false
	}
	return s, true
}

// record interprets the record of a feed; nil if it is lost.
func (r *reading) record(n node) *pledge {
	if n.kind != '{' {
		r.note(n, "type")
		return nil
	}
	p := new(pledge)
	for i, m := range n.members {
		r.member(p, n.names[i], m)
	}
	if p.id == "" || strings.Trim(p.id, "0-") == "" {
		r.problems = append(r.problems, Problem{Path: "/id", Rule: "required"})
		return nil
	}
	return p
}

func (r *reading) member(p *pledge, name string, n node) {
	switch name {
	case "id":
		p.id, _ = parsed(r, n, "malformed", parseID)
	case "updated":
		p.updated, _ = parsed(r, n, "malformed", valid(gcm.ParseInstant))
	case "type":
		p.kind, _ = parsed(r, n, "unknown", gcm.TypeFromCode)
	case "status":
		p.status, _ = parsed(r, n, "unknown", gcm.StatusFromCode)
	case "mirror":
		p.mirror = r.flag(n)
	case "natures":
		p.natures = sorted(each(r, n, gcm.NatureFromCode))
	case "principles":
		p.principles = sorted(each(r, n, gcm.PrincipleFromCode))
	case "objectives":
		for _, m := range r.elements(n) {
			if r.is(m, "0") {
				if o, ok := objectives.FromCode(m.text); ok {
					p.objectives = append(p.objectives, o)
				} else {
					r.note(m, "unknown")
				}
			}
		}
		p.objectives = sorted(p.objectives)
	case "themes":
		p.themes = firsts(r.texts(n))
	case "pledgers":
		for _, m := range r.elements(n) {
			by, name, ok := r.pledger(m)
			if !ok || slices.Contains(p.pledgers, by) {
				continue
			}
			p.pledgers = append(p.pledgers, by)
			if r.fields == Listed {
				p.names = append(p.names, shortened(name))
			}
		}
	case "implementation":
		if r.is(n, "{") {
			for i, m := range n.members {
				switch n.names[i] {
				case "states":
					p.implementing = firsts(each(r, m, gcm.StateFromAlpha3))
				case "global":
					p.global = r.flag(m) == gcm.Yes
				case "level":
					parsed(r, m, "unknown", gcm.LevelFromCode)
				}
			}
		}
	case "announced":
		p.announced, _ = parsed(r, n, "malformed", valid(gcm.ParseDate))
	case "deadline":
		p.deadline, _ = parsed(r, n, "malformed", valid(gcm.ParseDate))
	case "reports":
		p.reports = r.reports(n)
	case "contributions":
		for _, m := range r.elements(n) {
			r.contribution(p, m)
		}
	case "title", "language", "links":
		if r.fields >= Listed {
			r.listed(p, name, n)
		}
	default:
		if r.fields == All {
			r.other(name, n)
		}
	}
}

// listed reads a field that lists show.
func (r *reading) listed(p *pledge, name string, n node) {
	if name == "links" {
		p.link = secure(r.texts(n))
		return
	}
	text := r.text(n)
	if name == "title" {
		p.title = shortened(text)
	} else if len(text) <= 35 {
		p.language = text
	}
}

// other reads a field that nothing counts or lists.
func (r *reading) other(name string, n node) {
	switch name {
	case "ref", "description", "source":
		r.text(n)
	case "champion":
		r.flag(n)
	case "matches":
		if r.is(n, "{") {
			for i, m := range n.members {
				switch n.names[i] {
				case "id":
					parsed(r, m, "malformed", parseID)
				case "ref", "title":
					r.text(m)
				}
			}
		}
	}
}

func (r *reading) texts(n node) (all []string) {
	for _, m := range r.elements(n) {
		if s := r.text(m); s != "" {
			all = append(all, s)
		}
	}
	return all
}

func (r *reading) pledger(n node) (by pledger, name string, ok bool) {
	if !r.is(n, "{") {
		return by, "", false
	}
	for i, m := range n.members {
		switch n.names[i] {
		case "name":
			name = r.text(m)
		case "via":
			r.text(m)
		case "category":
			by.category, _ = parsed(r, m, "unknown", gcm.CategoryFromCode)
		case "state":
			by.state, _ = parsed(r, m, "unknown", gcm.StateFromAlpha3)
		}
	}
	if name == "" && !by.state.IsValid() {
		r.note(n, "required")
		return by, "", false
	}
	by.key = strings.Join(strings.Fields(strings.ToLower(name)), " ") + "\n" + by.state.Alpha3()
	if by.pledgesAsState() {
		by.key = by.state.Alpha3()
	}
	return by, name, true
}

func (r *reading) contribution(p *pledge, n node) {
	if !r.is(n, "{") {
		return
	}
	var c contribution
	var amount node
	currency := ""
	for i, m := range n.members {
		switch n.names[i] {
		case "amount":
			if m.kind != '"' && !r.is(m, "0") {
				m.text = ""
			}
			amount = m
		case "currency":
			currency = r.text(m)
		case "stage":
			c.stage, _ = parsed(r, m, "unknown", gcm.StageFromCode)
		case "to":
			r.text(m)
		}
	}
	if amount.text == "" || currency == "" {
		r.note(n, "required")
		return
	}
	code, ok := gcm.CurrencyFromCode(currency)
	if !ok {
		r.note(n, "unknown")
		return
	}
	money, err := gcm.ParseMoney(amount.text, code)
	if err != nil {
		r.note(amount, "malformed")
		return
	}
	c.money = money
	p.money = append(p.money, c)
}

// compare orders two revisions of a pledge; the later one counts.
func (p *pledge) compare(q *pledge) int {
	global := map[bool]int{true: 1}
	return cmp.Or(
		p.updated.Compare(q.updated),
		cmp.Compare(p.status, q.status),
		cmp.Compare(p.kind, q.kind),
		cmp.Compare(p.mirror, q.mirror),
		compareSets(p.natures, q.natures),
		compareSets(p.objectives, q.objectives),
		compareSets(p.principles, q.principles),
		p.announced.Compare(q.announced),
		cmp.Compare(global[p.global], global[q.global]),
		month(p.deadline).Compare(month(q.deadline)),
		compareProgress(p.progress(), q.progress()),
		slices.Compare(p.implementing, q.implementing),
		slices.Compare(p.themes, q.themes),
		slices.CompareFunc(p.pledgers, q.pledgers, func(a, b pledger) int {
			return cmp.Or(strings.Compare(a.key, b.key), cmp.Compare(a.category, b.category), cmp.Compare(a.state, b.state))
		}),
		slices.CompareFunc(p.money, q.money, func(a, b contribution) int {
			return cmp.Or(strings.Compare(a.money.Currency().String(), b.money.Currency().String()),
				cmp.Compare(a.money.Minor(), b.money.Minor()), cmp.Compare(a.stage, b.stage))
		}),
		p.shown.compare(&q.shown),
	)
}

// month is a date without its day.
func month(d gcm.Date) gcm.Date { return gcm.DateOf(d.Year(), d.Month(), 0) }

func compareProgress(a, b progress) int {
	reportedA, _ := gcm.ParseDate(a.reported)
	reportedB, _ := gcm.ParseDate(b.reported)
	statusA, _ := gcm.StatusFromCode(a.status)
	statusB, _ := gcm.StatusFromCode(b.status)
	open := map[bool]int{true: 1}
	return cmp.Or(reportedA.Compare(reportedB), cmp.Compare(statusA, statusB),
		cmp.Compare(strength(a.evidence), strength(b.evidence)), cmp.Compare(open[a.open], open[b.open]))
}

// compareSets orders sets by their largest value in which they differ.
func compareSets[E cmp.Ordered](a, b []E) int {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Reverse(a)
	slices.Reverse(b)
	return slices.Compare(a, b)
}

func sorted[E cmp.Ordered](all []E) []E {
	slices.Sort(all)
	return slices.Compact(all)
}

func firsts[E comparable](all []E) (kept []E) {
	for _, v := range all {
		if !slices.Contains(kept, v) {
			kept = append(kept, v)
		}
	}
	return kept
}

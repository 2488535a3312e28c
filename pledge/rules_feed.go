package pledge

import (
	"cmp"
	"iter"
	"slices"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/internal/wire"
	"github.com/google/uuid"
)

// FeedProblem is a problem of one pledge of a feed.
type FeedProblem struct {
	Index int       // of the pledge in the feed, from 0
	ID    uuid.UUID // of the pledge
	Problem
}

// MarshalJSON returns the object of the problem, with the record (the index)
// and the id in front.
func (p FeedProblem) MarshalJSON() ([]byte, error) { return p.AppendJSON(nil), nil }

// AppendJSON appends what [FeedProblem.MarshalJSON] returns.
func (p FeedProblem) AppendJSON(b []byte) []byte {
	o := wire.Begin(b)
	o.Int("record", int64(p.Index))
	o.Text("id", p.ID.String())
	p.members(&o)
	return o.End()
}

// FeedReport is what [ValidateFeed] has found.
type FeedReport struct {
	Pledges int
	// Problems are ordered by index, then as in a [Report].
	Problems []FeedProblem
	// Criteria counts the pledges that meet each [Criterion], so that a page
	// can say that 142 of 158 state a deadline; at 0 those that meet none.
	Criteria [CriterionCount + 1]int
}

// OK reports whether there is no error. There may be warnings.
func (f FeedReport) OK() bool {
	return !slices.ContainsFunc(f.Problems, func(p FeedProblem) bool { return p.Severity == Error })
}

// MarshalJSON returns {"pledges": 158, "problems": [...], "criteria":
// {"linked": 158, ...}}, with all criteria.
func (f FeedReport) MarshalJSON() ([]byte, error) { return f.AppendJSON(nil), nil }

// AppendJSON appends what [FeedReport.MarshalJSON] returns.
func (f FeedReport) AppendJSON(b []byte) []byte {
	o := wire.Begin(b)
	o.Int("pledges", int64(f.Pledges))
	wire.Array(&o, "problems", f.Problems, func(b []byte, p FeedProblem) []byte { return p.AppendJSON(b) })
	o.Open("criteria")
	for c := range Criteria() {
		o.Int(c.String(), int64(f.Criteria[c]))
	}
	o.Close()
	return o.End()
}

// ValidateFeed checks each pledge of a feed by itself, and then what they are
// to each other: see the rules across records in [Rules]. A problem between
// two pledges is one of the later of them. Memory and time grow with the
// number of pledges and of problems, not with their square.
func ValidateFeed(pledges iter.Seq[Pledge], o *ValidateOptions) FeedReport {
	c := feedChecker{options: o.orDefault(), ids: map[uuid.UUID]int{}, refs: map[sourceRef]int{}, groups: map[string]*titleGroup{}}
	for p := range pledges {
		c.add(&p)
	}
	c.checkMatches()
	slices.SortFunc(c.report.Problems, func(a, b FeedProblem) int {
		return cmp.Or(cmp.Compare(a.Index, b.Index), compareProblems(a.Problem, b.Problem))
	})
	return c.report
}

// sourceRef is what tells pledges apart in their own source.
type sourceRef struct{ source, ref string }

// A feedChecker remembers of each pledge what the later ones are compared with.
type feedChecker struct {
	options ValidateOptions
	report  FeedReport
	seen    []uuid.UUID            // by index
	ids     map[uuid.UUID]int      // the first record of each
	refs    map[sourceRef]int      // the first record of each
	titles  map[string]struct{}    // folded; nil until there is one
	groups  map[string]*titleGroup // by who pledges
	matches []pendingMatch
}

// pendingMatch is a match to look up when all pledges are known.
type pendingMatch struct {
	index  int
	source string
	Match
}

func (c *feedChecker) add(p *Pledge) {
	index := c.report.Pledges
	c.report.Pledges++
	c.seen = append(c.seen, p.ID)
	own := p.Validate(&c.options)
	for _, problem := range own.Problems {
		c.report.Problems = append(c.report.Problems, FeedProblem{index, p.ID, problem})
	}
	if own.Criteria.Len() == 0 {
		c.report.Criteria[0]++
	}
	for criterion := range own.Criteria.All() {
		c.report.Criteria[criterion]++
	}

	if _, twice := c.ids[p.ID]; !twice {
		c.ids[p.ID] = index
	} else if p.ID != uuid.Nil {
		c.found(index, "/id", "id-duplicate", "")
	}
	if p.Ref != "" {
		key := sourceRef{p.Source, p.Ref}
		if first, twice := c.refs[key]; !twice {
			c.refs[key] = index
		} else if c.seen[first] != p.ID {
			c.found(index, "/ref", "ref-duplicate", c.seen[first].String())
		}
	}
	if p.Type == gcm.Matching && p.Matches != (Match{}) {
		c.matches = append(c.matches, pendingMatch{index, p.Source, p.Matches})
	}
	c.addTitle(index, p)
}

// found notes a problem between records.
func (c *feedChecker) found(index int, path, code, param string) {
	if s := severityOf(code, path, c.options.Profile); s != Off {
		text := message(c.options.Language, path, code, param)
		c.report.Problems = append(c.report.Problems, FeedProblem{index, c.seen[index], Problem{path, code, param, s, text}})
	}
}

// checkMatches looks for the pledges that are said to be matched: by the ID if
// there is one, otherwise by the number in the same source, otherwise by the
// title, without regard to case and punctuation.
func (c *feedChecker) checkMatches() {
	for _, m := range c.matches {
		known := false
		switch {
		case m.ID != uuid.Nil:
			_, known = c.ids[m.ID]
		case m.Ref != "":
			_, known = c.refs[sourceRef{m.source, m.Ref}]
		default:
			_, known = c.titles[foldTitle(m.Title)]
		}
		if !known {
			c.found(m.index, "/matches", "match-unknown", "")
		}
	}
}

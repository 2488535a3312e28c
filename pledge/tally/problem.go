package tally

import (
	"strconv"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/internal/wire"
)

// HeaderRecord is the record number of problems in the header of a feed.
const HeaderRecord = -1

// Problem is something in a feed that couldn't be taken as it stands.
type Problem struct {
	Record int    // 0 for the first; [HeaderRecord] for the feed's own members
	Offset int64  // in bytes from the start of the feed, just behind the value
	Path   string // JSON pointer from the record; empty for the record itself
	Rule   string // what it breaks: see below
	Value  string // what was found, shortened

	// Lost says that the record isn't counted at all. Otherwise only the
	// value is left out.
	Lost bool

	More int // with RuleTooMany, how many problems it stands for
}

// The rules a problem can name. Those above the blank line cost the record.
const (
	RuleSyntax    = string(wire.Syntax)    // not JSON
	RuleDuplicate = string(wire.Duplicate) // one name twice in an object
	RuleEncoding  = string(wire.Encoding)  // invalid UTF-8
	RuleTooLong   = string(wire.TooLong)   // a list over its limit, such as [MaxPledgers]
	RuleTooLarge  = "too-large"            // over [Limits].Record
	RuleTooDeep   = "too-deep"             // over [Limits].Depth
	RuleBroken    = "broken"               // brackets or quotes don't pair up

	RuleType      = string(wire.Type)      // another JSON type than the field has
	RuleMalformed = string(wire.Malformed) // not of the form that the field has
	RuleUnknown   = string(wire.Unknown)   // no such value
	RuleRequired  = string(wire.Required)  // absent; without an id the record is lost
	RuleTooMany   = string(wire.TooMany)   // this record has more problems than are listed
)

// String says it in one line of English.
func (p Problem) String() string {
	where := "record " + strconv.Itoa(p.Record)
	if p.Record == HeaderRecord {
		where = "header"
	}
	s := where + p.Path + ": " + p.Rule
	if p.More > 0 {
		s += ": " + strconv.Itoa(p.More) + " more"
	}
	if p.Value != "" {
		s += ": " + gcm.Quote(p.Value)
	}
	return s + " (near byte " + strconv.FormatInt(p.Offset, 10) + ")"
}

// AppendJSON appends the problem as a JSON object.
func (p *Problem) AppendJSON(b []byte) []byte {
	o := wire.Begin(b)
	o.Int("record", int64(p.Record))
	o.Int("offset", p.Offset)
	o.Text("path", p.Path)
	o.Text("rule", p.Rule)
	o.Text("value", p.Value)
	if p.More > 0 {
		o.Int("more", int64(p.More))
	}
	o.BoolIf("lost", p.Lost)
	return o.End()
}

func appendProblems(all []Problem, record int, offset int64, found []wire.Problem) []Problem {
	for _, p := range found {
		all = append(all, Problem{Record: record, Offset: offset + p.Offset, Path: p.Path, Rule: string(p.Rule), Value: p.Value, More: p.More})
	}
	return all
}

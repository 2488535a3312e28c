package pledge

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/internal/wire"
)

// Profile says for what a pledge is to be good enough.
type Profile uint8

// The profiles. The zero Profile is the strict one.
const (
	// SubmissionProfile is for a pledge that is being made: what the web form asks
	// for must be there.
	SubmissionProfile Profile = iota
	// PublicationProfile is for a pledge that a feed publishes: what is missing is
	// shown as not stated and is no problem, but what is there must be right.
	PublicationProfile
)

// String returns "submission" or "publication".
func (p Profile) String() string {
	if p == PublicationProfile {
		return "publication"
	}
	return "submission"
}

// Severity says how much a problem matters.
type Severity uint8

// The severities. The zero Severity is an error, so that nothing is taken
// lightly by mistake.
const (
	Error   Severity = iota // the pledge can't be taken under this profile
	Warning                 // somebody should look at it
	Off                     // no problem under this profile; only in [RuleInfo]
)

// String returns "error", "warning" or "off".
func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	case Off:
		return "off"
	}
	return "Severity(" + strconv.Itoa(int(s)) + ")"
}

// MarshalText returns what String returns.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Problem is one rule that a pledge breaks in one place.
type Problem struct {
	Path     string // JSON pointer of the value: "/pledgers/0/state"
	Rule     string // code of the rule, which doesn't change: see [Rules]
	Param    string // what the rule was given or has found: "300", "U+202E"; often ""
	Severity Severity
	Message  string // for people, in the language asked for
}

// MarshalJSON returns an object with path, rule, param (if there is one),
// severity and message.
func (p Problem) MarshalJSON() ([]byte, error) { return p.AppendJSON(nil), nil }

// AppendJSON appends what [Problem.MarshalJSON] returns.
func (p Problem) AppendJSON(b []byte) []byte {
	o := wire.Begin(b)
	p.members(&o)
	return o.End()
}

func (p Problem) members(o *wire.Object) {
	o.Text("path", p.Path)
	o.Text("rule", p.Rule)
	o.TextIf("param", p.Param)
	o.Text("severity", p.Severity.String())
	o.Text("message", p.Message)
}

// String returns the path, the severity with the rule, and the message.
func (p Problem) String() string {
	return p.Path + ": " + p.Severity.String() + " " + p.Rule + ": " + p.Message
}

// compareProblems orders problems by path, rule and parameter.
func compareProblems(a, b Problem) int {
	return cmp.Or(comparePaths(a.Path, b.Path), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Param, b.Param))
}

// comparePaths orders JSON pointers by their parts, places in arrays as numbers.
func comparePaths(a, b string) int {
	for a != "" && b != "" {
		var x, y string
		x, a = cutPart(a)
		y, b = cutPart(b)
		m, errM := strconv.Atoi(x)
		n, errN := strconv.Atoi(y)
		if errM == nil && errN == nil && m != n {
			return cmp.Compare(m, n)
		}
		if c := cmp.Compare(x, y); c != 0 {
			return c
		}
	}
	return cmp.Compare(len(a), len(b))
}

// cutPart cuts the first part of a JSON pointer that isn't empty.
func cutPart(path string) (part, rest string) {
	path = path[1:]
	if i := strings.IndexByte(path, '/'); i >= 0 {
		return path[:i], path[i:]
	}
	return path, ""
}

// Report is what [Pledge.Validate] has found. The zero Report has no problems
// and meets no criteria.
type Report struct {
	// Problems are ordered by path (places in arrays as numbers), then by
	// rule.
	Problems []Problem
	// Criteria are those of the pledging initiative that are visibly met.
	// They are facts and no grade: a pledge may meet none and have no
	// problem.
	Criteria CriterionSet
}

// OK reports whether there is no error. There may be warnings.
func (r Report) OK() bool { return r.Errors() == 0 }

// Errors returns how many of the problems are errors.
func (r Report) Errors() int { return r.count(Error) }

// Warnings returns how many of the problems are warnings.
func (r Report) Warnings() int { return r.count(Warning) }

func (r Report) count(s Severity) (n int) {
	for _, p := range r.Problems {
		if p.Severity == s {
			n++
		}
	}
	return n
}

// MarshalJSON returns {"problems": [...], "criteria": [...]}.
func (r Report) MarshalJSON() ([]byte, error) { return r.AppendJSON(nil), nil }

// AppendJSON appends what [Report.MarshalJSON] returns.
func (r Report) AppendJSON(b []byte) []byte {
	o := wire.Begin(b)
	wire.Array(&o, "problems", r.Problems, func(b []byte, p Problem) []byte { return p.AppendJSON(b) })
	o.Name("criteria")
	o.B = appendJSON(o.B, r.Criteria)
	return o.End()
}

// ValidateOptions are the options of [Pledge.Validate] and [ValidateFeed]. Nil
// and the zero value are the same.
type ValidateOptions struct {
	// Profile is [SubmissionProfile] by default, the strict one.
	Profile Profile
	// Language of the messages; English by default.
	Language gcm.Language
}

func (o *ValidateOptions) orDefault() ValidateOptions {
	var v ValidateOptions
	if o != nil {
		v = *o
	}
	if !v.Language.IsValid() {
		v.Language = gcm.English
	}
	return v
}

func (r *Report) sort() { slices.SortFunc(r.Problems, compareProblems) }

package progress

import (
	"bytes"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/google/uuid"
)

// A Plan is what rows would change: a dry run. It is a value, but for its slices.
type Plan struct {
	// Revised are the new revisions, in the order of the pledges.
	Revised  []pledge.Pledge
	Added    int // reports that their pledges didn't have
	Replaced int // reports of a date and a body of which there was another one
	Known    int // reports that are there already, so that a table can be read again
	Problems []Problem
}

// PlanFor returns what rows change in pledges, as revisions of an instant. A row names
// its pledge by its ID, or by its number where that is of one pledge alone. It replaces
// the report of the same date and body, or else comes behind those of earlier dates. A
// report that breaks a rule for published pledges isn't taken, and neither is one for a
// pledge that has a later revision than the instant, or for which a row before it has
// the same date and body.
func PlanFor(pledges iter.Seq[pledge.Pledge], rows []Row, revised gcm.Instant) (plan Plan) {
	byID, byRef := map[uuid.UUID][]*Row{}, map[string][]*Row{}
	for i := range rows {
		if r := &rows[i]; r.ID != uuid.Nil {
			byID[r.ID] = append(byID[r.ID], r)
		} else {
			byRef[r.Ref] = append(byRef[r.Ref], r)
		}
	}
	found := map[*Row]int{} // of how many pledges
	type change struct {
		pledge pledge.Pledge
		rows   []*Row
	}
	var changes []change
	for p := range pledges {
		of := byID[p.ID]
		if p.Ref != "" {
			of = slices.Concat(of, byRef[p.Ref])
		}
		for _, r := range of {
			found[r]++
		}
		if len(of) > 0 {
			changes = append(changes, change{p, of})
		}
	}
	for i := range rows {
		r := &rows[i]
		switch n := found[r]; {
		case n == 0:
			plan.problem(r, "", "there is no such pledge")
		case n > 1:
			plan.problem(r, "ref", "several pledges have this number")
		}
	}
	for _, c := range changes {
		c.rows = slices.DeleteFunc(c.rows, func(r *Row) bool { return found[r] > 1 })
		plan.revise(c.pledge, c.rows, revised)
	}
	slices.SortStableFunc(plan.Problems, func(a, b Problem) int { return a.Line - b.Line })
	return plan
}

func (plan *Plan) problem(r *Row, column, what string) {
	plan.Problems = append(plan.Problems, Problem{Line: r.Line, Column: column, What: what, Lost: true})
}

// revise adds reports to a pledge, one after the other.
func (plan *Plan) revise(p pledge.Pledge, rows []*Row, revised gcm.Instant) {
	type named struct {
		date gcm.Date
		by   string
	}
	changed, lines := false, map[named]int{}
	for _, r := range rows {
		if p.Updated.Compare(revised) > 0 {
			plan.problem(r, "", "the pledge has a later revision than "+revised.String())
			continue
		}
		of := named{r.Report.Date, strings.ToLower(r.Report.By)}
		if line, twice := lines[of]; twice {
			plan.problem(r, "date", "line "+strconv.Itoa(line)+" has a report of that date by the same body")
			continue
		}
		lines[of] = r.Line
		next, at := p.Clone(), 0
		next.Updated = revised
		old := slices.IndexFunc(next.Reports, func(have pledge.ProgressReport) bool {
			return have.Date == r.Report.Date && strings.EqualFold(have.By, r.Report.By)
		})
		switch {
		case old >= 0 && alike(&next.Reports[old], &r.Report):
			plan.Known++
			continue
		case old >= 0:
			at = old
			next.Reports[old] = r.Report
		default:
			for at < len(next.Reports) && next.Reports[at].Date.Compare(r.Report.Date) <= 0 {
				at++
			}
			next.Reports = slices.Insert(next.Reports, at, r.Report)
		}
		if what := broken(&next, at); what != "" {
			plan.problem(r, "", what)
			continue
		}
		if old >= 0 {
			plan.Replaced++
		} else {
			plan.Added++
		}
		p, changed = next, true
	}
	if changed {
		plan.Revised = append(plan.Revised, p)
	}
}

// alike reports whether two reports say the same.
func alike(a, b *pledge.ProgressReport) bool {
	json := func(r *pledge.ProgressReport) []byte {
		p := pledge.Pledge{Reports: []pledge.ProgressReport{*r}}
		return p.AppendJSON(nil)
	}
	return bytes.Equal(json(a), json(b))
}

// broken returns what rule a report of a pledge breaks, "" if it breaks none.
func broken(p *pledge.Pledge, at int) string {
	if len(p.Reports) > tally.MaxReports {
		return "the pledge has " + strconv.Itoa(tally.MaxReports) + " reports, which is as many as there may be"
	}
	alone := *p // the others are as they are
	alone.Reports = p.Reports[at : at+1]
	for _, problem := range alone.Validate(&pledge.ValidateOptions{Profile: pledge.PublicationProfile}).Problems {
		if problem.Severity == pledge.Error && strings.HasPrefix(problem.Path, "/reports/0/") {
			return problem.Message
		}
	}
	return ""
}

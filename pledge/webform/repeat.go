package webform

import (
	"hash/maphash"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/google/uuid"
)

// sighting is the pledge of a row above.
type sighting struct {
	row     int
	updated gcm.Instant
	content uint64 // a hash of its JSON
}

var seed = maphash.MakeSeed()

// compare compares a pledge with one of a row above that has the same ID: a
// later revision is a pledge, what is the same is left out, and so is what says
// something else without being later, for which of them is right nobody knows.
func (r *reader) compare(p *pledge.Pledge) outcome {
	r.json = p.AppendJSON(r.json[:0])
	if len(r.json) > r.maxRecord {
		r.problem(noField, Problem{Rule: RuleTooLarge, Found: len(r.json), Lost: true})
		return isLost
	}
	now := sighting{r.number, p.Updated, maphash.Bytes(seed, r.json)}
	before, twice := r.seen[p.ID]
	if r.seen == nil {
		r.seen = make(map[uuid.UUID]sighting)
	}
	switch {
	case !twice:
	case before.content == now.content:
		r.problem(number, Problem{Rule: RuleRepeated, Found: before.row, Severity: Note})
		return isRepeated
	case now.updated.Compare(before.updated) <= 0:
		r.problem(number, Problem{Rule: RuleDuplicate, Found: before.row, Lost: true})
		return isLost
	default:
		r.problem(number, Problem{Rule: RuleRevision, Found: before.row, Severity: Note})
		r.report.Revisions++
	}
	r.seen[p.ID] = now
	return isPledge
}

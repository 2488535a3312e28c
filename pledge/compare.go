package pledge

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
)

// Supersedes reports whether p is the revision that counts, of two of the same
// pledge: the later one; of two of the same instant the one that counts for more in
// the order of [tally.Facets.Compare]; and of two that count alike the one that
// comes later by the rest of what it says, in an arbitrary but fixed order.
func (p *Pledge) Supersedes(other *Pledge) bool {
	if c := p.Updated.Compare(other.Updated); c != 0 {
		return c > 0
	}
	f, g := p.Facets(), other.Facets()
	if c := f.Compare(&g); c != 0 {
		return c > 0
	}
	return p.compareTexts(other) > 0
}

// compareTexts orders two revisions that count alike by all that they say: first by
// what lists show. It allocates nothing, and looks at no more than the smaller has.
func (p *Pledge) compareTexts(q *Pledge) int {
	if c := cmp.Or(
		strings.Compare(p.Title, q.Title),
		strings.Compare(p.Language, q.Language),
		strings.Compare(p.Description, q.Description),
		strings.Compare(p.Ref, q.Ref),
		strings.Compare(p.Source, q.Source),
		cmp.Compare(p.Type, q.Type),
		cmp.Compare(p.Mirror, q.Mirror),
		cmp.Compare(p.Status, q.Status),
		cmp.Compare(p.Champion, q.Champion),
		p.Deadline.Compare(q.Deadline),
		cmp.Compare(p.Implementation.Level, q.Implementation.Level),
		bytes.Compare(p.Matches.ID[:], q.Matches.ID[:]),
		strings.Compare(p.Matches.Ref, q.Matches.Ref),
		strings.Compare(p.Matches.Title, q.Matches.Title),
	); c != 0 {
		return c
	}
	// Lists that count alike may still repeat something.
	if c := slices.CompareFunc(p.Pledgers, q.Pledgers, Pledger.compare); c != 0 {
		return c
	}
	if c := slices.CompareFunc(p.Contributions, q.Contributions, Contribution.compare); c != 0 {
		return c
	}
	if c := slices.CompareFunc(p.Reports, q.Reports, ProgressReport.compare); c != 0 {
		return c
	}
	return cmp.Or(
		slices.Compare(p.Links, q.Links),
		slices.Compare(p.Themes, q.Themes),
		slices.Compare(p.Implementation.States, q.Implementation.States),
	)
}

func (p Pledger) compare(q Pledger) int {
	return cmp.Or(
		strings.Compare(p.Name, q.Name), strings.Compare(p.Via, q.Via),
		cmp.Compare(p.Category, q.Category), cmp.Compare(p.State, q.State),
	)
}

// compare orders contributions of the same amount.
func (c Contribution) compare(d Contribution) int {
	return cmp.Or(strings.Compare(c.To, d.To), cmp.Compare(c.Stage, d.Stage))
}

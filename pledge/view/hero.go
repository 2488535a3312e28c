package view

import "github.com/gcmkit/gcmkit/pledge/view/locale"

// hero returns what stands beside and below a large number: some more numbers,
// and the pledges by status. Of a selection of pledgers it doesn't say how many
// are by Member States, as [renderer.byMemberStates] explains.
func (r *renderer) hero() []section {
	c := &r.s.Counts
	if r.s.TotalOnly || c.Total == 0 {
		return nil
	}
	var beside facts
	add := func(label locale.Message, n, all int) {
		number := phrase{{text: r.number(n), kind: noun}}
		beside = append(beside, fact{r.say(label), say(locale.SomeOf.In(r.lang), place{"n", number}, place{"all", words(r.number(all))})})
	}
	byStates := r.byMemberStates() != ""
	if byStates {
		add(locale.FactStates, c.MemberStates, memberStates)
	}
	named := 0
	for _, n := range c.Objectives[1:] {
		if n > 0 {
			named++
		}
	}
	add(locale.FactObjectives, named, len(c.Objectives)-1)
	if byStates {
		add(locale.FactByStates, c.ByMemberStates, c.Total)
	}
	status := r.status()
	status.caption, status.named = "", ""
	return []section{beside, status}
}

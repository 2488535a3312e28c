package view

import "github.com/gcmkit/gcmkit/pledge/view/locale"

// steps is how many numbers a count has; at 60 a second it takes 0.4 seconds.
const steps = 24

// CountFrom returns the numbers that a count from the total of an older view to
// that of v passes, quickly at first and slowly at the end, each as the language
// writes it and without the last one. There are none if nothing lies between the
// two, or if old is nil, the zero View or one in another language: nobody has
// counted from a number that wasn't there.
func (v *View) CountFrom(old *View) []string {
	if old == nil || old.lang != v.lang {
		return nil
	}
	from, way := old.total, v.total-old.total
	if way >= -1 && way <= 1 || way > 1<<40 || way < -1<<40 { // int64 has room to multiply
		return nil
	}
	var numbers []string
	for left := steps - 1; left > 0; left-- {
		// What is left to go falls with the third power of the time that is left.
		const whole = steps * steps * steps
		gone := int64(way) * int64(whole-left*left*left) / whole
		numbers = append(numbers, locale.Number(v.lang, from+int(gone)))
	}
	return numbers
}

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

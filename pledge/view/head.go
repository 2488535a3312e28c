package view

import (
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// memberStates is how many Member States the United Nations have.
const memberStates = 193

// head returns the number of pledges and what must be known to read it right.
func (r *renderer) head() head {
	n := r.s.Counts.Total
	h := head{
		number:    r.number(n),
		blank:     r.blank(),
		label:     r.label(n),
		selection: r.selection(),
		missing:   r.missing(),
	}
	if v := r.o.View; v == Counter && r.o.Size != Compact && r.o.Size != Hero || v == Dashboard {
		h.memberStates = r.byMemberStates()
	}
	if r.s.Illustrative {
		h.illustrative, h.madeUp = r.say(locale.Illustrative), r.say(locale.MadeUp)
	}
	if r.o.View == Dashboard {
		h.bar = r.bar()
	}
	if n == 0 {
		h.zero = r.say(locale.NoneSoFar)
	}
	if r.s.Unread > 0 {
		h.unread = r.counted(locale.Unread, r.s.Unread)
	}
	return h
}

// blank returns what stands between words, and between sentences.
func (r *renderer) blank() string {
	if r.lang == gcm.Chinese {
		return ""
	}
	return " "
}

// label returns what is counted, "pledges to the Global Compact for Migration".
func (r *renderer) label(n int) phrase {
	counted := piece{text: string(locale.Label.Counted(r.lang, n)), kind: noun}
	return say(locale.LabelTo.In(r.lang), place{"noun", phrase{counted}})
}

// counts returns the number and what is counted, in words that stand alone.
func (r *renderer) counts(n int) string {
	return locale.Counted.In(r.lang).Fill(locale.Value{Name: "pledges", Text: r.counted(locale.Pledges, n)})
}

// byMemberStates returns "102 of them by 25 of 193 Member States", nothing if
// it isn't known. Nor is there anything to say of a selection of pledgers: of
// the pledges of African pledgers some may be by Member States elsewhere that
// joined in, and nobody would read the number like that.
func (r *renderer) byMemberStates() string {
	q, c := &r.s.Query, &r.s.Counts
	if r.s.TotalOnly || c.MemberStates == 0 || q.Asks(tally.ByRegion) || q.Asks(tally.ByState) || q.Asks(tally.ByCategory) {
		return ""
	}
	return r.counted(locale.ByMemberStates, c.MemberStates,
		locale.Value{Name: "pledges", Text: r.number(c.ByMemberStates)},
		locale.Value{Name: "all", Text: r.number(memberStates)})
}

// missing returns how many of several sources couldn't be read.
func (r *renderer) missing() string {
	if r.o.Missing <= 0 {
		return ""
	}
	all := r.o.Missing + max(len(r.s.Sources), 1)
	return r.counted(locale.Missing, r.o.Missing, locale.Value{Name: "all", Text: r.number(all)})
}

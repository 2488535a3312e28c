package webform

import (
	"math/rand/v2"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/google/uuid"
)

// random makes random pledges whose texts are hard on a CSV file.
type random struct{ *rand.Rand }

func newRandom(seed uint64) random { return random{rand.New(rand.NewPCG(seed, 7))} }

func (r random) text() string {
	all := [...]string{
		"", "", "Sample Alliance", "=1+1", "'=1+1", "''-x", "'quoted'", "@sample", "+41 22 555 01 99", "-", "\tx", "\rx", "\nx", " x ",
		"{Empty}", "a, b; c", "a\r\nb", "a\rb", "a\nb", "say \"so\"", "\"", "Kenya", "Kenya (110)", "Global", "General", "N/A",
		"X submitting in the name of Y", "See https://example.org/a and http://example.org", "x@example.org", "\u0000", "\u202eabc", "ملتزم", "说明；说明",
		"Name of state/actor: X; Country: Kenya", "to", "EUR 5 to X to Y", "<b>&amp;</b>", "\ufeff", "\u2028", "null",
	}
	return all[r.IntN(len(all))]
}

func (r random) some(n int) bool { return r.IntN(n) == 0 }

// pledge returns a pledge that is the same after it was JSON: one without a
// pledger that has neither a name nor a State, for one.
func (r random) pledge() pledge.Pledge {
	for {
		p := r.any()
		var q pledge.Pledge
		if q.UnmarshalJSON(p.AppendJSON(nil)) == nil {
			return q
		}
	}
}

func (r random) any() pledge.Pledge {
	p := pledge.Pledge{
		ID:    uuid.UUID{0: byte(r.Uint32()), 15: byte(r.Uint32() | 1)},
		Ref:   r.text(),
		Title: r.text(), Description: r.text(), Language: r.text(), Source: r.text(),
		Type: gcm.Type(r.IntN(5)), Mirror: gcm.Answer(r.IntN(3)), Champion: gcm.Answer(r.IntN(3)), Status: gcm.Status(r.IntN(5)),
	}
	if r.some(2) {
		p.Updated = gcm.InstantOfUnix(int64(r.IntN(2_000_000_000)), int32(r.IntN(2)*500_000_000))
		p.Announced = gcm.DateOf(2022, r.IntN(13), 0)
		p.Deadline = gcm.DateOf(2026, 5, 1+r.IntN(28))
		p.Source = DefaultSource
	}
	if r.some(3) {
		p.Matches = pledge.Match{Ref: r.text(), Title: r.text()}
		if r.some(2) {
			p.Matches.ID = uuid.UUID{15: 9}
		}
	}
	for range r.IntN(4) {
		p.Objectives = p.Objectives.With(objectives.Objective(1 + r.IntN(objectives.Count)))
		p.Principles = p.Principles.With(gcm.Principle(1 + r.IntN(10)))
		p.Natures = p.Natures.With(gcm.Nature(1 + r.IntN(4)))
		p.Themes = append(p.Themes, r.text())
		p.Links = append(p.Links, "https://example.org/"+r.text())
		p.Pledgers = append(p.Pledgers, pledge.Pledger{Name: r.text(), Category: gcm.Category(r.IntN(17)), State: gcm.State(r.IntN(198)), Via: r.text()})
		p.Implementation.States = append(p.Implementation.States, gcm.State(1+r.IntN(197)))
		c, _ := gcm.CurrencyFromCode([]string{"EUR", "JPY", "TND"}[r.IntN(3)])
		m, _ := gcm.ParseMoney([]string{"1", "200000"}[r.IntN(2)], c)
		p.Contributions = append(p.Contributions, pledge.Contribution{Money: m, Stage: gcm.Stage(r.IntN(4)), To: r.text()})
	}
	p.Implementation.Global = r.some(2)
	p.Implementation.Level = gcm.Level(r.IntN(5))
	return p
}

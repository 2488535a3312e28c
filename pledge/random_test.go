package pledge

import (
	"math/rand/v2"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/google/uuid"
)

// source makes random pledges out of few values, so that everything collides.
type source struct{ *rand.Rand }

func newSource(seed uint64) source { return source{rand.New(rand.NewPCG(seed, 3))} }

func pick[T any](s source, all ...T) T { return all[s.IntN(len(all))] }

func (s source) pledge() Pledge {
	p := Pledge{
		ID:          uuid.UUID{15: byte(1 + s.IntN(20))},
		Ref:         pick(s, "", "217"),
		Updated:     gcm.InstantOfUnix(int64(1_650_000_000+s.IntN(3)), 0),
		Title:       pick(s, "", "Data", "<img src=x onerror=alert(1)>", "\u202eabc", "a\u0000b\"\\\n"),
		Description: pick(s, "", "Текст", "说明"),
		Language:    pick(s, "", "en", "pt"),
		Type:        gcm.Type(s.IntN(5)),
		Mirror:      gcm.Answer(s.IntN(3)),
		Announced:   pick(s, gcm.Date{}, gcm.DateOf(2022, 0, 0), gcm.DateOf(2022, 5, 0), gcm.DateOf(2022, 5, 20)),
		Deadline:    pick(s, gcm.Date{}, gcm.DateOf(2026, 0, 0)),
		Status:      gcm.Status(s.IntN(5)),
		Champion:    gcm.Answer(s.IntN(3)),
		Source:      pick(s, "", "https://example.org"),
	}
	if p.Type == gcm.Matching {
		p.Matches = Match{ID: uuid.UUID{15: 3}, Ref: pick(s, "", "12"), Title: "Data"}
	}
	for range s.IntN(3) {
		p.Objectives = p.Objectives.With(objectives.Objective(1 + s.IntN(objectives.Count)))
		p.Principles = p.Principles.With(gcm.Principle(1 + s.IntN(10)))
		p.Natures = p.Natures.With(gcm.Nature(1 + s.IntN(4)))
		p.Themes = append(p.Themes, pick(s, "climate", "data"))
		p.Links = append(p.Links, "https://example.org/1")
		p.Pledgers = append(p.Pledgers, Pledger{
			Name:     pick(s, "IOM", "  City  of Y", "Élysée"),
			Category: gcm.Category(s.IntN(17)),
			State:    gcm.State(s.IntN(198)),
			Via:      pick(s, "", "an agency"),
		})
		p.Implementation.States = append(p.Implementation.States, gcm.State(1+s.IntN(197)))
		c, _ := gcm.CurrencyFromCode(pick(s, "EUR", "JPY", "TND"))
		m, _ := gcm.ParseMoney(pick(s, "1", "200000"), c)
		r := ProgressReport{Date: pick(s, gcm.DateOf(2021, 0, 0), gcm.DateOf(2022, 4, 15), gcm.DateOf(2022, 4, 16), gcm.DateOf(2030, 1, 1)), Status: gcm.Status(s.IntN(5)),
			By: pick(s, "", "OECD", " "), Summary: pick(s, "", "<img src=x onerror=alert(1)>"), Language: pick(s, "", "fr")}
		if s.IntN(2) == 0 {
			r.Share, r.Links, r.States = gcm.NumberOf(int64(s.IntN(120)-10)), []string{pick(s, "http://example.org", "https://example.org")}, []gcm.State{gcm.State(1 + s.IntN(197))}
			n, _ := gcm.ParseNumber(pick(s, "1.50", "-2"))
			r.Indicators = []Indicator{{"people", pick(s, "", "people"), n, gcm.Number{}, gcm.NumberOf(0)}}
		}
		p.Reports = append(p.Reports, r)
		p.Contributions = append(p.Contributions, Contribution{m, gcm.Stage(s.IntN(4)), pick(s, "", "Migration MPTF")})
	}
	p.Implementation.Global = s.IntN(2) == 0
	p.Implementation.Level = gcm.Level(s.IntN(5))
	return p
}

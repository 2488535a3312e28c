//go:build ignore

package main

// This file makes reference.json: an illustrative feed whose counts give the headline
// of the pledging initiative of 20 May 2022: 158 pledges, over 100 of them by
// 25 Member States, one common pledge of the United Nations system with
// networks and agencies, one by 16 humanitarian bodies, and financial pledges to the
// Migration MPTF. Everything else is drawn from a seeded generator.

import (
	"fmt"
	"log"
	"math/rand/v2"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

const (
	illustrative = "https://example.org/illustrative-pledges"
	total        = 158
	// byStates is "over 100": what the source says isn't more exact.
	byStates = 104
)

// states are 25 Member States, five a region.
var states = []string{
	"SLE", "KEN", "MAR", "SEN", "ZAF",
	"MEX", "CAN", "CRI", "ECU", "BRA",
	"PHL", "BGD", "NPL", "THA", "KHM",
	"DEU", "FRA", "PRT", "ESP", "ISL",
	"FJI", "NZL", "TUV", "WSM", "VUT",
}

// humanitarian are 16 bodies without names: which they were isn't ours to make
// up.
const humanitarian = 16

type generator struct {
	*rand.Rand
	feed []pledge.Pledge
}

// reference returns the illustrative feed.
func reference() (tally.Header, []pledge.Pledge) {
	g := &generator{Rand: rand.New(rand.NewPCG(2018, 73195))}
	g.common("the United Nations system with networks and agencies", gcm.UNSystem,
		"UN system (illustrative)", "Network A (illustrative)", "Network B (illustrative)", "Agency A (illustrative)", "Agency B (illustrative)")
	var bodies []string
	for i := range humanitarian {
		bodies = append(bodies, fmt.Sprintf("Humanitarian body %d (illustrative)", i+1))
	}
	g.common("16 humanitarian bodies", gcm.InternationalOrganization, bodies...)
	for i := range byStates {
		g.byState(i)
	}
	for len(g.feed) < total {
		g.byOthers(len(g.feed))
	}
	asOf, err := gcm.ParseInstant("2022-05-20T00:00:00Z")
	if err != nil {
		log.Fatal(err)
	}
	return tally.Header{
		Feed:         illustrative,
		Title:        "Illustrative pledges, generated",
		Publisher:    "gcmkit examples",
		License:      "CC0-1.0",
		AsOf:         asOf,
		Illustrative: true,
	}, g.feed
}

// pledge returns a pledge with what all have.
func (g *generator) pledge(what string) pledge.Pledge {
	n := len(g.feed) + 1
	ref := fmt.Sprintf("illustrative-%03d", n)
	day := gcm.InstantOfUnix(1_639_094_400+int64(g.IntN(162))*86_400, 0) // 10 December 2021 to 20 May 2022
	p := pledge.Pledge{
		ID:        pledge.IDFromRef(illustrative, ref),
		Ref:       ref,
		Updated:   day,
		Announced: day.Date(),
		Title:     fmt.Sprintf("Illustrative pledge %d: %s", n, what),
		Language:  "en",
		Status:    pick(g, 0, gcm.Planned, gcm.Planned, gcm.InProgress, gcm.InProgress, gcm.Fulfilled),
		Mirror:    pick(g, 0, gcm.Yes, gcm.No, gcm.No),
	}
	for range 1 + g.IntN(3) {
		p.Objectives = p.Objectives.With(objectives.Objective(1 + g.IntN(objectives.Count)))
	}
	for range g.IntN(4) {
		p.Principles = p.Principles.With(gcm.Principle(1 + g.IntN(10)))
	}
	p.Natures = p.Natures.With(pick(g, gcm.HumanResources, gcm.Process, gcm.Policy, gcm.Policy))
	if g.IntN(3) > 0 {
		p.Deadline = pick(g, gcm.DateOf(2023, 0, 0), gcm.DateOf(2024, 12, 31), gcm.DateOf(2026, 5, 0))
	}
	return p
}

func (g *generator) add(p pledge.Pledge) { g.feed = append(g.feed, p) }

// common adds a pledge that several make together, and that counts once.
func (g *generator) common(what string, c gcm.Category, names ...string) {
	p := g.pledge("common pledge of " + what)
	p.Type = gcm.Common
	p.Implementation.Global = true
	for _, name := range names {
		p.Pledgers = append(p.Pledgers, pledge.Pledger{Name: name, Category: c})
	}
	g.add(p)
}

func (g *generator) byState(i int) {
	s := state(states[i%len(states)])
	p := g.pledge("by a Member State")
	p.Type = pick(g, gcm.Individual, gcm.Individual, gcm.Individual, gcm.Partnership, gcm.Matching)
	p.Pledgers = []pledge.Pledger{{Name: s.Name(gcm.English), Category: gcm.MemberState, State: s}}
	p.Implementation = pledge.Implementation{States: []gcm.State{s}, Level: gcm.National}
	switch p.Type {
	case gcm.Partnership:
		p.Pledgers = append(p.Pledgers, pledge.Pledger{Name: "Agency A (illustrative)", Category: gcm.UNSystem})
	case gcm.Matching:
		p.Matches = pledge.Match{ID: g.feed[0].ID, Title: g.feed[0].Title}
	}
	if i%20 == 0 { // six financial pledges
		p.Natures = p.Natures.With(gcm.Financial)
		currency, _ := gcm.CurrencyFromCode([]string{"EUR", "USD"}[i/20%2])
		amount, err := gcm.ParseMoney(fmt.Sprint(50_000*(1+g.IntN(10))), currency)
		if err != nil {
			log.Fatal(err)
		}
		p.Contributions = []pledge.Contribution{{Money: amount, Stage: gcm.StagePledged, To: "Migration MPTF"}}
	}
	g.add(p)
}

func (g *generator) byOthers(i int) {
	p := g.pledge("by a stakeholder")
	p.Type = gcm.Individual
	by := pledge.Pledger{Category: pick(g, gcm.CivilSociety, gcm.LocalAuthority, gcm.LocalAuthority, gcm.MigrantDiaspora,
		gcm.Academia, gcm.UNSystem, gcm.InternationalOrganization, gcm.FaithBased, gcm.PrivateSector, gcm.Youth)}
	by.Name = fmt.Sprintf("Stakeholder %d (illustrative)", i-byStates-1)
	if by.Category == gcm.LocalAuthority {
		by.State = state(states[g.IntN(len(states))])
		p.Implementation = pledge.Implementation{States: []gcm.State{by.State}, Level: gcm.Local}
	}
	p.Pledgers = []pledge.Pledger{by}
	g.add(p)
}

func state(alpha3 string) gcm.State {
	s, ok := gcm.StateFromAlpha3(alpha3)
	if !ok {
		log.Fatalf("no State %s", alpha3)
	}
	return s
}

func pick[T any](g *generator, all ...T) T { return all[g.IntN(len(all))] }

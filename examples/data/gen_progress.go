//go:build ignore

package main

// This file makes progress.json: the illustrative pledges as they might be at the Forum
// of 2026, with progress reports whose counts are as those of comparable reviews. Of the
// commitments to Our Ocean 66 % have been reported on; two thirds of the pledges of the
// Global Refugee Forum of which there is a report are fulfilled or under way. Nothing in
// it says anything of a real pledge.

import (
	"math/rand/v2"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

// How many of the 158 pledges have what: the rest of those with a report are planned.
const (
	reportedOn  = 105 // 66 %
	fulfilled   = 28
	underWay    = 42 // with those, two thirds of 105
	linked      = 40
	confirmed   = 15
	lastYear    = 41 // reported on in the twelve months to May 2026
	illustrated = "https://example.org/illustrative-report"
)

// progress returns the illustrative pledges with their reports.
func progress() (tally.Header, []pledge.Pledge) {
	h, all := reference()
	h.Feed, h.Title = "https://example.org/illustrative-progress", "Illustrative progress of pledges, generated"
	h.AsOf, _ = gcm.ParseInstant("2026-05-08T00:00:00Z")
	g := &generator{Rand: rand.New(rand.NewPCG(2026, 73195))}
	for i, at := range g.Perm(len(all)) {
		p := &all[at]
		p.Updated, _ = gcm.ParseInstant("2026-05-01T00:00:00Z")
		p.Deadline = pick(g, gcm.Date{}, gcm.DateOf(2024, 0, 0), gcm.DateOf(2025, 12, 0), gcm.DateOf(2026, 4, 30), gcm.DateOf(2030, 0, 0))
		if p.Status == gcm.Withdrawn || i >= reportedOn {
			continue
		}
		r := pledge.ProgressReport{Status: gcm.Planned, Language: "en", Summary: "Illustrative report."}
		switch {
		case i < fulfilled:
			r.Status, r.Share = gcm.Fulfilled, gcm.NumberOf(100)
		case i < fulfilled+underWay:
			r.Status, r.Share = gcm.InProgress, gcm.NumberOf(int64(10*(1+g.IntN(9))))
			r.Indicators = []pledge.Indicator{{Name: "people reached", Unit: "people", Baseline: gcm.NumberOf(0),
				Target: gcm.NumberOf(5000), Actual: gcm.NumberOf(int64(50 * (1 + g.IntN(90))))}}
		}
		switch known := i * 11 % reportedOn; {
		case known < confirmed:
			r.By = "Evaluation body (illustrative)"
		case known < confirmed+linked:
			r.Links = []string{illustrated}
		}
		p.Status = r.Status
		r.States = p.Implementation.States
		if i*13%reportedOn < lastYear {
			r.Date = gcm.DateOf(2025, 6+g.IntN(7), 0)
		} else {
			r.Date = gcm.DateOf(2023+g.IntN(2), 1+g.IntN(12), 0)
		}
		if r.Status == gcm.Fulfilled { // there was one before it
			first := pledge.ProgressReport{Date: gcm.DateOf(2022, 12, 0), Status: gcm.InProgress, Language: "en", Summary: "Illustrative report.", Links: r.Links}
			p.Reports = append(p.Reports, first)
		}
		p.Reports = append(p.Reports, r)
	}
	return h, all
}

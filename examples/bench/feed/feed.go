// Package feed makes the pledges that the tools read, and knows their numbers:
// it counts what it draws, so no tool is the measure of the others.
package feed

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/gcmkit/gcmkit/examples/bench/task"
	"github.com/gcmkit/gcmkit/objectives"
)

// months is how many months announcements are spread over, from December 2018.
const months = 96

// Generator makes pledges, a line each, in the order of the fields that
// package pledge writes. Those of one seed are the same on every machine.
type Generator struct {
	rand     *rand.Rand
	pledgers []pledger
	tallies  []tally // of everything, then of each click
	record   record
	last     string // the id before
	texts    int64
}

// record is what counts of a pledge, and what lists show of it.
type record struct {
	task.Item
	updated    string
	withdrawn  bool
	objectives []int
	pledgers   []int // their numbers
	month      string
}

// New returns a generator for a seed.
func New(seed uint64) *Generator {
	g := &Generator{rand: rand.New(rand.NewPCG(seed, 73195)), pledgers: pledgers()}
	g.tallies = append(g.tallies, newTally(task.Filter{}))
	for _, f := range task.Clicks() {
		g.tallies = append(g.tallies, newTally(f))
	}
	return g
}

// Results returns the numbers of the pledges made so far: of all of them, then
// of those that each of [task.Clicks] selects.
func (g *Generator) Results() (all task.Result, clicks []task.Result) {
	for _, t := range g.tallies {
		clicks = append(clicks, t.result())
	}
	return clicks[0], clicks[1:]
}

// Texts returns how many bytes the titles and links of the pledges so far have.
func (g *Generator) Texts() int64 { return g.texts }

// Append appends the next pledge and a line feed.
func (g *Generator) Append(b []byte) []byte {
	r := &g.record
	*r = record{objectives: r.objectives[:0], pledgers: r.pledgers[:0]}
	when := time.Date(2018, time.December, 1+g.n(28), g.n(24), g.n(60), g.n(60), 0, time.UTC).AddDate(0, g.n(months), 0)
	r.month = when.Format("2006-01")
	joint := g.percent(5)

	id := g.id(when)
	b = append(b, `{"id":"`...)
	b = append(b, id...)
	r.ID, r.updated, r.Title = id, when.AddDate(0, g.n(12), 0).Format(time.RFC3339), g.title()
	b = append(b, `","updated":"`...)
	b = append(b, r.updated...)
	b = append(b, `","title":`...)
	b = quote(b, r.Title, g.percent(20))
	if g.percent(50) {
		b = append(b, `,"language":"`+pick(g, "ar", "en", "es", "fr", "ru", "zh")+`"`...)
	}
	switch {
	case joint && g.percent(50):
		b = append(b, `,"type":"common"`...)
	case joint:
		b = append(b, `,"type":"partnership"`...)
	case g.percent(4) && g.last != "":
		b = append(b, `,"type":"matching","matches":{"id":"`...)
		b = append(b, g.last...)
		b = append(b, `"}`...)
	default:
		b = append(b, `,"type":"individual"`...)
	}
	if g.percent(10) {
		b = append(b, `,"mirror":true`...)
	}
	if g.percent(45) {
		b = append(b, `,"natures":["`+pick(g, "policy", "policy", "process", "human-resources", `process","policy`, "financial")+`"]`...)
	}
	b = append(b, `,"pledgers":[`...)
	b = g.appendPledgers(b, joint)
	r.Pledger = g.pledgers[r.pledgers[0]].name
	b = append(b, ']')
	b = g.appendObjectives(b)
	b = g.appendImplementation(b)
	b = append(b, `,"announced":"`...)
	if r.Announced = r.month; g.percent(90) {
		r.Announced = when.Format(time.DateOnly)
	}
	b = append(b, r.Announced...)
	b = append(b, '"')
	if r.withdrawn = g.percent(1); r.withdrawn {
		b = append(b, `,"status":"withdrawn"`...)
	} else if g.percent(40) {
		b = append(b, `,"status":"`+pick(g, "planned", "in-progress", "fulfilled")+`"`...)
	}
	if g.percent(4) {
		b = append(b, `,"contributions":[{"amount":"`...)
		b = strconv.AppendInt(b, int64(5_000*(1+g.n(200))), 10)
		b = append(b, `.00","currency":"`+pick(g, "EUR", "USD", "CHF")+`","stage":"`+pick(g, "announced", "pledged", "deposited")+`"}]`...)
	}
	if g.percent(20) {
		r.Link = "https://example.org/pledges/" + strconv.Itoa(1_000_000+g.n(9_000_000))
		b = append(b, `,"links":["`...)
		b = append(b, r.Link...)
		if g.percent(10) {
			b = append(b, `","https://example.org/more`...)
		}
		b = append(b, `"]`...)
	}
	b = append(b, "}\n"...)
	g.last = id
	g.texts += int64(len(r.Title) + len(r.Link))
	for i := range g.tallies {
		g.tallies[i].add(r, g.pledgers)
	}
	return b
}

// id returns a UUID of version 7 from about an instant.
func (g *Generator) id(when time.Time) string {
	const digits = "0123456789abcdef"
	high, low := uint64(when.UnixMilli())<<16|0x7000|g.rand.Uint64()>>52, 1<<63|g.rand.Uint64()>>2
	var b []byte
	for i := range 32 {
		if i == 8 || i == 12 || i == 16 || i == 20 {
			b = append(b, '-')
		}
		b = append(b, digits[high>>60])
		high, low = high<<4|low>>60, low<<4
	}
	return string(b)
}

func (g *Generator) appendPledgers(b []byte, joint bool) []byte {
	r := &g.record
	number := 1
	if joint {
		number += 1 + g.n(3)
	}
	for len(r.pledgers) < number {
		p := g.pledger()
		if slices.Contains(r.pledgers, p) {
			continue
		}
		if len(r.pledgers) > 0 {
			b = append(b, ',')
		}
		r.pledgers = append(r.pledgers, p)
		if g.percent(10) {
			b = append(b, g.pledgers[p].escaped...)
		} else {
			b = append(b, g.pledgers[p].json...)
		}
	}
	return b
}

func (g *Generator) appendObjectives(b []byte) []byte {
	r := &g.record
	if g.percent(2) { // a guiding principle will do as well
		return append(b, `,"principles":["`+pick(g, "child-sensitive", "gender-responsive", "whole-of-government")+`"]`...)
	}
	set := objectives.Set{}
	for range 1 + g.n(3) {
		set = set.With(objectives.Objective(1 + g.n(objectives.Count)))
	}
	b = append(b, `,"objectives":[`...)
	for o := range set.All() {
		if len(r.objectives) > 0 {
			b = append(b, ',')
		}
		r.objectives = append(r.objectives, int(o))
		b = strconv.AppendInt(b, int64(o), 10)
	}
	return append(b, ']')
}

func (g *Generator) appendImplementation(b []byte) []byte {
	states := g.n(4)
	if states == 0 || g.percent(35) {
		if g.percent(30) {
			b = append(b, `,"implementation":{"global":true}`...)
		}
		return b
	}
	b = append(b, `,"implementation":{"states":["`...)
	first := g.n(members)
	for i := range states {
		if i > 0 {
			b = append(b, `","`...)
		}
		b = append(b, g.pledgers[(first+7*i)%members].state...)
	}
	b = append(b, `"]`...)
	if g.percent(30) {
		b = append(b, `,"level":"`+pick(g, "local", "national", "regional")+`"`...)
	}
	return append(b, '}')
}

// n returns a number from 0 to below limit.
func (g *Generator) n(limit int) int { return g.rand.IntN(limit) }

func (g *Generator) percent(p int) bool { return g.n(100) < p }

func pick(g *Generator, all ...string) string { return all[g.n(len(all))] }

// quote appends a JSON string; in ASCII with escapes if that is asked for.
func quote(b []byte, s string, ascii bool) []byte {
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r < utf8.RuneSelf || !ascii:
			b = utf8.AppendRune(b, r)
		default:
			for _, unit := range utf16.AppendRune(nil, r) {
				b = append(b, `\u`...)
				b = append(b, strconv.FormatUint(0x10000|uint64(unit), 16)[1:]...)
			}
		}
	}
	return append(b, '"')
}

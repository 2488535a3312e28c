package main

import (
	"strconv"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge"
)

// words is what titles and descriptions are made of. They mean nothing, and
// compress about as text does.
var words = strings.Fields("access action address agreement assist authorities border capacity care child cities commit community " +
	"cooperation country data detention development diaspora dignity education employment ensure families fair framework gender health " +
	"host implement inclusion information integration labour legal local migrants mobility national pathways policy programme protection " +
	"recruitment regional regular remittances return rights safe services skills society States strengthen support training women workers youth")

// made returns a made-up pledge of about the size of a real one: a description
// of 300 to 3,000 characters, as the form asks for.
func made(n, revision int) pledge.Pledge {
	random := uint64(n)*2862933555777941757 + 3037000493
	next := func(below int) int {
		random = random*6364136223846793005 + 1442695040888963407
		return int(random>>33) % below
	}
	text := func(characters int) string {
		var b strings.Builder
		for b.Len() < characters {
			b.WriteString(words[next(len(words))] + " ")
		}
		return strings.TrimSpace(b.String())
	}
	p := pledge.Pledge{
		ID:          pledge.IDFromRef("https://example.org/load", strconv.Itoa(n)),
		Updated:     gcm.InstantOfUnix(1_700_000_000+int64(revision), int32(n)),
		Title:       text(60),
		Description: text(300 + next(2700)),
		Language:    "en",
		Type:        gcm.Type(1 + next(3)), // individual, common or in partnership
		Natures:     gcm.NatureSetOf(gcm.Nature(1 + next(4))),
		Objectives:  objectives.SetOf(objectives.Objective(1+next(23)), objectives.Objective(1+next(23)), objectives.Objective(1+next(23))),
		Principles:  gcm.PrincipleSetOf(gcm.Principle(1+next(10)), gcm.Principle(1+next(10))),
		Status:      gcm.Status(1 + next(3)),
		Announced:   gcm.DateOf(2018+next(8), 1+next(12), 1+next(28)),
		Links:       []string{"https://example.org/pledges/" + strconv.Itoa(n)},
	}
	pledgers := 1
	if p.Type != gcm.Individual {
		pledgers += 1 + next(3)
	}
	for range pledgers {
		state := gcm.State(1 + next(190))
		p.Pledgers = append(p.Pledgers, pledge.Pledger{Name: state.Name(gcm.English), Category: gcm.MemberState, State: state})
	}
	return p
}

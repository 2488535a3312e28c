package feed

import (
	"reflect"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge"
)

// full returns a pledge that says something in each field, of two.
func full(t *testing.T, which int) pledge.Pledge {
	t.Helper()
	pick := func(all ...string) string { return all[which] }
	var p pledge.Pledge
	err := p.UnmarshalJSON([]byte(`{"id":"00000000-0000-4000-8000-00000000000` + pick("1", "2") + `","ref":"` + pick("a", "b") + `","updated":"2022-05-1` + pick("1", "2") + `T09:30:00Z",
		"title":"` + strings.Repeat("a long title ", 50) + pick("A", "B") + `","description":"` + pick("a", "b") + `","language":"` + pick("en", "a-tag-that-is-longer-than-an-item-has-room-for") + `","type":"` + pick("individual", "common") + `",
		"matches":{"ref":"` + pick("a", "b") + `"},"mirror":` + pick("true", "false") + `,"natures":["` + pick("financial", "policy") + `"],
		"pledgers":[{"name":"IOM","category":"civil-society","via":"` + pick("a", "b") + `"}],"objectives":[` + pick("1", "2") + `],"principles":["` + gcm.Principle(which+1).String() + `"],"themes":["` + pick("a", "b") + `"],
		"implementation":{"states":["` + pick("KEN", "UGA") + `"],"global":` + pick("true", "false") + `,"level":"` + pick("local", "national") + `"},"announced":"202` + pick("1", "2") + `","deadline":"203` + pick("1", "2") + `",
		"status":"` + pick("planned", "fulfilled") + `","contributions":[{"amount":"1","currency":"EUR","to":"` + pick("a", "b") + `"}],"champion":` + pick("true", "false") + `,
		"reports":[{"date":"202` + pick("1", "2") + `","links":["https://example.org/` + pick("a", "b") + `","https://example.org/` + pick("c", "d") + `"],"summary":"` + pick("a", "b") + `"}],
		"links":["https://example.org/` + pick("a", "b") + `","https://example.org/` + pick("c", "d") + `"],"source":"` + pick("a", "b") + `"}`))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// One look at each field, also at those that are only in part countable, and at those
// that somebody will add.
func TestDigestTellsPledgesApartByAnyField(t *testing.T) {
	a, b := full(t, 0), full(t, 1)
	seen := map[digest]string{}
	note := func(name string, p pledge.Pledge) {
		h, encoded := digestOf(&p)
		if other, known := seen[h]; known {
			t.Errorf("%s isn't told from %s", name, other)
		}
		seen[h] = name
		if c := countable(&p); string(encoded) != string(c.AppendJSON(nil)) {
			t.Errorf("%s: %s", name, encoded)
		}
	}
	note("a", a)
	for i := range reflect.TypeFor[pledge.Pledge]().NumField() {
		name := reflect.TypeFor[pledge.Pledge]().Field(i).Name
		for change, from := range map[string]reflect.Value{"other": reflect.ValueOf(b).Field(i), "no": reflect.Zero(reflect.TypeFor[pledge.Pledge]().Field(i).Type)} {
			p := a
			reflect.ValueOf(&p).Elem().Field(i).Set(from)
			note(change+" "+name, p)
		}
	}
	for name, change := range map[string]func(p *pledge.Pledge){
		"no via":         func(p *pledge.Pledge) { p.Pledgers = []pledge.Pledger{{Name: "IOM", Category: p.Pledgers[0].Category}} },
		"no receiver":    func(p *pledge.Pledge) { p.Contributions = []pledge.Contribution{{Money: p.Contributions[0].Money}} },
		"one link":       func(p *pledge.Pledge) { p.Links = p.Links[:1] },
		"level":          func(p *pledge.Pledge) { p.Implementation.Level = b.Implementation.Level },
		"States":         func(p *pledge.Pledge) { p.Implementation.States = b.Implementation.States },
		"nothing global": func(p *pledge.Pledge) { p.Implementation.Global = false },
		"objectives":     func(p *pledge.Pledge) { p.Objectives = objectives.Set{}.With(7) },
		"a cut title":    func(p *pledge.Pledge) { c := countable(p); p.Title = c.Title },
	} {
		p := a.Clone()
		change(&p)
		note(name, p)
	}
}

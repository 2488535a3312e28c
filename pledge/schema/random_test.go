package schema_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/google/uuid"
)

// oddities are values that a record may hold where another kind is due, or
// that are at the border of what a field takes. None is of a gap.
var oddities = []string{
	`null`, `true`, `false`, `0`, `1`, `23`, `24`, `-1`, `1.5`, `""`, `" "`, `"a"`, `"A\nB"`, `"\u202e"`, `"7"`,
	`"2026"`, `"2026-02-29"`, `"2024-02-29"`, `"9999-12-31"`, `"2026-02-29T00:00:00Z"`, `"2026-05-08T23:59:59.999-12:00"`,
	`"en"`, `"DEU"`, `"member-state"`, `"financial"`, `"human-rights"`, `"common"`, `"individual"`, `"matching"`,
	`"local"`, `"planned"`, `"deposited"`, `"JPY"`, `"KWD"`, `"CLF"`, `"EUR"`, `"0.01"`, `"0"`, `"00"`,
	`"https://example.org"`, `"http://example.org"`, `"00000000-0000-0000-0000-000000000000"`, `"019ab0b0-c0d0-7e0f-8a1b-2c3d4e5f6073"`,
	`[]`, `[null]`, `[""]`, `["a"]`, `[1]`, `[[]]`, `[{}]`, `{}`, `{"":0}`, `{"name":"A","category":"other"}`, `[{"name":"A"}]`,
	`[{"amount":1,"currency":"JPY"}]`, `{"title":"A"}`,
}

// No value in any place makes the schema and the Go code say different things.
func TestSchemaAndGoCodeAgreeOnOddValuesEverywhere(t *testing.T) {
	all := compile(t)
	record, err := overlay(base, []byte(`{"deadline": "9999", "updated": "9999-12-31T23:59:59Z"}`)) // after any announcement and report: their order is a gap
	if err != nil {
		t.Fatal(err)
	}
	tree := parse(t, record)
	for path, set := range places("", tree, func(any) {}) {
		for _, odd := range oddities {
			if odd == `"DEU"` && path == "/reports/0/by" { // it is a pledger: a gap
				continue
			}
			set(json.RawMessage(odd))
			changed, err := json.Marshal(tree)
			if err != nil {
				t.Fatal(err)
			}
			for _, profile := range []pledge.Profile{pledge.SubmissionProfile, pledge.PublicationProfile} {
				found := brokenRules(changed, profile)
				err := validate(all.of(profile), changed)
				if (err == nil) != (len(found) == 0) {
					t.Errorf("%s at %s, as %v: the Go code finds %v, and the schema: %v", odd, path, profile, found, err)
				}
			}
		}
		set(nil)
	}
}

// places yields all places of a tree, below the outermost, by their JSON
// pointers; setting one to nil brings back what was there.
func places(path string, tree any, set func(any)) map[string]func(any) {
	all := map[string]func(any){}
	if path != "" {
		all[path] = func(v any) {
			if raw, odd := v.(json.RawMessage); odd {
				set(raw)
			} else {
				set(tree)
			}
		}
	}
	add := func(name string, v any, set func(any)) {
		for path, set := range places(path+"/"+name, v, set) {
			all[path] = set
		}
	}
	switch tree := tree.(type) {
	case map[string]any:
		for name, v := range tree {
			add(name, v, func(v any) { tree[name] = v })
		}
	case []any:
		for i, v := range tree {
			add(fmt.Sprint(i), v, func(v any) { tree[i] = v })
		}
	}
	return all
}

// What a pledge is written as, a schema takes.
func TestRandomPledgesAreSound(t *testing.T) {
	all := compile(t)
	s := source{rand.New(rand.NewPCG(1, 3))}
	for range 500 {
		p := s.pledge()
		for _, profile := range []pledge.Profile{pledge.SubmissionProfile, pledge.PublicationProfile} {
			if r := p.Validate(&pledge.ValidateOptions{Profile: profile}); !r.OK() {
				t.Fatalf("the generator makes a pledge with problems: %v", r.Problems)
			}
			if err := validate(all.of(profile), p.AppendJSON(nil)); err != nil {
				t.Errorf("as %v: %v\n%s", profile, err, p.AppendJSON(nil))
			}
		}
	}
}

// source makes random pledges that can be submitted.
type source struct{ *rand.Rand }

func pick[T any](s source, all ...T) T { return all[s.IntN(len(all))] }

func (s source) text(least, most int) string {
	n := least + s.IntN(most-least+1)
	return "é" + strings.Repeat(pick(s, "a", "я", "说", "م", "👩", "\""), n-1)
}

func (s source) pledge() pledge.Pledge {
	p := pledge.Pledge{
		ID:          uuid.NewSHA1(uuid.NameSpaceURL, []byte(s.text(5, 50))),
		Ref:         pick(s, "", "217"),
		Updated:     gcm.InstantOfUnix(s.Int64N(4e9), int32(s.IntN(1e9))),
		Title:       s.text(1, 200),
		Description: s.text(300, 3000),
		Language:    pick(s, "", "en", "pt-BR"),
		Type:        gcm.Type(1 + s.IntN(4)),
		Mirror:      gcm.Answer(s.IntN(3)),
		Objectives:  objectives.SetOf(objectives.Objective(1 + s.IntN(objectives.Count))),
		Status:      gcm.Status(s.IntN(5)),
		Champion:    gcm.Answer(s.IntN(3)),
		Announced:   pick(s, gcm.Date{}, gcm.DateOf(1+s.IntN(2026), s.IntN(13), 0)),
		Deadline:    pick(s, gcm.Date{}, gcm.DateOf(2027+s.IntN(100), 1+s.IntN(12), s.IntN(29))),
		Source:      pick(s, "", "https://example.org"),
	}
	for range pick(s, 0, 1, 3) {
		p.Principles = p.Principles.With(gcm.Principle(1 + s.IntN(10)))
		p.Natures = p.Natures.With(gcm.Nature(1 + s.IntN(4)))
		p.Themes = append(p.Themes, pick(s, "climate", "child-detention"))
		p.Links = append(p.Links, "https://example.org/"+s.text(1, 5))
		p.Implementation.States = append(p.Implementation.States, s.state())
		p.Contributions = append(p.Contributions, s.contribution())
	}
	p.Implementation.Global, p.Implementation.Level = s.IntN(2) == 0, gcm.Level(s.IntN(5))
	if p.Type == gcm.Matching {
		p.Matches = pick(s, pledge.Match{ID: uuid.NewSHA1(uuid.NameSpaceURL, nil)}, pledge.Match{Ref: "12"}, pledge.Match{Title: s.text(1, 9)})
	}
	for range pick(s, 2, 16) {
		p.Pledgers = append(p.Pledgers, pledge.Pledger{Name: s.text(1, 50), Category: gcm.Category(1 + s.IntN(16)), State: s.state(), Via: pick(s, "", "an agency")})
	}
	if p.Type == gcm.Individual {
		p.Pledgers = p.Pledgers[:1]
	}
	return p
}

func (s source) state() gcm.State { return gcm.State(1 + s.IntN(197)) }

func (s source) contribution() pledge.Contribution {
	var all []gcm.Currency
	for c := range gcm.Currencies() {
		all = append(all, c)
	}
	minor := pick(s, 1, 1+s.Int64N(1e9), 1+s.Int64N(1<<63-1), 1<<63-1)
	return pledge.Contribution{Money: gcm.MoneyOf(minor, pick(s, all...)), Stage: gcm.Stage(s.IntN(4)), To: pick(s, "", "Migration MPTF")}
}

package main

import (
	"bytes"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge"
)

// What is left out of the columns would make them look smaller than they are.
func TestColumnsHoldWhatIsCounted(t *testing.T) {
	one := func(change func(*pledge.Pledge)) []byte {
		p := pledge.Pledge{ID: pledge.IDFromRef("x", "1"), Title: "A"}
		change(&p)
		b := new(pledge.Book)
		if _, err := b.Put(p); err != nil {
			t.Fatal(err)
		}
		return columnsOf(b).all()
	}
	eur, _ := gcm.CurrencyFromCode("EUR")
	bare := one(func(*pledge.Pledge) {})
	for name, change := range map[string]func(*pledge.Pledge){
		"id":         func(p *pledge.Pledge) { p.ID = pledge.IDFromRef("x", "2") },
		"updated":    func(p *pledge.Pledge) { p.Updated = gcm.InstantOfUnix(1, 0) },
		"nanos":      func(p *pledge.Pledge) { p.Updated = gcm.InstantOfUnix(0, 1) },
		"title":      func(p *pledge.Pledge) { p.Title = "B" },
		"language":   func(p *pledge.Pledge) { p.Language = "fr" },
		"type":       func(p *pledge.Pledge) { p.Type = gcm.Common },
		"status":     func(p *pledge.Pledge) { p.Status = gcm.Fulfilled },
		"mirror":     func(p *pledge.Pledge) { p.Mirror = gcm.No },
		"natures":    func(p *pledge.Pledge) { p.Natures = gcm.NatureSetOf(gcm.Policy) },
		"objectives": func(p *pledge.Pledge) { p.Objectives = objectives.SetOf(7) },
		"principles": func(p *pledge.Pledge) { p.Principles = gcm.PrincipleSetOf(gcm.ChildSensitive) },
		"themes":     func(p *pledge.Pledge) { p.Themes = []string{"climate"} },
		"places":     func(p *pledge.Pledge) { p.Implementation.Global = true },
		"announced":  func(p *pledge.Pledge) { p.Announced = gcm.DateOf(2022, 5, 0) },
		"pledgers":   func(p *pledge.Pledge) { p.Pledgers = []pledge.Pledger{{Name: "IOM", Category: gcm.UNSystem}} },
		"links":      func(p *pledge.Pledge) { p.Links = []string{"https://example.org/"} },
		"money": func(p *pledge.Pledge) {
			p.Contributions = []pledge.Contribution{{Money: gcm.MoneyOf(100, eur), Stage: gcm.StagePledged}}
		},
	} {
		if bytes.Equal(one(change), bare) {
			t.Errorf("%s is in no column", name)
		}
	}
}

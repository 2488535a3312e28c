package main

import (
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/google/uuid"
)

// record is a [pledge.Pledge] with tags: the same fields, of the same types, which
// read their codes themselves. Pledge reads itself as JSON, so it would be no work for
// a decoder.
type record struct {
	ID             uuid.UUID        `json:"id"`
	Ref            string           `json:"ref"`
	Updated        gcm.Instant      `json:"updated"`
	Title          string           `json:"title"`
	Description    string           `json:"description"`
	Language       string           `json:"language"`
	Type           gcm.Type         `json:"type"`
	Matches        match            `json:"matches"`
	Mirror         gcm.Answer       `json:"mirror"`
	Natures        gcm.NatureSet    `json:"natures"`
	Pledgers       []pledger        `json:"pledgers"`
	Objectives     objectives.Set   `json:"objectives"`
	Principles     gcm.PrincipleSet `json:"principles"`
	Themes         []string         `json:"themes"`
	Implementation implementation   `json:"implementation"`
	Announced      gcm.Date         `json:"announced"`
	Deadline       gcm.Date         `json:"deadline"`
	Status         gcm.Status       `json:"status"`
	Contributions  []contribution   `json:"contributions"`
	Champion       gcm.Answer       `json:"champion"`
	Links          []string         `json:"links"`
	Source         string           `json:"source"`
}

type match struct {
	ID    uuid.UUID `json:"id"`
	Ref   string    `json:"ref"`
	Title string    `json:"title"`
}

type pledger struct {
	Name     string       `json:"name"`
	Category gcm.Category `json:"category"`
	State    gcm.State    `json:"state"`
	Via      string       `json:"via"`
}

type implementation struct {
	States []gcm.State `json:"states"`
	Global bool        `json:"global"`
	Level  gcm.Level   `json:"level"`
}

// contribution has the amount as it is written: a [gcm.Money] is made of two fields.
type contribution struct {
	Amount   string       `json:"amount"`
	Currency gcm.Currency `json:"currency"`
	Stage    gcm.Stage    `json:"stage"`
	To       string       `json:"to"`
}

// pledge returns the pledge of a record, to be compared.
func (r *record) pledge() (p pledge.Pledge, err error) {
	p = pledge.Pledge{
		ID: r.ID, Ref: r.Ref, Updated: r.Updated, Title: r.Title, Description: r.Description, Language: r.Language,
		Type: r.Type, Matches: pledge.Match(r.Matches), Mirror: r.Mirror, Natures: r.Natures, Objectives: r.Objectives,
		Principles: r.Principles, Themes: r.Themes, Implementation: pledge.Implementation(r.Implementation),
		Announced: r.Announced, Deadline: r.Deadline, Status: r.Status, Champion: r.Champion, Links: r.Links, Source: r.Source,
	}
	for _, by := range r.Pledgers {
		p.Pledgers = append(p.Pledgers, pledge.Pledger(by))
	}
	for _, c := range r.Contributions {
		money, err := gcm.ParseMoney(c.Amount, c.Currency)
		if err != nil {
			return p, err
		}
		p.Contributions = append(p.Contributions, pledge.Contribution{Money: money, Stage: c.Stage, To: c.To})
	}
	return p, nil
}

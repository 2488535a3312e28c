package site

import (
	"bytes"
	"net/url"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
	"github.com/google/uuid"
)

// A Record is what a page says of a pledge, with its sources.
type Record struct {
	Title    string
	Language string // of the title, empty if it isn't known
	Facts    []string
	Sources  []Source
}

// A Source is a page that a record is taken from.
type Source struct {
	Name, Address string
}

// records returns what feeds hold, in their order; a pledge that is in several of
// them once, with all of its sources. There are none in a snapshot of counts.
func records(feeds ...[]byte) (all []Record, err error) {
	place := map[uuid.UUID]int{}
	for _, feed := range feeds {
		for r, err := range pledge.NewDecoder(bytes.NewReader(feed)).Records() {
			if err != nil {
				return nil, err
			}
			p := &r.Pledge
			at, known := place[p.ID]
			if !known {
				at = len(all)
				place[p.ID] = at
				all = append(all, Record{Title: p.Title, Language: p.Language, Facts: facts(p)})
			}
			for _, link := range p.Links {
				all[at].add(link)
			}
		}
	}
	return all, nil
}

func (r *Record) add(link string) {
	for _, s := range r.Sources {
		if s.Address == link {
			return
		}
	}
	r.Sources = append(r.Sources, Source{registry(link), link})
}

// The registries that pledges are in.
const (
	form        = "Entry of the pledge form"
	network     = "UN Network on Migration"
	localAction = "Call to Local Action"
)

// registry names where an address leads: one of the registries, or its host.
func registry(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return link
	}
	switch {
	case strings.Contains(u.Path, "/webform/submission/"):
		return form
	case u.Host == "migrationnetwork.un.org":
		return network
	case u.Host == "localaction.mayorsmechanism.org":
		return localAction
	}
	return strings.TrimPrefix(u.Host, "www.")
}

// Registries is in how many registries the record is.
func (r *Record) Registries() int {
	in := map[string]bool{}
	for _, s := range r.Sources {
		switch s.Name {
		case form, network, localAction:
			in[s.Name] = true
		}
	}
	return len(in)
}

// facts are who pledges, since when, and how much.
func facts(p *pledge.Pledge) (facts []string) {
	var by []string
	for _, b := range p.Pledgers {
		name := b.Name
		if b.State.IsValid() && b.Category != gcm.MemberState {
			name += ", " + b.State.Name(gcm.English)
		}
		by = append(by, name)
	}
	if len(by) > 0 {
		facts = append(facts, strings.Join(by, "; "))
	}
	if p.Announced.IsValid() {
		facts = append(facts, locale.Date(gcm.English, p.Announced))
	}
	for _, c := range p.Contributions {
		amount := locale.Money(gcm.English, gcm.Sum{}.Add(c.Money), c.Money.Currency())
		if c.Stage.IsValid() {
			amount += " " + strings.ToLower(c.Stage.Label(gcm.English))
		}
		if c.To != "" {
			amount += ", to " + c.To
		}
		facts = append(facts, amount)
	}
	return facts
}

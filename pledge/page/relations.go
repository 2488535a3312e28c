package page

import (
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/google/uuid"
)

// Relations are which pledges of a feed match which. They never change, and are safe
// for concurrent use. [RelationsOf] makes them.
type Relations struct {
	byID     map[uuid.UUID]Related
	byRef    map[string]uuid.UUID // of numbers that only one has
	byTitle  map[string]uuid.UUID // of titles that only one has
	matching map[uuid.UUID][]Related
}

// RelationsOf returns the relations of pledges. Those that match the same one are in
// the order of the pledges. It only reads them.
func RelationsOf(all []*pledge.Pledge) *Relations {
	r := &Relations{map[uuid.UUID]Related{}, map[string]uuid.UUID{}, map[string]uuid.UUID{}, map[uuid.UUID][]Related{}}
	for _, p := range all {
		r.byID[p.ID] = Related{p.ID, p.Title, p.Language}
		alone(r.byRef, p.Ref, p.ID)
		alone(r.byTitle, p.Title, p.ID)
	}
	for _, p := range all {
		if of, ok := r.matched(p); ok {
			r.matching[of.ID] = append(r.matching[of.ID], r.byID[p.ID])
		}
	}
	return r
}

// alone notes by which name a pledge can be found: none that several have.
func alone(by map[string]uuid.UUID, name string, id uuid.UUID) {
	if name == "" {
		return
	}
	if _, taken := by[name]; taken {
		id = uuid.Nil
	}
	by[name] = id
}

// matched returns the pledge that p matches: by its ID, or else by a number or a title
// that no other has. No pledge matches itself.
func (r *Relations) matched(p *pledge.Pledge) (Related, bool) {
	m := &p.Matches
	for _, id := range [...]uuid.UUID{m.ID, r.byRef[m.Ref], r.byTitle[m.Title]} {
		if of, ok := r.byID[id]; ok && id != p.ID {
			return of, true
		}
	}
	return Related{}, false
}

// Page returns the page of a pledge with its relations, in English.
func (r *Relations) Page(p *pledge.Pledge) PledgePage {
	o := PledgePage{Matching: r.matching[p.ID]}
	if of, ok := r.matched(p); ok {
		o.Matched = &of
	}
	return o
}

// AppendJSON appends what the page says in a form for programs. It is an object with
// the header and the pledge as a feed has them, the criteria that the pledge visibly
// meets, the pledge that it matches (matched) and those that match it (matching), each
// with id, title and language.
func (o PledgePage) AppendJSON(b []byte, h *tally.Header, p *pledge.Pledge) []byte {
	start := len(b) + 1
	if b = h.AppendJSON(append(b, '{')); len(b) > start {
		b = append(b, ',')
	}
	b = p.AppendJSON(append(b, `"pledge":`...))
	criteria, _ := p.Criteria().MarshalJSON() // of codes
	b = append(append(b, `,"criteria":`...), criteria...)
	if o.Matched != nil {
		b = o.Matched.appendJSON(append(b, `,"matched":`...))
	}
	for i := range o.Matching {
		if i == 0 {
			b = append(b, `,"matching":[`...)
		} else {
			b = append(b, ',')
		}
		b = o.Matching[i].appendJSON(b)
	}
	if len(o.Matching) > 0 {
		b = append(b, ']')
	}
	return append(b, '}')
}

func (r *Related) appendJSON(b []byte) []byte {
	b = tally.AppendText(append(b, `{"id":`...), r.ID.String())
	b = tally.AppendText(append(b, `,"title":`...), r.Title)
	if r.Language != "" {
		b = tally.AppendText(append(b, `,"language":`...), r.Language)
	}
	return append(b, '}')
}

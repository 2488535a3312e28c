package webform

import (
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/google/uuid"
)

// read turns the cells of a row into a pledge.
func (r *reader) read(cells []string, p *pledge.Pledge) outcome {
	r.cells, r.said = cells, [fieldCount]int{}
	r.count()
	if s := r.text(draft); s != "" {
		isIt, ok := answer(s)
		if !ok {
			return r.lose(draft, RuleDraft, s)
		}
		if isIt == gcm.Yes {
			return isDraft
		}
	}
	if !r.identity(p) {
		return isLost
	}
	r.times(p)
	r.words(p)
	r.pledgers(p)
	r.choices(p)
	r.places(p)
	r.additions(p)
	if s := r.text(other); s != "" && !addOthers(p, s) {
		r.problem(other, Problem{Rule: RuleMalformed})
	}
	return isPledge
}

// identity reads what the pledge is known by: its number at the source, or
// what stands for one where there is none. The ID is made from that, unless
// the row has one.
func (r *reader) identity(p *pledge.Pledge) bool {
	if p.Ref = r.text(number); p.Ref == "" {
		if s := strings.ToLower(r.text(uuidField)); s != "" {
			p.Ref = s
		} else if s := r.text(submissionID); s != "" {
			p.Ref = "sid:" + s // else it would be taken for a number
		}
	}
	if s := r.text(pledgeID); s != "" {
		id, ok := parseID(s)
		if !ok {
			r.lose(pledgeID, RuleMalformed, s)
		}
		p.ID = id
		return ok
	}
	if p.Ref == "" {
		r.lose(number, RuleRequired, "")
		return false
	}
	p.ID = pledge.IDFromRef(r.source, p.Ref)
	return true
}

func parseID(s string) (uuid.UUID, bool) {
	id, err := uuid.Parse(s)
	return id, err == nil && len(s) == 36 && id != uuid.Nil
}

// times reads when the pledge was last changed, and when it was submitted:
// that is when it was announced, unless the file says.
func (r *reader) times(p *pledge.Pledge) {
	at := func(f field) (t gcm.Instant) {
		if s := r.text(f); s != "" {
			var ok bool
			if t, ok = instant(s); !ok {
				r.problem(f, Problem{Rule: RuleMalformed, Value: s})
			}
		}
		return t
	}
	first, done, last := at(created), at(completed), at(changed)
	submitted := firstOf(done, first)
	p.Updated = firstOf(last, submitted)
	if !r.has(announced) {
		p.Announced = submitted.Date()
	}
	p.Source = r.source
	if r.has(source) {
		p.Source = r.text(source)
	}
}

func firstOf(a, b gcm.Instant) gcm.Instant {
	if a.IsValid() {
		return a
	}
	return b
}

// words reads what somebody wrote freely. It stays as it is, but for line
// breaks in titles; the report says where people can be reached in it.
func (r *reader) words(p *pledge.Pledge) {
	p.Title = oneLine(r.text(title))
	r.flag(title, p.Title)
	p.Description = r.text(description)
	r.flag(description, p.Description)
	p.Matches.Title = oneLine(r.text(matchTitle))
	r.flag(matchTitle, p.Matches.Title)
	if s := oneLine(r.text(matchRef)); s != "" {
		if id, ok := parseID(s); ok {
			p.Matches.ID = id
		} else {
			p.Matches.Ref = s
			r.flag(matchRef, s)
		}
	}
	if s := r.text(language); s != "" {
		var ok bool
		if p.Language, ok = tag(s); !ok {
			r.unknown(language, s)
		}
	}
}

// flag says that a text which is kept holds personal data, without repeating
// it.
func (r *reader) flag(f field, text string) {
	emails, phones := contacts(text)
	if emails > 0 {
		r.problem(f, Problem{Rule: RuleEmail, Found: emails, Severity: Warning})
	}
	if phones > 0 {
		r.problem(f, Problem{Rule: RulePhone, Found: phones, Severity: Warning})
	}
}

// removed says that personal data was taken out of a text.
func (r *reader) removed(f field, text string) {
	emails, phones := contacts(text)
	if emails > 0 {
		r.problem(f, Problem{Rule: RuleEmailRemoved, Found: emails, Severity: Note})
	}
	if phones > 0 {
		r.problem(f, Problem{Rule: RulePhoneRemoved, Found: phones, Severity: Note})
	}
}

func (r *reader) unknown(f field, value string) {
	r.problem(f, Problem{Rule: RuleUnknown, Value: value})
}

func (r *reader) none(f field, value string) {
	r.problem(f, Problem{Rule: RuleNone, Value: value, Severity: Note})
}

// pledgers reads the entity that submits the pledge, and those who take part.
func (r *reader) pledgers(p *pledge.Pledge) {
	first := r.entity(p)
	if first.Name != "" || first.State.IsValid() {
		p.Pledgers = append(p.Pledgers, first)
	} else if first != (pledge.Pledger{}) {
		r.problem(entity, Problem{Rule: RuleRequired})
	}
	cell := r.text(actors)
	if cell == "" {
		return
	}
	r.removed(actors, cell)
	others, rule := readActors(cell)
	switch rule {
	case RuleUnsplit:
		r.problem(actors, Problem{Rule: rule, Found: len(others), Severity: Warning})
	case RuleSplit:
		r.problem(actors, Problem{Rule: rule, Found: len(others), Severity: Note})
	}
	seen := map[string]bool{fold(first.Name): true}
	for _, by := range others {
		if key := fold(by.Name); !seen[key] {
			seen[key] = true
			p.Pledgers = append(p.Pledgers, by)
		}
	}
}

func (r *reader) entity(p *pledge.Pledge) (by pledge.Pledger) {
	name, https, others := cutAddresses(oneLine(r.text(entity)))
	p.Links = append(p.Links, https...)
	if n := len(https) + others; n > 0 {
		r.problem(entity, Problem{Rule: RuleLink, Found: n, Severity: Note})
	}
	r.removed(entity, name)
	by.Name = withoutContacts(name)
	var parted bool
	if by.Name, by.Via, parted = cutBehalf(by.Name); parted {
		r.problem(entity, Problem{Rule: RuleBehalf, Severity: Note})
	}
	if s := r.text(via); s != "" {
		r.removed(via, s)
		by.Via = withoutContacts(oneLine(s))
	}
	if s := r.text(category); s != "" {
		var err error
		if by.Category, err = gcm.ParseCategory(s); err != nil {
			r.unknown(category, s)
		}
	}
	if by.Category == gcm.MemberState {
		if by.State = stateNamed(by.Name); by.State != 0 {
			by.Name = cutTermID(by.Name)
		}
	}
	if s := r.text(country); s != "" {
		if state, err := gcm.ParseState(s); err == nil {
			by.State = state
		} else {
			r.unknown(country, s)
		}
	}
	return by
}

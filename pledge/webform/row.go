package webform

import (
	"strconv"
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
	r.places(p)
	r.pledgers(p)
	r.choices(p)
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
	if p.Ref = wholeNumber(r.text(number)); p.Ref == "" {
		if s := strings.ToLower(r.text(uuidField)); s != "" {
			p.Ref = s
		} else if s := wholeNumber(r.text(submissionID)); s != "" {
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
	switch {
	case p.Ref == "":
		r.lose(number, RuleRequired, "")
		return false
	case strings.Trim(p.Ref, "0123456789") != "" && r.text(number) != "" && r.text(title) == "" && r.text(entity) == "" && r.text(objectivesField) == "":
		r.lose(number, RuleRequired, "") // a line that somebody wrote below: whose, nobody knows
		return false
	case isRounded(p.Ref):
		r.lose(number, RuleRounded, p.Ref)
		return false
	}
	p.ID = pledge.IDFromRef(r.source, p.Ref)
	return true
}

// wholeNumber returns a number without the fraction of zeros that a spreadsheet
// writes behind it, "2278.0", and with all digits where it has an exponent and no
// digit is missing: "1.659285309E9".
func wholeNumber(s string) string {
	if mantissa, n, plus, ok := exponent(s); ok {
		whole, fraction, _ := strings.Cut(mantissa, ".")
		if missing := n - len(fraction); missing <= 0 {
			s = whole + fraction[:n] + "." + fraction[n:] + "0"
		} else if !plus && fraction != "" { // all of it, but for zeros
			return whole + fraction + strings.Repeat("0", missing)
		}
	}
	digits, zeros, found := strings.Cut(s, ".")
	if found && digits != "" && zeros != "" && strings.Trim(digits, "0123456789") == "" && strings.Trim(zeros, "0") == "" {
		return digits
	}
	return s
}

// isRounded reports whether a spreadsheet has written a number with an exponent,
// and without its last digits: "1.65929E+09".
func isRounded(s string) bool {
	_, _, _, ok := exponent(s)
	return ok && wholeNumber(s) == s
}

// exponent splits a number from its exponent, which may have a plus sign, as
// where a spreadsheet writes what it shows, or none, as where it writes what it
// holds.
func exponent(s string) (mantissa string, n int, plus, ok bool) {
	if s == "" || s[0] < '0' || s[0] > '9' {
		return "", 0, false, false
	}
	mantissa, power, found := strings.Cut(strings.ToUpper(s), "E")
	power, plus = strings.CutPrefix(power, "+")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	n, err := strconv.Atoi(power)
	ok = found && err == nil && n > 0 && n < 20 && power[0] != '+' && whole != "" && len(whole) == 1 && strings.Trim(whole+fraction, "0123456789") == ""
	return mantissa, n, plus, ok
}

func parseID(s string) (uuid.UUID, bool) {
	id, err := uuid.Parse(s)
	return id, err == nil && len(s) == 36 && id != uuid.Nil
}

// times reads when the pledge was last changed, and when it was submitted:
// that is when it was announced, unless the file says.
func (r *reader) times(p *pledge.Pledge) {
	order := r.clock.order
	if order == AnyOrder { // what the row's own dates say of each other
		r.clock.order = rowOrder([]string{r.text(created), r.text(completed), r.text(changed)})
	}
	at := func(f field) (t gcm.Instant) {
		s := r.text(f)
		if s == "" {
			return t
		}
		t, doubt, ok := r.clock.instant(wholeNumber(s))
		switch {
		case !ok && isRounded(s):
			r.problem(f, Problem{Rule: RuleRounded, Value: s})
		case !ok:
			r.problem(f, Problem{Rule: RuleMalformed, Value: s})
		case doubt:
			r.problem(f, Problem{Rule: RuleDateOrder, Value: s, Severity: Warning})
		}
		return t
	}
	first, done, last := at(created), at(completed), at(changed)
	r.clock.order = order
	submitted := firstOf(done, first)
	if isBefore(done, first) {
		r.problem(completed, Problem{Rule: RuleBackwards, Severity: Warning})
	}
	if isBefore(last, submitted) {
		r.problem(changed, Problem{Rule: RuleBackwards, Severity: Warning})
	}
	p.Updated = firstOf(last, submitted)
	if !r.has(announced) {
		p.Announced = submitted.Date()
	}
	p.Source = r.source
	if r.has(source) {
		p.Source = r.text(source)
	}
}

func isBefore(a, b gcm.Instant) bool { return a.IsValid() && b.IsValid() && a.Compare(b) < 0 }

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
	if s := wholeNumber(oneLine(r.text(matchRef))); s != "" {
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
	if all := bodies(first.Name); all != nil && first.Via == "" {
		r.problem(entity, Problem{Rule: RuleBodies, Found: len(all), Severity: Note})
		p.Pledgers = append(p.Pledgers, all...)
	} else if first.Name != "" || first.State.IsValid() {
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
	if len(others) == 0 {
		return
	}
	seen := map[string]bool{fold(first.Name): true}
	for _, by := range p.Pledgers {
		seen[fold(by.Name)] = true
	}
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
		var v verdict
		if by.Category, v = value("category", s, gcm.CategoryFromCode, gcm.ParseCategory); v == unread {
			r.unknown(category, s)
		}
	}
	if by.Category == gcm.MemberState {
		if by.State = stateNamed(by.Name); by.State != 0 {
			by.Name = cutTermID(by.Name)
		}
	}
	if by.State == 0 {
		if by.Name, by.State = r.cutState(by.Name); by.State != 0 {
			r.problem(entity, Problem{Rule: RuleNamedState, Value: by.State.Name(gcm.English), Severity: Note})
		}
	}
	if s := r.text(homeState); s != "" {
		if v, ok := state(s); ok {
			by.State = v
		} else {
			r.unknown(homeState, s)
		}
	}
	r.countryOf(p, &by)
	return by
}

package pledge

import (
	"strconv"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/go-playground/validator/v10"
	"github.com/google/uuid"
)

// maxObjectives is how many objectives the form asks for.
const maxObjectives = 3

// checkPledge checks what the fields of a pledge say together.
func checkPledge(l validator.StructLevel) {
	p := l.Current().Addr().Interface().(*Pledge)
	if len(p.Pledgers) == 0 {
		l.ReportError(p.Pledgers, "pledgers", "Pledgers", "required", "")
	}
	for list := range p.overLimits {
		name := namespace(list.Path)
		l.ReportError(list.Have, name, name, "items-max", strconv.Itoa(list.Most))
	}
	if p.Type.Joint() && len(p.Pledgers) == 1 {
		l.ReportError(p.Pledgers, "pledgers", "Pledgers", "pledgers-joint", "2")
	}
	if p.Type == gcm.Individual && len(p.Pledgers) > 1 {
		l.ReportError(p.Pledgers, "pledgers", "Pledgers", "pledgers-individual", "1")
	}
	if p.Objectives.IsEmpty() && p.Principles.IsEmpty() {
		l.ReportError(p.Objectives, "objectives", "Objectives", "objectives-or-principles", "")
	}
	if p.Objectives.Len() > maxObjectives {
		l.ReportError(p.Objectives, "objectives", "Objectives", "objectives-many", "3")
	}
	if p.Deadline.Before(p.Announced) {
		l.ReportError(p.Deadline, "deadline", "Deadline", "dates-order", p.Announced.String())
	}
	checkMatch(l, p)
	checkReports(l, p)
}

// namespace returns a path as validator joins names.
func namespace(path string) string { return strings.ReplaceAll(path[1:], "/", ".") }

// checkMatch checks that a matching pledge names another one, and that no
// other does.
func checkMatch(l validator.StructLevel, p *Pledge) {
	report := func(code string) { l.ReportError(p.Matches, "matches", "Matches", code, "") }
	switch names := p.Matches != (Match{}); {
	case !names && p.Type == gcm.Matching:
		report("match-missing")
	case names && p.Type.IsValid() && p.Type != gcm.Matching:
		report("match-unexpected")
	}
	m := p.Matches
	if m.ID != uuid.Nil && m.ID == p.ID || m.ID == uuid.Nil && m.Ref != "" && m.Ref == p.Ref {
		report("match-self")
	}
}

// checkPledger checks that States pledge as States, and others as themselves.
func checkPledger(l validator.StructLevel) {
	p := l.Current().Addr().Interface().(*Pledger)
	switch {
	case p.Category == gcm.MemberState:
		if p.State == 0 {
			l.ReportError(p.State, "state", "State", "pledger-state", "")
		}
	case p.Category.IsValid():
		if s, err := gcm.ParseState(p.Name); err == nil {
			l.ReportError(p.Name, "name", "Name", "pledger-name-state", s.Alpha3())
		}
	}
}

// checkContribution checks that an amount of money is one.
func checkContribution(l validator.StructLevel) {
	c := l.Current().Addr().Interface().(*Contribution)
	switch {
	case !c.Money.Currency().IsValid():
		l.ReportError(c.Money, "currency", "Money", "amount-currency", "")
	case c.Money.Minor() <= 0:
		l.ReportError(c.Money, "amount", "Money", "amount-positive", "")
	}
}

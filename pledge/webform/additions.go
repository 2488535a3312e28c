package webform

import (
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
)

// additions reads the columns that the form doesn't have and Export adds.
func (r *reader) additions(p *pledge.Pledge) {
	var ok bool
	if s := r.text(level); s != "" {
		v, err := gcm.ParseLevel(s)
		if p.Implementation.Level = v; err != nil {
			r.unknown(level, s)
		}
	}
	if s := r.text(status); s != "" {
		v, err := gcm.ParseStatus(s)
		if p.Status = v; err != nil {
			r.unknown(status, s)
		}
	}
	r.date(announced, &p.Announced)
	r.date(deadline, &p.Deadline)
	p.Themes = append(p.Themes, parts(r.text(themes))...)
	r.links(p)
	for _, s := range parts(r.text(contributions)) {
		var c pledge.Contribution
		if c, ok = contribution(s); !ok {
			r.problem(contributions, Problem{Rule: RuleMalformed, Value: s})
			continue
		}
		p.Contributions = append(p.Contributions, c)
	}
}

// links adds what the pledge links to beside the addresses in its entity's
// name, each once.
func (r *reader) links(p *pledge.Pledge) {
	linked := make(map[string]bool)
	for _, s := range p.Links {
		linked[s] = true
	}
	for _, s := range parts(r.text(links)) {
		switch {
		case !isHTTPS(s):
			r.problem(links, Problem{Rule: RuleMalformed})
		case !linked[s]:
			linked[s] = true
			p.Links = append(p.Links, s)
		}
	}
}

func (r *reader) date(f field, d *gcm.Date) {
	if s := r.text(f); s != "" {
		v, err := gcm.ParseDate(s)
		if err != nil {
			r.problem(f, Problem{Rule: RuleMalformed, Value: s})
			return
		}
		*d = v
	}
}

// contribution reads "EUR 200000.00 pledged to Migration MPTF".
func contribution(s string) (c pledge.Contribution, ok bool) {
	amount, to, _ := strings.Cut(s, " to ")
	c.To = strings.TrimSpace(to)
	words := strings.Fields(amount)
	if len(words) < 2 || len(words) > 3 {
		return c, false
	}
	currency, err := gcm.ParseCurrency(words[0])
	if err != nil {
		return c, false
	}
	if c.Money, err = gcm.ParseMoney(words[1], currency); err != nil {
		return c, false
	}
	if len(words) == 3 {
		c.Stage, ok = gcm.StageFromCode(words[2])
		return c, ok
	}
	return c, true
}

// contributionText is what contribution reads.
func contributionText(c pledge.Contribution) string {
	s := c.Money.String()
	if c.Stage.IsValid() {
		s += " " + c.Stage.String()
	}
	if c.To != "" {
		s += " to " + c.To
	}
	return s
}

package page

import (
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
	"github.com/google/uuid"
)

// A Related pledge is one that another pledge matches, or that matches it. It is a
// value.
type Related struct {
	ID       uuid.UUID
	Title    string
	Language string // of the title, empty if it isn't stated
}

// A PledgePage is the page of a pledge: all of its facts. It is a value, but for its
// slices; the zero PledgePage is in English and knows nothing of revisions and
// relations.
type PledgePage struct {
	Language gcm.Language // English if it isn't valid

	// Matched is the pledge that it matches, nil if that isn't in the feed. Matching
	// are those that match it.
	Matched  *Related
	Matching []Related

	// Revisions are the instants of its earlier revisions, as far as they are known.
	Revisions []gcm.Instant
}

// A fact is a row of the page: what it is about, and what is said about it.
type fact struct {
	Name   string
	Values []link
}

// A pledger is a row of the table of those who pledge.
type pledger struct{ Name, Via, Role, Category, State string }

// An amount is a row of the table of money.
type amount struct{ Amount, Stage, To string }

// A criterion is one of the pledging initiative's, and whether it is visibly met.
type criterion struct {
	Label, Said string
	Met         bool
}

// AppendHTML appends the page of a pledge in the feed with this header. It only reads
// the pledge.
func (o PledgePage) AppendHTML(b []byte, site *Site, h *tally.Header, p *pledge.Pledge) ([]byte, error) {
	l := valid(o.Language)
	at := Place{What: Pledge, ID: p.ID, Language: l}
	page := struct {
		head
		Name, NameLang string
		By             string
		Paragraphs     []string
		Facts          []fact
		Pledgers       []pledger
		Amounts        []amount
		Reports        []report
		Nothing        string // what is reported where there is no report
		Criteria       []criterion
		Matching       []link
		Cite           string
		Here           string
		List           link
		JSON           link
		LinkedData     any
		Label          func(field string) string
	}{
		head:       site.head(h, at),
		Name:       plain(p.Title),
		NameLang:   attribute(p.Language),
		By:         by(p, l),
		Paragraphs: paragraphs(p.Description),
		Facts:      o.facts(site, p, l),
		Pledgers:   pledgers(p, l),
		Amounts:    amounts(p, l),
		Reports:    reports(p, l),
		Nothing:    gcm.NothingReported.Label(l),
		Criteria:   criteria(p, l),
		List:       link{Text: say(l, "all_pledges"), Href: site.at(Place{What: List, Language: l, Number: 1})},
		JSON:       link{Text: say(l, "pledge_json"), Href: site.at(Place{What: PledgeJSON, ID: p.ID})},
		Label:      func(field string) string { return pledge.FieldLabel(field, l) },
	}
	if page.Name == "" {
		page.Name, page.NameLang = string(locale.Untitled.In(l)), l.String()
	}
	page.Kind, page.Title = "article", page.Name
	page.Description = description(p, page.By, page.Name)
	for _, m := range o.Matching {
		page.Matching = append(page.Matching, site.related(m, l))
	}
	page.Here = page.Canonical
	said := page.Name
	if page.By != "" {
		said = page.By + ". " + said
	}
	if p.Announced.IsValid() {
		said += ". " + locale.Date(l, p.Announced)
	}
	page.Cite = cite(h, l, said, page.Canonical)
	page.LinkedData = linkedData(&page.head, h, p, page.Name)
	return execute(b, "pledge.html", page)
}

// related returns a link to a pledge.
func (s *Site) related(r Related, l gcm.Language) link {
	to := link{Text: plain(r.Title), Lang: attribute(r.Language), Href: s.at(Place{What: Pledge, ID: r.ID, Language: l})}
	if to.Text == "" {
		to.Text, to.Lang = string(locale.Untitled.In(l)), l.String()
	}
	return to
}

// by returns who pledges, in one line: a State by its name in the language, as views do.
func by(p *pledge.Pledge, l gcm.Language) string {
	if len(p.Pledgers) == 0 {
		return ""
	}
	first := plain(nameOf(&p.Pledgers[0], l))
	if by := &p.Pledgers[0]; by.Category == gcm.MemberState && by.State.IsValid() {
		first = by.State.Name(l)
	}
	if more := len(p.Pledgers) - 1; more > 0 {
		return locale.AndMore.Counted(l, more).Fill(locale.Value{Name: "pledger", Text: first}, locale.Value{Name: "n", Text: locale.Number(l, more)})
	}
	return first
}

// nameOf returns the name of who pledges: of a State that has no other, that of the
// State.
func nameOf(by *pledge.Pledger, l gcm.Language) string {
	if by.Name != "" {
		return by.Name
	}
	return by.State.Name(l)
}

// paragraphs divides a text at its ends of lines.
func paragraphs(text string) (all []string) {
	for line := range strings.Lines(text) {
		if line = plain(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// described is how much of a text stands in the description of a page, in bytes.
const described = 300

// description returns what others show below the title of a page.
func description(p *pledge.Pledge, by, name string) string {
	text := plain(p.Description)
	if text == "" {
		text = by
	}
	if text == "" {
		return name
	}
	if len(text) <= described {
		return text
	}
	end := strings.LastIndex(text[:described], " ")
	if end < described/2 { // a language without blanks
		for end = described; text[end]&0xc0 == 0x80; end-- {
		}
	}
	return text[:end] + "…"
}

// facts returns what is stated of the pledge, with links to what else there is of the
// same, and "Not stated" for what isn't.
func (o PledgePage) facts(site *Site, p *pledge.Pledge, l gcm.Language) (all []fact) {
	words := func(s string) []link {
		if s == "" {
			return nil
		}
		return []link{{Text: s}}
	}
	add := func(field string, values []link) {
		if len(values) == 0 {
			values = words(string(locale.NotStated.In(l)))
		}
		all = append(all, fact{pledge.FieldLabel(field, l), values})
	}
	listed := func(q tally.Query) string { return site.at(Place{What: List, Query: q, Language: l, Number: 1}) }

	add("/type", words(p.Type.Label(l)))
	if m := p.Matches; m != (pledge.Match{}) || p.Type == gcm.Matching {
		add("/matches", o.matched(site, m, l))
	}
	add("/status", words(p.Status.Label(l)))
	add("/announced", words(locale.Date(l, p.Announced)))
	add("/deadline", words(locale.Date(l, p.Deadline)))
	add("/objectives", collect(p.Objectives.All(), func(v objectives.Objective) link {
		title, given := v.Title(l)
		row := locale.ObjectiveRow.In(l).Fill(locale.Value{Name: "number", Text: v.String()}, locale.Value{Name: "title", Text: title})
		return link{Text: row, Lang: given.String(), Href: listed(tally.Query{Objective: tally.AnyOf(v)})}
	}))
	add("/principles", collect(p.Principles.All(), func(v gcm.Principle) link {
		title, given := v.Title(l)
		return link{Text: title, Lang: given.String(), Href: listed(tally.Query{Principle: tally.AnyOf(v)})}
	}))
	add("/natures", collect(p.Natures.All(), func(v gcm.Nature) link {
		return link{Text: v.Label(l), Href: listed(tally.Query{Nature: tally.AnyOf(v)})}
	}))
	add("/themes", collect(slices.Values(p.Themes), func(v string) link {
		return link{Text: plain(v), Href: listed(tally.Query{Theme: tally.AnyThemeOf(v)})}
	}))
	places := collect(slices.Values(p.Implementation.States), func(v gcm.State) link {
		return link{Text: v.Name(l), Href: listed(tally.Query{Implementing: tally.AnyOf(v)})}
	})
	if p.Implementation.Global {
		places = append(places, link{Text: pledge.FieldLabel("/implementation/global", l)})
	}
	add("/implementation/states", places)
	add("/implementation/level", words(p.Implementation.Level.Label(l)))
	add("/mirror", words(p.Mirror.Label(l)))
	add("/champion", words(p.Champion.Label(l)))
	add("/links", collect(slices.Values(p.Links), func(v string) link { return link{Text: plain(v), Href: https(v)} }))
	if p.Source != "" {
		add("/source", []link{{Text: plain(p.Source), Href: https(p.Source)}})
	}
	if p.Ref != "" {
		add("/ref", words(plain(p.Ref)))
	}
	add("/id", words(p.ID.String()))
	if p.Updated.IsValid() {
		add("/updated", words(instant(p.Updated, l)))
	}
	if len(o.Revisions) > 0 {
		all = append(all, fact{say(l, "revisions"), collect(slices.Values(o.Revisions), func(v gcm.Instant) link {
			if !v.IsValid() {
				return link{Text: string(locale.NoDate.In(l))}
			}
			return link{Text: instant(v, l)}
		})})
	}
	return all
}

// instant returns an instant in words, to the minute.
func instant(t gcm.Instant, l gcm.Language) string {
	const minutes = len("2006-01-02T15:04")
	text := t.String()
	_, clock, _ := strings.Cut(text[:min(len(text), minutes)], "T")
	return locale.Date(l, t.Date()) + ", " + clock + " UTC"
}

// matched says which pledge is matched.
func (o PledgePage) matched(site *Site, m pledge.Match, l gcm.Language) []link {
	if o.Matched != nil {
		return []link{site.related(*o.Matched, l)}
	}
	text := plain(m.Title)
	if text == "" {
		text = plain(m.Ref)
	}
	if text == "" && m.ID != uuid.Nil {
		text = m.ID.String()
	}
	if text == "" {
		return nil
	}
	return []link{{Text: text + " (" + say(l, "elsewhere") + ")"}}
}

func collect[T any](values iter.Seq[T], become func(T) link) (all []link) {
	for v := range values {
		all = append(all, become(v))
	}
	return all
}

func pledgers(p *pledge.Pledge, l gcm.Language) (all []pledger) {
	for i := range p.Pledgers {
		by := &p.Pledgers[i]
		role := "participating"
		if i == 0 {
			role = "submitting"
		}
		all = append(all, pledger{plain(nameOf(by, l)), plain(by.Via), say(l, role), by.Category.Label(l), by.State.Name(l)})
	}
	return all
}

func amounts(p *pledge.Pledge, l gcm.Language) (all []amount) {
	for _, c := range p.Contributions {
		a := amount{Amount: locale.Money(l, gcm.Sum{}.Add(c.Money), c.Money.Currency()), Stage: c.Stage.Label(l), To: plain(c.To)}
		if a.Stage == "" {
			a.Stage = string(locale.NotStated.In(l))
		}
		all = append(all, a)
	}
	return all
}

func criteria(p *pledge.Pledge, l gcm.Language) (all []criterion) {
	met := p.Criteria()
	for c := range pledge.Criteria() {
		said := "not_visible"
		if met.Has(c) {
			said = "visible"
		}
		all = append(all, criterion{c.Label(l), say(l, said), met.Has(c)})
	}
	return all
}

// linkedData describes the pledge in the terms of schema.org: a text by those who
// pledge, about the objectives. It has no term for a pledge.
func linkedData(at *head, h *tally.Header, p *pledge.Pledge, name string) any {
	d := map[string]any{
		"@context":   "https://schema.org",
		"@type":      "CreativeWork",
		"@id":        "urn:uuid:" + p.ID.String(),
		"identifier": p.ID.String(),
		"name":       name,
	}
	text := func(key, value string) {
		if value != "" {
			d[key] = value
		}
	}
	text("url", at.Canonical)
	text("text", plain(p.Description))
	text("inLanguage", attribute(p.Language))
	text("datePublished", p.Announced.String())
	text("dateModified", p.Updated.String())
	text("license", at.License)
	text("creativeWorkStatus", p.Status.Label(gcm.English))
	var authors, about, cited, money, places []any
	for i := range p.Pledgers {
		by := &p.Pledgers[i]
		kind := "Organization"
		if by.Category == gcm.MemberState {
			kind = "Country"
		}
		authors = append(authors, map[string]any{"@type": kind, "name": plain(nameOf(by, gcm.English))})
	}
	for o := range p.Objectives.All() {
		title, _ := o.Title(gcm.English)
		about = append(about, map[string]any{"@type": "DefinedTerm", "termCode": strconv.Itoa(o.Number()), "name": title,
			"inDefinedTermSet": "https://undocs.org/A/RES/73/195"})
	}
	for _, s := range p.Implementation.States {
		places = append(places, map[string]any{"@type": "Country", "name": s.Name(gcm.English)})
	}
	for _, c := range p.Contributions {
		money = append(money, map[string]any{"@type": "MonetaryGrant", "amount": map[string]any{
			"@type": "MonetaryAmount", "currency": c.Money.Currency().String(), "value": c.Money.Amount()}})
	}
	for _, v := range p.Links {
		if v = https(v); v != "" {
			cited = append(cited, v)
		}
	}
	for key, values := range map[string][]any{"author": authors, "about": about, "isBasedOn": cited, "funding": money, "spatialCoverage": places} {
		if values != nil {
			d[key] = values
		}
	}
	if feed := plain(h.Title); feed != "" {
		part := map[string]any{"@type": "Dataset", "name": feed, "description": tally.Definition}
		if u := https(h.Feed); u != "" {
			part["url"] = u
		}
		d["isPartOf"] = part
	}
	if h.Publisher != "" {
		d["publisher"] = map[string]any{"@type": "Organization", "name": plain(h.Publisher)}
	}
	return d
}

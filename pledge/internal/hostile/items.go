package hostile

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// shown is what of a pledge only lists show.
type shown struct {
	title, language, link string
	names                 []string // of the pledgers
}

func (s *shown) compare(t *shown) int {
	return cmp.Or(
		cmp.Compare(len(s.language), len(t.language)),
		strings.Compare(s.language, t.language),
		cmp.Compare(len(s.link), len(t.link)),
		strings.Compare(s.link, t.link),
		strings.Compare(s.title, t.title),
		slices.Compare(s.names, t.names),
	)
}

// shortened returns a text of at most 300 bytes.
func shortened(text string) string {
	if len(text) <= 300 {
		return text
	}
	kept := ""
	for _, r := range text {
		if len(kept)+utf8.RuneLen(r) > 297 {
			break
		}
		kept += string(r)
	}
	return kept + "…"
}

// secure returns the first link that a list may show.
func secure(links []string) string {
	for _, link := range links {
		if n := len(link); n > 8 && n <= 500 && strings.ToLower(link[:8]) == "https://" {
			return link
		}
	}
	return ""
}

// Newest lists the newest ten of the pledges that a query selects: as JSON of the
// items of a snapshot, as [Canonical] has it.
func (c *Recounted) Newest(q Query) string {
	var all []*pledge
	for _, p := range c.pledges {
		if q.selects(p) {
			all = append(all, p)
		}
	}
	slices.SortFunc(all, func(p, q *pledge) int {
		return cmp.Or(q.announced.Compare(p.announced), q.updated.Compare(p.updated), strings.Compare(p.id, q.id))
	})
	items := []any{}
	for _, p := range all[:min(len(all), 10)] {
		items = append(items, p.item())
	}
	return marshal(items)
}

func (p *pledge) item() map[string]any {
	item := map[string]any{"id": p.id}
	text := func(name, value string) {
		if value != "" {
			item[name] = value
		}
	}
	text("title", p.title)
	text("language", p.language)
	text("link", p.link)
	text("announced", p.announced.String())
	text("updated", p.updated.String())
	if p.status.IsValid() {
		text("status", p.status.String())
	}
	if len(p.objectives) > 0 {
		item["objectives"] = p.objectives
	}
	if len(p.pledgers) > 0 {
		first := p.pledgers[0]
		text("pledger", p.names[0])
		if first.pledgesAsState() || strings.HasPrefix(first.key, "\n") {
			text("state", first.state.Alpha3())
		}
		if more := len(p.pledgers) - 1; more > 0 {
			item["more"] = more
		}
	}
	return item
}

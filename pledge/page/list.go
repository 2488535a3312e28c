package page

import (
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// PerPage is how many pledges a page of the list has.
const PerPage = 100

// A ListPage is a page of the list of pledges, the newest ones first; see [Newer]. It
// is a value; the zero ListPage is the first page, in English.
type ListPage struct {
	Language gcm.Language // English if it isn't valid
	Number   int          // of the page, from 1
}

// Pages returns how many pages there are of a list of so many pledges: one at least.
func Pages(pledges int) int { return max(1, (pledges+PerPage-1)/PerPage) }

// Newer orders pledges as the list does and as views do: see [tally.Item.Compare].
func Newer(a, b *pledge.Pledge) int {
	x, y := tally.Item{ID: tally.ID(a.ID), Announced: a.Announced, Updated: a.Updated}, tally.Item{ID: tally.ID(b.ID), Announced: b.Announced, Updated: b.Updated}
	return x.Compare(&y)
}

// An entry is a pledge of the list.
type entry struct {
	Title    link
	By, Said string
}

// AppendHTML appends the page. The pledges are those of the whole list in their order,
// as the snapshot counts them. The page shows a part of them. The error is that of
// [view.Render].
func (o ListPage) AppendHTML(b []byte, site *Site, snapshot *tally.Snapshot, pledges []*pledge.Pledge) ([]byte, error) {
	l := valid(o.Language)
	pages := Pages(len(pledges))
	number := min(max(o.Number, 1), pages)
	at := Place{What: List, Query: snapshot.Query, Language: l, Number: number}
	shown, err := view.Render(snapshot, view.Options{Language: l})
	if err != nil {
		return b, err
	}
	said := plain(shown.Text())
	page := struct {
		head
		Heading, Said  string
		Entries        []entry
		Range          string
		Previous, Next string
		None           string
		Counter        link
		Downloads      []link
		Cite           string
	}{
		head:    site.head(&snapshot.Header, at),
		Heading: say(l, "all_pledges"),
		Said:    said,
		Counter: link{Text: say(l, "counter"), Href: site.at(Place{What: View, Query: snapshot.Query, Language: l})},
	}
	page.Title, page.Description = page.Heading+" · "+said, page.Heading+". "+said
	page.Cite = cite(&snapshot.Header, l, said, page.Canonical)
	first := (number - 1) * PerPage
	last := min(first+PerPage, len(pledges))
	for _, p := range pledges[first:last] {
		page.Entries = append(page.Entries, site.entry(p, l))
	}
	n := func(i int) string { return locale.Number(l, i) }
	if len(pledges) == 0 {
		page.None = string(locale.NoPledges.In(l))
	} else {
		page.Range = say(l, "range", locale.Value{Name: "from", Text: n(first + 1)}, locale.Value{Name: "to", Text: n(last)}, locale.Value{Name: "all", Text: n(len(pledges))})
	}
	turn := func(to int) string {
		if to < 1 || to > pages {
			return ""
		}
		there := at
		there.Number = to
		return site.at(there)
	}
	page.Previous, page.Next = turn(number-1), turn(number+1)
	page.Downloads = site.downloads(snapshot.Query, l, download{"pledges_csv", PledgesCSV}, download{"pledges_xlsx", Workbook})
	return execute(b, "list.html", page)
}

func (s *Site) entry(p *pledge.Pledge, l gcm.Language) entry {
	var said []string
	for _, part := range []string{locale.Date(l, p.Announced), p.Status.Label(l)} {
		if part != "" {
			said = append(said, part)
		}
	}
	if !p.Objectives.IsEmpty() {
		var numbers []string
		for o := range p.Objectives.All() {
			numbers = append(numbers, o.String())
		}
		said = append(said, string(locale.ObjectivesOf.In(l))+" "+strings.Join(numbers, ", "))
	}
	return entry{s.related(Related{p.ID, p.Title, p.Language}, l), by(p, l), strings.Join(said, " · ")}
}

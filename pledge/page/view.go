package page

import (
	"cmp"
	"html/template"
	"strconv"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// A ViewPage is the page of a view. It is a value; the zero ViewPage is of a
// [view.Counter] in English.
type ViewPage struct {
	View     view.Kind
	Language gcm.Language // English if it isn't valid

	// Edition tells the numbers of the snapshot from those of other states of the
	// feed. The page cites the copy of that edition.
	Edition Edition

	// Copy says that the page is that copy, whose numbers stay as they were.
	Copy bool
}

// AppendHTML appends the page of a snapshot. The error is that of [view.Render].
func (v ViewPage) AppendHTML(b []byte, site *Site, snapshot *tally.Snapshot) ([]byte, error) {
	shown, at, err := v.render(snapshot)
	if err != nil {
		return b, err
	}
	l := at.Language
	copyAt := at
	copyAt.Edition = v.Edition
	here := at
	if v.Copy {
		here = copyAt
	}
	said := plain(shown.Text())
	p := struct {
		head
		Heading    string
		Card       template.HTML // of view.AppendCard, which escapes what is foreign
		Data       template.HTML // of view.View
		ShowData   string
		Cite       string
		Copy       link
		Note       string
		Current    link
		Views      []link
		Downloads  []link
		LinkedData any
	}{
		head:     site.head(&snapshot.Header, here),
		Heading:  viewName(v.View, l),
		Card:     template.HTML(view.AppendCard(nil, shown, view.Auto)),
		ShowData: string(locale.ShowData.In(l)),
	}
	if v.Edition != (Edition{}) {
		p.Copy = link{Text: say(l, "copy"), Href: site.at(copyAt)}
	}
	p.Title = said
	if v.View != view.Counter {
		p.Title = p.Heading + " · " + said
	}
	p.Description = said + ". " + string(locale.InShort.In(l))
	p.Picture = site.picture(shown, here)
	p.Cite = cite(&snapshot.Header, l, said, cmp.Or(site.Absolute(copyAt), site.Absolute(here)))
	if v.View != view.Dashboard { // which is for choosing
		p.Data = template.HTML(shown.HTML())
	}
	if v.Copy {
		p.Note, p.Current = say(l, "copy_note"), link{Text: say(l, "current"), Href: site.at(at)}
		p.Robots = "noindex"
	} else {
		p.OEmbed = site.Absolute(Place{What: OEmbed, View: v.View, Query: snapshot.Query, Language: l})
		p.LinkedData = site.dataset(snapshot, &p.head)
		for kind := range view.Kinds() {
			other := at
			other.View = kind
			p.Views = append(p.Views, link{Text: viewName(kind, l), Href: site.at(other), Here: kind == v.View})
		}
		p.Downloads = site.downloads(snapshot.Query, l, download{"one_by_one", List}, download{"counts_csv", CountsCSV},
			download{"pledges_csv", PledgesCSV}, download{"pledges_xlsx", Workbook})
	}
	return execute(b, "view.html", p)
}

// render returns the view of a snapshot and the place of its page.
func (v ViewPage) render(snapshot *tally.Snapshot) (*view.View, Place, error) {
	l := valid(v.Language)
	shown, err := view.Render(snapshot, view.Options{View: v.View, Language: l})
	return shown, Place{What: View, View: v.View, Query: snapshot.Query, Language: l}, err
}

// AppendFrame appends the view as a page for a frame of another page, which needs
// neither scripts nor an origin: the attribute sandbox may be as strict as
// [Sandbox]. It leads to the page of the view.
func (v ViewPage) AppendFrame(b []byte, site *Site, snapshot *tally.Snapshot) ([]byte, error) {
	shown, at, err := v.render(snapshot)
	if err != nil {
		return b, err
	}
	p := struct {
		head
		Card template.HTML
		Link link
	}{
		head: site.head(&snapshot.Header, at),
		Card: template.HTML(view.AppendCard(nil, shown, view.Auto)),
		Link: link{Text: say(at.Language, "about"), Href: site.best(at)},
	}
	p.Title, p.Robots = plain(shown.Text()), "noindex"
	return execute(b, "frame.html", p)
}

// dataset describes the numbers and what they are made of in the terms of
// schema.org, for search engines of data.
func (s *Site) dataset(snapshot *tally.Snapshot, h *head) any {
	if h.Canonical == "" {
		return nil
	}
	d := map[string]any{
		"@context":    "https://schema.org",
		"@type":       "Dataset",
		"name":        h.Title,
		"description": tally.Definition,
		"url":         h.Canonical,
		"inLanguage":  h.Language.String(),
	}
	if snapshot.Publisher != "" {
		d["creator"] = map[string]any{"@type": "Organization", "name": plain(snapshot.Publisher)}
	}
	if h.License != "" {
		d["license"] = h.License
	}
	if day := snapshot.Day(); day.IsValid() {
		d["dateModified"] = day.String()
	}
	if snapshot.Sequence > 0 {
		d["version"] = strconv.FormatUint(snapshot.Sequence, 10)
	}
	var all []any
	for _, file := range []struct {
		what What
		kind string
	}{{CountsCSV, "text/csv"}, {PledgesCSV, "text/csv"}, {Workbook, WorkbookType}} {
		if at := s.Absolute(Place{What: file.what, Query: snapshot.Query, Language: h.Language}); at != "" {
			all = append(all, map[string]any{"@type": "DataDownload", "contentUrl": at, "encodingFormat": file.kind})
		}
	}
	if all != nil {
		d["distribution"] = all
	}
	return d
}

// WorkbookType is the media type of workbooks (ECMA-376).
const WorkbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/page"
	"github.com/gcmkit/gcmkit/pledge/table"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

// folder is where the pages of views and pledges are, below the site.
const folder = "pages/"

// publication is what is written of one state of a feed.
type publication struct {
	url      string // of the site, with a slash at its end; "" if nobody says
	snapshot *tally.Snapshot
	edition  page.Edition
	pledges  []*pledge.Pledge // the newest first
	pictures map[string][]byte
	site     page.Site
}

// publish returns the pages of a feed: of each view, of the list and of each pledge, in
// all languages, with tables and what leads others to them. Copies are those that are
// never to be overwritten. draw is a program that makes a PNG of each SVG in a folder,
// "" for none.
func publish(ctx context.Context, content []byte, snapshot *tally.Snapshot, url, draw string) (files, copies map[string][]byte, err error) {
	p := &publication{url: url, snapshot: snapshot, edition: editionOf(content, snapshot)}
	p.site.Address = p.address
	if url != "" {
		p.site.Base = url + folder
	}
	if !snapshot.TotalOnly {
		var book pledge.Book
		if _, err := book.Load(bytes.NewReader(content)); err != nil {
			return nil, nil, err
		}
		for one := range book.All() {
			p.pledges = append(p.pledges, &one)
		}
		slices.SortFunc(p.pledges, page.Newer)
	}
	files, copies = map[string][]byte{}, map[string][]byte{}
	if err := p.draw(ctx, files, draw); err != nil {
		return nil, nil, err
	}
	files[folder+p.address(page.Place{What: page.Stylesheet})] = page.AppendStyle(nil)
	for l := range gcm.Languages() {
		for kind := range view.Kinds() {
			if snapshot.TotalOnly && kind != view.Counter {
				continue
			}
			if err := p.view(files, copies, kind, l); err != nil {
				return nil, nil, err
			}
		}
		if err := p.list(files, l); err != nil {
			return nil, nil, err
		}
	}
	relations := page.RelationsOf(p.pledges)
	for _, one := range p.pledges {
		if err := p.pledge(files, one, relations.Page(one)); err != nil {
			return nil, nil, err
		}
	}
	if err := p.tables(files); err != nil {
		return nil, nil, err
	}
	p.siteMaps(files)
	return files, copies, nil
}

// editionOf returns the edition of a feed, that of its sequence if it has one, and else
// of its content.
func editionOf(content []byte, s *tally.Snapshot) page.Edition {
	day := s.Latest.Date()
	if s.AsOf.IsValid() {
		day = s.Day()
	}
	if !day.IsValid() {
		return page.Edition{} // numbers without a date aren't to be cited
	}
	if s.Sequence > 0 {
		return page.Edition{AsOf: day, ID: strconv.FormatUint(s.Sequence, 10)}
	}
	sum := sha256.Sum256(content)
	return page.Edition{AsOf: day, ID: hex.EncodeToString(sum[:4])}
}

// address returns the name of the file of a place, such as "objectives.fr.html". There
// are none of selections.
func (p *publication) address(at page.Place) string {
	if at.Query != (tally.Query{}) {
		return ""
	}
	name := at.View.String()
	if at.Edition != (page.Edition{}) {
		name += "." + at.Edition.AsOf.String() + "." + at.Edition.ID
	}
	if at.Language.IsValid() && at.Language != gcm.English {
		name += "." + at.Language.String()
	}
	language := strings.TrimPrefix(name, at.View.String())
	switch at.What {
	case page.View:
		if p.snapshot.TotalOnly && at.View != view.Counter {
			return ""
		}
		return name + ".html"
	case page.Frame:
		return name + ".frame.html"
	case page.OEmbed:
		return name + ".oembed.json"
	case page.Picture:
		if at.Edition != (page.Edition{}) {
			return "" // it would show newer numbers soon
		}
		if at.What = page.View; p.pictures[p.address(at)] != nil {
			return strings.TrimSuffix(p.address(at), ".html") + ".png"
		}
	case page.Stylesheet:
		return "page.css"
	case page.SiteMap:
		if at.Number == 0 {
			return "sitemap.xml"
		}
		return "sitemap." + strconv.Itoa(at.Number) + ".xml"
	}
	if p.snapshot.TotalOnly {
		return ""
	}
	switch at.What {
	case page.Pledge:
		return at.ID.String() + language + ".html"
	case page.PledgeJSON:
		return at.ID.String() + ".json"
	case page.List:
		if at.Number > 1 {
			return "pledges" + language + "." + strconv.Itoa(at.Number) + ".html"
		}
		return "pledges" + language + ".html"
	case page.PledgesCSV:
		return "pledges" + language + ".csv"
	case page.Workbook:
		return "pledges" + language + ".xlsx"
	}
	return ""
}

// around returns the addresses of the list of pledges, of the page that says what is
// counted, and of all pledges as a table; "" where a feed has no pledges.
func around(l gcm.Language, f *tally.Feed) (list, method, table string) {
	p := publication{snapshot: &tally.Snapshot{}}
	method = folder + p.address(page.Place{What: page.View, Language: l})
	if f.Index == nil || f.Index.Len() == 0 {
		return "", method, ""
	}
	return folder + p.address(page.Place{What: page.List, Language: l, Number: 1}), method, folder + p.address(page.Place{What: page.PledgesCSV, Language: l})
}

// draw adds the pictures for social networks: it lets a program make them in a folder
// of cards. Cards that it can't draw, for want of a font, have no picture.
func (p *publication) draw(ctx context.Context, files map[string][]byte, program string) error {
	p.pictures = map[string][]byte{}
	if program == "" {
		return nil
	}
	dir, err := os.MkdirTemp("", "gcmkit-cards-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	for l := range gcm.Languages() {
		for kind := range view.Kinds() {
			if p.snapshot.TotalOnly && kind != view.Counter {
				continue
			}
			card, err := page.PictureCard(p.snapshot, kind, l)
			if err != nil {
				return err
			}
			name := strings.TrimSuffix(p.address(page.Place{View: kind, Language: l}), ".html")
			if err := os.WriteFile(filepath.Join(dir, name+".svg"), card, 0o600); err != nil {
				return err
			}
		}
	}
	cmd := exec.CommandContext(ctx, program, "-width", strconv.Itoa(page.PictureWidth), "-height", strconv.Itoa(page.PictureHeight), dir)
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w", program, err)
	}
	drawn, err := filepath.Glob(filepath.Join(dir, "*.png"))
	if err != nil {
		return err
	}
	for _, file := range drawn {
		content, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		name := filepath.Base(file)
		files[folder+name] = content
		p.pictures[strings.TrimSuffix(name, ".png")+".html"] = content
	}
	return nil
}

// view adds the page of a view, the dated copy of it, the frame and how to embed it.
func (p *publication) view(files, copies map[string][]byte, kind view.Kind, l gcm.Language) error {
	at := page.Place{View: kind, Language: l}
	v := page.ViewPage{View: kind, Language: l, Edition: p.edition}
	html, err := v.AppendHTML(nil, &p.site, p.snapshot)
	if err != nil {
		return err
	}
	files[folder+p.address(at)] = html
	if p.edition != (page.Edition{}) {
		there := at
		there.Edition, v.Copy = p.edition, true
		if copies[folder+p.address(there)], err = v.AppendHTML(nil, &p.site, p.snapshot); err != nil {
			return err
		}
		v.Copy = false
	}
	at.What = page.Frame
	if files[folder+p.address(at)], err = v.AppendFrame(nil, &p.site, p.snapshot); err != nil {
		return err
	}
	if p.url == "" {
		return nil
	}
	at.What = page.OEmbed
	files[folder+p.address(at)], err = page.Embed{}.AppendJSON(nil, &p.site, p.snapshot, v)
	return err
}

// list adds the pages of the list in a language.
func (p *publication) list(files map[string][]byte, l gcm.Language) error {
	if p.snapshot.TotalOnly {
		return nil
	}
	counted := slices.DeleteFunc(slices.Clone(p.pledges), func(one *pledge.Pledge) bool { return one.Status == gcm.Withdrawn })
	for n := range page.Pages(len(counted)) {
		at := page.Place{What: page.List, Language: l, Number: n + 1}
		html, err := page.ListPage{Language: l, Number: n + 1}.AppendHTML(nil, &p.site, p.snapshot, counted)
		if err != nil {
			return err
		}
		files[folder+p.address(at)] = html
	}
	return nil
}

// pledge adds the pages of a pledge.
func (p *publication) pledge(files map[string][]byte, one *pledge.Pledge, o page.PledgePage) error {
	for l := range gcm.Languages() {
		o.Language = l
		html, err := o.AppendHTML(nil, &p.site, &p.snapshot.Header, one)
		if err != nil {
			return err
		}
		files[folder+p.address(page.Place{What: page.Pledge, ID: one.ID, Language: l})] = html
	}
	files[folder+p.address(page.Place{What: page.PledgeJSON, ID: one.ID})] = o.AppendJSON(nil, &p.snapshot.Header, one)
	return nil
}

// tables adds the tables of pledges in all languages.
func (p *publication) tables(files map[string][]byte) error {
	if p.snapshot.TotalOnly {
		return nil
	}
	for l := range gcm.Languages() {
		o := table.Options{Language: l, Page: func(one *pledge.Pledge) string {
			return p.site.Absolute(page.Place{What: page.Pledge, ID: one.ID, Language: l})
		}}
		var text, file bytes.Buffer
		c, w := table.NewCSV(&text, o), table.NewWorkbook(&file, o)
		w.Header = p.snapshot.Header
		for _, one := range p.pledges {
			if one.Status != gcm.Withdrawn {
				c.Write(one)
				w.Write(one)
			}
		}
		if err := c.Close(); err != nil {
			return err
		}
		if err := w.Close(); err != nil {
			return err
		}
		name := p.address(page.Place{What: page.PledgesCSV, Language: l})
		files[folder+name], files[folder+p.address(page.Place{What: page.Workbook, Language: l})] = text.Bytes(), file.Bytes()
		files[folder+name+"-metadata.json"] = table.PledgesMetadata(name, p.snapshot.Header, p.snapshot.Latest, tally.Query{}, l).AppendJSON(nil)
	}
	return nil
}

// siteMaps adds the site maps, if somebody says where the site is.
func (p *publication) siteMaps(files map[string][]byte) {
	if p.url == "" {
		return
	}
	var all []page.Dated
	for _, one := range p.pledges {
		all = append(all, page.Dated{ID: one.ID, Updated: one.Updated.Date()})
	}
	for n := range page.SiteMaps(len(all)) + 1 {
		files[folder+p.address(page.Place{What: page.SiteMap, Number: n})] = page.AppendSiteMap(nil, &p.site, all, n)
	}
}

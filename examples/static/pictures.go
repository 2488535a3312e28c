package main

import (
	"errors"

	"github.com/gcmkit/gcmkit/examples/internal/site"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

// cards are the views of which there is a picture.
var cards = [...]view.Kind{view.Counter, view.Objectives, view.Timeline}

// cacheSeconds is for how long badge services may keep the number.
const cacheSeconds = 3600

// pictures adds the badge and the cards of a feed in a language to the files,
// and to what the page shows of the feed. Their names begin with prefix.
func pictures(files map[string][]byte, f *site.Feed, prefix string, l gcm.Language) error {
	suffix := ""
	if l != gcm.English {
		suffix = "-" + l.String()
	}
	s, err := f.Read.Snapshot(tally.Query{})
	if err != nil {
		return err
	}
	f.Cards = nil
	for _, kind := range cards {
		v, err := view.Render(s, view.Options{View: kind, Language: l})
		if errors.Is(err, view.ErrTotalOnly) {
			continue
		}
		if err != nil {
			return err
		}
		name := prefix + kind.String() + suffix + ".svg"
		files[name] = view.AppendCard(nil, v, view.Auto)
		f.Cards = append(f.Cards, site.Picture{Name: name, Text: v.Text()})
		if kind == view.Counter {
			name, badge := prefix+"badge"+suffix, view.BadgeOf(v)
			files[name+".svg"] = badge.AppendSVG(nil)
			files[name+".json"] = badge.AppendJSON(nil, cacheSeconds)
			f.Badge = site.Picture{Name: name + ".svg", Text: v.Text()}
		}
	}
	return nil
}

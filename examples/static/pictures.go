package main

import (
	"errors"

	"github.com/gcmkit/gcmkit/examples/internal/site"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/wasm"
)

// cards are the views of which there is a picture.
var cards = [...]wasm.Kind{wasm.Counter, wasm.Objectives, wasm.Timeline}

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
		v, err := wasm.Render(s, wasm.Options{View: kind, Language: l})
		if errors.Is(err, wasm.ErrTotalOnly) {
			continue
		}
		if err != nil {
			return err
		}
		name := prefix + kind.String() + suffix + ".svg"
		files[name] = wasm.AppendCard(nil, v, wasm.Auto)
		f.Cards = append(f.Cards, site.Picture{Name: name, Text: v.Text()})
		if kind == wasm.Counter {
			name, badge := prefix+"badge"+suffix, wasm.BadgeOf(v)
			files[name+".svg"] = badge.AppendSVG(nil)
			files[name+".json"] = badge.AppendJSON(nil, cacheSeconds)
			f.Badge = site.Picture{Name: name + ".svg", Text: v.Text()}
		}
	}
	return nil
}

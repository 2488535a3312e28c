package main

import (
	"errors"

	"github.com/gcmkit/gcmkit/examples/internal/site"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

// documents adds the views of a feed in a language to the files, as documents that
// the widget shows without counting. Their names begin with prefix. There are none
// of a feed without a date.
func documents(files map[string][]byte, f *site.Feed, prefix string, l gcm.Language) error {
	s, err := f.Read.Snapshot(tally.Query{})
	if err != nil {
		return err
	}
	for kind := range view.Kinds() {
		d := view.Document{View: kind, Language: l}
		if len(f.Sources) == 1 {
			d.Feed = "../" + f.Sources[0]
		}
		content, err := d.AppendJSON(nil, s)
		switch {
		case errors.Is(err, view.ErrTotalOnly), errors.Is(err, view.ErrUndated):
			continue
		case err != nil:
			return err
		}
		files["views/"+prefix+kind.String()+"."+l.String()+".json"] = content
	}
	return nil
}

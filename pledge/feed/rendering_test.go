package feed

import (
	"sync"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

// Equal snapshots look the same, also when many are rendered at once, as a server does.
func TestViewsAreAlikeHoweverManyAreRenderedAtOnce(t *testing.T) {
	book := newServer(t, 30, Options{}).book
	s, again := book.Snapshot(header, tally.Query{}), book.Snapshot(header, tally.Query{})
	var group sync.WaitGroup
	for lang := range gcm.Languages() {
		for kind := range view.Kinds() {
			o := view.Options{View: kind, Language: lang}
			want, err := view.Render(again, o)
			if err != nil {
				t.Fatal(err)
			}
			for range 4 {
				group.Go(func() {
					v, err := view.Render(s, o)
					if err != nil || v.HTML() != want.HTML() || len(view.Changes(want, v)) != 0 {
						t.Errorf("%+v looks different", o)
					}
				})
			}
		}
	}
	group.Wait()
}

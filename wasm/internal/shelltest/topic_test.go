package shelltest

import (
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

// selectsByTopic: the attribute topic is the theme of a pledge, whatever colours
// the attribute theme says.
func selectsByTopic(t *testing.T, v visit, s *site) {
	feed := strings.Replace(oneMore(string(data.Reference()), "01"), `"objectives":[7]}`, `"objectives":[7],"themes":["climate","child-detention"]}`, 1)
	s.feed("/feed.json", feed)
	s.page("/", `<gcm-pledges src="/feed.json" refresh=0 topic=child-detention theme=dark>-</gcm-pledges>`)
	v.open(s.URL)
	v.live(1)
	check := func(topic string) {
		t.Helper()
		if got, want := v.shown(), fresh(t, feed, view.Options{}, tally.Query{Theme: tally.AnyThemeOf(topic)}); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", topic, got, want)
		}
	}
	check("child-detention")
	v.eval(nil, `document.querySelector("gcm-pledges").topic = "climate"`)
	v.live(2)
	check("climate")
	v.eval(nil, `document.querySelector("gcm-pledges").topic = "nothing"`)
	v.live(3)
	check("nothing")
	v.quiet()
}

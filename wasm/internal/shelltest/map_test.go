package shelltest

import (
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

// mapIsRead: a tile says what it is when it is pointed at or moved to by the keys, and
// after a change what it has become. One tile is a stop for the tabulator.
func mapIsRead(t *testing.T, v visit, s *site) {
	feed := string(data.Reference())
	s.feed("/feed.json", feed)
	s.page("/", `<gcm-pledges lang=ar src="/feed.json" refresh=0 view=map>158</gcm-pledges>`)
	v.open(s.URL)
	v.live(1)
	if got, want := v.shown(), fresh(t, feed, view.Options{View: view.Map, Language: gcm.Arabic}, tally.Query{}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	v.eval(nil, `document.map = document.querySelector("gcm-pledges").shadowRoot.querySelector("[part=tilemap]");
document.tile = (code) => {
  const all = (part) => [...document.map.querySelectorAll(part)];
  return all("[part=tiles] rect")[all("[part~=code]").findIndex((text) => text.textContent === code)];
};
document.at = () => {
  const stops = document.map.querySelectorAll("[part=tiles] [tabindex='0']");
  const readout = document.map.querySelector("[part=readout]").textContent;
  return stops.length === 1 && stops[0].textContent === readout ? readout : stops.length + " stops, and " + readout;
}`)
	at := func(code string) {
		t.Helper()
		state, _ := gcm.StateFromAlpha3(code)
		v.until(`document.at().startsWith(args[0])`, state.Name(gcm.Arabic)+": ") // the module for that comes later
	}
	v.eval(nil, `document.tile("KEN").focus()`)
	at("KEN")
	for _, step := range []struct{ key, code string }{
		{"ArrowRight", "SOM"}, {"ArrowLeft", "KEN"}, {"ArrowUp", "ETH"}, {"ArrowLeft", "SSD"}, {"ArrowDown", "UGA"}, {"Enter", "UGA"},
	} {
		v.eval(nil, `document.map.getRootNode().activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: arguments[0], bubbles: true, cancelable: true }))`, step.key)
		at(step.code)
	}
	v.eval(nil, `document.tile("JPN").dispatchEvent(new PointerEvent("pointerover", { bubbles: true }))`)
	at("JPN")
	var before, after string
	v.eval(&before, `return document.at()`)
	s.feed("/feed.json", strings.Replace(feed, `"pledges":[`, `"pledges":[{"id":"00000000-0000-4000-8000-000000000001","objectives":[7],"pledgers":[{"name":"Japan","category":"member-state","state":"JPN"}]},`, 1))
	v.refresh()
	v.until(`document.probe.updates.at(-1).total === 159`)
	if v.eval(&after, `return document.at()`); after == before {
		t.Errorf("%s is read after a change, as before", after)
	}
	at("JPN")
	v.quiet()
}

package shelltest

import (
	"slices"
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
	v.mapNeedsNoColours()
}

// mapNeedsNoColours: on paper, and where the reader's own colours are forced, each
// step is a size of its own, any pledge is the colour of text, and no letters stand in
// squares that are too small for them. The page believes here that it is both.
func (v visit) mapNeedsNoColours() {
	v.t.Helper()
	var got struct {
		Rules         int
		Sizes         []float64
		Fills         []string
		Text, Letters string
	}
	v.eval(&got, `const root = document.map.getRootNode();
let rules = 0;
for (const rule of root.adoptedStyleSheets.flatMap((sheet) => [...sheet.cssRules])) {
  if (/print|forced-colors: ?active/.test(rule.media?.mediaText)) rule.media.mediaText = "all", rules++;
}
const tiles = root.querySelector("[part=tiles]");
const steps = [0, 1, 2, 3, 4, 5].map((step) => {
  const tile = tiles.firstElementChild.cloneNode();
  tile.setAttribute("part", "tile s" + step);
  tiles.append(tile);
  const { scale, fill } = getComputedStyle(tile);
  const seen = { scale: scale === "none" ? 1 : parseFloat(scale), fill };
  tile.remove();
  return seen;
});
const probe = root.querySelector("[part=readout]");
probe.style.color = "CanvasText";
const colour = getComputedStyle(probe).color;
probe.style.color = "";
return {
  rules, sizes: steps.map(({ scale }) => scale), fills: steps.map(({ fill }) => fill), text: colour,
  letters: getComputedStyle(root.querySelector("[part=codes]")).display,
};`)
	if want := []float64{1, 0.4, 0.55, 0.7, 0.85, 1}; got.Rules < 2 || !slices.Equal(got.Sizes, want) || got.Letters != "none" {
		v.t.Errorf("%+v, want the sizes %v and no letters", got, want)
	}
	for step, fill := range got.Fills {
		if (fill == got.Text) != (step > 0) {
			v.t.Errorf("step %d is %s where text is %s", step, fill, got.Text)
		}
	}
}

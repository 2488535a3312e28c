package shelltest

import (
	"fmt"
	"iter"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/view"
	"github.com/gcmkit/gcmkit/wasm/build/bundle"
)

// everyView yields what is shown in all its languages.
func everyView() iter.Seq2[view.Kind, gcm.Language] {
	return func(yield func(view.Kind, gcm.Language) bool) {
		for l := range gcm.Languages() {
			for kind := range view.Kinds() {
				if !yield(kind, l) {
					return
				}
			}
		}
	}
}

// viewsFit asks two things of one page with every view, in every language: of the
// room that is left for them, and of what is narrow or large.
func viewsFit(t *testing.T, v visit, s *site) {
	var body strings.Builder
	n := 0
	for kind, l := range everyView() {
		n++
		fmt.Fprintf(&body, `<div lang=%q><gcm-pledges class=room view=%q>158</gcm-pledges><gcm-pledges class=view loading=eager src="/feed.json" refresh=0 view=%q>158</gcm-pledges></div>`, l, kind, kind)
	}
	s.feed("/feed.json", string(data.Reference()))
	s.put("/page.css", file{kind: "text/css", body: `body { margin: 0 16px } .view { --gcm-room: 0px } .airy { line-height: 1.5 } .near { margin: 0 8px }`})
	s.page("/", `<link rel=stylesheet href="/`+bundle.RoomName+`"><link rel=stylesheet href="/page.css">`+body.String())
	v.open(s.URL)
	v.live(n)
	defer v.Resize(1200, 900)
	v.roomIsEnough()
	s.feed("/feed.json", strings.Replace(string(data.Reference()), `"title":"Illustrative pledges, generated"`, `"title":"`+strings.Repeat("Longtitle", 20)+`"`, 1))
	v.await(nil, `document.body.className = "near"; for (const w of document.querySelectorAll(".room")) w.remove(); await document.querySelector("gcm-pledges").refresh()`)
	v.live(2 * n)
	v.fitEverywhere()
	v.quiet()
}

// roomIsEnough: a view isn't higher than the room that is left for it, unless
// that is a screen already, and there isn't much more of it.
func (v visit) roomIsEnough() {
	for _, size := range [][2]int{{320, 640}, {360, 780}, {414, 896}, {768, 1024}, {1200, 900}} {
		if err := v.Resize(size[0], size[1]); err != nil {
			v.t.Fatal(err)
		}
		for _, lines := range []string{"", "airy"} {
			var faults []string
			v.eval(&faults, `document.body.className = arguments[0];
return [...document.querySelectorAll("div[lang]")].flatMap((div) => {
  const [room, view] = [...div.children].map((w) => w.getBoundingClientRect().height);
  if (room < innerHeight && room < view || room - view > 350 || room > innerHeight) return div.lang + " " + div.firstElementChild.view + ": " + room + " for " + view;
  return [];
})`, lines)
			for _, f := range faults {
				v.t.Errorf("%d by %d %s: %s", size[0], size[1], lines, f)
			}
		}
	}
}

// textMakesRoom: a page with text and that style sheet doesn't move when the view
// comes, and one without it does. Where nothing can be shown the room goes again.
func textMakesRoom(t *testing.T, v visit, s *site) {
	s.feed("/feed.json", string(data.Reference()))
	s.put("/moved.js", file{kind: "text/javascript", body: shifts})
	for _, room := range []string{`<link rel=stylesheet href="/` + bundle.RoomName + `">`, ""} {
		for _, view := range []string{"counter", "objectives"} {
			s.page("/", room+`<script src=/moved.js></script><gcm-pledges src="/feed.json" refresh=0 view=`+view+`>158 pledges</gcm-pledges><p id=behind>What comes behind it</p>`)
			release := s.hold("/" + s.built.wasm)
			v.open(s.URL)
			before := v.moved()
			release()
			v.live(1)
			switch after := v.moved(); {
			case room != "" && after != before:
				t.Errorf("%s: the page moved by %v", view, after-before)
			case room == "" && after == before && v.Engine() == "chromium":
				t.Errorf("%s: the page moved, and nobody saw it", view)
			}
			v.quiet()
		}
	}

	s.remove("/feed.json")
	s.page("/", `<link rel=stylesheet href="/`+bundle.RoomName+`"><gcm-pledges src="/feed.json" refresh=0>158 pledges</gcm-pledges>`)
	v.open(s.URL)
	v.until(`document.probe.errors.length && document.querySelector("gcm-pledges").getBoundingClientRect().height < 60`)
}

package shelltest

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/view"
	"github.com/gcmkit/gcmkit/wasm/build/bundle"
)

// A roomOf is what there is room for before it comes.
type roomOf struct {
	view view.Kind
	size view.Size
	lang gcm.Language
}

// everyRoom yields every view in every size, each of them in all its languages.
func everyRoom() iter.Seq[roomOf] {
	return func(yield func(roomOf) bool) {
		for kind := range view.Kinds() {
			for _, size := range []view.Size{view.Standard, view.Compact, view.Hero} {
				for l := range gcm.Languages() {
					if kind != view.Counter && size != view.Standard {
						continue
					}
					if !yield(roomOf{kind, size, l}) {
						return
					}
				}
			}
		}
	}
}

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
	for r := range everyRoom() {
		n++
		fmt.Fprintf(&body, `<div lang=%q><gcm-pledges class=room view=%q size=%q>158</gcm-pledges><gcm-pledges class=view loading=eager src="/feed.json" refresh=0 view=%q size=%q>158</gcm-pledges></div>`,
			r.lang, r.view, r.size, r.view, r.size)
	}
	s.feed("/feed.json", string(data.Reference()))
	s.put("/page.css", file{kind: "text/css", body: `body { margin: 0 } .view { --gcm-room: 0px } .near { margin: 0 8px }`})
	s.page("/", `<link rel=stylesheet href="/`+bundle.RoomName+`"><link rel=stylesheet href="/page.css">`+body.String())
	v.open(s.URL)
	v.live(n)
	defer v.Resize(1200, 900)
	if *updateRoom && v.Engine() == "chromium" {
		v.writeRoom()
		return
	}
	v.roomIsTaken()
	s.feed("/feed.json", strings.Replace(string(data.Reference()), `"title":"Illustrative pledges, generated"`, `"title":"`+strings.Repeat("Longtitle", 20)+`"`, 1))
	v.await(nil, `document.body.className = "near"; document.body.style.width = ""; for (const w of document.querySelectorAll(".room")) w.remove(); await document.querySelector("gcm-pledges").refresh()`)
	v.live(2 * n)
	v.fitEverywhere()
	v.quiet()
}

// heights returns how high rooms and views are in a column, in pixels, in the order
// of everyRoom.
func (v visit) heights(width int) (heights [][2]float64) {
	v.eval(&heights, `document.body.style.width = arguments[0] + "px";
return [...document.querySelectorAll("div[lang]")].map((div) => [...div.children].map((w) => w.getBoundingClientRect().height));`, width)
	return heights
}

// roomIsTaken: a view is as high as the room that is left for it, to a line in columns
// of a width that was measured and to two between them; unless that is a screen already.
// Letters are some fractions of a pixel wider or narrower in other browsers, by which a
// line or two may be more, and those of Chinese are of other fonts.
func (v visit) roomIsTaken() {
	const line = 1.4 * 16
	if err := v.Resize(1600, 2000); err != nil {
		v.t.Fatal(err)
	}
	for _, width := range []int{160, 187, 224, 288, 343, 411, 520, 640, 736, 930, 1168, 1600} {
		spare, lack := 2*line, 0.0
		if slices.Contains(roomWidths(), float64(width)/16) {
			spare = line
		}
		if v.Engine() != "chromium" {
			spare, lack = 4*line, 2*line
		}
		heights := v.heights(width)
		for r := range everyRoom() {
			room, taken := heights[0][0], min(heights[0][1], roomMost*16)
			heights = heights[1:]
			if r.lang == gcm.Chinese && v.Engine() != "chromium" {
				continue
			}
			if over := room - taken; over > spare+3 || over < -lack-3 {
				v.t.Errorf("at %d: the room of %v is %v pixels high for %v", width, r, room, taken)
			}
		}
	}
	if err := v.Resize(1200, 500); err != nil {
		v.t.Fatal(err)
	}
	for i, h := range v.heights(343) {
		if h[0] > 500 {
			v.t.Errorf("room %d is %v pixels high on a screen of 500", i, h[0])
		}
	}
}

// textMakesRoom: a page with text and that style sheet doesn't move when the view
// comes, and one without it does. Where nothing can be shown the room goes again.
func textMakesRoom(t *testing.T, v visit, s *site) {
	s.feed("/feed.json", string(data.Reference()))
	s.put("/moved.js", file{kind: "text/javascript", body: shifts})
	for _, room := range []string{`<link rel=stylesheet href="/` + bundle.RoomName + `">`, ""} {
		for _, view := range []string{"counter", "objectives", "map", "timeline"} {
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

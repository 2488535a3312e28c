package shelltest

import (
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

// parting writes down how many elements there were to lay out each time that a
// widget showed more or less of its view, and whether that was while it was told of.
const parting = `
document.parts = [];
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (init) {
  const root = attach.call(this, init);
  document.watchParts(root);
  return root;
};
document.watchParts = (root) => new MutationObserver(() =>
  document.parts.push([...root.querySelectorAll("[part~=view] *")].filter((e) => !e.closest("[hidden]")).length))
  .observe(root, { subtree: true, childList: true, attributeFilter: ["hidden"] });
addEventListener("gcm-update", ({ target }) => document.parts.push(target.shadowRoot.querySelector("[hidden]") ? "too early" : "told"));
`

// laysOutInParts: no frame has all of a large new view to lay out, and whoever is
// told of it finds it whole. A view that takes the place of another one, which
// may have been scrolled to, comes at once.
func laysOutInParts(t *testing.T, v visit, s *site) {
	feed := string(data.Reference())
	s.feed("/feed.json", feed)
	s.put("/parts.js", file{kind: "text/javascript", body: parting})
	var parts []any
	for _, kind := range []view.Kind{view.Objectives, view.Dashboard} {
		s.page("/", `<script src=/parts.js></script><gcm-pledges src="/feed.json" refresh=0 view=`+kind.String()+`>158 pledges</gcm-pledges>`)
		v.open(s.URL)
		v.live(1)
		v.until(`document.parts.at(-1) === "told"`)
		v.eval(&parts, `return document.parts`)
		all, _ := parts[max(0, len(parts)-2)].(float64)
		last := 0.0
		for i, part := range parts[:len(parts)-1] {
			n, ok := part.(float64)
			most := max(all*0.45, 120) // a map is one part
			if i < 2 {
				most = 60 // while nobody knows how slow the machine is
			}
			if !ok || n <= last || n-last > most {
				t.Errorf("%s: %v elements after %v, of %v", kind, part, last, all)
			}
			last = n
		}
		if len(parts) < 4 || all < 100 {
			t.Errorf("%s came in the parts %v", kind, parts)
		}
		if got, want := v.shown(), fresh(t, feed, view.Options{View: kind}, tally.Query{}); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
	v.eval(nil, `document.parts.length = 0; document.querySelector("gcm-pledges").view = "principles"`)
	v.until(`document.parts.at(-1) === "told"`)
	v.eval(&parts, `return document.parts`)
	if len(parts) != 2 {
		t.Errorf("in the place of another view it came in the parts %v", parts)
	}

	s.feed("/feed.json", oneMore(feed, "01"))
	s.page("/", `<script src=/parts.js></script>`+strings.Replace(served(t, feed, view.Options{View: view.Objectives, Language: gcm.French}), "<gcm-pledges ", `<gcm-pledges class=old `, 1)+
		`<script src=/watch-parts.js></script>`)
	s.put("/watch-parts.js", file{kind: "text/javascript", body: `document.watchParts(document.querySelector(".old").shadowRoot)`})
	v.open(s.URL)
	v.live(1)
	v.until(`document.parts.at(-1) === "told"`)
	v.eval(&parts, `return document.parts`)
	if len(parts) != 2 {
		t.Errorf("in the place of an older view it came in the parts %v", parts)
	}
	v.quiet()
}

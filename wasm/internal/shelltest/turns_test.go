package shelltest

import (
	"slices"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
)

// bursts writes down how many elements are made at once: until a timer rings, or a
// message comes round, which WebKit may leave lying while timers ring.
const bursts = `
document.bursts = [];
let made = 0;
const { port1, port2 } = new MessageChannel();
const over = () => { if (made) document.bursts.push(made); made = 0; };
port1.onmessage = over;
const later = setTimeout;
window.setTimeout = (ring, ms) => later(() => { over(); ring(); }, ms);
for (const name of ["createElement", "createElementNS"]) {
  const create = Document.prototype[name];
  Document.prototype[name] = function (...words) { if (!made++) port2.postMessage(0); return create.apply(this, words); };
}
`

// takesTurns: between the parts of a large view the page has its turn, and
// nobody sees half of it.
func takesTurns(t *testing.T, v visit, s *site) {
	s.feed("/feed.json", string(data.Reference()))
	s.put("/bursts.js", file{kind: "text/javascript", body: bursts})
	s.page("/", `<script src=/bursts.js></script><gcm-pledges src="/feed.json" refresh=0 view=dashboard>158 pledges</gcm-pledges>
<script type=module src=/halves.js></script>`)
	s.put("/halves.js", file{kind: "text/javascript", body: `
document.halves = [];
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (init) {
  const root = attach.call(this, init);
  new MutationObserver(() => document.halves.push(root.querySelectorAll("*").length)).observe(root, { subtree: true, childList: true });
  return root;
};`})
	release := s.hold("/" + s.built.wasm)
	v.open(s.URL)
	release()
	v.live(1)
	v.until("document.halves.length && document.bursts.length")
	var got struct{ All, Most, Halves int }
	v.eval(&got, `const all = document.querySelector("gcm-pledges").shadowRoot.querySelectorAll("*").length;
return { all, most: Math.max(...document.bursts), halves: document.halves.filter((n) => n < all).length }`)
	if got.All < 300 || got.Most > got.All*2/3 {
		t.Errorf("of %d elements %d were made at once", got.All, got.Most)
	}
	if got.Halves > 0 {
		t.Error("half of the view was on the page")
	}
	v.quiet()
}

// startsInTurns: neither the module's own start nor that of another element is in
// the task in which an element begins to work.
func startsInTurns(t *testing.T, v visit, s *site) {
	const elements = 5
	s.put("/starts.js", file{kind: "text/javascript", body: `
document.starts = [];
let turn = 0;
const later = setTimeout;
window.setTimeout = (ring, ms) => later(() => { turn++; ring(); }, ms);
const { observe } = IntersectionObserver.prototype;
IntersectionObserver.prototype.observe = function (element) { document.starts.push(turn); observe.call(this, element); };`})
	s.page("/", `<script src=/starts.js></script>`+strings.Repeat(`<gcm-pledges src="/feed.json">158 pledges</gcm-pledges>`, elements))
	s.feed("/feed.json", string(data.Reference()))
	v.open(s.URL)
	v.live(elements)
	var starts []int
	v.eval(&starts, `return document.starts`)
	if len(starts) != elements || starts[0] == 0 || len(slices.Compact(slices.Clone(starts))) != elements {
		t.Errorf("%d elements started in the turns %v", elements, starts)
	}
	v.quiet()
}

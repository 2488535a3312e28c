package shelltest

import (
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
)

// clobberedPage: an element with a name hides the member of document that has the
// same one. There is one for each of them, and one for what not every browser has.
func clobberedPage(t *testing.T, v visit, s *site) {
	s.feed("/feed.json", string(data.Reference()))
	s.put("/clobber.js", file{kind: "text/javascript", body: `
const { createElement } = document, { body } = document;
for (const { prototype } of [Document, Node, EventTarget]) {
  for (const name of Object.getOwnPropertyNames(prototype)) {
    const image = createElement.call(document, "img");
    image.name = image.id = name;
    body.append(image);
  }
}`})
	s.page("/", `<script src=/clobber.js></script><script type=module src=/gcm-pledge-form.js></script><script src=/embed-parent.js></script>
<form id=trustedTypes><input name=createPolicy></form><iframe data-gcm-pledges></iframe>
<gcm-pledges src="/feed.json" refresh=60 loading=eager>-</gcm-pledges><gcm-pledge-form>-</gcm-pledge-form>`)
	v.open(s.URL)
	v.live(1)
	v.until(`Document.prototype.querySelector.call(document, "gcm-pledge-form").shadowRoot?.querySelector("form")`)
	var got struct {
		Hidden bool
		Text   string
	}
	v.eval(&got, `const find = (name) => Document.prototype.querySelector.call(document, name);
return { hidden: document.createElement instanceof Element, text: find("gcm-pledges").shadowRoot.textContent }`)
	if !got.Hidden || !strings.Contains(got.Text, "158") {
		t.Errorf("%+v", got)
	}
	v.eval(nil, `Document.prototype.querySelector.call(document, "gcm-pledge-form").remove()`)
	v.caught()
}

// otherPlaces: elements that the page makes and puts elsewhere.
func otherPlaces(t *testing.T, v visit, s *site) {
	s.feed("/feed.json", string(data.Reference()))
	s.page("/", `<script type=module src=/gcm-pledge-form.js></script><gcm-pledges id=a src="/feed.json" refresh=0>-</gcm-pledges>`)
	v.open(s.URL)
	v.live(1)
	v.eval(nil, `document.frame = document.body.appendChild(document.createElement("iframe"));
document.put = (place, tag = "gcm-pledges") => { const w = document.createElement(tag); w.src = "/feed.json"; w.setAttribute("refresh", "0"); w.append("-"); place.append(w); return w; };
document.in = document.put(document.frame.contentDocument.body);`)
	const styled = `.shadowRoot.querySelector("summary") && getComputedStyle(%.shadowRoot.querySelector("summary")).paddingTop !== "0px"`
	looks := func(element string) {
		t.Helper()
		v.until(element + strings.ReplaceAll(styled, "%", element) + ` && ` + element + `.shadowRoot.textContent.includes("158")`)
	}
	looks("document.in")
	v.eval(nil, `document.moved = document.getElementById("a"); document.frame.contentDocument.body.append(document.moved)`)
	looks("document.moved")
	v.eval(nil, `document.body.append(document.moved)`)
	looks("document.moved")
	v.eval(nil, `document.form = document.put(document.frame.contentDocument.body, "gcm-pledge-form")`)
	v.until(`document.form.shadowRoot?.querySelector("form") && document.form.shadowRoot.adoptedStyleSheets.length === 1`)
	v.eval(nil, `document.body.append(document.form)`)
	v.until(`document.form.shadowRoot.adoptedStyleSheets.length === 1 && getComputedStyle(document.form.shadowRoot.querySelector("fieldset")).display !== ""`)

	// One without a box of its own, and one with a name of the page's.
	v.eval(nil, `document.boxless = document.createElement("gcm-pledges"); document.boxless.style.setProperty("display", "contents");
document.boxless.src = "/feed.json"; document.body.prepend(document.boxless);
customElements.get("gcm-pledges").define("x-pledges"); customElements.get("gcm-pledges").define("x-pledges");
document.named = document.put(document.body, "x-pledges"); document.named.loading = "eager"`)
	v.until(`document.boxless.summary && document.named.summary && document.named instanceof customElements.get("gcm-pledges")`)

	// Whoever switches the language of the page switches that of all in it.
	v.eval(nil, `document.documentElement.lang = "fr"`)
	v.until(`[document.moved, document.boxless, document.named].every((w) => w.shadowRoot.querySelector("[part~=view]").lang === "fr") && document.form.shadowRoot.querySelector("form").lang === "fr"`)

	// What a network that is back has to say is there at once.
	s.feed("/feed.json", oneMore(string(data.Reference()), "01"))
	v.eval(nil, `dispatchEvent(new Event("online"))`)
	v.until(`document.moved.summary.counts.total === 159`)
	if codes := v.codes(); len(codes) > 0 {
		t.Errorf("errors %v", codes)
	}
	v.eval(nil, `document.form.remove()`)
	v.caught()
}

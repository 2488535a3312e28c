//go:build !js

package shelltest

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
	"github.com/gcmkit/gcmkit/wasm/internal/browser"
)

// What a browser makes of the HTML is a shadow root with the tree that a page
// builds of the JSON, and the filter of the query.
func TestBrowserMakesTheViewOfTheElement(t *testing.T) {
	s, err := read(t, string(data.Reference())).Snapshot(tally.Query{
		Objective: tally.AnyOf(objectives.Objective(7)), Principle: tally.AnyOf(gcm.WholeOfSociety), Region: tally.AnyOf(gcm.Africa), Category: tally.AnyOf(gcm.MemberState), Type: tally.AnyOf(gcm.Partnership),
		Nature: tally.AnyOf(gcm.Policy), Status: tally.AnyOf(gcm.InProgress), Mirror: tally.AnyOf(gcm.Yes), Theme: tally.AnyThemeOf("child-detention"), IncludeWithdrawn: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	s.Title = "a\"b'c<d>&amp;\n\u00a0é"
	e := view.Element{Sources: []string{"p.json"}, Stylesheet: "style.css", Theme: view.Dark}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			http.NotFound(w, r)
			return
		}
		page := []byte("<!doctype html><meta charset=utf-8><title>Elements</title>")
		for kind := range view.Kinds() {
			e.Options = view.Options{View: kind, Language: gcm.Arabic}
			if page, err = e.AppendHTML(page, s); err != nil {
				t.Error(err)
			}
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write(page)
	}))
	defer server.Close()
	b := browser.Start(t, "chromium", browser.Options{})
	if err := b.Open(server.URL); err != nil {
		t.Fatal(err)
	}
	for kind := range view.Kinds() {
		v, err := view.Render(s, view.Options{View: kind, Language: gcm.Arabic})
		if err != nil {
			t.Fatal(err)
		}
		got, err := b.Eval(`
			const SVG = "http://www.w3.org/2000/svg";
			const build = (tree, svg) => {
				if (typeof tree === "string") return document.createTextNode(tree);
				const [tag, attributes, ...children] = tree;
				svg ||= tag === "svg";
				const e = svg ? document.createElementNS(SVG, tag) : document.createElement(tag);
				for (const [name, value] of Object.entries(attributes)) e.setAttribute(name, value);
				e.append(...children.map((child) => build(child, svg)));
				return e;
			};
			const host = document.querySelector("gcm-pledges[view=" + arguments[0] + "]");
			const root = host.shadowRoot;
			return [
				root.childNodes.length,
				root.firstChild.localName + " " + root.firstChild.getAttribute("href"),
				root.lastChild.isEqualNode(build(JSON.parse(arguments[1]))),
				host.childNodes.length,
				host.textContent,
				host.getAttribute("theme"),
			];`, kind.String(), string(v.AppendJSON(nil)))
		if err != nil {
			t.Fatal(err)
		}
		want, _ := json.Marshal([]any{2, "link style.css", true, 1, v.Text(), "dark"})
		var compact []any
		if err := json.Unmarshal(got, &compact); err != nil {
			t.Fatal(err)
		}
		if again, _ := json.Marshal(compact); string(again) != string(want) {
			t.Errorf("%v: %s, want %s", kind, again, want)
		}
	}
}

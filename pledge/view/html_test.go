package view_test

import (
	"encoding/xml"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/pledge/view"
)

// Everything that a view may consist of. The page enforces the same two lists,
// so keep them short; see the documentation of the package.
const (
	allowedTags       = "a bdi button caption details div figcaption figure input label li mark ol p polygon polyline rect span strong summary svg table tbody td text th thead time title tr tspan"
	allowedAttributes = "aria-hidden aria-pressed datetime dir disabled height href id lang name open part placeholder points popover popovertarget popovertargetaction preserveAspectRatio scope tabindex type value viewBox width x y"
)

// manyViews yields the golden views and many of any snapshot.
func manyViews(t *testing.T) func(func(*view.View) bool) {
	return func(yield func(*view.View) bool) {
		for _, test := range golden {
			s := headline()
			test.snapshot(s)
			if !yield(render(t, s, test.options)) {
				return
			}
		}
		choose := random(2)
		for range 150 {
			if !yield(anyView(choose)) {
				return
			}
		}
	}
}

func TestViewsConsistOfWhatIsAllowed(t *testing.T) {
	source, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	doc := string(source)
	for _, list := range []string{allowedTags, allowedAttributes} {
		if !strings.Contains(doc, "//\t"+list+"\n") {
			t.Errorf("doc.go doesn't say %s", list)
		}
	}
	tags, attributes, parts := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for v := range manyViews(t) {
		parseHTML(t, v.HTML(), func(e xml.StartElement) {
			tags[e.Name.Local] = true
			for _, a := range e.Attr {
				attributes[a.Name.Local] = true
				if a.Name.Local == "part" {
					for _, part := range strings.Fields(a.Value) {
						parts[part] = true
					}
				}
				if strings.ContainsAny(a.Value, `<>"&`) && a.Name.Local != "href" || strings.ContainsAny(a.Value, "<>\"\u00a0") {
					t.Errorf("browsers disagree about how to write %s=%q", a.Name.Local, a.Value)
				}
				if a.Name.Local == "href" && !strings.HasPrefix(a.Value, "https://") {
					t.Errorf("a link to %q", a.Value)
				}
			}
		})
	}
	checkList(t, "tags", tags, allowedTags)
	checkList(t, "attributes", attributes, allowedAttributes)
	_, list, _ := strings.Cut(doc, "the widget's looks:\n//\n")
	list, _, _ = strings.Cut(list, "//\n")
	words := ""
	for line := range strings.Lines(list) {
		line, _, _ = strings.Cut(strings.TrimPrefix(line, "//\t"), "  ")
		words += " " + line
	}
	checkList(t, "parts", parts, words)
}

// What is a picture has words or numbers beside it, and isn't read out.
func TestPicturesAreForTheEyeOnly(t *testing.T) {
	for v := range manyViews(t) {
		page, err := buildDOM(v.AppendJSON(nil))
		if err != nil {
			t.Fatal(err)
		}
		checkPictures(t, page, false)
	}
}

func checkPictures(t *testing.T, n *domNode, hidden bool) {
	t.Helper()
	hidden = hidden || n.values["aria-hidden"] == "true"
	if n.tag == "svg" && !hidden && n.values["part"] != "world" && n.values["part"] != "tiles" {
		t.Errorf("a picture isn't hidden: %s", n.outerHTML())
	}
	if n.tag == "text" || n.tag == "polygon" || n.tag == "rect" {
		// Names of regions have numbers, and each tile has words.
		if !hidden && n.values["part"] != "region" && (!strings.HasPrefix(n.values["part"], "tile ") || n.textContent() == "") {
			t.Errorf("outside of a picture: %s", n.outerHTML())
		}
	} else if n.tag != "" && n.tag != "svg" && n.tag != "td" && n.values["aria-hidden"] == "true" {
		t.Errorf("hidden, and no picture: %s", n.outerHTML())
	}
	for _, child := range n.children {
		checkPictures(t, child, hidden)
	}
}

func checkList(t *testing.T, what string, used map[string]bool, list string) {
	t.Helper()
	words := strings.Fields(list)
	for word := range used {
		if !slices.Contains(words, word) {
			t.Errorf("%s: %q is used, and not on the list", what, word)
		}
	}
	for _, word := range words {
		if !used[word] {
			t.Errorf("%s: %q is on the list, and not used", what, word)
		}
	}
}

// An HTML parser makes the same tree of the HTML again. Views use so little of
// HTML that an XML parser understands them too.
func TestParsingTheHTMLGivesTheTree(t *testing.T) {
	for v := range manyViews(t) {
		page, err := buildDOM(v.AppendJSON(nil))
		if err != nil {
			t.Fatal(err)
		}
		parsed := parseHTML(t, v.HTML(), nil)
		if got, want := parsed.outerHTML(), page.outerHTML(); got != want || want != v.HTML() {
			t.Fatalf("parsed  %s\nbuilt   %s\nwritten %s", got, want, v.HTML())
		}
		checkSameTree(t, parsed, page)
	}
}

func checkSameTree(t *testing.T, a, b *domNode) {
	t.Helper()
	if a.tag != b.tag || a.text != b.text || len(a.children) != len(b.children) {
		t.Fatalf("%s\nis another tree than\n%s", a.outerHTML(), b.outerHTML())
	}
	for i := range a.children {
		checkSameTree(t, a.children[i], b.children[i])
	}
}

// withEnds matches what has no end in HTML.
var withEnds = regexp.MustCompile(`<input [^>]*>`)

func parseHTML(t *testing.T, html string, visit func(xml.StartElement)) *domNode {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(withEnds.ReplaceAllString(html, "$0</input>")))
	d.Entity = map[string]string{"nbsp": "\u00a0"}
	stack := []*domNode{{}}
	for {
		token, err := d.Token()
		if err == io.EOF {
			return stack[0].children[0]
		}
		if err != nil {
			t.Fatalf("%v in %s", err, html)
		}
		top := stack[len(stack)-1]
		switch token := token.(type) {
		case xml.StartElement:
			n := &domNode{tag: token.Name.Local, values: map[string]string{}}
			for _, a := range token.Attr {
				n.set(a.Name.Local, &a.Value)
			}
			if visit != nil {
				visit(token)
			}
			top.children = append(top.children, n)
			stack = append(stack, n)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			top.children = append(top.children, &domNode{text: string(token)})
		}
	}
}

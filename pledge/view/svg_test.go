package view_test

import (
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/pledge/view"
)

// Everything that a picture may consist of. There are no links, scripts, fonts,
// pictures or ids in it, and nothing is loaded.
const (
	pictureTags       = "desc path polygon polyline rect style svg text title tspan"
	pictureAttributes = "class d direction dy fill fill-opacity font-family font-size font-weight height lang lengthAdjust overflow points preserveAspectRatio " +
		"role rx stroke stroke-dasharray stroke-linecap stroke-opacity stroke-width text-anchor textLength vector-effect viewBox width x xmlns y"
)

// checkPicture fails the test if a picture isn't well-formed, has what it must
// not have, or writes beyond its edges. It returns the tree.
func checkPicture(t *testing.T, svg []byte) *domNode {
	t.Helper()
	root := parseXML(t, string(svg))
	if root.tag != "svg" || root.values["xmlns"] != "http://www.w3.org/2000/svg" || root.values["role"] != "img" || root.values["lang"] == "" {
		t.Errorf("not a picture of its own: %v %v", root.tag, root.values)
	}
	width, _ := strconv.Atoi(root.values["width"])
	var check func(n *domNode, nested bool)
	check = func(n *domNode, nested bool) {
		if n.tag == "" {
			return
		}
		if !strings.Contains(" "+pictureTags+" ", " "+n.tag+" ") {
			t.Errorf("an element %s", n.tag)
		}
		for name, value := range n.values {
			if !strings.Contains(" "+pictureAttributes+" ", " "+name+" ") || strings.Contains(value, "url(") {
				t.Errorf("an attribute %s=%q", name, value)
			}
		}
		if n.tag == "style" && strings.ContainsAny(n.textContent(), "@\\") && strings.Count(n.textContent(), "@") != 1 {
			t.Errorf("a style sheet %s", n.textContent())
		}
		if n.tag == "text" && !nested {
			checkRoom(t, n, width, root.values["direction"] == "rtl")
		}
		for _, child := range n.children {
			check(child, nested || n != root)
		}
	}
	check(root, false)
	return root
}

// checkRoom fails the test if a text could be wider than what there is.
func checkRoom(t *testing.T, n *domNode, width int, reverse bool) {
	t.Helper()
	size, _ := strconv.Atoi(n.values["font-size"])
	wide := view.Width(n.textContent(), size, n.values["font-weight"] != "")
	if size == 0 { // of several sizes
		for _, span := range n.children {
			size, _ := strconv.Atoi(span.values["font-size"])
			wide += view.Width(span.textContent(), size, span.values["font-weight"] != "")
		}
	}
	wide = wide * 21 / 20 // fonts are wider than the estimate
	if exact := n.values["textLength"]; exact != "" {
		wide, _ = strconv.Atoi(exact)
	}
	x, err := strconv.Atoi(n.values["x"])
	from, to := x, x+wide
	if n.values["text-anchor"] == "middle" {
		from, to = x-wide/2, x+wide/2
	} else if (n.values["text-anchor"] == "end") != reverse {
		from, to = x-wide, x
	}
	if err != nil || from < 0 || to > width {
		t.Errorf("from %d to %d of %d: %s", from, to, width, n.outerHTML())
	}
}

// parseXML parses a file strictly, without any entities but those of XML.
func parseXML(t *testing.T, file string) *domNode {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(file))
	stack := []*domNode{{}}
	for {
		token, err := d.Token()
		if err == io.EOF {
			return stack[0].children[0]
		}
		if err != nil {
			t.Fatalf("%v in %s", err, file)
		}
		top := stack[len(stack)-1]
		switch token := token.(type) {
		case xml.StartElement:
			n := &domNode{tag: token.Name.Local, values: map[string]string{}}
			for _, a := range token.Attr {
				n.set(a.Name.Local, &a.Value)
			}
			top.children = append(top.children, n)
			stack = append(stack, n)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			top.children = append(top.children, &domNode{text: string(token)})
		case xml.Comment, xml.ProcInst, xml.Directive:
			t.Fatalf("%T in %s", token, file)
		}
	}
}

// checkFile compares a file with the golden one of its name, byte for byte.
func checkFile(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; run go test -update, and look at what it writes", err)
	}
	if string(got) != string(want) {
		t.Errorf("%s differs; look at what go test -update makes of it. Got:\n%s", file, got)
	}
}

func TestTextIsBrokenWithoutLoss(t *testing.T) {
	tests := []struct {
		name, a, b string
		room, most int
		want       string
	}{
		{"nothing", "", "", 100, 0, ""},
		{"room enough", "Source: ", "Pledges", 200, 0, "Source: Pledges"},
		{"at blanks", "one two three", "", 40, 0, "one|two|three"},
		{"not between languages", "one (", "two) three", 50, 0, "one|(two)|three"},
		{"not in numbers", "1\u202f234\u202f567 2\u00a0345", "", 60, 0, "1\u202f234\u202f567|2\u00a0345"},
		{"Chinese anywhere, but not in front of a comma", "各国承诺，各国", "", 40, 0, "各国承|诺，各|国"},
		{"in a long word if it must", "aaaaaaaaaa", "", 30, 0, "aaaa|aaaa|aa"},
		{"cut at a blank", "one two three four", "", 60, 1, "one two…"},
		{"cut in a word", "aaaaaaaaaa", "", 30, 1, "aa…"},
		{"cut before a number and not in it", "a 2022", "b", 40, 1, "a…"},
		{"nothing is left of a number that is too long", "0000000000", "", 40, 1, "…"},
	}
	for _, test := range tests {
		lines, _ := view.Wrap(test.a, test.b, 12, test.room, test.most)
		if got := strings.Join(lines, "|"); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func FuzzTextIsBrokenWithoutLoss(f *testing.F) {
	f.Add("Source: ", "Pledges for the Forum", 80)
	f.Add("按目标分列的承诺 ", "aaaaaaaaaaaaaaaa", 30)
	f.Fuzz(func(t *testing.T, a, b string, room int) {
		a, b = view.Clean(a, 300), view.Clean(b, 300)
		room = 20 + room&0x1ff
		lines, widths := view.Wrap(a, b, 12, room, 0)
		squeeze := strings.NewReplacer(" ", "")
		if got, want := squeeze.Replace(strings.Join(lines, "")), squeeze.Replace(a+b); got != want {
			t.Errorf("%q, want %q", got, want)
		}
		for i, width := range widths {
			if width > room || lines[i] != strings.TrimSpace(lines[i]) {
				t.Errorf("%q is %d wide, of %d", lines[i], width, room)
			}
		}
		if cut, widths := view.Wrap(a, b, 12, room, 1); len(lines) > 1 && (len(cut) != 1 || !strings.HasSuffix(cut[0], "…") || widths[0] > room) {
			t.Errorf("cut to %q, %d of %d", cut, widths, room)
		}
	})
}

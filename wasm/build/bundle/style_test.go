package bundle

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A sheet has all the tokens that it uses, and none else: each is a byte on the page.
func TestStyleSheetsHaveTheTokensThatTheyUse(t *testing.T) {
	for _, e := range elements {
		css, err := styleSource(e.style)
		if err != nil {
			t.Fatal(err)
		}
		text := string(css)
		if strings.Contains(text, "@import") {
			t.Errorf("%s imports something", e.style)
		}
		var defined, used []string
		for _, m := range regexp.MustCompile(`(?m)^ +(--[a-z0-9-]+):`).FindAllStringSubmatch(text, -1) {
			if !strings.HasPrefix(m[1], "--gcm-") { // which a part may set for what is in it
				defined = append(defined, m[1])
			}
		}
		for _, m := range regexp.MustCompile(`var\((--[a-z0-9-]+)`).FindAllStringSubmatch(text, -1) {
			if !strings.HasPrefix(m[1], "--gcm-") {
				used = append(used, m[1])
			}
		}
		slices.Sort(defined)
		slices.Sort(used)
		if defined, used = slices.Compact(defined), slices.Compact(used); !slices.Equal(defined, used) || len(used) < 4 {
			t.Errorf("%s defines %q and uses %q", e.style, defined, used)
		}
	}
}

// What no page can set is no property on the page.
func TestConstantsStandInTheirPlace(t *testing.T) {
	tokens, css := inPlace([]byte("  --small: 0.8em;\n  --line: var(--gcm-line, red);\n  --smaller: 2px;\n"), []byte("p{font-size:var(--small);border:var(--smaller) solid var(--line)}"))
	if string(tokens) != "  --line: var(--gcm-line, red);\n" || string(css) != "p{font-size:0.8em;border:2px solid var(--line)}" {
		t.Errorf("%s and %s", tokens, css)
	}
}

// By how it begins the module knows it from a script that a bundler has made of it.
func TestTheWidgetsStyleSheetBeginsAsTheModuleKnowsIt(t *testing.T) {
	css, err := sharedStyle(elements[0].style, StyleName)
	if err != nil || !strings.HasPrefix(string(css), ":host") {
		t.Errorf("%v: %.40s", err, css)
	}
	look, err := sourceOf("common/look.ts")
	if err != nil || !strings.Contains(string(look), `text.startsWith(":host")`) {
		t.Errorf("%v: look.ts goes by something else", err)
	}
}

package webform

import (
	"html"
	"strings"
)

// maxEntity is the length of the longest name of an HTML entity, and some.
const maxEntity = 34

// unescape returns a text without HTML entities: the export has those of the
// site's pages in it ("Côte d&#039;Ivoire"). Only what a semicolon ends is taken
// for one, and an ampersand that comes out of one may begin the next.
func unescape(s string) string {
	at := strings.IndexByte(s, '&')
	if at < 0 {
		return s
	}
	var b strings.Builder
	for at >= 0 {
		b.WriteString(s[:at])
		s = s[at+1:]
		text, rest := entityIn(s)
		for text == "&" { // which may begin another one
			if text, s = "", rest; s != "" {
				text, rest = entityIn(s)
			}
		}
		if text == "" {
			text, rest = "&", s
		}
		b.WriteString(text)
		s = rest
		at = strings.IndexByte(s, '&')
	}
	b.WriteString(s)
	return b.String()
}

// entityIn returns what the entity is whose name, behind the ampersand, s begins
// with; "" if it begins with none.
func entityIn(s string) (text, rest string) {
	end := strings.IndexByte(s[:min(len(s), maxEntity)], ';')
	if end <= 0 {
		return "", s
	}
	name := "&" + s[:end+1]
	if text = html.UnescapeString(name); text == name || strings.HasSuffix(text, ";") && text != ";" {
		return "", s // none, or one that ends before the semicolon
	}
	return text, s[end+1:]
}

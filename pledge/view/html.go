package view

// HTML is written as browsers write outerHTML. They disagree about < and > in
// attributes (Chromium and Firefox began to escape them in 2025, WebKit later),
// which is why no attribute of a view has any.

func (n *markup) appendHTML(b []byte) []byte {
	if n == nil {
		return b
	}
	if n.tag == "" {
		return appendEscaped(b, n.text, false)
	}
	b = append(append(b, '<'), n.tag...)
	for _, a := range n.attrs {
		b = append(append(append(b, ' '), a.name...), `="`...)
		b = append(appendEscaped(b, a.value, true), '"')
	}
	if b = append(b, '>'); n.tag == "input" { // which has neither children nor an end
		return b
	}
	for i := range n.children {
		b = n.children[i].appendHTML(b)
	}
	return append(append(append(b, "</"...), n.tag...), '>')
}

// appendEscaped writes a text, or the value of an attribute.
func appendEscaped(b []byte, s string, inAttribute bool) []byte {
	done := 0
	for i := range len(s) {
		name, width := "", 1
		switch c := s[i]; {
		case c == '&':
			name = "&amp;"
		case c == '<':
			name = "&lt;"
		case c == '>':
			name = "&gt;"
		case c == '"' && inAttribute:
			name = "&quot;"
		case c == 0xc2 && i+1 < len(s) && s[i+1] == 0xa0: // U+00A0 in UTF-8
			name, width = "&nbsp;", 2
		default:
			continue
		}
		b = append(append(b, s[done:i]...), name...)
		done = i + width
	}
	return append(b, s[done:]...)
}

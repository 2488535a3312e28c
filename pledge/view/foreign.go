package view

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// How much of a feed's text is shown, in characters.
const (
	mostOfTitle      = 200
	mostOfDefinition = 1000
)

// foreignText returns text of a feed, isolated from what stands beside it and in
// a language that isn't known; nothing if no text is left.
func foreignText(s string, most int) phrase { return foreignIn("", s, most) }

// foreignIn returns text of a feed, likewise, in the language of a tag that is
// the feed's, too.
func foreignIn(language, s string, most int) phrase {
	if s = clean(s, most); s == "" {
		return nil
	}
	if !isLanguage(language) {
		language = ""
	}
	return phrase{{text: s, kind: foreign, lang: language, marked: true}}
}

// isLanguage reports whether a tag looks like one of BCP 47: "fr", "zh-Hans".
func isLanguage(tag string) bool {
	const most = 35
	return len(tag) >= 2 && len(tag) <= most && !strings.ContainsFunc(tag, func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r|0x20 < 'a' || r|0x20 > 'z')
	})
}

// clean returns text of a feed as it can be shown: without characters that
// nobody sees but that change how others look, on one line, without blanks
// around it, and no longer than most characters and an ellipsis. What isn't
// UTF-8 becomes U+FFFD.
func clean(s string, most int) string {
	var b strings.Builder
	count, blank := 0, false
	for _, r := range s {
		if unicode.IsSpace(r) {
			blank = count > 0
			continue
		}
		if isInvisible(r) {
			continue
		}
		if blank {
			count++
		}
		if count >= most {
			return b.String() + "…"
		}
		if blank {
			b.WriteByte(' ')
			blank = false
		}
		b.WriteRune(r)
		count++
	}
	return b.String()
}

// isInvisible reports whether r shows nothing: controls, bidirectional
// formatting, and other format characters. The joiners U+200C and U+200D stay:
// Persian, Indian scripts and emoji need them.
func isInvisible(r rune) bool {
	switch {
	case unicode.IsControl(r),
		r == 0x061c,              // Arabic letter mark
		r == 0x180e,              // Mongolian vowel separator
		r == 0x200b,              // zero width space
		r == 0x200e, r == 0x200f, // left-to-right, right-to-left mark
		0x202a <= r && r <= 0x202e,   // bidirectional embeddings and overrides
		0x2060 <= r && r <= 0x206f,   // word joiner, bidirectional isolates
		0xfdd0 <= r && r <= 0xfdef,   // not characters
		r == 0xfeff,                  // byte order mark
		0xfff9 <= r && r <= 0xfffb,   // interlinear annotation
		r&0xfffe == 0xfffe,           // not characters
		0xe0000 <= r && r <= 0xe007f: // tags
		return true
	}
	return false
}

// httpsLink returns an address as the href of a link, with everything
// percent-encoded that isn't plain ASCII. It reports false if the address isn't
// one of https at a host with a name in ASCII; those with user names, which
// serve to look like another host, are refused too.
func httpsLink(address string) (href string, ok bool) {
	const scheme, most = "https://", 2000
	if len(address) > most || len(address) < len(scheme) || !strings.EqualFold(address[:len(scheme)], scheme) ||
		!utf8.ValidString(address) {
		return "", false
	}
	host := address[len(scheme):]
	rest := ""
	if end := strings.IndexAny(host, "/?#"); end >= 0 {
		host, rest = host[:end], host[end:]
	}
	if host == "" || strings.ContainsFunc(host, func(r rune) bool { return !isHost(r) }) {
		return "", false
	}
	b := []byte(scheme + host)
	for i := range len(rest) {
		const hex = "0123456789ABCDEF"
		switch c := rest[i]; {
		case c < ' ' || c == 0x7f:
			return "", false
		case c > 0x7f || strings.IndexByte(" \"<>\\^`{|}", c) >= 0:
			b = append(b, '%', hex[c>>4], hex[c&15])
		default:
			b = append(b, c)
		}
	}
	return string(b), true
}

// isHost reports whether r is of a host's name or port.
func isHost(r rune) bool {
	return 'a' <= r|0x20 && r|0x20 <= 'z' || '0' <= r && r <= '9' || r == '.' || r == '-' || r == ':'
}

package pledge

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// invisible returns the first character of s that a reader can't see and that
// changes what is seen: a control character, or one that overrides, embeds or
// isolates a direction of text. It returns "U+FFFD" for what isn't UTF-8. The
// marks that Arabic and Persian need (U+200C to U+200F, U+061C) are fine, and
// so are tabs and line breaks where there may be several lines.
func invisible(s string, lines bool) (character string, found bool) {
	for i, r := range s {
		switch {
		case lines && (r == '\t' || r == '\n' || r == '\r'):
		case unicode.Is(unicode.Cc, r), 0x202a <= r && r <= 0x202e, 0x2066 <= r && r <= 0x2069:
			return codePoint(r), true
		case r == utf8.RuneError:
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				return codePoint(r), true
			}
		}
	}
	return "", false
}

// codePoint returns the usual name of a character: "U+202E".
func codePoint(r rune) string {
	hex := strings.ToUpper(strconv.FormatInt(int64(r), 16))
	return "U+" + strings.Repeat("0", max(0, 4-len(hex))) + hex
}

// isBlank reports whether there is nothing in s that could be read.
func isBlank(s string) bool { return s != "" && strings.TrimSpace(s) == "" }

// minCapitals is how many capitals make a shout of what could be an acronym.
const minCapitals = 12

// isShouted reports whether s is all in capitals, in a script that has them.
func isShouted(s string) bool {
	capitals := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			capitals++
		}
	}
	return capitals >= minCapitals
}

// isLanguage reports whether s is of the form of a BCP 47 tag: subtags of one
// to eight letters or digits, of which the first is two or more letters, or an
// x.
func isLanguage(s string) bool {
	first, _, _ := strings.Cut(s, "-")
	if len(first) < 2 && first != "x" && first != "X" || strings.ContainsAny(first, "0123456789") {
		return false
	}
	for part := range strings.SplitSeq(s, "-") {
		if len(part) < 1 || len(part) > 8 {
			return false
		}
		for i := range len(part) {
			if c := part[i] | 0x20; (c < 'a' || c > 'z') && (part[i] < '0' || part[i] > '9') {
				return false
			}
		}
	}
	return true
}

// isSlug reports whether s is small letters and digits with single hyphens
// between.
func isSlug(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
		case c == '-' && i > 0 && i < len(s)-1 && s[i-1] != '-':
		default:
			return false
		}
	}
	return s != ""
}

// isHTTPS reports whether s is an https address that a page may link to: with
// a host, without a user name (which makes one host look like another), and
// without white space.
func isHTTPS(s string) bool {
	if strings.ContainsFunc(s, unicode.IsSpace) || strings.ContainsRune(s, '\\') {
		return false
	}
	if _, bad := invisible(s, false); bad {
		return false
	}
	u, err := url.Parse(s)
	return err == nil && u.Scheme == "https" && u.Hostname() != "" && u.User == nil
}

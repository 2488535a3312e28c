package gcm_test

import (
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/gcmkit/gcmkit/gcm"
)

func TestQuoteIsGoSyntax(t *testing.T) {
	for _, s := range []string{"", "Türkiye", `a "b" \c`, "\x00\t\r\n\x1f\x7f", "\xff\xc3", "中文 العربية", "a\u200eb\u202ec\u00a0d\ufeff\u00ad", strings.Repeat("é", 32)} {
		if got := gcm.Quote(s); got != strconv.Quote(s) {
			t.Errorf("%q: %s", s, got)
		}
	}
}

func TestQuoteCutsAtACharacter(t *testing.T) {
	for s, want := range map[string]string{
		strings.Repeat("a", 65):       `"` + strings.Repeat("a", 64) + `"...`,
		"a" + strings.Repeat("é", 32): `"a` + strings.Repeat("é", 31) + `"...`,
		"a" + strings.Repeat("中", 22): `"a` + strings.Repeat("中", 21) + `"...`,
		strings.Repeat("\x80", 70):    `"` + strings.Repeat(`\x80`, 60) + `"...`,
	} {
		if got := gcm.Quote(s); got != want {
			t.Errorf("%q: %s, want %s", s, got, want)
		}
	}
}

// Nothing that has no form of its own, or that turns a line round, is in a message.
func TestQuoteShowsWhatCannotBeSeen(t *testing.T) {
	for r := rune(0); r <= 0xffff; r++ {
		if !utf8.ValidRune(r) || !unicode.In(r, unicode.Cc, unicode.Zs, unicode.Zl, unicode.Zp, unicode.Bidi_Control, unicode.Join_Control) || r == ' ' {
			continue
		}
		if got, want := gcm.Quote(string(r)), strconv.Quote(string(r)); got != want && r != '\a' && r != '\b' && r != '\f' && r != '\v' {
			t.Errorf("%U: %s, want %s", r, got, want)
		}
	}
}

package pledge

import (
	"strings"
	"testing"
)

func TestTextRules(t *testing.T) {
	control := func(s string) bool { _, found := invisible(s, false); return !found }
	lines := func(s string) bool { _, found := invisible(s, true); return !found }
	shouted := func(s string) bool { return !isShouted(s) }
	for name, c := range map[string]struct {
		ok        func(string) bool
		good, bad []string
	}{
		"control": {control,
			[]string{"ILO Pledge", "تعهّد\u200f (IOM)", "می\u200cخواهیم", "e\u0301", "\ufffd", "👩\u200d👧"},
			[]string{"a\nb", "a\x00", "\x7f", "\u009f", "\u202a", "\u202e", "\u2066", "\u2069", "\xff", "a\xc3"}},
		"lines": {lines, []string{"a\r\n\tb"}, []string{"a\vb", "\u202e\n", "\x1b[31m"}},
		"capitals": {shouted,
			[]string{"", "ILO", "IOM UNHCR UN", "PLEDGE by IOM", "移民数据的收集和传播移民数据", "تعهّد الأمم المتحدة بشأن الهجرة", "1234567890123"},
			[]string{"PLEDGE INITIATIVE: GOVERNMENT", "ДОБРОВОЛЬНОЕ ОБЯЗАТЕЛЬСТВО", "ABCDEFGHIJKL"}},
		"language": {isLanguage,
			[]string{"en", "pt-BR", "zh-Hans", "zh-Hant-HK", "es-419", "sl-rozaj-biske", "x-pledge", "gsw", "de-CH-1996"},
			[]string{"e", "en_US", "en-", "-en", "français", "12", "a1", "en--US", "English language", "subtagtoolong", "en-subtagtoolong"}},
		"slug": {isSlug,
			[]string{"climate", "child-detention", "2030-agenda", "a"},
			[]string{"Climate", "child_detention", "-a", "a-", "a--b", "é", "a b"}},
		"https": {isHTTPS,
			[]string{"https://example.org", "HTTPS://example.org/a?b=c#d", "https://例え.jp/", "https://[2001:db8::1]:8443/x", "https://example.org/a%20b"},
			[]string{"http://example.org", "https://", "https:///path", "https:example.org", "example.org", "//example.org", "https://user@example.org", "https://a:b@c/", "https://exa mple.org", " https://example.org", "https://example.org/\u00a0", "https://:443/", "https://a\\b", "javascript:alert(1)", "https://example.org/\u202egpj.exe", "https://[::1", "https://a/%zz"}},
	} {
		for _, s := range c.good {
			if !c.ok(s) {
				t.Errorf("%s: %q is bad", name, s)
			}
		}
		for _, s := range c.bad {
			if c.ok(s) {
				t.Errorf("%s: %q is good", name, s)
			}
		}
	}
}

func TestLengthCountsCharacters(t *testing.T) {
	for _, c := range []struct {
		n    int
		rule string
	}{{299, "length-min"}, {300, ""}, {3000, ""}, {3001, "length-max"}} {
		for _, character := range []string{"x", "ы", "说", "𝔤"} {
			p := soundPledge()
			p.Description = strings.Repeat(character, c.n)
			r := p.Validate(nil)
			if c.rule == "" && len(r.Problems) > 0 || c.rule != "" && (len(r.Problems) != 1 || r.Problems[0].Rule != c.rule) {
				t.Errorf("%d times %s: %v", c.n, character, r.Problems)
			}
		}
	}
}

func TestParamNamesTheCharacter(t *testing.T) {
	for text, want := range map[string]string{"a\u202e": "U+202E", "\x00": "U+0000", "\xff": "U+FFFD"} {
		p := soundPledge()
		p.Title = text
		if r := p.Validate(nil); len(r.Problems) != 1 || r.Problems[0].Param != want || !strings.Contains(r.Problems[0].Message, want) {
			t.Errorf("%q: %v", text, r.Problems)
		}
	}
}

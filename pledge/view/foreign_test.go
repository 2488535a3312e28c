package view_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

func TestForeignTextIsCleaned(t *testing.T) {
	tests := []struct {
		name, text, want string
	}{
		{"plain text", "Pledges", "Pledges"},
		{"blanks of all kinds", "\r\n a\u00a0\u2028\t b \u3000", "a b"},
		{"controls", "a\x00\x1b\u0085b\x7f", "a b"},
		{"bidirectional formatting", "\u202ea\u2066b\u061c\u200f", "ab"},
		{"zero width", "\ufeffa\u200b\u2060b", "ab"},
		{"tags", "a\U000e0041\U000e007f", "a"},
		{"not characters", "a\ufffe\U0001ffff\ufdd0", "a"},
		{"joiners are needed", "می\u200cخوا 👩\u200d🌾", "می\u200cخوا 👩\u200d🌾"},
		{"not UTF-8", "a\xff\xc3", "a\ufffd\ufffd"},
		{"nothing left", "\u202e \x00", ""},
		{"just short enough", "0123456789", "0123456789"},
		{"too long", "0123456789a", "0123456789…"},
		{"no blank before the ellipsis", "012345678 9", "012345678…"},
		{"blanks don't make it long", "0123456789   \u202e", "0123456789"},
		{"long in characters, not in bytes", "ééééééééééé", "éééééééééé…"},
	}
	for _, test := range tests {
		if got := view.Clean(test.text, 10); got != test.want {
			t.Errorf("%s: %+q, want %+q", test.name, got, test.want)
		}
	}
}

func FuzzForeignText(f *testing.F) {
	f.Add("a\u202eb", 3)
	f.Add(strings.Repeat("long ", 50), 20)
	f.Fuzz(func(t *testing.T, s string, most int) {
		most = most & 0xff
		got := view.Clean(s, most)
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > most+1 {
			t.Errorf("Clean(%q, %d) = %q", s, most, got)
		}
		if got != strings.TrimSpace(got) || strings.Contains(got, "  ") {
			t.Errorf("Clean(%q, %d) = %q has blanks too many", s, most, got)
		}
		for _, r := range got {
			if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || unicode.Is(unicode.Noncharacter_Code_Point, r) {
				t.Errorf("Clean(%q, %d) has %U", s, most, r)
			}
		}
		if again := view.Clean(got, most+1); again != got {
			t.Errorf("Clean(%q) = %q isn't clean: %q", s, got, again)
		}
	})
}

func TestOnlyHTTPSBecomesALink(t *testing.T) {
	tests := []struct {
		name, address, want string
	}{
		{"an address", "https://example.org/pledges.json", "https://example.org/pledges.json"},
		{"a host only", "https://example.org", "https://example.org"},
		{"a port", "https://example.org:8443/?a=1&b=2#c", "https://example.org:8443/?a=1&b=2#c"},
		{"capitals", "HTTPS://Example.org/A", "https://Example.org/A"},
		{"what would end the attribute", `https://example.org/"><script>`, "https://example.org/%22%3E%3Cscript%3E"},
		{"not ASCII", "https://example.org/é\u202e", "https://example.org/%C3%A9%E2%80%AE"},
		{"escaped already", "https://example.org/%20", "https://example.org/%20"},
		{"another scheme", "javascript:alert(1)", ""},
		{"http", "http://example.org/", ""},
		{"no host", "https:///a", ""},
		{"a path", "pledges.json", ""},
		{"a user", "https://example.org@evil.example/", ""},
		{"a backslash", `https://example.org\@evil.example/`, ""},
		{"a host that looks like another", "https://ехample.org/", ""},
		{"a control", "https://example.org/\n", ""},
		{"a blank before", " https://example.org/", ""},
		{"not UTF-8", "https://example.org/\xff", ""},
		{"too long", "https://example.org/" + strings.Repeat("a", 2000), ""},
		{"nothing", "", ""},
	}
	for _, test := range tests {
		got, ok := view.HTTPSLink(test.address)
		if got != test.want || ok != (test.want != "") {
			t.Errorf("%s: %q is %q, %v; want %q", test.name, test.address, got, ok, test.want)
		}
	}
}

// However long the text of a feed is, a view stays small.
func TestHugeTextMakesASmallView(t *testing.T) {
	s := headline()
	huge := strings.Repeat("<\u202e long\x00 &", 100_000)
	s.Title, s.Publisher, s.Definition, s.Query.Theme, s.Feed = huge, "1"+huge, huge, tally.AnyThemeOf(huge), huge
	for year := range 9_999 {
		for month := range 13 {
			s.Counts.Months = append(s.Counts.Months, tally.MonthCount{Month: gcm.DateOf(9_999-year, month, 0), Number: 1 << 31})
		}
	}
	for i := range 100_000 {
		s.Counts.States = append(s.Counts.States, tally.StateCount{State: gcm.State(i), Number: i})
		s.Counts.Sums = append(s.Counts.Sums, tally.MoneySum{Currency: gcm.Currency(i), Stage: gcm.Stage(i >> 8), Number: i})
	}
	for kind := range view.Kinds() {
		v := render(t, s, view.Options{View: kind, Language: gcm.Arabic})
		most := 110_000
		if kind == view.Dashboard { // has a map, States and a timeline in it
			most += 140_000
		}
		if n := len(v.HTML()); n > most {
			t.Errorf("the HTML of %v has %d bytes", kind, n)
		}
		if n := len(v.Text()); n > 1_000 {
			t.Errorf("the text of %v has %d bytes", kind, n)
		}
	}
}

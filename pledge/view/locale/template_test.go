package locale_test

import (
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

func TestFill(t *testing.T) {
	tests := []struct {
		name     string
		template locale.Template
		values   []locale.Value
		want     string
	}{
		{"nothing to fill", "Objective", []locale.Value{{"n", "1"}}, "Objective"},
		{"the empty text", "", nil, ""},
		{"a place", "As of {date}", []locale.Value{{"date", "May 2022"}}, "As of May 2022"},
		{"a place twice", "{n} {n}", []locale.Value{{"n", "1"}}, "1 1"},
		{"a value is no template", "{a}, {b}", []locale.Value{{"a", "{b}"}, {"b", "{a}"}}, "{b}, {a}"},
		{"a value forgotten", "As of {date}", nil, "As of {date}"},
	}
	for _, test := range tests {
		if got := test.template.Fill(test.values...); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestPiecesCanBeLeftEarly(t *testing.T) {
	for range locale.Template("{a}b{c}").Pieces() {
		break
	}
	for text := range locale.Template("a{b}c").Pieces() {
		if text == "" {
			break
		}
	}
}

// Filling every place with its own name in braces gives the template back.
func FuzzTemplate(f *testing.F) {
	for _, seed := range []string{"", "a", "{a}", "a{b}c{d}", "{", "}", "{}", "{{a}}", "a{b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var b strings.Builder
		wasText := false
		for text, place := range locale.Template(s).Pieces() {
			if text != "" && place != "" || text != "" && wasText {
				t.Fatalf("pieces of %q: %q, %q", s, text, place)
			}
			if wasText = text != ""; wasText {
				b.WriteString(text)
			} else {
				b.WriteString("{" + place + "}")
			}
		}
		if got := b.String(); strings.TrimSuffix(got, "}") != strings.TrimSuffix(s, "}") {
			t.Errorf("%q became %q", s, got)
		}
		locale.Template(s).Fill()
	})
}

package gcm_test

import (
	"errors"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

func TestParseLanguageReadsTags(t *testing.T) {
	for _, test := range []struct {
		in   string
		want gcm.Language
		err  error
	}{
		{"en", gcm.English, nil},
		{"fr-CA", gcm.French, nil},
		{"FR-ca", gcm.French, nil},
		{"es_419", gcm.Spanish, nil},
		{"ar-EG-u-nu-latn", gcm.Arabic, nil},
		{"zh-Hant-TW", gcm.Chinese, nil},
		{"ru", gcm.Russian, nil},
		{"pt-BR", 0, gcm.ErrUnknown},
		{"und", 0, gcm.ErrUnknown},
		{"fra", 0, gcm.ErrUnknown},
		{"", 0, gcm.ErrSyntax},
		{"fr-", 0, gcm.ErrSyntax},
		{"-fr", 0, gcm.ErrSyntax},
		{"f1", 0, gcm.ErrSyntax},
		{"fr CA", 0, gcm.ErrSyntax},
		{"français", 0, gcm.ErrSyntax},
		{"fr-abcdefghi", 0, gcm.ErrSyntax},
	} {
		if got, err := gcm.ParseLanguage(test.in); got != test.want || !errors.Is(err, test.err) {
			t.Errorf("ParseLanguage(%q) = %v, %v, want %v, %v", test.in, got, err, test.want, test.err)
		}
	}
}

func TestOnlyArabicIsWrittenFromRightToLeft(t *testing.T) {
	for l := range gcm.Languages() {
		if got := l.RightToLeft(); got != (l == gcm.Arabic) {
			t.Errorf("%v.RightToLeft() = %v", l, got)
		}
	}
}

func TestRegionsAreThoseOfM49(t *testing.T) {
	for code, number := range map[string]string{
		"africa": "002", "americas": "019", "asia": "142", "europe": "150", "oceania": "009",
	} {
		r, ok := gcm.RegionFromCode(code)
		if !ok || r.M49() != number {
			t.Errorf("%s has the number %q, want %q", code, r.M49(), number)
		}
		if got, err := gcm.ParseRegion(number); got != r || err != nil {
			t.Errorf("ParseRegion(%q) = %v, %v, want %v", number, got, err, r)
		}
		for l := range gcm.Languages() {
			want := display.Regions(language.MustParse(l.String())).Name(language.MustParseRegion(number))
			if got := r.Name(l); got != want {
				t.Errorf("%v in %v is %q, CLDR has %q", r, l, got, want)
			}
		}
	}
	if got := gcm.Region(0).M49(); got != "" {
		t.Errorf("no region has the number %q", got)
	}
}

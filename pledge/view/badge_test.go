package view_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

func TestGoldenBadges(t *testing.T) {
	for lang := range gcm.Languages() {
		badge := view.BadgeOf(render(t, headline(), view.Options{Language: lang}))
		checkBadge(t, badge)
		checkFile(t, "badge-"+lang.String()+".svg", badge.AppendSVG(nil))
	}
	checkFile(t, "badge-unavailable.svg", view.Unavailable(gcm.Arabic).AppendSVG(nil))
}

func TestBadgesSayWhatIsCounted(t *testing.T) {
	tests := []struct {
		name           string
		options        view.Options
		snapshot       func(*tally.Snapshot)
		label, message string
		failed         bool
	}{
		{"a number and its date", view.Options{}, func(s *tally.Snapshot) {}, "", "158 pledges to the Global Compact for Migration", false},
		{"one pledge", view.Options{View: view.Money}, func(s *tally.Snapshot) { s.Counts.Total = 1 }, "", "1 pledge to the Global Compact for Migration", false},
		{"a selection", view.Options{Language: gcm.French}, func(s *tally.Snapshot) { s.Query.Region = tally.AnyOf(gcm.Africa) },
			"Afrique", "158 engagements au titre du Pacte mondial pour les migrations", false},
		{"what is made up", view.Options{Language: gcm.Chinese}, func(s *tally.Snapshot) { s.Illustrative = true },
			"", "《移民问题全球契约》下的158项承诺 · 示例数据", false},
		{"what has no date", view.Options{Language: gcm.Spanish}, func(s *tally.Snapshot) { s.AsOf = gcm.Instant{} },
			"", "158 compromisos en el marco del Pacto Mundial para la Migración · No se indica la fecha", false},
		{"what is current", view.Options{Now: instant("2022-05-22T00:00:00Z")}, func(s *tally.Snapshot) {}, "", "158 pledges to the Global Compact for Migration", false},
		{"what is old", view.Options{Now: instant("2022-08-10T00:00:00Z")}, func(s *tally.Snapshot) {},
			"", "158 pledges to the Global Compact for Migration · 2 months old", false},
		{"what lacks a source", view.Options{Missing: 1}, func(s *tally.Snapshot) {},
			"", "158 pledges to the Global Compact for Migration · 1 of 2 sources cannot be read at present", true},
		{"nothing is known", view.Options{Language: gcm.Russian}, func(s *tally.Snapshot) { *s = tally.Snapshot{Header: tally.Header{Illustrative: true}} },
			"", "0 обязательств по Глобальному договору о миграции · условные данные · Дата не указана", false},
	}
	for _, test := range tests {
		s := headline()
		test.snapshot(s)
		v := render(t, s, test.options)
		b := view.BadgeOf(v)
		want := view.Badge{Language: v.Language(), Label: test.label, Message: test.message, Title: v.Text(), Failed: test.failed}
		if b != want {
			t.Errorf("%s: %+v, want %+v", test.name, b, want)
		}
		checkBadge(t, b)
	}
	if b := view.BadgeOf(&view.View{}); b.Label != "Pledges" || b.Message != "not available" || !b.Failed {
		t.Errorf("no view: %+v", b)
	}
}

// The noun of a badge goes by its number, as CLDR has it.
func TestNounOfABadgeAgreesWithItsNumber(t *testing.T) {
	for _, test := range []struct {
		lang gcm.Language
		n    int
		want string
	}{
		{gcm.Russian, 158, "158 обязательств"}, {gcm.Russian, 21, "21 обязательство"}, {gcm.Russian, 3, "3 обязательства"},
		{gcm.Arabic, 0, "لا تعهّدات"}, {gcm.Arabic, 1, "تعهّد واحد"}, {gcm.Arabic, 3, "3 تعهّدات"}, {gcm.Arabic, 158, "158 تعهّداً"}, {gcm.Arabic, 100, "100 تعهّد"},
		{gcm.French, 1, "1 engagement"}, {gcm.French, 1_000_000, "1\u202f000\u202f000 d’engagements"}, {gcm.Chinese, 158, "158项承诺"},
	} {
		s := headline()
		s.Counts.Total = test.n
		if b := view.BadgeOf(render(t, s, view.Options{Language: test.lang})); !strings.Contains(b.Message, test.want) || b.Label != "" {
			t.Errorf("%v %d: %q, %q; want %q", test.lang, test.n, b.Label, b.Message, test.want)
		}
	}
}

func TestBadgeJSONIsWhatServicesRead(t *testing.T) {
	badge := view.BadgeOf(render(t, headline(), view.Options{}))
	for _, test := range []struct {
		badge view.Badge
		cache int
		want  string
	}{
		{badge, 0, `{"schemaVersion":1,"label":"","message":"158 pledges to the Global Compact for Migration"}`},
		{badge, 300, `{"schemaVersion":1,"label":"","message":"158 pledges to the Global Compact for Migration","cacheSeconds":300}`},
		{view.Unavailable(gcm.French), 300, `{"schemaVersion":1,"label":"Engagements","message":"non disponible","isError":true,"cacheSeconds":300}`},
		{view.Badge{}, -1, `{"schemaVersion":1,"label":"","message":""}`},
	} {
		if got := string(test.badge.AppendJSON(nil, test.cache)); got != test.want {
			t.Errorf("%s, want %s", got, test.want)
		}
	}
}

// checkBadge fails the test if the picture isn't whole, or if the JSON doesn't
// hold what the badge says.
func checkBadge(t *testing.T, b view.Badge) {
	t.Helper()
	checkPicture(t, b.AppendSVG(nil))
	var read struct {
		SchemaVersion  int
		Label, Message string
		IsError        bool
	}
	if err := json.Unmarshal(b.AppendJSON(nil, 1), &read); err != nil {
		t.Fatal(err)
	}
	if read.SchemaVersion != 1 || read.IsError != b.Failed ||
		utf8.ValidString(b.Label+b.Message) && (read.Label != b.Label || read.Message != b.Message) {
		t.Errorf("read %+v of %+v", read, b)
	}
}

func FuzzBadges(f *testing.F) {
	f.Add("pledges", "158", "158 pledges to the Global Compact for Migration", uint8(1))
	f.Add("</svg>\x00", strings.Repeat("تعهّد", 200), "\xff]]>", uint8(4))
	f.Fuzz(func(t *testing.T, label, message, title string, lang uint8) {
		checkBadge(t, view.Badge{Language: gcm.Language(lang), Label: label, Message: message, Title: title})
	})
}

package gcm_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
)

func TestStatesAreThoseOfTheUnitedNations(t *testing.T) {
	members := map[gcm.Membership]int{}
	regions := map[gcm.Region]int{}
	seen := map[string]gcm.State{}
	for s := range gcm.States() {
		members[s.Membership()]++
		regions[s.Region()]++
		if s.IsMember() != (s.Membership() == gcm.Member) {
			t.Errorf("%v.IsMember() = %v, a %v", s, s.IsMember(), s.Membership())
		}
		for _, code := range []string{s.Alpha2(), s.Alpha3(), s.M49()} {
			if other, ok := seen[code]; ok {
				t.Errorf("%v and %v have the code %s", s, other, code)
			}
			seen[code] = s
		}
		if s.Subregion() == "" {
			t.Errorf("%v has no sub-region", s)
		}
	}
	if members[gcm.Member] != 193 || members[gcm.Observer] != 2 || members[gcm.OtherState] != 2 {
		t.Errorf("memberships: %v", members)
	}
	// 193 members, and the Holy See, the State of Palestine, Cook Islands and Niue.
	want := map[gcm.Region]int{gcm.Africa: 54, gcm.Americas: 35, gcm.Asia: 48, gcm.Europe: 44, gcm.Oceania: 16}
	for r := range gcm.Regions() {
		if regions[r] != want[r] {
			t.Errorf("%v has %d States, want %d", r, regions[r], want[r])
		}
	}
}

func TestStateKnowsItsColumns(t *testing.T) {
	s := state(t, "AFG")
	if s.Alpha2() != "AF" || s.M49() != "004" || s.Region() != gcm.Asia || s.Subregion() != "Southern Asia" || !s.IsMember() {
		t.Errorf("%v: %s %s %v %s", s, s.Alpha2(), s.M49(), s.Region(), s.Subregion())
	}
	if s := state(t, "ZWE"); s.Name(gcm.Russian) != "Зимбабве" || s.Name(0) != "Zimbabwe" || s.M49() != "716" {
		t.Errorf("%v: %s %s %s", s, s.Name(gcm.Russian), s.Name(0), s.M49())
	}
	if s := state(t, "PSE"); s.Membership() != gcm.Observer || s.IsMember() {
		t.Errorf("%v is a %v", s, s.Membership())
	}
}

// The table is the reference of what is generated from it.
func TestStatesAreTheRowsOfTheTable(t *testing.T) {
	for i, row := range tableRows(t, "states.tsv") {
		s := gcm.State(i + 1)
		got := []string{
			s.Alpha3(), s.Alpha2(), s.M49(), s.Membership().String(), s.Region().Name(gcm.English), s.Subregion(),
			s.Name(gcm.English), s.Name(gcm.French), s.Name(gcm.Spanish), s.Name(gcm.Arabic), s.Name(gcm.Chinese), s.Name(gcm.Russian),
		}
		if strings.Join(got, "\t") != strings.Join(row, "\t") {
			t.Errorf("State %d is\n%v, the table has\n%v", i+1, got, row)
		}
	}
}

func TestNoStateHasNothing(t *testing.T) {
	for _, s := range []gcm.State{0, 198, 255} {
		if s.Alpha2() != "" || s.Alpha3() != "" || s.M49() != "" || s.Name(gcm.English) != "" || s.Subregion() != "" ||
			s.Membership() != 0 || s.Region() != 0 || s.IsMember() {
			t.Errorf("State(%d) has something", s)
		}
	}
}

func TestStateFromAlpha3IsExact(t *testing.T) {
	for _, code := range []string{"", "deu", "DE", "DEUX", "276", "AAA", "ZZZ", "Germany", " DEU"} {
		if s, ok := gcm.StateFromAlpha3(code); ok || s != 0 {
			t.Errorf("StateFromAlpha3(%q) = %v, %v", code, s, ok)
		}
	}
}

func TestParseStateReadsEveryCodeAndName(t *testing.T) {
	for s := range gcm.States() {
		spellings := []string{s.Alpha3(), s.Alpha2(), strings.ToLower(s.Alpha3()), strings.ToLower(s.Alpha2()), s.M49()}
		for l := range gcm.Languages() {
			spellings = append(spellings, s.Name(l), s.Name(l)+" ("+s.Alpha3()+")", "The "+s.Name(l))
		}
		for _, in := range spellings {
			if got, err := gcm.ParseState(in); got != s || err != nil {
				t.Errorf("ParseState(%q) = %v, %v, want %v", in, got, err, s)
			}
		}
	}
}

func TestParseStateReadsEveryAlias(t *testing.T) {
	for _, row := range tableRows(t, "state_aliases.tsv") {
		if got, err := gcm.ParseState(row[2]); got.Alpha3() != row[1] || err != nil {
			t.Errorf("ParseState(%q) = %v, %v, want %v", row[2], got, err, row[1])
		}
	}
}

func TestParseStateReadsWhatPeopleWrite(t *testing.T) {
	for in, want := range map[string]string{
		"Sierra Leone (217)":                   "SLE",
		"United States of America (USA) (248)": "USA",
		"Germany (DE)":                         "DEU",
		"United Kingdom (UK)":                  "GBR",
		"Viet Nam (Vietnam)":                   "VNM",
		"Gambia, The":                          "GMB",
		"The Gambia":                           "GMB",
		"Bahamas, The":                         "BHS",
		"Congo, Rep.":                          "COG",
		"Congo, Dem. Rep. (62)":                "COD",
		"Egypt, Arab Rep.":                     "EGY",
		"Korea, Rep.":                          "KOR",
		"Iran, Islamic Rep.":                   "IRN",
		"Venezuela, RB":                        "VEN",
		"Yemen, Rep.":                          "YEM",
		"Micronesia, Fed. Sts.":                "FSM",
		"Lao PDR":                              "LAO",
		"Kyrgyz Republic":                      "KGZ",
		"Slovak Republic":                      "SVK",
		"St. Lucia":                            "LCA",
		"St Vincent & the Grenadines":          "VCT",
		"Cote d'Ivoire":                        "CIV",
		"CÔTE  D’IVOIRE":                       "CIV",
		"Lao People’s Democratic Republic":     "LAO",
		"Bosnia & Herzegovina":                 "BIH",
		"Sao Tome and Principe":                "STP",
		"Turkiye":                              "TUR",
		"Turkey":                               "TUR",
		"Bolivia":                              "BOL",
		"Tanzania":                             "TZA",
		"Russia":                               "RUS",
		"Syria":                                "SYR",
		"Moldova":                              "MDA",
		"UK":                                   "GBR",
		"South Korea":                          "KOR",
		"North Korea":                          "PRK",
		"Ivory Coast":                          "CIV",
		"Czech Republic":                       "CZE",
		"Swaziland":                            "SWZ",
		"Cape Verde":                           "CPV",
		"Macedonia":                            "MKD",
		"Palestine":                            "PSE",
		"Holy See":                             "VAT",
		"Vatican":                              "VAT",
		"Pays-Bas":                             "NLD",
		"États-Unis":                           "USA",
		"Corea del Sur":                        "KOR",
		"EE.UU.":                               "USA",
		"Costa de Marfil":                      "CIV",
		"刚果（金）":                                "COD",
		"США":                                  "USA",
		"المملكة المتحدة":                      "GBR",
		"sierra\u00a0leone":                    "SLE",
		"\u200fمصر":                            "EGY",
		" de ":                                 "DEU",
	} {
		if got, err := gcm.ParseState(in); got.Alpha3() != want || err != nil {
			t.Errorf("ParseState(%q) = %v, %v, want %s", in, got, err, want)
		}
	}
}

func TestParseStateTellsMalformedFromUnknown(t *testing.T) {
	for in, want := range map[string]error{
		"":                         gcm.ErrSyntax,
		" \t":                      gcm.ErrSyntax,
		"—":                        gcm.ErrSyntax,
		"(23641)":                  gcm.ErrSyntax,
		"Per\xfa":                  gcm.ErrSyntax,
		"Global":                   gcm.ErrUnknown,
		"Global (23641)":           gcm.ErrUnknown,
		"Atlantis":                 gcm.ErrUnknown,
		"Hong Kong SAR, China":     gcm.ErrUnknown,
		"Niger (NGA)":              gcm.ErrUnknown, // two States
		"Niger (Sahel)":            gcm.ErrUnknown,
		"Germany; France":          gcm.ErrUnknown,
		"4":                        gcm.ErrUnknown,
		"XX":                       gcm.ErrUnknown,
		"999":                      gcm.ErrUnknown,
		strings.Repeat("Chad ", 9): gcm.ErrUnknown,
	} {
		got, err := gcm.ParseState(in)
		var pe *gcm.ParseError
		if got != 0 || !errors.Is(err, want) || !errors.As(err, &pe) || pe.Input != in {
			t.Errorf("ParseState(%q) = %v, %v, want %v", in, got, err, want)
		}
	}
}

func TestErrorsQuoteAndCutTheInput(t *testing.T) {
	_, err := gcm.ParseState("Atl\nantis")
	if got, want := err.Error(), `gcm: State "Atl\nantis": unknown`; got != want {
		t.Errorf("the message is %s, want %s", got, want)
	}
	_, err = gcm.ParseState("a" + strings.Repeat("é", 100))
	if got, want := err.Error(), `gcm: State "a`+strings.Repeat("é", 31)+`"...: unknown`; got != want {
		t.Errorf("the message is %s, want %s", got, want)
	}
}

func TestStateInJSONIsItsAlpha3Code(t *testing.T) {
	type pledge struct {
		State gcm.State `json:"state,omitempty"`
	}
	for text, want := range map[string]gcm.State{`{"state":"DEU"}`: state(t, "DEU"), `{}`: 0} {
		var got pledge
		if err := json.Unmarshal([]byte(text), &got); got.State != want || err != nil {
			t.Errorf("%s is %v, %v", text, got, err)
		}
		if data, err := json.Marshal(pledge{want}); string(data) != text || err != nil {
			t.Errorf("%v is %s, %v", want, data, err)
		}
	}
}

func FuzzParseState(f *testing.F) {
	for _, s := range []string{
		"", "DEU", "de", "276", "Germany (93)", "Congo, Dem. Rep.", "United States of America (USA) (248)",
		"Côte d’Ivoire", "Global (23641)", "the the", "(())", "a(b)c", "刚果（金）", "\xff", "Niger (NGA)", "İran",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		s, err := gcm.ParseState(in)
		if s.IsValid() == (err != nil) {
			t.Fatalf("ParseState(%q) = %v, %v", in, s, err)
		}
		if err != nil {
			if errors.Is(err, gcm.ErrSyntax) == errors.Is(err, gcm.ErrUnknown) {
				t.Fatalf("ParseState(%q): %v is not one of two kinds", in, err)
			}
			return
		}
		for _, again := range []string{s.String(), "\u00a0" + in + "\t", strings.ToLower(in)} {
			if got, err := gcm.ParseState(again); got != s || err != nil {
				t.Errorf("ParseState(%q) = %v, ParseState(%q) = %v, %v", in, s, again, got, err)
			}
		}
	})
}

func state(t *testing.T, alpha3 string) gcm.State {
	t.Helper()
	s, ok := gcm.StateFromAlpha3(alpha3)
	if !ok {
		t.Fatalf("no State %s", alpha3)
	}
	return s
}

func TestStateSpellingsAreReadBack(t *testing.T) {
	names := map[gcm.State]int{}
	for s, spelling := range gcm.StateSpellings() {
		if got, err := gcm.ParseState(spelling); got != s || err != nil {
			t.Errorf("%q is %v, %v; want %v", spelling, got, err, s)
		}
		names[s]++
	}
	for s := range gcm.States() {
		if names[s] < 2 {
			t.Errorf("%v has %d spellings", s, names[s])
		}
	}
	for range gcm.StateSpellings() {
		break
	}
}

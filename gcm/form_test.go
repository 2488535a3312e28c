package gcm_test

import (
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
)

// What the exports of the pledging web form hold, as they hold it.
func TestLabelsOfTheWebFormAreRead(t *testing.T) {
	for in, want := range map[string]gcm.Category{
		"International Organizations":                 gcm.InternationalOrganization,
		"Cities, Municipalities, and Local Authority": gcm.LocalAuthority,
		"Migrant Organisations":                       gcm.MigrantDiaspora,
		"Academia and Researchers":                    gcm.Academia,
		"Member States":                               gcm.MemberState,
		"UN System (31)":                              gcm.UNSystem,
		"Red Cross/Red Crescent":                      gcm.RedCrossRedCrescent,
		"Partie prenante":                             0,
	} {
		checkRead(t, in, want, gcm.ParseCategory)
	}
	for in, want := range map[string]gcm.Type{
		"Individual (by one state/actor)":                                          gcm.Individual,
		"Common (several states/actors making identical or complementary pledges)": gcm.Common,
		"Pledge in partnership":                                                    gcm.Partnership,
		"A pledge in partnership":                                                  gcm.Partnership,
		"Matching pledge":                                                          gcm.Matching,
		"Individual (un solo Estado Miembro/ una sola parte interesada)":           gcm.Individual,
		"Mirror pledge":                                                            0, // not a type
	} {
		checkRead(t, in, want, gcm.ParseType)
	}
	for in, want := range map[string]gcm.Nature{
		"Policy/legal in scope around a given objective of the GCM":                                                 gcm.Policy,
		"Process oriented (e.g. convening fully consultative processes in preparing national reports for the IMRF)": gcm.Process,
		"Material (e.g. provision of technical assistance or in kind contribution)":                                 gcm.HumanResources,
		"Material (p. ej., prestación de asistencia técnica o contribuciones en especie)":                           gcm.HumanResources,
		"Financial":  gcm.Financial,
		"structured": 0, // occurs in exports, unexplained
	} {
		checkRead(t, in, want, gcm.ParseNature)
	}
	for in, want := range map[string]gcm.Principle{
		"People-centred (738)":            gcm.PeopleCentred,
		"International cooperation (739)": gcm.InternationalCooperation,
		"Whole-of-society":                gcm.WholeOfSociety,
		"Whole-of-government approach":    gcm.WholeOfGovernment,
		"Rule of law":                     gcm.RuleOfLaw,
		"Droits de l'homme":               gcm.HumanRights,
		"Global geographic scope":         0, // the form's eleventh, not a principle
	} {
		checkRead(t, in, want, gcm.ParsePrinciple)
	}
	for in, want := range map[string]gcm.Answer{
		"Yes": gcm.Yes, "No": gcm.No, "SI": gcm.Yes, "Oui": gcm.Yes, "No sabe": 0,
	} {
		checkRead(t, in, want, gcm.ParseAnswer)
	}
}

// checkRead checks that in is read as want, or as unknown if want is zero.
func checkRead[E enum](t *testing.T, in string, want E, parse func(string) (E, error)) {
	t.Helper()
	if got, err := parse(in); got != want || (err == nil) != (want != 0) {
		t.Errorf("%q is read as %v (%v), want %v", in, got, err, want)
	}
}

func TestAnswerLeftOpenIsNotNo(t *testing.T) {
	if got, err := gcm.ParseAnswer("{Empty}"); got != 0 || err != nil {
		t.Errorf("{Empty} is read as %v, %v", got, err)
	}
	for text, want := range map[string]gcm.Answer{"true": gcm.Yes, "false": gcm.No, "null": 0} {
		var got gcm.Answer
		if err := got.UnmarshalJSON([]byte(text)); got != want || err != nil {
			t.Errorf("%s is read as %v, %v", text, got, err)
		}
		if data, err := want.MarshalJSON(); string(data) != text || err != nil {
			t.Errorf("%v is written as %s, %v", want, data, err)
		}
	}
	for _, text := range []string{`"yes"`, "1", ""} {
		got := gcm.Yes
		if err := got.UnmarshalJSON([]byte(text)); got != gcm.Yes || err == nil {
			t.Errorf("%s is read as %v, %v", text, got, err)
		}
	}
	if data, err := gcm.Answer(3).MarshalJSON(); err == nil {
		t.Errorf("Answer(3) is written as %s", data)
	}
}

func TestJointTypesAreCommonAndPartnership(t *testing.T) {
	for typ := range gcm.Types() {
		if got, want := typ.Joint(), typ == gcm.Common || typ == gcm.Partnership; got != want {
			t.Errorf("%v.Joint() = %v", typ, got)
		}
	}
}

func TestPrinciplesHaveTheLettersOfTheParagraph(t *testing.T) {
	letter := byte('a')
	for p := range gcm.Principles() {
		if p.Letter() != letter {
			t.Errorf("%v is (%c), want (%c)", p, p.Letter(), letter)
		}
		letter++
	}
	if got := gcm.Principle(11).Letter(); got != 0 {
		t.Errorf("Principle(11) has the letter %c", got)
	}
}

func TestTitlesThatAreNotVerifiedAreGivenInEnglish(t *testing.T) {
	for _, test := range []struct {
		p           gcm.Principle
		lang, given gcm.Language
		text        string
	}{
		{gcm.HumanRights, gcm.English, gcm.English, "Human rights"},
		{gcm.HumanRights, gcm.French, gcm.French, "Droits de l’homme"},
		{gcm.HumanRights, gcm.Chinese, gcm.Chinese, "人权"},
		{gcm.HumanRights, gcm.Arabic, gcm.English, "Human rights"},
		{gcm.HumanRights, gcm.Russian, gcm.English, "Human rights"},
		{gcm.HumanRights, 0, gcm.English, "Human rights"},
		{gcm.HumanRights, 77, gcm.English, "Human rights"},
		{0, gcm.French, 0, ""},
		{11, gcm.French, 0, ""},
	} {
		if text, given := test.p.Title(test.lang); text != test.text || given != test.given {
			t.Errorf("%v.Title(%v) = %q, %v, want %q, %v", test.p, test.lang, text, given, test.text, test.given)
		}
	}
}

func TestLabelsAreEnglishIfNoLanguageIsStated(t *testing.T) {
	if got := gcm.MemberState.Label(0); got != "Member State" {
		t.Errorf("the label is %q", got)
	}
	if got := gcm.MemberState.Label(gcm.Russian); got != "Государство-член" {
		t.Errorf("the label in Russian is %q", got)
	}
}

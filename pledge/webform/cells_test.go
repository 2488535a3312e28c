package webform

import (
	"strings"
	"testing"
)

// What the cells of real exports hold, and what becomes of it.
func TestCellsOfTheWebFormAreRead(t *testing.T) {
	const (
		entity     = "Name of entity submitting the pledge"
		category   = "Pledging entity"
		objectives = "Please select the main three GCM objectives the pledge is/are meant to support"
		principles = "Please indicate which GCM Guiding Principle is/are particularly relevant for the pledge"
		countries  = "Countries of implementation"
		others     = "Other country of implementation"
		actors     = "Participating States and Actors"
		natures    = "Nature of the pledge"
		kind       = "Type of pledge (please select)"
		mirror     = "Is this a mirror pledge (pledge is also relevant to the Global Compact on Refugees)?"
		champion   = "Is the country of the pledging entity a GCM Champion country?"
		title      = "Name of the pledge"
		describe   = "Please provide a description of the pledge"
	)
	type row = map[string]string
	for _, test := range []struct {
		name  string
		cells row
		want  string // the members of the fields that the cells speak of
		rules string
	}{
		{"term id behind a State", row{countries: "Sierra Leone (217)"}, `{"implementation":{"states":["SLE"]}}`, ""},
		{"States as the site spells them",
			row{countries: "United States of America (USA) (248); Gambia, The; Congo, Rep.; Egypt, Arab Rep.;Bahamas, The"},
			`{"implementation":{"states":["USA","GMB","COG","EGY","BHS"]}}`, ""},
		{"States with commas between them", row{countries: "Kenya, Congo, Rep., Bahamas, The, Ghana"},
			`{"implementation":{"states":["KEN","COG","BHS","GHA"]}}`, ""},
		{"one State twice", row{countries: "Kenya", others: "Kenya (110)"}, `{"implementation":{"states":["KEN"]}}`, ""},
		{"Global as a country", row{others: "Global (23641)"}, `{"implementation":{"global":true}}`, ""},
		{"Global in French", row{countries: "Mondial", others: "{Empty}"}, `{"implementation":{"global":true}}`, ""},
		{"a State that isn't one", row{countries: "Kenya; Atlantis"}, `{"implementation":{"states":["KEN"]}}`, "error unknown"},

		{"objectives with commas", row{objectives: "2. Minimize the adverse drivers and structural factors that compel people to leave their country of origin; 13. Use migration detention only as a measure of last resort and work towards alternatives"},
			`{"objectives":[2,13]}`, ""},
		{"objectives with double spaces and a space before the semicolon", row{objectives: "1. Collect and utilize  accurate and disaggregated data as a basis for  evidence-based policies ;23. Strengthen international cooperation and global partnerships for safe, orderly and regular migration"},
			`{"objectives":[1,23]}`, ""},
		{"objectives with commas between them", row{objectives: "7, 13. Alternatives to detention, 23. Strengthen international cooperation and global partnerships for safe, orderly and regular migration"},
			`{"objectives":[7,13,23]}`, ""},
		{"objectives in Spanish", row{objectives: "20. Promover transferencias de remesas más rápidas, seguras y económicas y fomentar la inclusión financiera de los migrantes ; 7. Abordar y reducir las vulnerabilidades en la migración"},
			`{"objectives":[7,20]}`, ""},
		{"an objective with a dash", row{objectives: "13 – Alternatives à la rétention (31)"}, `{"objectives":[13]}`, ""},
		{"eight objectives", row{objectives: "1; 2; 3; 4; 5; 6; 7; 8"}, `{"objectives":[1,2,3,4,5,6,7,8]}`, ""},
		{"a 24th objective", row{objectives: "24. General (55); 1"}, `{"objectives":[1]}`, "note none"},
		{"an objective whose title is another's", row{objectives: "7. Save lives and establish coordinated international efforts on missing migrants"}, `{}`, "error unknown"},
		{"an objective whose title is none's", row{objectives: "8. Rescue people"}, `{"objectives":[8]}`, "warning title"},
		{"no objective", row{objectives: "{Empty}"}, `{}`, ""},

		{"principles with term ids", row{principles: "People-centred (738); International cooperation (739)"},
			`{"principles":["people-centred","international-cooperation"]}`, ""},
		{"an 11th principle", row{principles: "Global geographic scope (800); Human rights"}, `{"principles":["human-rights"]}`, "note none"},

		{"several natures", row{natures: "Policy/legal in scope around a given objective of the GCM; Process oriented (e.g. convening fully consultative processes in preparing national reports for the IMRF); Financial; Material (p. ej., prestación de asistencia técnica o contribuciones en especie)"},
			`{"natures":["financial","human-resources","process","policy"]}`, ""},
		{"an explanation with many commas", row{natures: "Process oriented (a, b, c, d, e, f, g, h, Financial, i), Material"}, `{"natures":["human-resources","process"]}`, ""},
		{"structured", row{natures: "structured; Material (e.g. provision of technical assistance or in kind contribution)"},
			`{"natures":["human-resources"]}`, "note none"},
		{"a type in Spanish", row{kind: "Individual (un solo Estado Miembro/ una sola parte interesada)"}, `{"type":"individual"}`, ""},
		{"a type nobody knows", row{kind: "Solidarity"}, `{}`, "error unknown"},
		{"yes and no", row{mirror: "Yes", champion: "No"}, `{"champion":false,"mirror":true}`, ""},
		{"neither", row{mirror: "{Empty}", champion: ""}, `{}`, ""},
		{"a matched pledge", row{"Name of the matched pledge": "Data", "ID of the matched pledge": "12"}, `{"matches":{"ref":"12","title":"Data"}}`, ""},
		{"a matched pledge by its UUID", row{"ID of the matched pledge": "0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6071"},
			`{"matches":{"id":"0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6071"}}`, ""},

		{"a Member State", row{entity: "Sierra Leone (217)", category: "Member State"},
			`{"pledgers":[{"name":"Sierra Leone","category":"member-state","state":"SLE"}]}`, ""},
		{"a government", row{entity: "Government of the Gambia", category: "Government"},
			`{"pledgers":[{"name":"Government of the Gambia","category":"member-state","state":"GMB"}]}`, ""},
		{"a State's name typed by somebody else", row{entity: "Kenya", category: "Academia and Researchers"},
			`{"pledgers":[{"name":"Kenya","category":"academia"}]}`, ""},
		{"in the name of", row{entity: "Mayors Group submitting in the name of the City of Sample", category: "Cities, Municipalities, and Local Authority"},
			`{"pledgers":[{"name":"City of Sample","category":"local-authority","via":"Mayors Group"}]}`, "note in-the-name-of"},
		{"in the name of, in French, with more blanks", row{entity: "Groupe des maires au  nom du Canton exemple"},
			`{"pledgers":[{"name":"Canton exemple","via":"Groupe des maires"}]}`, "note in-the-name-of"},
		{"a web address in a name", row{entity: "Sample Alliance (https://example.org/about)."},
			`{"links":["https://example.org/about"],"pledgers":[{"name":"Sample Alliance"}]}`, "note link"},
		{"a web address that isn't https", row{entity: "Sample Alliance www.example.org"}, `{"pledgers":[{"name":"Sample Alliance"}]}`, "note link"},
		{"an e-mail address in a name", row{entity: "Sample Alliance <someone@example.org>"}, `{"pledgers":[{"name":"Sample Alliance"}]}`, "note email-removed"},
		{"a telephone number in a name", row{entity: "Sample Alliance, tel. 022 555 01 99"}, `{"pledgers":[{"name":"Sample Alliance"}]}`, "note telephone-removed"},

		{"actors in blocks", row{actors: "Name of state/actor: Sample City Country of the state/actor: Kenya (110) E-mail address of the contact person: a@example.org Name of state/actor: Ghana Country: Ghana E-mail address of the contact person: {Empty}"},
			`{"pledgers":[{"name":"Sample City","state":"KEN"},{"name":"Ghana","category":"member-state","state":"GHA"}]}`, "note email-removed"},
		{"an actor of a State by the site's number", row{actors: "Name of state/actor: Sample Alliance; Country: 226"},
			`{"pledgers":[{"name":"Sample Alliance","state":"ESP"}]}`, ""},
		{"an actor of a State by a number that nobody knows", row{actors: "Name of state/actor: Sample Alliance; Country: 404"},
			`{"pledgers":[{"name":"Sample Alliance"}]}`, "warning actors"},
		{"a State by a number that nobody knows", row{others: "404"}, `{}`, "error unknown"},
		{"an actor of the whole world", row{actors: "Name of state/actor: Sample Alliance; Country: global; E-mail address of the contact person: "},
			`{"pledgers":[{"name":"Sample Alliance"}]}`, ""},
		{"a label in front of the first name", row{actors: "Country: Kenya; Name of state/actor: Sample Alliance"},
			`{"pledgers":[{"name":"Sample Alliance"}]}`, ""},
		{"a contact in front of the first name", row{actors: "Contact person: Somebody Invented; Name of state/actor: Sample Alliance; Country: Kenya"},
			`{"pledgers":[{"name":"Sample Alliance","state":"KEN"}]}`, ""},
		{"a State in brackets without a name", row{entity: "(Kenya)"}, `{"pledgers":[{"name":"(Kenya)"}]}`, ""},
		{"a link said twice", row{"Links": "https://example.org/a; https://example.org/b; https://example.org/a"},
			`{"links":["https://example.org/a","https://example.org/b"]}`, ""},
		{"a label that isn't known in a block", row{actors: "Name of state/actor: Sample Alliance Ambassador: Somebody Invented"},
			`{"pledgers":[{"name":"Sample Alliance"}]}`, "warning actors"},
		{"a sentence of acronyms", row{actors: "The UN Task force is integrated by SRSG VAC (chair), SRSG CAC, CRC Committee, UNICEF, WHO, IOM, OHCHR, UNHCR, UNODC"},
			`{"pledgers":[{"name":"SRSG VAC"},{"name":"SRSG CAC"},{"name":"CRC Committee"},{"name":"UNICEF"},{"name":"WHO"},{"name":"IOM"},{"name":"OHCHR"},{"name":"UNHCR"},{"name":"UNODC"}]}`, "note actors-split"},
		{"acronyms and States", row{actors: "UNICEF, WHO, Congo, Rep. and IOM"},
			`{"pledgers":[{"name":"UNICEF"},{"name":"WHO"},{"name":"Congo, Rep.","category":"member-state","state":"COG"},{"name":"IOM"}]}`, "note actors-split"},
		{"names on lines", row{actors: "Sample Alliance\nUniversity of Sample"}, `{"pledgers":[{"name":"Sample Alliance"},{"name":"University of Sample"}]}`, "note actors-split"},
		{"one name with commas", row{actors: "Ministry of Labour, Employment and Social Security"},
			`{"pledgers":[{"name":"Ministry of Labour, Employment and Social Security"}]}`, "warning actors"},
		{"one name", row{actors: "Sample Alliance"}, `{"pledgers":[{"name":"Sample Alliance"}]}`, ""},
		{"prose", row{actors: "We work with many partners. They are all over the world."},
			`{"pledgers":[{"name":"We work with many partners. They are all over the world."}]}`, "warning actors"},
		{"nobody", row{actors: "N/A"}, `{}`, ""},
		{"the entity among the actors", row{entity: "IOM", actors: "IOM; WHO"}, `{"pledgers":[{"name":"IOM"},{"name":"WHO"}]}`, "note actors-split"},

		{"a title over two lines", row{title: " GO & SEE.\nThen act. "}, `{"title":"GO & SEE. Then act."}`, ""},
		{"an e-mail address in a description", row{describe: "Write to a@example.org or b(at)example.org."},
			`{"description":"Write to a@example.org or b(at)example.org."}`, "warning email"},
		{"a telephone number in a description", row{describe: "Call +41 22 555 01 99."}, `{"description":"Call +41 22 555 01 99."}`, "warning telephone"},
		{"numbers that aren't of telephones", row{describe: "In 2022-2026, 200.000 euros under A/RES/73/195, 10,000 people, 2022-05-17."},
			`{"description":"In 2022-2026, 200.000 euros under A/RES/73/195, 10,000 people, 2022-05-17."}`, ""},
		{"languages", row{"Language": "Espagnol"}, `{"language":"es"}`, ""},
		{"a language tag", row{"Language": "pt-br"}, `{"language":"pt-br"}`, ""},

		{"dates", row{"Created": "Wed, 06/01/2022 - 10:05", "Completed": "Thu, 06/02/2022 - 23:57", "Changed": "{Empty}"},
			`{"announced":"2022-06-02","updated":"2022-06-02T15:57:00Z"}`, ""},
		{"a change", row{"Completed": "Thu, 06/02/2022 - 23:57", "Changed": "Tue, 07/12/2022 - 00:00"},
			`{"announced":"2022-06-02","updated":"2022-07-11T16:00:00Z"}`, ""},
		{"a date whose day is in front", row{"Created": "Mon, 06/02/2022 - 10:05"}, `{}`, "error malformed"},
		{"a date in RFC 3339", row{"Changed": "2022-06-02T23:57:00+02:00"}, `{"updated":"2022-06-02T21:57:00Z"}`, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			p, report := importOne(t, test.cells)
			got := jsonOf(t, p, "updated", "title", "description", "language", "type", "matches", "mirror", "natures", "pledgers",
				"objectives", "principles", "implementation", "announced", "champion", "links")
			if got != test.want {
				t.Errorf("the pledge has\n%s\nwant\n%s", got, test.want)
			}
			if got := rules(report); got != test.rules {
				t.Errorf("the report says %q, want %q", got, test.rules)
			}
		})
	}
}

// What a spreadsheet writes where it has found no value is nobody's title.
func TestFailedFormulasAreNoValues(t *testing.T) {
	for _, failed := range []string{"#NAME?", "#REF!", "#N/A", "#¿NOMBRE?", "#VALEUR!", "########", " #N/D "} {
		p, report := importOne(t, map[string]string{"Name of the pledge": failed, "Description of the pledge": failed, "Name of entity submitting the pledge": "Kenya"})
		if p.Title != "" || p.Description != "" || report.Number(Error) != 2 || report.Problems[0].Rule != RuleMalformed || report.Problems[0].Value != strings.TrimSpace(failed) {
			t.Errorf("%s: %+v %+v", failed, p, report.Problems)
		}
	}
	for _, title := range []string{"#Name", "#REF! and more", "##", "# 1"} {
		if p, report := importOne(t, map[string]string{"Name of the pledge": title}); p.Title != title || report.Number(Error) != 0 {
			t.Errorf("%s: %+v %+v", title, p, report.Problems)
		}
	}
	if all, report := importAll(t, sheetOf(map[string]string{"Submission Number": "1", "Name of the pledge": "x", "Is draft": "#NAME?"})); len(all) != 0 || report.Lost != 1 {
		t.Errorf("%+v %+v", all, report)
	}
}

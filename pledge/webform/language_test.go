package webform

import (
	"bytes"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
)

// said is one thing that the form exports, as its English, French and Spanish
// pages have it, and an export by keys; "" where it wasn't seen.
type said struct{ field, en, fr, es, key string }

func (s said) all() [4]string { return [...]string{s.en, s.fr, s.es, s.key} }

// The form's labels, by the fields of labels.tsv.
var formLabels = []said{
	{"entity", "Name of entity submitting the pledge", "Nom de l’État/acteur qui fait l’annonce (veuillez indiquer le site Web, le cas échéant)", "Nombre del Estado o agente que presenta el compromiso (sírvase indicar el sitio web, si lo hay)", "name_of_state_actor_submitting"},
	{"title", "Name of the pledge", "Intitulé de l’annonce de contribution", "Título del compromiso", "name_of_the_pledge"},
	{"type", "Type of pledge (please select)", "Type d’annonce de contribution (veuillez cocher la case correspondante)", "Tipo de compromiso (sírvase seleccionar)", "type_of_pledge"},
	{"natures", "Nature of the pledge", "Nature de l’annonce (veuillez cocher la case correspondante)", "Naturaleza del compromiso (sírvase seleccionar)", "nature_of_the_pledge_please_select_"},
	{"objectives", "Please select the main three GCM objectives the pledge is/are meant to support", "Veuillez indiquer le ou les objectifs du Pacte mondial auxquels l’annonce est censée contribuer.", "Sírvase indicar el (los) objetivo(s) del Pacto Mundial para la Migración que este compromiso pretende promover", "gcm_objective_support"},
	{"principles", "Please indicate which GCM Guiding Principle is/are particularly relevant for the pledge", "Veuillez indiquer le ou les principes directeurs du Pacte mondial qui sont particulièrement pertinents pour l’annonce de contribution.", "", "gcm_guiding_principle"},
	{"description", "Please provide a description of the pledge", "Veuillez décrire l’annonce de contribution", "", "provide_description"},
	{"category", "Pledging entity", "Pledging entity", "Pledging entity", "pledging_entity"},
	{"country", "Country of implementation", "Pays", "País", "country"},
	{"other-countries", "Other country of implementation", "Other country of implementation", "Other country of implementation", "other_country_of_implementation"},
	{"champion", "Is the country of the pledging entity a GCM Champion country?", "", "", ""},
	{"mirror", "Is this a mirror pledge (pledge is also relevant to the Global Compact on Refugees)?", "", "", ""},
	{"actors", "Participating States and Actors", "", "", "participating_states_and_actors"},
	{"match-title", "Name of the matched pledge", "", "", "name_of_the_matched_pledge"},
	{"match-ref", "ID of the matched pledge", "", "", "id_of_the_matched_pledge"},
	{"number", "Submission Number", "Numéro de la soumission", "", "serial"},
	{"submission-id", "Submission ID", "Identifiant (ID) de la soumission", "", "sid"},
	{"uuid", "UUID", "Identifiant universel unique (UUID) de la soumission", "", "uuid"},
	{"created", "Created", "Créé", "", "created"},
	{"completed", "Completed", "Terminé", "", "completed"},
	{"changed", "Changed", "Modifié", "", "changed"},
	{"language", "Language", "Langue", "", "langcode"},
	{"draft", "Is draft", "Est un brouillon", "", "in_draft"},
	{"region", "Region of implementation", "", "", ""},
	{"uri", "URI", "URI de la soumission", "", "uri"},
	{"flagged", "Flagged", "Flaggé", "", ""},
	{"file", "file", "", "", ""},
	{"personal", "Full name", "Nom et prénom(s)", "Nombres y apellidos", "full_name"},
	{"personal", "Position", "Poste", "Puesto que ocupa", "position"},
	{"personal", "Email Address", "", "Dirección de correo electrónico", "confirm_email"},
	{"personal", "Remote IP address", "Adresse IP distante", "", "remote_addr"},
	{"personal", "Submitted by", "Soumettre à", "", "uid"},
	{"personal", "Secondary contact person", "", "", ""},
	{"personal", "Secondary email", "", "", ""},
	{"personal", "E-mail address of the contact person", "", "", ""},
}

func TestEveryLabelOfTheFormIsKnown(t *testing.T) {
	for _, s := range formLabels {
		want, ok := fieldNamed(s.field)
		if !ok {
			t.Fatalf("no field %s", s.field)
		}
		for _, label := range s.all() {
			for _, label := range [...]string{label, strings.ReplaceAll(label, "’", "&#039;"), strings.ToUpper(label)} {
				if got := headingOf(label); label != "" && (got.field != want || got.role != whole) {
					t.Errorf("%q is taken for %+v, want %s", label, got, s.field)
				}
			}
		}
	}
}

// The form's values, by the field and, in front of a colon, what it becomes;
// "-" means nothing.
var formValues = []said{
	{"type:individual", "Individual (by one state/actor)", "Individuelle (faite par un État/acteur)", "Individual (un solo Estado Miembro/ una sola parte interesada)", "individual"},
	{"type:common", "Common (several states/actors making identical or complementary pledges)", "", "", "common"},
	{"type:partnership", "Pledge in partnership", "", "", "pledge_in_partnership"},
	{"type:matching", "Matching pledge", "", "", "matching"},
	{"natures:process", "Process oriented (e.g. convening fully consultative processes in preparing national reports for the IMRF)", "Axée sur les processus (par exemple, l’organisation de consultations)", "Participación en los procesos (p. ej., la celebración de consultas)", "process_oriented"},
	{"natures:policy", "Policy/legal in scope around a given objective of the GCM", "Axée sur une dimension politique/juridique autour d’un objectif précis du Pacte mondial", "", "policy_legal"},
	{"natures:human-resources", "Material (e.g. provision of technical assistance or in kind contribution)", "Matérielle (par exemple, une assistance technique)", "Material (p. ej., prestación de asistencia técnica o contribuciones en especie)", "material"},
	{"natures:financial", "Financial", "Financière", "Financiera", "financial"},
	{"natures:-", "structured", "Structurée en vue de la mise en œuvre d’un ou de plusieurs des dix principes directeurs", "Estructurado, enmarcado en uno o más de los 10 principios rectores enunciados en el Pacto Mundial para la Migración", "structured"},
	{"objectives:7", "7. Address and reduce vulnerabilities in migration", "7 – Réduire la vulnérabilité", "7. Abordar y reducir las vulnerabilidades en la migración", "gcm_objective_support_7"},
	{"objectives:13", "13 - Alternatives to detention", "13 – Alternatives à la rétention", "", "gcm_objective_support_13"},
	{"objectives:-", "24. General", "24 – Général", "", "gcm_objective_support_24"},
	{"principles:whole-of-society", "Whole-of-society (736)", "", "", "736"},
	{"principles:whole-of-government", "Whole-of-government (737)", "", "", "737"},
	{"principles:people-centred", "People-centred (738)", "", "", "738"},
	{"principles:international-cooperation", "International cooperation (739)", "", "", "739"},
	{"principles:sustainable-development", "Sustainable development (740)", "", "", "740"},
	{"principles:rule-of-law", "Rule of law (741)", "", "", "741"},
	{"principles:national-sovereignty", "National sovereignty (742)", "", "", "742"},
	{"principles:child-sensitive", "Child-sensitive (257)", "", "", "257"},
	{"principles:gender-responsive", "Gender-responsive (258)", "", "", "258"},
	{"principles:human-rights", "Human rights (259)", "Droits de l’homme (259)", "Derechos humanos (259)", "259"},
	{"principles:-", "Global geographic scope", "", "", ""},
	{"category:international-organization", "International Organizations", "", "", "international_organizations"},
	{"category:local-authority", "Cities, Municipalities, and Local Authority", "", "", "cities_municipalities_local_authority"},
	{"category:migrant-diaspora", "Migrant Organisations", "", "", "migrant_organisations"},
	{"category:academia", "Academia and Researchers", "", "", "academia_and_researchers"},
	{"other-countries:SLE", "Sierra Leone (217)", "Sierra Leone", "Sierra Leona", "217"},
	{"other-countries:USA", "United States of America (USA) (248)", "États-Unis d’Amérique", "Estados Unidos de América", "248"},
	{"other-countries:LBN", "Lebanon (158)", "Liban (158)", "Líbano", "158"},
	{"other-countries:PRT", "Portugal (201)", "", "", "201"},
	{"other-countries:ESP", "Spain (226)", "Espagne", "España", "226"},
	{"other-countries:MOZ", "Mozambique (180)", "", "", "180"},
	{"other-countries:GMB", "Gambia, The", "Gambie", "Gambia", "Gambia (Republic of The)"},
	{"other-countries:COG", "Congo, Rep.", "Congo", "Congo", ""},
	{"other-countries:EGY", "Egypt, Arab Rep.", "Égypte", "Egipto", ""},
	{"other-countries:BHS", "Bahamas, The", "Bahamas", "Bahamas", ""},
	{"other-countries:CIV", "Côte d&#039;Ivoire", "Côte d&rsquo;Ivoire", "", ""},
	{"other-countries:COD", "Democratic Republic of Congo", "", "", "Dem. Rep. of the Congo"},
	{"other-countries:TUR", "Republic of Türkiye", "Turquie", "Turquía", ""},
	{"other-countries:VCT", "St. Vincent & Grenadines", "", "", "St. Vincent &amp; Grenadines"},
	{"other-countries:PSE", "Palestinian Territories", "", "", ""},
	{"other-countries:global", "Global (23641)", "Global (23641)", "Global (23641)", "23641"},
	{"mirror:yes", "Yes", "Oui", "Sí", "1"},
	{"mirror:no", "No", "Non", "No", "0"},
	{"mirror:-", "{Empty}", "{Vide}", "{Vacío}", ""},
	{"language:en", "English", "Anglais", "Inglés", "en"},
	{"language:fr", "French", "Français", "Francés", "fr"},
	{"language:es", "Spanish", "Espagnol", "Español", "es"},
}

// became returns what a pledge has of a field.
func became(p *pledge.Pledge, field string) string {
	switch field {
	case "type":
		return p.Type.String()
	case "natures":
		return p.Natures.String()
	case "objectives":
		return strings.Trim(strings.Join(strings.Fields(p.Objectives.String()), " "), "[]")
	case "principles":
		return p.Principles.String()
	case "category":
		return p.Pledgers[0].Category.String()
	case "mirror":
		return p.Mirror.String()
	case "language":
		return p.Language
	}
	if p.Implementation.Global {
		return "global"
	}
	var all []string
	for _, s := range p.Implementation.States {
		all = append(all, s.String())
	}
	return strings.Join(all, " ")
}

func TestEveryValueOfTheFormIsRead(t *testing.T) {
	for _, s := range formValues {
		field, want, _ := strings.Cut(s.field, ":")
		f, _ := fieldNamed(field)
		for _, value := range s.all() {
			if value == "" {
				continue
			}
			p, report := importOne(t, map[string]string{labels().first[f]: value, labels().first[entity]: "Sample"})
			if got := became(&p, field); got != want && !(want == "-" && got == "") {
				t.Errorf("%s %q has become %q, want %q", field, value, got, want)
			}
			if report.Number(Error)+report.Number(Warning) > 0 {
				t.Errorf("%s %q: %s", field, value, rules(report))
			}
		}
	}
}

// One entry as the form's pages and exports have it: in English, French and
// Spanish, by keys, with a column for each option, and with other separators.
func entry(t *testing.T) map[string][]byte {
	t.Helper()
	const text = "The city sees to it that every child who comes has a school. "
	label := func(field string, n int) string {
		for _, s := range formLabels {
			if s.field == field {
				if l := s.all()[n]; l != "" {
					return l
				}
				return s.en
			}
		}
		t.Fatalf("no label of %s", field)
		return ""
	}
	row := func(n int, cells map[string]string) map[string]string {
		row := map[string]string{}
		for f, c := range cells {
			row[label(f, n)] = c
		}
		row[label("entity", n)] = "El Mecanismo de Alcaldes presenta en nombre de la ciudad de Montevideo, Uruguay"
		row[label("title", n)] = "Una escuela para cada niño"
		row[label("description", n)] = strings.Repeat(text, 6)
		row[label("number", n)] = "2263"
		row[label("personal", n)] = "Canary Bird"
		return row
	}
	en := row(0, map[string]string{
		"type": "Individual (by one state/actor)", "category": "Cities, Municipalities, and Local Authority", "country": "Spain (226)", "other-countries": "Global (23641)",
		"natures":    "Process oriented (e.g. convening fully consultative processes in preparing national reports for the IMRF); structured",
		"objectives": "7. Address and reduce vulnerabilities in migration; 13. Use migration detention only as a measure of last resort and work towards alternatives; 24. General",
		"principles": "Child-sensitive (257); Human rights (259)", "created": "Mon, 08/01/2022 - 00:35", "completed": "Mon, 08/01/2022 - 00:40", "changed": "Tue, 08/02/2022 - 22:21",
		"language": "Spanish", "draft": "No", "mirror": "{Empty}", "champion": "{Empty}", "region": "{Empty}", "match-title": "{Empty}", "actors": "{Empty}",
	})
	fr := row(1, map[string]string{
		"type": "Individuelle (faite par un État/acteur)", "category": "Cities, Municipalities, and Local Authority", "country": "Espagne (226)", "other-countries": "Global (23641)",
		"natures":    "Axée sur les processus (par exemple, l’organisation de consultations) ; Structurée en vue de la mise en œuvre d’un ou de plusieurs des dix principes directeurs",
		"objectives": "7 – Réduire la vulnérabilité ;13 – Alternatives à la rétention ; 24 – Général",
		"principles": "Adaptation aux besoins de l’enfant (257) ; Droits de l&#039;homme (259)", "created": "lun 01/08/2022 - 00:35", "completed": "lun 01/08/2022 - 00:40", "changed": "mar 02/08/2022 - 22:21",
		"language": "Espagnol", "draft": "Non", "mirror": "{Vide}", "champion": "{Vide}", "region": "{Vide}", "match-title": "{Vide}", "actors": "{Vide}",
	})
	es := row(2, map[string]string{
		"type": "Individual (un solo Estado Miembro/ una sola parte interesada)", "category": "Cities, Municipalities, and Local Authority", "country": "España (226)", "other-countries": "Global (23641)",
		"natures":    "Participación en los procesos (p. ej., la celebración de consultas) ; Estructurado, enmarcado en uno o más de los 10 principios rectores enunciados en el Pacto Mundial para la Migración",
		"objectives": "7. Abordar y reducir las vulnerabilidades en la migración ;13; 24",
		"principles": "Perspectiva infantil (257);Derechos humanos (259)", "created": "lun, 01/08/2022 - 00:35", "completed": "lun, 01/08/2022 - 00:40", "changed": "mar, 02/08/2022 - 22:21",
		"language": "Español", "draft": "No", "mirror": "{Vacío}", "champion": "{Vacío}", "region": "{Vacío}", "match-title": "{Vacío}", "actors": "{Vacío}",
	})
	key := row(3, map[string]string{
		"type": "individual", "category": "cities_municipalities_local_authority", "country": "226", "other-countries": "23641",
		"natures": "process_oriented;structured", "objectives": "gcm_objective_support_7;gcm_objective_support_13;gcm_objective_support_24",
		"principles": "257;259", "created": "1659285309", "completed": "1659285600", "changed": "1659450073", "language": "es", "draft": "0",
	})
	separate := map[string]string{}
	for l, c := range en {
		separate[l] = c
	}
	for _, f := range [...]string{"objectives", "natures", "principles", "country"} {
		delete(separate, label(f, 0))
	}
	for l, c := range map[string]string{
		label("objectives", 0) + ": 7. Address and reduce vulnerabilities in migration":                                                         "X",
		label("objectives", 0) + ": 13. Use migration detention only as a measure of last resort and work towards alternatives":                 "X",
		label("objectives", 0) + ": 2. Minimize the adverse drivers and structural factors that compel people to leave their country of origin": "",
		label("objectives", 0) + ": 24. General": "X",
		"Process oriented (e.g. convening fully consultative processes in preparing national reports for the IMRF)": "1",
		"nature_of_the_pledge_please_select___structured":                                                           "2", "nature_of_the_pledge_please_select___policy_legal": "0",
		"gcm_guiding_principle__257": "X", "gcm_guiding_principle__259": "X", "gcm_guiding_principle__258": "",
		"Country of implementation: ID": "226", "Country of implementation: Title": "Spain", "Country of implementation: URL": "https://example.org/226",
	} {
		separate[l] = c
	}
	all := map[string][]byte{"en": sheetOf(en), "fr": sheetOf(fr), "es": sheetOf(es), "key": sheetOf(key), "a column each": sheetOf(separate)}
	for _, sep := range [...]string{"|", ",", ".", " "} {
		bySep := row(3, map[string]string{})
		for l, c := range key {
			bySep[l] = strings.ReplaceAll(c, ";", sep)
		}
		all["keys by "+sep] = sheetOf(bySep)
	}
	for _, sep := range [...]string{"|", ",", "."} {
		bySep := row(0, map[string]string{})
		for l, c := range en {
			bySep[l] = strings.ReplaceAll(c, "; ", sep)
		}
		all["labels by "+sep] = sheetOf(bySep)
	}
	return all
}

func TestOneEntryIsOnePledgeHoweverItIsExported(t *testing.T) {
	var book pledge.Book
	all := entry(t)
	first, _ := importAll(t, all["en"])
	want := first[0].AppendJSON(nil)
	p := first[0]
	if by := p.Pledgers[0]; by.Name != "ciudad de Montevideo" || by.Via != "El Mecanismo de Alcaldes" || by.State.String() != "URY" || by.Category != gcm.LocalAuthority {
		t.Errorf("the pledger is %+v", by)
	}
	if len(p.Implementation.States) != 0 || !p.Implementation.Global || p.Updated.String() != "2022-08-02T14:21:00Z" || p.Announced.String() != "2022-07-31" {
		t.Errorf("the pledge is %s", want)
	}
	for name, file := range all {
		got, report := importAll(t, file)
		if len(got) != 1 || !bytes.Equal(got[0].AppendJSON(nil), want) {
			t.Errorf("%s:\n%s\nwant\n%s", name, got[0].AppendJSON(nil), want)
		}
		if r := rules(report); !strings.HasPrefix(r, "warning other-state, note") || report.Number(Warning) != 1 || report.Number(Error) > 0 {
			t.Errorf("%s: the report says %s", name, r)
		}
		if strings.Contains(outputs(t, got, report), "Canary") {
			t.Errorf("%s: a name has got out", name)
		}
		if _, err := book.Put(got[0]); err != nil {
			t.Fatal(err)
		}
	}
	if book.Len() != 1 {
		t.Errorf("%d pledges", book.Len())
	}
}

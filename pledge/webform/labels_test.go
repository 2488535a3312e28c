package webform

import (
	"strings"
	"testing"
)

func TestTablesSayOneThingEach(t *testing.T) {
	seen := map[string]string{}
	inThree := map[string]map[string]bool{}
	for cells := range rows(labelsTSV) {
		if len(cells) != 3 {
			t.Fatalf("%d cells in %q", len(cells), cells)
		}
		if _, ok := fieldNamed(cells[0]); !ok {
			t.Errorf("%s is no field", cells[0])
		}
		if !strings.Contains("en fr es key", cells[1]) {
			t.Errorf("%s is none of the three languages, nor a key", cells[1])
		}
		key := fold(cells[2])
		if other, twice := seen[key]; key == "" || twice && other != cells[0] {
			t.Errorf("%q is a label of %s and of %s", cells[2], cells[0], other)
		}
		seen[key] = cells[0]
		if inThree[cells[0]] == nil {
			inThree[cells[0]] = map[string]bool{}
		}
		if cells[1] != "key" {
			inThree[cells[0]][cells[1]] = true
		}
	}
	for f := noField + 1; f < pledgeID; f++ {
		if n := len(inThree[fieldNames[f]]); n != 3 && f != uuidField {
			t.Errorf("%s has labels in %d languages", fieldNames[f], n)
		}
	}
	meanings := map[string]string{}
	for cells := range rows(valuesTSV) {
		if len(cells) != 3 {
			t.Fatalf("%d cells in %q", len(cells), cells)
		}
		key := cells[0] + ":" + fold(cells[2])
		if other, twice := meanings[key]; twice && other != cells[1] {
			t.Errorf("%q means %s and %s", cells[2], cells[1], other)
		}
		meanings[key] = cells[1]
	}
}

func TestLabelsAreFoundHoweverTheyAreWritten(t *testing.T) {
	for label, want := range map[string]field{
		"Name of the pledge":                                    title,
		" name of the  PLEDGE:*":                                title,
		"Titre de l'engagement":                                 title,
		"TITULO DEL COMPROMISO":                                 title,
		"Ti\u0301tulo del compromiso":                           title,
		"Nombre del Estado o agente que presenta el compromiso": entity,
		"País":                                      country,
		"Tipo de compromiso":                        kind,
		"Naturaleza del compromiso":                 natures,
		"Pays de mise en oeuvre":                    countries,
		"E-mail address of the contact\u00a0person": personal,
		"Dirección IP remota":                       personal,
		"Submitted by":                              personal,
		"File":                                      ignored,
		"Name":                                      noField,
		"":                                          noField,
	} {
		if got := labels().fields[fold(label)]; got != want {
			t.Errorf("%q is taken for field %d, want %d", label, got, want)
		}
	}
}

func TestFoldIsIdempotent(t *testing.T) {
	for cells := range rows(labelsTSV) {
		if key := fold(cells[2]); fold(key) != key {
			t.Errorf("%q folds to %q and that to %q", cells[2], key, fold(key))
		}
	}
}

func TestLabelsOfAsFewAsTwoColumnsAreNoPledge(t *testing.T) {
	const file = "Submission Number,Name of the pledge\n1,a\nSubmission Number,Name of the pledge\n2,b\n3,Name of the pledge\n"
	all, report := importAll(t, []byte(file))
	if len(all) != 3 || report.NoEntries != 1 || all[2].Title != "Name of the pledge" {
		t.Errorf("%d pledges, %d rows that are none: %v", len(all), report.NoEntries, all)
	}
}

package webform

import (
	"bytes"
	"strings"
	"testing"
)

// FuzzImport checks of any file: no panic, every row becomes something,
// exporting what was imported and importing that gives the same, and what is
// planted in a column with personal data stays there.
func FuzzImport(f *testing.F) {
	f.Add(utf16Of([]byte("Submission Number,Objectives\n1,7\n"), true)) // short seeds, for failures are cut short from them
	f.Add([]byte("Numéro de soumission,Nom complet,Pays,Titre de l’engagement\n1,A B,\"Congo, Rep.; Mondial\",\"x\"\n"))
	f.Add([]byte("Submission Number;Name of the pledge;Email Address\n1;a;b\n"))
	f.Add([]byte("sep=\t\nUUID\tName of the pledge\tIs draft\n0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6071\t\tNo\nx\t\tYes\n\t\t\n"))
	f.Add([]byte("Submission Number,Participating States and Actors,Objectives\n1,\"Name of state/actor: A; Country: Kenya\nx\",\"24. General, 7\"\n2,\"is composed of A, B and C\",x\"y\n"))
	f.Add([]byte("Pledge ID,Objectives,Other fields (JSON)\n0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6071,7,\"{\"\"title\"\":\"\"=1\"\",\"\"links\"\":null}\"\n"))
	f.Add([]byte("Objectives,Submission Number,Created\n7,1,\"Thu, 06/02/2022 - 23:57\"\n,\"2\"x,\"\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		if len(file) > 16<<10 {
			t.Skip("longer files have only more of the same")
		}
		all, report, err := Import(bytes.NewReader(file), nil)
		checkTotals(t, report)
		if report.Pledges != len(all) {
			t.Fatalf("%d pledges of %d", len(all), report.Pledges)
		}
		if err != nil && report.Rows > 0 {
			t.Fatalf("a file in memory breaks off: %v", err)
		}
		again, second := importAll(t, exported1(t, all...))
		if second.Lost+second.Drafts+second.Blank > 0 {
			t.Fatalf("our own file loses rows: %s", rules(second))
		}
		sameJSON(t, again, all)
		plant(t, file)
	})
}

// plant puts a file between columns with personal data, as cells of one row.
func plant(t *testing.T, file []byte) {
	const canary = "c4n4ryb1rd"
	cell := strings.ToValidUTF8(string(file[:min(len(file), 300)]), "?")
	if strings.Contains(strings.ToLower(cell), canary) {
		return
	}
	row := map[string]string{
		"Submission Number": "1", "Full name": cell + canary, "Email Address": canary + cell, "Remote IP address": canary,
		"Unheard of": canary, "Is draft": "No", "Name of the pledge": cell, "Participating States and Actors": cell,
		"Name of entity submitting the pledge": cell, "Country of implementation": cell, "Objectives": cell,
	}
	all, report := importAll(t, sheetOf(row))
	if strings.Contains(strings.ToLower(outputs(t, all, report)), canary) {
		t.Fatal("a column that isn't read has got out")
	}
}

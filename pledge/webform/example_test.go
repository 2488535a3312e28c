package webform_test

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/webform"
)

const export = `Número de envío;Título del compromiso;País de implementación;Nombre completo;Color
12;Datos para todos;Congo, Rep.;Persona Inventada;azul
;Sin número;Kenya;Persona Inventada;
`

func Example() {
	im := webform.NewImporter(strings.NewReader(export), &webform.Options{Source: "https://example.org/form"})
	for record, err := range im.Records() {
		if err != nil {
			fmt.Println(err)
			return
		}
		p := record.Pledge
		fmt.Println(p.Ref, p.Title, p.Implementation.States)
	}
	im.Report().WriteText(os.Stdout)
	// Output:
	// 12 Datos para todos [COG]
	// The file has 2 rows below the labels (UTF-8, with semicolons between the cells).
	// 1 row became a pledge.
	// 1 row is lost.
	// Dates without a time zone are read in UTC+08:00.
	//
	// Columns that are read, and how many of their cells say something:
	//   column 1, “Número de envío”: 1
	//   column 2, “Título del compromiso”: 2
	//   column 3, “País de implementación”: 2
	//
	// Columns with personal data, which are not read:
	//   column 4, “Nombre completo”
	//
	// Columns whose labels aren't known, which are not read:
	//   column 5: 1
	//
	// There were 1 error, 0 warnings and 0 notes:
	//   1 error: rows without a number, or without a name of who pledges (“Número de envío”)
	//
	// Row 2 (line 3), column 1, “Número de envío”: error: There is no number to know a pledge by. Export the Submission Number too, and delete lines that are no entry. The row is lost.
}

func ExampleExport() {
	p := pledge.Pledge{
		ID:       pledge.IDFromRef("https://example.org/form", "12"),
		Title:    "=Data",
		Language: "en",
		Deadline: gcm.DateOf(2026, 0, 0),
	}
	var file strings.Builder
	if err := webform.Export(&file, slices.Values([]pledge.Pledge{p})); err != nil {
		fmt.Println(err)
		return
	}
	all, _, err := webform.Import(strings.NewReader(file.String()), nil)
	fmt.Println(strings.Contains(file.String(), ",'=Data,"), all[0].Title, all[0].Deadline, err)
	// Output: true =Data 2026 <nil>
}

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
	// 2 rows of UTF-8, semicolons between the cells
	//        1 became a pledge
	//        1 is lost
	//
	// Columns read, and how many cells are filled
	//        1 Número de envío
	//        2 Título del compromiso
	//        2 País de implementación
	//
	// Columns with personal data: not read
	//        - Nombre completo
	//
	// Columns that nobody knows: not read
	//        1 Color
	//
	// 1 error, 0 warnings, 0 notes
	//        1 error   required: Número de envío
	//
	// row 2, line 3, Número de envío: error: required; the row is lost
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

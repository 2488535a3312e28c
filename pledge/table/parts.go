package table

import (
	"encoding/xml"
	"strconv"
	"strings"
)

const (
	spreadsheetML = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packaged      = "http://schemas.openxmlformats.org/package/2006/"
	mediaTypes    = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// A part is a file within a workbook.
type part struct{ name, text string }

// parts returns what a workbook needs beside its sheets, which have these names.
func parts(sheets []string) []part {
	var types, listed, related strings.Builder
	for i, name := range sheets {
		n := strconv.Itoa(i + 1)
		types.WriteString(`<Override PartName="/xl/worksheets/sheet` + n + `.xml" ContentType="` + mediaTypes + `worksheet+xml"/>`)
		listed.WriteString(`<sheet name="` + name + `" sheetId="` + n + `" r:id="rId` + n + `"/>`)
		related.WriteString(`<Relationship Id="rId` + n + `" Type="` + relationships + `/worksheet" Target="worksheets/sheet` + n + `.xml"/>`)
	}
	styles := strconv.Itoa(len(sheets) + 1)
	return []part{
		{"[Content_Types].xml", xml.Header + `<Types xmlns="` + packaged + `content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="` + mediaTypes + `sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="` + mediaTypes + `styles+xml"/>` +
			types.String() + `</Types>`},
		{"_rels/.rels", xml.Header + `<Relationships xmlns="` + packaged + `relationships"><Relationship Id="rId1" Type="` + relationships + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", xml.Header + `<workbook xmlns="` + spreadsheetML + `" xmlns:r="` + relationships + `"><sheets>` + listed.String() + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", xml.Header + `<Relationships xmlns="` + packaged + `relationships">` + related.String() +
			`<Relationship Id="rId` + styles + `" Type="` + relationships + `/styles" Target="styles.xml"/></Relationships>`},
		// The second style is that of texts which look like formulas.
		{"xl/styles.xml", xml.Header + `<styleSheet xmlns="` + spreadsheetML + `"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>` +
			`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
			`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
			`<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/></cellXfs></styleSheet>`},
	}
}

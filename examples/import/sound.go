package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// What the library passes over in the parts of a workbook, and leaves out or puts
// under other labels: an e-mail address under a title, for example.
var (
	errMarkup = errors.New("a sheet of the workbook, or its texts, is broken or breaks off; open it in a spreadsheet and save it anew, or save its sheet as CSV UTF-8")
	errOrder  = errors.New("the cells of a sheet aren't in the order of their rows and columns; open the workbook in a spreadsheet and save it anew, or save its sheet as CSV UTF-8")
	errTexts  = errors.New("a sheet of the workbook has cells whose texts, or the results of whose formulas, aren't there; open it in a spreadsheet and save it anew, or save its sheet as CSV UTF-8")
)

// sound returns why the parts of a workbook that hold rows and texts can't be
// relied on, nil if they can.
func sound(file *excelize.File) error {
	parts := map[string][]*xml.Decoder{}
	file.Pkg.Range(func(_, part any) bool {
		if text, ok := part.([]byte); ok {
			in := xml.NewDecoder(bytes.NewReader(text))
			in.CharsetReader = file.CharsetReader
			root := rootOf(in)
			parts[root] = append(parts[root], in)
		}
		return true
	})
	texts := 0
	for _, in := range parts["sst"] {
		err := each(in, func(e xml.StartElement, depth int) error {
			if e.Name.Local == "si" && depth == 1 {
				texts++
			}
			return nil
		}, nil)
		if err != nil {
			return err
		}
	}
	for _, in := range parts["worksheet"] {
		if err := soundSheet(in, texts); err != nil {
			return err
		}
	}
	return nil
}

// rootOf reads up to the first element, and returns its name.
func rootOf(in *xml.Decoder) string {
	for {
		token, err := in.Token()
		if err != nil {
			return ""
		}
		if e, ok := token.(xml.StartElement); ok {
			return e.Name.Local
		}
	}
}

// each tells start of the elements below the root, and of how deep they are, and
// text of what stands in them.
func each(in *xml.Decoder, start func(e xml.StartElement, depth int) error, text func([]byte)) error {
	for depth := 1; ; {
		token, err := in.Token()
		switch {
		case err == io.EOF && depth == 0:
			return nil
		case err != nil: // which quotes from the file
			return errMarkup
		}
		switch e := token.(type) {
		case xml.StartElement:
			if err := start(e, depth); err != nil {
				return err
			}
			depth++
		case xml.EndElement:
			depth--
		case xml.CharData:
			if text != nil {
				text(e)
			}
		}
	}
}

// soundSheet checks a sheet of a workbook with so many shared texts.
func soundSheet(in *xml.Decoder, texts int) error {
	row, column := 0, 0
	shared, value, inside := false, "", false // of a cell
	formula, result := false, false
	known := func() error {
		if formula && !result {
			return errTexts
		}
		if n, err := strconv.Atoi(strings.TrimSpace(value)); shared && value != "" && (err != nil || n < 0 || n >= texts) {
			return errTexts
		}
		return nil
	}
	if err := each(in, func(e xml.StartElement, _ int) error {
		at := attribute(e, "r")
		inside = e.Name.Local == "v"
		switch e.Name.Local {
		case "row":
			n := row + 1
			if at != "" {
				n, _ = strconv.Atoi(at)
			}
			if n <= row {
				return errOrder
			}
			row, column = n, 0
		case "c":
			if err := known(); err != nil {
				return err
			}
			shared, value = attribute(e, "t") == "s", ""
			formula, result = false, false
			x, y := column+1, row
			if at != "" {
				var err error
				if x, y, err = excelize.CellNameToCoordinates(at); err != nil {
					return errOrder
				}
			}
			if x <= column || y != row {
				return errOrder
			}
			column = x
		case "f":
			formula = true
		case "v", "is":
			result = true
		}
		return nil
	}, func(text []byte) {
		if shared && inside && len(value) < 32 {
			value += string(text)
		}
	}); err != nil {
		return err
	}
	return known() // of the last cell
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

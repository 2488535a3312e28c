package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/webform"
)

// summary is what became of the export, and what the rules of a pledge say of
// what came out.
type summary struct {
	Summary     string          `json:"summary"`                // the whole in a line
	Sheet       int             `json:"sheet,omitempty"`        // of a workbook, from 1
	Sheets      int             `json:"sheets,omitempty"`       // how many it has
	OtherSheets []int           `json:"other_sheets,omitempty"` // that are exports as well, and not read
	Import      *webform.Report `json:"import"`
	Errors      int             `json:"rule_errors"`
	Warnings    int             `json:"rule_warnings"`
	Rules       []broken        `json:"rules,omitempty"` // the first maxBroken

	wrote string // the file; "" if none was written
}

// broken is a rule that the pledge of a row breaks.
type broken struct {
	Row  int    `json:"row"`
	Line int    `json:"line"`
	Ref  string `json:"ref"`
	pledge.Problem
}

// MarshalJSON returns the row with the problem. The problem's own method
// would leave the row out.
func (b broken) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Row     int            `json:"row"`
		Line    int            `json:"line"`
		Ref     string         `json:"ref"`
		Problem pledge.Problem `json:"problem"`
	}{b.Row, b.Line, b.Ref, b.Problem})
}

const maxBroken = 1000

// check checks a pledge as a record that has been published: what the form
// asks for and the row doesn't say is shown as not stated.
func (s *summary) check(r *webform.Record) {
	report := r.Pledge.Validate(&pledge.ValidateOptions{Profile: pledge.PublicationProfile})
	s.Errors += report.Errors()
	s.Warnings += report.Warnings()
	for _, p := range report.Problems[:min(len(report.Problems), maxBroken-len(s.Rules))] {
		s.Rules = append(s.Rules, broken{r.Row, r.Line, r.Pledge.Ref, p})
	}
}

func (s *summary) clean() bool {
	return s.Import.Clean() && s.Errors+s.Warnings == 0 && len(s.OtherSheets) == 0
}

// line sums everything up.
func (s *summary) line() string {
	r := s.Import
	text := fmt.Sprintf("rows %d, pledges %d, drafts %d, lost %d, others %d; errors %d, warnings %d, notes %d; ",
		r.Rows, r.Pledges, r.Drafts, r.Lost, r.Repeated+r.NoEntries+r.Blank,
		r.Number(webform.Error)+s.Errors, r.Number(webform.Warning)+s.Warnings+len(s.OtherSheets), r.Number(webform.Note))
	switch s.wrote {
	case "":
		return text + "nothing written"
	case "-":
		return text + "written to the standard output"
	}
	return text + "written to " + s.wrote
}

// write writes the report: as text to the standard error, as JSON where the
// pledges don't go.
func (s *summary) write(o options, stdout, stderr io.Writer) error {
	if o.quiet {
		return nil
	}
	s.Summary = s.line()
	if o.report == "text" {
		if err := s.writeText(stderr); err != nil {
			return err
		}
		_, err := fmt.Fprintln(stderr, "\nimport: "+s.Summary)
		return err
	}
	w := stdout
	if o.out == "-" && !o.dry {
		w = stderr
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(s)
}

func (s *summary) writeText(w io.Writer) error {
	if s.Sheet > 0 {
		fmt.Fprintf(w, "Sheet %d of the workbook's %d is read.\n", s.Sheet, s.Sheets)
	}
	for _, n := range s.OtherSheets {
		fmt.Fprintf(w, "Warning: sheet %d is an export as well, and isn't read. Import it with -sheet %d.\n", n, n)
	}
	if err := s.Import.WriteText(w); err != nil {
		return err
	}
	if s.Errors+s.Warnings == 0 {
		_, err := fmt.Fprintln(w, "\nThe pledges keep the rules for records.")
		return err
	}
	fmt.Fprintf(w, "\nThe pledges break rules for records %d times (%d errors, %d warnings):\n\n", s.Errors+s.Warnings, s.Errors, s.Warnings)
	for _, b := range s.Rules {
		if _, err := fmt.Fprintf(w, "Row %d (line %d), %s: %s: %s\n", b.Row, b.Line, b.Path, b.Severity, b.Message); err != nil {
			return err
		}
	}
	if more := s.Errors + s.Warnings - len(s.Rules); more > 0 {
		fmt.Fprintf(w, "And %d more.\n", more)
	}
	return nil
}

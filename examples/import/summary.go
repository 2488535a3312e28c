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
	Import   *webform.Report `json:"import"`
	Errors   int             `json:"rule_errors"`
	Warnings int             `json:"rule_warnings"`
	Rules    []broken        `json:"rules,omitempty"` // the first maxBroken
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
	report := r.Pledge.Validate(&pledge.ValidateOptions{Profile: pledge.RecordProfile})
	s.Errors += report.Errors()
	s.Warnings += report.Warnings()
	for _, p := range report.Problems[:min(len(report.Problems), maxBroken-len(s.Rules))] {
		s.Rules = append(s.Rules, broken{r.Row, r.Line, r.Pledge.Ref, p})
	}
}

func (s *summary) clean() bool { return s.Import.Clean() && s.Errors+s.Warnings == 0 }

// write writes the report: as text to the standard error, as JSON where the
// pledges don't go.
func (s *summary) write(o options, stdout, stderr io.Writer) error {
	if o.quiet {
		return nil
	}
	if o.report == "text" {
		return s.writeText(stderr)
	}
	w := stdout
	if o.out == "-" {
		w = stderr
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(s)
}

func (s *summary) writeText(w io.Writer) error {
	if err := s.Import.WriteText(w); err != nil {
		return err
	}
	if s.Errors+s.Warnings == 0 {
		_, err := fmt.Fprintln(w, "\nThe pledges keep the rules for records")
		return err
	}
	fmt.Fprintf(w, "\nRules that the pledges break: %d errors, %d warnings\n\n", s.Errors, s.Warnings)
	for _, b := range s.Rules {
		if _, err := fmt.Fprintf(w, "row %d, line %d, %s: %s: %s: %s\n", b.Row, b.Line, b.Path, b.Severity, b.Rule, b.Message); err != nil {
			return err
		}
	}
	if more := s.Errors + s.Warnings - len(s.Rules); more > 0 {
		fmt.Fprintf(w, "and %d more\n", more)
	}
	return nil
}

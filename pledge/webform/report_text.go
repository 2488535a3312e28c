package webform

import (
	"fmt"
	"io"
	"strconv"
	"strings"
)

// delimiters are what the delimiters are called.
var delimiters = map[string]string{",": "commas", ";": "semicolons", "\t": "tabs"}

// WriteText writes the report for people to read, in English. The error is
// that of w.
func (r *Report) WriteText(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s of %s, %s between the cells\n", counted(r.Rows, "row", "rows"), r.Encoding, delimiters[r.Delimiter])
	for _, n := range [...]struct {
		rows      int
		one, many string
	}{
		{r.Pledges, "became a pledge", "became pledges"}, {r.Drafts, "is a draft", "are drafts"},
		{r.Lost, "is lost", "are lost"}, {r.Blank, "is blank", "are blank"},
	} {
		switch n.rows {
		case 0:
			continue
		case 1:
			n.many = n.one
		}
		fmt.Fprintf(&b, "%8d %s\n", n.rows, n.many)
	}
	for _, u := range [...]struct {
		use   Use
		title string
	}{
		{Imported, "Columns read, and how many cells are filled"},
		{Personal, "Columns with personal data: not read"},
		{Ignored, "Columns that no pledge needs: not read"},
		{Unknown, "Columns that nobody knows: not read"},
	} {
		r.writeColumns(&b, u.use, u.title)
	}
	r.writeProblems(&b)
	_, err := io.WriteString(w, b.String())
	return err
}

func (r *Report) writeColumns(b *strings.Builder, use Use, title string) {
	for i, c := range r.Columns {
		if c.Use != use {
			continue
		}
		if title != "" {
			b.WriteString("\n" + title + "\n")
			title = ""
		}
		label := c.Label
		if label == "" {
			label = "column " + strconv.Itoa(i+1) + ", whose label is empty or looks personal"
		}
		if use == Personal {
			fmt.Fprintf(b, "%8s %s\n", "-", label)
		} else {
			fmt.Fprintf(b, "%8d %s\n", c.Filled, label)
		}
	}
}

func (r *Report) writeProblems(b *strings.Builder) {
	if len(r.Counts) == 0 {
		b.WriteString("\nNo problems\n")
		return
	}
	fmt.Fprintf(b, "\n%s, %s, %s\n", counted(r.Number(Error), "error", "errors"),
		counted(r.Number(Warning), "warning", "warnings"), counted(r.Number(Note), "note", "notes"))
	for _, c := range r.Counts {
		fmt.Fprintf(b, "%8d %-7s %s", c.Problems, c.Severity, c.Rule)
		if c.Column != "" {
			b.WriteString(": " + c.Column)
		}
		b.WriteByte('\n')
	}
	b.WriteByte('\n')
	for _, p := range r.Problems {
		b.WriteString(p.String() + "\n")
	}
	if more := r.Number(Error) + r.Number(Warning) + r.Number(Note) - len(r.Problems); more > 0 {
		fmt.Fprintf(b, "and %d more\n", more)
	}
}

// String says it in one line of English.
func (p Problem) String() string {
	s := "row " + strconv.Itoa(p.Row) + ", line " + strconv.Itoa(p.Line)
	if p.Column != "" {
		s += ", " + p.Column
	}
	s += ": " + p.Severity.String() + ": " + p.Rule
	if p.Value != "" {
		s += ": " + strconv.Quote(p.Value)
	}
	if p.Found > 0 {
		s += " (" + strconv.Itoa(p.Found) + ")"
	}
	if p.Lost {
		s += "; the row is lost"
	}
	return s
}

func counted(n int, one, many string) string {
	if n == 1 {
		many = one
	}
	return strconv.Itoa(n) + " " + many
}

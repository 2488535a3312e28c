package webform

import (
	"fmt"
	"io"
	"strconv"
	"strings"
)

// delimiters are what the delimiters are called.
var delimiters = map[string]string{
	",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", ":": "colons", ".": "full stops", " ": "blanks",
}

// WriteText writes the report for people to read, in English. The error is
// that of w.
func (r *Report) WriteText(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "The file has %s below the labels (%s", counted(r.Rows, "row", "rows"), r.Encoding)
	if r.Delimiter != "" {
		b.WriteString(", with " + delimiters[r.Delimiter] + " between the cells")
	}
	b.WriteString(").\n")
	if r.Above > 0 {
		fmt.Fprintf(&b, "Above the labels %s not read.\n", counted(r.Above, "row is", "rows are"))
	}
	for _, n := range [...]struct {
		rows      int
		one, many string
	}{
		{r.Pledges, "row became a pledge", "rows became pledges"},
		{r.Drafts, "row is a draft", "rows are drafts"},
		{r.Repeated, "row says the same as one above", "rows say the same as rows above"},
		{r.NoEntries, "row holds labels or totals", "rows hold labels or totals"},
		{r.Lost, "row is lost", "rows are lost"},
		{r.Blank, "row is blank", "rows are blank"},
	} {
		if n.rows > 0 {
			fmt.Fprintf(&b, "%8s.\n", counted(n.rows, n.one, n.many))
		}
	}
	if r.Revisions > 0 {
		fmt.Fprintf(&b, "Of the pledges %s of one in a row above: the later one counts.\n", counted(r.Revisions, "is a later revision", "are later revisions"))
	}
	fmt.Fprintf(&b, "Dates without a time zone are read in %s", r.Zone)
	if r.Dates != AnyOrder {
		fmt.Fprintf(&b, ", the %s where either is possible", strings.Replace(r.Dates.String(), "-", " ", 1))
	}
	b.WriteString(".\n")
	for _, u := range [...]struct {
		use   Use
		title string
	}{
		{Imported, "Columns that are read, and how many of their cells say something:"},
		{Personal, "Columns with personal data, which are not read:"},
		{Ignored, "Columns that no pledge needs, which are not read:"},
		{Unknown, "Columns whose labels aren't known, which are not read:"},
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
		b.WriteString("  " + columnText(c.Label, i+1))
		if use != Personal {
			b.WriteString(": " + strconv.Itoa(c.Filled))
		}
		b.WriteByte('\n')
	}
}

// columnText names a column.
func columnText(label string, place int) string {
	s := "column " + strconv.Itoa(place)
	if label != "" {
		s += ", “" + label + "”"
	}
	return s
}

func (r *Report) writeProblems(b *strings.Builder) {
	if len(r.Counts) == 0 {
		b.WriteString("\nThere were no problems.\n")
		return
	}
	fmt.Fprintf(b, "\nThere were %s, %s and %s:\n", counted(r.Number(Error), "error", "errors"),
		counted(r.Number(Warning), "warning", "warnings"), counted(r.Number(Note), "note", "notes"))
	for _, c := range r.Counts {
		fmt.Fprintf(b, "  %s: %s", counted(c.Problems, c.Severity.String(), c.Severity.String()+"s"), sentences[c.Rule].title)
		if c.Column != "" {
			b.WriteString(" (“" + c.Column + "”)")
		}
		b.WriteByte('\n')
	}
	b.WriteByte('\n')
	for _, p := range r.Problems {
		b.WriteString(p.String() + "\n")
	}
	if more := r.Number(Error) + r.Number(Warning) + r.Number(Note) - len(r.Problems); more > 0 {
		fmt.Fprintf(b, "And %d more.\n", more)
	}
}

// String says where the problem is, what it is and what to do, in English.
func (p Problem) String() string {
	s := "Row " + strconv.Itoa(p.Row) + " (line " + strconv.Itoa(p.Line) + ")"
	if p.Place > 0 {
		s += ", " + columnText(p.Column, p.Place)
	}
	s += ": " + p.Severity.String() + ": " + p.message()
	if p.Lost {
		s += " The row is lost."
	}
	return s
}

// message says what the problem is and what to do, without where it is.
func (p Problem) message() string {
	text := sentences[p.Rule]
	what := text.many
	if p.Lost && text.lost != "" {
		what = text.lost
	} else if p.Found == 1 && text.one != "" {
		what = text.one
	}
	value := "A value"
	if p.Value != "" {
		value = "“" + p.Value + "”"
	}
	return strings.NewReplacer("{value}", value, "{n}", strconv.Itoa(p.Found)).Replace(what)
}

// sentence is what the report says of a rule: a title for a list, and what it
// is and what to do.
type sentence struct{ title, many, one, lost string }

var sentences = map[string]sentence{
	RuleQuotes: {"quotation marks that don't pair up",
		"Quotation marks in the row don't pair up. It was read as its commas have it: compare it with the form's entry.", "",
		"Quotation marks in the row don't pair up, so that its cells can't be told apart: lines of the file that it takes, which may be other rows: {n}. Export the file anew, or double the quotation marks within its cells."},
	RuleTooLarge: {"rows that are too large", "", "",
		"The row is too large ({n} bytes as a pledge, or over 1 MiB in the file). Shorten its texts; a quotation mark that nothing closes has the same effect."},
	RuleDuplicate: {"numbers of rows above", "", "",
		"Row {n} has the same number, says something else, and isn't older: which of them is right nobody can tell. Row {n} is kept; delete one, or give it a number of its own."},
	RuleRounded: {"numbers without their last digits",
		"{value} has lost its last digits in a spreadsheet, and is left out. Export the file anew and open it as text.", "",
		"{value} has lost its last digits in a spreadsheet. Export the file anew and open it as text."},
	RuleCells: {"rows with more or fewer cells than labels", "", "",
		"The row has {n} cells, not as many as there are labels: which is which nobody can tell. Look for a delimiter in a cell without quotation marks."},
	RuleRequired: {"rows without a number, or without a name of who pledges",
		"There is no name of who pledges. Write it into the cell.", "",
		"There is no number to know a pledge by. Export the Submission Number too, and delete lines that are no entry."},
	RuleDraft: {"rows that may be drafts", "", "",
		"{value} doesn't say whether it is a draft. Write Yes or No."},
	RuleUnknown: {"values that aren't in the list",
		"{value} isn't in the list of what the form has here, and is left out. Write it as the form does.", "", ""},
	RuleMalformed: {"values that can't be read",
		"{value} can't be read, and is left out. Write it as the form does.", "",
		"{value} can't be read. Write it as it was exported."},
	RuleEncoding: {"bytes that are no text",
		"Bytes in the cell are no text, and are replaced. Save the file as CSV UTF-8.", "", ""},
	RuleTitle: {"objectives whose title is none",
		"{value} has the number of an objective and a title that none has. The number counts; look whether it is the one that is meant.", "", ""},
	RuleUnsplit: {"participating actors that may not be one each",
		"Who takes part couldn't be told for sure ({n} read). Write one name a line.", "", ""},
	RuleEmail: {"e-mail addresses in text",
		"The text has {n} e-mail addresses, and is kept as it is. Take them out if they are somebody's.",
		"The text has an e-mail address, and is kept as it is. Take it out if it is somebody's.", ""},
	RulePhone: {"telephone numbers in text",
		"The text has {n} telephone numbers, and is kept as it is. Take them out if they are somebody's.",
		"The text has a telephone number, and is kept as it is. Take it out if it is somebody's.", ""},
	RuleOtherState: {"countries other than the one in the entity's name",
		"The form says {value}, but the name of who pledges says another State, which counts. Look which is right.", "", ""},
	RuleDateOrder: {"dates of which the month and the day can't be told apart",
		"{value} may have the month or the day first, and nothing in the file says which. It is read with the month first: say which is right with the option for the order of dates.", "", ""},
	RuleBackwards: {"dates before the one that should be earlier",
		"The date is before the one that should be earlier. It is kept: look whether day and month are right in the file.", "", ""},
	RuleHidden: {"hidden rows",
		"The row is hidden in the sheet. It is read as the others: delete it there if it shouldn't be.", "", ""},
	RuleSecond: {"second columns of one field",
		"Another column of the same field says something else, and the first counts. Delete one of the columns.", "", ""},
	RuleRepeated: {"rows that say the same as one above",
		"The row says the same as row {n}, and is left out.", "", ""},
	RuleRevision: {"later revisions of a row above",
		"The row is a later revision of the pledge in row {n}: the later one counts.", "", ""},
	RuleLabels: {"rows of labels", "The row holds labels once more, and no entry.", "", ""},
	RuleTotals: {"rows of totals", "The row holds totals, and no entry.", "", ""},
	RulePlaces: {"countries taken for where the pledge is implemented",
		"{n} countries are taken for where the pledge is implemented, as who pledges is of one country at most.",
		"The country is taken for where the pledge is implemented, as who pledges is an organization of many.", ""},
	RuleNamedState: {"States at the end of a name",
		"{value} at the end of the name is taken for the State of who pledges.", "", ""},
	RuleBodies: {"names of several bodies",
		"The name is that of {n} bodies that are known, and each of them pledges.", "", ""},
	RuleSplit: {"participating actors read from a list",
		"{n} names are read from a list.", "", ""},
	RuleNone: {"values that mean nothing",
		"{value} is in the form's list and isn't anything that a pledge has; left out.", "", ""},
	RuleEmailRemoved: {"e-mail addresses taken out", "{n} e-mail addresses were taken out.", "An e-mail address was taken out.", ""},
	RulePhoneRemoved: {"telephone numbers taken out", "{n} telephone numbers were taken out.", "A telephone number was taken out.", ""},
	RuleLink: {"web addresses in names",
		"{n} web addresses in the name were moved to the links, or left out if they aren't https.",
		"A web address in the name was moved to the links, or left out if it isn't https.", ""},
	RuleBehalf: {"names of who pledges and who submits",
		"The name says who pledges and who submits for them: they are apart now.", "", ""},
}

func counted(n int, one, many string) string {
	if n == 1 {
		many = one
	}
	return strconv.Itoa(n) + " " + many
}

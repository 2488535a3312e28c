// Package table writes pledges as a table, a row a pledge: as CSV, with a description
// of its columns in the terms of CSV on the Web, and as a workbook for spreadsheets.
//
//	w := table.NewCSV(file, table.Options{Language: gcm.French})
//	for p := range book.All() {
//		w.Write(&p)
//	}
//	err := w.Close()
//
// # Columns
//
// Codes stand beside names in the language that is asked for: status beside
// status_label, pledger_states beside pledger_state_names. [Columns] lists all. The
// columns of pledgers are lists of the same length, in the order of the pledge, so that
// the third role is that of the third pledger; the same holds for contributions. Values
// of a list are divided by "; ", and a semicolon within a value is a comma.
//
// # Formulas
//
// A text that a spreadsheet would take for a formula has an apostrophe in front of it
// in CSV files, which package webform takes off again. Workbooks do without, because
// their cells are marked as text.
package table

// Package webform reads the CSV export of the web form on which pledges are
// submitted to the United Nations Network on Migration, and writes pledges as
// such a file.
//
// # Importing
//
// [Import] reads a file into memory; an [Importer] yields one pledge after the
// other and holds no more than a row. Either gives a [Report] that says what
// became of every row and every column:
//
//	im := webform.NewImporter(file, &webform.Options{Source: "https://example.org/pledges"})
//	for record, err := range im.Records() {
//		...
//	}
//	im.Report().WriteText(os.Stderr)
//
// [NewTableImporter] reads a sheet of a spreadsheet that the caller has opened.
//
// Files are UTF-8, UTF-16 with a byte order mark, or in the encoding that a spreadsheet
// of Windows or Macintosh saves in; cells are separated by any separator that the
// form's exporter offers, and lines end with CR, LF or both. Rows may stand above the
// labels, and the labels may come again below. Labels and values are English, French or
// Spanish, or the keys of the form's elements and the numbers of the site's terms
// (labels.tsv, values.tsv), and columns are in any order. The values of a list may have
// a column each ("Nature of the pledge: Financial"), or stand in one between
// semicolons, bars, commas, full stops, line ends or an "and". HTML entities are text
// before anything is split. Cells that read {Empty}, in any of these languages, say
// nothing.
//
// A row becomes a pledge, or is a draft, or says the same as one above, or holds
// labels or totals, or is lost with a problem that says why. A row that has more
// or fewer cells than there are labels is lost, for its cells may stand under
// labels that aren't theirs. A value that can't be taken costs only itself. A file
// without a number, or without any of the entity, the title and the objectives, is
// no export. The pledge's own rules are not checked here.
//
// # Importing again
//
// A pledge's ID is made of [Options].Source and its Submission Number; where
// the export has none, of its UUID, or of its Submission ID. A later export
// has the same IDs and later dates, so that a [pledge.Book] keeps the latest.
//
// # Personal data
//
// Only columns that are known to belong to a pledge are read. All others,
// those of the form that say who can be reached where as well as those that
// nobody knows, are left out, and the report counts them. It shows a label only
// if it is listed, or if each of its words is one of listed labels: where a file
// is broken, people's names stand in its first row. E-mail addresses and
// telephone numbers are taken out of the names of pledgers. In titles and
// descriptions they stay, and the report says in which rows: whether they are
// somebody's, only a reader can tell. People's names in free text aren't
// found.
//
// # Whose country it is
//
// The form's country ("Country of implementation" in English, "Pays" and "País"
// elsewhere) is, as a rule, that of who pledges, and is taken for the State of
// the first pledger. Where the entity's own text names another, "City of
// Gaziantep, Turkey", that counts, and the report says so. Several countries, and
// that of an organization of States, are where the pledge is implemented.
//
// # Dates
//
// Dates have no time zone: they are read in that of the site's pages, UTC+08:00,
// unless [Options] say otherwise, and to the minute, so that an entry has one
// revision however it is exported. Whether 06/02/2022 is in June or in February
// is told by its day of the week, else by the other dates of the file, of which
// a MiB is read ahead, else by those of its row, as nothing is changed before it
// is created. If nothing tells it the month is taken to stand first, with a warning.
//
// # Exporting
//
// [Export] writes a file that a spreadsheet opens without taking any text for
// a formula, and that [Import] reads back as the same pledges.
//
// # Columns
//
// README.md beside this file has a table of the form's columns, and what becomes
// of each.
//
// [Export] adds columns for what the form's own can't say exactly: Pledge ID,
// Through (via), Country of the pledging entity, Countries of implementation, Level
// of implementation, Themes, Announced, Deadline, Status, Contributions, Links,
// Source, and Other fields (JSON).
package webform

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
// Files are UTF-8 or, with a byte order mark, UTF-16; commas, semicolons or
// tabs part the cells. Labels are English, French or Spanish (labels.tsv) and
// columns are in any order. Cells that read {Empty} say nothing.
//
// A row becomes a pledge, or is a draft, or is lost with a problem that says
// why. A row that has more or fewer cells than there are labels is lost, for
// its cells may stand under labels that aren't theirs. A value that can't be
// taken costs only itself. The pledge's own rules
// are not checked here.
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
// nobody knows, are left out, and the report names them. E-mail addresses and
// telephone numbers are taken out of the names of pledgers. In titles and
// descriptions they stay, and the report says in which rows: whether they are
// somebody's, only a reader can tell. People's names in free text aren't
// found.
//
// # Exporting
//
// [Export] writes a file that a spreadsheet opens without taking any text for
// a formula, and that [Import] reads back as the same pledges.
//
// # Columns
//
//	label of the form                          becomes
//	Submission Number, UUID, Submission ID     ref and id
//	Created, Completed, Changed                updated (the last of them); announced (Completed or Created)
//	Is draft                                   a draft is no pledge
//	Language                                   language
//	Name of entity submitting the pledge       the first pledger's name and via; links
//	Pledging entity                            its category
//	Country                                    its State
//	Is the country ... a GCM Champion country? champion
//	Name of the pledge                         title
//	Please provide a description of the pledge description
//	Type of pledge (please select)             type
//	Is this a mirror pledge (...)?             mirror
//	Participating States and Actors            the other pledgers
//	Name of the matched pledge, ID of ...      matches
//	Nature of the pledge                       natures
//	Please select the main three GCM ...       objectives
//	Please indicate which GCM Guiding ...      principles
//	Country of implementation, Other country   implementation: States, or global
//	Region of implementation, file, URI,       nothing
//	Flagged
//	Full name, Position, Email Address,        never read
//	Secondary contact person, Secondary email,
//	E-mail address of the contact person,
//	Remote IP address, Submitted by
//
// Export adds Pledge ID, Through (via), Level of implementation, Themes,
// Announced, Deadline, Status, Contributions, Links, Source, and Other fields
// (JSON): what the cells can't say exactly.
//
// Dates of the form, "Thu, 06/02/2022 - 23:57", have the month in front and no
// time zone: they are taken as UTC.
package webform

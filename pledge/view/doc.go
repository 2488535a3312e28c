// Package view is the widget without its browser: it makes a [View] of a
// snapshot of counts, writes it as HTML, and says what changes between two
// views. The same code renders pages on a server and runs in the page as
// WebAssembly, so both show the same, byte for byte.
//
//	view, err := view.Render(snapshot, view.Options{Language: gcm.French})
//	...
//	page = view.AppendHTML(page)
//
// [Element] writes the whole element for the page of a server, [AppendCard] and
// [BadgeOf] make pictures of a view for places that allow no scripts.
//
// # What a view consists of
//
// A view is a tree of a few elements and attributes and nothing else. The page
// that builds it refuses what is not in these two lines, and so does a test:
//
//	a bdi button caption details div figcaption figure input label li mark ol p polygon polyline rect span strong summary svg table tbody td text th thead time title tr tspan
//	aria-hidden aria-pressed datetime dir disabled height href id lang name open part placeholder points popover popovertarget popovertargetaction preserveAspectRatio scope tabindex type value viewBox width x y
//
// There is one id, which two buttons of a dashboard name, and there are no classes,
// styles, scripts or event handlers. Styling goes through the attribute part, whose
// words are the API of the widget's looks:
//
//	view counter objectives principles  the root: view and its kind
//	regions states map categories
//	status natures timeline money list
//	dashboard
//	inline compact hero                 the size of a counter, if it isn't standard
//	head total number label noun        the number and what it counts
//	filter member-states                what is selected; how much of it by Member States
//	illustrative missing unread         notices
//	foot summary source info            the line at the foot: where from, what is behind it
//	date as-of latest read              when: date and one of the other three
//	fresh fresh-current fresh-ageing    how old that is: fresh and one of the other three
//	fresh-stale
//	definition publisher cite           what is behind it: what the numbers mean, how to cite them
//	table caption named columns rows    a table; how much of what there could be
//	keyed lines amounts sum             rows with numbers of objectives; the table of money
//	row none zero                       a row, one for what isn't stated, one without pledges
//	key heading membership value        what it is about, and its number
//	bar fill                            the picture of the number
//	strip statuses shares share stage   the pledges by status; a stage of money
//	planned in-progress fulfilled       how far pledges have come
//	withdrawn not-stated
//	facts fact                          some more numbers beside a large one
//	titles about official               a row that unfolds: what there is to say about an objective
//	fold                                the rows without pledges, and further States
//	sort sort-by order                  in which order the rows are
//	notes note                          what isn't in a chart; why the rows don't add up
//	chips chip remove clear             what is chosen in a dashboard, to be taken back
//	tools tool download                 what can be done with it
//	board panel facets facet chosen     what can be chosen, in a column or a sheet, and how
//	choice zeros nothing done           much of it is; what shows rows without pledges
//	search query go                     where one types what to look for, and the button
//	find box-label                      the same for a row of a facet; what a box is for
//	main told beside empty              what is shown of it; what stands there for nothing
//	newest items item title by          a list of pledges: title, and by whom and when
//	pager page                          which part of all is shown, and the parts beside it
//	progress state supports of          how far each has come, with the part of its status,
//	objective                           and the numbers of its objectives
//	tilemap world tiles tile            the map: its picture, squares
//	codes code region                   codes of States, names of regions
//	readout keys shade swatch           what one square says; what the shades mean
//	s0 s1 s2 s3 s4 s5                   the shades, from none to eleven and more
//	chart plot axis                     the chart of a timeline, and the line below it
//	graph area line end most            its steps, where they end, and at which number
//	scale grid notch tick               numbers and lines of the scale, months or years
//	mark event                          lines of forums, and their names
//	first last minor                    begins, ends at the edge; goes where room is scarce
//	data                                the table to unfold, and what the marks mean
//
// # Foreign text
//
// Titles, publishers and the names of pledgers come from a feed, so from anybody.
// They become text, never markup: without control and bidirectional formatting
// characters, cut to 200 characters, and inside bdi elements, which keep their
// direction from spreading. A feed can set two attributes: the href of its
// source and of its pledges, if that is an https address, in which everything
// that isn't plain ASCII is percent-encoded; and the lang of a title, if it looks
// like the tag of a language.
//
// # Choices
//
// In a [Dashboard] each row of a facet has a button, which does nothing by
// itself. Its name and value are those of the filter that it stands for, and
// aria-pressed says whether that is chosen; a chip has the name and value of what
// it takes back, and the button with the part clear and no name takes all back. The
// buttons order and page have those of [Part], and those of tools say what to do.
// See [Options] for how a view knows of them.
//
// # HTML
//
// [View.HTML] is what outerHTML gives of the same tree in a browser. In the
// tree no text is empty and no two texts are neighbours, so that an HTML parser
// gives the same tree back and the paths of a [Change] hold for it.
//
// The package is linked into the page: it imports no fmt, reflect, time,
// encoding/json or html/template.
package view

//go:generate go run gen_tokens.go -css ../../wasm/shell/common/tokens.css

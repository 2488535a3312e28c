// Package gcmkit is the root of a module for the Global Compact for Safe,
// Orderly and Regular Migration (General Assembly resolution 73/195): its 23
// objectives, the pledges that put them into practice, counting these, and a
// widget that shows live counts on any web page. It holds no code itself.
//
// # Packages for Go programs
//
//   - objectives: the 23 objectives, with titles, paragraphs and SDG targets
//   - gcm: the Compact's shared vocabulary: guiding principles, States and
//     regions, who pledges, kinds and status of a pledge, dates, money
//   - pledge: the model of a pledge, its JSON, and a Book of latest revisions
//   - pledge/tally: counting under any filter, snapshots of counts, and
//     searching
//   - pledge/view: a snapshot of counts becomes a view, and a view becomes HTML,
//     a picture (SVG), a badge, or the changes from one view to the next
//   - pledge/view/locale: what a view says, in the six official languages of the
//     United Nations
//   - pledge/table: pledges as CSV and as a workbook
//   - pledge/page: pages of HTML about views and pledges
//   - pledge/feed: HTTP handlers that serve a Book: feed, counts, views, pictures
//     and a stream of events
//   - pledge/webform: exports of the pledging initiative's web form
//   - pledge/progress: tables of progress reports
//   - pledge/schema: the same rules as JSON Schema
//
// # The widget
//
//   - wasm/widget: the engine that runs in the page, as WebAssembly
//   - wasm/rules: the rules of a pledge in the page, for forms
//   - wasm/shell: the custom elements around them, in TypeScript
//   - wasm/build: writes the files that a web site needs
//
// The same code counts and renders on a server, in a program and in the page.
package gcmkit

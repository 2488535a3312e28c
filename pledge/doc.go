// Package pledge models the pledges that States and others make to put the
// Global Compact for Safe, Orderly and Regular Migration into practice, and
// reads, writes and keeps them.
//
// # Reading and writing
//
// A [Decoder] reads a feed from a stream: a feed object, a JSON array of
// pledges, or one pledge a line. One bad record never costs the others. An
// [Encoder] writes the same three forms.
//
// # Validating
//
// [Pledge.Validate] reports what is wrong with a pledge and what somebody
// should look at, in the six languages of the United Nations, and which of the
// initiative's criteria are visibly met. [ValidateFeed] compares the pledges of
// a feed with each other, too. [Rules] lists the rules: they are strict on a
// pledge that is being made, and don't mind what a published record leaves out.
//
// # Keeping
//
// A [Book] holds the latest revision of each pledge and counts them at any
// time. Putting revisions in and merging books is commutative, associative and
// idempotent: whoever has seen the same revisions has the same book.
//
// # Counting
//
// Package tally counts. It knows only the countable part of a pledge, which
// [Pledge.Facets] returns, so that it fits into a web page.
//
// The fields follow the web form of the pledging initiative of the United
// Nations Network on Migration.
package pledge

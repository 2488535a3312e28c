// Package tally counts pledges.
//
// [Facets] is the countable part of a pledge. An [Index] takes facets in any
// order, keeps the latest revision of each pledge, and answers a [Query] with
// [Counts] at any time. A [Snapshot] is what one shows or publishes: counts
// with the name of the feed, the as-of instant and the definition of what was
// counted. A [Reader] builds all of this from the JSON of a feed, reading only
// what is counted.
//
// # What is counted
//
// A pledge counts once in the total, and once in each of its objectives,
// principles, pledgers and so on, so a dimension doesn't add up to the total.
// A joint pledge is recorded once and counts once; every State that takes part
// is credited with it. Withdrawn pledges are left out unless asked for. What a
// pledge doesn't state is counted as not stated, never guessed. [Definition]
// says it in one paragraph that travels with every snapshot.
//
// The package is light enough for a web page: it imports no fmt, reflect, time
// or encoding/json.
package tally

// Definition is what the numbers mean.
const Definition = "Pledges recorded in the feed, each in its latest revision, without withdrawn ones. " +
	"A pledge counts once in the total and once in each of its objectives, principles, pledgers, States and regions, " +
	"so these don’t add up to the total. A joint pledge counts once, whoever takes part. " +
	"A region is that of the State in which a pledger is based. " +
	"Pledgers of one name and State are one pledger. Amounts are never converted or added across currencies."

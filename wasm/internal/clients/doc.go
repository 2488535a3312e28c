// Package clients has no code of its own: its tests use what we make with programs
// that others have written. They read a feed and its stream with curl, EventSource
// in three browsers, and the npm package eventsource, also through express with
// compression; and they make a page of the npm package with bundlers, of which
// Parcel and Next.js are tested with -slow only.
package clients

// Package clients has no code of its own: its tests read a feed and its stream
// with programs that others have written, namely curl, EventSource in three
// browsers, and the npm package eventsource, also through
// express with compression.
package clients

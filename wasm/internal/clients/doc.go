// Package clients has no code of its own: its tests use what we make with programs
// that others have written. They read a feed and its stream with curl, EventSource
// in three browsers and packages of npm, and through proxies: nginx, Caddy, Apache,
// Varnish, and express with compression. And they make a page of the npm package
// with bundlers, of which Parcel and Next.js are tested with -slow only.
package clients

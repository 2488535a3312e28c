// Package page writes pages of HTML, in the six official languages of the United
// Nations: of a view with how to cite it, of a pledge with all of its facts, and of
// the list of pledges. It also writes what leads others to the pages: oEmbed, frames
// and site maps.
//
// A server and a program that writes files make the same pages; a [Site] says where
// each of them is.
//
// Pages have no scripts. They work under [Policy]. Whatever comes from a feed is text
// in them, never markup, and a link only if it is an https address.
package page

// Package picture draws cards, which are SVG, as PNG: the pictures that social networks
// show of an address. It is a module of its own, so that nobody who serves a feed gets
// its fonts who doesn't want them.
//
//	drawer, err := picture.New()
//	...
//	pledges := feed.New(book, feed.Options{URL: "https://example.org/pledges/", Drawer: drawer})
//
// It draws what package view puts on cards and nothing else. What it doesn't know is an
// error, so that no picture lacks something that the card says.
//
// # Languages
//
// Letters are shaped by go-text/typesetting, a port of HarfBuzz, in DejaVu Sans, which
// has Latin, Greek, Cyrillic and Arabic letters: English, French, Spanish, Arabic and
// Russian. For Chinese, and for titles of feeds in other scripts, [New] takes further
// fonts, such as Noto Sans SC. A card with a letter that no font has isn't drawn.
package picture

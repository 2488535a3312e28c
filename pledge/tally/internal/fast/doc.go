// Package fast is the fast path of package tally: it reads the records that are as
// plain as nearly all are, without a token for each brace, and finds what they name.
//
// All of it could be left out. A record that isn't plain is read from its beginning by
// tally's own decoder, which takes a token after the other, says what is wrong, and is
// what a fuzz test holds the fast path against: whatever a [Scanner] reads, the decoder
// reads alike.
//
// # From bytes to bits
//
//	the bytes of a feed
//	   {"id":"0197…","title":"Legal aid","objectives":[7,23],"pledgers":[{"name":"IOM"}]}
//	     │             │                    │                       │
//	     │             │                    │                       │  hash of the bytes
//	     │             │  where it begins   │  digits               ▼  up to the brace
//	     │             │  and ends          │                 batch of 16 records:
//	     │ hexadecimal │                    │                 prefetch, then look up in
//	     │ digits      │                    │                 an intern.Texts: bytes → number
//	     ▼             ▼                    ▼                       ▼
//	   Fields{ID,    Listed{Title: …}    Objectives: 7, 23}       pledgers: [3041]
//	     │             │                    │                       │
//	─────│─────────────│────────────────────│───────────────────────│──── package tally ──
//	     │             ▼                    ▼                       ▼
//	     │      bytes of the block:  bitmaps of a block of   column of the block:
//	     │      Legal aidOpen a on…  4,096 pledges:          row    0    1    2  …
//	     │      of each row          row  0 1 2 3 4 …        number 3041 17   3041
//	     │      where its begin      objective 7  ■ □ □ ■ □         │
//	     ▼                           objective 23 ■ ■ □ □ □         ▼
//	   record of the row,                   │                dictionary: number → pledger,
//	   Bloom filters and intern.Table:      ▼                its name, how many rows use it
//	   ID → row              popcount(and of bitmaps) = a count
//
// # The parts
//
// [Scanner] reads a record in one function. It looks at eight bytes at a time as one
// number (package swar), tells the name of a field by comparing two numbers with the one
// that came next in the record before (keywords), and reads IDs, instants, codes,
// objectives and natures. Of what only lists show it notes where that stands. Everything
// else goes to a [Slow] reader.
//
// [intern.Texts] maps texts to numbers: a pledger, or a place of implementation, that is
// written in the same bytes as before isn't read again. It prefetches: finding one of
// many thousand pledgers is waiting for memory, so records wait in a batch, whose
// look-ups are begun one after the other before the first of them has been answered.
//
// [Bloom] is a Bloom filter of IDs, which says of nearly all pledges of a feed that
// they are there once, in two bytes each, and in which block one is.
//
// # Three ways to number texts
//
// keywords are a few names that are known beforehand; an [intern.Texts] is a cache of one
// reader, by bytes as they are written; a dictionary of package tally is what an index
// counts with, by value, and knows which numbers are in use.
package fast

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
//	   {"id":"0197…","type":"individual","objectives":[7,23],"pledgers":[{"name":"IOM"}]}
//	     │              │                    │                       │
//	     │              │                    │                       │  hash of the bytes
//	     │              │  keywords: which   │  digits               ▼  up to the brace
//	     │              │  name or code,     │                 batch of 16 records:
//	     │  hexadecimal │  two numbers are   │                 prefetch, then look up in
//	     │  digits      │  compared          │                 an Interner: bytes → number
//	     ▼              ▼                    ▼                       ▼
//	   Fields{ID,     Type: 1,        Objectives: 7, 23}       pledgers: [3041]
//	     │              │                    │                       │
//	─────│──────────────│────────────────────│───────────────────────│──── package tally ──
//	     │              ▼                    ▼                       ▼
//	     │      bitmaps of a block of 4,096 pledges:         column of the block:
//	     │      row  0 1 2 3 4 …                             row  0    1    2  …
//	     │      type 1    ■ □ ■ ■ □                          number 3041 17   3041
//	     │      objective 7  ■ □ □ ■ □                               │
//	     ▼      objective 23 ■ ■ □ □ □                               ▼
//	   record of the row,       │                            dictionary: number → pledger,
//	   Bloom filter and Table:  ▼                            how many rows use it
//	   ID → row           popcount(and of bitmaps) = a count
//
// # The parts
//
// [Scanner] reads a record in one function. It looks at eight bytes at a time as one
// number (swar.go), tells the name of a field by comparing two numbers with the one
// that came next in the record before (keywords), and reads IDs, instants, codes,
// objectives and natures. Everything else goes to a [Slow] reader.
//
// [Interner] maps texts to numbers: a pledger, or a place of implementation, that is
// written in the same bytes as before isn't read again. It is a hash table without
// pointers to texts, and prefetches: finding one of many thousand pledgers is waiting
// for memory, so records wait in a batch, whose look-ups are begun one after the other
// before the first of them has been answered.
//
// [Table] is the hash table below it, which also finds the row of an ID. It grows page
// by page (extendible hashing).
//
// [Bloom] is a Bloom filter of IDs, which says of nearly all pledges of a feed that
// they are there once, in two bytes each.
//
// # Three ways to number texts
//
// keywords are a few names that are known beforehand; an [Interner] is a cache of one
// reader, by bytes as they are written; a dictionary of package tally is what an index
// counts with, by value, and knows which numbers are in use.
package fast

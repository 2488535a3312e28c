// Package intern numbers what is met again and again: texts of JSON and IDs.
//
// It does what Go maps do. But most of the time of those goes into waiting for memory,
// and they look in more places: here a text stands behind its number and its size, in
// pages that only grow, and what several look-ups need is brought at once.
//
//	Table   | hash, address |  in pages that divide where they are full; a part of the
//	               v           hash tells which, another one where to begin
//	Texts   | number, size, text | number, size, text | ...
//	             v
//	Values  | value |
package intern

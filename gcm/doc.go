// Package gcm is the shared vocabulary of the Global Compact for Safe, Orderly
// and Regular Migration: what a pledge, a count or a page about the Compact is
// written in. The 23 objectives have a package of their own, objectives.
//
// # Reading what people wrote
//
// Every ParseX function reads what a form, an export or a person may have
// written: a code, a name in one of the six official languages of the United
// Nations, or a spelling listed in the TSV files beside the source.
//
//	s, err := gcm.ParseState("Congo, Dem. Rep. (62)") // COD
//	c, err := gcm.ParseCategory("Migrant Organisations")
//	p, err := gcm.ParsePrinciple("Derechos humanos")
//
// An error is a [*ParseError]. It unwraps to [ErrSyntax] if the text is not well
// formed, and to [ErrUnknown] if it is well formed but names nothing. So a program
// can tell a broken file from a file with a code that it doesn't know yet.
//
// # Storing and sending
//
// The text form of a value is its code: "migrant-diaspora", "COD", "2026-05",
// "EUR". JSON and HTML attributes hold the same code. An [Answer], however, is
// true or false in JSON, and the sets [PrincipleSet] and [NatureSet] are arrays.
//
// UnmarshalText and the XFromCode functions accept codes only. For UnmarshalText
// an empty text is the zero value, which everywhere means that nothing is stated.
//
// # Showing
//
// Label, Name and Title return a text to show in a [Language]. Title also returns
// the language that the text is in: it is English where there is no verified title
// in the language asked for.
//
// # Dates, instants and money
//
// A [Date] may be a year or a month only. An [Instant] is a point in time, without
// package time. [Money] is exact, and a [Sum] adds up any amount of it in one
// currency; currencies are never converted.
//
// # Pages
//
// The package is linked into WebAssembly pages: it imports neither fmt, reflect
// nor time, has no variable that is set when a program starts, and keeps codes
// apart from names. A program that uses only codes does not contain the names.
//
// All types are small values. They can be copied, compared with == and used by
// several goroutines at once.
package gcm

//go:generate go run gen.go gen_read.go

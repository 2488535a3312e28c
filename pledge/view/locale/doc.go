// Package locale is what the widget says, and how it writes numbers and dates,
// in the six official languages of the United Nations.
//
// A [Message] is a sentence or a few words. [Message.In] and [Message.Counted]
// give its [Template] in a language, in the plural form that a number asks for,
// and [Template.Fill] or [Template.Pieces] put values into it:
//
//	locale.Pledges.Counted(gcm.French, 158).Fill(
//		locale.Value{Name: "n", Text: locale.Number(gcm.French, 158)}) // 158 engagements
//
// The texts are in messages_en.tsv and its five translations, for translators
// to edit; go generate checks them and makes the tables.
//
// Numbers, amounts of money, plural forms, dates and the order of names are
// those of Unicode CLDR 48. They are small enough to be written out here, which
// spares a page the 69 KB of golang.org/x/text/language; tests compare them
// with that module and with what the ECMAScript Intl of a browser says.
//
// Wherever a language is asked for, the zero [gcm.Language] and every other
// that isn't valid mean English. Nothing in this package changes, and all of it
// may be used from many goroutines at once.
package locale

import "github.com/gcmkit/gcmkit/gcm"

//go:generate go run gen.go
//go:generate go run gen_order.go

// count is the number of languages.
const count = 6

// index is the place of a language in a table; English if there is none.
func index(lang gcm.Language) int {
	if !lang.IsValid() {
		return 0
	}
	return int(lang - gcm.English)
}

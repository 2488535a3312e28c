package locale

import (
	"strconv"

	"github.com/gcmkit/gcmkit/gcm"
)

// A Message is one thing that the widget says. The constants say what each is
// for, and their texts in messages_en.tsv what there are places for. The zero
// Message is one like the others, [AsOf].
//
// Messages without plural forms come first: they have one text in a language,
// the others as many as the language has forms.
type Message uint8

// In returns the message's text in a language. Of a message that has plural
// forms it returns the one for 0; that is what [Message.Counted] is for.
func (m Message) In(lang gcm.Language) Template { return m.Counted(lang, 0) }

// Counted returns the message's text in a language, in the plural form that
// the number n asks for. It doesn't fill in the number.
func (m Message) Counted(lang gcm.Language, n int) Template {
	if m >= messageCount {
		return ""
	}
	l := index(lang)
	if !Has(lang) {
		l, lang = 0, gcm.English
	}
	if m < firstPlural {
		return Template(texts[l][m])
	}
	wanted := Plural(lang, n)
	for i, f := range forms[l] {
		if f == wanted {
			return Template(texts[l][int(firstPlural)+int(m-firstPlural)*len(forms[l])+i])
		}
	}
	return ""
}

// String returns the message's name in the files of texts, "as_of";
// "Message(77)" for what is none.
func (m Message) String() string {
	if m >= messageCount {
		return "Message(" + strconv.Itoa(int(m)) + ")"
	}
	return messageNames[m]
}

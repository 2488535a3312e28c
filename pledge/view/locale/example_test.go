package locale_test

import (
	"fmt"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

func ExampleMessage_Counted() {
	for lang := range gcm.Languages() {
		n := locale.Value{Name: "n", Text: locale.Number(lang, 1158)}
		fmt.Println(lang, locale.Pledges.Counted(lang, 1158).Fill(n))
	}
	// Output:
	// en 1,158 pledges
	// fr 1 158 engagements
	// es 1158 compromisos
	// ar 1,158 تعهّداً
	// ru 1 158 обязательств
	// zh 1,158项承诺
}

func ExampleDate() {
	for _, date := range []gcm.Date{gcm.DateOf(2022, 5, 20), gcm.DateOf(2022, 5, 0), gcm.DateOf(2022, 0, 0)} {
		fmt.Println(locale.Date(gcm.Spanish, date))
	}
	// Output:
	// 20 de mayo de 2022
	// mayo de 2022
	// 2022
}

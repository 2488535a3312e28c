// Codes uses everything of package gcm that needs no names. A test builds it as
// js/wasm and looks for names in what comes out.
package main

import (
	"os"

	"github.com/gcmkit/gcmkit/gcm"
)

func main() {
	s := os.Args[1]
	for _, f := range []func(string){
		codes(gcm.AnswerFromCode), codes(gcm.CategoryFromCode), codes(gcm.LevelFromCode),
		codes(gcm.MembershipFromCode), codes(gcm.NatureFromCode), codes(gcm.PrincipleFromCode),
		codes(gcm.RegionFromCode), codes(gcm.EvidenceFromCode), codes(gcm.StageFromCode), codes(gcm.StatusFromCode),
		codes(gcm.TypeFromCode), codes(gcm.CurrencyFromCode), codes(gcm.StateFromAlpha3),
	} {
		f(s)
	}

	var state gcm.State
	var set gcm.PrincipleSet
	println(state.UnmarshalText([]byte(s)), set.UnmarshalJSON([]byte(s)))
	println(state.Alpha2(), state.M49(), state.Region().M49(), state.IsMember(), state.Subregion(), set.String())

	language, _ := gcm.ParseLanguage(s)
	date, _ := gcm.ParseDate(s)
	instant, _ := gcm.ParseInstant(s)
	money, err := gcm.ParseMoney(s, 1)
	println(language, gcm.NextForum(date).Declaration, instant.String(), money.String(), err)
}

type code interface {
	String() string
	MarshalText() ([]byte, error)
}

func codes[E code](fromCode func(string) (E, bool)) func(string) {
	return func(s string) {
		e, ok := fromCode(s)
		text, err := e.MarshalText()
		println(e.String(), string(text), ok, err)
	}
}

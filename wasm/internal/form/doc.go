// Package form is the pledge form without its browser: which fields it has, in
// six languages, and what is wrong with what was entered. It runs, and is
// tested, on any platform; wasm/rules binds it to JavaScript.
//
// The rules are those of package pledge and of nobody else. What this package
// adds are the words of the form, and messages for values that can't be read,
// which the rules therefore never see.
//
// The words are in messages_en.tsv and its five translations, for translators
// to edit; go generate checks them and makes the tables. Wherever a language is
// asked for, one that isn't valid means English.
package form

//go:generate go run gen.go

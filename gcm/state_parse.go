package gcm

import (
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/gcmkit/gcmkit/gcm/internal/fold"
)

// ParseState reads any code or name of a State: ISO 3166-1 alpha-2 or alpha-3
// in any case, an M49 number of three digits, the name in one of the six
// languages, or a spelling listed in state_aliases.tsv, such as those of the
// pledging web site ("Gambia, The"; "Congo, Dem. Rep.") and common short forms
// ("Bolivia", "Russie", "Corea del Sur").
//
// Case, Latin accents, punctuation, spaces and the English article don't
// matter. Behind a name there may be another name or code of the same State in
// brackets, and a taxonomy term id: "United States of America (USA) (248)".
//
// The error is [ErrSyntax] if s is empty or not UTF-8, and [ErrUnknown] if it
// names no State. "Global" names none: it is a scope.
func ParseState(s string) (State, error) {
	if !utf8.ValidString(s) {
		return 0, stateError(s, ErrSyntax)
	}
	text := cutTermID(s)
	if fold.Key(text) == "" {
		return 0, stateError(s, ErrSyntax)
	}
	if v, ok := findState(text); ok {
		return v, nil
	}
	if name, inner, ok := cutBrackets(text); ok {
		v, ok := findState(name)
		w, also := findState(inner)
		if ok && also && v == w {
			return v, nil
		}
	}
	return 0, stateError(s, ErrUnknown)
}

// findState finds a State by one code or one name.
func findState(s string) (State, bool) {
	code := strings.ToUpper(strings.TrimSpace(s))
	for _, column := range [...]struct {
		table string
		width int
	}{{stateAlpha3, 3}, {stateAlpha2, 2}, {stateM49, 3}} {
		if len(code) != column.width {
			continue
		}
		for v := range States() {
			if v.column(column.table, column.width) == code {
				return v, true
			}
		}
	}
	v, ok := lookup(stateKeys[:], fold.Key(s))
	return State(v), ok
}

// StateSpellings yields the names that [ParseState] reads, in all languages, with their
// States, and other spellings of them. Each is in small letters, without accents,
// punctuation and the English article.
func StateSpellings() iter.Seq2[State, string] {
	return func(yield func(State, string) bool) {
		for _, k := range stateKeys {
			if !yield(State(k.value), k.text) {
				return
			}
		}
	}
}

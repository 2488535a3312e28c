package tally

import (
	"errors"

	"github.com/gcmkit/gcmkit/pledge/internal/lex"
)

// AppendText appends s as a JSON string. What isn't UTF-8 becomes U+FFFD.
func AppendText(b []byte, s string) []byte { return lex.Append(b, s) }

// ErrTexts is returned by [ParseTexts].
var ErrTexts = errors.New("tally: not a JSON object of strings")

// ParseTexts reads a JSON object of strings, such as what a page wants to see;
// see [ParseQuery]. The error is [ErrTexts].
func ParseTexts(object string) (map[string]string, error) {
	texts, only := make(map[string]string), true
	var l lex.Lexer
	l.Reset(object)
	l.Object(func(name string) {
		value, ok := l.Text()
		if !ok {
			only = false
			l.Skip()
		}
		texts[name] = value
	})
	if l.End(); l.Err() != nil || !only {
		return nil, ErrTexts
	}
	return texts, nil
}

package lex

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
)

// tokens reads a text by a Lexer and writes down what it finds.
func tokens(text string) (string, *Error) {
	var b strings.Builder
	var l Lexer
	l.Reset(text)
	read(&l, &b)
	l.End()
	return b.String(), l.Err()
}

func read(l *Lexer, b *strings.Builder) {
	switch k := l.Kind(); k {
	case '"':
		s, _ := l.Text()
		b.WriteString(strconv.Quote(s) + " ")
	case '0':
		s, _ := l.Number()
		b.WriteString(s + " ")
	case 't', 'f', 'n':
		l.Literal(k)
		b.WriteString(string(k) + " ")
	case '{':
		b.WriteString("{ ")
		l.Object(func(name string) {
			b.WriteString(strconv.Quote(name) + " ")
			read(l, b)
		})
		b.WriteString("} ")
	case '[':
		b.WriteString("[ ")
		l.Array(func() { read(l, b) })
		b.WriteString("] ")
	default:
		l.Skip()
	}
}

// slowTokens does the same by jsontext.
func slowTokens(text string) (string, error) {
	var b strings.Builder
	d := jsontext.NewDecoder(strings.NewReader(text))
	if d.PeekKind() == 0 { // the empty text, too, is none
		if _, err := d.ReadToken(); err != nil {
			return "", err
		}
	}
	for {
		k := d.PeekKind()
		var s string
		if k == '0' {
			v, err := d.ReadValue()
			if err != nil {
				return "", err
			}
			s = string(v)
		} else {
			t, err := d.ReadToken()
			if err != nil {
				return "", err
			}
			switch s = string(k); k {
			case '"':
				s = strconv.Quote(t.String())
			}
		}
		b.WriteString(s + " ")
		if d.StackDepth() == 0 {
			if _, err := d.ReadToken(); err == nil {
				return "", errors.New("more")
			} else if err != io.EOF {
				return "", err
			}
			return b.String(), nil
		}
	}
}

// seeds are texts and not quite texts.
var seeds = []string{
	``, ` `, `{}`, `[]`, ` [ ] `, `null`, `true`, `false`, `nul`, `truee`, `0`, `-0`, `01`, `-`, `1.`, `.5`, `1.5e+10`, `1e`, `1E-2`, `+1`,
	`""`, `"a`, `"\""`, `"\\"`, `"\x"`, `"\u0041"`, `"\u00"`, `"\u"`, `"\ud83d\ude00"`, `"\ud83d"`, `"\ude00"`, `"\ud83d\u0041"`, `"\ud83d\`, `"\ud83d\u`, `"\ud83dx"`,
	`"é"`, "\"\xff\"", "\"\xed\xa0\x80\"", "\"\x01\"", "\"\x7f\"", "\"\u2028\"", "\ufeff{}", "\xff",
	`{"a":1,"a":2}`, `{"a":1,"\u0061":2}`, `{"a":{"a":1},"b":[{"a":1},{"a":2}]}`, `{"a":{"b":1,"b":2}}`,
	`{"":0"a":`, `{"a":1"b":2}`, `{"b":0 "c":0}`, `{,"a":1}`, `{"a":1,,"b":2}`, `{"a":1,}`, `[1,]`, `{"a":1,`, `{"a":1, `, `[1,`, `{"a":1`, `[1`, `{`, `[`, `{"a"`, `{"a":`, `[,1]`, `{,}`, `[1 2]`, `{"a" 1}`, `{"a":}`, `{a:1}`, `{"a":1 "b":2}`, `{1:2}`, `[1}`, `{"a":1]`, `[[[]]`, `[]]`, `{} {}`, "1\n", "\t1\r",
	`{"":0,"a":1,"ab":2,"ba":3}`, `{"~/":[{"":"\u0000"}]}`, `{"pledgers":[{"name":"A"},{"name":"B","state":"DEU"}]}`,
}

func FuzzLexerReadsWhatJSONTextReads(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := tokens(text)
		want, slowErr := slowTokens(text)
		if (err == nil) != (slowErr == nil) {
			t.Fatalf("%q: we say %v, jsontext says %v", text, err, slowErr)
		}
		if err == nil && got != want {
			t.Fatalf("%q:\ngot  %s\nwant %s", text, got, want)
		}
		var skip Lexer
		skip.Reset(text)
		skip.Skip()
		behind := skip.Err() == nil
		skip.End()
		if (skip.Err() == nil) != (err == nil) || err != nil && *skip.Err() != *err {
			t.Fatalf("%q: reading says %v, skipping says %v", text, err, skip.Err())
		}
		if err == nil {
			return
		}
		// jsontext looks at what is wrong with data behind the value.
		if fault := faultOf(slowErr); fault != err.Fault && !behind {
			t.Fatalf("%q: fault %d, jsontext says %v", text, err.Fault, slowErr)
		}
		if err.Offset < 0 || err.Offset > len(text) {
			t.Fatalf("%q: %v", text, err)
		}
		Pointer(text, err.Offset)
	})
}

func faultOf(err error) Fault {
	switch {
	case errors.Is(err, jsontext.ErrDuplicateName):
		return Duplicate
	case strings.Contains(err.Error(), "invalid UTF-8"):
		return Encoding
	}
	return Syntax
}

// FuzzPointerIsThatOfJSONText compares the pointers behind every token.
func FuzzPointerIsThatOfJSONText(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := tokens(text); err != nil {
			return
		}
		d := jsontext.NewDecoder(strings.NewReader(text))
		for {
			token, err := d.ReadToken()
			if err != nil {
				return
			}
			if k := token.Kind(); k == '{' || k == '[' {
				continue // we stand in front of what is in it, jsontext on the bracket
			}
			if got, want := Pointer(text, int(d.InputOffset())), string(d.StackPointer()); got != want {
				t.Fatalf("%q at %d: got %q, want %q", text, d.InputOffset(), got, want)
			}
		}
	})
}

func FuzzAppendQuotesLikeJSONText(f *testing.F) {
	for _, s := range append(seeds, "\x00\x1f\b\f\n\r\t/<>&", "a\xffb", "\u2028\U0001f600") {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want, _ := jsontext.AppendQuote(nil, s)
		if got := Append(nil, s); !bytes.Equal(got, want) {
			t.Fatalf("%q: got %s, want %s", s, got, want)
		}
	})
}

func TestManyNamesAreComparedAsFewAre(t *testing.T) {
	for _, n := range []int{1, 2, few - 1, few, few + 1, 3 * few} {
		var b strings.Builder
		for i := range n {
			b.WriteString(`"` + strconv.Itoa(i) + `":0,`)
		}
		if _, err := tokens("{" + b.String() + `"x":0}`); err != nil {
			t.Errorf("%d names: %v", n, err)
		}
		for _, twice := range []int{0, n / 2, n - 1} {
			if _, err := tokens("{" + b.String() + `"` + strconv.Itoa(twice) + `":0}`); err == nil || err.Fault != Duplicate {
				t.Errorf("%d names and then %d for the second time: %v", n, twice, err)
			}
		}
	}
}

func TestDepthIsBounded(t *testing.T) {
	for _, bracket := range []string{"[]", "{}"} {
		deep := func(n int) string {
			if bracket == "[]" {
				return strings.Repeat("[", n) + strings.Repeat("]", n)
			}
			return strings.Repeat(`{"a":`, n) + "0" + strings.Repeat("}", n)
		}
		if _, err := tokens(deep(maxDepth)); err != nil {
			t.Errorf("%s: %v", bracket, err)
		}
		if _, err := tokens(deep(maxDepth + 1)); err == nil {
			t.Errorf("%s: one deeper is read", bracket)
		}
	}
}

func TestErrorNamesThePlace(t *testing.T) {
	for _, c := range []struct {
		text    string
		want    string
		pointer string
	}{
		{`{"a":1,"b":[1,x]}`, "unexpected \"x\" at byte 14", "/b/1"},
		{`{"a":{"b`, "unexpected end at byte 8", "/a"}, // half a name is none
		{`{"a":{"b":1,"b":2}}`, "a name for the second time at byte 15", "/a/b"},
		{`{"title":"a` + "\xff" + `"}`, "invalid UTF-8 at byte 11", "/title"},
		{`{"title":"\q"}`, "an escape that doesn't exist at byte 10", "/title"},
		{`{"a":tru}`, "unexpected \"}\" at byte 8", "/a"},
		{`{"a":[1`, "unexpected end at byte 7", "/a/0"},
		{`[1] 2`, "unexpected \"2\" at byte 4", ""},
	} {
		_, err := tokens(c.text)
		if err == nil || err.Error() != c.want {
			t.Errorf("%q: %v, want %s", c.text, err, c.want)
		} else if got := Pointer(c.text, err.Offset); got != c.pointer {
			t.Errorf("%q: pointer %q, want %q", c.text, got, c.pointer)
		}
	}
}

func TestNothingIsReadAfterAnError(t *testing.T) {
	var l Lexer
	l.Reset(`[x, "a", 1, {}, true]`)
	calls := 0
	l.Array(func() { calls++; l.Skip() })
	text, isText := l.Text()
	number, isNumber := l.Number()
	if calls != 1 || text != "" || number != "" || isText || isNumber || l.Kind() != 0 || l.Literal('t') ||
		l.Object(func(string) { t.Error("a member") }) || l.Array(func() { t.Error("an element") }) {
		t.Error("something was read behind an error")
	}
	if l.End(); l.Err().Offset != 1 {
		t.Error(l.Err())
	}
}

package engine

import (
	"bytes"
	"errors"
	"io"
	"strconv"

	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/wasm"
	"github.com/go-json-experiment/json/jsontext"
)

// shownProblems is how many problems of a feed are passed on to the page.
const shownProblems = 10

func empty() []byte { return []byte("{}") }

func failure(code, message string) []byte {
	b := appendText([]byte(`{"error":{"code":`), code)
	b = appendText(append(b, `,"message":`...), message)
	return append(b, "}}"...)
}

// Panicked is the answer to a call that panicked. The engine can't be trusted
// after that; the shell throws it away.
func Panicked(broken any) []byte {
	message := "panic"
	switch v := broken.(type) {
	case error:
		message = v.Error()
	case string:
		message = v
	}
	return failure(CodePanic, message)
}

// report says what was read of a source.
func report(f *tally.Feed) []byte {
	kind := "feed"
	if f.IsSnapshot() {
		kind = "snapshot"
	}
	b := appendText([]byte(`{"kind":`), kind)
	b = strconv.AppendInt(append(b, `,"records":`...), int64(f.Records), 10)
	b = strconv.AppendInt(append(b, `,"unread":`...), int64(f.Unread), 10)
	b = append(b, `,"problems":[`...)
	for i := range f.Problems[:min(len(f.Problems), shownProblems)] {
		if i > 0 {
			b = append(b, ',')
		}
		b = f.Problems[i].AppendJSON(b)
	}
	b = strconv.AppendInt(append(b, `],"problem_count":`...), int64(f.ProblemCount), 10)
	return append(b, '}')
}

// answerView says what to change in a widget that shows old, if anything.
func answerView(old, next *wasm.View, s *tally.Snapshot) []byte {
	b := wasm.AppendChanges([]byte(`{"changes":`), wasm.Changes(old, next))
	b = appendText(append(b, `,"text":`...), next.Text())
	b = appendText(append(b, `,"stale":`...), next.Stale())
	b = appendText(append(b, `,"lang":`...), next.Language().String())
	dir := "ltr"
	if next.Language().RightToLeft() {
		dir = "rtl"
	}
	b = appendText(append(b, `,"dir":`...), dir)
	b = s.AppendJSON(append(b, `,"summary":`...))
	return append(b, '}')
}

var errOptions = errors.New("options are not an object of strings")

// parseOptions reads a JSON object of strings.
func parseOptions(arg string) (map[string]string, error) {
	values := make(map[string]string)
	d := jsontext.NewDecoder(bytes.NewReader([]byte(arg)))
	if t, err := d.ReadToken(); err != nil || t.Kind() != '{' {
		return nil, errOptions
	}
	for d.PeekKind() == '"' {
		name, err := d.ReadToken()
		if err != nil {
			return nil, err
		}
		key := name.String()
		value, err := d.ReadToken()
		if err != nil || value.Kind() != '"' {
			return nil, errOptions
		}
		values[key] = value.String()
	}
	if _, err := d.ReadToken(); err != nil {
		return nil, errOptions
	}
	if _, err := d.ReadToken(); err != io.EOF {
		return nil, errOptions
	}
	return values, nil
}

func appendText(b []byte, s string) []byte {
	b, _ = jsontext.AppendQuote(b, s)
	return b
}

package engine

import (
	"strconv"

	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

// shownProblems is how many problems of a feed are passed on to the page.
const shownProblems = 10

func empty() []byte { return []byte("{}") }

func failure(code, message string) []byte {
	b := tally.AppendText([]byte(`{"error":{"code":`), code)
	b = tally.AppendText(append(b, `,"message":`...), message)
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
	b := tally.AppendText([]byte(`{"kind":`), kind)
	b = strconv.AppendInt(append(b, `,"records":`...), int64(f.Records), 10)
	b = strconv.AppendInt(append(b, `,"unread":`...), int64(f.Unread), 10)
	if f.Sequence != 0 {
		b = strconv.AppendUint(append(b, `,"sequence":`...), f.Sequence, 10)
	}
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
func answerView(old, next *view.View, s *tally.Snapshot) []byte {
	b := view.AppendChanges([]byte(`{"changes":`), view.Changes(old, next))
	b = tally.AppendText(append(b, `,"text":`...), next.Text())
	b = tally.AppendText(append(b, `,"said":`...), next.Said(old))
	b = tally.AppendText(append(b, `,"stale":`...), next.Stale())
	b = tally.AppendText(append(b, `,"retry":`...), next.TryAgain())
	b = s.AppendJSON(append(b, `,"summary":`...))
	return append(b, '}')
}

package feed

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

// What a page gets is what package view writes of the same counts, under the tag
// of the record.
func TestViewDocumentIsThatOfTheCounts(t *testing.T) {
	s := newServer(t, 30, Options{Spread: 1500 * time.Millisecond})
	answer, got := ask(t, s, "GET", "/view.json?view=objectives&lang=fr&objective=3&sort=most&utm_source=x")
	q := tally.Query{Objective: tally.AnyOf(objectives.Objective(3))}
	_, snapshot := s.look(q)
	want, err := view.Document{View: view.Objectives, Language: gcm.French, Sort: view.Most, Feed: "countable.json", Spread: 2}.AppendJSON(nil, snapshot)
	if err != nil || got != string(want) {
		t.Errorf("%v, got\n%s\nwant\n%s", err, got, want)
	}
	if tag := answer.Header.Get("ETag"); !strings.HasPrefix(tag, `"30-`) {
		t.Errorf("its tag is %s", tag)
	}
	if c := answer.Header.Get("Cache-Control"); !strings.HasPrefix(c, "public, max-age=") {
		t.Errorf("caches may keep it %s", c)
	}
	var document struct {
		Summary struct{ Sequence uint64 }
	}
	if err := json.Unmarshal([]byte(got), &document); err != nil || document.Summary.Sequence != 30 {
		t.Errorf("it is of %d, %v", document.Summary.Sequence, err)
	}
}

func TestViewDocumentIsRenderedOnceForAll(t *testing.T) {
	s := newServer(t, 30, Options{})
	for range 10 {
		ask(t, s, "GET", "/view.json?lang=fr", "Accept-Encoding", "br")
		ask(t, s, "GET", "/view.json?lang=fr")
	}
	if n := s.Stats().Rendered; n != 1 {
		t.Errorf("rendered %d times", n)
	}
}

// A number without a date isn't shown; with the first revision it has one.
func TestThereIsNoViewDocumentWithoutADate(t *testing.T) {
	s := New(new(pledge.Book), Options{Rebuild: -1, Spread: -1})
	if answer, body := ask(t, s, "GET", "/view.json"); answer.StatusCode != 404 || !isProblem(t, answer, body) {
		t.Errorf("%s %s", answer.Status, body)
	}
	if _, _, err := s.Put(numbered(0, 0)); err != nil {
		t.Fatal(err)
	}
	if answer, body := ask(t, s, "GET", "/view.json"); answer.StatusCode != 200 || strings.Contains(body, `"spread"`) {
		t.Errorf("%s %s", answer.Status, body)
	}
}

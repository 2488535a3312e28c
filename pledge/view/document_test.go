package view_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

// document is what a page knows of a document.
type document struct {
	View    string            `json:"gcm_view"`
	Lang    string            `json:"lang"`
	Query   map[string]string `json:"query"`
	Tree    json.RawMessage   `json:"tree"`
	Text    string            `json:"text"`
	Stale   string            `json:"stale"`
	Retry   string            `json:"retry"`
	Size    string            `json:"size"`
	Sort    string            `json:"sort"`
	Order   string            `json:"order"`
	Live    []json.RawMessage `json:"live"`
	Ages    [][]json.RawMessage
	Feed    string
	Spread  int
	Summary json.RawMessage
}

func documentOf(t *testing.T, d view.Document, s *tally.Snapshot) (doc document) {
	t.Helper()
	text, err := d.AppendJSON(nil, s)
	if err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&doc); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return doc
}

// on is what a page shows of the document on a day since 1970, and says of it.
func (doc *document) on(t *testing.T, today int64, live bool) (html, text string) {
	t.Helper()
	root, err := buildDOM(doc.Tree)
	text = doc.Text
	step := func(changes json.RawMessage, said []json.RawMessage) {
		var list [][]any
		err = errors.Join(err, json.Unmarshal(changes, &list))
		for _, change := range list {
			if path, _ := change[1].([]any); len(path) == 0 {
				t.Errorf("%v changes the root", change)
			}
			if change[0] == "text" {
				n := root
				for _, step := range change[1].([]any) {
					n = n.children[int(step.(float64))]
				}
				text = strings.Replace(text, n.text, change[2].(string), 1)
			}
		}
		if err == nil {
			root, err = applyDOM(root, changes)
		}
		if len(said) > 0 {
			err = errors.Join(err, json.Unmarshal(said[0], &text))
		}
	}
	last := int64(0)
	for i, age := range doc.Ages {
		var days int64
		err = errors.Join(err, json.Unmarshal(age[0], &days))
		if days <= 0 {
			t.Errorf("an age begins %d days after the one before it", days)
		}
		if last += days; last > today {
			break
		}
		if live {
			if i == 0 {
				step(doc.Live[0], doc.Live[1:])
			}
			continue
		}
		step(age[1], age[2:])
	}
	if err != nil {
		t.Fatal(err)
	}
	return root.outerHTML(), text
}

// Whenever a page looks at a document, it is the view of that day, byte for byte.
func TestDocumentIsTheViewOfEachDay(t *testing.T) {
	s := headline()
	sec, _ := s.AsOf.Unix()
	for kind := range view.Kinds() {
		for lang := range gcm.Languages() {
			doc := documentOf(t, view.Document{View: kind, Language: lang}, s)
			for _, days := range []int64{-400, -2, -1, 0, 1, 7, 8, 31, 32, 59, 60, 61, 99, 500, 2000} {
				for _, live := range []bool{false, true} {
					now := gcm.InstantOfUnix(sec+days*24*60*60, 0)
					want := render(t, s, view.Options{View: kind, Language: lang, Now: now, Live: live})
					if html, text := doc.on(t, sec/(24*60*60)+days, live); html != want.HTML() || text != want.Text() {
						t.Fatalf("%v, %v, %d days, live %v:\n%s\n%s\nwant\n%s\n%s", kind, lang, days, live, html, text, want.HTML(), want.Text())
					}
				}
			}
		}
	}
}

// After the last age a view says of when it is, and not how old that is.
func TestDocumentEndsWithTheDateAlone(t *testing.T) {
	s := headline()
	doc := documentOf(t, view.Document{Current: 3, Ageing: 40_000}, s)
	html, text := doc.on(t, 1<<40, false)
	if want := render(t, s, view.Options{}); html != want.HTML() || text != want.Text() {
		t.Errorf("%s\n%s", html, text)
	}
	if n := len(doc.Ages); n != 57 {
		t.Errorf("%d ages", n)
	}
}

func TestDocumentSaysWhatItIs(t *testing.T) {
	s := headline()
	s.Sequence = 43
	s.Query = tally.Query{Objective: tally.AnyOf(objectives.Objective(7)), Region: tally.AnyOf(gcm.Africa)}
	doc := documentOf(t, view.Document{View: view.Objectives, Language: gcm.French, Sort: view.Most, Feed: "countable.json", Spread: 5}, s)
	v := render(t, s, view.Options{View: view.Objectives, Language: gcm.French, Sort: view.Most})
	if doc.View != "objectives" || doc.Lang != "fr" || doc.Feed != "countable.json" || doc.Spread != 5 || doc.Stale != v.Stale() || doc.Text != v.Text() ||
		doc.Retry != v.TryAgain() || doc.Size != "standard" || doc.Sort != "most" || doc.Order == "" {
		t.Errorf("%+v", doc)
	}
	if root, err := buildDOM(doc.Tree); err != nil || root.outerHTML() != v.HTML() {
		t.Errorf("its tree is %s, %v", doc.Tree, err)
	}
	if len(doc.Query) != 2 || doc.Query["objective"] != "7" || doc.Query["region"] != "africa" {
		t.Errorf("it is of %v", doc.Query)
	}
	if !bytes.Equal(doc.Summary, s.AppendJSON(nil)) {
		t.Errorf("its summary is %s", doc.Summary)
	}
}

// Most of a snapshot is of no use to a counter.
func TestDocumentOfACounterHasTheTotalOnly(t *testing.T) {
	s := headline()
	s.Definition = tally.Definition + " Ours."
	doc := documentOf(t, view.Document{}, s)
	var summary struct {
		Definition string
		Title      string
		AsOf       string `json:"as_of"`
		TotalOnly  bool   `json:"total_only"`
		Counts     map[string]int
		Items      []any
	}
	if err := json.Unmarshal(doc.Summary, &summary); err != nil {
		t.Fatal(err)
	}
	if !summary.TotalOnly || len(summary.Counts) != 1 || summary.Counts["total"] != 158 || summary.Items != nil || summary.Definition != "Ours." || summary.Title == "" || summary.AsOf != "2022-05-20T16:00:00Z" {
		t.Errorf("%s", doc.Summary)
	}
	if root, err := buildDOM(doc.Tree); err != nil || root.outerHTML() != render(t, s, view.Options{}).HTML() {
		t.Errorf("its view isn't that of the snapshot: %s, %v", doc.Tree, err)
	}
}

func TestDocumentNeedsADate(t *testing.T) {
	s := headline()
	s.AsOf = gcm.Instant{}
	if b, err := (view.Document{}).AppendJSON([]byte("x"), s); !errors.Is(err, view.ErrUndated) || string(b) != "x" {
		t.Errorf("%s, %v", b, err)
	}
	s.Latest = instant("2021-12-31T00:00:00Z")
	if doc := documentOf(t, view.Document{}, s); !strings.Contains(string(doc.Tree), "latest") {
		t.Errorf("%s", doc.Tree)
	}
}

func TestDocumentRefusesWhatNobodyCouldRead(t *testing.T) {
	var wrong *view.ElementError
	if _, err := (view.Document{Feed: "javascript:alert(1)"}).AppendJSON(nil, headline()); !errors.As(err, &wrong) || wrong.Name != "feed" {
		t.Error(err)
	}
	if _, err := (view.Document{View: 77}).AppendJSON(nil, headline()); !errors.Is(err, view.ErrUnknown) {
		t.Error(err)
	}
	s := headline()
	s.Query.Theme = tally.AnyThemeOf("a\x00b")
	if _, err := (view.Document{}).AppendJSON(nil, s); !errors.As(err, &wrong) || wrong.Name != "topic" {
		t.Error(err)
	}
}

package feed

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strconv"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

// header is that of the feeds of the tests.
var header = tally.Header{Feed: "https://example.org/pledges.json", Title: "Pledges", Publisher: "Example", License: "CC0-1.0", AsOf: gcm.InstantOfUnix(1_653_004_800, 0)}

// numbered returns a revision of pledge n.
func numbered(n, revision int) pledge.Pledge {
	state, _ := gcm.StateFromAlpha3([]string{"DEU", "KEN", "PER"}[n%3])
	return pledge.Pledge{
		ID:          pledge.IDFromRef("https://example.org/", strconv.Itoa(n)),
		Ref:         strconv.Itoa(n),
		Updated:     gcm.InstantOfUnix(1_650_000_000+int64(n)*60+int64(revision), 0),
		Title:       "Pledge " + strconv.Itoa(n) + "." + strconv.Itoa(revision),
		Description: "What it is about, at some length.",
		Objectives:  objectives.SetOf(objectives.Objective(1 + n%23)),
		Pledgers:    []pledge.Pledger{{Name: "State " + strconv.Itoa(n%3), Category: gcm.MemberState, State: state}},
		Status:      gcm.Planned,
		Announced:   gcm.DateOf(2022, 1+n%12, 0),
	}
}

// newServer returns a server that always has the latest revision, and its
// book with the pledges 0 to n-1 at the sequences 1 to n.
func newServer(t *testing.T, n int, o Options) *Server {
	t.Helper()
	if o.Header == (tally.Header{}) {
		o.Header = header
	}
	if o.Rebuild == 0 {
		o.Rebuild = -1
	}
	s := New(new(pledge.Book), o)
	for i := range n {
		if _, err := s.Apply(uint64(i+1), numbered(i, 0)); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// newServerOf is newServer without a test.
func newServerOf(n int) *Server {
	s := New(new(pledge.Book), Options{Header: header, Rebuild: -1})
	for i := range n {
		s.Apply(uint64(i+1), numbered(i, 0))
	}
	return s
}

// ask returns what a server answers. Headers are pairs of name and value.
func ask(t *testing.T, h http.Handler, method, target string, headers ...string) (*http.Response, string) {
	t.Helper()
	r := httptest.NewRequest(method, target, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	answer := w.Result()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, string(body)
}

func TestFeedIsTheBook(t *testing.T) {
	s := newServer(t, 20, Options{})
	_, body := ask(t, s, "GET", "/pledges.json")
	var again pledge.Book
	loaded, err := again.Load(bytes.NewReader([]byte(body)))
	want := header
	want.Sequence = 20
	if err != nil || len(loaded.Problems) > 0 || loaded.Header != want || again.Len() != 20 {
		t.Fatalf("%+v, %v", loaded, err)
	}
	for p := range again.All() {
		if q, _ := s.book.Get(p.ID); !reflect.DeepEqual(p, q) {
			t.Errorf("got %+v, want %+v", p, q)
		}
	}
}

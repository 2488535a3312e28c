package feed_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/feed"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

// A service that has a mux already serves its pledges below a path.
func ExampleNew() {
	book := new(pledge.Book)
	loaded, err := book.Load(strings.NewReader(`{"title": "Pledges", "sequence": 41, "pledges": [
		{"id": "0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6071", "updated": "2022-05-18T09:30:00Z", "status": "planned"}]}`))
	if err != nil {
		panic(err)
	}
	pledges := feed.New(book, feed.Options{Header: loaded.Header})
	mux := http.NewServeMux()
	pledges.Register(mux, "/pledges/")
	server := httptest.NewServer(mux)
	defer server.Close()

	// A revision comes in, and all readers of /pledges/events get it.
	for p := range book.All() {
		p.Updated, _ = gcm.ParseInstant("2023-05-18T09:30:00Z")
		p.Status = gcm.Fulfilled
		sequence, outcome, err := pledges.Put(p)
		fmt.Println(sequence, outcome == tally.Revised, err)
	}

	answer, err := http.Get(server.URL + "/pledges/counts.json?status=fulfilled")
	if err != nil {
		panic(err)
	}
	defer answer.Body.Close()
	body, _ := io.ReadAll(answer.Body)
	counts, _, _ := strings.Cut(string(body), ",")
	fmt.Println(answer.Header.Get("Cache-Control"))
	fmt.Println(counts)
	// Output:
	// 42 true <nil>
	// public, max-age=10, stale-while-revalidate=10, stale-if-error=86400
	// {"total":1
}

package pledge_test

import (
	"fmt"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

// Two pledges and a later revision of the second. The third record has no ID.
const published = `{"title": "Pledges of our members", "as_of": "2022-05-20T00:00:00Z", "pledges": [
	{"id": "0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6071", "updated": "2022-05-18T09:30:00Z", "objectives": [1, 23],
		"pledgers": [{"name": "Kenya", "category": "member-state", "state": "KEN"}]},
	{"id": "0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6072", "updated": "2022-05-18T09:30:00Z", "status": "planned"},
	{"title": "A pledge without an ID"},
	{"id": "0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6072", "updated": "2022-05-19T10:00:00Z", "status": "in-progress"}]}`

// A feed in a book, counted as a whole and by a filter.
func ExampleBook_Load() {
	var book pledge.Book
	loaded, err := book.Load(strings.NewReader(published))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(loaded.Header.Title)
	fmt.Println(loaded.Records, "records,", loaded.Lost, "lost")
	for _, problem := range loaded.Problems {
		fmt.Println(problem)
	}
	fmt.Println(book.Count(tally.Query{}).Total, "pledges")
	fmt.Println(book.Count(tally.Query{Region: tally.AnyOf(gcm.Africa)}).Total, "from Africa")
	// Output:
	// Pledges of our members
	// 4 records, 1 lost
	// record 2/id: required (near byte 374)
	// 2 pledges
	// 1 from Africa
}

// Record by record, with what is wrong in each. Every revision is yielded; a
// [pledge.Book] keeps the latest.
func ExampleDecoder() {
	d := pledge.NewDecoder(strings.NewReader(published))
	for record, err := range d.Records() {
		if err != nil {
			fmt.Println(err) // the feed is cut short, or isn't JSON
			return
		}
		if record.Lost {
			fmt.Println(record.Problems[0])
			continue
		}
		fmt.Printf("%s status %q\n", record.Pledge.ID, record.Pledge.Status)
	}
	fmt.Println("as of", d.Header().AsOf)
	// Output:
	// 0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6071 status ""
	// 0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6072 status "planned"
	// record 2/id: required (near byte 374)
	// 0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6072 status "in-progress"
	// as of 2022-05-20T00:00:00Z
}

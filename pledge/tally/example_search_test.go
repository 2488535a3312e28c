package tally_test

import (
	"fmt"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

// A feed is searched that was read with Items: without them an index has no titles.
func ExampleIndex_Search() {
	const pledges = `{"id":"01890a5d-ac96-774b-bcce-b302099a8057","title":"Alternatives to detention","pledgers":[{"name":"Kenya","category":"member-state","state":"KEN"}]}
{"id":"01890a5d-ac96-774b-bcce-b302099a8058","title":"No child is detained","pledgers":[{"name":"Mexico","category":"member-state","state":"MEX"}]}
{"id":"01890a5d-ac96-774b-bcce-b302099a8059","title":"Safe return","pledgers":[{"name":"Kenya","category":"member-state","state":"KEN"}]}
`
	r := tally.Reader{Items: true}
	if _, err := r.ReadFrom(strings.NewReader(pledges)); err != nil {
		fmt.Println(err)
		return
	}
	feed, err := r.Close()
	if err != nil {
		fmt.Println(err)
		return
	}
	found := feed.Index.Search(tally.Query{}, "kenya detent", 10)
	for _, hit := range found.Hits {
		fmt.Println(hit.Title)
	}
	fmt.Println("by", found.Counts().Regions[gcm.Africa], "in Africa, of", found.Total)
	// Output:
	// Alternatives to detention
	// by 1 in Africa, of 1
}

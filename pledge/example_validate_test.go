package pledge_test

import (
	"fmt"
	"slices"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
)

// A published record may leave things out; what is there must be right.
func ExamplePledge_Validate() {
	var p pledge.Pledge
	err := p.UnmarshalJSON([]byte(`{
		"id": "0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6071",
		"title": "COLLECTION OF MIGRATION DATA",
		"type": "individual",
		"pledgers": [{"name": "Gambia, The", "category": "civil-society"}],
		"announced": "2022-05", "deadline": "2021"
	}`))
	if err != nil {
		fmt.Println(err)
	}
	report := p.Validate(&pledge.ValidateOptions{Profile: pledge.PublicationProfile, Language: gcm.Spanish})
	for _, problem := range report.Problems {
		fmt.Println(problem.Severity, problem.Path, problem.Rule)
	}
	fmt.Println(report.Problems[0].Message)
	fmt.Println("visibly met:", report.Criteria)
	// Output:
	// error /deadline dates-order
	// warning /pledgers/0/name pledger-name-state
	// warning /title text-capitals
	// Plazo: es anterior a la fecha del anuncio (2022-05)
	// visibly met: time-bound
}

// How many of a feed's pledges state a deadline.
func ExampleValidateFeed() {
	feed := []pledge.Pledge{
		{ID: pledge.IDFromRef("https://example.org", "1"), Ref: "217", Deadline: gcm.DateOf(2026, 0, 0)},
		{ID: pledge.IDFromRef("https://example.org", "2"), Ref: "217"},
	}
	report := pledge.ValidateFeed(slices.Values(feed), &pledge.ValidateOptions{Profile: pledge.PublicationProfile})
	fmt.Printf("%d of %d state a deadline\n", report.Criteria[pledge.TimeBound], report.Pledges)
	for _, problem := range report.Problems {
		fmt.Println("record", problem.Index, problem.Rule)
	}
	// Output:
	// 1 of 2 state a deadline
	// record 1 ref-duplicate
}

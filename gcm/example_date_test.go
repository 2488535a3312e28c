package gcm_test

import (
	"fmt"

	"github.com/gcmkit/gcmkit/gcm"
)

// A deadline that is only known by the month has passed when the month has.
func ExampleDate_Before() {
	deadline, err := gcm.ParseDate("2026-05")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, today := range []gcm.Date{gcm.DateOf(2026, 5, 8), gcm.DateOf(2026, 6, 1)} {
		fmt.Println(today, deadline.Before(today))
	}
	fmt.Println(deadline.First(), deadline.Last())
	// Output:
	// 2026-05-08 false
	// 2026-06-01 true
	// 2026-05-01 2026-05-31
}

func ExampleParseInstant() {
	updated, err := gcm.ParseInstant("2022-05-20T00:30:00+02:00")
	fmt.Println(updated, updated.Date(), err)
	// Output:
	// 2022-05-19T22:30:00Z 2022-05-19 <nil>
}

// A pledge that is due "by the next forum", made in 2023, is due in 2026.
func ExampleNextForum() {
	forum := gcm.NextForum(gcm.DateOf(2023, 0, 0))
	fmt.Println(forum.Year, forum.Start, forum.End)
	// Output:
	// 2026 2026-05-05 2026-05-08
}

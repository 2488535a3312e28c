package view_test

import (
	"fmt"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

func ExampleBadgeOf() {
	snapshot := &tally.Snapshot{Query: tally.Query{Region: tally.AnyOf(gcm.Africa)}, Counts: tally.Counts{Total: 31}}
	snapshot.AsOf = gcm.InstantOfUnix(1_653_062_400, 0)
	v, err := view.Render(snapshot, view.Options{Language: gcm.Spanish})
	if err != nil {
		fmt.Println(err)
		return
	}
	badge := view.BadgeOf(v)
	fmt.Println(badge.Label, "|", badge.Message)
	fmt.Println(string(badge.AppendJSON(nil, 300)))
	// Output:
	// África | 31 compromisos en el marco del Pacto Mundial para la Migración
	// {"schemaVersion":1,"label":"África","message":"31 compromisos en el marco del Pacto Mundial para la Migración","cacheSeconds":300}
}

package view_test

import (
	"fmt"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

func ExampleElement() {
	snapshot := &tally.Snapshot{Query: tally.Query{Region: tally.AnyOf(gcm.Africa)}, Counts: tally.Counts{Total: 31}}
	e := view.Element{
		Sources:    []string{"pledges.json"},
		Options:    view.Options{Language: gcm.French},
		Stylesheet: "gcm-pledges.css",
	}
	html, err := e.AppendHTML(nil, snapshot)
	if err != nil {
		fmt.Println(err)
		return
	}
	before, view, _ := strings.Cut(string(html), "<div")
	_, after, _ := strings.Cut(view, "</template>")
	fmt.Println(before)
	fmt.Println(after)
	// Output:
	// <gcm-pledges src="pledges.json" view="counter" region="africa" lang="fr" dir="ltr"><template shadowrootmode="open"><link rel="stylesheet" href="gcm-pledges.css">
	// 31 engagements au titre du Pacte mondial pour les migrations · Afrique</gcm-pledges>
}

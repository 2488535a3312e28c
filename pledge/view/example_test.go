package view_test

import (
	"fmt"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

func ExampleRender() {
	snapshot := &tally.Snapshot{Query: tally.Query{Region: tally.AnyOf(gcm.Africa)}, Counts: tally.Counts{Total: 31}}
	v, err := view.Render(snapshot, view.Options{Language: gcm.French})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(v.Text())
	fmt.Println(v.HTML()[:149] + " ...")
	// Output:
	// 31 engagements au titre du Pacte mondial pour les migrations · Afrique
	// <div part="view counter" lang="fr" dir="ltr"><div part="head"><p part="total"><strong part="number">31</strong> <span part="label"><span part="noun"> ...
}

func ExampleChanges() {
	before := &tally.Snapshot{Counts: tally.Counts{Total: 158}}
	after := &tally.Snapshot{Counts: tally.Counts{Total: 159}}
	old, _ := view.Render(before, view.Options{})
	new, _ := view.Render(after, view.Options{})

	changes := view.Changes(old, new)
	fmt.Println(string(view.AppendChanges(nil, changes)))

	applied, ok := view.Apply(old, changes)
	fmt.Println(ok, applied.HTML() == new.HTML())
	// Output:
	// [["text",[0,0,0,0],"159"]]
	// true true
}

package wasm_test

import (
	"fmt"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/wasm"
)

func ExampleRender() {
	snapshot := &tally.Snapshot{Query: tally.Query{Region: gcm.Africa}, Counts: tally.Counts{Total: 31}}
	v, err := wasm.Render(snapshot, wasm.Options{Language: gcm.French})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(v.Text())
	fmt.Println(v.HTML()[:149] + " ...")
	// Output:
	// 31 engagements · Afrique
	// <div part="view counter" lang="fr" dir="ltr"><div part="head"><p part="total"><strong part="number">31</strong> <span part="label">engagements</span> ...
}

func ExampleChanges() {
	before := &tally.Snapshot{Counts: tally.Counts{Total: 158}}
	after := &tally.Snapshot{Counts: tally.Counts{Total: 159}}
	old, _ := wasm.Render(before, wasm.Options{})
	new, _ := wasm.Render(after, wasm.Options{})

	changes := wasm.Changes(old, new)
	fmt.Println(string(wasm.AppendChanges(nil, changes)))

	applied, ok := wasm.Apply(old, changes)
	fmt.Println(ok, applied.HTML() == new.HTML())
	// Output:
	// [["text",[0,0,0,0],"159"]]
	// true true
}

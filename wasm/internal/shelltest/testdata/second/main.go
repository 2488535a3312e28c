//go:build js && wasm

// Command second is another Go program on the page of the tests.
package main

import "syscall/js"

func main() {
	n := 0
	js.Global().Get("document").Set("second", js.FuncOf(func(js.Value, []js.Value) any {
		n++
		return n
	}))
	select {}
}

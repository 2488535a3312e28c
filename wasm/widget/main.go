//go:build js && wasm

// Command widget is the engine of the element <gcm-pledges>: it reads feeds,
// counts, and says what to show. It is built and loaded by wasm/build and
// wasm/shell; nobody runs it by hand.
//
// It puts one function, gcmEngine(op, id, arg), on the scope it is given, and
// touches nothing else there: fetching, timers and the page are the shell's.
package main

import (
	"github.com/gcmkit/gcmkit/wasm/internal/binding"
	"github.com/gcmkit/gcmkit/wasm/internal/engine"
)

func main() {
	var e engine.Engine
	var chunk []byte
	binding.Serve("gcmEngine", func(args binding.Arguments) []byte {
		op, id := args.Text(0), args.Text(1)
		if op == engine.Chunk {
			chunk = args.Bytes(2, chunk)
			fault(chunk)
			return e.Chunk(id, chunk)
		}
		return e.Call(op, id, args.Text(2))
	}, engine.Panicked)
}

//go:build js && wasm

// Command widget is the engine of the element <gcm-pledges>: it reads feeds,
// counts, and says what to show. It is built and loaded by wasm/build and
// wasm/shell; nobody runs it by hand.
//
// It puts one function, gcmEngine(op, id, arg), on the scope it is given, and
// touches nothing else there: fetching, timers and the page are the shell's.
// This file is all there is of the binding to JavaScript.
package main

import (
	"github.com/gcmkit/gcmkit/wasm/internal/engine"
	"github.com/hack-pad/safejs"
)

func main() {
	var e engine.Engine
	var chunk []byte
	// Never released: it serves as long as the program runs.
	call, err := safejs.FuncOf(func(_ safejs.Value, args []safejs.Value) (answer any) {
		defer func() {
			if broken := recover(); broken != nil {
				answer = string(engine.Panicked(broken))
			}
		}()
		op, id := text(args, 0), text(args, 1)
		if op == engine.Chunk {
			chunk = bytes(args[2], chunk)
			fault(string(chunk))
			return string(e.Chunk(id, chunk))
		}
		return string(e.Call(op, id, text(args, 2)))
	})
	if err == nil {
		err = safejs.Global().Set("gcmEngine", call.Value())
	}
	if err != nil {
		panic(err)
	}
	select {}
}

// text returns an argument that is a string; "" for anything else.
func text(args []safejs.Value, i int) string {
	if i >= len(args) || args[i].Type() != safejs.TypeString {
		return ""
	}
	s, err := args[i].String()
	if err != nil {
		return ""
	}
	return s
}

// bytes copies a Uint8Array into buf, which grows as need be.
func bytes(array safejs.Value, buf []byte) []byte {
	n, err := array.Length()
	if err != nil {
		panic(err)
	}
	if cap(buf) < n {
		buf = make([]byte, n)
	}
	buf = buf[:n]
	if _, err := safejs.CopyBytesToGo(buf, array); err != nil {
		panic(err)
	}
	return buf
}

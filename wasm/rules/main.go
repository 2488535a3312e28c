//go:build js && wasm

// Command rules is the engine of the element <gcm-pledge-form>: it says what
// the form consists of and checks what was entered. It is built and loaded by
// wasm/build and wasm/shell; nobody runs it by hand.
//
// It puts one function, gcmRules(op, arg), on the scope it is given, and touches
// nothing else there.
package main

import (
	"github.com/gcmkit/gcmkit/wasm/internal/binding"
	"github.com/gcmkit/gcmkit/wasm/internal/form"
)

func main() {
	binding.Serve("gcmRules", func(args binding.Arguments) []byte {
		return form.Call(args.Text(0), args.Text(1))
	}, form.Panicked)
}

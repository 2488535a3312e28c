//go:build js && wasm

// Command rules is the engine of the element <gcm-pledge-form>: it says what
// the form consists of and checks what was entered. It is built and loaded by
// wasm/build and wasm/shell; nobody runs it by hand.
//
// It puts one function, gcmRules(op, arg), on the scope it is given, and touches
// nothing else there. This file is all there is of the binding to JavaScript.
package main

import (
	"github.com/gcmkit/gcmkit/wasm/internal/form"
	"github.com/hack-pad/safejs"
)

func main() {
	// Never released: it serves as long as the program runs.
	call, err := safejs.FuncOf(func(_ safejs.Value, args []safejs.Value) (answer any) {
		defer func() {
			if broken := recover(); broken != nil {
				answer = string(form.Panicked(broken))
			}
		}()
		return string(form.Call(text(args, 0), text(args, 1)))
	})
	if err == nil {
		err = safejs.Global().Set("gcmRules", call.Value())
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

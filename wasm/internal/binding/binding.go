//go:build js && wasm

// Package binding is all there is of the engines' binding to JavaScript: it is
// the one package that imports safejs.
package binding

import "github.com/hack-pad/safejs"

// Serve puts a function on the scope that the program was given, and answers
// its calls for ever. The answer is a string; of a call that panics it is what
// panicked says.
func Serve(function string, answer func(Arguments) []byte, panicked func(broken any) []byte) {
	// Never released: it serves as long as the program runs.
	call, err := safejs.FuncOf(func(_ safejs.Value, args []safejs.Value) (text any) {
		defer func() {
			if broken := recover(); broken != nil {
				text = string(panicked(broken))
			}
		}()
		return string(answer(args))
	})
	if err == nil {
		err = safejs.Global().Set(function, call.Value())
	}
	if err != nil {
		panic(err)
	}
	select {}
}

// Arguments are those of one call.
type Arguments []safejs.Value

// Text returns an argument that is a string; "" for anything else.
func (a Arguments) Text(i int) string {
	if i >= len(a) || a[i].Type() != safejs.TypeString {
		return ""
	}
	s, err := a[i].String()
	if err != nil {
		return ""
	}
	return s
}

// Bytes copies an argument that is a Uint8Array into buf, which grows as need
// be. It panics if there is none.
func (a Arguments) Bytes(i int, buf []byte) []byte {
	n, err := a[i].Length()
	if err != nil {
		panic(err)
	}
	if cap(buf) < n {
		buf = make([]byte, n)
	}
	buf = buf[:n]
	if _, err := safejs.CopyBytesToGo(buf, a[i]); err != nil {
		panic(err)
	}
	return buf
}

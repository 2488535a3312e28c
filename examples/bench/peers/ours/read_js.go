//go:build js && wasm

package main

import (
	"os"
	"syscall/js"

	"github.com/gcmkit/gcmkit/pledge/tally"
)

// read takes pieces as a page gets them, each copied once. (Read of an
// [os.File] goes through the event loop of Node, which takes longer than many
// a tool's whole work.)
func read(r *tally.Reader, file *os.File) error {
	piece := make([]byte, 256<<10)
	array := js.Global().Get("Uint8Array").New(len(piece))
	for fs := js.Global().Get("fs"); ; {
		n := fs.Call("readSync", int(file.Fd()), array, 0, len(piece), nil).Int()
		if n == 0 {
			return nil
		}
		js.CopyBytesToGo(piece[:n], array)
		if _, err := r.Write(piece[:n]); err != nil {
			return err
		}
	}
}

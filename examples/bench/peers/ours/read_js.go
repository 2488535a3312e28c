//go:build js && wasm

package main

import (
	"io"
	"os"
	"runtime"
	"syscall/js"

	"github.com/gcmkit/gcmkit/pledge/tally"
)

func read(r *tally.Reader, file *os.File) error {
	_, err := r.ReadFrom(&source{fd: int(file.Fd())})
	return err
}

// source reads a file as a page gets a feed: piece by piece, each copied once,
// and others have their turn in between. (Read of an [os.File] goes through the
// event loop of Node, which takes longer than many a tool's whole work.)
type source struct {
	fd    int
	array js.Value
	size  int
}

func (s *source) Read(p []byte) (int, error) {
	runtime.Gosched()
	if s.size != len(p) {
		s.array, s.size = js.Global().Get("Uint8Array").New(len(p)), len(p)
	}
	n := js.Global().Get("fs").Call("readSync", s.fd, s.array, 0, len(p), nil).Int()
	if n == 0 {
		return 0, io.EOF
	}
	js.CopyBytesToGo(p[:n], s.array)
	return n, nil
}

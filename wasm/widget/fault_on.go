//go:build js && wasm && gcmfault

package main

import (
	"bytes"
	"os"
)

// fault breaks the engine where a feed asks for it. Only the tests that
// watch what a page does then are built with it.
func fault(chunk []byte) {
	switch {
	case bytes.Contains(chunk, []byte("gcmfault:panic")):
		panic("as the feed asked")
	case bytes.Contains(chunk, []byte("gcmfault:exit")):
		os.Exit(3)
	case bytes.Contains(chunk, []byte("gcmfault:stack")):
		overflow(0)
	}
}

// overflow uses up the stack, which no recover can catch.
func overflow(n int) int { return overflow(n+1) + 1 }

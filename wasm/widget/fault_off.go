//go:build js && wasm && !gcmfault

package main

// fault does nothing in an engine that is for a page.
func fault([]byte) {}
